"""Points from map files and workbooks: the same places from each, with their columns."""

from __future__ import annotations

import gzip
import io
import json
import math
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import xlsxwriter
from shapely.geometry import Point

from geo.errors import DataError, UsageError
from geo.measuring.bulk import chunking
from geo.measuring.bulk.positions import read_positions

PLACES = gpd.GeoDataFrame(
    {"name": ["Київ", "Одеса"], "code": [1, 2]},
    geometry=gpd.points_from_xy([30.52, 30.72], [50.45, 46.48]),
    crs="EPSG:4326",
)
KML = "<kml><Document>{}</Document></kml>"
WAYPOINT = '<wpt lon="{1}" lat="{2}"><name>{0}</name></wpt>'
PLACEMARK = "<Placemark><name>{}</name><Point><coordinates>{},{},0</coordinates></Point></Placemark>"


def build_features() -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = json.loads(PLACES.to_json())["features"]
    return features


def each(template: str) -> str:
    rows = zip(PLACES["name"], PLACES.geometry.x, PLACES.geometry.y, strict=True)
    return "".join(template.format(*row) for row in rows)


def save_shapefile(file: Path) -> None:
    PLACES.to_crs("EPSG:32636").to_file(file.with_suffix(".shp"), encoding="cp1251")
    with zipfile.ZipFile(file, "w") as archive:
        for part in file.parent.glob(f"{file.stem}.[spd]*"):
            archive.write(part, part.name)


def save_geopackage(file: Path) -> None:
    PLACES.to_crs("EPSG:4258").to_file(file.with_suffix(".gpkg"))
    file.with_suffix(".gpkg").rename(file)


def pack(name: str, text: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, text)
    return packed.getvalue()


def build_topology() -> str:
    steps = {"scale": [0.01, 0.01], "translate": [30, 46]}
    at = zip(PLACES["name"], [[52, 445], [72, 48]], strict=True)
    points = [{"type": "Point", "coordinates": xy, "properties": {"name": name}} for name, xy in at]
    objects = {"points": {"type": "GeometryCollection", "geometries": points}}
    return json.dumps({"type": "Topology", "transform": steps, "arcs": [], "objects": objects})


FILES: dict[str, Callable[[Path], Any]] = {
    "collection": lambda file: file.write_text(PLACES.to_json()),
    "one feature a line": lambda file: file.write_text("\n".join(map(json.dumps, build_features()))),
    "packed": lambda file: file.write_bytes(gzip.compress(PLACES.to_json().encode())),
    "GeoPackage": lambda file: save_geopackage(file),
    "FlatGeobuf": lambda file: PLACES.to_crs("EPSG:3857").to_file(
        file, driver="FlatGeobuf", SPATIAL_INDEX="NO"
    ),
    "Shapefile": save_shapefile,
    "GeoParquet": lambda file: PLACES.to_crs("EPSG:32636").to_parquet(file),
    "KML": lambda file: file.write_text(KML.format(each(PLACEMARK))),
    "KMZ": lambda file: file.write_bytes(pack("doc.kml", KML.format(each(PLACEMARK)))),
    "GPX": lambda file: file.write_text(f"<gpx>{each(WAYPOINT)}</gpx>"),
    "TopoJSON": lambda file: file.write_text(build_topology()),
}


def read_places(file: Path, layer: str | None = None) -> tuple[list[Any], list[list[float]]]:
    """Return names and rounded positions, lon and lat, of a file's one chunk."""
    (chunk,) = chunking.read_chunks(file, layer=layer)
    table = chunk.read()
    return table["name"].to_pylist(), read_positions(table, "in", chunk.first).lonlats.round(6).tolist()


@pytest.mark.parametrize("kind", FILES)
def test_every_format_gives_the_same_places(kind: str, tmp_path: Path) -> None:
    """Names and positions come out of each, whatever its reference system and whatever the file is called."""
    file = tmp_path / "places.zip"
    FILES[kind](file)
    names, lonlats = read_places(file)
    assert names == ["Київ", "Одеса"]
    assert lonlats == [[30.52, 50.45], [30.72, 46.48]]


