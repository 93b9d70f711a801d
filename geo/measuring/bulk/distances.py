"""A table of points and some fronts become the same table with its distances: the one place where bulk is measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from geo.errors import DataError
from geo.fronts.front import Front
from geo.geodesy.ellipsoid import Floats
from geo.geodesy.groups import Cloud
from geo.geodesy.nearest import Polyline
from geo.measuring.bulk import positions
from geo.measuring.bulk.parts import DISTANCE


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


def measure_table(
    table: Any, targets: Sequence[Target], file: str, *, first: int = 1, flat: bool = False
) -> Any:
    """Return an Arrow table with columns added: ``distance_km``, and for a single front where the nearest point is.

    Distances are WGS 84 geodesics; ``nearest_lon`` and ``nearest_lat`` are degrees. A row without a position has
    empty cells there. For several fronts there is one column each, ``distance_km_ID``. ``flat`` puts plain ``lon``
    and ``lat`` in the place of a geometry, for formats that hold none. ``file`` and the number of its ``first`` row
    are for messages. Where rows hold something unreadable, the metadata say how many, and which is the first.

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
    if found.unreadable.any():
        table = positions.note_unreadable(table, found.unreadable, file, first)
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
    return table


def _validate_flat(schema: Any, file: str) -> None:
    """Raise `DataError` for a column that is no plain value in each row, which CSV cannot hold."""
    nested = [positions.quote(field.name) for field in schema if pa.types.is_nested(field.type)]
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


def _append(table: Any, name: str, values: Floats, file: str) -> Any:
    if name in table.column_names:
        raise DataError.of(
            file, f"There is a column {name!r} already", "Rename it; a column of that name is added."
        )
    return table.append_column(name, pa.array(values, from_pandas=True))
