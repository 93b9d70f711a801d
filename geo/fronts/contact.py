"""An occupied area becomes a line of contact: the part of its edge that faces the ground still held."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LinearRing, LineString, MultiLineString, MultiPolygon

from geo.fronts import held_ground, tiles
from geo.geodesy import Area, Floats, planes

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
_REMEMBERED = 256  # squares, of which a front touches some fifty


@dataclass(frozen=True)
class _Ring:
    """One closed ring of the occupied area, cut fine: lon, lat and plane positions (n, 2), and which were given."""

    lonlats: Floats
    xy: Floats
    is_given: Mask

    @property
    def way_m(self) -> Floats:
        """How far along the ring each position lies, in metres."""
        return np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(self.xy, axis=0).T))])


def derive_contact(occupied: Area) -> MultiLineString:
    """Return the line of contact of an occupied area, both in lon, lat degrees, by `RULE`.

    Every piece runs with the occupied area on its left, and the longest comes first. Empty where nothing of the
    area faces held ground.
    """
    whole = shapely.orient_polygons(_unite(shapely.get_parts(occupied)))
    pairs = [(part, planes.to_plane(part)) for part in shapely.get_parts(whole)]
    kept = [(part, flat) for part, flat in pairs if held_ground.is_about_ukraine(flat)]
    if not kept:
        return MultiLineString()
    held = tiles.derive_edge(_unite([flat for _, flat in kept]))
    rings = [_cut(ring) for part, _ in kept for ring in (part.exterior, *part.interiors)]
    stretches = [
        stretch
        for ring, faces in zip(rings, _find_facing(rings, held), strict=True)
        for stretch in _read_stretches(ring, _fill_gaps(ring, faces))
    ]
    return _build_line(stretches)


def _unite(parts: Sequence[Area]) -> Area:
    """Return parts as one area; those that lie apart, as they do in most files, need not be worked on."""
    whole = MultiPolygon([*shapely.get_parts(parts)])
    return whole if whole.is_valid else shapely.union_all(whole.geoms)


def _cut(ring: LinearRing) -> _Ring:
    """Cut the edges of a ring, keeping its own vertices."""
    given = shapely.get_coordinates(ring)
    fine = shapely.get_coordinates(shapely.segmentize(ring, _STEP_DEG))
    return _Ring(fine, planes.points_to_plane(fine), _find_given(fine, given))


def _find_given(fine: Floats, given: Floats) -> Mask:
    """Tell which positions of a ring cut fine are its own vertices."""
    counts = np.maximum(1, np.ceil(np.hypot(*np.diff(given, axis=0).T) / _STEP_DEG)).astype(int)
    at = np.concatenate([[0], np.cumsum(counts)])
    if at[-1] != len(fine) - 1 or not (fine[at] == given).all():  # an edge was rounded to one piece more
        return np.isin(fine @ [1, 1j], given @ [1, 1j])
    is_given = np.zeros(len(fine), dtype=bool)
    is_given[at] = True
    return is_given


def _find_facing(rings: list[_Ring], held: dict[tiles.Square, Floats]) -> list[Mask]:
    """Tell of each edge of each ring whether it is the nearest to some point of the held ground's edge."""
    starts = np.concatenate([ring.xy[:-1] for ring in rings])
    ends = np.concatenate([ring.xy[1:] for ring in rings])
    (west, south), (east, north) = np.minimum(starts, ends).T, np.maximum(starts, ends).T
    facing = np.zeros(len(starts), dtype=bool)
    for square, points in held.items():
        left, below, right, above = tiles.box_of(square, REACH_KM * 1000).bounds
        near = np.flatnonzero((west <= right) & (east >= left) & (south <= above) & (north >= below))
        if len(near):
            edges = np.stack([starts[near], ends[near]], axis=1)
            facing[near[_find_nearest(points.tobytes(), edges.tobytes())]] = True
    return np.split(facing, np.cumsum([len(ring.xy) - 1 for ring in rings])[:-1])


@functools.lru_cache(maxsize=_REMEMBERED)
def _find_nearest(points: bytes, edges: bytes) -> NDArray[np.int_]:
    """Return which edges are nearest to some point; both are arrays as bytes, so that equal ones are worked on once."""
    lines = shapely.linestrings(np.frombuffer(edges).reshape(-1, 2, 2))
    _, nearest = shapely.STRtree(lines).query_nearest(
        shapely.points(np.frombuffer(points).reshape(-1, 2)), max_distance=REACH_KM * 1000, all_matches=False
    )
    return np.unique(nearest)


def _fill_gaps(ring: _Ring, facing: Mask) -> Mask:
    """Close the gaps of a ring that are short, or a narrow inlet; the ring's start is no gap."""
    filled = facing.copy()
    way = ring.way_m
    for first, last in _runs(~facing):
        along = way[last] - way[first] if last > first else way[-1] - way[first] + way[last]
        apart = float(np.hypot(*(ring.xy[last] - ring.xy[first])))
        if apart <= GAP_KM * 1000 and along <= DETOUR_KM * 1000:
            filled[_indices(first, last, len(facing))] = True
    return filled


def _read_stretches(ring: _Ring, facing: Mask) -> Iterator[Floats]:
    """Yield the positions (lon, lat) of each stretch of a ring that faces held ground, given vertices only."""
    if facing.all():
        yield ring.lonlats[ring.is_given]
        return
    for first, last in _runs(facing):
        chosen = np.append(_indices(first, last, len(facing)), last)
        keep = ring.is_given[chosen]
        keep[[0, -1]] = True
        yield ring.lonlats[chosen[keep]]


def _runs(flags: Mask) -> Iterator[tuple[int, int]]:
    """Yield first and past-the-last index of each run of true flags around a ring; last < first spans the seam."""
    if flags.all() or not flags.any():
        return
    starts = np.flatnonzero(flags & ~np.roll(flags, 1))
    stops = np.flatnonzero(flags & ~np.roll(flags, -1)) + 1
    if stops[0] <= starts[0]:
        stops = np.roll(stops, -1)
    yield from zip(starts.tolist(), (stops % (len(flags) + 1)).tolist(), strict=True)


def _indices(first: int, last: int, count: int) -> NDArray[np.int_]:
    span = last - first if last > first else last - first + count
    return (first + np.arange(span)) % count


def _build_line(stretches: list[Floats]) -> MultiLineString:
    """Join stretches where one ends and another begins within `GAP_KM`; leave out what is short and alone."""
    lines = _join(stretches)
    long = [line for line in lines if _length_m(line) >= STRAY_KM * 1000]
    return MultiLineString([LineString(line) for line in sorted(long, key=_length_m, reverse=True)])


def _join(stretches: list[Floats]) -> list[Floats]:
    """Link the end of a stretch to the nearest beginning of another, nearest first, where the gap is small."""
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
    return [
        np.concatenate([stretches[k] for k in _chain(follows, i)])
        for i in range(len(stretches))
        if i not in taken
    ]


def _chain(follows: dict[int, int], start: int) -> Iterator[int]:
    yield start
    while start in follows:
        start = follows[start]
        yield start


def _length_m(lonlats: Floats) -> float:
    return float(np.hypot(*np.diff(planes.points_to_plane(lonlats), axis=0).T).sum())
