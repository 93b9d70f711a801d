"""No file takes the place of one that shows another front."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from click.testing import CliRunner

from geo.cli import main
from geo.fronts.reading import find_front
from geo.renderers import names
from geo.scenarios.scenario import find_scenario


def _save_area(file: Path, east: float) -> Path:
    file.parent.mkdir(exist_ok=True)
    ring = [[36, 46.5], [east, 46.5], [east, 48.5], [36, 48.5], [36, 46.5]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    feature = {"type": "Feature", "properties": {}, "geometry": shape}
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    return file


def test_pages_of_other_fronts_lie_side_by_side(tmp_path: Path) -> None:
    """One day, one file name, two folders; then one file with two definitions: each page has a name of its own."""
    out = tmp_path / "out"
    one, two = (
        _save_area(tmp_path / name / "2026-08-22.geojson", east) for name, east in (("a", 38), ("b", 39))
    )
    for more in ([], ["--front", one], ["--front", two], ["--front", one, "--front-definition", "edge"]):
        for command in (["render", "--format", "html,svg"], ["compare", "--format", "html,svg"]):
            words = [command[0], "dnipro-line", *command[1:], "--out", out, *more]
            assert CliRunner().invoke(main, list(map(str, words))).exit_code == 0
    for pattern, count in (("dnipro-line*.html", 4), ("compare*.html", 4), ("*.svg", 8)):
        found = [file.read_bytes() for file in out.glob(pattern)]
        assert len(found) == len(set(found)) == count
    assert b"27 March 2025" in (out / "dnipro-line.html").read_bytes()
    later = next(out.glob("compare_front-2026-08-22-*.html")).read_text(encoding="utf-8")
    assert 'href="dnipro-line_front-2026-08-22-' in later and 'href="dnipro-line.html"' not in later


def test_a_front_that_ships_is_called_by_its_day() -> None:
    """The scenario's own page keeps the short name; a front only called like one that ships does not pass for it."""
    scenario, front = find_scenario("dnipro-line"), find_front("2025-03-27")
    assert names.name_file("x", "png", "16x9", (scenario, front)) == "x_16x9_front-2025-03-27.png"
    assert names.name_page("x", (scenario, front)) == "x.html"


def test_an_area_called_like_a_shipped_front_is_told_apart(tmp_path: Path) -> None:
    """The id alone, made of a file's name, decides nothing."""
    scenario = find_scenario("dnipro-line")
    front = find_front(_save_area(tmp_path / "2025-03-27.geojson", 38))
    assert (front.id, front.as_of) == ("2025-03-27", date(2025, 3, 27))
    assert names.name_page("x", (scenario, front)).startswith("x_front-2025-03-27-")


def test_a_scenario_called_like_a_device_of_windows_has_a_page(tmp_path: Path) -> None:
    """``nul.html`` cannot be saved there, so its page has another name."""
    assert names.name_map(replace(find_scenario("dnipro-line"), id="nul")) == "nul_map"
