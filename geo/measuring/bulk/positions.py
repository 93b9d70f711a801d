"""A table of points becomes lon, lat in degrees, from a geometry as GeoParquet describes it or from plain columns."""

from __future__ import annotations

import json
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
from geo.measuring.bulk.columns import Columns, find_columns, quote, validate_single

UNREADABLE = b"geo-scenarios:unreadable"
"""The key of a table's metadata that says how many of its rows hold no position that can be read, and which first."""

NOTHING = ("", "NaN", "nan", "NA", "N/A", "NULL", "null", "None")
"""Texts that stand for no number."""

REMEDY = "Write degrees with a point, as in 30.52; leave both cells empty where there is no position."

_DECIMAL_COMMA = r"^[ \t]*[+-]?[0-9]+,[0-9]+[ \t]*$"
_DEGREES = r"[+-]?[0-9]+\.?[0-9]*"
_PAIR = (
    rf"^[ \t(\[]*(?P<a>{_DEGREES})[ \t]*[,; ][ \t]*(?P<b>{_DEGREES})"
    r"(?:[ ,;][-+.0-9 ]*)?[)\] \t]*$"
)
"""Two numbers with points; forms of surveys write altitude and accuracy behind them."""
_NUMBER = r"^[ \t]*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,4})?[ \t]*$"
_WKB_POINT = 21  # bytes: order, type, two doubles
_LITTLE_ENDIAN_POINT = (1, 1, 0, 0, 0)
_POINT, _MULTIPOINT, _COLLECTIONS = 0, 4, (4, 7)  # how shapely numbers a point, and what points may stand in

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Positions:
    """Where the points of a table lie.

    ``lonlats`` has shape (n, 2), lon and lat in degrees, NaN in rows without a position. ``located`` marks the
    rows with one, ``unreadable`` those that hold something that is no position, and ``column`` names where the first of
    these does. ``geometry`` names the column that they came from, None for plain columns. Where a row holds several
    points, ``rows`` gives the row of each.
    """

    lonlats: Floats
    located: Flags
    unreadable: Flags
    column: str
    geometry: str | None = None
    rows: NDArray[np.int64] | None = None


def read_positions(table: Any, file: str, first: int) -> Positions:
    """Read the positions of an Arrow table; ``file`` and the number of its ``first`` row are for messages.

    Raises
    ------
    DataError
        There are no positions, they are in another coordinate system, out of range, or swapped.
    """
    found = _find_geometry(table, file)
    geometry, rows = None, None
    if found is not None:
        geometry, crs = found
        names = (geometry, geometry)
        lonlats, unreadable, rows = _decode_points(table[geometry], file)
        lonlats = lonlats if crs is None else transforms.points_to_lonlat(lonlats, crs)
        is_lost = np.isinf(lonlats).any(axis=1)  # what its reference system cannot place
        if is_lost.any():
            unreadable = unreadable | is_lost
            lonlats[is_lost] = np.nan
        bad = np.column_stack([unreadable, unreadable])
    else:
        columns = find_columns(table.column_names, file)
        names = (columns.text, columns.text) if columns.text else (columns.lon, columns.lat)
        lonlats, bad = _read_columns(table, columns, file)
        lonlats[bad.any(axis=1)] = np.nan
    located = ~(np.isnan(lonlats[:, 0]) | np.isnan(lonlats[:, 1]))
    if located.any():
        _validate(lonlats, located, bad, file, first, rows)
    unreadable = bad[:, 0] | bad[:, 1]
    column = names[int(bad[unreadable.argmax()].argmax())] if unreadable.any() else ""
    return Positions(lonlats, located, unreadable, column, geometry, rows)


def note_unreadable(
    table: Any, unreadable: Flags, file: str, first: int, column: str, rows: NDArray[np.int64] | None = None
) -> Any:
    """Return a table whose metadata say how many rows hold no position that can be read, and where the first does.

    What an earlier step found is counted as well.
    """
    metadata = table.schema.metadata or {}
    row = first + _row(int(unreadable.argmax()), rows)
    notes = [(row, f"row {row:,} of {file}, column {quote(column)}")]
    count = int(unreadable.sum())
    if UNREADABLE in metadata:
        earlier, *note = json.loads(metadata[UNREADABLE])
        count, notes = count + earlier, sorted([*notes, tuple(note)])
    return table.replace_schema_metadata({**metadata, UNREADABLE: json.dumps([count, *notes[0]])})


