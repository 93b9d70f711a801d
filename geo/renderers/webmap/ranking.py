"""Tables to compare by: each figure with its rank in the column, smallest and largest marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo.measuring import figures
from geo.measuring.figures import Figure, Output
from geo.measuring.metrics import ZoneMetrics

COLUMNS = figures.find_figures(Output.COMPARISON)
"""The figures compared, in the order of the table."""


@dataclass(frozen=True)
class RankedCell:
    """A figure as it is shown; ``value`` is what is sorted by, ``percent`` its part of the largest in the column.

    ``between`` is between what it lies, empty where it has no interval. ``mark`` is ``"smallest"``, ``"largest"`` or
    empty: of one row, or of rows that are all alike, none is either.
    """

    text: str
    between: str
    value: float
    percent: float
    mark: str


@dataclass(frozen=True)
class RankedRow:
    """One row: the code it has on the map, its name, the indexes of its scenario and zone, and its figures."""

    code: str
    name: str
    scenario: int
    zone: int | None
    cells: tuple[RankedCell, ...]


def rank_cells(rows: Sequence[ZoneMetrics]) -> list[tuple[RankedCell, ...]]:
    """Return the cells of each row, marked by column; two figures that are shown alike are alike."""
    columns = [_rank_column(rows, figure) for figure in COLUMNS]
    return list(zip(*columns, strict=True))


def _rank_column(rows: Sequence[ZoneMetrics], figure: Figure) -> list[RankedCell]:
    values = [figure.read(row) for row in rows]
    cells = [figure.write_cell(row) for row in rows]
    texts = [cell.text for cell in cells]
    low, high = texts[values.index(min(values))], texts[values.index(max(values))]
    top = max(values)
    return [
        RankedCell(
            *cell,
            round(value, 3),
            round(100 * value / top, 1) if top > 0 else 0.0,
            "" if low == high else "smallest" if cell.text == low else "largest" if cell.text == high else "",
        )
        for cell, value in zip(cells, values, strict=True)
    ]
