"""The faces into which lines cut the plane (lon, lat), and on which side of a line each of them lies.

All lines are cut where they meet, once. What is made of whole faces then fits together without being cut again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.fronts.linking import link
from geo.fronts.remembering import list_edges, name_edges
from geo.geodesy import Area, Floats, Line

Faces: TypeAlias = NDArray[np.object_]
"""Polygons that do not overlap; where they meet, they have the same edges."""
Mask: TypeAlias = NDArray[np.bool_]

_TURNED = [2, 3, 0, 1]
_ROUNDING_DEG = 1e-9
_SCRAP = 1e-9  # share of a sum that is only rounding: the line has the same faces on both sides


def cut(lines: Iterable[Any]) -> Faces:
    """Return the faces that lines enclose; none of the lines may run along another for long, which costs much time."""
    faces: Faces = shapely.get_parts(shapely.polygonize([shapely.union_all([*lines])]))
    return faces


def lay_along(edge: Any, line: Line) -> list[Any]:
    """Return an edge and a line that runs along it as lines of which none runs along another.

    The line may begin and end within edges, which are cut there.
    """
    own = _leave_out(line, edge)
    edge = shapely.snap(edge, shapely.multipoints(shapely.get_coordinates(own)), _ROUNDING_DEG)
    return [edge, *_leave_out(own, edge)]


def _leave_out(lines: Any, others: Any) -> Faces:
    """Return the edges of lines, each as a line, that are none of others."""
    edges, known = _list_edges(lines), {*name_edges(_list_edges(others))}
    is_own = np.array([name not in known for name in name_edges(edges)], dtype=bool)
    own: Faces = shapely.linestrings(edges[is_own].reshape(-1, 2, 2))
    return own


def are_in(faces: Faces, area: Area) -> Mask:
    """Ask of each face, which the area's outline does not cut, whether it lies in an area."""
    at = shapely.get_coordinates(shapely.point_on_surface(faces))
    inside: Mask = shapely.contains_xy(area, at[:, 0], at[:, 1])
    return inside


def find_sides(faces: Faces, line: Line, is_taken: Mask | None = None) -> NDArray[np.intp]:
    """Return on which side of a line's direction each face lies that the line has cut out; 0 where it has not.

    Where the cut runs along a face's outline in the direction of its counter-clockwise ring, the face is left of it.
    Faces between which there is another cut, between one that ``is_taken`` and one that is not, are taken for one.
    """
    rings, of_ring = shapely.get_rings(shapely.orient_polygons(faces), return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    edges, face = list_edges(points, ring), of_ring[ring[1:][ring[1:] == ring[:-1]]]
    along = _measure_along(edges, line)
    group = np.arange(len(faces))
    if is_taken is not None:
        is_open = along == 0
        group = np.array(link(len(faces), _pair(edges[is_open], face[is_open], is_taken)), dtype=np.intp)
    sums, most = (
        np.bincount(group[face], weights=weights, minlength=len(faces)) for weights in (along, np.abs(along))
    )
    sides: NDArray[np.intp] = np.where(np.abs(sums) > _SCRAP * most, np.sign(sums), 0).astype(np.intp)[group]
    return sides


def _pair(edges: Floats, face: NDArray[np.intp], is_taken: Mask) -> set[tuple[int, int]]:
    """Return the pairs of faces with one of these edges between them, one of which is taken and the other not."""
    ahead = is_taken[face]
    taken = dict(zip(name_edges(edges[ahead]), face[ahead].tolist(), strict=True))
    others = zip(name_edges(edges[~ahead][:, _TURNED]), face[~ahead].tolist(), strict=True)
    return {(taken[edge], other) for edge, other in others if edge in taken}


def _measure_along(edges: Floats, line: Line) -> Floats:
    """Return how far edges (n, 4) of faces run along the line that cut them: squared, and below 0 against it."""
    of_line, names = _list_edges(line), name_edges(edges)
    ahead, back = name_edges(of_line), name_edges(of_line[:, _TURNED])
    signs = dict.fromkeys(back, -1.0) | dict.fromkeys(ahead, 1.0)
    along: Floats = np.array([signs.get(name, 0.0) for name in names]) * (_ways(edges) ** 2).sum(axis=1)
    whole = {*names}
    is_parted = [whole.isdisjoint(edge) for edge in zip(ahead, back, strict=True)]
    parted = of_line[np.array(is_parted, dtype=bool)]
    rest = np.flatnonzero(along == 0)
    which, parent = _match(edges[rest], parted)
    along[rest[which]] = (_ways(edges[rest[which]]) * _ways(parted[parent])).sum(axis=1)
    return along


def _match(edges: Floats, wholes: Floats) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return which edges (n, 4) are a part of one of others, but for rounding, and of which."""
    ends = wholes.reshape(-1, 2, 2)
    low, high = ends.min(axis=1) - _ROUNDING_DEG, ends.max(axis=1) + _ROUNDING_DEG
    middles = shapely.points((edges[:, :2] + edges[:, 2:]) / 2)
    which, whole = shapely.STRtree(shapely.box(*low.T, *high.T)).query(middles)
    is_part, way = np.ones(len(which), bool), _ways(wholes)[whole]
    for at in (edges[which, :2], edges[which, 2:]):
        to = at - ends[whole, 0]
        is_part &= np.abs(way[:, 0] * to[:, 1] - way[:, 1] * to[:, 0]) <= _ROUNDING_DEG * np.hypot(*way.T)
        is_part &= ((at >= low[whole]) & (at <= high[whole])).all(axis=1)
    which, first = np.unique(which[is_part], return_index=True)
    return which, whole[is_part][first]


def _ways(edges: Floats) -> Floats:
    return edges[:, 2:] - edges[:, :2]


def _list_edges(lines: Any) -> Floats:
    return list_edges(*shapely.get_coordinates(shapely.get_parts(lines), return_index=True))