def take_rows(table: Any, found: Positions) -> Any:
    """Return a table with a row for each position, and its geometry as points."""
    points = shapely.points(found.lonlats)
    points[~found.located] = None
    table = table.take(pa.array(found.rows))
    at = table.column_names.index(found.geometry)
    metadata = table.schema.metadata
    geo = json.loads(metadata[b"geo"])
    geo["columns"][found.geometry] = {"encoding": "WKB", "geometry_types": ["Point"]}
    table = table.set_column(at, found.geometry, pa.array(shapely.to_wkb(points), pa.binary()))
    return table.replace_schema_metadata({**metadata, b"geo": json.dumps(geo).encode()})


def _read_columns(table: Any, columns: Columns, file: str) -> tuple[Floats, Flags]:
    """Return lon, lat of plain columns, and which cells of both (n, 2) hold something that is no position."""
    if not columns.text:
        both = (read_degrees(table[name], file, name) for name in (columns.lon, columns.lat))
        (lon, bad_lon), (lat, bad_lat) = both
        return np.column_stack([lon, lat]), np.column_stack([bad_lon, bad_lat])
    column = table[columns.text]
    if not _is_text(column):
        what = f"The column {quote(columns.text)} holds {column.type}, no text"
        raise DataError.of(file, what, "Write POINT (30.52 50.45), or columns lon and lat.")
    is_nothing = pc.or_(pc.is_in(column, pa.array(NOTHING, column.type)), pc.is_null(column)).to_numpy()
    if columns.is_pair:
        found = pc.extract_regex(column, _PAIR)
        first, second = (
            pc.struct_field(found, name).cast(pa.float64()).to_numpy().astype(float) for name in "ab"
        )
        lonlats = np.column_stack([first, second] if columns.is_lon_first else [second, first])
    else:
        texts = pc.replace_substring_regex(column, r"^\s*SRID=4326;", "").to_numpy()
        is_hex = pc.match_substring_regex(column, "^[0-9A-Fa-f]{42,}$").fill_null(False).to_numpy()
        shapes = np.full(len(texts), None, object)
        with np.errstate(all="ignore"):  # of numbers that are none
            shapes[~is_hex] = shapely.from_wkt(texts[~is_hex], on_invalid="ignore")
            shapes[is_hex] = shapely.from_wkb(texts[is_hex], on_invalid="ignore")
        is_alone = (shapely.get_type_id(shapes) == _MULTIPOINT) & (shapely.get_num_geometries(shapes) == 1)
        shapes[is_alone] = shapely.get_geometry(shapes[is_alone], 0)
        is_nothing |= shapely.is_empty(shapes)
        shapes[(shapely.get_type_id(shapes) != _POINT) | shapely.is_empty(shapes)] = None
        lonlats = np.column_stack([shapely.get_x(shapes), shapely.get_y(shapes)])
    bad = np.isnan(lonlats).any(axis=1) & ~is_nothing
    return lonlats, np.column_stack([bad, bad])


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
        if not _is_text(column):
            what = f"The column {quote(name)} holds {column.type}, no numbers"
            raise DataError.of(file, what, REMEDY) from None
    has_comma = pc.match_substring_regex(column, _DECIMAL_COMMA)
    column = pc.if_else(has_comma, pc.replace_substring(column, ",", "."), column)
    is_number = pc.match_substring_regex(column, _NUMBER)
    is_nothing = pc.is_in(column, pa.array(NOTHING, column.type))
    numbers = pc.ascii_trim_whitespace(pc.if_else(is_number, column, None)).cast(pa.float64())
    unreadable = pc.invert(pc.or_kleene(pc.fill_null(is_number, True), is_nothing))
    return numbers.to_numpy(), unreadable.to_numpy()


def _find_geometry(table: Any, file: str) -> tuple[str, str | None] | None:
    """Return the geometry column that GeoParquet's metadata give, and its reference system; None for plain columns.

    The reference system is None where it is WGS 84 longitude and latitude.
    """
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
            crs = f"{identity['authority']}:{identity['code']}" if identity else transforms.derive_name(crs)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        name = encoding = ""
    if name not in table.column_names:
        try:
            plain = find_columns(table.column_names, file)
            if plain.text and not _is_text(table[plain.text]):
                raise DataError.of(file, "No text", REMEDY)
        except DataError:
            what = "Its GeoParquet metadata describe no geometry column that is there"
            raise DataError.of(
                file, what, "Write the file again, as GeoParquet or with lon and lat."
            ) from None
        return None
    validate_single(table.column_names, name, file)
    if encoding != "WKB":
        raise DataError.of(file, f"The geometry is encoded as {quote(encoding)[1:-1]}", "Write it as WKB.")
    return name, validate_crs(file, crs)


def _is_text(column: Any) -> bool:
    return bool(pa.types.is_string(column.type) or pa.types.is_large_string(column.type))


