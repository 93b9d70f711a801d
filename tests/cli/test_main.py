"""The commands as a person and as a script meet them: results on stdout, messages on stderr, exit codes 0, 1, 2."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from geo import shipped
from geo.cli import main

ROOT = Path(__file__).parents[2]


CONTEXT = click.Context(main, info_name="geo")
COMMANDS = {name: main.get_command(CONTEXT, name) for name in main.list_commands(CONTEXT)}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, prog_name="geo")


def test_commands_are_called_what_they_say() -> None:
    """The table of commands, read before their files, names each as the file does, and all that are described."""
    assert list(COMMANDS) == [command and command.name for command in COMMANDS.values()]
    assert len(COMMANDS) == 14


def test_help_says_of_each_command_what_it_says_of_itself() -> None:
    """Though it loads none of them."""
    said = CliRunner().invoke(main, ["--help"], terminal_width=200, max_content_width=200).stdout
    for name, command in COMMANDS.items():
        assert command
        assert re.search(rf"^  {name} +{re.escape(command.get_short_help_str(200))}$", said, re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS.keys())
def test_every_option_has_help(command: click.Command) -> None:
    """No option is left to guessing."""
    assert all(param.help for param in command.params if isinstance(param, click.Option))


def test_list_names_what_ships() -> None:
    """Every scenario that ships is listed, in text and in JSON."""
    names = list(shipped.scenarios())
    assert [line.split()[0] for line in run("list").stdout.splitlines()] == names
    assert [each["id"] for each in json.loads(run("list", "--json").stdout)] == names


def test_render_writes_the_map_and_prints_the_distances(tmp_path: Path) -> None:
    """The file lands in the folder asked for, the table on stdout, the path on stderr."""
    result = run("render", "dnipro-line", "--out", str(tmp_path))
    assert result.exit_code == 0
    assert (tmp_path / "dnipro-line.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert "Kyiv to Kaniv reach" in result.stdout
    assert "dnipro-line.html" in result.stderr


def test_render_all_writes_every_scenario(tmp_path: Path) -> None:
    """--all makes one file a shipped scenario, one to compare and one that leads to them, and says how far each is."""
    result = run("render", "--all", "--out", str(tmp_path))
    names = list(shipped.scenarios())
    assert sorted(file.stem for file in tmp_path.iterdir()) == sorted([*names, "compare", "index"])
    assert f"[{len(names)}/{len(names)}]" in result.stderr


def test_metrics_json_is_an_object_for_one_and_a_list_for_more() -> None:
    """One scenario prints an object; several, or --all, a list in the order asked for."""
    assert json.loads(run("metrics", "dnipro-line", "--format", "json").stdout)["scenario"] == "dnipro-line"
    both = json.loads(run("metrics", "western-ukraine", "dnipro-line", "--format", "json").stdout)
    assert [each["scenario"] for each in both] == ["western-ukraine", "dnipro-line"]
    every = json.loads(run("metrics", "--all", "--format", "json").stdout)
    assert [record["scenario"] for record in every] == list(shipped.scenarios())


@pytest.mark.parametrize("form", ["table", "csv", "markdown"])
def test_metrics_formats_hold_every_zone(form: str) -> None:
    """Each printed format has a row for each zone."""
    text = run("metrics", "dnipro-line", "--format", form).stdout
    assert "Kyiv to Kaniv reach" in text
    assert "Kremenchuk" in text


def test_distance_takes_places_and_points() -> None:
    """A place by name and the same place by LAT,LON give the same distance, with the documented keys."""
    rows = json.loads(run("distance", "Kyiv", "Kiev", "--json").stdout)
    assert list(rows[0])[:7] == ["place", "lon", "lat", "distance_km", "nearest_to", "bearing_deg", "beyond"]
    point = f"{rows[0]['lat']},{rows[0]['lon']}"
    again = json.loads(run("distance", point, "--json").stdout)[0]
    assert rows[1] == rows[0]
    assert again["distance_km"] == rows[0]["distance_km"]
    assert "Kyiv" in run("distance", "Kyiv").stdout


def test_swapped_point_is_pointed_out() -> None:
    """LON,LAT by mistake lands far away, and a note says which order is meant."""
    assert "LAT,LON" in run("distance", "35.04,-48.47").stderr
    assert "LAT,LON" in run("distance", "35.04,48.47").stderr
    assert "LAT,LON" not in run("distance", "48.47,35.04").stderr


def test_point_of_the_southern_hemisphere_is_no_option() -> None:
    """A negative latitude is a latitude, in whatever place of the order."""
    rows = json.loads(run("distance", "Kyiv", "-10,30", "Lviv", "--json").stdout)
    assert [(row["place"], row["lat"] < 0) for row in rows] == [
        ("Kyiv", False),
        ("-10,30", True),
        ("Lviv", False),
    ]


def test_place_beyond_the_front_is_called_so() -> None:
    """A distance from the other side is not passed off as one from the near side."""
    kyiv, donetsk = run("distance", "Kyiv", "Donetsk").stdout.splitlines()[:2]
    assert donetsk.endswith("beyond the line")
    assert "beyond" not in kyiv


def test_output_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    """A full disk behind a redirection is an error and exit code 1, not a traceback."""
    if not Path("/dev/full").is_char_device():
        pytest.skip("this system has no /dev/full to write to")
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(
            [sys.executable, "-m", "geo", "list"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert result.returncode == 1
    assert result.stderr == "Error: the output could not be written: No space left on device.\n"


@pytest.mark.parametrize(
    ("arguments", "fragment"),
    [
        (["render", "dnipro-lin"], "dnipro-line"),
        (["render"], "geo list"),
        (["render", "dnipro-line", "--all"], "not both"),
        (["render", "dnipro-line", "--format", "gif"], "html"),
        (["render", "dnipro-line", "--front", "2025-03-26"], "2025-03-27"),
        (["metrics", "missing.geojson"], "missing.geojson"),
        (["distance", "Kiyv"], "Kyiv"),
        (["distance", "95,30"], "LAT,LON"),
        (["distance", "nan,nan"], "LAT,LON"),
        (["distance", "48°75'N,35°E"], "50.45,30.52"),
        (["new", "Bad Name"], "bad-name"),
        (["new", "dnipro-line"], "ships"),
        (["nonsense"], "No such command"),
    ],
)
def test_wrong_usage_exits_with_2_and_says_what_to_do(arguments: list[str], fragment: str) -> None:
    """Unknown names suggest the nearest one, and nothing is printed as a result."""
    result = run(*arguments)
    assert result.exit_code == 2
    assert fragment in result.stderr
    assert result.stdout == ""


def test_broken_file_exits_with_1_and_lists_every_problem(tmp_path: Path) -> None:
    """Both mistakes of a file are reported in one run, each naming the file and the feature."""
    file = tmp_path / "broken.geojson"
    ring = [[30, 48], [31, 48], [31, 49], [30, 49]]
    polygon = {"type": "Polygon", "coordinates": [ring]}
    feature = {"type": "Feature", "properties": {"name": "Open"}, "geometry": polygon}
    empty: dict[str, object] = {"type": "Feature", "properties": {}, "geometry": {"type": "Circle"}}
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature, empty]}), encoding="utf-8")
    for command in ("validate", "render", "metrics"):
        result = run(command, str(file))
        assert result.exit_code == 1
        lines = result.stderr.strip().splitlines()
        assert ["feature 0" in lines[0], "feature 1" in lines[1]] == [True, True]
        assert all(str(file) in line for line in lines)


def test_validate_checks_all_files_before_it_fails(tmp_path: Path) -> None:
    """A broken file does not keep the others from being checked, and a front or source file is known as such."""
    (tmp_path / "broken.geojson").write_text("{", encoding="utf-8")
    files = [ROOT / "seeds/fronts/2025-03-27.geojson", ROOT / "seeds/sources/paris-2025-03-27.toml"]
    result = run(
        "validate",
        str(tmp_path / "broken.geojson"),
        *map(str, files),
        str(ROOT / "scenarios/dnipro-line.geojson"),
    )
    assert result.exit_code == 1
    assert [line.rpartition("valid, ")[2].split()[0] for line in result.stdout.splitlines()] == [
        "front", "source", "scenario"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "properties", "options", "kind"),
    [
        ("occupied_20250327", {}, [], "front"),
        ("occupied", {"date": "2025-03-27"}, [], "front"),
        ("occupied", {"name": "Occupied"}, ["--as-of", "2025-03-27"], "front"),
        ("zones_20250327", {"name": "Port"}, [], "scenario"),
        ("zones", {}, [], "scenario"),
    ],
)
def test_validate_knows_an_occupied_area(
    name: str, properties: dict[str, str], options: list[str], kind: str, tmp_path: Path
) -> None:
    """Polygons that are dated and name no zones are a front, and so is what the user says the day of."""
    ring = [[36, 46.5], [38, 46.5], [38, 48.5], [36, 48.5], [36, 46.5]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    feature = {"type": "Feature", "properties": properties, "geometry": shape}
    file = tmp_path / f"{name}.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    done = run("validate", str(file), *options)
    assert f"valid, {kind}" in done.stdout, done.output


def test_validate_says_what_zones_are_where_it_finds_lines_without_a_day(tmp_path: Path) -> None:
    """A closed line may be meant as a zone, and is no area."""
    shape = {"type": "LineString", "coordinates": [[30, 48], [31, 48], [31, 49], [30, 48]]}
    file = tmp_path / "zone.geojson"
    file.write_text(json.dumps({"type": "Feature", "properties": {}, "geometry": shape}), encoding="utf-8")
    assert "If it is meant as zones: they are closed areas" in run("validate", str(file)).stderr


def test_validate_names_what_it_leaves_out(tmp_path: Path) -> None:
    """A bare file is valid whatever its properties say, and what the map will not say is noted."""
    square = [[30, 48], [31, 48], [31, 49], [30, 48]]
    feature = {
        "type": "Feature",
        "properties": {"status": "confirmed"},
        "geometry": {"type": "Polygon", "coordinates": [square]},
    }
    file = tmp_path / "bare.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    result = run("validate", str(file))
    assert result.exit_code == 0
    assert "properties.status is 'confirmed'" in result.stderr
    assert "left out" in result.stderr


def test_new_scenario_validates_and_renders(tmp_path: Path) -> None:
    """What geo new writes is a working scenario, and a second call does not overwrite it."""
    assert run("new", "my-plan", "--out", str(tmp_path)).exit_code == 0
    file = tmp_path / "my-plan.geojson"
    assert run("validate", str(file)).exit_code == 0
    assert run("render", str(file), "--out", str(tmp_path)).exit_code == 0
    assert (tmp_path / "my-plan.html").is_file()
    file.write_text("edited", encoding="utf-8")
    assert run("new", "my-plan", "--out", str(tmp_path)).exit_code == 2
    assert file.read_text(encoding="utf-8") == "edited"


def test_two_scenarios_of_one_id_are_refused(tmp_path: Path) -> None:
    """Two files that would be written to the same map are refused before anything is written."""
    for folder in ("a", "b"):
        run("new", "same", "--out", str(tmp_path / folder))
    result = run(
        "render",
        str(tmp_path / "a/same.geojson"),
        str(tmp_path / "b/same.geojson"),
        "--out",
        str(tmp_path / "out"),
    )
    assert result.exit_code == 2
    assert not (tmp_path / "out").exists()


def test_unwritable_folder_exits_with_1_and_keeps_the_old_map(tmp_path: Path) -> None:
    """A folder in the map's place is reported on stderr without a traceback."""
    (tmp_path / "dnipro-line.html").mkdir()
    result = run("render", "dnipro-line", "--out", str(tmp_path))
    assert result.exit_code == 1
    assert "could not be written" in result.stderr


