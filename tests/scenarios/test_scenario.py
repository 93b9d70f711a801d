"""A scenario file: what it may leave out, what is checked, and how one is found by name."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from shapely.geometry import MultiPolygon, Polygon, box, mapping

from geo import shipped
from geo.errors import DataError, UnknownNameError, UsageError
from geo.scenarios import scenario
from geo.scenarios.scenario import Zone, find_scenario, read_scenario

CLAIM = "paris-2025-03-27/location-dnipro"


def save_file(file: Path, *zones: dict[str, Any], member: Any = None, step: float = 1.0) -> Path:
    """Write squares side by side, one for each dictionary of properties, with the member if there is one."""
    content: dict[str, Any] = {"type": "FeatureCollection"} | (
        {"scenario": member} if member is not None else {}
    )
    content["features"] = [
        {
            "type": "Feature",
            "properties": zone,
            "geometry": mapping(box(30 + i * step, 49, 31 + i * step, 50)),
        }
        for i, zone in enumerate(zones)
    ]
    file.write_text(json.dumps(content), encoding="utf-8")
    return file


def problems_of(folder: Path, *zones: dict[str, Any], member: Any = None) -> list[str]:
    """Write a scenario file that is wrong, read it, and return what is said about it."""
    with pytest.raises(DataError) as caught:
        read_scenario(save_file(folder / "case.geojson", *zones or ({},), member=member))
    return [str(problem) for problem in caught.value.problems]


def test_complete_file(tmp_path: Path) -> None:
    """Everything that the file says stands in the scenario, and the file's SHA-256 with it."""
    member = {"id": "my-plan", "title": "My plan", "summary": "Two\nlines.", "claims": [CLAIM]}
    properties = {
        "name": "North",
        "country": "UA",
        "status": "illustrative",
        "basis": "By hand.",
        "candidate": True,
    }
    file = save_file(tmp_path / "other-name.geojson", properties, member=member)
    read = read_scenario(file)
    assert (read.id, read.title, read.summary, read.claims) == ("my-plan", "My plan", "Two\nlines.", (CLAIM,))
    assert read.front is None
    assert read.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    (zone,) = read.zones
    assert zone == Zone("North", zone.geometry, "UA", "illustrative", "By hand.", candidate=True)
    assert zone.geometry.equals(box(30, 49, 31, 50))


def test_bare_file(tmp_path: Path) -> None:
    """A file as QGIS saves it reads: id and title from its name, zones numbered, no source stated."""
    read = read_scenario(
        save_file(tmp_path / "Nördliche Zonen_2.geojson", {"fid": 1}, {"name": ""}, {"name": "B"})
    )
    assert (read.id, read.title, read.summary) == (
        "nordliche-zonen-2",
        "Nordliche zonen 2",
        scenario.NO_SOURCE,
    )
    assert [zone.name for zone in read.zones] == ["Zone 1", "Zone 2", "B"]
    assert all(zone.status == "illustrative" and zone.country is None for zone in read.zones)


def test_foreign_properties_of_a_bare_file(tmp_path: Path) -> None:
    """In a file without our member, properties of our names with other values are left out, and named."""
    theirs = {"name": 7, "country": "Ukraine", "status": "active", "candidate": "yes", "stroke": "#f00"}
    read = read_scenario(save_file(tmp_path / "bare.geojson", theirs))
    (zone,) = read.zones
    assert zone == Zone("7", zone.geometry, properties={"stroke": "#f00"})
    assert hash(zone) == hash(Zone("7", zone.geometry))
    assert read.notes == (
        "What means something else here was left out: properties.country is 'Ukraine' (1); "
        "properties.status is 'active' (1); properties.candidate is the text 'yes' (1).",
    )


