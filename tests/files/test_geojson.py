"""What a GeoJSON file may hold, and what is said about each way in which it can be wrong."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from geo.errors import DataError
from geo.files import document, geojson, limits
from geo.files.features import Kind
from geo.scenarios.scenario import read_scenario

SQUARE = [[30, 49], [31, 49], [31, 50], [30, 50], [30, 49]]
BOW = [[30, 49], [31, 50], [31, 49], [30, 50], [30, 49]]
ELSEWHERE = [[40, 50], [41, 50], [41, 51], [40, 50]]
MERCATOR = [[3339584, 6274861], [3450903, 6274861], [3450903, 6446275], [3339584, 6274861]]
AREAS = Kind("zone", ("Polygon", "MultiPolygon"), "Draw an area.", 1_000_000, 1000, 100)


def polygon(*rings: Any) -> dict[str, Any]:
    """Return a Polygon geometry of these rings."""
    return {"type": "Polygon", "coordinates": list(rings)}


def feature(geometry: Any, **members: Any) -> dict[str, Any]:
    """Return a Feature with this geometry, no properties, and further members."""
    return {"type": "Feature", "properties": {}, "geometry": geometry, **members}


def collection(*features: Any, **members: Any) -> dict[str, Any]:
    """Return a FeatureCollection of these features, with further members."""
    return {"type": "FeatureCollection", "features": list(features), **members}


def problems_of(content: Any, folder: Path) -> list[str]:
    """Write content (text, bytes or a JSON value) to a file, read it, and return what is said about it."""
    file = folder / "case.geojson"
    text = content if isinstance(content, str | bytes) else json.dumps(content)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    try:
        read = document.read_content(file, max_bytes=AREAS.max_bytes)
        return [str(problem) for problem in geojson.parse_collection(read, AREAS).problems]
    except DataError as error:
        return [str(problem) for problem in error.problems]


GOOD = feature(polygon(SQUARE))

FILES = {
    "empty": ("", "The file is empty"),
    "blank": (" \n\n", "The file is empty"),
    "not UTF-8": (b'{"a":\n "\xff"}', "not UTF-8 text (line 2, byte 8)"),
    "UTF-16": ("{}".encode("utf-16"), "The file's 'type' is absent"),
    "not JSON": ('{"type":\n "Feature",}', "line 2, column 12"),
    "cut off": ('{"type": "FeatureCollection", "features": [', "This is not JSON: line 1"),
    "cut off in a text": ('{"type": "Featu', "it ends in the middle. Fetch or save it again"),
    "cut off in a number": ('{"bbox": [1, -', "it ends in the middle"),
    "cut off in a word": ('{"id": nul', "it ends in the middle"),
    "no brace first": ("nul", "Correct that place"),
    "endless digits": ("[" + "9" * 5000 + "]", "thousands of digits"),
    "nested beyond the parser": ("[" * 100_000, "nests lists or objects more than 64 levels deep"),
    "nested and closed": ('{"a":' * 5000 + "1" + "}" * 5000, "more than 64 levels deep"),
    "nested 70 deep": (collection(GOOD, x=json.loads("[" * 70 + "]" * 70)), "more than 64 levels deep"),
    "too large": (b" " * 1_000_001, "larger than 1 MB"),
    "list": ([GOOD], "bare list, not a FeatureCollection. Wrap it"),
    "number": ("5", "The file is the number 5"),
    "other type": ({"type": "Plan"}, "The file's 'type' is the text 'Plan'"),
    "no topology": ({"type": "Topology"}, "The TopoJSON file holds no objects"),
    "Esri's": ({"geometryType": "x", "spatialReference": {}}, "Esri's own JSON, not GeoJSON"),
    "cut in line 2": (f"{json.dumps(GOOD)}\n{json.dumps(GOOD)[:-3]}\n", "line 2, column"),
    "comma missing in line 2": ('{"type":\n "Feature"\n "id": 1}', "line 2, column 11"),
    "more than JSON": (json.dumps(collection(GOOD)) + "\n}", "This is not JSON: line 2, column 1"),
    "nothing drawn": (collection(feature(None)), "Every geometry is missing"),
    "labels alone": (
        collection(feature({"type": "Point", "coordinates": [30, 50]})),
        "Every geometry is a point, and a zone is made of areas. Draw",
    ),
    "no type": ({}, "The file's 'type' is absent"),
    "list as type": ({"type": ["Feature"]}, "The file's 'type' is a list"),
    "no features": ({"type": "FeatureCollection"}, "The file's 'features' is absent"),
    "features not a list": ({"type": "FeatureCollection", "features": {}}, "'features' is an object"),
    "features empty": (collection(), "The file holds no features. Draw at least one zone"),
    "repeated key": (
        json.dumps(collection(GOOD))[:-1] + ', "type": "x", "type": "FeatureCollection"}',
        "'type' stands",
    ),
    "unknown system": (
        collection(GOOD, crs={"type": "name", "properties": {"name": "EPSG:999999"}}),
        "'EPSG:999999', a reference system that is not known",
    ),
    "crs without a name": (collection(GOOD, crs={"type": "link"}), "'crs' member names no"),
    "NaN beside": ('{"type": "FeatureCollection", "features": [], "x": NaN}', "The value at 'x' is NaN"),
    "Infinity by size": (
        '{"type": "FeatureCollection", "features": [], "x": [1e999]}',
        "The value at 'x.0' is Infinity",
    ),
}

GEOMETRIES = {
    "text": ("here", "The geometry is the text 'here'"),
    "no type": ({}, "The geometry type is null"),
    "circle": ({"type": "Circle", "coordinates": [30, 50]}, "The geometry type is the text 'Circle'"),
    "ring not a list": (polygon("x"), "the outer ring is the text 'x', not a list of positions"),
    "rings missing": ({"type": "Polygon", "coordinates": SQUARE}, "nest 2 deep; in a Polygon they nest 3"),
    "unclosed": (polygon(SQUARE[:-1]), "the outer ring is not closed. Repeat its first position, [30, 49]"),
    "unclosed hole": (polygon(SQUARE, SQUARE[:-1]), "hole 1 is not closed"),
    "too few": (polygon([SQUARE[0], SQUARE[1], SQUARE[0]]), "too few positions (3; it needs at least 4)"),
    "one number": (polygon([[30], *SQUARE]), "position 0 holds only 1 of two numbers"),
    "texts": (polygon([["30", "49"], *SQUARE]), "holds the text '30' where a number belongs"),
    "truth values": (polygon([[True, 49], *SQUARE]), "holds true where a number belongs"),
    "null number": (polygon([[None, 49], *SQUARE]), "holds null where a number belongs"),
    "NaN": (polygon([[float("nan"), 49], *SQUARE]), "holds NaN"),
    "Infinity": (polygon([[float("inf"), 49], *SQUARE]), "holds Infinity"),
    "altitude as text": (polygon([[30, 49, "9 m"], *SQUARE]), "the text '9 m' where a number belongs"),
    "huge integer": (polygon([[10**400, 49], *SQUARE]), "which no coordinate can be"),
    "several bad positions": (polygon([[], {}, 5]), "(2 more like it)"),
    "out of range": (polygon([[30, 49], [200, 49], [30, 50], [30, 49]]), "[200, 49] is out of range"),
    "one latitude mistyped": (polygon([[30, 49], [31, 94], [30, 50], [30, 49]]), "[31, 94] is out of range"),
    "point forgotten": (polygon([[30, 49], [31, 504], [30, 50], [30, 49]]), "[31, 504] is out of range"),
    "swapped": (polygon([p[::-1] for p in SQUARE]), "look swapped in 5 of 5 positions, first in [49, 30]"),
    "one swapped": (polygon([*SQUARE[:2], [50, 31], *SQUARE[3:]]), "in 1 of 5 positions, first in [50, 31]"),
    "swapped beyond 90": (polygon([[48, 135], [49, 135], [49, 136], [48, 135]]), "look swapped in 4 of 4"),
    "Web Mercator": (polygon(MERCATOR), "[3339584, 6274861] looks like projected metres"),
    "too shallow": ({"type": "MultiPolygon", "coordinates": [SQUARE]}, "in a MultiPolygon they nest 4"),
    "MultiPolygon of null": ({"type": "MultiPolygon", "coordinates": [None]}, "part 0, coordinates are null"),
    "collection of an object": (
        {"type": "GeometryCollection", "geometries": {}},
        "The 'geometries' of the GeometryCollection is an object, not a list",
    ),
    "object as coordinates": ({"type": "MultiPolygon", "coordinates": {}}, "The coordinates are an object"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "said"), FILES.values(), ids=FILES)
def test_file_problem(content: Any, said: str, tmp_path: Path) -> None:
    """Whatever is wrong with a file as a whole is said once, without a feature's index, and with a remedy."""
    said_once = [problem for problem in problems_of(content, tmp_path) if said in problem]
    assert len(said_once) == 1
    assert not said_once[0].startswith("feature")


