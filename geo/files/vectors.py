"""A GeoPackage, Shapefile, KML or FlatGeobuf becomes the same checked features that a GeoJSON file does.

GDAL chooses its driver by what a file holds, and some drivers open other files and addresses. So it is given bytes,
never a name, and only after they were recognised as the format that the file's ending promises.
"""

from __future__ import annotations

import io
import re
import sqlite3
import warnings
import zipfile
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import DataError, Problem
from geo.files import fields, geojson, geometries, kml, limits
from geo.files.document import Content
from geo.geodesy import transforms, validity

SUFFIXES = (".gpkg", ".shp", ".zip", ".kml", ".kmz", ".fgb")
"""The endings of the formats read here, beside GeoJSON."""

_DRIVERS = {".gpkg": "GPKG", ".shp": "ESRI Shapefile", ".fgb": "FlatGeobuf"}
_FIRST_BYTES = {".gpkg": b"SQLite format 3\0", ".shp": b"\x00\x00\x27\x0a", ".fgb": b"fgb\x03"}
_ENCODINGS = {".shp": "ISO-8859-1"}
"""Texts of a Shapefile are read byte for byte, because what its .cpg says of them is often untrue."""
_BROKEN = (RuntimeError, ValueError, OverflowError, shapely.errors.GEOSException)
_PICTURE = re.compile(rb"<(?:\w+:)?GroundOverlay[\s>]")
"""A picture laid on the globe; its frame is no area."""
_PARTS = (".shp", ".shx", ".dbf", ".prj")
_GPKG_TABLES = ("gpkg_contents", "gpkg_geometry_columns", "gpkg_spatial_ref_sys")
_APPLICATION = slice(68, 72)  # of the header of SQLite


def is_vector_file(path: Path) -> bool:
    """Ask whether a file's ending is that of a format read here."""
    return path.suffix.lower() in SUFFIXES


def parse_collection(content: Content, kind: geojson.Kind, layer: str | None = None) -> geojson.Collection:
    """Parse every line and area of a file, brought to lon, lat degrees from whatever reference system it declares.

    Altitudes and measures are dropped, and rings that cross are made valid where ``kind`` says so. ``properties``
    hold the ``columns`` of the kind that the file has. ``layer`` chooses one of several layers, a Shapefile of an
    archive, or a folder of a KML file. What only spoils a part is in ``problems``.

    Raises
    ------
    DataError
        The file is not of the format that its ending promises, holds no layer of lines or areas, or several to
        choose from.
    """
    path, suffix, read = content.path, content.path.suffix.lower(), content
    if suffix in (".zip", ".kmz"):
        suffix, read = _unpack(content, layer)
        layer = layer if suffix == ".kml" else None
    if suffix == ".geojson":
        return replace(geojson.parse_collection(read, kind), sha256=content.sha256)
    rows = _read_kml(read, layer) if suffix == ".kml" else _read_rows(read, suffix, kind.columns, layer)
    problems: list[Problem] = []
    left_out: Counter[str] = Counter()
    if suffix == ".kml" and (pictures := len(_PICTURE.findall(read.data))):
        left_out["Picture"] = pictures
    built = (_build_feature(index, row, kind, problems, left_out) for index, row in enumerate(rows))
    features = geojson.keep_within(filter(None, built), kind, problems, left_out)
    return geojson.Collection(str(path), content.sha256, {}, features, tuple(problems), left_out)


def read_geopackage(content: Content) -> bytes:
    """Return the bytes of a GeoPackage at rest, in which GDAL meets nothing but plain tables.

    A view can be endless, and a virtual or computed column can name other files.

    Raises
    ------
    DataError
        The file is no GeoPackage, holds such a table, or is still open in another program.
    """
    path, data = content.path, content.data
    _validate_first_bytes(path, data, ".gpkg")
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
        raise _unreadable(path) from None
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


def _validate_first_bytes(path: Path, data: bytes, suffix: str) -> None:
    if not data.startswith(_FIRST_BYTES[suffix]):
        raise _unreadable(path)


def _unreadable(path: Path) -> DataError:
    remedy = "Save it again from the program it came from, as GeoPackage or GeoJSON."
    return DataError.of(path, f"The file cannot be read as {path.suffix.lower()}", remedy)


