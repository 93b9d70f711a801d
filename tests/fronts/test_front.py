"""A front file: its member, its sectors, its date, and the line they make together."""

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import shapely

from geo import shipped
from geo.errors import DataError, UnknownNameError
from geo.fronts import contact
from geo.fronts.front import DEFINITIONS, NOT_STATED
from geo.fronts.reading import find_front, read_front, read_fronts
from tests.made_up.fronts import MEMBER, NORTH, SOUTH, save_file


def problems_of(file: Path) -> list[str]:
    """Read a front file that is wrong, and return what is said about it."""
    with pytest.raises(DataError) as caught:
        read_front(file)
    return [str(problem) for problem in caught.value.problems]


def test_complete_file(tmp_path: Path) -> None:
    """Everything that the file says stands in the front, and the file's SHA-256 with it."""
    properties = {"sector": "Kupiansk", "precision_km": 3.5}
    file = save_file(tmp_path / "2025-03-27.geojson", NORTH, member=MEMBER, properties=properties)
    read = read_front(file)
    said = {key: getattr(read, key) for key in MEMBER}
    assert said == MEMBER | {"as_of": date(2025, 3, 27), "uncertainty_km": 5.0}
    assert (read.id, read.sha256) == ("2025-03-27", hashlib.sha256(file.read_bytes()).hexdigest())
    assert [(sector.name, sector.precision_km) for sector in read.sectors] == [("Kupiansk", 3.5)]


def test_sectors_join_in_their_direction(tmp_path: Path) -> None:
    """Sectors that meet become one line running as drawn, so that the held side stays where it is."""
    read = read_front(save_file(tmp_path / "a.geojson", SOUTH, NORTH, member=MEMBER))
    assert [list(part.coords) for part in read.line.geoms] == [[(37.6, 50.2), (37.8, 49.5), (38.0, 48.9)]]
    assert len(read.sectors) == 2


def test_opposite_directions_stay_apart(tmp_path: Path) -> None:
    """Two sectors drawn towards each other are not turned round to make one line."""
    read = read_front(save_file(tmp_path / "a.geojson", NORTH, SOUTH[::-1], member=MEMBER))
    assert len(read.line.geoms) == 2


def test_multi_part_sector(tmp_path: Path) -> None:
    """A MultiLineString is one sector of several lines."""
    pockets = {
        "type": "MultiLineString",
        "coordinates": [[[36.2, 50.3], [36.4, 50.2]], [[36.8, 50.3], [37.0, 50.3]]],
    }
    read = read_front(save_file(tmp_path / "a.geojson", pockets, member=MEMBER))
    assert len(read.sectors) == 1
    assert len(read.line.geoms) == 2


@pytest.mark.parametrize(
    "name", ["2025-03-27", "front_20250327", "Frontline 2025-03-27 v12", "20250327-20250327"]
)
def test_bare_file(name: str, tmp_path: Path) -> None:
    """A line file without the member takes its day from its name, and says that the rest is not stated."""
    read = read_front(save_file(tmp_path / f"{name}.geojson", NORTH, properties={"precision_km": "good"}))
    assert read.as_of == date(2025, 3, 27)
    assert (read.definition, read.definition_text) == ("contact", DEFINITIONS["contact"])
    assert (read.source, read.licence, read.method) == (NOT_STATED,) * 3
    assert read.uncertainty_km is None
    assert read.held_side is None
    assert [(sector.name, sector.precision_km) for sector in read.sectors] == [("Sector 1", None)]


@pytest.mark.parametrize("name", ["front", "20251340", "front-120250327", "2025-0327", "1"])
def test_day_missing(name: str, tmp_path: Path) -> None:
    """A front without a day anywhere is a problem, with both ways to give it one."""
    (problem,) = problems_of(save_file(tmp_path / f"{name}.geojson", NORTH))
    assert "does not say which day" in problem
    assert '"as_of"' in problem
    assert "call the file after it" in problem


def test_two_days_in_the_name(tmp_path: Path) -> None:
    """A name with two different days does not say which is meant; the member does."""
    file = save_file(tmp_path / "2025-03-27_to_2025-03-30.geojson", NORTH)
    assert "more than one date" in problems_of(file)[0]
    assert read_front(save_file(file, NORTH, member={"as_of": "2025-03-30"})).as_of == date(2025, 3, 30)


