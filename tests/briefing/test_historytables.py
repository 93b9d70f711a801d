"""What a history is shown as: table, JSON, CSV, chart and the data of the page; no source spliced into another."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import shapely

from geo.briefing import historytables
from geo.measuring import history
from geo.measuring.history import History, measure_history
from geo.renderers import style
from geo.renderers.figure import chart
from geo.renderers.webmap import historydata, historypage
from tests.made_up import occupied
from tests.made_up.series import SCENARIO, save_days


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of four days with three fronts, one day missing."""
    return save_days(
        tmp_path / "fronts", {"2025-03-01": 0, "2025-03-02": 0, "2025-03-04": 1, "2025-03-05": 3}
    )


@pytest.fixture
def spliced(folder: Path) -> History:
    """Return a history whose source changes on 8 March, and which has a gap of a month before 10 April."""
    member = {"source": "The Other Institute", "uncertainty_km": 2}
    save_days(folder, {"2025-03-08": 20, "2025-04-10": 22}, prefix="x_", member=member)
    return measure_history(SCENARIO, folder)


def test_sources_are_never_spliced(spliced: History) -> None:
    """Where the source changes the lines break and the table, JSON, chart and page say so."""
    assert [spliced.days[index].as_of for index in spliced.changes] == [date(2025, 3, 8)]
    assert [len(run) for run in spliced.runs] == [4, 1, 1]
    table = historytables.render_table(spliced)
    assert (
        "From 8 March 2025: distances to the line of contact of each day (±2 km); source: The Other" in table
    )
    assert "not comparable" in table
    rows = [line for line in table.splitlines() if line.startswith("2025-")]
    assert [row.split()[-2] for row in rows] == ["0", "−1", "−4", "0", "−3"]
    record = historytables.build_record(spliced)
    assert record["changes_of_source"] == [{"as_of": "2025-03-08", "source": "The Other Institute"}]
    data = historydata.build_history_data(spliced)
    assert [source["day"] for source in data["sources"]] == [0, 4]
    assert data["breaks"] == [4, 5]


def test_table_joins_days_alike(folder: Path) -> None:
    """Days with the same front are one line of the table, with the change since the first day."""
    lines = historytables.render_table(measure_history(SCENARIO, folder)).splitlines()
    assert lines[0] == "test: 4 days with 3 different fronts, 1 March 2025 to 5 March 2025"
    assert lines[4].startswith("2025-03-01 to 2025-03-02")
    assert [line.split()[-2] for line in lines[4:7]] == ["0", "−1", "−4"]


def test_json_and_csv_hold_every_day(folder: Path) -> None:
    """JSON and CSV have full precision for each day, with its front."""
    told = measure_history(SCENARIO, folder)
    days = historytables.build_record(told)["days"]
    assert [day["same_as_day_before"] for day in days] == [False, True, False, False]
    assert days[3]["zones"][0]["nearest_km"] == told.days[3].metrics.zones[0].nearest_km
    rows = list(csv.DictReader(io.StringIO(historytables.render_csv(told))))
    assert [row["front_as_of"] for row in rows] == [day["as_of"] for day in days]
    assert float(rows[3]["mean_km"]) == days[3]["zones"][0]["mean_km"]


def decode(data: dict[str, Any], state: int) -> list[Any]:
    """Return the line of a state in packed units as the page's script puts it together."""
    points: list[Any] = []
    for splices in data["splices"][: state + 1]:
        for start, out, *packed in splices:
            fresh, x, y, numbers = [], 0, 0, iter(packed)
            for number in numbers:
                if number is None:
                    fresh.append(None)
                else:
                    x, y = x + number, y + next(numbers)
                    fresh.append((x, y))
            points[start : start + out] = fresh
    return points


def test_page_data_holds_every_line(tmp_path: Path) -> None:
    """Each day's line comes out of the splices as it was, to the page's precision, pieces and all."""
    occupied.save_series(tmp_path / "fronts", 6, seed=4)
    told = measure_history(SCENARIO, tmp_path / "fronts")
    data = historydata.build_history_data(told)
    for day, state in zip(told.days, data["states"], strict=True):
        points = decode(data, state)
        assert points.count(None) == len(day.draw_line().geoms) - 1
        drawn = shapely.points([(x / data["scale"], y / data["scale"]) for x, y in filter(None, points)])
        assert shapely.distance(drawn, day.draw_line()).max() < 1 / data["scale"]
        nearest = sum(data["zones"][0]["nearest"][: state + 1]) / 100
        assert nearest == pytest.approx(day.metrics.zones[0].nearest_km, abs=0.005)


def test_page_of_750_days_is_small(folder: Path) -> None:
    """With 750 days, two in three of them changed all along, a page stays under 2 MB by drawing less finely."""
    first = measure_history(SCENARIO, folder).days[0]
    wave = [[350_000 + 40 * step, 480_000 + (step % 7) * 30] for step in range(700)]

    def day(number: int) -> history.Day:
        line = [[value + 17 * (number % 750) for at in wave for value in at]]
        facts = replace(first.front, as_of=date(2024, 1, 1) + timedelta(days=number))
        return replace(first, front=facts, line=line, geometry=str(number * 2 // 3))

    told = History(SCENARIO, tuple(map(day, range(750))), (), history.Work(0, 0, 0, {}))
    assert len(historypage.render_html(told)) < 2_000_000


@pytest.mark.parametrize("form", ["png", "svg"])
def test_chart_bytes(form: str, spliced: History) -> None:
    """The chart is the same bytes on every run."""
    one, two = chart.render_chart(spliced, form), chart.render_chart(spliced, form)
    assert one == two
    assert one.startswith(b"\x89PNG" if form == "png" else b"<?xml")


def test_chart_says_what_it_shows(spliced: History) -> None:
    """Each run is a line of its own, the change of source is marked, and no text leaves the picture."""
    figure = chart.build_chart(spliced)
    upper, _ = figure.axes
    dashed = [line for line in upper.lines if line.get_color() == style.PALETTE.ink_soft]
    assert len(dashed) == 1
    assert len(upper.lines) - 1 == len(spliced.runs)
    assert any("other source: The Other Institute" in text.get_text() for text in upper.texts)
    texts = " ".join(text.get_text() for text in [*figure.texts, *upper.texts])
    assert "1 March 2025 to 10 April 2025" in texts
    assert "±2 km" in texts
