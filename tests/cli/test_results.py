"""Where results go and in which formats is the same for every command."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from geo import shipped
from geo.cli import main, results
from tests.made_up import occupied
from tests.made_up.fronts import save_file

ORDER = (
    *(
        "--scenario",
        "--all",
        "--fronts",
        "--front",
        "--front-definition",
        "--as-of",
        "--where",
        "--layer",
        "--day",
    ),
    *("--source", "--licence", "--uncertainty-km", "--format", "--json", "--out", "--page", "--marking"),
    *("--issued", "--contact", "--open", "--cache", "--strict", "--quiet"),
)
"""In which order help names the options that several commands have, or that stand between those."""


def run(*arguments: str | Path, **environment: str) -> Result:
    """Run the command line in this process."""
    return CliRunner(env=environment).invoke(main, [*map(str, arguments)], prog_name="geo")


def list_commands() -> dict[str, click.Command]:
    """Return every command by its words, those within a group too."""
    found: dict[str, click.Command] = {}
    context = click.Context(main)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        found[name] = command
        if isinstance(command, click.Group):
            found |= {f"{name} {each}": inner for each, inner in command.commands.items()}
    return found


COMMANDS = list_commands()
OWN = "zones_front-2025-03-27.geojson"
"""What an export of zones is called in a folder."""


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS.keys())
def test_options_are_the_same_everywhere(command: click.Command) -> None:
    """--json comes with a format of that name and the other way round, -q with every command, all in one order."""
    options = {each.opts[-1]: each for each in command.params if isinstance(each, click.Option)}
    listed = options.get("--format")
    assert ("--json" in options) == ("json" in re.split(r"\W+", (listed and listed.help) or "")) or (
        "geojson" in str(listed and listed.help)
    )
    assert options["--quiet"].opts[0] == "-q"
    shared = [name for name in options if name in ORDER]
    if command.name not in ("distance", "history"):
        assert shared == sorted(shared, key=ORDER.index)
    assert all(name not in options or options[name].envvar == variable for name, variable in (
        ("--front", "GEO_FRONT"),
    ))  # fmt: skip


@pytest.mark.parametrize(
    "arguments",
    [
        ("list",), ("sources",), ("fronts",), ("metrics", "dnipro-line"), ("compare", "dnipro-line"),
        ("distance", "Kyiv"),
    ],
)  # fmt: skip
def test_json_is_a_format(arguments: tuple[str, ...]) -> None:
    """--json and --format json print the same; together they agree, and with another format they contradict."""
    short, long = run(*arguments, "--json"), run(*arguments, "--format", "JSON")
    assert json.loads(short.stdout) == json.loads(long.stdout)
    assert run(*arguments, "--json", "--format", "json").stdout == short.stdout
    refused = run(*arguments, "--json", "--format", "table")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "--json and --format table contradict each other" in refused.stderr


def test_validate_and_verify_answer_scripts(tmp_path: Path) -> None:
    """Both print one record a file, the broken ones with every problem, and keep their exit codes."""
    good, bad, out = tmp_path / "good.geojson", tmp_path / "bad.geojson", tmp_path / "out.geojson"
    run("new", "good", "--out", tmp_path)
    content = json.loads(good.read_text(encoding="utf-8"))
    content["scenario"] |= {"id": "Not an id", "titel": "x"}
    bad.write_text(json.dumps(content), encoding="utf-8")
    done = run("validate", good, bad, "--json")
    records = json.loads(done.stdout)
    assert [done.exit_code, *(each["valid"] for each in records)] == [1, True, False]
    assert (records[0]["holds"], len(records[1]["problems"])) == ("scenario good with 1 zone", 2)
    run("export", "dnipro-line", "--out", out)
    done = run("verify", out, good, "--json")
    records = json.loads(done.stdout)
    assert [done.exit_code, *(each["holds"] for each in records)] == [1, True, False]
    assert records[0]["checks"] and "manifest" in records[1]["error"]


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("zones.geojson", ("export", "zones.geojson", "--out", "./zones.geojson")),
        (OWN, ("export", OWN, "--out", ".", "--format", "geojson")),
        ("zones.geojson", ("metrics", "zones.geojson", "--json", "--out", "link.json")),
        ("line.geojson", ("fronts", "derive", "line.geojson", "--out", "line.geojson")),
        ("points.csv", ("distance", "--points", "points.csv", "--out", "points.csv")),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, tuple) else "",
)
def test_what_is_read_is_not_written_over(
    name: str, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A command that was told to write into the file that it reads refuses, whatever it is called there."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "zones.geojson").write_bytes(Path(shipped.scenarios()["dnipro-line"]).read_bytes())
    (tmp_path / "zones.geojson").write_text(
        (tmp_path / "zones.geojson").read_text(encoding="utf-8").replace('"dnipro-line"', '"zones"'), "utf-8"
    )
    (tmp_path / OWN).write_bytes((tmp_path / "zones.geojson").read_bytes())
    (tmp_path / "link.json").symlink_to("zones.geojson")
    occupied.save_day(occupied.build_day(3), tmp_path / "line.geojson")
    (tmp_path / "points.csv").write_text("lon,lat\n30,50\n")
    before = (tmp_path / name).read_bytes()
    done = run(*command, *(("--as-of", "2025-03-27") if command[0] == "fronts" else ()))
    assert (done.exit_code, (tmp_path / name).read_bytes()) == (2, before), done.output
    assert "is what is read here" in done.stderr


def test_quiet_leaves_results_and_errors(tmp_path: Path) -> None:
    """With -q, before the command or after it, nothing stands on stderr but errors; results stay as they are."""
    loud = run("metrics", "dnipro-line", "--front", "2025-03-27")
    assert loud.stderr
    for arguments in (("-q", "metrics", "dnipro-line"), ("metrics", "dnipro-line", "--quiet")):
        quiet = run(*arguments, GEO_FRONT="2025-03-27")
        assert (quiet.stdout, quiet.stderr) == (loud.stdout, "")
    written = run("render", "dnipro-line", "-q", "--out", tmp_path / "map.html")
    assert (written.exit_code, written.stderr) == (0, "")
    assert (tmp_path / "map.html").is_file()
    assert "There is no scenario" in run("-q", "metrics", "dnipro-lin").stderr


def test_a_file_is_one_format_of_one_result(tmp_path: Path) -> None:
    """The ending of --out tells the format, of what is printed too; a folder gives files their own names."""
    for ending, begin in (
        (".csv", b"\xef\xbb\xbfscenario,"),
        (".json", b"["),
        (".md", b"|"),
        (".txt", b"Scenario "),
    ):
        target = tmp_path / f"all{ending}"
        done = run("compare", "dnipro-line", "--out", target)
        assert (done.exit_code, done.stdout) == (0, "")
        assert target.read_bytes().startswith(begin)
    assert run("metrics", "dnipro-line", "--out", tmp_path / "one.csv").exit_code == 0
    done = run("export", "dnipro-line", "--format", "kml,csv", "--out", tmp_path / "folder")
    assert [file.name for file in sorted((tmp_path / "folder").iterdir())] == [
        "dnipro-line_front-2025-03-27.csv", "dnipro-line_front-2025-03-27.kml",
    ], done.stderr  # fmt: skip
    assert run("new", "x", "--out", tmp_path / "y.geojson").stdout.strip() == str(tmp_path / "y.geojson")
    (tmp_path / "odd.csv").mkdir()
    assert run("new", "x", "--out", tmp_path / "odd.csv").exit_code == 0
    assert (tmp_path / "odd.csv" / "x.geojson").is_file()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("render", "--all", "--out", "x.html"), "--out x.html is for one scenario, and here are "),
        (("render", "dnipro-line", "--format", "png,svg", "--out", "-"), "--out - is for one format"),
        (("render", "dnipro-line", "--format", "png", "--out", "x.pdf"), "contradict each other"),
        (("render", "dnipro-line", "--out", "x.gpkg"), "one of .html, .png"),
        (("render", "dnipro-line", "--out", "x.jpg"), "one of .html, .png"),
        (("render", "dnipro-line", "--out", "-", "--open"), "--open opens files"),
        (("compare", "--format", "csv,html"), "'csv' is printed; ask for it alone"),
        (("metrics", "dnipro-line", "--out", "folder"), "one of .txt, .json, .csv, .md"),
        (("export", "dnipro-line", "--out", "folder"), "For a folder, say it with --format"),
        (("export", "dnipro-line", "--out", "x.png"), "one of .geojson"),
        (("export", "dnipro-line"), "Missing option '--out'"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    arguments: tuple[str, ...], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What --out and --format cannot both mean is wrong usage, and nothing is written."""
    monkeypatch.chdir(tmp_path)
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert message in " ".join(done.stderr.split())
    assert not [*tmp_path.iterdir()]


