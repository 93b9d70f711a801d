"""The words for intervals: what they say of one zone, and whether the order of several scenarios holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geo.briefing import intervals, tables
from geo.fronts.reading import find_front
from geo.measuring import metrics
from geo.measuring.metrics import ZoneMetrics
from geo.scenarios.scenario import find_scenario
from tests.made_up.briefing import build_row

FRONT = find_front("2025-03-27")
HOLDS = "This order holds for every line that the front's file allows."


def row_of(name: str, low: float, km: float, high: float) -> ZoneMetrics:
    row = build_row(name, (30.0, 50.0), km)
    return replace(row, nearest_low_km=low, nearest_high_km=high)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            [("A", 140, 150, 160), ("B", 170, 180, 190)],
            [HOLDS],
        ),
        ([("B", 170, 180, 190), ("A", 140, 150, 172)], ["“A” and “B” may change places."]),
        (
            [("A", 10, 20, 30), ("B", 140, 150, 160), ("C", 155, 170, 180)],
            ["“A” is nearest in every case; “B” and “C” may change places."],
        ),
        ([("A", 10, 20, 30), ("B", 25, 40, 50), ("C", 45, 60, 70)], ["“A”, “B” and “C” may change places."]),
        ([("A", 10, 20, 30)], []),
    ],
)
def test_order_holds_where_no_intervals_meet(
    rows: list[tuple[str, float, float, float]], said: list[str]
) -> None:
    """Scenarios whose nearest distances cannot meet keep their order; the others may change places."""
    totals = [row_of(*row) for row in rows]
    assert intervals.describe_ranking([row[0] for row in rows], totals) == said


def test_no_order_is_promised_without_precision() -> None:
    """Where a front states no uncertainty, nothing is said of the order."""
    totals = [replace(row_of(name, 1, 2, 3), nearest_low_km=None) for name in "AB"]
    assert intervals.describe_ranking(["A", "B"], totals) == []


def test_reason_of_a_low_end_is_named() -> None:
    """The table says in words between what a distance lies that a disputed sector lowers, and names the sector."""
    text = tables.render_table(metrics.measure(find_scenario("dnipro-line"), FRONT), FRONT)
    assert "The low end of Kyiv to Kaniv reach (between 270 and 330 km) counts what is disputed." in text
    assert "“Crossings of the Sumy border”" in text
    assert (
        "The sector “Former Kakhovka reservoir, left bank” decides the nearest distance of every zone."
        in text
    )
    assert "325 km (270–330)" in text


def test_missing_precision_is_said() -> None:
    """A front without precision gets no interval, and the table says why."""
    bare = replace(
        FRONT, sectors=tuple(replace(s, precision_km=None) for s in FRONT.sectors), precisions_km=()
    )
    text = tables.render_table(metrics.measure(find_scenario("dnipro-line"), bare), bare)
    assert "does not state how precise all of its line is" in text
    assert "325 km  " in text
