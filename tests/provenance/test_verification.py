"""What geo verify says of a file that is as it was, was changed, is foreign, or shows data that has moved on."""

from __future__ import annotations

import json
import math
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from geo import shipped
from geo.briefing import briefing, comparison
from geo.cli import main
from geo.errors import DataError
from geo.fronts.reading import find_front
from geo.measuring import figures
from geo.provenance import verification
from geo.provenance.manifest import build_comparison_manifest, build_manifest
from geo.renderers.formats import CONTAINERS
from geo.scenarios.scenario import find_scenario
from geo.scenarios.template import render_template
from tests.made_up.sealing import seal_as

PAGE = b"<!doctype html>\n<html><body><p>Map</p></body></html>\n"


@pytest.fixture(scope="module")
def manifest() -> dict[str, object]:
    return build_manifest(
        briefing.build_briefing(find_scenario("dnipro-line"), find_front("2025-03-27"), marking="EXERCISE")
    )


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("exported") / "out.gpkg"
    CliRunner().invoke(main, ["export", "dnipro-line", "--out", str(file)])
    return file


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def write(manifest: dict[str, object], page: bytes = PAGE) -> Path:
        file = tmp_path / "map.html"
        file.write_bytes(seal_as("html", page, manifest))
        return file

    return write


def test_a_fresh_file_holds(write: Callable[..., Path], manifest: dict[str, object]) -> None:
    """Content, front, scenario and figures are confirmed one by one, and what is shown is named."""
    verdict = verification.verify_file(write(manifest), CONTAINERS)
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
    checks = {check.what: check for check in verification.verify_file(write(old), CONTAINERS).checks}
    assert [check.holds for check in checks.values()] == [True, False, False, False]
    assert "nearest: 345 km there, 325 km here" in checks["figures of dnipro-line"].found


FACTS = {
    "as_of": "2026-01-01", "definition": "edge", "uncertainty_km": math.nan, "source": "Drawn by somebody else.",
    "title": "Another title", "claims": [],
}  # fmt: skip


@pytest.mark.parametrize("key", FACTS)
def test_what_a_file_says_of_front_and_scenario_is_compared(
    write: Callable[..., Path], manifest: dict[str, object], key: str
) -> None:
    """A day, a definition, an uncertainty, a source or a title that somebody put in is not that of the data here."""
    old = json.loads(json.dumps(manifest))
    entry = old["front"] if key in old["front"] else old["scenarios"][0]
    assert entry[key] != FACTS[key]
    entry[key] = "@"
    file = write(old)
    file.write_bytes(file.read_bytes().replace(b'"@"', json.dumps(FACTS[key]).encode()))
    checks = verification.verify_file(file, CONTAINERS).checks
    (wrong,) = (check for check in checks if not check.holds and check.what != "content")
    assert f"DIFFERENT here: {key.replace('_', ' ')} " in wrong.found


NO_FIGURES = [math.nan, math.inf, -math.inf, 10**400, "325.0", True, None, [1]]
KEYS = [figure.key for figure in figures.find_figures(figures.Output.MANIFEST)]


@pytest.mark.parametrize(
    ("key", "value"), [*((key, math.nan) for key in KEYS), *((KEYS[0], value) for value in NO_FIGURES[1:])]
)
def test_what_is_no_figure_is_a_changed_figure(
    write: Callable[..., Path], manifest: dict[str, object], key: str, value: object
) -> None:
    """NaN, Infinity, a number that no computer measures and a text are named as changed, whatever the figure."""
    old = json.loads(json.dumps(manifest))
    old["scenarios"][0]["zones"][0][key] = "@"
    file = write(old)
    file.write_bytes(file.read_bytes().replace(b'"@"', json.dumps(value).encode()))
    verdict = verification.verify_file(file, CONTAINERS)
    assert not verdict.checks[-1].holds
    assert "there" in verdict.checks[-1].found


TOLD = {
    "nearest_km": (
        (math.inf, "nearest: no number there, 325 km here"),
        (10**400, f"nearest: {10**19} … there"),
        ("325.0", 'nearest: "325.0" there'),
        (None, "nearest: none there"),
        (325.1, "nearest: 325.100 km there"),
    ),
    "beyond_share": ((math.nan, "share beyond the front: no number there, 0 % here"),),
    "mean_low_km": ((1000, "low end of the mean: 1,000 km there, 310 km here"),),
}