def test_sources_show_who_said_what() -> None:
    """Every claim stands with its attribution, and the JSON holds the numbers."""
    assert "an unnamed French official; reported by Associated Press (AP)" in " ".join(
        run("sources").stdout.split()
    )
    sources = {source["id"]: source for source in json.loads(run("sources", "--json").stdout)}
    source = sources["paris-2025-03-27"]
    assert sorted(claim["value"] for claim in source["claims"] if claim["about"] == "size") == [10000, 30000]


def test_fronts_state_length_and_uncertainty() -> None:
    """The list of fronts carries definition, length and uncertainty."""
    assert "±3–5 km by sector" in run("fronts").stdout
    assert json.loads(run("fronts", "--json").stdout)[0]["definition"] == "contact"


def test_schema_accepts_what_ships() -> None:
    """The printed schema is JSON Schema and names the members a scenario has."""
    schema = json.loads(run("schema").stdout)
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert {"scenario", "features"} <= set(schema["properties"])


def test_front_option_takes_a_file(tmp_path: Path) -> None:
    """A user's own line of another day is measured to, and named beside the numbers."""
    line = {"type": "LineString", "coordinates": [[34, 50], [34, 47]]}
    file = tmp_path / "mine-2025-04-01.geojson"
    features = [{"type": "Feature", "properties": {}, "geometry": line}]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    record = json.loads(run("metrics", "dnipro-line", "--front", str(file), "--format", "json").stdout)
    assert record["front"]["as_of"] == "2025-04-01"
    assert record["front"]["uncertainty_km"] is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [("geo render d", "dnipro-line"), ("geo metrics --front 2", "2025-03-27"), ("geo distance Kyi", "Kyiv")],
)
def test_shells_complete_names(words: str, expected: str) -> None:
    """Tab completes scenarios, fronts and places as bash asks for them."""
    environment = {
        "_GEO_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(words.count(" ")),
    }
    assert expected in CliRunner().invoke(main, prog_name="geo", env=environment).output


