"""A file of points becomes chunks: CSV, GeoPackage, GeoParquet or plain Parquet, or a folder of Parquet files.

A chunk is a few hundred thousand rows as an Arrow table. CSV and GeoPackage can only be read from the front, so their
chunks carry the rows; a chunk of Parquet is the name of a row group, read by whoever measures it, on this machine or
another, unless the row group is too long to be held in memory.
"""

from __future__ import annotations

import itertools
import json
import os
import warnings
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from geo.errors import DataError, UsageError
from geo.files import document, limits, vectors
from geo.measuring.bulk import positions

ROWS = 524_288
"""Rows of a chunk of CSV or GeoPackage; in Parquet it is as long as its writer made the row group."""

LONGEST_GROUP = 2**20
"""A row group of Parquet with more rows than this is read from the front, and its chunks have `ROWS` rows too."""

_BUFFER = 2**20  # bytes of each column that are read at once from a long row group

_HEADER = 2**20  # bytes within which the first line of a CSV file ends
_SUFFIXES = {
    ".csv": "csv",
    ".gpkg": "gpkg",
    ".parquet": "parquet",
    ".geoparquet": "parquet",
    ".pq": "parquet",
}


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
    """A chunk of CSV, in which every cell is text."""

    def read(self) -> Any:
        """Return the rows as an Arrow table in which coordinates are numbers, and everything else is as it was."""
        table = self.table
        unreadable = np.zeros(len(table), bool)
        for name in positions.find_columns(table.column_names, self.file):
            values, bad = positions.read_degrees(table[name], self.file, name)
            unreadable |= bad
            numbers = pa.array(values, from_pandas=True)
            table = table.set_column(table.column_names.index(name), name, numbers)
        return (
            positions.note_unreadable(table, unreadable, self.file, self.first) if unreadable.any() else table
        )


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
            The file is damaged, or gone.
        """
        try:
            return _open_parquet(self.file).read_row_group(self.group)
        except (OSError, pa.ArrowException) as error:
            raise _build_group_error(self.file, self.group, error) from None


Chunk = Rows | RowGroup


def read_chunks(path: Path, *, without: Container[int] = ()) -> Iterator[Chunk]:
    """Yield the chunks of a file or folder of points in order, leaving out those numbers that are done already.

    Raises
    ------
    UsageError
        The name does not end like a format that is read here.
    DataError
        The file is damaged, empty, in another coordinate system, or has no coordinates.
    """
    kind = _kind_of(path)
    if kind == "parquet":
        chunks = _read_parquet(path)
    else:
        is_csv = kind == "csv"
        tables = enumerate(_regroup(_read_csv(path) if is_csv else _read_geopackage(path)))
        build, first = (TextRows, 2) if is_csv else (Rows, 1)  # the header is row 1
        chunks = (build(number, str(path), first + number * ROWS, table) for number, table in tables)
    yield from (chunk for chunk in chunks if chunk.number not in without)


def _kind_of(path: Path) -> str:
    if path.is_dir():
        return "parquet"
    kind = _SUFFIXES.get(path.suffix.lower())
    if kind is None:
        raise UsageError(
            f"{path}: points are read from .csv, .gpkg and .parquet files and from folders of .parquet files; "
            "save them as one of these."
        )
    return kind


def _read_parquet(path: Path) -> Iterator[Chunk]:
    files = sorted(path.rglob("*.parquet")) if path.is_dir() else [path]
    if not files:
        raise DataError.of(
            path, "The folder holds no .parquet file", "Name a folder of Parquet files, or one file."
        )
    numbers = itertools.count()
    for file in files:
        try:
            opened = _open_parquet(str(file), buffer_size=_BUFFER, pre_buffer=False)
        except (OSError, pa.ArrowException) as error:
            what = f"This is not a Parquet file ({describe_error(error)})"
            raise DataError.of(file, what, "Write it again, or take it out.") from None
        first = 1
        for group in range(opened.num_row_groups):
            rows = opened.metadata.row_group(group).num_rows
            if rows <= LONGEST_GROUP:
                yield RowGroup(next(numbers), str(file), first, group)
            else:
                for start, table in enumerate(_cut(opened, group, file)):
                    yield Rows(next(numbers), str(file), first + start * ROWS, table)
            first += rows


def _cut(opened: pyarrow.parquet.ParquetFile, group: int, file: Path) -> Iterator[Any]:
    """Yield the rows of a long row group as tables of `ROWS` rows."""
    try:
        yield from _regroup(opened.iter_batches(batch_size=65_536, row_groups=[group]))
    except (OSError, pa.ArrowException) as error:
        raise _build_group_error(file, group, error) from None


def _read_csv(path: Path) -> Iterator[Any]:
    """Yield batches of a CSV file, every cell as the text it is."""
    try:
        with path.open("rb") as stream:
            header = stream.readline(_HEADER).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError.of(
            path, f"The file cannot be read ({describe_error(error)})", "Save it again as UTF-8 text."
        ) from None
    layout = pyarrow.csv.ParseOptions(delimiter=max(",;\t", key=header.count))
    try:
        line = pa.BufferReader(header.encode())
        names = pyarrow.csv.open_csv(line, parse_options=layout).schema.names if header.strip() else []
        positions.find_columns(names, path)
        yield from pyarrow.csv.open_csv(
            pa.OSFile(os.fsencode(path)),
            # one thread counts the rows, and is as fast: cells become numbers where they are measured
            read_options=pyarrow.csv.ReadOptions(use_threads=False, block_size=_HEADER),
            parse_options=layout,
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )
    except (OSError, pa.ArrowException) as error:
        raise DataError.of(
            path,
            f"The file is not a table ({describe_error(error)})",
            "Correct that row; a cell with a delimiter in it stands in quotation marks.",
        ) from None


def _read_geopackage(path: Path) -> Iterator[Any]:
    """Yield batches of a GeoPackage's only layer of geometry, described as GeoParquet describes it.

    GDAL is given the bytes that were checked, never a name: another file could take that meanwhile.
    """
    import pyogrio

    data = vectors.read_geopackage(document.read_content(path, max_bytes=limits.POINTS_BYTES))
    try:
        with warnings.catch_warnings(action="ignore"):  # of what GDAL mends: what it cannot is an error
            layers = [str(name) for name, kind in pyogrio.list_layers(data) if kind is not None]
            if len(layers) != 1:
                names = ", ".join(map(positions.quote, layers[:6])) or "none"
                what = f"The file holds {len(layers)} layers of geometry: {names}"
                raise DataError.of(path, what, "Export the layer of points on its own.")
            with pyogrio.raw.open_arrow(data, layer=layers[0], batch_size=65_536) as (meta, stream):
                reader = pa.RecordBatchReader.from_stream(stream)
                positions.validate_crs(path, meta["crs"])
                column = meta["geometry_name"] or "wkb_geometry"
                described = {"encoding": "WKB", "geometry_types": []}
                geo = {"version": "1.1.0", "primary_column": column, "columns": {column: described}}
                for batch in reader:
                    yield batch.replace_schema_metadata({"geo": json.dumps(geo)})
    except (RuntimeError, ValueError, OSError, pa.ArrowException) as error:
        what = f"The file cannot be read ({describe_error(error)})"
        raise DataError.of(path, what, "Save it again.") from None


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


def _open_parquet(file: str, **how: Any) -> Any:
    return pyarrow.parquet.ParquetFile(pa.OSFile(os.fsencode(file)), **how)  # whose name need not be UTF-8


def _build_group_error(file: str | Path, group: int, error: Exception) -> DataError:
    return DataError.of(
        file, f"Row group {group} cannot be read ({describe_error(error)})", "Write the file again."
    )


def describe_error(error: Exception) -> str:
    """Return the first line of another library's message, cut: it may repeat a whole cell."""
    return (str(error)[:200].splitlines() or [type(error).__name__])[0].strip().rstrip(".")
