"""Whether a shape can be the front: not the side that is held, not a whole country, not its border."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Polygon

from geo import geodesy, numerals
from geo.fronts import held_ground
from geo.geodesy import Area, Floats, planes, validity
from geo.reference import basemap

ALONG_KM, BORDER_KM = 5.0, 50.0
"""A line that stays this near to the outline of Ukraine for this long follows its border or coast."""
CLOSED_SHARE = 0.5
"""Lines of which more than this share closes on itself are the perimeter of an area."""
CLOSED_KM, LEAST_KM2 = 1.0, 100.0
"""Ends of a line this near to each other close it, where it encloses so much."""
LEAST_SHARE = 0.1
"""Where less than this share of a line is left without the border, it is no front."""

_STEP_DEG = 0.005
_HELD = ("Kyiv", "Lviv", "Odesa", "Dnipro")
_TAKEN = ("Donetsk", "Simferopol")


@dataclass(frozen=True)
class Border:
    """The stretches of a line that follow the border or the coast, and how long they and the line are."""

    stretches: MultiLineString
    length_km: float
    whole_km: float


def find_fault(area: Area) -> str | None:
    """Say why an area (lon, lat) cannot be the occupied one; None where it can.

    It is judged by the cities in it: Kyiv was never occupied, and Donetsk and Simferopol have been since 2014.
    """
    held, taken = _find_within(area, _HELD), _find_within(area, _TAKEN)
    if not held or (taken and "Kyiv" not in held):
        return None
    named = _join([*held, *taken])
    if taken == [*_TAKEN]:
        return f"The area holds {named}, so it is all of Ukraine"
    if taken:
        return f"The area holds {named}, so it is not the occupied area alone"
    return f"The area holds {named} and neither {' nor '.join(_TAKEN)}, so it is the side held by Ukraine"


def find_held_beyond(beyond: dict[str, bool]) -> str | None:
    """Say it where a line puts Kyiv beyond it, which was never occupied."""
    if not beyond["Kyiv"]:
        return None
    if any(beyond[name] for name in _TAKEN):
        return (
            "Kyiv and Donetsk or Simferopol lie on one side of this line, so it does not part the two sides"
        )
    return f"{' and '.join(_TAKEN)} lie on the held side of this line and Kyiv beyond it"


def locate_cities() -> tuple[tuple[str, ...], Floats]:
    """Return the cities that tell the sides apart, and their lon, lat (n, 2)."""
    places = {place.name: (place.lon, place.lat) for place in basemap.read_places()}
    names = ("Kyiv", *_TAKEN)
    return names, np.array([places[name] for name in names])


def find_perimeter(lines: list[LineString]) -> MultiPolygon | None:
    """Return the area that lines (lon, lat) go around; None where most of their length closes nothing."""
    merged = list(shapely.get_parts(shapely.line_merge(MultiLineString(lines))))
    rings = [closed for line in merged if (closed := _close(line)) is not None]
    around = sum(_length_m(line) for line in merged if _close(line) is not None)
    if around <= CLOSED_SHARE * sum(map(_length_m, merged)):
        return None
    area = shapely.union_all([shapely.make_valid(Polygon(ring)) for ring in rings])
    parts = [part for part in shapely.get_parts(area) if isinstance(part, Polygon)]
    return MultiPolygon(parts) if parts else None


def find_border(lines: list[LineString]) -> Border | None:
    """Return the stretches of lines (lon, lat) that follow Ukraine's border or coast; None where there are none."""
    edges = _index_border()
    merged = list(shapely.get_parts(shapely.line_merge(MultiLineString(lines))))
    stretches: list[LineString] = []
    for line in merged:
        fine = shapely.get_coordinates(validity.segmentize(line, _STEP_DEG))
        xy = planes.points_to_plane(fine)
        near = np.zeros(len(xy), bool)
        near[edges.query(shapely.points(xy), predicate="dwithin", distance=ALONG_KM * 1000)[0]] = True
        way = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))])
        for first, last in _runs(near):
            if way[last - 1] - way[first] >= BORDER_KM * 1000:
                stretches.append(LineString(fine[first:last]))
    if not stretches:
        return None
    length, whole = sum(map(_length_m, stretches)), sum(map(_length_m, merged))
    return Border(MultiLineString(stretches), length / 1000, whole / 1000)


@functools.cache
def _index_border() -> shapely.STRtree:
    border = held_ground.read_reference().ground.boundary
    return shapely.STRtree(geodesy.split_edges([*shapely.get_parts(border)]))


def cut_border(line: MultiLineString, border: Border) -> MultiLineString:
    """Return a line without the stretches that follow the border, in its direction; it may be empty."""
    tree = shapely.STRtree(shapely.get_parts(border.stretches))
    pieces = []
    for part in line.geoms:
        given = shapely.get_coordinates(part)
        fine = shapely.get_coordinates(validity.segmentize(part, _STEP_DEG))
        middles = shapely.points((fine[1:] + fine[:-1]) / 2)
        on_border = np.zeros(len(middles), bool)
        on_border[tree.query(middles, predicate="dwithin", distance=1e-7)[0]] = True
        is_given = np.isin(fine @ [1, 1j], given @ [1, 1j])
        for first, last in _runs(~on_border):
            keep = is_given[first : last + 1].copy()
            keep[[0, -1]] = True
            pieces.append(LineString(fine[first : last + 1][keep]))
    return MultiLineString(pieces)


def describe_border(border: Border) -> str:
    """Say how much of a line follows the border."""
    part, whole = numerals.format_km(border.length_km), numerals.format_km(border.whole_km)
    return f"{part} of the {whole} of this line follow Ukraine's border or coast"


def _find_within(area: Area, names: tuple[str, ...]) -> list[str]:
    places = {place.name: (place.lon, place.lat) for place in basemap.read_places()}
    return [name for name in names if shapely.intersects_xy(area, *places[name])]


def _close(line: LineString) -> Floats | None:
    """Return the ring that a line makes (n, 2); None where its ends are apart, or it encloses next to nothing."""
    positions = shapely.get_coordinates(line)
    ends = planes.points_to_plane(positions[[0, -1]])
    if len(positions) < 4 or np.hypot(*(ends[1] - ends[0])) > CLOSED_KM * 1000:
        return None
    ring: Floats = np.concatenate([positions, positions[:1]])
    return ring if planes.to_plane(shapely.make_valid(Polygon(ring))).area >= LEAST_KM2 * 1e6 else None


def _runs(flags: np.ndarray) -> list[tuple[int, int]]:
    """Return first and past-the-last index of each run of true flags."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _length_m(line: LineString) -> float:
    return float(np.hypot(*np.diff(planes.points_to_plane(shapely.get_coordinates(line)), axis=0).T).sum())


def _join(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
