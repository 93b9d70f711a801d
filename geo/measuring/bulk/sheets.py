"""A sheet of a workbook (XLSX, XLS, ODS) becomes an Arrow table."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from geo.errors import DataError, GeoError
from geo.files import packing
from geo.measuring.bulk.columns import find_columns, has_columns

_FARTHEST = 20  # rows above the names of the columns, for a title and notes


class Sheet(NamedTuple):
    """A table, the number in the sheet of its first row of values, and the sheet's name."""

    table: Any
    first: int
    name: str


def read_sheet(path: Path, data: bytes, layer: str | None) -> Sheet:
    """Read the one sheet of a workbook that has columns of positions, or the one called like ``layer``.

    Raises
    ------
    DataError
        The workbook cannot be opened, or no sheet, or several, have such columns.
    UsageError
        No sheet is called like ``layer``.
    """
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = book.sheet_names
        if layer is not None:
            names = [packing.choose(path, layer, {name: name for name in names})]
        sheets = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in names}
    except GeoError:
        raise
    except Exception as error:  # calamine has no base of its own, and its parser may panic
        what = f"The workbook cannot be opened ({str(error)[:80].rstrip('.')})"
        raise DataError.of(path, what, "Save it again as .xlsx, without a password.") from None
    found = {name: at for name, rows in sheets.items() if (at := _find_header(rows)) is not None}
    if len(found) > 1:
        what = f"The workbook holds {packing.list_layers('sheets with positions', found)}"
        raise DataError.of(path, what, "Choose one with --layer.")
    if not found:
        first: list[Any] = next((rows[0] for rows in sheets.values() if rows), [])
        find_columns([str(cell) for cell in first], path)
    ((name, at),) = found.items()
    return Sheet(_build_table(sheets[name], at), at + 2, name)


def _find_header(rows: list[list[Any]]) -> int | None:
    """Return which row holds the names of the columns."""
    return next(
        (at for at, row in enumerate(rows[:_FARTHEST]) if has_columns([str(cell) for cell in row])), None
    )


def _build_table(rows: list[list[Any]], at: int) -> Any:
    names = [str(cell) for cell in rows[at]]
    used = [
        i
        for i, name in enumerate(names)
        if name or any(row[i] != "" for row in rows[at + 1 :] if i < len(row))
    ]
    columns = [[row[i] if i < len(row) else "" for row in rows[at + 1 :]] for i in used]
    return pa.table(
        [_build_column(column) for column in columns], names=[names[i] or f"column {i + 1}" for i in used]
    )


def _build_column(cells: list[Any]) -> Any:
    """Return cells as numbers or days where all of them are, else as texts; an empty cell is null."""
    values = [None if cell == "" else cell for cell in cells]
    kinds = {type(value) for value in values if value is not None}
    if kinds <= {int, float} and all(value is None or float(value).is_integer() for value in values):
        return pa.array([None if value is None else int(value) for value in values], pa.int64())
    if len(kinds) == 1 and kinds != {str}:
        try:
            return pa.array(values)
        except pa.ArrowException:
            pass
    return pa.array([None if value is None else _write(value) for value in values], pa.string())


def _write(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
