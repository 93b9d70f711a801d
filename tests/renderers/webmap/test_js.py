"""The types of the page's scripts: what they expect of the data is what the program writes, and a slip is found."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from geo.briefing.briefing import Briefing
from geo.briefing.changes import build_changes
from geo.briefing.comparison import combine_briefings
from geo.fronts.reading import find_front
from geo.measuring.history import measure_history
from geo.renderers.webmap import changespage, historypage
from geo.renderers.webmap.comparison import render_comparison
from geo.renderers.webmap.map import render_html
from tests.made_up.series import SCENARIO, save_days

ROOT = Path(__file__).parents[3]
COMPILER = ROOT / "node_modules" / ".bin" / "tsc"
FOLDER = Path("geo", "renderers", "webmap", "js")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a copy of the scripts beside the compiler; without one skip, or fail with GEO_REQUIRE_NODE=1."""
    if not COMPILER.exists():
        missing = "the compiler is not installed: npm ci"
        if os.environ.get("GEO_REQUIRE_NODE") == "1":
            pytest.fail(missing)
        pytest.skip(missing)
    shutil.copy(ROOT / "tsconfig.json", tmp_path)
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    shutil.copytree(ROOT / FOLDER, tmp_path / FOLDER)
    return tmp_path


def check_types(project: Path) -> str:
    """Return what the compiler finds in a copy of the scripts."""
    return subprocess.run([COMPILER], cwd=project, capture_output=True, text=True).stdout


def test_the_data_of_every_page_is_what_its_script_expects(
    project: Path, briefing: Briefing, tmp_path: Path
) -> None:
    """No field is missing, none is of another type, and none is written that no script knows."""
    history = measure_history(SCENARIO, save_days(tmp_path / "fronts", {"2025-03-01": 0, "2025-03-02": 1}))
    together = combine_briefings([briefing, briefing], briefing.front)
    changed = build_changes(SCENARIO, find_front(), find_front())
    pages = {
        ("data", "ScenarioPageJson"): render_html(briefing),
        ("data", "ComparisonPageJson"): render_comparison(together),
        ("changes", "ChangesPageJson"): changespage.render_html(changed),
        ("history", "HistoryPageJson"): historypage.render_html(history),
    }
    for (script, name), page in pages.items():
        found = re.search(r'id="page-data">(.*?)</script>', page.decode())
        assert found
        text = f'/** @import {{ {name} }} from "./{script}.js" */\n/** @type {{{name}}} */\n'
        text += f"export const sample = {found[1]};\n"
        (project / FOLDER / f"sample_{name}.js").write_text(text, encoding="utf-8")
    assert check_types(project) == ""


@pytest.mark.parametrize(
    ("file", "field", "other"),
    [("data.js", "isDisputed", "isDoubtful"), ("geodesy.js", "{LatLng} point", "{number} point")],
    ids=["a renamed field", "another type"],
)
def test_a_slip_in_the_scripts_is_found(project: Path, file: str, field: str, other: str) -> None:
    """A field that is renamed in one place, or an argument of another type, fails the check."""
    script = project / FOLDER / file
    text = script.read_text(encoding="utf-8")
    assert field in text
    script.write_text(text.replace(field, other), encoding="utf-8")
    assert "error TS" in check_types(project)
