"""Positions in tables: read however they are written, and one clear error where they cannot be."""

from __future__ import annotations

import json
import math
import re
import struct
from typing import Any

import pyarrow as pa
import pytest
import shapely
from pyproj import CRS

from geo.errors import DataError
from geo.measuring.bulk.positions import read_positions

POINT = struct.pack("<BIdd", 1, 1, 30.5, 50.4)
WKB = {"encoding": "WKB", "geometry_types": []}


def build_layer(cells: Any, geo: Any = None) -> Any:
    """Return a table with a column of geometry and these GeoParquet metadata; sound ones by default."""
    if geo is None:
        geo = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": WKB}}
    data = geo if isinstance(geo, bytes) else json.dumps(geo).encode()
    return pa.table({"geometry": cells}).replace_schema_metadata({b"geo": data})


METADATA = {
    "no JSON": b"{",
    "a list": b"[]",
    "nothing": b"{}",
    "no columns": {"primary_column": "geometry"},
    "a list of columns": {"primary_column": "geometry", "columns": []},
    "a text for a column": {"primary_column": "geometry", "columns": {"geometry": "WKB"}},
    "another column": {"primary_column": "other", "columns": {"other": WKB}},
    "a text for an id": {
        "primary_column": "geometry",
        "columns": {"geometry": {**WKB, "crs": {"id": "EPSG:4326"}}},
    },
    "no UTF-8": b"\xff\xfe",
    "too deep": b"[" * 100_000,
}


@pytest.mark.parametrize("geo", METADATA.values(), ids=METADATA.keys())
def test_metadata_that_make_no_sense_are_one_clear_error(geo: Any) -> None:
    """With columns lon and lat beside them they are no matter."""
    table = build_layer(pa.array([POINT], pa.binary()), geo)
    with pytest.raises(DataError, match=r"^in: Its GeoParquet metadata describe no geometry column"):
        read_positions(table, "in", 1)
    plain = pa.table({"lon": [30.5], "lat": [50.4]}).replace_schema_metadata(table.schema.metadata)
    assert read_positions(plain, "in", 1).lonlats.tolist() == [[30.5, 50.4]]


@pytest.mark.parametrize(
    "crs",
    [
        "EPSG:4326",
        {"id": {"authority": "OGC", "code": "CRS84"}},
        CRS(4326).to_wkt(),
        CRS(4326).to_wkt("WKT1_ESRI"),
    ],
)
def test_names_of_wgs84_are_understood(crs: Any) -> None:
    """The coordinate system may be a text, as older programs write it."""
    geo = {"primary_column": "geometry", "columns": {"geometry": {**WKB, "crs": crs}}}
    assert read_positions(build_layer(pa.array([POINT], pa.binary()), geo), "in", 1).lonlats.tolist() == [
        [30.5, 50.4]
    ]


@pytest.mark.parametrize(
    "crs",
    ["PROJCS[" + "x" * 70_000, {"name": "Soldner"}, None, "+init=epsg:4326", "+proj=longlat +nadgrids=a.gsb"],
)
def test_unknown_coordinate_systems_are_refused_in_few_words(crs: Any) -> None:
    """So is one without a name, and one that could name a file."""
    geo = {"primary_column": "geometry", "columns": {"geometry": {**WKB, "crs": crs}}}
    with pytest.raises(
        DataError, match=r"^in: The file (names .{7,60} as its reference system|declares no coordinate)"
    ):
        read_positions(build_layer(pa.array([POINT], pa.binary()), geo), "in", 1)


COLUMNS = {
    "text": (pa.array(["POINT(30 50)"]), "The geometry column holds string, no WKB"),
    "numbers": (pa.array([1]), "The geometry column holds int64, no WKB"),
    "records": (pa.array([{"x": 1.0}]), "The geometry column holds struct<x: double>, no WKB"),
    "areas": (
        pa.array([shapely.box(30, 49, 31, 50).wkb]),
        "The layer holds no points",
    ),
    "far off": (pa.array([POINT, shapely.Point(30, 95).wkb]), r"lat 95 is out of range \(row 12\)"),
}


@pytest.mark.parametrize(("cells", "message"), COLUMNS.values(), ids=COLUMNS.keys())
def test_other_columns_are_one_clear_error(cells: Any, message: str) -> None:
    """The error names the first row, counted on from the first of the table."""
    with pytest.raises(DataError, match=message):
        read_positions(build_layer(cells), "in", 11)


@pytest.mark.parametrize("cell", [b"", b"\x01\x01", b"POINT(30 50)", struct.pack("<BII", 1, 4, 2**31)])
def test_broken_geometry_is_no_position(cell: bytes) -> None:
    """Its row is marked; null, an empty point and NaN are no position, and nothing is wrong with them."""
    empty = struct.pack("<BIdd", 1, 1, math.nan, math.nan)
    found = read_positions(build_layer(pa.array([POINT, cell, None, empty, POINT], pa.binary())), "in", 1)
    assert found.lonlats[[0, 4]].tolist() == [[30.5, 50.4]] * 2
    assert [math.isnan(lon) for lon in found.lonlats[:, 0]] == [False, True, True, True, False]
    assert found.unreadable.tolist() == [False, True, False, False, False]


@pytest.mark.parametrize("geometry", [False, True])
def test_a_column_that_stands_twice_is_named(geometry: bool) -> None:
    """Nobody can say which of the two is meant."""
    table = (
        build_layer(pa.array([POINT], pa.binary())) if geometry else pa.table({"lon": [30.5], "lat": [50.4]})
    )
    twice = table.append_column(table.column_names[0], table.column(0))
    with pytest.raises(DataError, match=re.escape(f"The column {table.column_names[0]!r} stands twice")):
        read_positions(twice, "in", 1)


