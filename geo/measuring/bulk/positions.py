"""A table of points becomes lon, lat in degrees, from a geometry as GeoParquet describes it or from two columns."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from numpy.typing import NDArray

from geo.errors import DataError
from geo.files import axes
from geo.geodesy import transforms
from geo.geodesy.ellipsoid import Floats

LON_NAMES, LAT_NAMES = ("lon", "longitude", "lng"), ("lat", "latitude")
"""What the columns of a table without geometry are called, in any case."""

UNREADABLE = b"geo-scenarios:unreadable"
"""The key of a table's metadata that says how many of its rows hold no position that can be read, and which first."""

NOTHING = ("", "NaN", "nan", "NA", "N/A", "NULL", "null", "None")
"""Texts that stand for no number."""

REMEDY = "Write degrees with a point, as in 30.52; leave both cells empty where there is no position."

_NUMBER = r"^[ \t]*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,4})?[ \t]*$"
_WKB_POINT = 21  # bytes: order, type, two doubles
_LITTLE_ENDIAN_POINT = (1, 1, 0, 0, 0)
_SHOWN = 40  # letters of a cell or a name in a message

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Positions:
    """Where the points of a table lie.

    ``lonlats`` has shape (n, 2), lon and lat in degrees, NaN in rows without a position. ``located`` marks the
    rows with one, ``unreadable`` those that hold something that is no position. ``geometry`` names the column that they
    came from, None for two columns.
    """

    lonlats: Floats
    located: Flags
    unreadable: Flags
    geometry: str | None = None


def read_positions(table: Any, file: str, first: int) -> Positions:
    """Read the positions of an Arrow table; ``file`` and the number of its ``first`` row are for messages.

    Raises
    ------
    DataError
        There are no positions, they are in another coordinate system, out of range, or swapped.
    """
    geometry = _find_geometry(table, file)
    if geometry is not None:
        lonlats, unreadable = _decode_points(table[geometry], file, first)
    else:
        columns = find_columns(table.column_names, file)
        (lon, bad_lon), (lat, bad_lat) = (read_degrees(table[name], file, name) for name in columns)
        lonlats, unreadable = np.column_stack([lon, lat]), bad_lon | bad_lat
        lonlats[unreadable] = np.nan
    located = ~(np.isnan(lonlats[:, 0]) | np.isnan(lonlats[:, 1]))
    if located.any():
        _validate(lonlats, located, file, first)
    return Positions(lonlats, located, unreadable, geometry)


def note_unreadable(table: Any, unreadable: Flags, file: str, first: int) -> Any:
    """Return a table whose metadata say how many rows hold no position that can be read, and which is the first."""
    note = [int(unreadable.sum()), f"row {first + int(unreadable.argmax()):,} of {file}"]
    return table.replace_schema_metadata({**(table.schema.metadata or {}), UNREADABLE: json.dumps(note)})


def find_columns(names: Sequence[str], file: object) -> tuple[str, str]:
    """Return what the columns of longitude and latitude are called.

    Raises
    ------
    DataError
        There are no such columns, or one of them stands twice.
    """
    folded = {name.strip().lstrip("\ufeff").lower(): name for name in reversed(names)}
    lon = next((folded[name] for name in LON_NAMES if name in folded), None)
    lat = next((folded[name] for name in LAT_NAMES if name in folded), None)
    if lon is None or lat is None:
        shown = ", ".join(map(quote, names[:12]))
        what = f"There are no columns of longitude and latitude among {shown}"
        raise DataError.of(file, what, "Call them lon and lat, in degrees.")
    for name in (lon, lat):
        _validate_single(names, name, file)
    return lon, lat


def read_degrees(column: Any, file: str, name: str) -> tuple[Floats, Flags]:
    """Return a column's numbers, NaN where there is none, and which rows hold something else than a number.

    Raises
    ------
    DataError
        The column can hold no numbers.
    """
    try:
        values: Floats = column.cast(pa.float64()).to_numpy()
        return values, np.zeros(len(values), bool)
    except pa.ArrowException:
        if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
            what = f"The column {quote(name)} holds {column.type}, no numbers"
            raise DataError.of(file, what, REMEDY) from None
    is_number = pc.match_substring_regex(column, _NUMBER)
    is_nothing = pc.is_in(column, pa.array(NOTHING, column.type))
    numbers = pc.ascii_trim_whitespace(pc.if_else(is_number, column, None)).cast(pa.float64())
    unreadable = pc.invert(pc.or_kleene(pc.fill_null(is_number, True), is_nothing))
    return numbers.to_numpy(), unreadable.to_numpy()


def validate_crs(file: object, name: str | None) -> None:
    """Raise `DataError` unless a coordinate system's name or definition is WGS 84 longitude and latitude."""
    if name is None or not transforms.is_lonlat(name):
        raise DataError.of(
            file,
            f"The points are in {quote(name)[1:-1] if name else 'an unnamed coordinate system'}, not in WGS 84 "
            "longitude and latitude",
            "Export the layer again with the coordinate reference system WGS 84 (EPSG:4326).",
        )


