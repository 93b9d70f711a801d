"""A scenario measured day after day is what it is when each day is measured alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
import shapely
from shapely.geometry import MultiLineString, MultiPolygon, Polygon

from geo.fronts.front import Front, Sector
from geo.fronts.reading import find_front
from geo.measuring import metrics
from geo.measuring.metrics import Measured
from geo.measuring.successive import Successive
from geo.scenarios.scenario import Scenario, Zone, find_scenario

DAYS = 72


def build_days(count: int) -> list[Front]:
    """Build fronts that differ from the one before in a vertex or two, or in nothing; their far side is the east."""
    rng = np.random.default_rng(3)
    line = np.array(
        [(35.0, 51.2), (36.5, 50.3), (37.8, 49.5), (37.6, 48.4), (36.2, 47.6), (34.4, 47.4), (32.0, 46.5)]
    )
    line = shapely.get_coordinates(shapely.segmentize(shapely.LineString(line), 0.1))
    days = []
    for number in range(count):
        if number % 4:
            for at in rng.integers(1, len(line) - 1, rng.integers(1, 3)):
                line[at] += rng.normal(0, 0.02, 2)
        if number % 50 == 49:
            line = line + np.array([-0.05, 0.0])  # all of it at once
        area = Polygon([*line, (32.0, 45.8), (40.5, 45.8), (40.5, 51.2)]).buffer(0)
        days.append(
            Front(
                id=f"day-{number}", as_of=date(2025, 1, 1), definition="contact", definition_text="", source="made up",
                uncertainty_km=None, licence="", method="", held_side="right", sectors=(),
                line=MultiLineString([line]), occupied=MultiPolygon(shapely.get_parts(area).tolist()),
            )
        )  # fmt: skip
    return [replace(day, sectors=(Sector("Whole line", day.line),)) for day in days]


SCENARIO = Scenario(
    "s",
    "S",
    "",
    (
        Zone("far", shapely.box(23, 49, 24, 50), "UA"),
        Zone("middle", shapely.box(31, 48, 32, 49), "UA"),
        Zone("near", shapely.box(35.2, 48.0, 35.8, 48.6), "UA"),
        Zone("across", shapely.box(36.0, 47.4, 37.0, 48.2), "UA"),
    ),
)


def test_days_in_a_row_are_as_each_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Over many days no figure differs by a bit, though most zones are not measured most days."""
    days = build_days(DAYS)
    alone = [metrics.measure(SCENARIO, day) for day in days]
    measured: list[str] = []
    measure = metrics.measure_zone

    def count(name: str, *others: object) -> Measured:
        measured.append(name)
        return measure(name, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(metrics, "measure_zone", count)
    successive = Successive(SCENARIO)
    assert [successive.measure(day) for day in days] == alone
    times = {zone.name: measured.count(zone.name) for zone in SCENARIO.zones}
    assert times["far"] < DAYS / 4
    assert times["near"] < DAYS / 1.5
    assert times["across"] == DAYS  # its sides are looked at each day


def test_fronts_with_sectors_are_measured_each_for_itself() -> None:
    """Where a file states how precise its line is, intervals are measured, and no zone is left alone."""
    scenario, front = find_scenario("dnipro-line"), find_front("2025-03-27")
    successive = Successive(scenario)
    assert successive.measure(front) == metrics.measure(scenario, front)
    assert successive.measure(front) == metrics.measure(scenario, front)