@pytest.mark.parametrize("bounds", [(-170, -80, 170, 80), (179, 50, -179, 51), (0, 40, 61, 50)])
def test_zone_the_size_of_the_globe_is_refused(
    bounds: tuple[float, float, float, float], tmp_path: Path
) -> None:
    """So is one drawn across the 180th meridian, whose edges would run round the earth the other way."""
    file = tmp_path / "wide.geojson"
    west, south, east, north = bounds
    ring = [[west, south], [east, south], [east, north], [west, south]]
    feature = {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    with pytest.raises(DataError, match=r"The zone reaches over .* Draw it within 60°"):
        read_scenario(file)


def test_overlap_is_legal(tmp_path: Path) -> None:
    """Zones may overlap, because totals are over their union."""
    assert len(read_scenario(save_file(tmp_path / "a.geojson", {}, {}, step=0.5)).zones) == 2


def test_summary_of_a_file_with_claims_only(tmp_path: Path) -> None:
    """A scenario that cites claims but has no summary does not say that it has no source."""
    read = read_scenario(save_file(tmp_path / "a.geojson", {}, member={"claims": [CLAIM]}))
    assert read.summary == scenario.NO_SUMMARY


MEMBERS = {
    "not an object": ([], "The 'scenario' member is a list, not an object"),
    "null id": ({"id": 5}, "scenario.id is the number 5, not a text"),
    "id in capitals": ({"id": "My Plan"}, "scenario.id is 'My Plan', which is not an id"),
    "id as path": ({"id": "../x"}, "which is not an id"),
    "id with line feed": ({"id": "a\n"}, "control character U+000A"),
    "misspelt key": ({"titel": "x"}, "unknown key 'titel'. Did you mean 'title'?"),
    "empty title": ({"title": "  "}, "scenario.title is empty"),
    "long title": ({"title": "x" * 121}, "121 characters long. Shorten it to 120 or fewer"),
    "long summary": ({"summary": "x" * 2001}, "Shorten it to 2,000 or fewer"),
    "control character": ({"title": "a\x07b"}, "control character U+0007"),
    "reversed text": ({"title": "a\u202eb"}, "control character U+202E"),
    "half a character": ({"title": "a\ud800"}, "control character U+D800"),
    "non-character": ({"summary": "a\uffff"}, "control character U+FFFF"),
    "claims as text": ({"claims": CLAIM}, "scenario.claims is the text"),
    "claim as number": ({"claims": [1]}, "scenario.claims[0] is the number 1"),
    "unknown claim": ({"claims": ["paris-2025-03-27/dnipro"]}, f"Did you mean '{CLAIM}'"),
    "claim twice": ({"claims": [CLAIM, CLAIM]}, "more than once"),
    "unknown front": ({"front": "2025-03-28"}, "There is no front '2025-03-28'"),
}

ZONES = {
    "name as number": ({"name": 1}, "properties.name is the number 1"),
    "empty name": ({"name": ""}, "properties.name is empty"),
    "long name": ({"name": "x" * 121}, "121 characters long"),
    "country in words": (
        {"country": "Ukraine"},
        "properties.country is 'Ukraine'. Write the country's two-letter code",
    ),
    "country in small letters": ({"country": "ua"}, "properties.country is 'ua'"),
    "another status": ({"status": "official"}, "properties.status is 'official'. Write 'illustrative'"),
    "candidate as text": ({"candidate": "true"}, "Write true or false"),
    "long basis": ({"basis": "x" * 2001}, "2,001 characters"),
}


@pytest.mark.parametrize(("member", "said"), MEMBERS.values(), ids=MEMBERS)
def test_member_problem(member: Any, said: str, tmp_path: Path) -> None:
    """Whatever is wrong with the ``scenario`` member is said once, with its key."""
    (problem,) = problems_of(tmp_path, member=member)
    assert said in problem


@pytest.mark.parametrize(("properties", "said"), ZONES.values(), ids=ZONES)
def test_zone_problem(properties: dict[str, Any], said: str, tmp_path: Path) -> None:
    """Whatever is wrong with a zone's properties is said once, with its feature's index."""
    (problem,) = problems_of(tmp_path, {}, properties, member={})
    assert problem.startswith("feature 1")
    assert said in problem


def test_names_of_zones_differ(tmp_path: Path) -> None:
    """Two zones of one name are a problem in a file of ours, because tables and legends go by name."""
    (problem,) = problems_of(tmp_path, {"name": "A"}, {"name": "B"}, {"name": "A"}, member={})
    assert problem.startswith("feature 2 ('A'): The name is also that of feature 0")


def test_names_that_stand_twice_are_numbered(tmp_path: Path) -> None:
    """In somebody else's file the second zone of a name has its number behind it, and a note says so."""
    names = ("Raion", "Raion (2)", "Raion", "Raion")
    read = read_scenario(save_file(tmp_path / "a.geojson", *({"name": name} for name in names)))
    assert [zone.name for zone in read.zones] == ["Raion", "Raion (2)", "Raion (3)", "Raion (4)"]
    assert read.notes == ("Numbered the zones that share a name: 'Raion'.",)


COLUMNS: dict[str, tuple[dict[str, Any], str]] = {
    "OSM": ({"name": "Одеса", "name:en": "Odesa"}, "Одеса"),
    "capitals": ({"fid": 1, "NAME": "Odesa"}, "Odesa"),
    "our exports": ({"zone": "Odesa", "title": "Map"}, "Odesa"),
    "GADM": ({"NAME_0": "Ukraine", "NAME_1": "Odesa", "NAME_2": "Izmail"}, "Izmail"),
    "HDX": ({"ADM0_EN": "Ukraine", "ADM1_EN": "Odeska", "ADM1_UA": "Одеська"}, "Odeska"),
    "HDX of today": ({"adm0_name": "Ukraine", "adm1_name": "Odeska"}, "Odeska"),
    "geoBoundaries": ({"shapeName": "Odesa", "shapeGroup": "UKR"}, "Odesa"),
    "Eurostat": ({"NUTS_NAME": "Odesa", "NAME_LATN": "Odesa oblast"}, "Odesa"),
    "Ukrainian": ({"код": 1, "Назва": "Одеса"}, "Одеса"),
    "label": ({"id": 5, "label": "Odesa"}, "Odesa"),
    "an empty one first": ({"name": None, "title": "Odesa"}, "Odesa"),
}


@pytest.mark.parametrize(("properties", "name"), COLUMNS.values(), ids=COLUMNS)
def test_names_where_publishers_keep_them(properties: dict[str, Any], name: str, tmp_path: Path) -> None:
    """The name of a zone is found in the columns that publishers keep it in, the smallest unit first."""
    (zone,) = read_scenario(save_file(tmp_path / "a.geojson", properties)).zones
    assert zone.name == name


def test_name_column_of_the_user(tmp_path: Path) -> None:
    """A column that the user names goes first, in any case; one that is not there is wrong usage."""
    file = save_file(tmp_path / "a.geojson", {"name": "x", "Code": "UA51"}, {"name": "y", "Code": 7})
    assert [zone.name for zone in read_scenario(file, name_column="code").zones] == ["UA51", "7"]
    with pytest.raises(UsageError, match=r"There is no column 'kode'\. Did you mean 'Code'"):
        read_scenario(file, name_column="kode")


def test_countries_where_publishers_keep_them(tmp_path: Path) -> None:
    """A code of ISO 3166-1 becomes the country, of two letters or three; anything else does not."""
    codes = ({"shapeGroup": "UKR"}, {"ISO_A2": "PL"}, {"country": "ua"}, {"iso_a3": "-99"}, {"cc": "Kyiv"})
    read = read_scenario(save_file(tmp_path / "a.geojson", *codes))
    assert [zone.country for zone in read.zones] == ["UA", "PL", "UA", None, None]


def test_everything_at_once(tmp_path: Path) -> None:
    """Problems of member, zones and geometries come in one report, file first, then by feature."""
    file = save_file(
        tmp_path / "case.geojson", {"name": "A", "country": "Ukraine"}, {"name": "A"}, {"status": "x"}
    )
    content = json.loads(file.read_text())
    content["scenario"] = {"id": "A", "claims": ["x/y"]}
    content["features"][2]["geometry"]["coordinates"][0].pop()
    file.write_text(json.dumps(content))
    with pytest.raises(DataError) as caught:
        read_scenario(file)
    assert [problem.feature for problem in caught.value.problems] == [None, None, 0, 1, 2, 2]
    assert all(line.startswith(f"{file}: ") for line in str(caught.value).splitlines())


def test_round_trip(tmp_path: Path) -> None:
    """What is read and written out again as GeoJSON reads as the same scenario."""
    first = read_scenario(
        save_file(tmp_path / "a.geojson", {"name": "A"}, {"name": "B"}, member={"title": "T"})
    )
    features = [
        {"type": "Feature", "properties": {"name": zone.name}, "geometry": mapping(zone.geometry)}
        for zone in first.zones
    ]
    content = {"type": "FeatureCollection", "scenario": {"id": first.id, "title": "T"}, "features": features}
    (tmp_path / "b.geojson").write_text(json.dumps(content))
    again = read_scenario(tmp_path / "b.geojson")
    assert (again.id, again.title, again.zones) == (first.id, first.title, first.zones)


def test_find_by_id_and_by_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shipped id and a path both lead to a scenario, and an id wins over a file of that name."""
    file = save_file(tmp_path / "my-plan.geojson", {}, member={"title": "Shipped"})
    monkeypatch.setattr(shipped, "scenarios", lambda: {"my-plan": file})
    monkeypatch.chdir(tmp_path)
    save_file(tmp_path / "my-plan", {}, member={"title": "Local"})
    assert find_scenario("my-plan").title == "Shipped"
    assert find_scenario(Path("./my-plan.geojson")).title == "Shipped"
    assert find_scenario("./../" + tmp_path.name + "/my-plan").title == "Local"
    assert scenario.read_scenarios()["my-plan"].title == "Shipped"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("my-plam", "There is no scenario 'my-plam'. Did you mean 'my-plan'?"),
        ("my-plam.geojson", "There is no scenario file 'my-plam.geojson'. Did you mean 'my-plan.geojson'"),
        ("./nowhere/x", "There is no scenario file './nowhere/x'. Known: my-plan."),
        ("x" * 5000, "There is no scenario 'xxx"),
        ("a\0b", "There is no scenario 'a\\x00b'"),
    ],
)
def test_name_that_is_not_there(
    name: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An unknown id or path is wrong usage, and the nearest names, or the files beside it, are suggested."""
    file = save_file(tmp_path / "my-plan.geojson", {})
    monkeypatch.setattr(shipped, "scenarios", lambda: {"my-plan": file})
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnknownNameError) as caught:
        find_scenario(name)
    assert said in str(caught.value)
    assert caught.value.exit_code == 2


def test_shape_of_a_zone(tmp_path: Path) -> None:
    """A zone of several parts stays a MultiPolygon, one of a single outline a Polygon."""
    parts = MultiPolygon([box(30, 49, 31, 50), box(32, 49, 33, 50)])
    content = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": None, "geometry": mapping(g)} for g in (parts, parts.geoms[0])
        ],
    }
    (tmp_path / "a.geojson").write_text(json.dumps(content))
    kinds = [type(zone.geometry) for zone in read_scenario(tmp_path / "a.geojson").zones]
    assert kinds == [MultiPolygon, Polygon]