@pytest.mark.parametrize("ending", [".gpkg", ".fgb", ".geojson"])
def test_places_without_a_geometry_shift_no_other(ending: str, tmp_path: Path) -> None:
    """Rows whose geometry is missing or empty have no position, wherever they stand, and the others keep theirs."""
    shapes = [None, Point(30, 50), Point(), Point(31, 49), None, Point(32, 48), Point()]
    places = gpd.GeoDataFrame({"name": [*"abcdefg"]}, geometry=shapes, crs="EPSG:4326")
    file = tmp_path / f"places{ending}"
    places.to_file(file, **({"SPATIAL_INDEX": "NO"} if ending == ".fgb" else {}))
    names, lonlats = read_places(file)
    assert dict(zip(names, lonlats, strict=True)) == {
        name: pytest.approx(
            [shape.x, shape.y] if shape and not shape.is_empty else [math.nan] * 2, nan_ok=True
        )
        for name, shape in zip(places["name"], shapes, strict=True)
    }


def test_a_file_that_only_links_to_points_says_so(tmp_path: Path) -> None:
    """A KML file that only holds the address of a map is called that, as in the place of a front."""
    file = tmp_path / "places.kml"
    file.write_text(KML.format("<NetworkLink><Link><href>x</href></Link></NetworkLink>"))
    with pytest.raises(DataError, match="only links to a map on the net"):
        read_places(file)


def test_a_feature_and_a_bare_geometry_are_files_of_points(tmp_path: Path) -> None:
    """A single feature, a multipoint that stands alone, and columns of mixed kinds are read."""
    file = tmp_path / "in.json"
    file.write_text(json.dumps({"type": "MultiPoint", "coordinates": [[30, 50], [31, 50]]}))
    (chunk,) = chunking.read_chunks(file)
    assert len(read_positions(chunk.read(), "in", 1).lonlats) == 2
    point = {"type": "Point", "coordinates": [30, 50]}
    odd = [{"a": 1}, {"a": "x", "b": [1]}, {"a": None}, {"a": 1.5}]
    file.write_text(
        "\n".join(json.dumps({"type": "Feature", "properties": p, "geometry": point}) for p in odd)
    )
    (chunk,) = chunking.read_chunks(file)
    assert chunk.read()["a"].to_pylist() == ["1", "x", None, "1.5"]
    assert chunk.read()["b"].to_pylist() == [None, "[1]", None, None]


def save_workbook(file: Path, *sheets: str) -> None:
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("notes").write(0, 0, "made by hand")
        for name in sheets:
            sheet = book.add_worksheet(name)
            sheet.write(0, 0, "A title")
            sheet.write_row(2, 0, ["code", "name", "lat", "lon"])
            sheet.write_row(3, 0, [7, "Київ", 50.45, 30.52])
            sheet.write_row(4, 0, [8, "Одеса", "46,48", "30,72"])


def test_a_workbook_gives_its_sheet_of_points(tmp_path: Path) -> None:
    """The sheet with coordinates is found below its title; where several have some, one is to be chosen."""
    save_workbook(tmp_path / "one.xlsx", "villages")
    names, lonlats = read_places(tmp_path / "one.xlsx")
    assert (names, lonlats) == (["Київ", "Одеса"], [[30.52, 50.45], [30.72, 46.48]])
    (chunk,) = chunking.read_chunks(tmp_path / "one.xlsx")
    assert (chunk.first, chunk.read()["code"].to_pylist()) == (4, [7, 8])
    save_workbook(tmp_path / "two.xlsx", "villages", "towns")
    with pytest.raises(DataError, match=r"2 sheets with positions: 'villages', 'towns'.*--layer"):
        read_places(tmp_path / "two.xlsx")
    assert read_places(tmp_path / "two.xlsx", "Towns")[0] == ["Київ", "Одеса"]
    with pytest.raises(UsageError, match=r"two\.xlsx: There is no layer 'cities'"):
        read_places(tmp_path / "two.xlsx", "cities")


