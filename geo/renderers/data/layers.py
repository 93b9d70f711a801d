"""A briefing as layers of data: rows of typed columns with their outlines, which every format writes alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geo import geodesy
from geo.briefing import fields, owncolumns
from geo.briefing.briefing import Briefing
from geo.briefing.fields import Level, Row, Statement, Stretch
from geo.measuring.columns import Column


@dataclass(frozen=True)
class Layer:
    """A table of a briefing: its columns, what each row is about, and the outlines in lon, lat, None for a bare table.

    Areas and lines are of several parts each, so that a layer has one type of geometry.
    """

    name: str
    columns: tuple[Column, ...]
    items: tuple[Any, ...]
    shapes: tuple[BaseGeometry, ...] | None = None

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The values of each row by the names of the columns."""
        return [fields.read_row(self.columns, item) for item in self.items]


def build_layers(briefing: Briefing) -> dict[str, Layer]:
    """Return every layer by its name; one without rows is left out, but for the zones."""
    front = briefing.front
    ways = [row for row in build_rows(briefing) if row.measured.nearest_km > 0]
    union = shapely.union_all([zone.geometry for zone in briefing.scenario.zones])
    total = Row(briefing.metrics, front, briefing.metrics.total)
    items: dict[str, tuple[Sequence[Any], Sequence[BaseGeometry] | None]] = {
        "totals": ([total], [union]),
        "front": (
            [Stretch(front, sector) for sector in front.sectors],
            [sector.line for sector in front.sectors],
        ),
        "beyond": _one(front, briefing.far_ground),
        "uncertainty": _one(front, briefing.uncertainty_band),
        "nearest": (
            ways,
            [
                LineString(geodesy.derive_geodesic(row.measured.nearest_from, row.measured.nearest_to))
                for row in ways
            ],
        ),
        "isolines": (
            [Level(front, each) for each in briefing.isolines],
            [each.line for each in briefing.isolines],
        ),
        "claims": (build_statements(briefing), None),
    }
    layers = {"zones": build_zones(briefing)}
    for name, (about, shapes) in items.items():
        if about:
            several = None if shapes is None else tuple(map(_make_several, shapes))
            layers[name] = Layer(name, fields.LAYERS[name], tuple(about), several)
    return layers


def build_zones(briefing: Briefing) -> Layer:
    """Return the layer of zones, the user's own columns behind ours."""
    zones = briefing.scenario.zones
    own = owncolumns.find_own_columns(zones)
    shapes = tuple(_make_several(zone.geometry) for zone in zones)
    return Layer("zones", (*fields.ZONES, *own), tuple(build_rows(briefing)), shapes)


def build_table(briefing: Briefing) -> Layer:
    """Return zones and total as one table without outlines, the user's own columns behind ours."""
    metrics = briefing.metrics
    totals = [Row(metrics, briefing.front, row) for row in metrics.rows[len(metrics.zones) :]]
    own = owncolumns.find_own_columns(briefing.scenario.zones)
    return Layer("table", (*fields.TABLE, *own), (*build_rows(briefing), *totals))


def build_rows(briefing: Briefing) -> list[Row]:
    """Return what each row of zones is about."""
    pairs = zip(briefing.metrics.zones, briefing.scenario.zones, strict=True)
    return [Row(briefing.metrics, briefing.front, measured, zone) for measured, zone in pairs]


def build_statements(briefing: Briefing) -> list[Statement]:
    """Return each claim with its source."""
    sources = {source.id: source for source in briefing.sources}
    return [Statement(claim, sources[claim.id.partition("/")[0]]) for claim in briefing.claims]


def _one(item: Any, area: BaseGeometry) -> tuple[list[Any], list[BaseGeometry]]:
    return ([], []) if area.is_empty else ([item], [area])


def _make_several(shape: BaseGeometry) -> BaseGeometry:
    """Return an outline as one of several parts."""
    if isinstance(shape, Polygon):
        return MultiPolygon([shape])
    return MultiLineString([shape]) if isinstance(shape, LineString) else shape