@pytest.mark.parametrize("key", TOLD)
def test_a_changed_figure_is_told_in_the_words_of_the_tables(
    write: Callable[..., Path], manifest: dict[str, object], key: str
) -> None:
    """What stands in the place of a figure is said with its unit, and is short; a field's name is not shown."""
    old = json.loads(json.dumps(manifest))
    for value, words in TOLD[key]:
        old["scenarios"][0]["zones"][0][key] = "@"
        file = write(old)
        file.write_bytes(file.read_bytes().replace(b'"@"', json.dumps(value).encode()))
        found = verification.verify_file(file, CONTAINERS).checks[-1].found
        assert f"Kyiv to Kaniv reach, {words}" in found
        assert len(found) < 120


def test_each_front_of_a_file_of_changes_is_told(
    write: Callable[..., Path], manifest: dict[str, object]
) -> None:
    """The scenario is told once, its figures once for each front."""
    two = json.loads(json.dumps(manifest))
    before = two["scenarios"][0] | {"front": two["front"] | {"id": "2025-03-20"}}
    two["scenarios"].insert(0, before)
    told = [check.what for check in verification.verify_file(write(two), CONTAINERS).checks]
    assert told.count("scenario dnipro-line") == 1
    assert "figures of dnipro-line (2025-03-27)" in told


def test_a_long_text_is_cut(write: Callable[..., Path], manifest: dict[str, object]) -> None:
    """A title of megabytes does not fill the terminal."""
    old = json.loads(json.dumps(manifest))
    old["scenarios"][0]["title"] = "x" * 1_000_000
    assert len(CliRunner().invoke(main, ["verify", str(write(old))]).output) < 2_000


def _change_tables(file: Path, *statements: str) -> None:
    with closing(sqlite3.connect(file)) as database:
        triggers = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:  # they call functions that only GDAL has
            database.execute(f'DROP TRIGGER "{name}"')
        for statement in statements:
            database.execute(statement)
        database.commit()
        database.execute("VACUUM")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE zones SET nearest_km = nearest_km + 1 WHERE fid = 1",
        "UPDATE zones SET beyond_share = 0.5 WHERE fid = 2",
        "UPDATE zones SET mean_km = 'far' WHERE fid = 1",
        "UPDATE zones SET zone = 'Elsewhere' WHERE fid = 1",
        "UPDATE zones SET geom = (SELECT geom FROM zones WHERE fid = 2) WHERE fid = 1",
        "DELETE FROM zones WHERE fid = 1",
        "ALTER TABLE zones DROP COLUMN median_km",
        "DROP TABLE zones",
        "UPDATE front SET as_of = '2025-03-28'",
        "UPDATE front SET geom = (SELECT geom FROM front WHERE fid = 2) WHERE fid = 1",
        "UPDATE beyond SET geom = NULL",
        "UPDATE nearest SET nearest_km = 1 WHERE fid = 1",
        "UPDATE claims SET value = value + 1",
        "INSERT INTO claims (statement) VALUES ('made up')",
        "DROP TABLE claims",
        "UPDATE gpkg_geometry_columns SET srs_id = 3857",
        "UPDATE gpkg_spatial_ref_sys SET definition = '' WHERE srs_id = 4326",
    ],
)
def test_a_changed_table_of_a_geopackage_is_found(tmp_path: Path, exported: Path, change: str) -> None:
    """A figure, an outline, a sector, a way or a claim that somebody changed breaks the seal over the rows."""
    file = Path(shutil.copy(exported, tmp_path / "out.gpkg"))
    _change_tables(file, change)
    verdict = verification.verify_file(file, CONTAINERS)
    assert not verdict.holds
    assert verdict.checks[0].found.startswith("CHANGED")


def test_a_geopackage_that_was_used_holds(tmp_path: Path, exported: Path) -> None:
    """Bytes that a database moved about, a log beside it and a layer of somebody's own are no change."""
    file = Path(shutil.copy(exported, tmp_path / "out.gpkg"))
    _change_tables(file, "CREATE TABLE notes (text)", "PRAGMA journal_mode = WAL")
    assert file.read_bytes() != exported.read_bytes()
    assert verification.verify_file(file, CONTAINERS).holds


_ENDLESS = "WITH RECURSIVE t(metadata) AS (SELECT '' UNION ALL SELECT metadata || 'x' FROM t) SELECT * FROM t"


@pytest.mark.parametrize("name", ["gpkg_metadata", "zones"])
def test_a_view_without_end_is_not_computed(tmp_path: Path, name: str) -> None:
    """A GeoPackage whose table is an endless view is refused at once."""
    file = tmp_path / "out.gpkg"
    CliRunner().invoke(main, ["export", "dnipro-line", "--out", str(file)])
    _change_tables(file, f"DROP TABLE {name}", f"CREATE VIEW {name} AS {_ENDLESS}")
    done = subprocess.run([sys.executable, "-m", "geo", "verify", file], capture_output=True, timeout=60)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr


def test_a_scenario_that_does_not_ship_is_asked_for(tmp_path: Path, write: Callable[..., Path]) -> None:
    """A user's own scenario is verified against the file named, and without it the remedy is given."""
    own = tmp_path / "my-plan.geojson"
    own.write_text(render_template("my-plan"), encoding="utf-8")
    built = briefing.build_briefing(find_scenario(own), find_front("2025-03-27"))
    file = write(build_manifest(built))
    without = verification.verify_file(file, CONTAINERS)
    assert not without.holds
    assert any("--scenario" in check.found for check in without.checks)
    assert without.summary == "unchanged, but NOT confirmed by the data here"
    assert verification.verify_file(file, CONTAINERS, verification.read_shelf([str(own)])).holds


def _write_own(folder: Path, name: str, west: float) -> str:
    ring = [[west, 49], [west + 1, 49], [west + 1, 50], [west, 49]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    feature = {"type": "Feature", "properties": {"name": name}, "geometry": shape}
    file = folder / f"{name}.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    return str(file)


def test_own_and_shipped_scenarios_are_verified_together(tmp_path: Path, write: Callable[..., Path]) -> None:
    """Each is found by its id, wherever it is; the file that holds another id says which."""
    one, two = _write_own(tmp_path, "one", 28), _write_own(tmp_path, "two", 30)
    scenarios = [find_scenario(name) for name in (one, "dnipro-line", two)]
    built = comparison.build_comparison(scenarios, find_front("2025-03-27"))
    file = write(build_comparison_manifest(built))
    assert verification.verify_file(file, CONTAINERS, verification.read_shelf([two, one])).holds
    found = {
        check.what: check
        for check in verification.verify_file(file, CONTAINERS, verification.read_shelf([one])).checks
    }
    assert found["scenario dnipro-line"].holds
    assert found["scenario one"].holds
    assert found["scenario two"].found.endswith("one.geojson holds 'one', not 'two'")
    result = CliRunner().invoke(main, ["verify", str(file), "--scenario", one, "--scenario", two])
    assert (result.exit_code, result.stdout.count("measured anew")) == (0, 3)


def test_a_scenario_that_cites_a_place_alone_holds(tmp_path: Path, write: Callable[..., Path]) -> None:
    """A file lists the sizes that a cited source gives, too; they are no claims that somebody put in."""
    own = Path(_write_own(tmp_path, "one", 28))
    content = json.loads(own.read_text(encoding="utf-8"))
    content["scenario"] = {"id": "one", "title": "One", "claims": ["paris-2025-03-27/location-dnipro"]}
    own.write_text(json.dumps(content), encoding="utf-8")
    built = build_manifest(briefing.build_briefing(find_scenario(own), find_front("2025-03-27")))
    assert len(built["scenarios"][0]["claims"]) > 1
    assert verification.verify_file(write(built), CONTAINERS, verification.read_shelf([str(own)])).holds


def test_a_front_that_does_not_ship_is_read_as_it_was(tmp_path: Path, write: Callable[..., Path]) -> None:
    """Of an occupied area the edge is taken again where the file was measured to the edge."""
    area = tmp_path / "area-2025-04-01.geojson"
    ring = [[36, 46.5], [38, 46.5], [38, 48.5], [36, 48.5], [36, 46.5]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    feature = {"type": "Feature", "properties": {}, "geometry": shape}
    area.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    edge = find_front(area, definition="edge")
    file = write(build_manifest(briefing.build_briefing(find_scenario("dnipro-line"), edge)))
    verdict = verification.verify_file(file, CONTAINERS, verification.read_shelf([], [str(area)]))
    assert verdict.holds
    assert dict(verdict.shows)["front"].startswith("edge of the occupied area of 1 April 2025")
    assert not verification.verify_file(file, CONTAINERS).holds


def test_nothing_a_file_says_steers_the_terminal(
    write: Callable[..., Path], manifest: dict[str, object]
) -> None:
    """Control characters in a manifest are replaced before they are printed."""
    evil = json.loads(
        json.dumps(manifest).replace("Along the Dnipro", "\\u001b[31mAlong\\r\\nthe\\u0007 Dnipro")
    )
    evil["scenarios"][0]["id"] = evil["front"]["id"] = evil["version"] = "\x1b[2Jx"
    result = CliRunner().invoke(main, ["verify", str(write(evil))])
    assert "Along" in result.stdout
    assert all(letter.isprintable() for letter in result.stdout.replace("\n", ""))


def test_a_page_through_time_is_verified_by_its_newest_day(tmp_path: Path) -> None:
    """Page, chart and drawing of a history carry a manifest that names every day."""
    fronts = tmp_path / "fronts"
    fronts.mkdir()
    shutil.copy(shipped.fronts()["2025-03-27"], fronts)
    for form in ("html", "png", "svg"):
        arguments = ["--fronts", str(fronts), "--cache", str(tmp_path / "cache"), "--out", str(tmp_path)]
        CliRunner().invoke(main, ["history", "dnipro-line", *arguments, "--format", form])
        verdict = verification.verify_file(tmp_path / f"dnipro-line-history.{form}", CONTAINERS)
        assert verdict.holds
        assert dict(verdict.shows)["days"].startswith("1 front from 27 March 2025 on")
        assert "Associated Press" in dict(verdict.shows)["sources"]


@pytest.mark.parametrize("ending", ["geojson", "kml", "gpkg", "fgb", "parquet"])
def test_exports_are_verified(tmp_path: Path, ending: str) -> None:
    """Data for other programs carry their manifest, and a changed letter is found."""
    file = tmp_path / f"out.{ending}"
    CliRunner().invoke(main, ["export", "dnipro-line", "--out", str(file)])
    verdict = verification.verify_file(file, CONTAINERS)
    assert verdict.holds
    assert verdict.checks[-1].found == "measured anew, the same"
    assert verdict.summary == "as it was written"
    file.write_bytes(file.read_bytes().replace(b"Kaniv", b"Xaniv", 1))
    assert verification.verify_file(file, CONTAINERS).summary == "CHANGED since it was written"


def test_archives_are_verified(tmp_path: Path) -> None:
    """A KMZ and a workbook of every scenario hold, and not once something is put behind them."""
    commands = (("export", "dnipro-line", "out.kmz"), ("metrics", "--all", "all.xlsx"))
    for command, what, name in commands:
        file = tmp_path / name
        assert CliRunner().invoke(main, [command, what, "--out", str(file)]).exit_code == 0
        assert verification.verify_file(file, CONTAINERS).summary == "as it was written"
        file.write_bytes(file.read_bytes() + b"\n")
        assert verification.verify_file(file, CONTAINERS).summary == "CHANGED since it was written"


def test_a_geopackage_of_one_zone_holds(tmp_path: Path) -> None:
    """A scenario of one zone has no total, and its GeoPackage is as it was."""
    own, file = _write_own(tmp_path, "alone", 28), tmp_path / "out.gpkg"
    CliRunner().invoke(main, ["export", own, "--out", str(file)])
    assert verification.verify_file(file, CONTAINERS, verification.read_shelf([own])).holds


def test_csv_is_said_to_have_no_manifest(tmp_path: Path) -> None:
    """A table of values has no place for one; the message names the formats that do."""
    file = tmp_path / "out.csv"
    CliRunner().invoke(main, ["export", "dnipro-line", "--out", str(file)])
    with pytest.raises(DataError, match=r"CSV has no place.*GeoPackage"):
        verification.verify_file(file, CONTAINERS)


def test_a_foreign_file_is_one_clear_error(tmp_path: Path) -> None:
    """A file without a manifest is said to be that."""
    (tmp_path / "other.html").write_bytes(PAGE)
    with pytest.raises(DataError, match="carries no manifest"):
        verification.verify_file(tmp_path / "other.html", CONTAINERS)


@pytest.mark.parametrize("drop", ["front", "scenarios", "sources", "version"])
def test_a_manifest_with_holes_is_one_clear_error(
    write: Callable[..., Path], manifest: dict[str, object], drop: str
) -> None:
    """A manifest that somebody shortened or filled with something else does not end in a traceback."""
    values: tuple[object, ...] = (None, 7, [7], {})
    for value in values:
        file = write({**manifest, drop: value})
        if drop == "version" or (drop == "sources" and value == {}):
            verification.verify_file(file, CONTAINERS)
            continue
        with pytest.raises(DataError, match="not complete"):
            verification.verify_file(file, CONTAINERS)


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
    assert "bad.html: CHANGED since it was written" in result.stdout
    assert "CHANGED after geo" in result.stdout
    assert result.stdout.count("map.html: as it was written") == 1
    assert "none.html" in result.stderr
