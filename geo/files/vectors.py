"""A GeoPackage, Shapefile, KML or FlatGeobuf becomes the same checked features that a GeoJSON file does."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import DataError, Problem
from geo.files import document, geojson, geometries
from geo.geodesy import transforms

SUFFIXES = (".gpkg", ".shp", ".zip", ".kml", ".kmz", ".fgb")
"""The endings of the formats read here, beside GeoJSON."""

_MANY_LAYERS = (".kml", ".kmz")  # here a layer is only a folder of the drawing program
_UNPACKED_BYTES = 500_000_000


def is_vector_file(path: Path) -> bool:
    """Ask whether a file's ending is that of a format read here."""
    return path.suffix.lower() in SUFFIXES


def read_collection(path: Path, kind: geojson.Kind) -> geojson.Collection:
    """Read every line and area of a file, brought to lon, lat degrees from whatever reference system it declares.

    Altitudes and measures are dropped, and rings that cross are made valid where ``kind`` says so. ``properties``
    hold the ``columns`` of the kind that the file has. What only spoils a part is in ``problems``.

    Raises
    ------
    DataError
        The file cannot be read, holds no layer of lines or areas, or several to choose from.
    """
    sha256 = document.hash_file(path, max_bytes=kind.max_bytes)
    source = _find_source(path)
    problems: list[Problem] = []
    rows = [
        row for layer in _list_layers(path, source) for row in _read_layer(path, source, layer, kind.columns)
    ]
    if not rows:
        problems.append(
            Problem("The file holds no features", f"Draw at least one {kind.noun} and save again.")
        )
    features = tuple(_build_feature(index, *row, kind, problems) for index, row in enumerate(rows))
    problems += geojson.check_size(features, kind)
    return geojson.Collection(str(path), sha256, {}, features, tuple(problems))


def _find_source(path: Path) -> str:
    """Return what GDAL is asked to open: the file, or the one map inside of a zip archive."""
    if path.suffix.lower() != ".zip":
        return str(path)
    try:
        with zipfile.ZipFile(path) as archive:
            inside = [entry for entry in archive.infolist() if _is_map(entry.filename)]
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError):
        raise DataError.of(
            path, "This is not a zip archive that can be opened", "Pack the Shapefile again."
        ) from None
    if unpacked > _UNPACKED_BYTES:
        raise DataError.of(
            path, "The archive unpacks to more than 500 MB", "Pack the layer of the front alone."
        )
    if len(inside) != 1:
        what = "no Shapefile" if not inside else f"{len(inside)} maps"
        raise DataError.of(
            path, f"The archive holds {what}", "Pack one Shapefile (.shp, .shx, .dbf, .prj) into it."
        )
    return f"/vsizip/{{{path}}}/{inside[0].filename}"


def _is_map(name: str) -> bool:
    return name.lower().endswith((".shp", ".geojson")) and not name.startswith("__MACOSX")


def _list_layers(path: Path, source: str) -> list[str]:
    """Return the layers to read: those that can hold lines or areas."""
    import pyogrio

    try:
        with warnings.catch_warnings(action="ignore"):
            layers = [str(name) for name, kind in pyogrio.list_layers(source) if kind is not None]
    except (pyogrio.errors.DataSourceError, RuntimeError, UnicodeError):
        remedy = "Save it again from the program it came from, as GeoPackage or GeoJSON."
        raise DataError.of(path, f"The file cannot be read as {path.suffix.lower()}", remedy) from None
    if len(layers) > 1 and path.suffix.lower() not in _MANY_LAYERS:
        names = ", ".join(repr(name[:40]) for name in layers[:6])
        raise DataError.of(
            path, f"The file holds {len(layers)} layers: {names}", "Export the front's layer on its own."
        )
    return layers


def _read_layer(
    path: Path, source: str, layer: str, wanted: tuple[str, ...]
) -> list[tuple[BaseGeometry | None, dict[str, Any]]]:
    """Return the geometry, in lon, lat, and the wanted columns of every feature of a layer."""
    import pyogrio.raw

    try:
        with warnings.catch_warnings(action="ignore"):  # of measures dropped and odd rings: both are meant
            has = [
                name for name in pyogrio.read_info(source, layer=layer)["fields"] if name.lower() in wanted
            ]
            meta, _, raw, columns = pyogrio.raw.read(
                source, layer=layer, columns=has, datetime_as_string=True
            )
    except (
        pyogrio.errors.DataSourceError,
        pyogrio.errors.DataLayerError,
        pyogrio.errors.FeatureError,
        RuntimeError,
    ):
        raise DataError.of(path, f"The layer {layer[:40]!r} is damaged", "Save the file again.") from None
    crs = meta["crs"]
    if crs is None or not transforms.is_known(crs):
        remedy = (
            "Save it again with one, WGS 84 (EPSG:4326) if in doubt; a Shapefile needs its .prj beside it."
        )
        raise DataError.of(path, "The file declares no coordinate reference system", remedy)
    shapes = [_bring(item, crs) for item in shapely.from_wkb(raw, on_invalid="ignore")]
    names = [name.lower() for name in meta["fields"]]
    return [
        (shape, dict(zip(names, values, strict=True)))
        for shape, *values in zip(shapes, *columns, strict=True)
    ]


def _bring(shape: BaseGeometry | None, crs: str) -> BaseGeometry | None:
    if shape is None or shape.is_empty:
        return None
    return transforms.to_lonlat(shapely.force_2d(shape), crs)


def _build_feature(
    index: int,
    shape: BaseGeometry | None,
    properties: dict[str, Any],
    kind: geojson.Kind,
    problems: list[Problem],
) -> geojson.Feature:
    noted = len(problems)
    parts = [] if shape is None else list(_flatten(shape))
    if not parts:
        problems.append(Problem("The geometry is empty", "Draw one, or take the feature out.", index))
    for what, remedy in _find_faults(parts, kind):
        problems.append(Problem(what, remedy, index))
    if len(problems) > noted:
        return geojson.Feature(index, None, properties, None)
    if parts[0].geom_type == "LineString":
        return geojson.Feature(index, None, properties, shapely.multilinestrings(parts))
    area = shapely.multipolygons(parts)
    return geojson.Feature(index, None, properties, geometries.repair_area(area) if kind.repair else area)


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
