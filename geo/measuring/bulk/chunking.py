"""A file of points becomes chunks: a text table, a workbook, a map file, (Geo)Parquet, or a folder of Parquet files.

A chunk is a few hundred thousand rows as an Arrow table. All but Parquet can only be read from the front, so their
chunks carry the rows; a chunk of Parquet is the name of a row group, read by whoever measures it, on this machine or
another, unless the row group is too long to be held in memory.
"""

from __future__ import annotations

import gzip
import io
import itertools
import zipfile
import zlib
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from geo.errors import DataError
from geo.files import document, formats, limits
from geo.measuring.bulk import columns, delimited, layers, positions, rowgroups, sheets
from geo.measuring.bulk.delimited import describe_error

ROWS = 524_288
"""Rows of a chunk, but in Parquet it is as long as its writer made the row group."""

LONGEST_GROUP = 2**20
"""A row group of Parquet with more rows, or with more than `limits.GROUP_BYTES`, is read from the front, and its chunks
have `ROWS` rows too."""


@dataclass(frozen=True)
class Rows:
    """A chunk that carries its rows; ``number`` counts the chunks of a run from 0.

    ``file`` and the number of the ``first`` row in it are for messages.
    """

    number: int
    file: str
    first: int
    table: Any

    def read(self) -> Any:
        """Return the rows as an Arrow table."""
        return self.table


class TextRows(Rows):
    """A chunk of a text table, in which every cell is text."""

    def read(self) -> Any:
        """Return the rows as an Arrow table in which coordinates are numbers, and everything else is as it was."""
        table = self.table
        found = columns.find_columns(table.column_names, self.file)
        unreadable, names = np.zeros((2, len(table)), bool), (found.lon, found.lat)
        for name, bad in zip(filter(None, names), unreadable, strict=False):
            values, bad[:] = positions.read_degrees(table[name], self.file, name)
            numbers = pa.array(values, from_pandas=True)
            table = table.set_column(table.column_names.index(name), name, numbers)
        rows = unreadable[0] | unreadable[1]
        if not rows.any():
            return table
        column = names[int(unreadable[:, rows.argmax()].argmax())]
        return positions.note_unreadable(table, rows, self.file, self.first, column)


@dataclass(frozen=True)
class RowGroup:
    """A chunk that is one row group of a Parquet file, read where it is measured."""

    number: int
    file: str
    first: int
    group: int

    def read(self) -> Any:
        """Return the rows as an Arrow table.

        Raises
        ------
        DataError
            The file is damaged, or gone, or its texts take too much memory.
        """
        return rowgroups.read_group(self.file, self.group)


Chunk = Rows | RowGroup


def read_chunks(
    path: Path,
    *,
    layer: str | None = None,
    without: Container[int] = (),
    note: Callable[[str], None] = lambda text: None,
) -> Iterator[Chunk]:
    """Yield the chunks of a file or folder of points in order, leaving out those numbers that are done already.

    ``layer`` chooses one of several layers or sheets; ``note`` is told what was read otherwise than it stands.

    Raises
    ------
    DataError
        The file is of no format that is read here, is damaged or empty, or has no coordinates.
    """
    yield from (chunk for chunk in _read(path, layer, note) if chunk.number not in without)


def _read(path: Path, layer: str | None, note: Callable[[str], None]) -> Iterator[Chunk]:
    if path.is_dir():
        return _read_parquet(path)
    found, is_packed = _recognise(path)
    if found.key == "parquet" and not is_packed:
        return _read_parquet(path)
    if found.key == "text":
        dialect = delimited.read_dialect(path, is_packed=is_packed)
        for text in dialect.notes:
            note(text)
        return _build_chunks(TextRows, path, dialect.first, delimited.read_batches(path, dialect))
    content = document.read_content(path, max_bytes=limits.POINTS_BYTES)
    if found.key in ("zip", "ole") and (found.key == "ole" or _is_workbook(content.data)):
        sheet = sheets.read_sheet(path, content.data, layer)
        return _build_chunks(Rows, path, sheet.first, iter(sheet.table.to_batches()))
    return _build_chunks(Rows, path, 1, layers.read_batches(content, layer))


def _build_chunks(build: type[Rows], path: Path, first: int, batches: Iterator[Any]) -> Iterator[Chunk]:
    for number, table in enumerate(_regroup(batches)):
        yield build(number, str(path), first + number * ROWS, table)


def _recognise(path: Path) -> tuple[formats.Format, bool]:
    """Return what a file is, or what is packed in a gzip file, and whether it is packed so."""
    try:
        with path.open("rb") as stream:
            head = stream.read(formats.HEAD_BYTES)
        found = formats.recognise(head)
        if found.key != "gzip":
            return found, False
        with gzip.open(path) as unpacked:
            return formats.recognise(unpacked.read(formats.HEAD_BYTES)), True
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise DataError.of(path, f"The file cannot be read ({reason})", "Fetch or save it again.") from None


def _is_workbook(data: bytes) -> bool:
    """Ask whether a zip archive is a workbook of Excel or OpenDocument."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
    return any(name.startswith("xl/") or name == "META-INF/manifest.xml" for name in names)


def _read_parquet(path: Path) -> Iterator[Chunk]:
    files = sorted(path.rglob("*.parquet")) if path.is_dir() else [path]
    if not files:
        raise DataError.of(
            path, "The folder holds no .parquet file", "Name a folder of Parquet files, or one file."
        )
    numbers = itertools.count()
    for file in files:
        try:
            found = rowgroups.open_file(file).metadata
        except (OSError, pa.ArrowException) as error:
            what = f"This is not a Parquet file ({describe_error(error)})"
            raise DataError.of(file, what, "Write it again, or take it out.") from None
        first = 1
        for group in range(found.num_row_groups):
            about = found.row_group(group)
            rows = about.num_rows
            if rows <= LONGEST_GROUP and about.total_byte_size <= limits.GROUP_BYTES:
                yield RowGroup(next(numbers), str(file), first, group)
            else:
                pieces = _regroup(rowgroups.iterate_group(str(file), group, ROWS))
                for start, table in enumerate(pieces):
                    yield Rows(next(numbers), str(file), first + start * ROWS, table)
            first += rows


def _regroup(batches: Iterator[Any]) -> Iterator[Any]:
    """Join and cut record batches to tables of `ROWS` rows; the last may be shorter."""
    held: list[Any] = []
    count = 0
    for batch in batches:
        held.append(batch)
        count += batch.num_rows
        while count >= ROWS:
            table = pa.Table.from_batches(held)
            yield table.slice(0, ROWS)
            held = table.slice(ROWS).to_batches()
            count -= ROWS
    if count:
        yield pa.Table.from_batches(held)
