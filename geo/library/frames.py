"""What was measured as a GeoDataFrame: a row for each zone and one for all of them, plain values in every column."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

import shapely

from geo import geodesy
from geo.briefing import fields, owncolumns
from geo.briefing.fields import Row
from geo.errors import DataError
from geo.fronts.front import FrontFacts
from geo.measuring.metrics import Metrics
from geo.scenarios.scenario import Scenario, Zone

if TYPE_CHECKING:
    import geopandas as gpd


def build_table(measured: Iterable[tuple[Scenario, Metrics, FrontFacts]]) -> gpd.GeoDataFrame:
    """Return the rows of scenarios, each with what was measured of it, in lon, lat degrees (WGS 84).

    The columns are those of `geo export`, the user's own behind ours.

    Raises
    ------
    DataError
        The figures are those of another scenario, so that they would stand beside the wrong zones.
    """
    import geopandas as gpd

    items: list[Row] = []
    shapes: list[Any] = []
    zones: list[Zone] = []
    for scenario, metrics, front in measured:
        _validate_pair(scenario, metrics)
        outlines = [zone.geometry for zone in scenario.zones]
        shapes += [*outlines, shapely.union_all(outlines)]
        zones += scenario.zones
        items += [
            Row(metrics, front, row, zone) for row, zone in zip(metrics.zones, scenario.zones, strict=True)
        ]
        items.append(Row(metrics, front, metrics.total))
    declared = (*fields.TABLE, *owncolumns.find_own_columns(zones))
    rows = [_write_days(fields.read_row(declared, item)) for item in items]
    return gpd.GeoDataFrame(rows, geometry=shapes, crs=geodesy.CRS)


def _write_days(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with days as text, which every reader of a frame takes for a plain value."""
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in row.items()}


def _validate_pair(scenario: Scenario, metrics: Metrics) -> None:
    zones = [zone.name for zone in scenario.zones]
    if (metrics.scenario, [row.zone for row in metrics.zones]) != (scenario.id, zones):
        what = f"The figures are those of the scenario '{metrics.scenario}' or of other zones"
        raise DataError.of(scenario.id, what, "Measure this scenario, with geo.brief().")
