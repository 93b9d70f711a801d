"""``geo render``: which files it writes."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from geo.cli import main


def test_one_scenario_writes_no_gallery(tmp_path: Path) -> None:
    """Rendering a scenario by name writes its map alone."""
    assert CliRunner().invoke(main, ["render", "dnipro-line", "--out", str(tmp_path)]).exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["dnipro-line.html"]