@pytest.mark.parametrize(
    "data", [b"%PDF-1.4 x", b"\x89PNG\r\n\x1a\n\0\0", b"\x7fELF\0\0", b"PK\x03\x04broken", b"{", b"[1]"]
)
def test_other_files_are_named_for_what_they_are(data: bytes, tmp_path: Path) -> None:
    """No binary file is told to be saved as UTF-8, and none ends in a traceback."""
    (tmp_path / "points.csv").write_bytes(data)
    with pytest.raises(DataError) as caught:
        list(chunking.read_chunks(tmp_path / "points.csv"))
    assert "UTF-8" not in str(caught.value)


def test_what_is_broken_in_a_file_is_one_clear_error_or_one_row(tmp_path: Path) -> None:
    """A zip archive of a version to come is refused, and a geometry of no known type is a row that cannot be read."""
    data = bytearray(pack("doc.kml", "<kml></kml>"))
    data[data.index(b"PK\x01\x02") + 6] = 80
    (tmp_path / "new.kmz").write_bytes(data)
    with pytest.raises(DataError, match="zip archive"):
        list(chunking.read_chunks(tmp_path / "new.kmz"))
    odd = [
        *build_features(),
        {"type": "Feature", "properties": {}, "geometry": {"type": "Spot", "coordinates": [1]}},
    ]
    (tmp_path / "odd.json").write_text("\n".join(map(json.dumps, odd)))
    (chunk,) = chunking.read_chunks(tmp_path / "odd.json")
    assert read_positions(chunk.read(), "in", 1).unreadable.tolist() == [False, False, True]


def read(tmp_path: Path, data: bytes) -> dict[str, list[Any]]:
    """Return the columns of a file of these bytes."""
    (tmp_path / "points").write_bytes(data)
    (chunk,) = chunking.read_chunks(tmp_path / "points")
    found: dict[str, list[Any]] = chunk.read().to_pydict()
    return found


def test_halves_of_letters(tmp_path: Path) -> None:
    """Half a letter, which JSON can write and UTF-8 cannot, becomes a question mark."""
    point = {"type": "Point", "coordinates": [30, 50]}
    made = {"type": "Feature", "properties": {"a\ud800": "Київ\udc00"}, "geometry": point}
    assert read(tmp_path, json.dumps(made).encode())["a?"] == ["Київ?"]


def test_more_properties_than_a_table_has_columns(tmp_path: Path) -> None:
    """Features that have every one its own properties make no table of millions of empty cells."""
    point = {"type": "Point", "coordinates": [30, 50]}
    made = [{"type": "Feature", "properties": {f"k{n}": n}, "geometry": point} for n in range(2001)]
    with pytest.raises(DataError, match="more than 2,000 different properties"):
        read(tmp_path, json.dumps({"type": "FeatureCollection", "features": made}).encode())


def save_sheet(*cells: tuple[int, int, Any]) -> bytes:
    """Return a workbook with one point, and more cells where they are said to be."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for row, column, value in ((0, 0, "lon"), (0, 1, "lat"), (1, 0, 30), (1, 1, 50), *cells):
            sheet.write(row, column, value)
    return file.getvalue()


def test_a_cell_at_the_far_end_of_a_sheet(tmp_path: Path) -> None:
    """Cells so far apart that what is between them fits into no memory are refused before they are read."""
    with pytest.raises(DataError, match="spans more than 20 million cells"):
        read(tmp_path, save_sheet((1_048_575, 16_383, "x")))


def test_a_number_of_a_sheet_that_no_integer_holds(tmp_path: Path) -> None:
    """A column of whole numbers with a huge one among them stays a column of numbers."""
    assert read(tmp_path, save_sheet((0, 2, "n"), (1, 2, 1e300)))["n"] == [1e300]
