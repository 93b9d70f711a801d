"""What is measured by one call is what the commands measure."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import geopandas
import pytest

import geo
from geo import shipped
from geo.briefing.briefing import build_briefing
from geo.fronts.reading import find_front
from geo.scenarios.scenario import find_scenario
from tests.made_up import series


def test_a_briefing_is_that_of_the_command() -> None:
    """The same scenario and front give the same record, with methods on it, whatever they are given as."""
    built = build_briefing(find_scenario("neighbouring-country"), find_front("2025-03-27"))
    given = geo.brief("neighbouring-country", "2025-03-27")
    assert isinstance(given, type(built))
    assert vars(given) == vars(built)


def test_a_comparison_has_one_front_and_all_that_ship_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """Scenarios are set side by side; each is a briefing that draws itself."""
    few = {name: file for name, file in shipped.scenarios().items() if name == "neighbouring-country"}
    monkeypatch.setattr(shipped, "scenarios", lambda: few)
    every = geo.compare()
    assert [each.scenario.id for each in every.briefings] == list(shipped.scenarios())
    assert all(isinstance(each, geo.Briefing) and each.front is every.front for each in every.briefings)


@pytest.mark.parametrize("wrong", ["dnipro-line", [], {"a": 1}, 5, geopandas.GeoDataFrame({"a": [1]})])
def test_what_is_no_list_of_scenarios_is_refused(wrong: object) -> None:
    """One text would be read letter by letter."""
    with pytest.raises(geo.UsageError, match=r"as a list|at least one"):
        geo.compare(wrong)  # type: ignore[arg-type]


def test_a_history_is_measured_in_a_plain_script(tmp_path: Path) -> None:
    """A script without a main guard measures a folder of more days than a second process would start for."""
    series.save_days(tmp_path / "days", {f"2025-04-{day:02}": day for day in range(1, 8)})
    script = tmp_path / "script.py"
    script.write_text(
        "import geo, shapely\n"
        "scenario = geo.scenario(shapely.box(30, 50, 30.1, 50.1))\n"
        "history = geo.history(scenario, 'days')\n"
        "print(history, len(history.table))\n",
        encoding="utf-8",
    )
    run = [sys.executable, str(script)]
    done = subprocess.run(run, capture_output=True, text=True, cwd=tmp_path, env=_environment())
    assert done.returncode == 0, done.stderr
    assert done.stdout == "<History of 'zones': 7 days from 2025-04-01 to 2025-04-07, 0 files skipped> 14\n"


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(geo.__file__).parent.parent)}
