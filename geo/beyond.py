"""Which ground lies beyond a front: the near part of an area and the rest of it, and the points on the far side."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, MultiPolygon, Polygon

from geo import basemap, geodesy
from geo.front import Front
from geo.geodesy import Area, Floats, Line

_LEFT, _RIGHT = 1, -1
_SIDES = {"left": _LEFT, "right": _RIGHT}
_SCRAP = 1e-9  # shares of an area that are only rounding
_CELLS = 100  # that say on which side an area lies which the front does not cut


def split_area(area: Area, front: Front) -> tuple[Area, Area]:
    """Return the part of an area (lon, lat) on the near side of a front and the part beyond it; either may be empty.

    What lies in the occupied area is beyond, where the front's file gives that area. Else a line that crosses the area
    cuts it, and a part that is not cut is beyond if most of it lies in Ukraine on the other side. Where the file does
    not say which side is held, the side with more of the cut area is near, and so is all that the line does not cut.
    """
    if front.occupied is not None:
        inside = shapely.intersection(area, front.occupied)
        if inside.area > _SCRAP * area.area:
            return _polygons_of(shapely.difference(area, front.occupied)), _polygons_of(inside)
        return area, MultiPolygon()
    sides = [(face, _side_of_cut(face, front.line)) for face in _cut(area, front.line)]
    held = _SIDES.get(front.held_side or "") or _larger_side(sides)
    near: list[Polygon] = []
    far: list[Polygon] = []
    for face, side in sides:
        is_far = side == -held if side else _is_mostly_beyond(face, front)
        (far if is_far else near).append(face)
    return (shapely.union_all(near), shapely.union_all(far)) if far else (area, MultiPolygon())


def are_beyond(lonlats: Floats, front: Front) -> NDArray[np.bool_]:
    """Ask of points (n, 2) of lon and lat whether they lie in Ukraine beyond a front; none does if it names no side."""
    if front.occupied is not None:
        inside: NDArray[np.bool_] = shapely.contains_xy(front.occupied, lonlats[:, 0], lonlats[:, 1])
        return inside
    if front.held_side is None:
        return np.zeros(len(lonlats), bool)
    across = _sides_of(lonlats, front.line) == -_SIDES[front.held_side]
    in_ukraine: NDArray[np.bool_] = across & shapely.contains_xy(_ukraine(), lonlats[:, 0], lonlats[:, 1])
    return in_ukraine


def _cut(area: Area, line: Line) -> list[Polygon]:
    """Return the polygons into which a line cuts an area; those of the area itself where the two do not meet."""
    if not shapely.intersects(area, line):
        return list(shapely.get_parts(area))
    faces = shapely.get_parts(shapely.polygonize([shapely.union_all([area.boundary, line])]))
    return [face for face in faces if area.covers(face.representative_point())]


def _larger_side(faces: list[tuple[Polygon, int]]) -> int:
    sizes = {side: sum(face.area for face, its in faces if its == side) for side in (_LEFT, _RIGHT)}
    return _LEFT if sizes[_LEFT] >= sizes[_RIGHT] else _RIGHT


def _side_of_cut(face: Polygon, line: Line) -> int:
    """Tell on which side of a line's direction a face lies that the line has cut out; 0 where it has not.

    Where the cut runs along the face's outline in the direction of its counter-clockwise ring, the face is left of it.
    """
    ring = shapely.orient_polygons(face).exterior
    score = 0.0
    for start, end in _edges(ring):
        middle = shapely.Point((start + end) / 2)
        if shapely.distance(line, middle) < 1e-9:
            nearest = min(_edges(line), key=lambda edge: LineString(edge).distance(middle))
            score += float(np.dot(end - start, nearest[1] - nearest[0]))
    return int(np.sign(score))


def _is_mostly_beyond(face: Polygon, front: Front) -> bool:
    points, weights = geodesy.equal_area_lattice(face, cells=_CELLS)
    return bool(weights[are_beyond(points, front)].sum() > weights.sum() / 2)


@functools.cache
def _ukraine() -> Area:
    countries = basemap.read_basemap().countries["features"]
    outline: Area = shapely.geometry.shape(
        next(country["geometry"] for country in countries if country["properties"]["iso_a2"] == "UA")
    )
    shapely.prepare(outline)
    return outline


def _sides_of(lonlats: Floats, line: Line) -> NDArray[np.int8]:
    """Return on which side of a line's direction each point lies: 1 left, -1 right, 0 past an end of the line.

    The edge nearest to the point decides. Where that is a vertex, two edges are equally near, and the one the point
    lies more squarely beside decides. To compare distances, degrees of longitude are shortened as at the line's middle.
    """
    shorten = np.array([np.cos(np.radians(line.centroid.y)), 1.0])
    starts, ends = (np.array(points) * shorten for points in zip(*_edges(line), strict=True))
    points = lonlats * shorten
    tree = shapely.STRtree(shapely.linestrings(np.stack([starts, ends], axis=1)))
    which, edge = tree.query_nearest(shapely.points(points))
    way, to = ends[edge] - starts[edge], points[which] - starts[edge]
    length = np.hypot(*way.T)
    across = (way[:, 0] * to[:, 1] - way[:, 1] * to[:, 0]) / length
    along = (way * to).sum(axis=1) / length**2
    joints, uses = np.unique(np.concatenate([starts, ends]), axis=0, return_counts=True)
    tips = joints[uses == 1]
    is_past = ((along <= 0) & _is_among(starts[edge], tips)) | ((along >= 1) & _is_among(ends[edge], tips))
    order = np.lexsort((-np.abs(across), which))
    first = order[np.flatnonzero(np.diff(which[order], prepend=-1))]
    sides: NDArray[np.int8] = np.where(is_past[first], 0, np.sign(across[first])).astype(np.int8)
    return sides


def _is_among(points: Floats, others: Floats) -> NDArray[np.bool_]:
    among: NDArray[np.bool_] = (points[:, None] == others[None]).all(axis=2).any(axis=1)
    return among


def _edges(line: Any) -> Iterator[tuple[Floats, Floats]]:
    for part in shapely.get_parts(line):
        yield from itertools.pairwise(shapely.get_coordinates(part))


def _polygons_of(shape: Any) -> MultiPolygon:
    """Return the polygons of a geometry; the points and lines that an intersection can leave have no area."""
    return MultiPolygon([part for part in shapely.get_parts(shape) if isinstance(part, Polygon)])
