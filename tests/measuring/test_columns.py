"""The figures as flat columns: complete, typed, and called by what they hold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geo.measuring import columns
from geo.measuring.columns import Column, Kind
from tests.made_up.briefing import build_row

ROW = build_row("North reach", (30.6, 50.2), 300.0)
TYPES = {Kind.TEXT: str, Kind.NUMBER: float, Kind.TRUTH: bool}


def test_columns_are_flat_and_keep_the_order_of_the_row() -> None:
    """Positions become lon and lat, bands a column each, and nothing is rounded."""
    found = columns.build_columns(replace(ROW, mean_km=123.456789))
    assert list(found)[:5] == ["zone", "country", "area_km2", "nearest_km", "nearest_from_lon"]
    assert found["nearest_to_lat"] == 47.5
    assert found["band_500_plus_km_share"] == 0.0
    assert found["mean_km"] == 123.456789


@pytest.mark.parametrize("column", columns.COLUMNS, ids=lambda column: column.key)
def test_a_column_holds_what_its_name_and_type_say(column: Column) -> None:
    """A value is of the declared type, a unit is that at the end of the name, and a share never ends in km."""
    value = column.read(ROW)
    assert value is None or isinstance(value, TYPES[column.kind])
    assert column.meaning.endswith(".")
    assert column.key.endswith("_km") == (column.unit == "km")
    assert ("share" in column.key) == (column.unit == columns.SHARE_UNIT)
