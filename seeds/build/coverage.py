"""Neighbouring regions as one coverage: simplified together, so that what touches keeps sharing its edge."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geo.errors import DataError

Extent = tuple[float, float, float, float]
Segment = tuple[tuple[float, float], tuple[float, float]]

DECIMALS = 3
"""Decimals of a degree kept in the reference layers: about 100 m, finer than the source."""

FINE_DEG, COARSE_DEG = 0.01, 0.06
"""Simplification (side of the square with the smallest triangle kept) near Ukraine and far from it."""

SMALL_ISLAND_DEG2 = 0.02
"""Islands of coarse countries below this area are left out: they would be a dot at the map's edge."""


@dataclass(frozen=True)
class Region:
    """A piece of land in lon, lat degrees: ISO alpha-2 country, own name (None if it has none)."""

    country: str
    name: str | None
    geometry: BaseGeometry


def derive_regions(records: Iterable[Region], extent: Extent) -> list[Region]:
    """Join records of the same country and name, make them valid, clip them; sorted by country and name."""
    groups: dict[tuple[str, str], list[BaseGeometry]] = defaultdict(list)
    for record in records:
        groups[record.country, record.name or ""].append(shapely.make_valid(record.geometry))
    window = shapely.box(*extent)
    clipped = {key: shapely.intersection(shapely.union_all(parts), window) for key, parts in groups.items()}
    return [
        Region(country, name or None, clipped[country, name])
        for country, name in sorted(clipped)
        if not clipped[country, name].is_empty
    ]


def derive_coverage(regions: Sequence[Region], extent: Extent, coarse: set[str]) -> list[Region]:
    """Simplify all regions as one coverage, those of the `coarse` countries further, and round them.

    The edges of coarse countries are simplified against each other and against the sea, which is put in as
    one more polygon; edges shared with a fine country are the outer boundary of that group and stay.

    Raises
    ------
    DataError
        Where the result overlaps or leaves gaps between neighbours.
    """
    fine = _simplify([region.geometry for region in regions], FINE_DEG)
    land = [
        _without_small_islands(geometry, fine[:i] + fine[i + 1 :]) if region.country in coarse else geometry
        for i, (region, geometry) in enumerate(zip(regions, fine, strict=True))
    ]
    far = [i for i, region in enumerate(regions) if region.country in coarse]
    sea = shapely.difference(shapely.box(*extent), shapely.union_all(land))
    further = _simplify([*(land[i] for i in far), sea], COARSE_DEG, outer=False)
    for i, geometry in zip(far, further, strict=False):
        land[i] = geometry
    rounded = [_rounded(geometry) for geometry in land]
    validate_coverage(rounded)
    return [Region(r.country, r.name, g) for r, g in zip(regions, rounded, strict=True)]


def validate_coverage(geometries: Sequence[BaseGeometry]) -> None:
    """Raise `DataError` unless every polygon is valid and neighbours share their edges vertex by vertex."""
    if not (shapely.is_valid(geometries).all() and shapely.coverage_is_valid(geometries)):
        remedy = "Choose a finer simplification or more decimals, and build again."
        raise DataError.of("reference layers", "neighbouring regions overlap or gape", remedy)


def derive_countries(regions: Sequence[Region]) -> list[Region]:
    """Dissolve regions into countries that keep every vertex of the coverage; sorted by ISO code."""
    countries = sorted({region.country for region in regions})
    return [
        Region(iso, None, shapely.coverage_union_all([r.geometry for r in regions if r.country == iso]))
        for iso in countries
    ]


def derive_lines(regions: Sequence[Region], extent: Extent) -> dict[str, MultiLineString]:
    """Take every edge of the coverage once, as ``"coast"``, ``"border"`` or ``"oblast"`` lines.

    An edge with land on one side is coast, between two countries a border, between two regions of Ukraine an
    oblast line; edges inside other countries and those on the rim of the extent are left out.
    """
    owners: dict[Segment, list[Region]] = defaultdict(list)
    for region in regions:
        for segment in _segments(region.geometry):
            owners[segment].append(region)
    kinds: dict[str, list[Segment]] = {"coast": [], "border": [], "oblast": []}
    for segment, sides in owners.items():
        kind = _kind(sides)
        if kind and not _on_rim(segment, extent):
            kinds[kind].append(segment)
    return {kind: _joined(segments) for kind, segments in kinds.items()}


def _simplify(geometries: list[BaseGeometry], tolerance: float, *, outer: bool = True) -> list[BaseGeometry]:
    return list(shapely.coverage_simplify(geometries, tolerance, simplify_boundary=outer))


def _rounded(geometry: BaseGeometry) -> BaseGeometry:
    """Round the vertices; the same vertex on both sides of an edge moves alike, so the edge stays shared."""
    moved = shapely.transform(geometry, lambda lonlat: np.round(lonlat, DECIMALS))
    return shapely.normalize(shapely.remove_repeated_points(moved))


def _without_small_islands(geometry: BaseGeometry, others: list[BaseGeometry]) -> BaseGeometry:
    """Leave out small parts that touch no other region; a small part with a neighbour would leave a hole."""
    kept = [
        part
        for part in shapely.get_parts(geometry)
        if part.area >= SMALL_ISLAND_DEG2 or shapely.intersects(part, others).any()
    ]
    return MultiPolygon(kept) if len(kept) > 1 else kept[0] if kept else geometry


def _segments(geometry: BaseGeometry) -> Iterable[Segment]:
    """Yield the edges of all rings, each as an ordered pair, so that both neighbours name it alike."""
    polygons: Iterable[Polygon] = shapely.get_parts(geometry)
    for polygon in polygons:
        for ring in (polygon.exterior, *polygon.interiors):
            points = [(float(x), float(y)) for x, y in ring.coords]
            for start, end in itertools.pairwise(points):
                yield (start, end) if start < end else (end, start)


def _kind(sides: list[Region]) -> str | None:
    if len(sides) == 1:
        return "coast"
    if sides[0].country != sides[1].country:
        return "border"
    return "oblast" if sides[0].country == "UA" else None


def _on_rim(segment: Segment, extent: Extent) -> bool:
    (x1, y1), (x2, y2) = segment
    west, south, east, north = extent
    return (x1 == x2 and x1 in (west, east)) or (y1 == y2 and y1 in (south, north))


def _joined(segments: list[Segment]) -> MultiLineString:
    """Join edges into lines as long as possible, in an order that depends on the edges only."""
    merged = shapely.line_merge(MultiLineString(sorted(segments)))
    lines: list[LineString] = list(shapely.get_parts(shapely.normalize(merged)))
    return MultiLineString(sorted(lines, key=lambda line: tuple(line.coords)))
