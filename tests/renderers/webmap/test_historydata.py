"""The data of the history page: each day's line and figures, small enough to mail."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import shapely

from geo.fronts.reading import find_front
from geo.measuring.history import Day, History, Work, measure_history
from geo.renderers.webmap import historydata, historypage
from tests.made_up import occupied
from tests.made_up.series import SCENARIO


def test_source_change_breaks_the_lines(spliced: History) -> None:
    """A change of source, and a gap of weeks, end the lines of the page's chart, and both sources are named."""
    data = historydata.build_history_data(spliced)
    assert [source["day"] for source in data["sources"]] == [0, 4]
    assert data["breaks"] == [4, 5]


def decode(states: list[Any], state: int) -> list[Any]:
    """Return the line, or the ground, of a state in packed units as the page's script puts it together."""
    points: list[Any] = []
    for splices in states[: state + 1]:
        for start, out, *packed in splices:
            fresh: list[tuple[int, int] | None] = []
            x, y, numbers = 0, 0, iter(packed)
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
    history = measure_history(SCENARIO, tmp_path / "fronts")
    data = historydata.build_history_data(history)
    for day, state in zip(history.days, data["states"], strict=True):
        for key, line in (("splices", day.draw_line()), ("grounds", day.draw_ground())):
            points = decode(data[key], state)
            assert points.count(None) == len(line.geoms) - 1
            drawn = shapely.points([(x / data["scale"], y / data["scale"]) for x, y in filter(None, points)])
            assert shapely.distance(drawn, line).max() < 1 / data["scale"]
        ground = find_front(tmp_path / "fronts" / day.file).sides.drawn_ground
        rings = shapely.build_area(day.draw_ground())
        assert shapely.area(shapely.symmetric_difference(shapely.make_valid(rings), ground)) < 0.001
        nearest = sum(data["zones"][0]["figures"][0][: state + 1]) / 100
        assert nearest == pytest.approx(day.metrics.zones[0].nearest_km, abs=0.005)


def test_page_of_750_days_is_small(four_days: Path) -> None:
    """With 750 days, two in three of them changed all along, a page stays under 2 MB by drawing less finely."""
    first = measure_history(SCENARIO, four_days).days[0]
    wave = [[350_000 + 40 * step, 480_000 + (step % 7) * 30] for step in range(700)]

    def day(number: int) -> Day:
        line = [[value + 17 * (number % 750) for at in wave for value in at]]
        facts = replace(first.front, as_of=date(2024, 1, 1) + timedelta(days=number))
        return replace(first, front=facts, line=line, geometry=str(number * 2 // 3))

    history = History(SCENARIO, tuple(map(day, range(750))), (), Work(0, 0, 0, {}))
    assert len(historypage.render_html(history)) < 2_000_000
