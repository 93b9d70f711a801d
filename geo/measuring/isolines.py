"""Lines of equal distance to a front, for drawing over a map.

A coarse grid of exact distances is contoured to find how many lines there are and how they run; then every vertex is
moved along the geodesic from its nearest point of the front until it lies at its distance, and only then are vertices
left out. So the grid decides nothing but the topology, and each vertex that stays is at its distance.

That takes a sixth of a second, and the fronts that ship do not change: theirs lie beside the reference layers, written
by ``python -m seeds.build isolines``.
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, MultiLineString, shape

from geo import geodesy
from geo.fronts.front import Front
from geo.geodesy import Floats, Polyline, validity
from geo.geodesy.planes import Extent
from geo.measuring.spread import BAND_EDGES_KM
from geo.reference import basemap

if TYPE_CHECKING:
    from contourpy import ContourGenerator

LEVELS_KM = BAND_EDGES_KM[1:]
"""The distances drawn: the edges between the bands that zones are measured in."""

TOLERANCE_KM = 0.05
"""How far a vertex may be from its distance; one that does not get there, at a sharp bend, is left out."""

FOLDER = basemap.FOLDER / "isolines"
"""Where the lines of the shipped fronts lie, one file a front, named by its id."""

_STEP_DEG = 0.2
_MAX_COLUMNS = 220  # for a front as long as a continent the grid becomes coarser instead of larger
_DENSE_DEG = (0.08, 0.04, 0.03)  # again and again: at a sharp bend vertices draw apart
_SIMPLIFY_DEG = 0.005
_ROUNDS = 8  # most need one, some near a bend go to and fro
_KM_PER_DEG = 111.0

Part: TypeAlias = tuple[float, Floats]
"""A distance in kilometres and one of its contours, an (n, 2) array of lon, lat."""


@dataclass(frozen=True)
class Isoline:
    """All points ``distance_km`` (geodesic) from a front, on either side of it, as lines in lon, lat degrees."""

    distance_km: float
    line: MultiLineString


@functools.lru_cache(maxsize=8)
def find_isolines(front: Front) -> tuple[Isoline, ...]:
    """Return the lines of equal distance to a front: those that ship, if it is a shipped one, else derived ones."""
    return read_isolines(front) or derive_isolines(front.polyline)


def read_isolines(front: Front) -> tuple[Isoline, ...]:
    """Read the lines that ship for a front; none where there are none, or the front's file is not what it was then."""
    file = {each.stem: each for each in FOLDER.glob("*.geojson")}.get(front.id)  # an id may be any text
    if file is None:
        return ()
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    return tuple(
        Isoline(feature["properties"]["distance_km"], shape(feature["geometry"]))
        for feature in features
        if feature["properties"]["front_sha256"] == front.sha256
    )


def derive_isolines(line: Polyline, levels_km: tuple[float, ...] = LEVELS_KM) -> tuple[Isoline, ...]:
    """Return the lines of equal distance to a line, nearest first; a level that has none is left out.

    Vertices lie within `TOLERANCE_KM` of their distance, edges within about 1 km of it.
    """
    import contourpy  # no shipped front needs it

    if (thinned := geodesy.thin(line.line)) is not line.line:
        line = Polyline(thinned)
    lons, lats = _grid(line.line.bounds, max(levels_km))
    nodes = np.column_stack([each.ravel() for each in np.meshgrid(lons, lats)])
    distances = line.distances_km(nodes).reshape(len(lats), len(lons))
    contours = contourpy.contour_generator(lons, lats, distances)
    parts = [(level, part) for level in levels_km for part in _contour(contours, level)]
    lines: dict[float, list[LineString]] = {}
    for level, part in _settle(parts, line):
        lines.setdefault(level, []).append(LineString(part).simplify(_SIMPLIFY_DEG))
    return tuple(Isoline(level, MultiLineString(found)) for level, found in lines.items())


def _grid(bounds: Extent, reach_km: float) -> tuple[Floats, Floats]:
    """Return the longitudes and latitudes of a grid that reaches a distance beyond bounds on all sides."""
    west, south, east, north = bounds
    up = reach_km / _KM_PER_DEG + 2 * _STEP_DEG
    low, high = max(-89.0, south - up), min(89.0, north + up)
    aside = up / np.cos(np.radians(max(abs(low), abs(high))))
    left, right = max(-180.0, west - aside), min(180.0, east + aside)
    return _axis(left, right, 1.5 * _STEP_DEG), _axis(low, high, _STEP_DEG)


def _axis(low: float, high: float, step: float) -> Floats:
    axis: Floats = np.linspace(low, high, min(_MAX_COLUMNS, int((high - low) / step) + 2))
    return axis


def _contour(contours: ContourGenerator, level_km: float) -> list[Floats]:
    """Return the contours of one level, each an (n, 2) array: what the library's type leaves open is its default."""
    return [np.asarray(part, dtype=float) for part in contours.lines(level_km)]


def _settle(parts: list[Part], line: Polyline) -> list[Part]:
    """Move the vertices of contours, made dense, to their distances; leave out those that do not get there.

    All contours are moved together: to ask about many points takes little longer than to ask about few.
    """
    for spacing in _DENSE_DEG:
        dense = [shapely.get_coordinates(validity.segmentize(LineString(part), spacing)) for _, part in parts]
        if not dense:
            break
        ends = np.cumsum([len(part) for part in dense])
        levels = np.repeat([level for level, _ in parts], [len(part) for part in dense])
        moved, settled = _move(np.concatenate(dense), levels, line)
        parts = [
            (level, _close(part[kept], closed=np.allclose(before[0], before[-1])))
            for (level, before), part, kept in zip(
                parts, np.split(moved, ends[:-1]), np.split(settled, ends[:-1]), strict=True
            )
            if kept.sum() > 1
        ]
    return parts


def _close(part: Floats, *, closed: bool) -> Floats:
    """Return a contour that ends where it begins, if it did before vertices were left out."""
    return np.vstack([part, part[:1]]) if closed else part


def _move(points: Floats, levels_km: Floats, line: Polyline) -> tuple[Floats, NDArray[np.bool_]]:
    """Return points moved to their distances, and which of them got there.

    In rounds: each goes away from, or towards, what is its nearest point then.
    """
    points = np.round(points, 4)  # about 10 m, as every other line of the project
    off = np.ones(len(points), dtype=bool)
    for _ in range(_ROUNDS):
        nearest = line.nearest(points[off])
        still = np.abs(geodesy.geodesic_km(points[off], nearest) - levels_km[off]) > TOLERANCE_KM
        off[off], nearest = still, nearest[still]
        if not off.any():
            break
        azimuth, _, _ = geodesy.GEOD.inv(*nearest.T, *points[off].T)
        lon, lat, _ = geodesy.GEOD.fwd(nearest[:, 0], nearest[:, 1], azimuth, levels_km[off] * 1000)
        points[off] = np.round(np.column_stack([lon, lat]), 4)
    return points, ~off
