"""Which front the commands measure to, and what the user may say of one."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from geo import shipped
from geo.cli import main
from tests.made_up.fronts import NORTH, SOUTH, save_file

SHIPPED, NEWER = "2025-03-27", "2025-08-01"


def run(*arguments: str | Path) -> Result:
    """Run the command line in this process."""
    return CliRunner().invoke(main, [*map(str, arguments)], prog_name="geo")


@pytest.fixture
def newer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Ship a second, newer front, 40 km to the west of the line of contact at Kinburn and nowhere else."""
    folder = tmp_path / "shipped"
    for part in ("scenarios", "seeds"):
        shutil.copytree(shipped.folder(part), folder / part)
    shutil.copy(folder / "seeds" / "fronts" / f"{SHIPPED}.geojson", folder / "old.geojson")
    held = {
        "as_of": NEWER,
        "uncertainty_km": 2,
        "source": "Made for a test.",
        "licence": "CC0",
        "held_side": "right",
    }
    save_file(folder / "seeds" / "fronts" / f"{NEWER}.geojson", [[35.0, 50.2], [34.0, 47.0]], member=held)
    monkeypatch.setattr(shipped, "folder", lambda *parts: folder.joinpath(*parts))
    return NEWER


def rename_front(scenario: str, front: str | None) -> str:
    """Let a shipped scenario name another front, or none; return its id."""
    file = shipped.scenarios()[scenario]
    content = json.loads(file.read_text(encoding="utf-8"))
    content["scenario"].pop("front", None)
    content["scenario"] |= {"front": front} if front else {}
    file.write_text(json.dumps(content), encoding="utf-8")
    return scenario