def test_text_that_is_no_number_is_no_position() -> None:
    """Numbers may be text; a column that can hold none is an error."""
    table = pa.table({"lon": ["30.5", "thirty", "inf"], "lat": ["50.4", "50", "NA"]})
    found = read_positions(table, "in", 1)
    assert (found.lonlats[0].tolist(), found.unreadable.tolist()) == ([30.5, 50.4], [False, True, True])
    with pytest.raises(DataError, match=r"The column 'lon' holds list<.*>, no numbers"):
        read_positions(pa.table({"lon": [[1]], "lat": [1]}), "in", 1)


def test_projjson_and_utm_are_brought_to_degrees() -> None:
    """GeoParquet gives its reference system as PROJJSON, with a code or without."""
    full = CRS(32636).to_json_dict()
    for crs in (full, {key: value for key, value in full.items() if key != "id"}, "EPSG:32636"):
        geo = {"primary_column": "geometry", "columns": {"geometry": {**WKB, "crs": crs}}}
        point = struct.pack("<BIdd", 1, 1, 324182, 5591607)
        found = read_positions(build_layer(pa.array([point], pa.binary()), geo), "in", 1)
        assert found.lonlats[0] == pytest.approx([30.5233973, 50.4500945], abs=1e-6)


def test_several_points_in_a_row_are_taken_apart() -> None:
    """Multipoints and collections become as many positions, each with its row; a line among them is no position."""
    many = shapely.from_wkt(
        ["POINT (30 50)", "MULTIPOINT (31 50, 32 50)", "GEOMETRYCOLLECTION (POINT (33 50), MULTIPOINT (34 50))",
         "LINESTRING (1 2, 3 4)", "MULTIPOINT EMPTY"]
    )  # fmt: skip
    found = read_positions(build_layer(pa.array(shapely.to_wkb(many), pa.binary())), "in", 1)
    assert found.lonlats[:5, 0].tolist() == [30, 31, 32, 33, 34]
    assert found.rows is not None
    assert found.rows.tolist() == [0, 1, 1, 2, 2, 3, 4]
    assert found.unreadable.tolist() == [False] * 5 + [True, False]


TEXTS = {
    "long": (["50.4", "30.5"], ["lat", "long"]),
    "decimal commas": (["50,4", " 30,5 "], ["Широта", "Довгота"]),
    "x and y": (["30.5", "50.4"], ["X", "Y"]),
    "unit": (["50.4", "30.5"], ["Latitude (deg)", "Longitude (deg)"]),
    "Darwin Core": (["50.4", "30.5"], ["decimalLatitude", "decimalLongitude"]),
    "HXL": (["50.4", "30.5"], ["#geo+lat", "#geo+lon"]),
    "Kobo": (["50.4", "30.5"], ["_gps_latitude", "_gps_longitude"]),
    "WKT": (["POINT (30.5 50.4)"], ["WKT"]),
    "EWKT": (["SRID=4326;POINT(30.5 50.4)"], ["geom"]),
    "hexadecimal": ([POINT.hex().upper()], ["the_geom"]),
    "pair": (["50.4, 30.5"], ["lat, lon"]),
    "survey": (["50.4 30.5 120.0 4.5"], ["geopoint"]),
    "backwards": (["30.5 50.4"], ["lonlat"]),
}


@pytest.mark.parametrize(("cells", "names"), TEXTS.values(), ids=TEXTS.keys())
def test_columns_as_programs_write_them(cells: list[str], names: list[str]) -> None:
    """One spot in each way of writing is that spot, and a cell that is none of it is unreadable."""
    columns = [pa.array([cell, "?", ""]) for cell in cells]
    found = read_positions(pa.table(columns, names=names), "in", 2)
    assert found.lonlats[0].tolist() == [30.5, 50.4]
    assert (found.located.tolist(), found.unreadable.tolist()) == ([True, False, False], [False, True, False])


def test_texts_without_one_point() -> None:
    """An empty point is no position, a collection of one is that point, and several are none that can be read."""
    cells = [
        "POINT EMPTY",
        "MULTIPOINT (30.5 50.4)",
        "MULTIPOINT (1 2, 3 4)",
        "MULTIPOINT EMPTY",
        "POINT (31 49)",
    ]
    found = read_positions(pa.table({"wkt": cells}), "in", 1)
    assert found.located.tolist() == [False, True, False, False, True]
    assert found.unreadable.tolist() == [False, False, True, False, False]
    assert found.lonlats[1].tolist() == [30.5, 50.4]


@pytest.mark.parametrize("names", [["Lon", "lon", "lat"], ["lon", "LAT", "lat"]])
def test_columns_that_differ_in_capitals_are_not_guessed_between(names: list[str]) -> None:
    """Nobody can say which of the two is meant."""
    with pytest.raises(DataError, match=r"The columns '\w+' and '\w+' have one name"):
        read_positions(pa.table([pa.array([30.0])] * 3, names=names), "in", 1)


def test_two_pairs_of_columns_are_not_guessed_between() -> None:
    """Where a row has a start and an end, neither of them is the position."""
    with pytest.raises(DataError, match="no columns of longitude and latitude"):
        read_positions(pa.table([pa.array([1.0])] * 4, names=["a_lat", "a_lon", "b_lat", "b_lon"]), "in", 2)


def test_a_slip_among_many_is_left_out_and_a_real_place_is_not_swapped() -> None:
    """A missing point in one of five rows spoils that row alone; Armenia is Armenia."""
    found = read_positions(pa.table({"lon": [30.5] * 5, "lat": [50.4] * 4 + [504.0]}), "in", 2)
    assert found.unreadable.tolist() == [False] * 4 + [True]
    assert read_positions(pa.table({"lon": [44.5], "lat": [40.2]}), "in", 2).located.all()