def test_terminal_without_the_letters_is_no_failure() -> None:
    """Where stdout cannot encode a rule or a ±, a stand-in is printed and the command succeeds."""
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "geo", "metrics", "dnipro-line"]
    done = subprocess.run(command, capture_output=True, env=environment, cwd=ROOT)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr
    assert b"Kyiv to Kaniv reach" in done.stdout


def test_age_of_the_front_is_said_and_no_part_of_the_result() -> None:
    """How old each front is today stands on stderr, once; results have no clock in them."""
    for arguments, count in (
        (["metrics", "--all", "--front", "2025-03-27"], 1),
        (["distance", "Kyiv"], 1),
        (["fronts"], len(shipped.fronts())),
    ):
        result = run(*arguments)
        assert len(re.findall(r" 20\d\d, \d+ (days|months|years?) old today\.", result.stderr)) == count
        assert "old today" not in result.stdout


def test_warnings_of_libraries_do_not_show(tmp_path: Path) -> None:
    """What a library warns a programmer of is kept from a user, in whatever function it arises."""
    code = (
        "import warnings\nfrom geo import shipped\nscenarios = shipped.scenarios\n"
        "def warn():\n    warnings.warn('divided by nothing', RuntimeWarning)\n    return scenarios()\n"
        "shipped.scenarios = warn\nfrom geo.cli import main\nmain()"
    )
    done = subprocess.run([sys.executable, "-c", code, "list"], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0
    assert "divided by nothing" not in done.stderr
