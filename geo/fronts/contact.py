"""An occupied area becomes a line of contact: the part of its edge that faces the ground still held."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter
from typing import TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiLineString, MultiPolygon

from geo.fronts import held_ground, tiles
from geo.fronts.remembering import Edges, Memory, list_edges, sort_edges
from geo.geodesy import Area, Floats, planes, validity

Mask: TypeAlias = NDArray[np.bool_]

REACH_KM = 5.0
"""How far apart the edge of the held ground and the occupied area may be and still face each other."""
GAP_KM, DETOUR_KM = 3.0, 20.0
"""A gap with ends this near does not interrupt the line; it is closed straight where the edge is longer than this."""
STRAY_KM = 3.0
"""Shorter stretches standing alone are left out."""

RULE = (
    "A part of the occupied area is left out if none of it lies in Ukraine, if more of it lies in other countries than "
    f"Russia and Ukraine than in Ukraine, or if it is over {held_ground.LARGE_KM2:g} km² and less than a fifth of it "
    "lies in Ukraine. The held ground is the largest connected piece of Ukraine's reference outline, with its "
    f"reservoirs and arms of the sea under {held_ground.ESTUARY_KM:g} km wide, outside the other parts; necks under "
    f"{held_ground.CRACK_KM:g} km wide, and strips under {held_ground.SLIVER_KM:g} km wide within "
    f"{held_ground.RIM_KM:g} km of that outline, are dropped, because publishers' borders and coasts differ from it. "
    "The line of contact is made of those points of the occupied area's edge that are the nearest ones, within "
    f"{REACH_KM:g} km, to some point of the held ground's edge. Gaps whose ends lie within {GAP_KM:g} km are closed, "
    f"along the edge where that is at most {DETOUR_KM:g} km and else straight, and stretches shorter than "
    f"{STRAY_KM:g} km are left out."
)
"""The rule in four sentences, printed with every result that uses it; docs/fronts.md has it step by step."""

_STEP_DEG = 0.001
# an edge of so many metres is bent by an eighth of them at most, as straight as it is in lon and lat
_SAG_M = 2e7
_ROW = 1_000
_ROW_M = 130_000
"""So many pieces in a row are not longer than this, with what they may face."""

_Nearest: TypeAlias = tuple[NDArray[np.intp], NDArray[np.intp]]
"""Edges, and a piece of each."""
_NONE: _Nearest = (np.empty(0, np.intp), np.empty(0, np.intp))


@dataclass(frozen=True)
class _Ring:
    """One closed ring of the occupied area: its positions (n, 2) in lon, lat and on the plane.

    Its edges are thought cut into pieces of `_STEP_DEG` at most. ``firsts`` are the numbers of the pieces that begin at
    its positions, the last of them how many there are; a place on the ring is the number of the piece beginning there.
    """

    lonlats: Floats
    xy: Floats
    firsts: NDArray[np.intp]

    @property
    def count(self) -> int:
        """How many pieces there are."""
        return int(self.firsts[-1])

    def locate(self, places: NDArray[np.intp]) -> Floats:
        """Return the positions (n, 2) of places, in lon and lat."""
        edge, share = self._find_edges(places)
        start, end = self.lonlats[edge], self.lonlats[edge + 1]
        return np.where(share[:, None] == 1, end, start + share[:, None] * (end - start))

    def measure_ways(self, places: NDArray[np.intp]) -> Floats:
        """Return how far along the ring places lie, in metres."""
        edge, share = self._find_edges(places)
        lengths = np.hypot(*np.diff(self.xy, axis=0).T)
        ways = np.concatenate([[0.0], np.cumsum(lengths)])
        found: Floats = ways[edge] + share * lengths[edge]
        return found

    def _find_edges(self, places: NDArray[np.intp]) -> tuple[NDArray[np.intp], Floats]:
        """Return the edge that each place lies on, and how much of it comes before."""
        edge = np.searchsorted(self.firsts[:-1], places, side="right") - 1
        edge = np.minimum(edge, len(self.firsts) - 2)
        return edge, (places - self.firsts[edge]) / np.diff(self.firsts)[edge]


@dataclass(frozen=True, eq=False)
class _Day:
    """What was found nearest to the points of each cell, and what it follows from."""

    edges: Edges
    held: dict[tiles.Square, Floats]
    nearest: dict[tiles.Square, _Nearest]


_memory: Memory[_Day] = Memory()


def derive_contact(occupied: Area) -> MultiLineString:
    """Return the line of contact of an occupied area that is valid, both in lon, lat degrees, by `RULE`.

    Every piece runs with the occupied area on its left, and the longest comes first. Empty where nothing of the
    area faces held ground.
    """
    parts = shapely.get_parts(shapely.orient_polygons(occupied))
    flats, are_apart = planes.parts_to_plane(parts)
    kept = np.array([held_ground.is_about_ukraine(flat) for flat in flats], dtype=bool)
    if not kept.any():
        return MultiLineString()
    held = tiles.derive_edge(MultiPolygon(flats[kept].tolist()) if are_apart else validity.unite(flats[kept]))
    rings = _list_rings(parts[kept])
    stretches = [
        stretch
        for ring, faces in zip(rings, _find_facing(rings, held), strict=True)
        if faces.any()
        for stretch in _read_stretches(ring, _fill_gaps(ring, faces))
    ]
    return _build_line(stretches)


def _list_rings(areas: NDArray[np.object_]) -> list[_Ring]:
    """Return the rings of areas."""
    lonlats, ring = shapely.get_coordinates(shapely.get_rings(areas), return_index=True)
    xy, counts = planes.points_to_plane(lonlats), _count_pieces(lonlats[:-1], lonlats[1:])
    return [
        _Ring(lonlats[low:high], xy[low:high], np.concatenate([[0], np.cumsum(counts[low : high - 1])]))
        for low, high in pairwise([0, *np.flatnonzero(np.diff(ring)) + 1, len(ring)])
    ]


def _count_pieces(starts: Floats, ends: Floats) -> NDArray[np.intp]:
    """Return into how many pieces edges are cut."""
    pieces = np.ceil(np.hypot(*(ends - starts).T) / _STEP_DEG)
    counts: NDArray[np.intp] = np.maximum(1, pieces).astype(np.intp)
    return counts


def _find_facing(rings: list[_Ring], held: dict[tiles.Square, Floats]) -> list[Mask]:
    """Tell of each piece of each ring whether it is the nearest to some point of the held ground's edge.

    A cell whose points are those of the last time, and that no edge has come near or left, keeps what is nearest to it.
    """
    which = np.repeat(np.arange(len(rings)), [len(ring.xy) for ring in rings])
    rows, flat = (
        list_edges(np.concatenate(several), which)
        for several in ([ring.lonlats for ring in rings], [ring.xy for ring in rings])
    )
    counts = _count_pieces(rows[:, :2], rows[:, 2:])
    firsts = np.cumsum(counts) - counts
    edges = Edges(rows, flat, ((flat[:, 2:] - flat[:, :2]) ** 2).sum(axis=1) / _SAG_M)
    bounds = tiles.bounds_of(held, REACH_KM * 1000, tiles.CELL_M)
    found = _recall_nearest(edges, held, bounds)
    missing = [number for number, cell in enumerate(held) if cell not in found]
    cells = [*held]
    for number, near in zip(missing, edges.find_near(bounds[missing]), strict=True):
        near = near[sort_edges(rows[near])]
        edge, piece = _find_nearest(held[cells[number]], rows[near])
        found[cells[number]] = near[edge], piece
    _memory.last = _Day(edges, held, found)
    facing = np.zeros(counts.sum(), dtype=bool)
    edge, piece = map(np.concatenate, zip(_NONE, *found.values(), strict=True))
    facing[firsts[edge] + piece] = True
    return np.split(facing, np.cumsum([ring.count for ring in rings])[:-1])


def _recall_nearest(
    edges: Edges, held: dict[tiles.Square, Floats], bounds: Floats
) -> dict[tiles.Square, _Nearest]:
    """Return what is nearest to the points of those cells, with their bounds, that are as they were the last time."""
    last = _memory.last
    if last is None:
        return {}
    moved = edges.follow(last.edges)
    touched = edges.find_touched(last.edges, moved, bounds).tolist()
    same = (
        cell
        for (cell, points), is_touched in zip(held.items(), touched, strict=True)
        if not is_touched and cell in last.held and _is_same(points, last.held[cell])
    )
    return {cell: (moved[last.nearest[cell][0]], last.nearest[cell][1]) for cell in same}


def _is_same(points: Floats, others: Floats) -> bool:
    return points is others or np.array_equal(points, others)


def _find_nearest(points: Floats, edges: Floats) -> _Nearest:
    """Return which pieces of edges (n, 4) of lon, lat are nearest to some point (n, 2) of the plane, within reach."""
    starts, ends = edges[:, :2], edges[:, 2:]
    counts = _count_pieces(starts, ends)
    if not len(edges):
        return counts, counts
    which, piece = _list_pieces(points, starts, ends, counts)
    cuts = [
        planes.points_to_plane(starts[which] + share[:, None] * (ends - starts)[which])
        for share in (piece / counts[which], (piece + 1) / counts[which])
    ]
    (_, nearest), apart_m = shapely.STRtree(shapely.linestrings(np.stack(cuts, axis=1))).query_nearest(
        shapely.points(points), all_matches=False, return_distance=True
    )
    nearest = np.unique(nearest[apart_m <= REACH_KM * 1000])
    return which[nearest], piece[nearest]


def _list_pieces(points: Floats, starts: Floats, ends: Floats, counts: NDArray[np.intp]) -> _Nearest:
    """Return the pieces of edges, but for long rows of them that are far from all points of the plane."""
    low, high = points.min(axis=0) - _ROW_M, points.max(axis=0) + _ROW_M
    which, row = _count_off(-(-counts // _ROW))
    shares = np.minimum((row + 0.5) * _ROW / counts[which], 1)[:, None]
    middles = planes.points_to_plane(starts[which] + shares * (ends - starts)[which])
    is_near = ((middles >= low) & (middles <= high)).all(axis=1)
    which, firsts = which[is_near], row[is_near] * _ROW
    rows, piece = _count_off(np.minimum(counts[which] - firsts, _ROW))
    return which[rows], firsts[rows] + piece


def _count_off(counts: NDArray[np.intp]) -> _Nearest:
    """Return the numbers 0, 0, 0, 1, 1 and 0, 1, 2, 0, 1 for the counts 3 and 2."""
    which = np.repeat(np.arange(len(counts)), counts)
    return which, np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts)


def _fill_gaps(ring: _Ring, facing: Mask) -> Mask:
    """Close the gaps of a ring that are short, or a narrow inlet; the ring's start is no gap."""
    if facing.all():
        return facing
    filled = facing.copy()
    gaps = _list_runs(~facing)
    *ways, whole = ring.measure_ways(np.append(gaps, ring.count))
    ends = planes.points_to_plane(ring.locate(gaps.ravel())).reshape(-1, 2, 2)
    along = np.diff(np.reshape(ways, (-1, 2))).ravel() % whole
    apart = np.hypot(*(ends[:, 1] - ends[:, 0]).T)
    for first, last in gaps[(apart <= GAP_KM * 1000) & (along <= DETOUR_KM * 1000)].tolist():
        for part in (slice(first, last),) if first < last else (slice(first, None), slice(last)):
            filled[part] = True
    return filled


