"""The line of contact by the words of its rule alone: another plane, other steps, none of the package's code.

Written from `RULE` and docs/fronts.md as somebody with shapely or PostGIS would. Only the reference outline is
read, a file.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from pyproj import Transformer
from shapely.geometry import LineString, MultiLineString, shape

import geo

PLANE = Transformer.from_crs("EPSG:4326", "+proj=laea +lat_0=48.5 +lon_0=33 +ellps=WGS84", always_xy=True)
STEP_M = 60.0


def project(geometry: Any) -> Any:
    """Bring lon, lat to a local plane of equal area, with edges straight in lon and lat."""
    fine = shapely.segmentize(geometry, 0.01)
    return shapely.make_valid(
        shapely.transform(fine, lambda p: np.column_stack(PLANE.transform(p[:, 0], p[:, 1])))
    )


@functools.cache
def read_outlines() -> tuple[Any, Any, Any]:
    """Return Ukraine, its neighbours but Russia, and Russia, each on the plane."""
    file = Path(geo.__file__).parent / "reference" / "countries.geojson"
    found: dict[str, list[Any]] = {"UA": [], "RU": [], "other": []}
    for feature in json.loads(file.read_text(encoding="utf-8"))["features"]:
        code = feature["properties"]["iso_a2"]
        found[code if code in found else "other"].append(project(shape(feature["geometry"])))
    return tuple(shapely.union_all(found[key]) for key in ("UA", "other", "RU"))


def widen(area: Any, by_km: float) -> Any:
    return area.buffer(by_km * 1000, quad_segs=32)


def open_by(area: Any, width_km: float) -> Any:
    """Drop what no disc of this width, within the area, covers."""
    return widen(widen(area, -width_km / 2), width_km / 2).intersection(area)


@functools.cache
def build_ground() -> tuple[Any, Any]:
    """Return Ukraine with the arms of the sea under 18 km wide, and what lies more than 6 km within."""
    ukraine, others, russia = read_outlines()
    near = ukraine.envelope.buffer(150_000)
    closed = widen(widen(ukraine, 9), -9)
    abroad = shapely.union(others.intersection(near), russia.intersection(near))
    ground = ukraine.union(closed.difference(abroad))
    return ground, widen(ground, -6)


def is_counted(part: Any) -> bool:
    ukraine, others, _ = read_outlines()
    inside = part.intersection(ukraine).area
    if inside == 0 or part.intersection(others).area > inside:
        return False
    return bool(part.area <= 500e6 or inside >= part.area / 5)


def derive_held(occupied: Any) -> Any:
    ground, deep = build_ground()
    left = ground.difference(occupied)
    kept = open_by(left, 6).union(deep.difference(occupied))
    return max(shapely.get_parts(open_by(kept, 0.5)), key=lambda piece: piece.area)


def derive_by_words(area: Any) -> MultiLineString:
    """Return the line of contact on the plane, its pieces in any order and direction."""
    whole = project(shapely.union_all(shapely.get_parts(area)))
    parts = [part for part in shapely.get_parts(whole) if part.geom_type == "Polygon" and is_counted(part)]
    if not parts:
        return MultiLineString()
    held = derive_held(shapely.union_all(parts))
    rings = [
        shapely.get_coordinates(shapely.segmentize(ring, STEP_M))
        for part in map(shapely.geometry.polygon.orient, parts)
        for ring in (part.exterior, *part.interiors)
    ]
    bits = [np.stack([ring[:-1], ring[1:]], axis=1) for ring in rings]
    tree = shapely.STRtree(shapely.linestrings(np.concatenate(bits)))
    samples = shapely.points(shapely.get_coordinates(shapely.segmentize(held.boundary, STEP_M)))
    _, nearest = tree.query_nearest(samples, max_distance=5000, all_matches=False)
    faces = np.zeros(len(tree), bool)
    faces[nearest] = True
    stretches, start = [], 0
    for ring in rings:
        stretches += read_ring(ring, faces[start : start + len(ring) - 1])
        start += len(ring) - 1
    return MultiLineString([line for line in link(stretches) if LineString(line).length >= 3000])


def read_ring(ring: Any, faces: Any) -> list[Any]:
    """Return the stretches of a ring that face the held ground, gaps filled along it."""
    if not faces.any():
        return []
    first = int(np.argmax(faces))  # begin where the edge faces, so that no gap spans the seam
    order = np.roll(np.arange(len(faces)), -first)
    points = np.concatenate([ring[:-1][order], ring[:-1][order][:1]])
    flags = faces[order].copy()
    way = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    index = 0
    while index < len(flags):
        if flags[index]:
            index += 1
            continue
        stop = index
        while stop < len(flags) and not flags[stop]:
            stop += 1
        apart = np.hypot(*(points[stop] - points[index]))
        if apart <= 3000 and way[stop] - way[index] <= 20_000:
            flags[index:stop] = True
        index = stop
    if flags.all():
        return [points]
    cuts = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(int), [0]])))
    found = [points[begin : end + 1] for begin, end in zip(cuts[::2], cuts[1::2], strict=True)]
    if flags[0] and flags[-1] and len(found) > 1:
        found[0] = np.concatenate([found.pop(), found[0][1:]])
    return found


def link(stretches: list[Any]) -> list[Any]:
    """Join the end of a stretch straight to the beginning of another within 3 km, nearest first; rings have no end."""
    rings = [one for one in stretches if (one[0] == one[-1]).all()]
    stretches = [one for one in stretches if (one[0] != one[-1]).any()]
    pairs = sorted(
        (float(np.hypot(*(one[-1] - other[0]))), i, j)
        for i, one in enumerate(stretches)
        for j, other in enumerate(stretches)
        if i != j
    )
    chains = {i: [i] for i in range(len(stretches))}  # by their first stretch
    first_of = {i: i for i in chains}  # by their last stretch
    for apart, i, j in pairs:
        if apart > 3000 or i not in first_of or j not in chains or first_of[i] == j:
            continue
        head = first_of.pop(i)
        tail = chains.pop(j)
        chains[head] += tail
        first_of[tail[-1]] = head
    return rings + [np.concatenate([stretches[k] for k in chain]) for chain in chains.values()]
