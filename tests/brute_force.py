"""Distances the slow and obvious way, as the yardstick: dense points and `pyproj.Geod` between all."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod

GEOD = Geod(ellps="WGS84")
Floats = NDArray[np.float64]


def tolerance_km(true_km: float) -> float:
    """Return how far a distance may be off: 0.1 % or 100 m, whichever is larger."""
    return max(0.001 * true_km, 0.1)


def dense_points(geometry: shapely.Geometry, step_km: float) -> Floats:
    """Return points (n, 2) along the edges of a geometry, at most step_km apart, straight in lon and lat."""
    points: Floats = shapely.get_coordinates(shapely.segmentize(geometry, step_km / 111.4))
    return points


def pairwise_km(origins: Floats, targets: Floats) -> Floats:
    """Return all geodesic distances in kilometres, shape (len(origins), len(targets))."""
    first, second = np.repeat(origins, len(targets), axis=0), np.tile(targets, (len(origins), 1))
    metres = GEOD.inv(first[:, 0], first[:, 1], second[:, 0], second[:, 1])[2]
    return np.asarray(metres).reshape(len(origins), len(targets)) / 1000


def nearest_km(outline: shapely.Geometry, line: shapely.Geometry) -> float:
    """Return the shortest distance between two linework geometries that do not cross, to about 10 m."""
    a, b = dense_points(outline, 3), dense_points(line, 3)
    coarse = pairwise_km(a, b)
    best = np.inf
    for flat in np.argsort(coarse, axis=None)[:12]:
        i, j = np.unravel_index(flat, coarse.shape)
        near_a = dense_points(shapely.intersection(outline, shapely.Point(a[i]).buffer(0.05)), 0.1)
        near_b = dense_points(shapely.intersection(line, shapely.Point(b[j]).buffer(0.05)), 0.1)
        best = min(best, float(pairwise_km(near_a, near_b).min()))
    return best


def points_km(lonlats: Floats, line: shapely.Geometry) -> Floats:
    """Return each point's distance to a line, at most 10 m too long.

    Between two points on the line, s apart, a distance d is too long by s² / 8d: far points need fewer of them.
    """
    closest_km = 60 * float(
        shapely.distance(shapely.points(lonlats), line).min()
    )  # a degree is longer than that
    step_km = max(0.8, (0.08 * closest_km) ** 0.5)
    nearest: Floats = pairwise_km(lonlats, dense_points(line, step_km)).min(axis=1)
    return nearest


def grid(area: shapely.Geometry, step_deg: float) -> tuple[Floats, Floats]:
    """Return the points of a lon, lat grid inside an area, and the ellipsoidal cell area of each as its weight."""
    west, south, east, north = area.bounds
    lons, lats = np.meshgrid(
        np.arange(west + step_deg / 2, east, step_deg), np.arange(south + step_deg / 2, north, step_deg)
    )
    inside = shapely.contains_xy(area, lons.ravel(), lats.ravel())
    points = np.column_stack([lons.ravel(), lats.ravel()])[inside]
    phi = np.radians(points[:, 1])
    weights = np.cos(phi) / (1 - GEOD.es * np.sin(phi) ** 2) ** 2
    return points, weights
