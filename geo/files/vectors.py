"""GDAL reads the rows of a GeoPackage, a Shapefile or a FlatGeobuf file.

GDAL chooses its driver by what a file holds, and some drivers open other files and addresses. So it is given bytes,
never a name, and only after they were recognised as the format whose driver is meant.
"""

from __future__ import annotations

import codecs
import io
import sqlite3
import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geo.errors import DataError, show
from geo.files import axes, formats, limits, packing
from geo.files.document import Content
from geo.files.features import Kind
from geo.files.remarks import Remarks
from geo.files.rows import BROKEN, Row, bring, derive_plain
from geo.geodesy import areas, transforms

_DRIVERS = {"gpkg": "GPKG", "shp": "ESRI Shapefile", "fgb": "FlatGeobuf"}
_ENCODINGS = {"shp": "ISO-8859-1"}
"""Texts of a Shapefile are read byte for byte, because what its .cpg says of them is often untrue."""
_LANGUAGES = {
    0x02: "cp850", 0x03: "cp1252", 0x57: "cp1251", 0x26: "cp866", 0x65: "cp866", 0x66: "cp866", 0xC8: "cp1250",
    0xC9: "cp1251",
}  # fmt: skip
"""What the byte of a table that names its language stands for."""
_PARTS = (".shp", ".shx", ".dbf", ".prj")
_GPKG_TABLES = ("gpkg_contents", "gpkg_geometry_columns", "gpkg_spatial_ref_sys")
_APPLICATION = slice(68, 72)  # of the header of SQLite


def read_rows(content: Content, found: str, kind: Kind, layer: str | None, remarks: Remarks) -> Iterator[Row]:
    """Yield the geometry, in lon, lat, and the plain columns of every feature of the one layer, or of the one chosen.

    ``found`` is the format that the first bytes told. Of several layers, the only one whose geometries are of the kind
    is taken, and the remarks name the others.

    Raises
    ------
    DataError
        The file is damaged, holds no such layer or several, or declares no reference system.
    """
    import pyogrio.raw

    path, data = content.path, prepare(content, found)
    encoding = _ENCODINGS.get(found)
    try:
        with (
            warnings.catch_warnings(action="ignore"),  # of what is dropped on purpose
            np.errstate(all="ignore"),
        ):
            layers = {str(name): str(of) for name, of in pyogrio.list_layers(data) if of is not None}
            if not layers:
                return
            name = _choose_layer(path, layers, kind, layer, remarks)
            about = pyogrio.read_info(data, layer=name, encoding=encoding)
            if about["driver"] != _DRIVERS[found]:
                raise _unreadable(path, found)
            meta, _, raw, columns = pyogrio.raw.read(
                data, layer=name, encoding=encoding, columns=_plain_columns(about), datetime_as_string=True
            )
            shapes = shapely.from_wkb(raw, on_invalid="ignore")
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError):
        raise _unreadable(path, found) from None
    except (pyogrio.errors.FeatureError, *BROKEN):
        raise DataError.of(path, "A layer of the file is damaged", "Save the file again.") from None
    crs = _find_crs(path, meta["crs"], shapes, remarks)
    decode = find_decoder(content) if encoding else None
    names = [decode(str(each)) if decode else str(each) for each in meta["fields"]]
    for shape, *values in zip(shapes, *columns, strict=True):
        plain = [
            decode(value) if decode and isinstance(value, str) else derive_plain(value) for value in values
        ]
        yield Row(bring(shape, crs), dict(zip(names, plain, strict=True)))


def _choose_layer(
    path: Path, layers: Mapping[str, str], kind: Kind, wanted: str | None, remarks: Remarks
) -> str:
    if wanted is not None:
        return packing.choose(path, wanted, {name: name for name in layers})
    if (ours := kind.find_layer(layers)) is not None:
        return ours
    able = [name for name, of in layers.items() if _fits(of, kind)]
    if len(layers) == 1 or len(able) == 1:
        chosen = able[0] if len(able) == 1 else next(iter(layers))
        others = [name for name in layers if name != chosen]
        if others:
            listed = ", ".join(repr(show(name[:40])) for name in others[:6])
            remarks.said.append(f"Read the layer {show(chosen[:40])!r}; left out {listed}.")
        return chosen
    what = f"The file holds {packing.list_layers('layers', able or list(layers))}"
    chosen = (able or list(layers))[0]
    raise DataError.of(
        path, what, f"Choose one with {kind.layer_option} {chosen[:40]!r}, or export it on its own."
    )


def _fits(of: str, kind: Kind) -> bool:
    """Ask whether a layer of this type of geometry, such as ``MultiPolygon Z``, can hold what is wanted."""
    base = of.split(" ")[0].removesuffix("Z").removesuffix("25D")
    return base in (
        *kind.geometries,
        "GeometryCollection",
        "Geometry",
        "Unknown",
        "MultiSurface",
        "CurvePolygon",
    )


def _find_crs(path: Path, declared: str | None, shapes: Any, remarks: Remarks) -> str:
    """Return the reference system of a layer; degrees near Ukraine that declare none count as WGS 84."""
    if declared is not None and transforms.is_known(declared):
        return declared
    lonlats = shapely.get_coordinates(shapes)
    if declared is None and len(lonlats) and axes.are_in_window(lonlats).all():
        remarks.said.append(
            "The file declares no coordinate reference system; its degrees were taken as WGS 84."
        )
        return areas.CRS
    remedy = "Save it again with one, WGS 84 (EPSG:4326) if in doubt; a Shapefile needs its .prj beside it."
    what = "The file declares no coordinate reference system"
    if declared is not None:
        what = f"The reference system {show(declared[:40])!r} of the file is not known"
    raise DataError.of(path, what, remedy)


