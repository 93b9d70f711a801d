"""A table of points and some fronts become the same table with its distances: the one place where bulk is measured."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from geo.errors import DataError
from geo.files import geometries
from geo.fronts.front import Front
from geo.geodesy.ellipsoid import Floats
from geo.geodesy.groups import Cloud
from geo.geodesy.nearest import Polyline
from geo.measuring.bulk import chunking
from geo.measuring.bulk.parts import DISTANCE

_WKB_POINT = 21  # bytes: order, type, two doubles
_LITTLE_ENDIAN_POINT = (1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Target:
    """One front to measure to, and what its columns' names end with."""

    line: Polyline
    suffix: str = ""


def build_targets(fronts: Sequence[Front]) -> tuple[Target, ...]:
    """Prepare fronts: a single one gives plain column names, several give names that end with the front's id."""
    if len(fronts) == 1:
        return (Target(fronts[0].polyline),)
    return tuple(Target(front.polyline, f"_{front.id}") for front in fronts)


def measure_table(table: Any, targets: Sequence[Target], file: str, *, flat: bool = False) -> Any:
    """Return an Arrow table with columns added: ``distance_km``, and for a single front where the nearest point is.

    Distances are WGS 84 geodesics; ``nearest_lon`` and ``nearest_lat`` are degrees. A row without a position has
    empty cells there. For several fronts there is one column each, ``distance_km_ID``. ``flat`` puts plain ``lon``
    and ``lat`` in the place of a geometry, for formats that hold none. ``file`` is for messages.

    Raises
    ------
    DataError
        Positions are missing altogether, out of range, or swapped; a column of such a name is there already; or one
        holds lists, and the result is to be ``flat``.
    """
    lonlats, geometry = _read_lonlats(table, file)
    located = ~(np.isnan(lonlats[:, 0]) | np.isnan(lonlats[:, 1]))
    placed = lonlats if located.all() else lonlats[located]
    _validate(placed, file)
    if flat:
        _validate_flat(table.schema, file)
    if flat and geometry is not None:
        table = table.drop_columns([geometry])
        for name, values in zip(("lon", "lat"), lonlats.T, strict=True):
            table = _append(table, name, values, file)
    points = Cloud(placed)
    for target in targets:
        lon, lat, km = target.line.measure(points)
        table = _append(table, f"{DISTANCE}{target.suffix}", _spread(km, located), file)
        if len(targets) == 1:
            table = _append(table, "nearest_lon", _spread(lon, located), file)
            table = _append(table, "nearest_lat", _spread(lat, located), file)
    return table


def _read_lonlats(table: Any, file: str) -> tuple[Floats, str | None]:
    """Return lon, lat (n, 2), NaN where a row has none, and the name of the geometry column they came from."""
    geometry = _find_geometry(table, file)
    if geometry is not None:
        return _decode_points(table[geometry], file), geometry
    columns = chunking.find_columns(table.column_names)
    if columns is None:
        raise chunking.build_column_error(file, table.column_names)
    try:
        return np.column_stack([_to_floats(table[name]) for name in columns]), None
    except pa.ArrowException:
        what = f"The columns {columns[0]!r} and {columns[1]!r} hold something else than numbers"
        raise DataError.of(file, what, "Write degrees with a point, as in 30.52.") from None


def _find_geometry(table: Any, file: str) -> str | None:
    """Return the name of the geometry column that GeoParquet's metadata give, or None without them."""
    metadata = table.schema.metadata or {}
    if b"geo" not in metadata:
        return None
    geo = json.loads(metadata[b"geo"])
    name = str(geo["primary_column"])
    column = geo["columns"][name]
    if column.get("encoding") != "WKB":
        raise DataError.of(file, f"The geometry is encoded as {column.get('encoding')}", "Write it as WKB.")
    if "crs" in column:  # without the key GeoParquet means WGS 84 longitude and latitude
        identity = (column["crs"] or {}).get("id", {})
        chunking.validate_crs(file, f"{identity.get('authority')}:{identity.get('code')}")
    return name


