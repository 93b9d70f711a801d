"""What was measured as a GeoDataFrame: a row for each zone and one for all of them, plain values in every column."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import shapely

from geo import geodesy
from geo.briefing import records
from geo.errors import DataError
from geo.fronts.front import FrontFacts
from geo.measuring.metrics import Metrics
from geo.scenarios.scenario import Scenario

if TYPE_CHECKING:
    import geopandas as gpd


def build_table(measured: Iterable[tuple[Scenario, Metrics, FrontFacts]]) -> gpd.GeoDataFrame:
    """Return the rows of scenarios, each with what was measured of it, in lon, lat degrees (WGS 84).

    Raises
    ------
    DataError
        The figures are those of another scenario, so that they would stand beside the wrong zones.
    """
    import geopandas as gpd

    rows: list[dict[str, Any]] = []
    shapes: list[Any] = []
    for scenario, metrics, front in measured:
        _validate_pair(scenario, metrics)
        outlines = [zone.geometry for zone in scenario.zones]
        shapes += [*outlines, shapely.union_all(outlines)]
        rows += [records.build_row(metrics, front, row) for row in (*metrics.zones, metrics.total)]
    return gpd.GeoDataFrame(rows, geometry=shapes, crs=geodesy.CRS)


def _validate_pair(scenario: Scenario, metrics: Metrics) -> None:
    zones = [zone.name for zone in scenario.zones]
    if (metrics.scenario, [row.zone for row in metrics.zones]) != (scenario.id, zones):
        what = f"The figures are those of the scenario '{metrics.scenario}' or of other zones"
        raise DataError.of(scenario.id, what, "Measure this scenario, with geo.brief().")