@pytest.mark.parametrize(("geometry", "said"), GEOMETRIES.values(), ids=GEOMETRIES)
def test_geometry_problem(geometry: Any, said: str, tmp_path: Path) -> None:
    """Whatever is wrong with one geometry is said once, with its feature's index and name."""
    broken = feature(geometry) | {"properties": {"name": "Reach"}}
    (problem,) = problems_of(collection(GOOD, broken, GOOD), tmp_path)
    assert problem.startswith("feature 1 ('Reach'): ")
    assert said in problem


def test_properties_that_are_no_number(tmp_path: Path) -> None:
    """NaN in the place of all properties is no cell of a column; it is told as what JSON has no number for."""
    text = re.sub(r'"properties": \{[^}]*\}', '"properties": NaN', json.dumps(collection(GOOD)))
    assert any("NaN" in problem for problem in problems_of(text, tmp_path))


def test_everything_at_once(tmp_path: Path) -> None:
    """One reading reports the file's problems and those of every feature, also two in one geometry."""
    content = collection(
        feature({"type": "Circle"}),
        "no feature",
        feature(polygon(SQUARE[:-1], [[300, 50], [1, 1], [2, 2], [300, 50]])),
        crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::999999"}},
    )
    said = problems_of(content, tmp_path)
    assert len(said) == 5
    for fragment in (
        "EPSG::999999",
        "feature 0: The geometry type is",
        "feature 1: This is the text 'no feature'",
        "feature 2: the outer ring is not closed",
        "feature 2: [300, 50] is out of range",
    ):
        assert any(fragment in problem for problem in said)


