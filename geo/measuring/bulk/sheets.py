"""A sheet of a workbook (XLSX, XLS, ODS) becomes an Arrow table."""

from __future__ import annotations

import contextlib
import functools
import io
import lzma
import re
import zipfile
import zlib
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from geo.errors import DataError, GeoError
from geo.files import limits, packing
from geo.measuring.bulk.columns import find_columns, has_columns

_BROKEN = (zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError, ValueError)
_FARTHEST = 20  # rows above the names of the columns, for a title and notes


_LARGEST = 2**53
"""Up to which a float has no gaps between integers."""
_CELL = re.compile(
    rb"<(?:\w+:)?c\s[^<>]*?\br=[\"']([A-Za-z]{1,3})(\d{1,7})[\"'][^<>]*>\s*<(?:\w+:)?(?:v|is|f)\b"
)
_PIECE, _LONGEST_CELL = 2**20, 2**10  # bytes


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

    _check_extent(path, data)
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


def _check_extent(path: Path, data: bytes) -> None:
    """Raise `DataError` if cells of an XLSX lie so far apart that all between them would not fit into memory."""
    if data[:2] != b"PK":
        return
    with (
        contextlib.suppress(zipfile.BadZipFile, OSError, *_BROKEN),
        zipfile.ZipFile(io.BytesIO(data)) as book,
    ):
        for name in book.namelist():
            if name.lower().endswith(".xml") and _measure_extent(book, name) > limits.SHEET_CELLS:
                what = f"A sheet spans more than {limits.SHEET_CELLS / 1e6:.0f} million cells"
                remedy = "Take out what stands far from the table, or save the points as CSV."
                raise DataError.of(path, what, remedy)


def _measure_extent(book: zipfile.ZipFile, name: str) -> int:
    """Return how many cells the rectangle around all filled ones has."""
    rows, columns, rest = set[int](), set[bytes](), b""
    with book.open(name) as stream:
        while piece := stream.read(_PIECE):
            rest += piece
            for column, row in _CELL.findall(rest):
                rows.add(int(row))
                columns.add(column.upper())
            rows, rest = {min(rows), max(rows)} if rows else rows, rest[-_LONGEST_CELL:]
    numbers = [
        functools.reduce(lambda sum_, letter: sum_ * 26 + letter - 64, column, 0) for column in columns
    ]
    return (max(rows) - min(rows) + 1) * (max(numbers) - min(numbers) + 1) if rows else 0


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
    if kinds <= {int, float} and all(value is None or _is_whole(value) for value in values):
        return pa.array([None if value is None else int(value) for value in values], pa.int64())
    if len(kinds) == 1 and kinds != {str}:
        try:
            return pa.array(values)
        except pa.ArrowException:
            pass
    return pa.array([None if value is None else _write(value) for value in values], pa.string())


def _is_whole(value: float) -> bool:
    """Ask whether a number is an integer that every one of its digits is meant of."""
    return abs(value) <= _LARGEST and float(value).is_integer()


def _write(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and _is_whole(value) else str(value)
