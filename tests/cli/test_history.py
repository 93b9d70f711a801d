"""``geo history``: the table, the files, and what is told beside them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from geo.cli import main
from tests.made_up.series import save_days


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["history", *map(str, arguments)], prog_name="geo")


def test_command(four_days: Path, tmp_path: Path) -> None:
    """The command prints the table, writes what cannot be printed, and tells on stderr what it took."""
    rest = ("--fronts", four_days, "--cache", tmp_path / "cache")
    done = run("dnipro-line", *rest, "--format", "json")
    assert done.exit_code == 0
    assert len(json.loads(done.stdout)["days"]) == 4
    assert "4 files, 0 skipped; 3 different fronts, 0 from the cache" in done.stderr
    for form in ("html", "svg", "png"):
        done = run("dnipro-line", *rest, "--format", form, "--out", tmp_path / "out")
        assert done.exit_code == 0
        assert "3 from the cache" in done.stderr
        (written,) = (tmp_path / "out").glob(f"dnipro-line-history_front-2025-03-05-*.{form}")
        assert written.stat().st_size > 10_000


def test_no_history_takes_the_place_of_another(four_days: Path, tmp_path: Path) -> None:
    """Two folders of the same days write two pages; the same folder writes the same page again."""
    other = save_days(tmp_path / "other", {"2025-03-04": 1, "2025-03-05": 2})
    for folder in (four_days, other, four_days):
        rest = ("--fronts", folder, "--cache", tmp_path / "cache", "--out", tmp_path / "out")
        assert run("dnipro-line", *rest, "--format", "svg").exit_code == 0
    pages = {file.read_bytes() for file in (tmp_path / "out").iterdir()}
    assert len(pages) == len(list((tmp_path / "out").iterdir())) == 2


@pytest.mark.parametrize("form", ["html", "svg", "png", "csv", "json"])
def test_names_that_are_no_text(form: str, four_days: Path, tmp_path: Path) -> None:
    """Files of two origins, their names not UTF-8 or with an escape in them, are drawn and named."""
    (four_days / "line_20250301.geojson").rename(four_days / "fr\udcff_20250301.geojson")
    (four_days / "line_20250302.geojson").rename(four_days / "a\x1b]0;b\x07_20250302.geojson")
    rest = ("--fronts", four_days, "--cache", tmp_path / "cache", "--out", tmp_path / "out")
    done = run("dnipro-line", *rest, "--format", form)
    assert done.exit_code == 0, done.stderr
    assert done.exception is None
    assert "\x1b" not in done.output


def test_one_day_is_counted_as_one(tmp_path: Path) -> None:
    """A folder of one day is one file with one front of that day; one that cannot be read ends in one full stop."""
    days = save_days(tmp_path / "days", {"2025-03-01": 0})
    done = run("dnipro-line", "--fronts", days, "--cache", tmp_path / "cache")
    assert done.stdout.splitlines()[0] == "dnipro-line: 1 day with 1 front, 1 March 2025"
    assert "1 file, 0 skipped; 1 front, 0 from the cache" in done.stderr
    (days / "line_20250301.geojson").write_text("{")
    done = run("dnipro-line", "--fronts", days, "--cache", tmp_path / "cache")
    assert done.stderr.endswith(".\n") and not done.stderr.endswith("..\n")


def test_strict(four_days: Path, tmp_path: Path) -> None:
    """A bad file is named on stderr; only with --strict is it an error."""
    (four_days / "line_20250303.geojson").write_text("{")
    rest = ("dnipro-line", "--fronts", four_days, "--cache", tmp_path / "cache")
    done = run(*rest)
    assert done.exit_code == 0
    assert "Skipped line_20250303.geojson: This is not JSON" in done.stderr
    strict = run(*rest, "--strict")
    assert strict.exit_code == 1
    assert "Error:" in strict.stderr and "1 of its files could not be used" in strict.stderr