def validate_crs(file: object, name: str | None) -> str | None:
    """Return a reference system that positions are brought from, None where they are lon, lat on WGS 84 already.

    Raises
    ------
    DataError
        None is declared, or nothing known leads from it to degrees.
    """
    if name is None or not transforms.is_known(name):
        remedy = (
            "Save it again with one, WGS 84 (EPSG:4326) if in doubt; a Shapefile needs its .prj beside it."
        )
        what = (
            "The file declares no coordinate reference system"
            if name is None
            else f"The file names {quote(name)} as its reference system, which is not known here"
        )
        raise DataError.of(file, what, remedy)
    return None if transforms.is_lonlat(name) else name


def _decode_points(column: Any, file: str) -> tuple[Floats, Flags, NDArray[np.int64] | None]:
    """Return x, y of points in WKB, which rows are unreadable, and the row of each where one holds several.

    Little-endian two-dimensional points, the usual case, are read in one step.
    """
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
                return data[:, 5:].copy().view("<f8"), np.zeros(len(array), bool), None
    shapes = shapely.from_wkb(array.to_numpy(zero_copy_only=False), on_invalid="ignore")
    kinds = shapely.get_type_id(shapes)
    rows = None
    if np.isin(kinds, _COLLECTIONS).any():
        shapes, rows = _take_apart(shapes)
        kinds = shapely.get_type_id(shapes)
    is_valid = array.is_valid().to_numpy(zero_copy_only=False)
    unreadable = (kinds == -1) & (is_valid if rows is None else is_valid[rows])
    is_other = (kinds > _POINT) & ~shapely.is_empty(shapes)
    if len(kinds) and is_other.all():
        raise DataError.of(
            file, "The layer holds no points", "Take its centroids, or name a layer of points."
        )
    unreadable |= is_other
    shapes[is_other | shapely.is_empty(shapes)] = None
    return np.column_stack([shapely.get_x(shapes), shapely.get_y(shapes)]), unreadable, rows


def _take_apart(shapes: Any) -> tuple[Any, NDArray[np.int64]]:
    """Return the parts of multipoints and collections, and the row of each; what has no parts stays as it is."""
    rows = np.arange(len(shapes))
    while (is_many := np.isin(shapely.get_type_id(shapes), _COLLECTIONS) & ~shapely.is_empty(shapes)).any():
        parts, origin = shapely.get_parts(shapes[is_many], return_index=True)
        index = np.concatenate([np.flatnonzero(~is_many), np.flatnonzero(is_many)[origin]])
        order = np.argsort(index, kind="stable")
        shapes = np.concatenate([shapes[~is_many], parts])[order]
        rows = rows[index[order]]
    return shapes, rows


def _validate(
    lonlats: Floats, located: Flags, bad: Flags, file: str, first: int, rows: NDArray[np.int64] | None
) -> None:
    """Raise `DataError` for positions that cannot be lon, lat degrees or have their axes swapped.

    Where fewer than half of them are out of range, these become ``bad``, and so unreadable.
    """
    placed = lonlats if located.all() else lonlats[located]
    (west, east), (south, north) = ((degrees.min(), degrees.max()) for degrees in placed.T)
    if _lies_in(west, east, axes.LAT_WINDOW) and axes.judge(placed) == axes.SWAPPED:
        raise DataError.of(
            file,
            f"Longitude and latitude look swapped: the first point is lon {placed[0, 0]:.10g}, "
            f"lat {placed[0, 1]:.10g} (row {first + _row(int(located.argmax()), rows):,})",
            "Exchange the two columns' names.",
        )
    if _lies_in(west, east, (-180, 180)) and _lies_in(south, north, (-90, 90)):
        return
    too_far = located[:, None] & (np.abs(lonlats) > (180, 90))
    is_outside = too_far.any(axis=1)
    if is_outside.sum() * 2 < len(placed):  # slips of the pen, and no other reference system
        bad |= too_far
        located &= ~is_outside
        lonlats[is_outside] = np.nan
        return
    at = int(is_outside.argmax())
    lon, lat = lonlats[at]
    metres = ", and looks like projected metres" if max(abs(lon), abs(lat)) > 1000 else ""
    raise DataError.of(
        file,
        f"lon {lon:.10g}, lat {lat:.10g} is out of range{metres} (row {first + _row(at, rows):,}); "
        f"this concerns {is_outside.sum():,} of {len(placed):,} positions read together",
        "Longitude lies between -180 and 180, latitude between -90 and 90. Correct the rows, or empty them.",
    )


def _row(index: int, rows: NDArray[np.int64] | None) -> int:
    return index if rows is None else int(rows[index])


def _lies_in(low: float, high: float, window: tuple[float, float]) -> bool:
    return window[0] <= low and high <= window[1]
