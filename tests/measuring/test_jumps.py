"""Jumps of a history: which days have one, and which have none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from geo.briefing import through_time
from geo.measuring import jumps
from geo.measuring.history import History, measure_history
from tests.made_up.fronts import MEMBER, save_file
from tests.made_up.series import LINE, SCENARIO, moved, save_days

NEARER = [[35.0, 50.6], [35.3, 50.5]]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> History:
    """Return a history in which the line is still, another opens on 4 March and steps on the 6th."""
    folder = save_days(
        tmp_path_factory.mktemp("jumps") / "fronts", dict.fromkeys(("2025-03-01", "2025-03-03"), 0)
    )
    for day, lines in (
        ("04", (LINE, NEARER)),
        ("05", (LINE, NEARER)),
        ("06", (LINE, [[lon - 1, lat] for lon, lat in NEARER])),
    ):
        save_file(folder / f"line_202503{day}.geojson", *lines)
    return measure_history(SCENARIO, folder)


def test_jumps_are_the_days_on_which_the_distance_stepped(opened: History) -> None:
    """Each is named by its day, with how much nearer the front came; days that are alike have none."""
    found = jumps.find_jumps(opened)
    zones = [day.metrics.zones[0].nearest_km for day in opened.days]
    assert [jump.index for jump in found] == [2, 4]
    assert [jump.by_km for jump in found] == [zones[2] - zones[1], zones[4] - zones[3]]
    words = [words for _, words in through_time.describe_jumps(opened)]
    assert words[0].startswith("4 March 2025: ")
    assert words[1].startswith("6 March 2025: ")
    assert all("nearer" in each for each in words)


def test_a_sector_that_becomes_the_nearest_is_named(tmp_path: Path) -> None:
    """The sentence on a step names the sector that became the nearest with it."""
    for day, lon in (("2025-03-01", 38.5), ("2025-03-02", 34.5)):
        file = save_file(
            tmp_path / f"{day}.geojson",
            LINE,
            [[lon, 50.6], [lon + 0.3, 50.5]],
            member=MEMBER | {"as_of": day},
        )
        content = json.loads(file.read_text(encoding="utf-8"))
        for feature, sector in zip(content["features"], ("Main", "North"), strict=True):
            feature["properties"] = {"sector": sector}
        file.write_text(json.dumps(content), encoding="utf-8")
    ((index, words),) = through_time.describe_jumps(measure_history(SCENARIO, tmp_path))
    assert index == 1
    assert words.startswith("2 March 2025: “North” becomes the sector nearest to Zone, ")
    assert words.endswith(" km nearer.")


def test_slow_movement_and_equal_days_are_no_jump(tmp_path: Path) -> None:
    """A line that moves a little every day, and one that does not move, have nothing to point at."""
    days = {f"2025-03-{day:02}": day // 2 for day in range(1, 9)}
    history = measure_history(SCENARIO, save_days(tmp_path / "fronts", days))
    assert moved(4) != LINE
    assert jumps.find_jumps(history) == ()


def test_another_source_and_a_gap_are_no_jump(spliced: History) -> None:
    """What differs between two sources, or over a month without fronts, is not told as a day's movement."""
    assert not {jump.index for jump in jumps.find_jumps(spliced)} & {*spliced.changes, 5}
    assert through_time.describe_gaps(spliced) == [
        "No front is known from 9 March 2025 to 9 April 2025: the lines are broken there."
    ]