def quote(text: str) -> str:
    """Return a text from a file in quotation marks, cut to a readable length."""
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")


def _validate_single(names: Sequence[str], name: str, file: object) -> None:
    if list(names).count(name) > 1:
        raise DataError.of(file, f"The column {quote(name)} stands twice", "Rename one of the two.")


def _find_geometry(table: Any, file: str) -> str | None:
    """Return the name of the geometry column that GeoParquet's metadata give, or None for plain columns."""
    metadata = table.schema.metadata or {}
    if b"geo" not in metadata:
        return None
    try:
        geo = json.loads(metadata[b"geo"])
        name = str(geo["primary_column"])
        column = geo["columns"][name]
        encoding, crs = str(column.get("encoding")), column.get("crs", "OGC:CRS84")  # which its absence means
        if crs is not None and not isinstance(crs, str):
            identity = crs.get("id") or {}
            crs = f"{identity.get('authority')}:{identity.get('code')}" if identity else None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        name = encoding = ""
    if name not in table.column_names:
        try:
            find_columns(table.column_names, file)
        except DataError:
            what = "Its GeoParquet metadata describe no geometry column that is there"
            raise DataError.of(
                file, what, "Write the file again, as GeoParquet or with lon and lat."
            ) from None
        return None
    _validate_single(table.column_names, name, file)
    if encoding != "WKB":
        raise DataError.of(file, f"The geometry is encoded as {quote(encoding)[1:-1]}", "Write it as WKB.")
    validate_crs(file, crs)
    return name


def _decode_points(column: Any, file: str, first: int) -> tuple[Floats, Flags]:
    """Return lon, lat of points in WKB; little-endian two-dimensional points, the usual case, in one step."""
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    array = pa.concat_arrays(array.chunks) if isinstance(array, pa.ChunkedArray) else array
    if not (pa.types.is_binary(array.type) or pa.types.is_large_binary(array.type)):
        raise DataError.of(file, f"The geometry column holds {array.type}, no WKB", "Write it as WKB.")
    array = array.cast(pa.large_binary())
    if array.null_count == 0 and len(array):
        offsets = np.frombuffer(array.buffers()[1], np.int64)[array.offset : array.offset + len(array) + 1]
        if (np.diff(offsets) == _WKB_POINT).all():
            data = np.frombuffer(array.buffers()[2], np.uint8)[offsets[0] : offsets[-1]].reshape(
                -1, _WKB_POINT
            )
            if (data[:, :5] == _LITTLE_ENDIAN_POINT).all():
                return np.ascontiguousarray(data[:, 5:]).view("<f8"), np.zeros(len(array), bool)
    shapes = shapely.from_wkb(array.to_numpy(zero_copy_only=False), on_invalid="ignore")
    is_point = np.isin(shapely.get_type_id(shapes), (-1, 0))
    if not is_point.all():
        what = f"The layer holds something else than points, first in row {first + int(is_point.argmin()):,}"
        raise DataError.of(file, what, "Take its centroids, or save only points.")
    unreadable = shapely.is_missing(shapes) & array.is_valid().to_numpy(zero_copy_only=False)
    shapes[shapely.is_empty(shapes)] = None
    return np.column_stack([shapely.get_x(shapes), shapely.get_y(shapes)]), unreadable


def _validate(lonlats: Floats, located: Flags, file: str, first: int) -> None:
    """Raise `DataError` for positions that cannot be lon, lat degrees or have their axes swapped."""
    placed = lonlats if located.all() else lonlats[located]
    (west, east), (south, north) = ((degrees.min(), degrees.max()) for degrees in placed.T)
    if _lies_in(west, east, axes.LAT_WINDOW) and axes.judge(placed) == axes.SWAPPED:
        raise DataError.of(
            file,
            f"Longitude and latitude look swapped: the first point is lon {placed[0, 0]:.10g}, "
            f"lat {placed[0, 1]:.10g} (row {first + int(located.argmax()):,})",
            "Exchange the two columns' names.",
        )
    if _lies_in(west, east, (-180, 180)) and _lies_in(south, north, (-90, 90)):
        return
    outside = (np.abs(placed) > (180, 90)).any(axis=1)
    lon, lat = placed[outside.argmax()]
    row = first + np.flatnonzero(located)[outside.argmax()]
    metres = ", and looks like projected metres" if max(abs(lon), abs(lat)) > 360 else ""
    raise DataError.of(
        file,
        f"lon {lon:.10g}, lat {lat:.10g} is out of range{metres} (row {row:,}); {outside.sum():,} of the "
        f"{len(placed):,} positions read with it are",
        "Longitude lies between -180 and 180, latitude between -90 and 90. Correct the rows, or empty them.",
    )


def _lies_in(low: float, high: float, window: tuple[float, float]) -> bool:
    return window[0] <= low and high <= window[1]
