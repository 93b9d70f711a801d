"""The smallest file of each format that can carry a manifest."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Callable
from contextlib import closing

import numpy as np
import pyarrow
import pyogrio
import pyogrio.raw
import shapely
from matplotlib.figure import Figure
from PIL import Image
from pptx import Presentation
from xlsxwriter import Workbook

from geo.provenance import archive, flatgeobuf, parquet

TITLE = "(<geo:manifest>x</geo:manifest>) & co"


def build_png() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(stream, "PNG")
    return stream.getvalue()


def build_pdf() -> bytes:
    stream = io.BytesIO()
    Figure((1, 1)).savefig(stream, format="pdf", metadata={"Title": TITLE, "CreationDate": None})
    return stream.getvalue()


def build_pptx() -> bytes:
    stream = io.BytesIO()
    Presentation().save(stream)
    return stream.getvalue()


def build_gpkg() -> bytes:
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(
            "CREATE TABLE zones (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT);"
            "CREATE TABLE gpkg_metadata (id INTEGER PRIMARY KEY, metadata TEXT);"
            "INSERT INTO zones VALUES (1, x'4750', 'Map'); INSERT INTO gpkg_metadata VALUES (1, '');"
        )
        return database.serialize()


def build_kmz() -> bytes:
    return archive.write_parts({"doc.kml": KML})


def build_xlsx() -> bytes:
    stream = io.BytesIO()
    with Workbook(stream) as book:
        book.add_worksheet("Map").write_string(0, 0, "Map")
    return stream.getvalue()


def build_parquet() -> bytes:
    return parquet.write_table(pyarrow.table({"name": ["Map"]}), {b"geo": b"{}"})


def build_fgb() -> bytes:
    stream = io.BytesIO()
    pyogrio.raw.write(
        stream,
        shapely.to_wkb(np.array([shapely.Point(30, 50)])),
        [np.array(["Map"], dtype=object)],
        ["name"],
        layer="zones",
        driver="FlatGeobuf",
        geometry_type="Point",
        crs="EPSG:4326",
        layer_metadata=flatgeobuf.PLACE,
    )
    return stream.getvalue()


KML = b'<?xml version="1.0"?>\n<kml><Document><name>Map</name><Folder></Folder></Document></kml>\n'

BLANKS: dict[str, Callable[[], bytes]] = {
    "html": lambda: b"<!doctype html>\n<html><body><p>Map</p></body></html>\n",
    "svg": lambda: b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>\n',
    "png": build_png,
    "pdf": build_pdf,
    "pptx": build_pptx,
    "gpkg": build_gpkg,
    "geojson": lambda: b'{"type": "FeatureCollection", "name": "Map", "features": []}\n',
    "kml": lambda: KML,
    "kmz": build_kmz,
    "xlsx": build_xlsx,
    "parquet": build_parquet,
    "fgb": build_fgb,
}
