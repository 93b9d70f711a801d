"""The ways to measure many points that are compared: ours, and what else a user would pick."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import geopandas as gpd
import numpy as np
import pyarrow as pa
import shapely
from sklearn.neighbors import BallTree

from geo.fronts import reading
from geo.fronts.sides import Sides
from geo.geodesy import Polyline
from geo.measuring.bulk import chunking, distances
from tests import brute_force
from tests.brute_force import Floats

UTM_36N = "EPSG:32636"
Measure = Callable[[Floats], Floats]
"""Takes points (n, 2) of lon, lat and returns their distances in kilometres."""

RANDOM = np.random.default_rng(20250327)


def build_fronts() -> dict[str, shapely.Geometry]:
    """Return the shipped line, and one drawn as finely as the daily public files are: a vertex every 300 m."""
    line = reading.find_front("2025-03-27").line
    fine = shapely.segmentize(line, 0.004)
    wiggle = RANDOM.normal(0, 0.001, size=(shapely.get_num_coordinates(fine).sum(), 2))
    return {"shipped": line, "fine": shapely.transform(fine, lambda lonlats: lonlats + wiggle)}


def random_points(count: int) -> Floats:
    """Return points all over Ukraine and around, in random order."""
    return RANDOM.uniform([22, 44], [40, 52], size=(count, 2))


def build_ours(line: shapely.Geometry, threads: int) -> Measure:
    """Return what ``geo distance --points`` does with chunks of a file, without reading and writing."""
    targets = (distances.Target(Polyline(line), Sides(line, "contact", "right")),)

    def measure(lonlats: Floats) -> Floats:
        rows = min(chunking.ROWS, -(-len(lonlats) // threads))
        chunks = [lonlats[i : i + rows] for i in range(0, len(lonlats), rows)]
        tables = [pa.table({"lon": chunk[:, 0], "lat": chunk[:, 1]}) for chunk in chunks]
        with ThreadPoolExecutor(threads) as pool:
            done = list(pool.map(lambda table: distances.measure_table(table, targets, ""), tables))
        return np.concatenate([table["distance_km"].to_numpy() for table in done])

    return measure


def build_geopandas(line: shapely.Geometry, lonlats: Floats) -> Measure:
    """Return `GeoSeries.distance` alone, in UTM zone 36N, with points and line projected beforehand."""
    points = gpd.GeoSeries(gpd.points_from_xy(*lonlats.T), crs="EPSG:4326").to_crs(UTM_36N)
    target = gpd.GeoSeries([line], crs="EPSG:4326").to_crs(UTM_36N).iloc[0]
    return lambda _: points.distance(target).to_numpy() / 1000


def build_geopandas_from_degrees(line: shapely.Geometry) -> Measure:
    """Return the same from lon, lat on, as ours starts: points made and projected, then measured."""
    target = gpd.GeoSeries([line], crs="EPSG:4326").to_crs(UTM_36N).iloc[0]

    def measure(lonlats: Floats) -> Floats:
        points = gpd.GeoSeries(gpd.points_from_xy(*lonlats.T), crs="EPSG:4326").to_crs(UTM_36N)
        distances: Floats = points.distance(target).to_numpy() / 1000
        return distances

    return measure


def build_ball_tree(line: shapely.Geometry) -> Measure:
    """Return the great-circle distance to the nearest vertex, by scikit-learn's BallTree."""
    tree = BallTree(np.radians(shapely.get_coordinates(line)[:, ::-1]), metric="haversine")

    def measure(lonlats: Floats) -> Floats:
        nearest: Floats = tree.query(np.radians(lonlats[:, ::-1]))[0][:, 0] * 6371.0088
        return nearest

    return measure


def build_brute_force(line: shapely.Geometry) -> Measure:
    """Return `pyproj.Geod` from every point to every vertex."""
    vertices = shapely.get_coordinates(line)

    def measure(lonlats: Floats) -> Floats:
        nearest: Floats = brute_force.pairwise_km(lonlats, vertices).min(axis=1)
        return nearest

    return measure


def true_km(line: shapely.Geometry, lonlats: Floats) -> Floats:
    """Return distances by `pyproj.Geod` to points every 40 m of the line."""
    ends = brute_force.dense_points(line, 0.04)
    return np.array([float(brute_force.pairwise_km(point[None], ends).min()) for point in lonlats])


CORES = os.cpu_count() or 1