def _unpack(content: Content, layer: str | None) -> tuple[str, Content]:
    """Return the ending and the content of the one map in an archive, or of the one that is called like a layer."""
    path, is_kmz = content.path, content.path.suffix.lower() == ".kmz"
    try:
        with zipfile.ZipFile(io.BytesIO(content.data)) as archive:
            entries = {entry.filename: entry for entry in archive.infolist()}
            if sum(entry.file_size for entry in entries.values()) > limits.UNPACKED_BYTES:
                what = f"The archive unpacks to more than {limits.UNPACKED_BYTES / 1e6:.0f} MB"
                raise DataError.of(path, what, "Pack the layer of the front alone.")
            inside = [name for name in entries if _is_map(name, is_kmz)]
            if is_kmz:
                inside = inside[:1]  # the first one is the document, as KML has it
            elif len(inside) > 1 and layer is not None:
                inside = [_choose(path, layer, {Path(name).stem: name for name in inside})]
            if len(inside) != 1:
                what = "no map" if is_kmz else "no Shapefile" if not inside else _list_layers("maps", inside)
                remedy = "Pack one Shapefile (.shp, .shx, .dbf, .prj) into it."
                chosen = f"Choose one with --layer {Path(inside[0]).stem[:40]}. " if inside else ""
                raise DataError.of(path, f"The archive holds {what}", chosen + remedy)
            stem, _, ending = inside[0].rpartition(".")
            beside = {name[len(stem) :].lower(): name for name in entries if name.rpartition(".")[0] == stem}
            wanted = _PARTS if ending.lower() == "shp" else ()
            parts = {part: archive.read(beside[part]) for part in wanted if part in beside}
            found = Content(path, archive.read(inside[0]), parts)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, EOFError, KeyError):
        raise DataError.of(
            path, "This is not a zip archive that can be opened", "Pack the map again, without a password."
        ) from None
    return f".{ending.lower()}", found


def _is_map(name: str, is_kmz: bool) -> bool:
    endings = (".kml",) if is_kmz else (".shp", ".geojson")
    return name.lower().endswith(endings) and not name.startswith("__MACOSX")


def _list_layers(noun: str, names: Collection[str]) -> str:
    listed = ", ".join(repr(name[:40]) for name in list(names)[:6])
    return f"{len(names)} {noun}: {listed}{', …' if len(names) > 6 else ''}"


def _choose(path: Path, wanted: str, layers: Mapping[str, str]) -> str:
    """Return what goes by the name of the layer wanted, in any case."""
    for name, value in layers.items():
        if name.casefold() == wanted.strip().casefold():
            return value
    what, hint = fields.describe_unknown("layer", wanted, list(layers))
    raise DataError.of(path, what, hint if layers else "Leave --layer out.")


def _read_kml(content: Content, layer: str | None) -> list[kml.Row]:
    try:
        rows = list(kml.read_rows(content.data))
    except ValueError:
        raise _unreadable(content.path) from None
    if layer is None:
        return rows
    folders = {row.layer: row.layer for row in rows if row.layer}
    chosen = _choose(content.path, layer, folders)
    return [row._replace(is_hidden=False) for row in rows if row.layer == chosen]


def _read_rows(
    content: Content, suffix: str, wanted: tuple[str, ...] | None, layer: str | None
) -> Iterator[kml.Row]:
    """Yield the geometry, in lon, lat, and the wanted columns of every feature of the one layer, or the one chosen."""
    import pyogrio.raw

    path, data = content.path, _prepare(content, suffix)
    try:
        with (
            warnings.catch_warnings(action="ignore"),
            np.errstate(all="ignore"),
        ):  # of what is dropped on purpose
            layers = [str(name) for name, kind in pyogrio.list_layers(data) if kind is not None]
            if not layers:
                return
            if layer is not None:
                layers = [_choose(path, layer, {name: name for name in layers})]
            if len(layers) > 1:
                what = f"The file holds {_list_layers('layers', layers)}"
                remedy = f"Choose one with --layer {layers[0][:40]!r}, or export it on its own."
                raise DataError.of(path, what, remedy)
            about = pyogrio.read_info(data, layer=layers[0], encoding=_ENCODINGS.get(suffix))
            if about["driver"] != _DRIVERS[suffix]:
                raise _unreadable(path)
            has = [name for name in _plain_columns(about) if wanted is None or name.lower() in wanted]
            meta, _, raw, columns = pyogrio.raw.read(
                data, layer=layers[0], encoding=_ENCODINGS.get(suffix), columns=has, datetime_as_string=True
            )
            shapes = shapely.from_wkb(raw, on_invalid="ignore")
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError):
        raise _unreadable(path) from None
    except (pyogrio.errors.FeatureError, *_BROKEN):
        raise DataError.of(path, f"The layer {layers[0][:40]!r} is damaged", "Save the file again.") from None
    if meta["crs"] is None or not transforms.is_known(meta["crs"]):
        remedy = (
            "Save it again with one, WGS 84 (EPSG:4326) if in doubt; a Shapefile needs its .prj beside it."
        )
        raise DataError.of(path, "The file declares no coordinate reference system", remedy)
    names = [name.lower() for name in meta["fields"]]
    for shape, *values in zip(shapes, *columns, strict=True):
        plain = [_plain(value, is_bytes=suffix in _ENCODINGS) for value in values]
        yield kml.Row(_bring(shape, meta["crs"]), dict(zip(names, plain, strict=True)))


