"""``geo fronts derive``, and a front of one's own in other commands."""

from __future__ import annotations

import json
import os
import random
from pathlib import Path

import shapely
from click.testing import CliRunner, Result

from geo.briefing import briefing
from geo.cli import main
from geo.fronts import contact
from geo.fronts.reading import read_front
from tests.made_up.fronts import MEMBER, NORTH, save_file
from tests.made_up.occupied import COARSE, save_features
from tests.made_up.series import SCENARIO


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, list(map(str, arguments)), prog_name="geo")


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


def test_a_line_that_rounding_spoils_is_not_written(tmp_path: Path) -> None:
    """A line of half a metre parts Kyiv from Donetsk until its positions are rounded; it is refused, not written."""
    rng = random.Random(5)
    line = [[37.98878 + rng.uniform(-2e-6, 2e-6), 51 - step * 8.5e-8] for step in range(60)]
    member = {"as_of": "2025-03-27", "held_side": "right"}
    file = save_file(tmp_path / "2025-03-27.geojson", line, member=member)
    assert run("validate", file).exit_code == 0
    done = run("fronts", "derive", file, "--out", tmp_path / "out.geojson")
    assert (done.exit_code, (tmp_path / "out.geojson").exists()) == (1, False)
    assert "does not part the two sides" in done.stderr


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


def test_short_pieces_are_left_out(tmp_path: Path) -> None:
    """A piece shorter than the decimals written is left out; a front of nothing else cannot be written."""
    short = [[37.0, 49.0], [37.0000001, 49.0000001]]
    mixed = save_file(tmp_path / "2025-03-27.geojson", NORTH, short)
    assert run("fronts", "derive", mixed, "--out", tmp_path / "out.geojson").exit_code == 0
    assert run("validate", tmp_path / "out.geojson").exit_code == 0
    alone = save_file(tmp_path / "2025-03-28.geojson", short)
    done = run("fronts", "derive", alone, "--out", tmp_path / "alone.geojson")
    assert (done.exit_code, done.exception.__class__) == (1, SystemExit)
    assert not (tmp_path / "alone.geojson").exists()


def test_names_and_texts_that_stand_in_the_method(tmp_path: Path) -> None:
    """A file's name that is not UTF-8, or holds an escape, and a method of full length give a file that is valid."""
    member = {**MEMBER, "method": "x" * 2000}
    for name in (os.fsdecode(b"front-\xff-2025-03-27.geojson"), "front\x1b[31m-2025-03-27.geojson"):
        file = save_file(tmp_path / name, NORTH, member=member)
        assert run("fronts", "derive", file, "--out", tmp_path / "out.geojson").exit_code == 0
        assert run("validate", tmp_path / "out.geojson").exit_code == 0


def test_validate_prints_no_escapes(tmp_path: Path) -> None:
    """A name is printed with its escapes spelled out, and a type that is a list is a problem, not a crash."""
    file = save_file(tmp_path / "front\x1b]0;mine\x07-2025-03-27.geojson", NORTH)
    done = run("validate", file)
    assert (done.exit_code, "\x1b" in done.output, r"\x1b]0;mine\x07" in done.output) == (0, False, True)
    odd = save_file(tmp_path / "a.geojson", {"type": ["Polygon"], "coordinates": []})
    done = run("validate", odd)
    assert done.exit_code == 1
    assert "geometry type is a list" in done.stderr


def test_choosing_on_the_command_line(tmp_path: Path) -> None:
    """--where, --layer and --day reach every command that reads a front, and what is left out is one note on stderr."""
    file = save_features(
        tmp_path / "a-2025-03-27.geojson",
        (COARSE, {"name": "Occupied"}),
        (shapely.box(30, 50.6, 31, 51), {"name": "Free"}),
    )
    done = run("validate", file, "--where", "name=occupied")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "valid, front a-2025-03-27" in done.stdout
    for command in (
        ("metrics", "dnipro-line", "--front", file),
        ("fronts", "derive", file, "--out", tmp_path / "o.json"),
    ):
        assert run(*command, "--where", "name=occupied").exit_code == 0
        done = run(*command, "--where", "name")
        assert (done.exit_code, "is no COLUMN=VALUE" in done.stderr) == (2, True)
        done = run(*command, "--layer", "x")
        assert (done.exit_code, "GeoJSON has no layers" in done.stderr) == (2, True)
        done = run(*command, "--day", "2025-03-26")
        assert (done.exit_code, "Leave --day out" in done.stderr) == (2, True)


def test_validate_says_both_of_an_export(tmp_path: Path) -> None:
    """A GeoPackage or KML of ours is a scenario and a front, and each command takes what it needs of it."""
    for ending in ("gpkg", "kml"):
        out = tmp_path / f"out.{ending}"
        assert run("export", "-q", "dnipro-line", "--out", out).exit_code == 0
        said = run("validate", out).stdout
        assert said.endswith(
            "valid, scenario dnipro-line with 4 zones, and front out (line of contact of 27 March 2025)\n"
        )


def test_a_layer_of_zones_is_chosen_beside_a_file_of_a_front(tmp_path: Path) -> None:
    """The message names the option that works there: --layer would choose in the front's file."""
    objects = {name: {"type": "Polygon", "arcs": [[0]]} for name in ("west", "east")}
    arcs = [[[30, 50], [31, 50], [31, 51], [30, 50]]]
    zones = tmp_path / "zones.topojson"
    zones.write_text(json.dumps({"type": "Topology", "objects": objects, "arcs": arcs}))
    front = save_file(tmp_path / "front.geojson", NORTH, member=MEMBER)
    done = run("metrics", zones, "--front", front)
    assert "Choose one with --zone-layer 'west'" in done.stderr
    assert run("metrics", zones, "--front", front, "--zone-layer", "west").exit_code == 0
    assert run("metrics", zones, "--front", front, "--zone-layer", "north").exit_code == 2