def read_geopackage(content: Content) -> bytes:
    """Return the bytes of a GeoPackage at rest, in which GDAL meets nothing but plain tables.

    A view can be endless, and a virtual or computed column can name other files.

    Raises
    ------
    DataError
        The file is no GeoPackage, holds such a table, or is still open in another program.
    """
    path, data = content.path, content.data
    if formats.recognise(data).key != "gpkg":
        raise _unreadable(path, "gpkg")
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size:
        remedy = "Close it there, or export the layer again."
        raise DataError.of(path, "The file is open in another program, which still holds changes", remedy)
    header = bytearray(data[:100])
    header[18:20] = b"\1\1"  # in memory there is no log of changes beside it
    if not header[_APPLICATION].startswith(b"GP"):
        header[_APPLICATION] = b"GPKG"
    if header != data[:100]:  # which spares copying a large file
        data = bytes(header) + data[100:]
    try:
        with closing(sqlite3.connect(":memory:")) as database:
            database.deserialize(data)
            strange = _find_strange_table(database)
    except (sqlite3.Error, OSError, OverflowError, UnicodeError):
        raise _unreadable(path, "gpkg") from None
    if strange is not None:
        what = f"{strange[:60]!r} is not a plain table of a GeoPackage"
        raise DataError.of(path, what, "Export the layer again, as GeoPackage.")
    return data


def _find_strange_table(database: sqlite3.Connection) -> str | None:
    """Return the name of a table that is needed and is a view, virtual or computed; None if all is plain."""
    database.set_progress_handler(lambda: 1, 5_000_000)
    made = {
        str(name).lower(): (kind, str(sql))
        for kind, name, sql in database.execute("SELECT type, name, sql FROM sqlite_master LIMIT 10000")
        if kind in ("table", "view")
    }
    for name, (kind, sql) in made.items():
        words = sql.lower().split(None, 3)
        if kind == "view" and name.startswith(("gpkg_", "rtree_", "sqlite_")):
            return name
        if words[1:2] == ["virtual"] and "using rtree" not in sql.lower():
            return name
    if any(made.get(name, ("", ""))[0] != "table" for name in _GPKG_TABLES):
        return next(name for name in _GPKG_TABLES if made.get(name, ("", ""))[0] != "table")
    systems = database.execute("SELECT definition FROM gpkg_spatial_ref_sys LIMIT 10000").fetchall()
    if any("+init" in str(definition) for (definition,) in systems):
        return "gpkg_spatial_ref_sys"  # a reference system that is kept in another file
    listed = database.execute("SELECT table_name FROM gpkg_contents LIMIT 1000").fetchall()
    for name in [*_GPKG_TABLES, *(str(row[0]) for row in listed)]:
        columns = database.execute("SELECT hidden FROM pragma_table_xinfo(?)", (name,)).fetchall()
        if made.get(name.lower(), ("", ""))[0] != "table" or any(hidden for (hidden,) in columns):
            return name
    return None


def _unreadable(path: Path, found: str) -> DataError:
    remedy = "Save it again from the program it came from, as GeoPackage or GeoJSON."
    return DataError.of(path, f"The file is damaged: it cannot be read as {_DRIVERS[found]}", remedy)


def _plain_columns(about: dict[str, Any]) -> list[str]:
    """Return the columns of a layer that hold a text, a number or a day in each row, at most `limits.COLUMNS`."""
    pairs = zip(about["fields"], about["ogr_types"], strict=True)
    kinds = ("OFTString", "OFTInteger", "OFTInteger64", "OFTReal", "OFTDate", "OFTDateTime")
    return [str(name) for name, kind in pairs if kind in kinds][: limits.COLUMNS]


def find_decoder(content: Content) -> Callable[[str], str]:
    """Return what makes texts of the bytes of a Shapefile's table: UTF-8, or else the encoding that it declares.

    What a .cpg or the table itself declares is often untrue, so UTF-8 goes first, and Windows-1251 stands for none.
    """
    declared = content.sidecars.get(".cpg", b"").decode("ascii", "ignore").strip().lower()
    declared = (
        f"cp{declared}" if declared.isdigit() else declared.replace("ansi ", "cp").replace("oem ", "cp")
    )
    table = content.sidecars.get(".dbf", b"")
    if not declared or declared.replace("-", "") == "utf8":
        declared = _LANGUAGES.get(table[29], "cp1251") if len(table) > 29 else "cp1251"
    try:
        codecs.lookup(declared)
    except (LookupError, ValueError):
        declared = "cp1251"

    def decode(text: str) -> str:
        data = text.encode("latin-1", "replace")
        for cut in range(3):  # a text that the table's width cuts off may end within a letter
            try:
                return data[: len(data) - cut].decode()
            except UnicodeDecodeError as error:
                if error.reason != "unexpected end of data":
                    break
        try:
            return data.decode(declared, "replace")
        except (LookupError, ValueError):  # a codec that makes no text
            return data.decode("cp1251", "replace")

    return decode


def prepare(content: Content, found: str) -> bytes:
    """Return the bytes that GDAL is given: a Shapefile packed with its parts, a GeoPackage at rest and checked."""
    if found == "gpkg":
        return read_geopackage(content)
    data = content.data
    if any(b"+init" in part for part in (data, *content.sidecars.values())):
        raise _unreadable(content.path, found)  # a reference system that is kept in another file
    if found == "shp":
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for part, held in {**content.sidecars, ".shp": data}.items():
                if part in _PARTS:
                    archive.writestr(f"layer{part}", held)
        return packed.getvalue()
    return data
