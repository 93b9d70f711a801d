"""A front of one's own on the command line: derived, saved, measured against, and refused where it does not fit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import shapely
from click.testing import CliRunner, Result

from geo.briefing import briefing
from geo.cli import main
from geo.errors import DataError
from geo.fronts import contact
from geo.fronts.front import read_front
from geo.measuring import metrics
from geo.scenarios.scenario import Scenario, Zone
from tests.made_up import occupied
from tests.made_up.fronts import save_file
from tests.made_up.series import SCENARIO


@pytest.fixture(scope="module")
def daily_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a made-up daily file, its day in its name only."""
    folder = tmp_path_factory.mktemp("daily")
    return occupied.save_day(occupied.build_day(3), folder / "occupied_20250327.geojson")


@pytest.fixture(scope="module")
def area_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a daily file with a coarse area between the lower Dnipro, the Azov coast and Donetsk."""
    corners = [
        (33.4, 46.7),
        (34.2, 46.0),
        (36.9, 46.7),
        (38.3, 47.0),
        (37.6, 48.3),
        (36.5, 47.6),
        (35.0, 47.4),
    ]
    day = occupied.Day(shapely.MultiPolygon([shapely.Polygon(corners)]), None)
    return occupied.save_day(day, tmp_path_factory.mktemp("area") / "occupied_20250327.geojson")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, list(map(str, arguments)), prog_name="geo")


def build_scenario(*bounds: float) -> Scenario:
    return Scenario("test", "Test", "", (Zone("Zone", shapely.box(*bounds), "UA", "illustrative", ""),), ())


def test_derived_line_comes_back(daily_file: Path, tmp_path: Path) -> None:
    """The saved line reads back as the line derived, with the rule, the origin and its hash; twice the same bytes."""
    out = tmp_path / "contact.geojson"
    done = run("fronts", "derive", daily_file, "--out", out)
    assert done.exit_code == 0
    assert contact.RULE in done.stdout
    derived, saved = read_front(daily_file), read_front(out)
    assert shapely.equals_exact(shapely.normalize(saved.line), shapely.normalize(derived.line), 1e-6)
    assert (saved.as_of, saved.rule, saved.held_side) == (derived.as_of, contact.RULE, "right")
    assert f"occupied_20250327.geojson (SHA-256 {derived.sha256})" in saved.method
    assert run("fronts", "derive", daily_file, "--out", tmp_path / "again.geojson").exit_code == 0
    assert (tmp_path / "again.geojson").read_bytes() == out.read_bytes()
    assert run("validate", out).exit_code == 0


def test_derive_writes_geojson_only(area_file: Path, tmp_path: Path) -> None:
    """Another ending for the saved line is wrong usage, and nothing is written."""
    done = run("fronts", "derive", area_file, "--out", tmp_path / "line.gpkg")
    assert done.exit_code == 2
    assert not list(tmp_path.iterdir())


def test_rule_stands_with_every_result(area_file: Path) -> None:
    """Table, Markdown, JSON, distances and the map's words carry the rule that made the line."""
    for form in ("table", "markdown", "json"):
        assert contact.RULE in run("metrics", "dnipro-line", "--front", area_file, "--format", form).stdout
    assert contact.RULE in run("distance", "Odesa", "--front", area_file).stdout
    assert contact.RULE in briefing.build_briefing(SCENARIO, read_front(area_file)).distance_note


def test_edge_is_nearer_than_contact(area_file: Path) -> None:
    """Mariupol is nearer to the edge of the area, which follows the coast, than to the line of contact."""
    contact_km, edge_km = (
        json.loads(run("distance", "Mariupol", "--front", area_file, "--json", *more).stdout)[0][
            "distance_km"
        ]
        for more in ((), ("--front-definition", "edge"))
    )
    assert edge_km < contact_km - 15
    text = run("distance", "Odesa", "--front", area_file, "--front-definition", "edge").stdout
    assert "edge of the occupied area of 27 March 2025" in text
    assert contact.RULE not in text


def test_definition_and_day_that_do_not_fit(area_file: Path) -> None:
    """The edge of a line, and a day that contradicts the file, are wrong usage with a reason."""
    done = run("distance", "Odesa", "--front-definition", "edge")
    assert (done.exit_code, "needs the occupied area" in done.stderr) == (2, True)
    done = run("distance", "Odesa", "--front", area_file, "--as-of", "2025-04-01")
    assert (done.exit_code, "--as-of says 2025-04-01" in done.stderr) == (2, True)
    assert run("distance", "Odesa", "--as-of", "yesterday").exit_code == 2


def test_zone_within_the_area(area_file: Path) -> None:
    """A zone that lies wholly in the occupied area is said to lie beyond the front, though it does not touch it."""
    front = read_front(area_file)
    row = metrics.measure(build_scenario(36.6, 46.75, 36.9, 46.9), front).total
    assert row.beyond_share == 1
    assert row.nearest_km > 40
    assert "lies wholly beyond the front" in metrics.describe_beyond(row, front)


def test_zone_half_in_the_area(area_file: Path) -> None:
    """Of a zone across the front, the part in the occupied area is beyond, to the share that it has."""
    front = read_front(area_file)
    scenario = build_scenario(36.0, 47.0, 36.4, 48.1)
    row = metrics.measure(scenario, front).total
    inside = shapely.intersection(scenario.zones[0].geometry, front.occupied).area
    assert row.nearest_km == 0
    assert row.beyond_share == pytest.approx(inside / scenario.zones[0].geometry.area, abs=0.01)


def test_another_part_of_the_world(tmp_path: Path) -> None:
    """A front on another continent is refused with its distance and where it lies."""
    far = read_front(save_file(tmp_path / "2025-03-27.geojson", [[-100.0, 40.0], [-101.0, 41.0]]))
    with pytest.raises(DataError, match=r"lies [\d,]+ km from the scenario 'test'.*longitude -10\d\.\d"):
        metrics.measure(SCENARIO, far)


def test_clockwise_shells_and_legacy_crs(daily_file: Path) -> None:
    """The made-up file has the traits of the daily ones: EMPTY properties, CRS84, clockwise shells, many parts."""
    content = json.loads(daily_file.read_text())
    (feature,) = content["features"]
    assert feature["properties"] == {}
    assert content["crs"]["properties"]["name"].endswith("CRS84")
    shells = [shapely.LinearRing(part[0]) for part in feature["geometry"]["coordinates"]]
    assert 5 <= len(shells) <= 21
    assert not any(shell.is_ccw for shell in shells)
    assert read_front(daily_file).occupied is not None


def test_area_that_cannot_be_computed_with_is_an_error(
    area_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever GEOS gives up on names the file and what to do, and does not end a series."""

    def give_up(_: object) -> None:
        raise shapely.errors.GEOSException("TopologyException: side location conflict at 37 48")

    monkeypatch.setattr(contact, "derive_contact", give_up)
    with pytest.raises(DataError, match=r"TopologyException.*Fix geometries"):
        read_front(area_file)