def measured_to(*arguments: str | Path) -> set[str]:
    """Return the fronts that a command of scenarios measured to."""
    result = run(*arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    records = json.loads(result.stdout)
    return {each["front"]["id"] for each in (records if isinstance(records, list) else [records])}


def test_commands_agree_where_scenarios_name_one_front(newer: str, tmp_path: Path) -> None:
    """The front that the scenarios name is taken by every command, though a newer one ships, and a note says so."""
    assert measured_to("metrics", "dnipro-line") == {SHIPPED}
    assert measured_to("metrics", "--all") == {SHIPPED}
    assert measured_to("compare") == {SHIPPED}
    run("export", "dnipro-line", "--out", tmp_path / "out.csv")
    assert SHIPPED in (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()[1]
    result = run("metrics", "dnipro-line")
    assert (
        f"measured to the front of {SHIPPED}, which the scenario names. The newest is {newer}"
        in result.stderr
    )


def test_scenarios_that_name_different_fronts_are_measured_to_the_newest(newer: str) -> None:
    """A comparison never mixes fronts; neither does a table of several scenarios."""
    for other in (newer, None):
        rename_front("western-ukraine", other)
        for command in (("compare",), ("metrics", "--all"), ("metrics", "dnipro-line", "western-ukraine")):
            assert measured_to(*command) == {newer}
        assert "name different fronts" in run("metrics", "--all").stderr
        assert measured_to("metrics", "western-ukraine") == {newer}
        assert measured_to("metrics", "dnipro-line") == {SHIPPED}


def test_places_are_measured_to_the_newest(newer: str) -> None:
    """Without a scenario, and by the name latest, the newest front is taken; --front chooses another."""
    newest = run("distance", "Kyiv", "--json").stdout
    assert run("distance", "Kyiv", "--front", "latest", "--json").stdout == newest
    assert run("distance", "Kyiv", "--front", newer, "--json").stdout == newest
    assert run("distance", "Kyiv", "--front", SHIPPED, "--json").stdout != newest
    assert measured_to("metrics", "dnipro-line", "--front", "latest") == {newer}


def test_page_of_another_front_does_not_take_the_place_of_the_scenarios_own(
    newer: str, tmp_path: Path
) -> None:
    """The short name is for the front that the scenario names; any other stands in the name."""
    out = tmp_path / "maps"
    run("render", "dnipro-line", "--out", out)
    run("render", "dnipro-line", "--front", "latest", "--out", out)
    assert sorted(file.name for file in out.iterdir()) == [
        "dnipro-line.html",
        f"dnipro-line_front-{newer}.html",
    ]


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """Return a front that states nothing of itself."""
    return save_file(tmp_path / "mine-2025-04-01.geojson", NORTH, SOUTH)


SAID = ("--source", "The Survey", "--licence", "CC BY 4.0", "--uncertainty-km", "3")


def test_user_says_what_the_file_does_not(bare: Path, tmp_path: Path) -> None:
    """Source, licence and uncertainty stand on the page, widen the figures and are verified with it."""
    assert run("render", "dnipro-line", "--front", bare, *SAID, "--out", tmp_path).exit_code == 0
    (page,) = tmp_path.glob("*.html")
    assert "Front: The Survey. Licence: CC BY 4.0." in page.read_text(encoding="utf-8")
    assert run("verify", page, "--front", bare).exit_code == 0
    zone = json.loads(run("metrics", "dnipro-line", "--front", bare, *SAID, "--format", "json").stdout)[
        "zones"
    ][0]
    assert zone["nearest_high_km"] == pytest.approx(zone["nearest_km"] + 3)
    silent = json.loads(run("metrics", "dnipro-line", "--front", bare, "--format", "json").stdout)["zones"][0]
    assert silent["nearest_high_km"] is None and silent["nearest_km"] == zone["nearest_km"]


def test_pages_with_another_uncertainty_have_another_name(bare: Path, tmp_path: Path) -> None:
    """What decides a figure decides the name, so no page takes another's place."""
    for km in ("3", "9"):
        run("render", "dnipro-line", "--front", bare, "--uncertainty-km", km, "--out", tmp_path)
    assert len([*tmp_path.glob("*.html")]) == 2


def test_what_the_file_states_is_not_overruled(bare: Path) -> None:
    """A front that states its uncertainty keeps it; the message says which option to leave out."""
    result = run("distance", "Kyiv", "--uncertainty-km", "9")
    assert result.exit_code == 2 and "Leave --uncertainty-km out." in result.stderr
    assert run("distance", "Kyiv", "--uncertainty-km", "5").exit_code == 0
    for odd in (
        ("--uncertainty-km", "nan"),
        ("--uncertainty-km", "-1"),
        ("--source", "a\nb"),
        ("--licence", " "),
    ):
        result = run("distance", "Kyiv", "--front", bare, *odd)
        assert result.exit_code == 2 and odd[0] in result.stderr


def test_derived_line_keeps_what_was_said(bare: Path, tmp_path: Path) -> None:
    """A front written by 'geo fronts derive' carries source, licence and uncertainty in its file."""
    out = tmp_path / "line.geojson"
    assert run("fronts", "derive", bare, *SAID, "--out", out).exit_code == 0
    member = json.loads(out.read_text(encoding="utf-8"))["front"]
    assert (member["source"], member["licence"], member["uncertainty_km"]) == ("The Survey", "CC BY 4.0", 3.0)


@pytest.mark.parametrize("command", ["render", "compare", "history", "export"])
def test_day_of_issue_and_contact_are_shown_and_kept(command: str, tmp_path: Path) -> None:
    """Page and data carry both in their manifest, which 'geo verify' prints; without them nothing stands there."""
    days, out = tmp_path / "days", tmp_path / "out"
    for folder in (days, out):
        folder.mkdir()
    save_file(days / "2025-03-27.geojson", NORTH, SOUTH)
    words: list[str | Path] = [command, "dnipro-line"]
    words += ["--fronts", days] if command == "history" else []
    words += ["--out", out / "x.geojson"] if command == "export" else ["--format", "html", "--out", out]
    assert run(*words, "--issued", "2025-04-02", "--contact", "desk@example.org").exit_code == 0
    (file,) = out.iterdir()
    verified = run("verify", file).stdout
    assert "issued: 2025-04-02" in verified and "contact: desk@example.org" in verified
    if command != "export":
        page = file.read_text(encoding="utf-8")
        assert "issued 2\u00a0April\u00a02025" in page and "Contact: desk@example.org." in page
    assert run(*words).exit_code == 0
    assert "issued" not in run("verify", file).stdout


def test_day_of_issue_has_to_be_a_day(tmp_path: Path) -> None:
    """What is no day, or no line of text, is refused before anything is written."""
    for odd in (("--issued", "yesterday"), ("--contact", "a\x07b"), ("--contact", "x" * 161)):
        assert run("render", "dnipro-line", *odd, "--out", tmp_path / "out").exit_code == 2
    assert not (tmp_path / "out").exists()
