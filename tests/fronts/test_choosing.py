"""What of a file is the front: statuses, days, layers and labels, chosen or refused, and always said."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely
from shapely.geometry import GeometryCollection, LineString, Point, Polygon, box, mapping

from geo.errors import DataError, UsageError
from geo.fronts.choosing import Choice
from geo.fronts.front import Front
from geo.fronts.reading import read_front
from tests.made_up.occupied import COARSE, save_features

NORTH_OF_KYIV = box(30.0, 50.6, 31.5, 51.3)
WEST = shapely.affinity.translate(COARSE, -0.8, 0)
DAY = {"front": {"as_of": "2025-03-27"}}


def read(file: Path, *where: tuple[str, str], **more: Any) -> Front:
    return read_front(file, choice=Choice(where, more.get("layer"), more.get("day")))


def is_coarse(front: Front) -> bool:
    assert front.occupied is not None
    return bool(shapely.equals(shapely.union_all(front.occupied), COARSE))


STATUSES = {
    "English": ("name", "Occupied", "Liberated"),
    "three languages in one": (
        "name",
        "Окуповано /// Occupied /// geoJSON.status.occupied",
        "Звільнено /// Liberated /// geoJSON.status.liberated",
    ),
    "Ukrainian": ("статус", "Тимчасово окупована територія", "Деокупована"),
    "Russian": ("type", "Оккупировано", "Освобождено"),
    "contested": ("status", "occupied", "contested"),
    "grey": ("class", "Russian-controlled", "Grey zone"),
    "sides": ("control", "RU", "UA"),
    "yes and no": ("occupied", True, False),
    "claimed": ("layer", "Assessed Russian control", "Claimed Russian control"),
}


@pytest.mark.parametrize(("column", "taken", "left"), STATUSES.values(), ids=STATUSES)
def test_statuses(column: str, taken: Any, left: Any, tmp_path: Path) -> None:
    """Areas called occupied are the occupied area; what is called otherwise is left out, in one note."""
    file = save_features(
        tmp_path / "a.geojson", (COARSE, {column: taken}), (NORTH_OF_KYIV, {column: left}), **DAY
    )
    front = read(file)
    assert is_coarse(front)
    (note,) = front.notes
    assert note.startswith("Left out: areas whose")
    assert repr(column) in note
    assert str(left).lower()[:20] in note.lower()


def test_status_abroad_does_not_matter(tmp_path: Path) -> None:
    """An area in another country may have any name."""
    areas = ((COARSE, "Occupied"), (NORTH_OF_KYIV, "Liberated"), (box(29.0, 47.2, 29.3, 47.4), "Elsewhere"))
    file = save_features(tmp_path / "a.geojson", *((area, {"name": name}) for area, name in areas), **DAY)
    assert is_coarse(read(file))


@pytest.mark.parametrize(
    ("column", "values"),
    [("name", ("Sector A", "Liberated")), ("name", ("Liberated", "Contested")), ("status", ("1", "2"))],
)
def test_unclear_statuses(column: str, values: tuple[str, str], tmp_path: Path) -> None:
    """Where nothing says which areas are occupied, the column, its values and a way to choose are named."""
    shapes = (COARSE, NORTH_OF_KYIV)
    features = [(shape, {column: value}) for shape, value in zip(shapes, values, strict=True)]
    file = save_features(tmp_path / "a.geojson", *features, **DAY)
    with pytest.raises(DataError) as caught:
        read(file)
    assert all(word in str(caught.value) for word in (repr(column), *map(repr, values), "--where"))
    assert is_coarse(read(file, (column.upper(), values[0].lower())))


NO_STATUSES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "oblasts": ({"name": "Donetsk"}, {"name": "Luhansk"}),
    "nothing": ({}, {}),
    "both occupied": ({"name": "Occupied Crimea"}, {"name": "Occupied"}),
    "since when": ({"occupied_since": "2014"}, {"occupied_since": "2022"}),
    "remarks": ({"note": "contested by some"}, {"note": "liberated in part"}),
    "unknown source": ({"source": "unknown"}, {"source": "press"}),
    "numbers": ({"control_km2": 12.5}, {"control_km2": 3}),
}


@pytest.mark.parametrize(("one", "other"), NO_STATUSES.values(), ids=NO_STATUSES)
def test_areas_that_differ_otherwise(one: dict[str, Any], other: dict[str, Any], tmp_path: Path) -> None:
    """Areas that differ in what is no status are united, without a note."""
    west, east = (shapely.intersection(COARSE, half) for half in (box(30, 44, 36, 50), box(36, 44, 40, 50)))
    front = read(save_features(tmp_path / "a.geojson", (west, one), (east, other), **DAY))
    assert front.occupied is not None
    assert front.occupied.area == pytest.approx(COARSE.area)
    assert front.notes == ()


def test_where_finds_nothing(tmp_path: Path) -> None:
    """A column or a value that is not there is answered with those that are."""
    file = save_features(tmp_path / "a.geojson", (COARSE, {"name": "Occupied"}), **DAY)
    with pytest.raises(UsageError, match=r"no feature has a column 'status'. Columns: name"):
        read(file, ("status", "occupied"))
    with pytest.raises(UsageError, match="'name' is 'Occupied' \\(1\\)"):
        read(file, ("name", "free"))


def days_file(file: Path, *days: Any, shapes: tuple[Any, ...] = (COARSE, WEST)) -> Path:
    return save_features(file, *((shape, {"Date": day}) for shape, day in zip(shapes, days, strict=True)))


@pytest.mark.parametrize("name", ["area-2025-03-27", "area 27.03.2025"])
def test_day_of_the_name_is_taken(name: str, tmp_path: Path) -> None:
    """Of several days in one file the one in its name is taken, and the note says what is left out."""
    front = read(days_file(tmp_path / f"{name}.geojson", "27.03.2025", "26.03.2025"))
    assert (is_coarse(front), front.as_of) == (True, date(2025, 3, 27))
    assert front.notes == ("Left out: 1 feature of other days than 27 March 2025; --day chooses another.",)


def test_several_days(tmp_path: Path) -> None:
    """Without a day in the name the file is refused; --day and --as-of choose."""
    file = days_file(tmp_path / "area.geojson", "2025-03-27", "2025-03-26T22:00:00")
    with pytest.raises(DataError, match=r"front of 2 days: 2025-03-26, 2025-03-27\. Choose one with --day"):
        read(file)
    assert is_coarse(read(file, day=date(2025, 3, 27)))
    assert is_coarse(read_front(file, as_of=date(2025, 3, 27)))
    assert not is_coarse(read(file, day=date(2025, 3, 26)))
    with pytest.raises(UsageError, match="no feature is of 2025-03-25"):
        read(file, day=date(2025, 3, 25))


def test_days_that_add_to_each_other(tmp_path: Path) -> None:
    """Areas taken on different days, which do not overlap, are one area together, and a note says so."""
    west, east = (shapely.intersection(COARSE, half) for half in (box(30, 44, 36, 50), box(36, 44, 40, 50)))
    file = days_file(tmp_path / "taken_20250327.geojson", "2024-01-05", "2025-03-27", shapes=(west, east))
    front = read(file)
    assert front.occupied is not None
    assert front.occupied.area == pytest.approx(COARSE.area)
    assert "do not overlap; they were taken together" in front.notes[0]
    assert front.as_of == date(2025, 3, 27)


def test_labels_are_left_out_in_one_note(tmp_path: Path) -> None:
    """However many points stand between the areas, one note tells; collections are taken apart."""
    inside = GeometryCollection([COARSE, Point(37, 48)])
    points = [(Point(37 + i / 100, 48), {"name": "unit"}) for i in range(90)]
    front = read(save_features(tmp_path / "a.geojson", (inside, {}), *points, **DAY))
    assert is_coarse(front)
    assert front.notes == ("Left out: 91 points; a front is made of lines or areas.",)


def test_border_among_the_lines(tmp_path: Path) -> None:
    """A line that is called a border is left out where others stand beside it."""
    front_line, border = LineString([(37.8, 50.0), (37.6, 49.2)]), LineString([(36, 50.3), (37.8, 50.0)])
    file = save_features(
        tmp_path / "a.geojson",
        (front_line, {"type": "Front line"}),
        (border, {"type": "State border"}),
        **DAY,
    )
    front = read(file)
    assert [*front.line.geoms] == [front_line]
    assert "'State border'" in front.notes[0]


def test_archive_of_a_map(tmp_path: Path) -> None:
    """An object with a number and a map is read; its number is the day, in seconds, where nothing else says one."""
    inner = json.loads(save_features(tmp_path / "in.json", (COARSE, {})).read_text())
    (tmp_path / "a.json").write_text(json.dumps({"id": 1743076800, "map": inner}))
    assert read(tmp_path / "a.json").as_of == date(2025, 3, 27)
    (tmp_path / "b.json").write_text(json.dumps({"id": 7, "datetime": "2025-03-26", "map": inner}))
    assert read(tmp_path / "b.json").as_of == date(2025, 3, 26)


def test_layers(tmp_path: Path) -> None:
    """Of several layers one is chosen by its name, in any case; GeoJSON has none."""
    file = tmp_path / "a-2025-03-27.gpkg"
    for name, shape in (("Occupied", COARSE), ("Liberated", NORTH_OF_KYIV)):
        gpd.GeoDataFrame(geometry=[shape], crs="EPSG:4326").to_file(file, layer=name, driver="GPKG")
    with pytest.raises(DataError, match=r"2 layers: 'Occupied', 'Liberated'\. Choose one with --layer"):
        read(file)
    assert is_coarse(read(file, layer="occupied"))
    with pytest.raises(UsageError, match=r"no layer 'occupid'\. Did you mean 'Occupied'"):
        read(file, layer="occupid")
    with pytest.raises(UsageError, match="GeoJSON has no layers"):
        read(save_features(tmp_path / "a.geojson", (COARSE, {}), **DAY), layer="occupied")


def test_columns_of_other_formats(tmp_path: Path) -> None:
    """A GeoPackage and a Shapefile with Cyrillic statuses are judged like GeoJSON."""
    columns = {"status": ["Окуповано", "Звільнено"]}
    frame = gpd.GeoDataFrame(columns, geometry=[COARSE, NORTH_OF_KYIV], crs="EPSG:4326")
    frame.to_file(tmp_path / "a-2025-03-27.gpkg")
    frame.to_file(tmp_path / "b-2025-03-27.shp", encoding="cp1251")
    frame.to_file(tmp_path / "c-2025-03-27.shp", encoding="utf-8")
    for name in ("a-2025-03-27.gpkg", "b-2025-03-27.shp", "c-2025-03-27.shp"):
        front = read(tmp_path / name)
        assert is_coarse(front), name
        assert "'Звільнено'" in front.notes[0]


def polygon(area: Polygon) -> str:
    ring = " ".join(f"{lon},{lat}" for lon, lat in area.exterior.coords)
    outline = f"<LinearRing><coordinates>{ring}</coordinates></LinearRing>"
    return f"<Polygon><outerBoundaryIs>{outline}</outerBoundaryIs></Polygon>"


def save_kml(file: Path, body: str) -> Path:
    file.write_text(
        f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{body}</Document></kml>', encoding="utf-8"
    )
    return file


def test_kml_of_a_drawing_program(tmp_path: Path) -> None:
    """Hidden folders, pictures and labels are left out and named, and a time stamp is the day."""
    body = (
        f"<Folder><name>Control</name><TimeStamp><when>2025-03-27</when></TimeStamp><Placemark>{polygon(COARSE)}</Placemark>"
        "</Folder><Folder><name>Old</name><visibility>0</visibility><Folder><Placemark>"
        f"{polygon(NORTH_OF_KYIV)}</Placemark></Folder></Folder>"
        "<GroundOverlay><LatLonBox><north>50</north><south>47</south><east>40</east><west>35</west></LatLonBox></GroundOverlay>"
        "<Placemark><Point><coordinates>37,48</coordinates></Point></Placemark>"
    )
    front = read(save_kml(tmp_path / "map.kml", body))
    assert (is_coarse(front), front.as_of) == (True, date(2025, 3, 27))
    assert front.notes == (
        "Left out: 1 hidden feature ('Old'); --layer takes a folder by its name.",
        "Left out: 1 picture and 1 point; a front is made of lines or areas.",
    )
    old = save_kml(tmp_path / "old-2025-03-27.kml", body.replace("2025-03-27", ""))
    assert not is_coarse(read(old, layer="old"))


SPANS = {
    "two days": ("<begin>2025-03-27</begin><end>2025-03-28</end>", "28 March 2025"),
    "end first": ("<end>2025-03-29T06:00:00Z</end><begin>2025-03-27T06:00:00Z</begin>", "29 March 2025"),
    "one day": ("<begin>2025-03-27T00:00:00Z</begin><end>2025-03-27T23:59:59Z</end>", None),
    "up to midnight": ("<begin>2025-03-27T00:00Z</begin><end>2025-03-28T00:00:00+02:00</end>", None),
    "begin alone": ("<begin>2025-03-27</begin>", None),
    "end alone": ("<end>2025-03-27</end>", None),
}


@pytest.mark.parametrize(("times", "end"), SPANS.values(), ids=SPANS)
def test_time_span_of_kml(times: str, end: str | None, tmp_path: Path) -> None:
    """The first day of a span is the front's; where it goes on for longer, a note says so."""
    body = f"<Folder><TimeSpan>{times}</TimeSpan><Placemark>{polygon(COARSE)}</Placemark></Folder>"
    front = read(save_kml(tmp_path / "map.kml", body))
    assert front.as_of == date(2025, 3, 27)
    assert front.notes == (
        () if end is None else (f"Its time span ends on {end}; it was read as the front of 27 March 2025.",)
    )


