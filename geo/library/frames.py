"""What was measured as a GeoDataFrame: a row for each zone and one for all of them, plain values in every column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import shapely

from geo import geodesy
from geo.briefing import fields, owncolumns
from geo.briefing.fields import Row
from geo.fronts.front import FrontFacts
from geo.library import pairing
from geo.measuring.columns import Column, Kind
from geo.measuring.metrics import Metrics
from geo.scenarios.scenario import Scenario

if TYPE_CHECKING:
    import geopandas as gpd

_WITH_GAPS = {Kind.WHOLE: "Int64", Kind.TRUTH: "boolean"}
"""What pandas holds a kind as where values are missing."""


def build_table(measured: Sequence[tuple[Scenario, Metrics, FrontFacts]]) -> gpd.GeoDataFrame:
    """Return the rows of scenarios, each with what was measured of it, in lon, lat degrees (WGS 84).

    The columns are those of `geo export`, the user's own behind ours.

    Raises
    ------
    DataError
        The figures are those of another scenario, so that they would stand beside the wrong zones.
    """
    import geopandas as gpd

    rows: list[Row] = []
    shapes: list[Any] = []
    for scenario, metrics, front in measured:
        pairing.validate_zones(scenario, metrics)
        outlines = [zone.geometry for zone in scenario.zones]
        shapes += [*outlines, shapely.union_all(outlines)]
        pairs = zip((*metrics.zones, metrics.total), (*scenario.zones, None), strict=True)
        rows += [Row(metrics, front, row, zone) for row, zone in pairs]
    own = owncolumns.find_own_columns([zone for scenario, _, _ in measured for zone in scenario.zones])
    columns = {column.key: _build_column(column, rows) for column in (*fields.TABLE, *own)}
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=geodesy.CRS)


def _build_column(column: Column, rows: Iterable[Row]) -> Any:
    """Return a column as every file and every map takes it; a day is text in ISO form."""
    import pandas as pd

    values = [column.read(row) for row in rows]
    if column.kind is Kind.NUMBER:
        return pd.Series(values, dtype="float64")
    if column.kind in _WITH_GAPS and None in values:
        return pd.Series(values, dtype=_WITH_GAPS[column.kind])
    return [value.isoformat() if isinstance(value, date) else value for value in values]
