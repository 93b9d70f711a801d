"""Tables to compare by: each figure with its rank in the column, smallest and largest marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from geo import numerals
from geo.measuring.metrics import ZoneMetrics


@dataclass(frozen=True)
class Column:
    """One figure of a row of metrics: its heading, how to read it and how to write it without its unit."""

    heading: str
    unit: str
    read: Callable[[ZoneMetrics], float]
    write: Callable[[float], str]


@dataclass(frozen=True)
class Cell:
    """A figure as it is shown; ``value`` is what is sorted by, ``percent`` its part of the largest in the column.

    ``mark`` is ``"smallest"``, ``"largest"`` or empty: of one row, or of rows that are all alike, none is either.
    """

    text: str
    value: float
    percent: float
    mark: str


@dataclass(frozen=True)
class Row:
    """One row: the code it has on the map, its name, the indexes of its scenario and zone, and its figures."""

    code: str
    name: str
    scenario: int
    zone: int | None
    cells: tuple[Cell, ...]


def _write_km(km: float) -> str:
    return numerals.format_km(km).removesuffix(" km")


def _write_km2(area_km2: float) -> str:
    return numerals.format_area_km2(area_km2).removesuffix(" km²")


COLUMNS = (
    Column("Nearest", "km", lambda row: row.nearest_km, _write_km),
    Column("Mean", "km", lambda row: row.mean_km, _write_km),
    Column("Median", "km", lambda row: row.median_km, _write_km),
    Column("Farthest", "km", lambda row: row.farthest_km, _write_km),
    Column("Area", "km²", lambda row: row.area_km2, _write_km2),
)
"""The figures compared, in the order of the table."""


def rank_cells(rows: Sequence[ZoneMetrics]) -> list[tuple[Cell, ...]]:
    """Return the cells of each row, marked by column; two figures that are shown alike are alike."""
    columns = [_rank_column(rows, column) for column in COLUMNS]
    return list(zip(*columns, strict=True))


def _rank_column(rows: Sequence[ZoneMetrics], column: Column) -> list[Cell]:
    values = [column.read(row) for row in rows]
    texts = [column.write(value) for value in values]
    low, high = texts[values.index(min(values))], texts[values.index(max(values))]
    top = max(values)
    return [
        Cell(
            text,
            round(value, 3),
            round(100 * value / top, 1) if top > 0 else 0.0,
            "" if low == high else "smallest" if text == low else "largest" if text == high else "",
        )
        for text, value in zip(texts, values, strict=True)
    ]