def test_standard_output_takes_the_bytes_of_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """--out - sends exactly what a file would hold; what is no text is not sent to a terminal."""
    run("export", "dnipro-line", "--out", tmp_path / "a.geojson")
    done = run("export", "dnipro-line", "--out", "-")
    assert done.stdout_bytes == (tmp_path / "a.geojson").read_bytes(), (done, done.exc_info, done.output)
    done = run("render", "dnipro-line", "--format", "svg", "--out", "-")
    assert done.stdout.startswith("<?xml") and done.stdout.rstrip().endswith("</svg>")
    packed = run("export", "dnipro-line", "--format", "gpkg", "--out", "-")
    assert packed.stdout_bytes.startswith(b"SQLite format 3\0")

    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    refused = results.Result(("pdf",), results.STDOUT, is_file=True)
    with pytest.raises(click.UsageError, match="PDF is not for a terminal"):
        refused.save(b"%PDF-\x00\xff", results.STDOUT)


def test_the_environment_stands_for_options(tmp_path: Path) -> None:
    """GEO_FRONT and GEO_OUT are taken where no option is given, and said; an option comes first."""
    line = save_file(tmp_path / "mine.geojson", [[34, 50], [34, 47]], member={"as_of": "2025-04-01"})
    done = run("metrics", "dnipro-line", "--json", GEO_FRONT=str(line))
    assert json.loads(done.stdout)["front"]["id"] == "mine"
    assert f"the environment variable GEO_FRONT names, {line}" in done.stderr
    done = run("metrics", "dnipro-line", "--json", "--front", "latest", GEO_FRONT=str(line))
    assert json.loads(done.stdout)["front"]["id"] != "mine" and "GEO_FRONT" not in done.stderr
    assert run("new", "x", GEO_OUT=str(tmp_path / "here")).exit_code == 0
    assert (tmp_path / "here" / "x.geojson").is_file()
    assert run("new", "x", "--out", tmp_path, GEO_OUT="/nowhere").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (("metrics", "dnipro-line"), {"GEO_FRONT": "2025-03-26"}),
        (("distance", "Kyiv"), {"GEO_FRONT": "no-such.geojson"}),
        (("render", "dnipro-line"), {"GEO_OUT": "map.html"}),
        (("render", "dnipro-line"), {"GEO_OUT": "-"}),
        (("render", "dnipro-line"), {"GEO_OUT": "map.jpg"}),
        (("compare",), {"GEO_OUT": str(Path(__file__))}),
    ],
)
def test_a_bad_variable_is_named(arguments: tuple[str, ...], environment: dict[str, str]) -> None:
    """An error in what nobody typed says which environment variable it comes from."""
    done = run(*arguments, **environment)
    assert (done.exit_code, done.stdout) == (2, "")
    assert next(iter(environment)) in done.stderr
