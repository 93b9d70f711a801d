"""A corridor of even depth along one bank of a river, cut into reaches at named towns."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from pyproj import Proj
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import split, substring

LonLat = tuple[float, float]

SMOOTHING_KM = 25.0
"""Radius with which bays of the land side are filled, so that it reads as one quiet line."""

LAND_TOLERANCE_M = 150.0
"""Simplification of the land side, far below the depth and the honesty of the outline."""


@dataclass(frozen=True)
class Reach:
    """The corridor between two towns: lon, lat degrees, the river side vertex by vertex the mapped river."""

    upper: str
    lower: str
    geometry: Polygon


def derive_right_bank(river: LineString, towns: Sequence[tuple[str, LonLat]], depth_km: float) -> list[Reach]:
    """Draw the land within `depth_km` of a river on its right bank, as one reach between each two towns.

    `river` runs downstream in lon, lat degrees and on past the first and last town; `towns` are in that
    order. Each town gives a straight cut from its nearest river vertex to the nearest point of the land
    side, shared by both reaches.
    """
    local = _projection(towns)
    plane = shapely.transform(river, lambda lonlat: _forward(local, lonlat))
    stations = [_nearest_vertex(river, lonlat) for _, lonlat in towns]
    land = derive_land_side(_around(plane, stations, 3000 * depth_km), depth_km)
    marks = [land.project(shapely.get_point(plane, i)) for i in stations]
    reaches = []
    for (upper, lower), (i, j), (start, end) in zip(
        itertools.pairwise(name for name, _ in towns),
        itertools.pairwise(stations),
        itertools.pairwise(marks),
        strict=True,
    ):
        back = _inverse(local, shapely.get_coordinates(substring(land, end, start)))
        reaches.append(Reach(upper, lower, Polygon([*river.coords[i : j + 1], *back])))
    return reaches


def derive_land_side(river: LineString, depth_km: float) -> LineString:
    """Return the line `depth_km` to the right of a river in a plane of metres, running downstream.

    It is the edge of the river's buffer with its bays closed: nowhere nearer than the depth (but for the
    simplification), a little farther inside bends.
    """
    depth, bay = depth_km * 1000, SMOOTHING_KM * 1000
    area = river.buffer(depth, quad_segs=32).buffer(bay, quad_segs=32).buffer(-bay, quad_segs=32)
    axis = _prolonged(river, 3 * depth)
    bank = min(split(area, axis).geoms, key=_right_of_middle(river, depth).distance)
    side = shapely.line_merge(bank.exterior.difference(axis.buffer(1))).simplify(LAND_TOLERANCE_M)
    is_downstream = side.project(shapely.get_point(river, 0)) < side.project(shapely.get_point(river, -1))
    return side if is_downstream else shapely.reverse(side)


def _projection(towns: Sequence[tuple[str, LonLat]]) -> Proj:
    """Centre an azimuthal equidistant projection on the towns: to 250 km its lengths are right to 0.03 %."""
    lon, lat = np.mean([lonlat for _, lonlat in towns], axis=0)
    return Proj(proj="aeqd", lon_0=lon, lat_0=lat, ellps="WGS84")


def _forward(local: Proj, lonlat: np.ndarray) -> np.ndarray:
    return np.column_stack(local(lonlat[:, 0], lonlat[:, 1]))


def _inverse(local: Proj, metres: np.ndarray) -> list[LonLat]:
    lon, lat = local(metres[:, 0], metres[:, 1], inverse=True)
    return [(float(x), float(y)) for x, y in zip(lon, lat, strict=True)]


def _nearest_vertex(river: LineString, lonlat: LonLat) -> int:
    """Return the index of the river's vertex nearest to a town beside it; over so few km degrees will do."""
    return int(np.argmin(shapely.distance(shapely.points(river.coords), Point(lonlat))))


def _around(river: LineString, stations: list[int], margin: float) -> LineString:
    """Keep the course between the first and last station, and `margin` metres beyond both."""
    first, last = (river.project(shapely.get_point(river, i)) for i in (stations[0], stations[-1]))
    return substring(river, max(first - margin, 0), last + margin)


def _prolonged(river: LineString, length: float) -> LineString:
    """Add a straight piece at both ends, so that the line cuts its own buffer in two."""
    points = np.asarray(river.coords)
    first, last = points[0] - points[1], points[-1] - points[-2]
    head = points[0] + first / np.hypot(*first) * length
    tail = points[-1] + last / np.hypot(*last) * length
    return LineString([head, *points, tail])


def _right_of_middle(river: LineString, depth: float) -> BaseGeometry:
    """Return a point on the right bank, off the middle of the whole course."""
    (x1, y1), (x2, y2) = (river.interpolate(share, normalized=True).coords[0] for share in (0.45, 0.55))
    middle, along = np.array([x1 + x2, y1 + y2]) / 2, np.array([x2 - x1, y2 - y1])
    return Point(middle + np.array([along[1], -along[0]]) / np.hypot(*along) * depth)
