"""What geo verify says of a file that is as it was, was changed, is foreign, or shows data that has moved on."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from geo import briefing, provenance, verification
from geo.cli import main
from geo.errors import DataError
from geo.front import find_front
from geo.scenario import find_scenario
from geo.template import render_template

PAGE = b"<!doctype html>\n<html><body><p>Map</p></body></html>\n"


@pytest.fixture(scope="module")
def manifest() -> dict[str, object]:
    return provenance.build_manifest(
        briefing.build_briefing(find_scenario("dnipro-line"), find_front("2025-03-27"), marking="EXERCISE")
    )


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def write(manifest: dict[str, object], page: bytes = PAGE) -> Path:
        file = tmp_path / "map.html"
        file.write_bytes(provenance.seal_bytes(page, "html", manifest))
        return file

    return write


def test_a_fresh_file_holds(write: Callable[..., Path], manifest: dict[str, object]) -> None:
    """Content, front, scenario and figures are confirmed one by one, and what is shown is named."""
    verdict = verification.verify_file(write(manifest))
    assert verdict.holds
    assert [check.what for check in verdict.checks] == [
        "content", "front 2025-03-27", "scenario dnipro-line", "figures of dnipro-line"
    ]  # fmt: skip
    shows = dict(verdict.shows)
    assert shows["shows"] == "Along the Dnipro in central Ukraine (dnipro-line)"
    assert shows["front"] == "line of contact of 27 March 2025 (2025-03-27)"
    assert shows["marking"] == "EXERCISE"


def test_each_difference_is_named(write: Callable[..., Path], manifest: dict[str, object]) -> None:
    """Another scenario file, another front file and another figure are told apart."""
    old = json.loads(json.dumps(manifest))
    old["front"]["sha256"] = old["scenarios"][0]["sha256"] = "0" * 64
    old["scenarios"][0]["zones"][0]["nearest_km"] += 20
    checks = {check.what: check for check in verification.verify_file(write(old)).checks}
    assert [check.holds for check in checks.values()] == [True, False, False, False]
    assert "345 km there, 325 km here" in checks["figures of dnipro-line"].found


def test_a_scenario_that_does_not_ship_is_asked_for(tmp_path: Path, write: Callable[..., Path]) -> None:
    """A user's own scenario is verified against the file named, and without it the remedy is given."""
    own = tmp_path / "my-plan.geojson"
    own.write_text(render_template("my-plan"), encoding="utf-8")
    built = briefing.build_briefing(find_scenario(own), find_front("2025-03-27"))
    file = write(provenance.build_manifest(built))
    without = verification.verify_file(file)
    assert not without.holds
    assert any("--scenario" in check.found for check in without.checks)
    assert verification.verify_file(file, scenario_file=str(own)).holds


def test_a_foreign_file_is_one_clear_error(tmp_path: Path) -> None:
    """A file without a manifest is said to be that."""
    (tmp_path / "other.html").write_bytes(PAGE)
    with pytest.raises(DataError, match="carries no manifest"):
        verification.verify_file(tmp_path / "other.html")


@pytest.mark.parametrize("drop", ["front", "scenarios", "sources", "version"])
def test_a_manifest_with_holes_is_one_clear_error(
    write: Callable[..., Path], manifest: dict[str, object], drop: str
) -> None:
    """A manifest that somebody shortened or filled with something else does not end in a traceback."""
    for value in (None, 7, [7], {}):
        file = write({**manifest, drop: value})
        if drop == "version" or (drop in ("sources", "scenarios") and value == {}):
            verification.verify_file(file)
            continue
        with pytest.raises(DataError, match="not complete"):
            verification.verify_file(file)


def test_command_says_it_all_and_sets_the_exit_code(
    tmp_path: Path, write: Callable[..., Path], manifest: dict[str, object]
) -> None:
    """0 where everything holds; 1 where one of several files does not, the others still reported."""
    good = write(manifest)
    result = CliRunner().invoke(main, ["verify", str(good)])
    assert result.exit_code == 0
    assert "map.html: as it was written" in result.stdout
    bad = tmp_path / "bad.html"
    bad.write_bytes(good.read_bytes().replace(b"Map", b"Mop"))
    result = CliRunner().invoke(main, ["verify", str(bad), str(tmp_path / "none.html"), str(good)])
    assert result.exit_code == 1
    assert "NOT as it was written" in result.stdout
    assert "CHANGED after geo" in result.stdout
    assert result.stdout.count("map.html: as it was written") == 1
    assert "none.html" in result.stderr