def _read_stretches(ring: _Ring, facing: Mask) -> Iterator[Floats]:
    """Yield the positions (lon, lat) of each stretch of a ring that faces held ground, given vertices only.

    A ring that does so all around begins in the west, wherever its file lets it begin.
    """
    if facing.all():
        west = np.lexsort(ring.lonlats[:-1].T[::-1])[0]
        yield np.concatenate([ring.lonlats[west:], ring.lonlats[1 : west + 1]])
        return
    given = ring.firsts[:-1]
    for first, last in _list_runs(facing).tolist():
        after, before = given > first, given < last
        within = np.flatnonzero(after & before) if last > first else _join_ends(after, before)
        ends = ring.locate(np.array([first, last]))
        yield np.concatenate([ends[:1], ring.lonlats[within], ends[1:]])


def _join_ends(after: Mask, before: Mask) -> NDArray[np.intp]:
    """Return the vertices from one place on over the start of the ring to another."""
    return np.concatenate([np.flatnonzero(after), np.flatnonzero(before)])


def _list_runs(flags: Mask) -> NDArray[np.intp]:
    """Return first and past-the-last index (n, 2) of runs of true flags around a ring; last < first spans the seam."""
    turns = np.flatnonzero(np.diff(flags, prepend=flags[-1]))
    runs = np.roll(turns, 0 if flags[turns[:1]].all() else -1).reshape(-1, 2)
    runs[runs[:, 1] == 0, 1] = len(flags)
    return runs


