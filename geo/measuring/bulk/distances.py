"""A table of points and some fronts become the same table with its distances: the one place where bulk is measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from geo.errors import DataError
from geo.fronts.front import Front
from geo.fronts.sides import Sides
from geo.geodesy import grid, validity
from geo.geodesy.ellipsoid import Floats
from geo.geodesy.groups import Cloud
from geo.geodesy.nearest import Polyline
from geo.measuring.bulk import positions
from geo.measuring.bulk.columns import quote
from geo.measuring.bulk.parts import DISTANCE

BEYOND = "beyond"
"""What the column on the side of a point is called."""


@dataclass(frozen=True)
class Target:
    """One front to measure to, with its two sides and its name, and what its columns' names end with."""

    line: Polyline
    sides: Sides
    suffix: str = ""
    name: str = "front"


def build_targets(fronts: Sequence[Front]) -> tuple[Target, ...]:
    """Prepare fronts: a single one gives plain column names, several give names that end with the front's id."""
    if len(fronts) == 1:
        return (Target(fronts[0].polyline, fronts[0].sides, name=fronts[0].id),)
    return tuple(Target(front.polyline, front.sides, f"_{front.id}", front.id) for front in fronts)


def measure_table(
    table: Any,
    targets: Sequence[Target],
    file: str,
    *,
    first: int = 1,
    flat: bool = False,
    mgrs: bool = False,
) -> Any:
    """Return an Arrow table with columns added: ``distance_km``, and on which side a point lies, ``beyond``.

    Distances are WGS 84 geodesics. ``beyond`` is true for a point in Ukraine on the far side of the front. For a single
    front there are also ``nearest_lon`` and ``nearest_lat`` in degrees, where the nearest point is; of several fronts
    each has ``distance_km_ID`` and ``beyond_ID``. A row without a position has empty cells there. ``flat`` puts plain
    ``lon`` and ``lat`` in the place of a geometry, for formats that hold none. ``mgrs`` adds the square of one metre
    on the military grid. A row that holds several points becomes as many rows. ``file`` and the number of its ``first``
    row are for messages. Where rows hold something unreadable, the metadata say how many, and which is the first.

    Raises
    ------
    DataError
        Positions are missing altogether, out of range, or swapped; a column of such a name is there already; or one
        holds lists, and the result is to be ``flat``.
    """
    found = positions.read_positions(table, file, first)
    located = found.located
    if flat:
        _validate_flat(table.schema, file)
    if found.rows is not None:
        table = positions.take_rows(table, found)
    if found.unreadable.any():
        table = positions.note_unreadable(table, found.unreadable, file, first, found.column, found.rows)
    if flat and found.geometry is not None:
        table = table.drop_columns([found.geometry])
        for name, values in zip(("lon", "lat"), found.lonlats.T, strict=True):
            table = _append(table, name, values, file)
    points = Cloud(found.lonlats if located.all() else found.lonlats[located])
    for target in targets:
        lon, lat, km = target.line.measure(points)
        table = _append(table, f"{DISTANCE}{target.suffix}", _spread(km, located), file)
        if len(targets) == 1:
            table = _append(table, "nearest_lon", _spread(lon, located), file)
            table = _append(table, "nearest_lat", _spread(lat, located), file)
        with validity.blame(target.name, "The front"):
            is_beyond = target.sides.are_beyond(points.lonlats) & (km > 0)
        table = _append(table, f"{BEYOND}{target.suffix}", _spread_truth(is_beyond, located), file)
    if mgrs:
        table = _append(table, "mgrs", _spread_texts(grid.derive_mgrs(points.lonlats), located), file)
    return table


def _validate_flat(schema: Any, file: str) -> None:
    """Raise `DataError` for a column that is no plain value in each row, which CSV cannot hold."""
    nested = [quote(field.name) for field in schema if pa.types.is_nested(field.type)]
    if nested:
        raise DataError.of(
            file,
            f"Columns with lists or records have no place in CSV: {', '.join(nested[:12])}",
            "Give --out a name that ends with .parquet, or leave them out.",
        )


def _spread(values: Floats, located: Any) -> Floats:
    """Return values for all rows, NaN where there was no position."""
    if len(values) == len(located):
        return values
    spread = np.full(len(located), np.nan)
    spread[located] = values
    return spread


def _spread_truth(values: NDArray[np.bool_], located: NDArray[np.bool_]) -> Any:
    """Return truths for all rows, null where there was no position."""
    if len(values) == len(located):
        return pa.array(values)
    spread = np.zeros(len(located), bool)
    spread[located] = values
    return pa.array(spread, mask=~located)


def _spread_texts(values: NDArray[np.bytes_], located: NDArray[np.bool_]) -> Any:
    """Return texts for all rows, null where there was no position."""
    spread = np.zeros(len(located), values.dtype)
    spread[located] = values
    return pa.array(spread.astype(f"U{grid.LONGEST}"), mask=~located)


def _append(table: Any, name: str, values: Any, file: str) -> Any:
    if name in table.column_names:
        raise DataError.of(
            file, f"There is a column {name!r} already", "Rename it; a column of that name is added."
        )
    return table.append_column(name, pa.array(values, from_pandas=True))
