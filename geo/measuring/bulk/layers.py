"""The points of a map file become Arrow tables: GeoJSON, TopoJSON, KML, GPX, GeoPackage, Shapefile, FlatGeobuf.

GDAL reads the last three. It is given the bytes that were checked, never a name: another file could take that.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import shapely

from geo.errors import DataError
from geo.files import document, formats, gpx, kml, limits, packing, topojson, vectors
from geo.files.document import Content
from geo.files.features import GEOMETRIES
from geo.measuring.bulk.delimited import describe_error
from geo.measuring.bulk.positions import validate_crs

_DRIVERS = {"gpkg": "GPKG", "shp": "ESRI Shapefile", "fgb": "FlatGeobuf"}
_ROWS = 65_536  # of a batch
_WGS84 = "OGC:CRS84"
KEYS = ("json", "kml", "gpx", *_DRIVERS)
"""The formats read here, as `geo.files.formats` calls them."""

Properties = Mapping[str, Any]


def read_batches(content: Content, layer: str | None) -> Iterator[Any]:
    """Yield record batches of a layer's columns and geometry, described as GeoParquet describes it.

    Raises
    ------
    DataError
        The file is damaged or no map, holds several layers to choose from, or is in an unknown reference system.
    """
    content, layer = packing.unpack(content, layer)
    found = formats.recognise(content.data)
    if found.key in _DRIVERS:
        yield from _read_layer(content, found.key, layer)
    elif found.key == "json":
        yield from _build_batches(content.path, *_read_json(content, layer))
    elif found.key == "kml":
        yield from _build_batches(content.path, _read_kml(content, layer))
    elif found.key == "gpx":
        yield from _build_batches(content.path, _read_gpx(content))
    else:
        raise formats.refuse(content.path, found, "a file of points")


def _read_layer(content: Content, key: str, layer: str | None) -> Iterator[Any]:
    import pyogrio

    path = content.path
    data = vectors.prepare(content, key)
    # GDAL's own way to make Arrow of FlatGeobuf takes features without a geometry for others
    pyogrio.set_gdal_config_options({"OGR_FLATGEOBUF_STREAM_BASE_IMPL": "YES"})
    try:
        with warnings.catch_warnings(action="ignore"):  # of what GDAL mends: what it cannot is an error
            layers = [str(name) for name, kind in pyogrio.list_layers(data) if kind is not None]
            if layer is not None:
                layers = [packing.choose(path, layer, {name: name for name in layers})]
            if len(layers) != 1:
                what = (
                    f"The file holds {packing.list_layers('layers', layers)}"
                    if layers
                    else "It holds no layer"
                )
                raise DataError.of(path, what, "Choose the one of points with --layer.")
            encoding = "ISO-8859-1" if key == "shp" else None
            about = pyogrio.read_info(data, layer=layers[0], encoding=encoding)
            if about["driver"] != _DRIVERS[key]:
                raise DataError.of(path, "The file is damaged", "Save it again.")
            with pyogrio.raw.open_arrow(data, layer=layers[0], batch_size=_ROWS, encoding=encoding) as (
                meta,
                stream,
            ):
                reader = pa.RecordBatchReader.from_stream(stream)
                validate_crs(path, meta["crs"])
                described = _describe(meta["geometry_name"] or "wkb_geometry", meta["crs"])
                for batch in reader:
                    batch = _decode_texts(batch, content) if key == "shp" else batch
                    yield batch.replace_schema_metadata(described)
    except (RuntimeError, ValueError, OSError, pa.ArrowException) as error:
        what = f"The file cannot be read ({describe_error(error)})"
        raise DataError.of(path, what, "Save it again.") from None


def _describe(column: str, crs: str) -> dict[str, str]:
    described = {"encoding": "WKB", "geometry_types": [], "crs": crs}
    return {"geo": json.dumps({"version": "1.1.0", "primary_column": column, "columns": {column: described}})}


def _decode_texts(batch: Any, content: Content) -> Any:
    """Return a batch of a Shapefile whose texts were read byte for byte."""
    decode = vectors.find_decoder(content)
    columns = [
        pa.array([None if cell is None else decode(cell) for cell in column.to_pylist()], pa.string())
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type)
        else column
        for column in batch.columns
    ]
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def _read_json(content: Content, layer: str | None) -> tuple[Iterator[tuple[Any, Properties]], str]:
    """Return the features of GeoJSON or TopoJSON, and their reference system."""
    parsed = document.parse_document(content)
    value, path = parsed.value, content.path
    if isinstance(value, dict) and value.get("type") == "Topology":
        value = topojson.read_collection(value, str(path), layer)
    values = value if parsed.is_sequence else [value]
    crs = next((found for each in values if (found := _read_crs(each))), None)
    if crs is not None:
        validate_crs(path, crs)
    return (pair for each in values for pair in _walk_json(each, path)), crs or _WGS84


def _read_crs(value: Any) -> str | None:
    try:
        return str(value["crs"]["properties"]["name"])
    except (KeyError, TypeError):
        return None


def _walk_json(value: Any, path: Path) -> Iterator[tuple[Any, Properties]]:
    """Yield the geometry and the properties of every feature in a collection, a feature or a bare geometry."""
    kind = value.get("type") if isinstance(value, dict) else None
    if kind == "FeatureCollection" and isinstance(value.get("features"), list):
        for feature in value["features"]:
            yield from _walk_json(feature, path)
    elif kind == "Feature":
        properties = value.get("properties")
        own = {"id": value["id"]} if "id" in value else {}
        yield value.get("geometry"), own | (properties if isinstance(properties, dict) else {})
    elif isinstance(kind, str) and kind in GEOMETRIES:
        yield value, {}
    elif isinstance(value, dict) and kind is None and any(map(_is_collection, value.values())):
        yield from _walk_json(next(each for each in value.values() if _is_collection(each)), path)
    else:
        raise DataError.of(path, "The JSON is no GeoJSON", "Save the points as GeoJSON, with geometries.")


def _is_collection(value: Any) -> bool:
    return isinstance(value, dict) and value.get("type") == "FeatureCollection"


def _read_kml(content: Content, layer: str | None) -> Iterator[tuple[Any, Properties]]:
    try:
        rows = list(kml.read_rows(content.data))
    except ValueError:
        remedy = "Save it again from the program it came from."
        raise DataError.of(content.path, "The KML file cannot be read", remedy) from None
    if not rows:
        kml.refuse_link(content.data, content.path)
    if layer is not None:
        chosen = packing.choose(content.path, layer, {row.layer: row.layer for row in rows if row.layer})
        rows = [row for row in rows if row.layer == chosen]
    return ((row.shape, row.columns) for row in rows)


def _read_gpx(content: Content) -> Iterator[tuple[Any, Properties]]:
    """Yield the waypoints of a GPX file; a track or a route is no list of places."""
    try:
        rows = list(gpx.read_rows(content.data))
    except ValueError:
        raise DataError.of(content.path, "The GPX file cannot be read", "Save it again.") from None
    return ((row.shape, row.columns) for row in rows if row.shape is None or row.shape.geom_type == "Point")


def _build_batches(path: Path, pairs: Iterator[tuple[Any, Properties]], crs: str = _WGS84) -> Iterator[Any]:
    """Yield one batch of all features: their properties as columns, in the order of their first appearance."""
    shapes, rows = [], []
    for geometry, properties in pairs:
        shapes.append(geometry if isinstance(geometry, shapely.Geometry) else _build_shape(geometry))
        rows.append(properties)
    if not rows:
        return
    names = list(dict.fromkeys(str(name) for row in rows for name in row))
    if len(names) > limits.COLUMNS * 10:
        what = f"The features have more than {limits.COLUMNS * 10:,} different properties"
        raise DataError.of(path, what, "Take out those that are not needed, or save the points as CSV.")
    column = next(name for name in ("geometry", "geometry_", "geometry__") if name not in names)
    arrays = [_build_column([row.get(name) for row in rows]) for name in names]
    wkb = [None if shape is None else shapely.to_wkb(shape) if shape else b"?" for shape in shapes]
    batch = pa.RecordBatch.from_arrays(
        [*arrays, pa.array(wkb, pa.binary())], names=[*map(_mend, names), column]
    )
    yield batch.replace_schema_metadata(_describe(column, crs))


def _build_shape(geometry: Any) -> Any:
    """Return a geometry of GeoJSON; None where there is none, and False where it cannot be read."""
    if geometry is None:
        return None
    try:
        kind, coordinates = geometry["type"], geometry.get("coordinates")
        if kind == "Point":
            return shapely.Point([float(each) for each in coordinates[:2]] if coordinates else None)
        if kind == "MultiPoint":
            return shapely.MultiPoint([[float(each) for each in at[:2]] for at in coordinates])
        if kind == "GeometryCollection":
            parts = map(_build_shape, geometry["geometries"])
            return shapely.GeometryCollection([part for part in parts if part])
        return shapely.geometry.shape(geometry)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, shapely.errors.ShapelyError):
        return False


def _build_column(values: list[Any]) -> Any:
    """Return values as numbers, truths or texts; as texts where they are of several kinds, lists as JSON."""
    kinds = {type(value) for value in values if value is not None}
    if kinds <= {bool}:
        return pa.array(values)
    if kinds <= {int, float}:
        try:
            return pa.array(values, pa.int64() if kinds == {int} else pa.float64())
        except (pa.ArrowException, OverflowError):
            pass
    texts = [
        value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for value in values
    ]
    return pa.array([None if text is None else _mend(text) for text in texts], pa.string())


def _mend(text: str) -> str:
    """Return a text without halves of letters, which JSON can escape and UTF-8 cannot write."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