def _build_line(stretches: list[Floats]) -> MultiLineString:
    """Join stretches where one ends and another begins within `GAP_KM`; leave out what is short and alone."""
    measured = [(_length_m(line), line) for line in _join(stretches)]
    long = [each for each in measured if each[0] >= STRAY_KM * 1000]
    return MultiLineString([line for _, line in sorted(long, key=itemgetter(0), reverse=True)])


def _join(stretches: list[Floats]) -> list[Floats]:
    """Link the end of a stretch to the nearest beginning of another, nearest first, where the gap is small.

    A ring that faces held ground all around has no end: it stays as it is.
    """
    closed = [stretch for stretch in stretches if (stretch[0] == stretch[-1]).all()]
    stretches = [stretch for stretch in stretches if (stretch[0] != stretch[-1]).any()]
    ends = planes.points_to_plane(np.array([stretch[-1] for stretch in stretches]).reshape(-1, 2))
    starts = planes.points_to_plane(np.array([stretch[0] for stretch in stretches]).reshape(-1, 2))
    near = shapely.STRtree(shapely.points(starts)).query(
        shapely.points(ends), predicate="dwithin", distance=GAP_KM * 1000
    )
    apart = np.hypot(*(ends[near[0]] - starts[near[1]]).T)
    follows: dict[int, int] = {}
    taken: set[int] = set()
    last = {index: index for index in range(len(stretches))}  # of the chain that a stretch begins
    first = dict(last)
    for i, j in near.T[np.lexsort((*near[::-1], apart))].tolist():
        if i not in follows and j not in taken and last[j] != i:
            follows[i] = j
            taken.add(j)
            first[last[j]], last[first[i]] = first[i], last[j]
    chains = [_chain(follows, i) for i in range(len(stretches)) if i not in taken]
    return closed + [np.concatenate([stretches[k] for k in chain]) for chain in chains]


def _chain(follows: dict[int, int], start: int) -> Iterator[int]:
    yield start
    while start in follows:
        start = follows[start]
        yield start


def _length_m(lonlats: Floats) -> float:
    return float(np.hypot(*np.diff(planes.points_to_plane(lonlats), axis=0).T).sum())