def test_folders_of_statuses(tmp_path: Path) -> None:
    """Folders called after statuses say which of their areas are occupied."""
    folders = "".join(
        f"<Folder><name>{name}</name><Placemark>{polygon(area)}</Placemark></Folder>"
        for name, area in (("Occupied", COARSE), ("Liberated", NORTH_OF_KYIV))
    )
    front = read(save_kml(tmp_path / "a-2025-03-27.kml", folders))
    assert is_coarse(front)
    assert "'folder' is 'Liberated'" in front.notes[0]


def test_choice_is_plain_data() -> None:
    """A choice becomes plain data and back, as the manifest keeps it."""
    choice = Choice((("status", "occupied"),), "front", date(2025, 3, 27))
    record = json.loads(json.dumps(choice.build_record()))
    assert Choice.of_record(record) == choice
    assert Choice().build_record() == {}
    assert mapping(COARSE)["type"] == "Polygon"


@pytest.mark.parametrize(
    ("column", "values"),
    [("fill", ("#a52714", "#0f9d58")), ("category", ("1", "2")), ("type", ("RU", "zona gris"))],
)
def test_kinds_that_cannot_be_read_are_named(column: str, values: tuple[str, str], tmp_path: Path) -> None:
    """Areas of several kinds whose words or colours say nothing are taken together, and a note says so."""
    pairs = zip((COARSE, NORTH_OF_KYIV), values, strict=True)
    file = save_features(tmp_path / "a.geojson", *((shape, {column: value}) for shape, value in pairs), **DAY)
    (note,) = read(file).notes
    assert note.startswith(f"Areas of several kinds are taken together: '{column}' is ")
    assert is_coarse(read(file, (column, values[0])))


def test_negated_words_are_not_read_as_their_opposite(tmp_path: Path) -> None:
    """What is called not liberated is not taken for liberated, and what is no longer occupied not for occupied."""
    file = save_features(
        tmp_path / "a.geojson",
        (COARSE, {"status": "not liberated"}),
        (NORTH_OF_KYIV, {"status": "no longer occupied"}),
        **DAY,
    )
    with pytest.raises(DataError, match="areas are of several kinds"):
        read(file)