def test_every_path_that_is_not_a_file(tmp_path: Path) -> None:
    """A folder, an absent file and an impossible name are data problems, not tracebacks."""
    for path, said in (
        (tmp_path, "This is a folder"),
        (tmp_path / "absent.geojson", "There is no such file"),
        (tmp_path / ("x" * 300), "cannot be read"),
        (tmp_path / "a\0b", "cannot be read"),
    ):
        with pytest.raises(DataError, match=said):
            geojson.parse_collection(document.read_content(path, max_bytes=AREAS.max_bytes), AREAS)


@pytest.mark.parametrize("name", ["", " "])
def test_a_reference_system_without_a_name(name: str, tmp_path: Path) -> None:
    """An empty name names none."""
    content = collection(GOOD, crs={"type": "name", "properties": {"name": name}})
    assert any("names no coordinate reference system" in said for said in problems_of(content, tmp_path))


def test_too_many_positions(tmp_path: Path) -> None:
    """A file with more positions than its kind may have is refused, and the limit is named."""
    ring = [[30 + i / 1000, 49] for i in range(1000)] + [[30.5, 50], [30, 49]]
    (problem,) = problems_of(collection(feature(polygon(ring))), tmp_path)
    assert "more than 1,000 positions, the limit" in problem


STRICT = {
    "null": (None, "The geometry is null"),
    "point": ({"type": "Point", "coordinates": [30, 50]}, "a Point, and a zone is a Polygon or MultiPolygon"),
    "geometry collection": ({"type": "GeometryCollection", "geometries": []}, "is a GeometryCollection"),
    "empty": (polygon(), "The geometry is empty"),
    "no coordinates": ({"type": "Polygon"}, "The geometry is empty"),
    "empty ring": (polygon([]), "the outer ring has too few positions (0"),
    "crossing": (polygon(BOW), "crosses or touches itself near lon 30.5000, lat 49.5000"),
    "no area": (polygon([[30, 49]] * 4), "A ring encloses no area"),
    "hole outside": (polygon(SQUARE, ELSEWHERE), "hole lies outside the outer ring near"),
}