def test_a_folder_s_name_that_says_another_day(tmp_path: Path) -> None:
    """Where the folder's name says another day than the file, or two of them, it is called the folder's name."""
    for name in ("2025-03-20", "2025-03-20_to_2025-03-21"):
        (tmp_path / name).mkdir()
    read = read_front(
        save_file(tmp_path / "2025-03-20" / "front.geojson", NORTH, member={"as_of": "2025-03-27"})
    )
    assert read.notes == (
        "The name of its folder says 20 March 2025; it was read as the front of 27 March 2025.",
    )
    (problem,) = problems_of(save_file(tmp_path / "2025-03-20_to_2025-03-21" / "front.geojson", NORTH))
    assert "The name of its folder holds more than one date" in problem


POLYGON = {"type": "Polygon", "coordinates": [[[37, 49], [38, 49], [38, 50], [37, 49]]]}
PROBLEMS: dict[str, tuple[list[Any], Any, list[str]]] = {
    "no features": ([], MEMBER, ["holds no features. Draw at least one front"]),
    "area abroad": (
        [{"type": "Polygon", "coordinates": [[[20, 52], [21, 52], [21, 53], [20, 52]]]}],
        MEMBER,
        ["No part of this area faces ground held by Ukraine"],
    ),
    "line and area": ([NORTH, POLYGON], MEMBER, ["holds both lines and areas"]),
    "flat area": (
        [{"type": "Polygon", "coordinates": [[[37, 49], [38, 49], [37.5, 49], [37, 49]]]}],
        MEMBER,
        ["encloses no area"],
    ),
    "point": (
        [{"type": "Point", "coordinates": [37, 49]}],
        MEMBER,
        ["is a point, and a front is made of lines", "occupied area as polygons"],
    ),
    "no length": ([[[37, 49], [37, 49]]], MEMBER, ["the line has no length"]),
    "one position": ([[[37, 49]]], MEMBER, ["too few positions (1; it needs at least 2)"]),
    "swapped": ([[p[::-1] for p in NORTH]], MEMBER, ["look swapped in 2 of 2 positions"]),
    "member as list": ([NORTH], [], ["The 'front' member is a list", "which day"]),
    "misspelt key": (
        [NORTH],
        MEMBER | {"license": "CC0"},
        ["unknown key 'license'. Did you mean 'licence'?"],
    ),
    "day in words": (
        [NORTH],
        MEMBER | {"as_of": "27 March"},
        ["front.as_of is the text '27 March', not a date"],
    ),
    "day without hyphens": ([NORTH], MEMBER | {"as_of": "20250327"}, ["Write it as in 2025-03-27"]),
    "impossible day": ([NORTH], MEMBER | {"as_of": "2025-02-30"}, ["not a date"]),
    "definition": ([NORTH], MEMBER | {"definition": "border"}, ["Write 'contact' or 'edge'"]),
    "side": ([NORTH], MEMBER | {"held_side": "west"}, ["front.held_side is 'west'. Write 'left' or 'right'"]),
    "uncertainty as text": ([NORTH], MEMBER | {"uncertainty_km": "5"}, ["is the text '5', not a number"]),
    "uncertainty below zero": ([NORTH], MEMBER | {"uncertainty_km": -1}, ["out of range"]),
    "several": ([NORTH, [[37, 49]]], {"definition": "x"}, ["'contact' or 'edge'", "which day", "too few"]),
}


@pytest.mark.parametrize(("lines", "member", "said"), PROBLEMS.values(), ids=PROBLEMS)
def test_problem(lines: list[Any], member: Any, said: list[str], tmp_path: Path) -> None:
    """Whatever is wrong with a front file is said, all of it in one report."""
    problems = "\n".join(problems_of(save_file(tmp_path / "case.geojson", *lines, member=member)))
    for fragment in said:
        assert fragment in problems


def test_precision_below_zero(tmp_path: Path) -> None:
    """A sector's precision is checked where the file is ours, with the sector's index and name."""
    properties = {"sector": "Lyman", "precision_km": -2}
    (problem,) = problems_of(save_file(tmp_path / "a.geojson", NORTH, member=MEMBER, properties=properties))
    assert problem.startswith("feature 0 ('Lyman'): properties.precision_km")


def test_find_by_date_path_and_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shipped date, a path, and nothing at all, which is the newest shipped date, lead to a front."""
    files = {day: save_file(tmp_path / f"{day}.geojson", NORTH) for day in ("2025-03-26", "2025-03-27")}
    monkeypatch.setattr(shipped, "fronts", lambda: files)
    assert find_front("2025-03-26").id == "2025-03-26"
    assert find_front(files["2025-03-26"]).id == "2025-03-26"
    assert find_front().id == "2025-03-27"
    assert list(read_fronts()) == ["2025-03-26", "2025-03-27"]
    with pytest.raises(UnknownNameError, match=r"no front '2025-03-25'\. Did you mean"):
        find_front("2025-03-25")


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
