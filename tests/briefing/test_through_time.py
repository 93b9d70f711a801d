"""A history as table, JSON and CSV: every day, and no source spliced into another."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

from geo.briefing import records, tables
from geo.measuring.history import History, measure_history
from tests.made_up.series import SCENARIO


def test_sources_are_never_spliced(spliced: History) -> None:
    """Where the source changes the runs end, and the table and the JSON say so."""
    assert [spliced.days[index].as_of for index in spliced.changes] == [date(2025, 3, 8)]
    assert [len(run) for run in spliced.runs] == [4, 1, 1]
    table = tables.render_history_table(spliced)
    assert (
        "From 8 March 2025: distances to the line of contact of each day (±2 km); source: The Other" in table
    )
    assert "not comparable" in table
    rows = [line for line in table.splitlines() if line.startswith("2025-")]
    assert [row.split()[-2] for row in rows] == ["0", "−1", "−4", "0", "−3"]
    record = records.build_history_record(spliced)
    assert record["changes_of_source"] == [{"as_of": "2025-03-08", "source": "The Other Institute"}]


def test_table_joins_days_alike(four_days: Path) -> None:
    """Days with the same front are one line of the table, with the change since the first day."""
    lines = tables.render_history_table(measure_history(SCENARIO, four_days)).splitlines()
    assert lines[0] == "test: 4 days with 3 different fronts, 1 March 2025 to 5 March 2025"
    assert lines[4].startswith("2025-03-01 to 2025-03-02")
    assert [line.split()[-2] for line in lines[4:7]] == ["0", "−1", "−4"]


def test_json_and_csv_hold_every_day(four_days: Path) -> None:
    """JSON and CSV have full precision for each day, with its front."""
    history = measure_history(SCENARIO, four_days)
    days = records.build_history_record(history)["days"]
    assert [day["same_as_day_before"] for day in days] == [False, True, False, False]
    assert days[3]["zones"][0]["nearest_km"] == history.days[3].metrics.zones[0].nearest_km
    rows = list(csv.DictReader(io.StringIO(records.render_history_csv(history))))
    assert [row["front_as_of"] for row in rows] == [day["as_of"] for day in days]
    assert float(rows[3]["mean_km"]) == days[3]["zones"][0]["mean_km"]