def _plain_columns(about: dict[str, Any]) -> list[str]:
    """Return the columns of a layer that hold a text, a number or a day in each row, at most `limits.COLUMNS`."""
    pairs = zip(about["fields"], about["ogr_types"], strict=True)
    kinds = ("OFTString", "OFTInteger", "OFTInteger64", "OFTReal", "OFTDate", "OFTDateTime")
    return [str(name) for name, kind in pairs if kind in kinds][: limits.COLUMNS]


def _plain(value: Any, *, is_bytes: bool) -> Any:
    """Return a cell as a plain value; a text that was read byte for byte is UTF-8, or else Windows-1251."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and value != value:
        return None
    if not is_bytes or not isinstance(value, str):
        return value
    data = value.encode("latin-1", "replace")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1251", "replace")


def _prepare(content: Content, suffix: str) -> bytes:
    """Return the bytes that GDAL is given: a Shapefile packed with its parts, a GeoPackage at rest and checked."""
    if suffix == ".gpkg":
        return read_geopackage(content)
    data = content.data
    _validate_first_bytes(content.path, data, suffix)
    if any(b"+init" in part for part in (data, *content.sidecars.values())):
        raise _unreadable(content.path)  # a reference system that is kept in another file
    if suffix == ".shp":
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for part, held in {**content.sidecars, ".shp": data}.items():
                if part in _PARTS:
                    archive.writestr(f"layer{part}", held)
        return packed.getvalue()
    return data


def _bring(shape: BaseGeometry | None, crs: str) -> BaseGeometry | None:
    if shape is None or shape.is_empty:
        return None
    try:
        return transforms.to_lonlat(shapely.force_2d(shape), crs)
    except _BROKEN:
        return None


def _build_feature(
    index: int, row: kml.Row, kind: geojson.Kind, problems: list[Problem], left_out: Counter[str]
) -> geojson.Feature | None:
    """Return a feature; None where all of it stands aside in files of this kind, as labels do."""
    noted = len(problems)
    flat = [] if row.shape is None else list(_flatten(row.shape))
    parts = [part for part in flat if part.geom_type not in kind.asides]
    left_out += Counter(part.geom_type for part in flat if part.geom_type in kind.asides)
    if flat and not parts:
        return None
    if not parts:
        problems.append(Problem("The geometry is empty", "Draw one, or take the feature out.", index))
    for what, remedy in _find_faults(parts, kind):
        problems.append(Problem(what, remedy, index))
    shape: geometries.Shape | None = None
    if len(problems) == noted and parts[0].geom_type == "LineString":
        shape = shapely.multilinestrings(parts)
    elif len(problems) == noted:
        area = shapely.multipolygons(parts)
        shape = validity.repair_area(area) if kind.repair else area
    return geojson.Feature(index, None, row.columns, shape, row.layer, row.is_hidden)


def _flatten(shape: BaseGeometry) -> Iterator[BaseGeometry]:
    """Yield the simple parts of a geometry; KML nests collections in collections."""
    for part in shapely.get_parts(shape):
        if hasattr(part, "geoms"):
            yield from _flatten(part)
        else:
            yield part


def _find_faults(parts: list[BaseGeometry], kind: geojson.Kind) -> Iterator[tuple[str, str]]:
    names = {part.geom_type.replace("LinearRing", "LineString") for part in parts}
    if strange := names - set(kind.geometries):
        yield (
            f"The geometry is a {min(strange)}, and a {kind.noun} is a {' or '.join(kind.geometries)}",
            kind.remedy,
        )
    if len(names) > 1:
        yield "The geometry mixes lines and areas", "Keep the one that is the front."
    faults: list[tuple[str, str]] = []
    geometries.check_positions(parts, lambda *fault: faults.append(fault))
    yield from faults