def _decode_points(column: Any, file: str) -> Floats:
    """Return lon, lat of points in WKB; little-endian two-dimensional points, the usual case, in one step."""
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    array = pa.concat_arrays(array.chunks) if isinstance(array, pa.ChunkedArray) else array
    array = array.cast(pa.large_binary()) if array.type != pa.large_binary() else array
    if array.null_count == 0 and len(array):
        offsets = np.frombuffer(array.buffers()[1], np.int64)[array.offset : array.offset + len(array) + 1]
        if (np.diff(offsets) == _WKB_POINT).all():
            data = np.frombuffer(array.buffers()[2], np.uint8)[offsets[0] : offsets[-1]].reshape(
                -1, _WKB_POINT
            )
            if (data[:, :5] == _LITTLE_ENDIAN_POINT).all():
                return np.ascontiguousarray(data[:, 5:]).view("<f8")
    shapes = shapely.from_wkb(array.to_numpy(zero_copy_only=False))
    if not np.isin(shapely.get_type_id(shapes), (-1, 0)).all():
        raise DataError.of(
            file, "The layer holds something else than points", "Take its centroids, or save only points."
        )
    return np.column_stack([shapely.get_x(shapes), shapely.get_y(shapes)])


def _to_floats(column: Any) -> Floats:
    values: Floats = column.cast(pa.float64()).to_numpy()
    return values


def _validate(lonlats: Floats, file: str) -> None:
    """Raise `DataError` for positions that cannot be lon, lat degrees or have their axes swapped."""
    if not len(lonlats):
        return
    (west, east), (south, north) = ((degrees.min(), degrees.max()) for degrees in lonlats.T)
    if _lies_in(west, east, geometries.LAT_WINDOW) and _lies_in(south, north, geometries.LON_WINDOW):
        raise DataError.of(
            file,
            f"Longitude and latitude look swapped: the first point is lon {lonlats[0, 0]:.10g}, "
            f"lat {lonlats[0, 1]:.10g}",
            "Exchange the two columns' names.",
        )
    if _lies_in(west, east, (-180, 180)) and _lies_in(south, north, (-90, 90)):
        return
    outside = lonlats[(np.abs(lonlats) > (180, 90)).any(axis=1)]
    metres = ", and looks like projected metres" if np.abs(outside[0]).max() > 360 else ""
    raise DataError.of(
        file,
        f"lon {outside[0, 0]:.10g}, lat {outside[0, 1]:.10g} is out of range{metres}; {len(outside):,} of the "
        f"{len(lonlats):,} positions read with it are",
        "Longitude lies between -180 and 180, latitude between -90 and 90. Correct the rows, or empty them.",
    )


def _validate_flat(schema: Any, file: str) -> None:
    """Raise `DataError` for a column that is no plain value in each row, which CSV cannot hold."""
    nested = [repr(field.name) for field in schema if pa.types.is_nested(field.type)]
    if nested:
        raise DataError.of(
            file,
            f"Columns with lists or records have no place in CSV: {', '.join(nested[:12])}",
            "Give --out a name that ends with .parquet, or leave them out.",
        )


def _lies_in(low: float, high: float, window: tuple[float, float]) -> bool:
    return window[0] <= low and high <= window[1]


def _spread(values: Floats, located: Any) -> Floats:
    """Return values for all rows, NaN where there was no position."""
    if len(values) == len(located):
        return values
    spread = np.full(len(located), np.nan)
    spread[located] = values
    return spread


def _append(table: Any, name: str, values: Floats, file: str) -> Any:
    if name in table.column_names:
        raise DataError.of(
            file, f"There is a column {name!r} already", "Rename it; a column of that name is added."
        )
    return table.append_column(name, pa.array(values, from_pandas=True))
