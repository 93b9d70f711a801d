"""``geo changes``: what is printed, the files, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas
import pytest
from click.testing import CliRunner, Result
from shapely import LineString

from geo.cli import main
from tests.made_up.fronts import MEMBER, save_file


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments)], prog_name="geo")


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """Return a front of another day, source and shape than the one that ships."""
    member = MEMBER | {"as_of": "2025-06-01"}
    return save_file(tmp_path / "later.geojson", [[36.0, 52.0], [36.0, 47.8], [32.5, 45.9]], member=member)


def test_every_format(later: Path, tmp_path: Path) -> None:
    """What is printed holds the same sentence; a file is the same bytes each time, and can be verified."""
    between = ("changes", "dnipro-line", "--from", "2025-03-27", "--to", later)
    record = json.loads(run(*between, "--json").stdout)
    assert record["from"]["as_of"] == "2025-03-27" and record["to"]["as_of"] == "2025-06-01"
    assert record["is_other_source"] and record["ground"]["gained_km2"] > 0
    for form in ("table", "markdown"):
        assert record["sentence"] in run(*between, "--format", form).stdout
    header, first, *_ = run(*between, "--format", "csv").stdout.splitlines()
    assert header.startswith("zone,figure,from,to,difference") and ",nearest_km," in first
    places = {tmp_path / "one": "html,png,pdf", tmp_path / "two": "html,svg"}
    for place, forms in places.items():
        done = run(*between, "--format", forms, "--out", place)
        assert done.exit_code == 0, done.stderr
    one, two = ({file.suffix: file for file in place.iterdir()} for place in places)
    assert one[".html"].read_bytes() == two[".html"].read_bytes()
    assert "_front-2025-03-27_to_front-2025-06-01-" in two[".svg"].name
    done = run("verify", one[".pdf"], "--front", later)
    assert done.exit_code == 0, done.stdout
    assert "since: line of contact of 27 March 2025 (2025-03-27)" in done.stdout
    assert "ground: measured anew, the same" in done.stdout


def test_two_files(tmp_path: Path) -> None:
    """Two files that geo wrote are compared by their manifests, other files as versions of a scenario."""
    for name in ("dnipro-line", "western-ukraine"):
        assert run("render", name, "--out", tmp_path / f"{name}.html").exit_code == 0
        assert run("export", name, "--out", tmp_path / f"{name}.geojson").exit_code == 0
    page, zones = tmp_path / "dnipro-line.html", tmp_path / "dnipro-line.geojson"
    assert run("changes", page, page).stdout == run("changes", zones, zones).stdout == "Nothing changed.\n"
    done = run("changes", page, tmp_path / "western-ukraine.html")
    assert "scenario dnipro-line: shown before, none after" in done.stdout
    record = json.loads(run("changes", zones, tmp_path / "western-ukraine.geojson", "--json").stdout)
    assert "Kyiv to Kaniv reach" in record["removed"]


def test_two_versions_on_one_map(tmp_path: Path) -> None:
    """Two versions of a file become a page and a figure that say what is in one of them only, and can be verified."""
    files = [tmp_path / "old.geojson", tmp_path / "new.geojson"]
    for file, left_out in zip(files, (0, 2), strict=True):
        assert run("export", "dnipro-line", "--out", file).exit_code == 0
        zones = json.loads(file.read_text(encoding="utf-8"))
        zones["features"] = [
            each for each in zones["features"] if each["properties"].get("kind", "zone") == "zone"
        ]
        del zones["features"][left_out]
        file.write_text(json.dumps(zones), encoding="utf-8")
    done = run("changes", *files, "--format", "html,svg", "--out", tmp_path / "maps")
    assert done.exit_code == 0, done.stderr
    page, figure = sorted((tmp_path / "maps").iterdir())
    assert "-changes_versions-" in page.name
    for file in (page, figure):
        assert "Only in the older version" in file.read_text(encoding="utf-8")
        done = run("verify", file, "--scenario", files[0], "--scenario", files[1])
        assert done.exit_code == 0, done.stdout
    done = run("changes", page, page, "--format", "html")
    assert done.exit_code == 2 and "as a table or as JSON" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("dnipro-line",), "Give one SCENARIO and two fronts"),
        (("dnipro-line", "--from", "latest"), "Give one SCENARIO and two fronts"),
        (("a", "b", "--from", "latest", "--to", "latest"), "Give one SCENARIO and two fronts"),
        (("dnipro-line", "--from", "latest", "--to", "latest", "--front", "latest"), "Leave --front out"),
        (
            ("dnipro-line", "--from", "latest", "--to", "latest", "--as-of", "2025-03-27"),
            "--as-of is for one",
        ),
        (("dnipro-line", "western-ukraine", "--format", "csv"), "as a table, as JSON, or on a map"),
        (("dnipro-line", "--from", "2025-03-28", "--to", "latest"), "There is no front"),
    ],
)
def test_what_is_refused(words: tuple[str, ...], said: str) -> None:
    """A form that the command does not have is a usage error that says which it has."""
    done = run("changes", *words)
    assert done.exit_code == 2 and said in done.stderr


def test_options_go_for_fronts_that_do_not_ship(tmp_path: Path) -> None:
    """Which layer is the front, and how precise it is, is said of the user's file; what ships says it itself."""
    line = geopandas.GeoDataFrame(geometry=[LineString([(36, 52), (36, 46)])], crs="EPSG:4326")
    file = tmp_path / "lines-2025-06-01.gpkg"
    for layer, frame in (("front", line), ("other", line.translate(-5))):
        frame.to_file(file, layer=layer)
    words = ("--from", "2025-03-27", "--to", file, "--layer", "front", "--uncertainty-km", "2", "--json")
    done = run("changes", "dnipro-line", *words)
    assert done.exit_code == 0, done.stderr
    record = json.loads(done.stdout)
    assert (record["from"]["uncertainty_km"], record["to"]["uncertainty_km"]) == (5.0, 2.0)
    assert record["to"]["length_km"] == pytest.approx(667, abs=2)