@pytest.mark.parametrize(("geometry", "said"), STRICT.values(), ids=STRICT)
def test_strict_kind(geometry: Any, said: str, tmp_path: Path) -> None:
    """Where nothing may be left out or mended, each odd geometry is a problem; else a note says what became of it."""
    file = tmp_path / "case.geojson"
    file.write_text(json.dumps(collection(GOOD, feature(geometry))))
    content = document.read_content(file, max_bytes=AREAS.max_bytes)
    (problem,) = geojson.parse_collection(content, replace(AREAS, is_strict=True)).problems
    assert said in str(problem)
    lenient = geojson.parse_collection(content, AREAS)
    assert not lenient.problems
    (note,) = lenient.notes
    assert note.startswith(("Left out", "Mended "))


def test_mended_outline_says_where_and_how_much(tmp_path: Path) -> None:
    """A ring that crosses itself keeps both lobes; the note has its name, the position and the change of area."""
    file = tmp_path / "case.geojson"
    spiked = [[30, 49], [31, 49], [31, 50], [30, 50], [30, 49.4], [31.1, 49.45], [30, 49.5], [30, 49]]
    named = feature(polygon(BOW)) | {"properties": {"name": "Bow"}}
    file.write_text(json.dumps(collection(named, feature(polygon(spiked)))))
    read = geojson.parse_collection(document.read_content(file, max_bytes=AREAS.max_bytes), AREAS)
    assert [each.shape is not None and each.shape.is_valid for each in read.features] == [True, True]
    (note,) = read.notes
    assert note == (
        "Mended outlines that crossed themselves: feature 0 ('Bow') near lon 30.5000, lat 49.5000, "
        "area 0 to 4,028 km²; feature 1 near lon 31.0000, lat 49.4545, area 8,499 to 8,060 km² (-5.2 %)."
    )


def test_author_is_told_of_crossings(tmp_path: Path) -> None:
    """In a file with the member of its author an outline that crosses itself is a problem, not mended."""
    file = tmp_path / "case.geojson"
    file.write_text(json.dumps(collection(feature(polygon(BOW)), scenario={})))
    content = document.read_content(file, max_bytes=AREAS.max_bytes)
    (problem,) = geojson.parse_collection(content, replace(AREAS, strict_member="scenario")).problems
    assert "crosses or touches itself" in problem.what


def test_duplicate_ids(tmp_path: Path) -> None:
    """Ids of features are of no use here, so that merged files, which repeat them, are read."""
    assert problems_of(collection(*(GOOD | {"id": i} for i in (1, "1", 1, True))), tmp_path) == []


def test_repeated_key_in_a_feature(tmp_path: Path) -> None:
    """A key that stands twice inside a feature is reported with that feature's index."""
    text = json.dumps(collection(GOOD, GOOD)).replace('"properties": {}', '"properties": {"a": 1, "a": 2}', 1)
    (problem,) = problems_of(text, tmp_path)
    assert problem.startswith("feature 0: The key 'a' stands more than once")


@pytest.mark.parametrize(
    "name",
    [
        "EPSG:4326",
        "urn:ogc:def:crs:EPSG::4326",
        "urn:ogc:def:crs:OGC:1.3:CRS84",
        "OGC:CRS84",
        "WGS 84",
        "WGS84",
        "CRS84",
        "urn:ogc:def:crs:EPSG::4979",
        "EPSG:4258",
        "ETRS89",
    ],
)
def test_crs_of_older_files(name: str, tmp_path: Path) -> None:
    """The legacy ``crs`` member is accepted where it names WGS 84, as QGIS and public files write it."""
    assert problems_of(collection(GOOD, crs={"type": "name", "properties": {"name": name}}), tmp_path) == []


def test_byte_order_mark(tmp_path: Path) -> None:
    """The mark that Windows programs put before UTF-8 does no harm."""
    assert problems_of(b"\xef\xbb\xbf" + json.dumps(collection(GOOD)).encode(), tmp_path) == []


def test_problems_come_to_an_end(tmp_path: Path) -> None:
    """Of a file in which nothing is a feature, no more is told than a file may hold features."""
    (tmp_path / "zones.geojson").write_bytes(b"{}\n" * 3000)
    with pytest.raises(DataError) as caught:
        read_scenario(tmp_path / "zones.geojson")
    assert len(caught.value.problems) == limits.ZONES + 1
