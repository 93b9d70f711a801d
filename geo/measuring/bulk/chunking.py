"""A file of points becomes chunks: CSV, GeoPackage, GeoParquet or plain Parquet, or a folder of Parquet files.

A chunk is a few hundred thousand rows as an Arrow table. CSV and GeoPackage can only be read from the front, so their
chunks carry the rows; a chunk of Parquet is the name of a row group, read by whoever measures it, on this machine or
another, unless the row group is too long to be held in memory.
"""

from __future__ import annotations

import csv
import itertools
import json
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from geo.errors import DataError, UsageError

ROWS = 524_288
"""Rows of a chunk of CSV or GeoPackage; in Parquet it is as long as its writer made the row group."""

LONGEST_GROUP = 2**20
"""A row group of Parquet with more rows than this is read from the front, and its chunks have `ROWS` rows too."""

_BUFFER = 2**20  # bytes of each column that are read at once from a long row group

LON_NAMES, LAT_NAMES = ("lon", "longitude", "lng"), ("lat", "latitude")
"""What the columns of a table without geometry are called, in any case."""

_EMPTY = ["", "NaN", "nan", "NA", "N/A", "NULL", "null", "None"]
_SUFFIXES = {
    ".csv": "csv",
    ".gpkg": "gpkg",
    ".parquet": "parquet",
    ".geoparquet": "parquet",
    ".pq": "parquet",
}


@dataclass(frozen=True)
class Rows:
    """A chunk that carries its rows; ``number`` counts the chunks of a run from 0, ``file`` is for messages."""

    number: int
    file: str
    table: Any

    def read(self) -> Any:
        """Return the rows as an Arrow table."""
        return self.table


@dataclass(frozen=True)
class RowGroup:
    """A chunk that is one row group of a Parquet file, read where it is measured."""

    number: int
    file: str
    group: int

    def read(self) -> Any:
        """Return the rows as an Arrow table.

        Raises
        ------
        DataError
            The file is damaged, or gone.
        """
        try:
            return pyarrow.parquet.ParquetFile(self.file).read_row_group(self.group)
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
        batches = _read_csv(path) if kind == "csv" else _read_geopackage(path)
        chunks = (Rows(number, str(path), table) for number, table in enumerate(_regroup(batches)))
    yield from (chunk for chunk in chunks if chunk.number not in without)


def find_columns(names: list[str]) -> tuple[str, str] | None:
    """Return what the columns of longitude and latitude are called, or None if there are none."""
    folded = {name.strip().lstrip("\ufeff").lower(): name for name in reversed(names)}
    lon = next((folded[name] for name in LON_NAMES if name in folded), None)
    lat = next((folded[name] for name in LAT_NAMES if name in folded), None)
    return (lon, lat) if lon is not None and lat is not None else None


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
            opened = pyarrow.parquet.ParquetFile(file, buffer_size=_BUFFER, pre_buffer=False)
        except (OSError, pa.ArrowException) as error:
            what = f"This is not a Parquet file ({_first_line(error)})"
            raise DataError.of(file, what, "Write it again, or take it out.") from None
        for group in range(opened.num_row_groups):
            if opened.metadata.row_group(group).num_rows <= LONGEST_GROUP:
                yield RowGroup(next(numbers), str(file), group)
            else:
                yield from (Rows(next(numbers), str(file), table) for table in _cut(opened, group, file))


def _cut(opened: pyarrow.parquet.ParquetFile, group: int, file: Path) -> Iterator[Any]:
    """Yield the rows of a long row group as tables of `ROWS` rows."""
    try:
        yield from _regroup(opened.iter_batches(batch_size=65_536, row_groups=[group]))
    except (OSError, pa.ArrowException) as error:
        raise _build_group_error(file, group, error) from None


def _read_csv(path: Path) -> Iterator[Any]:
    """Yield batches of a CSV file: coordinates as numbers, every other column as the text it is."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            header = stream.readline()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError.of(
            path, f"The file cannot be read ({error})", "Save it again as UTF-8 text."
        ) from None
    delimiter = max(",;\t", key=header.count)
    names = next(csv.reader([header], delimiter=delimiter), [])
    columns = find_columns(names)
    if columns is None:
        raise build_column_error(path, names)
    convert = pyarrow.csv.ConvertOptions(
        column_types={name: pa.float64() if name in columns else pa.string() for name in names},
        null_values=_EMPTY,
        strings_can_be_null=False,
    )
    try:
        yield from pyarrow.csv.open_csv(
            path, parse_options=pyarrow.csv.ParseOptions(delimiter=delimiter), convert_options=convert
        )
    except (OSError, pa.ArrowException) as error:
        raise DataError.of(
            path,
            f"The file is not a table of numbers in {columns[0]!r} and {columns[1]!r} ({_first_line(error)})",
            "Correct that row: degrees with a point, as in 30.52; leave both cells empty where there is no position.",
        ) from None


def _read_geopackage(path: Path) -> Iterator[Any]:
    """Yield batches of a GeoPackage's only layer, described as GeoParquet describes its geometry."""
    import pyogrio

    try:
        with pyogrio.raw.open_arrow(path, batch_size=65_536) as (meta, stream):
            reader = pa.RecordBatchReader.from_stream(stream)
            validate_crs(path, meta["crs"])
            column = meta["geometry_name"] or "wkb_geometry"
            described = {"encoding": "WKB", "geometry_types": []}
            geo = {"version": "1.1.0", "primary_column": column, "columns": {column: described}}
            for batch in reader:
                yield batch.replace_schema_metadata({"geo": json.dumps(geo)})
    except pyogrio.errors.DataSourceError as error:
        raise DataError.of(
            path, f"The file cannot be read ({_first_line(error)})", "Save it again."
        ) from None


def validate_crs(file: str | Path, name: str | None) -> None:
    """Raise `DataError` unless a coordinate system's name is that of WGS 84 longitude and latitude."""
    if name not in ("EPSG:4326", "OGC:CRS84"):
        raise DataError.of(
            file,
            f"The points are in {name or 'an unnamed coordinate system'}, not in WGS 84 longitude and latitude",
            "Export the layer again with the coordinate reference system WGS 84 (EPSG:4326).",
        )


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


def build_column_error(path: str | Path, names: list[str]) -> DataError:
    """Return the error that a table has neither a geometry nor columns of longitude and latitude."""
    return DataError.of(
        path,
        f"There are no columns of longitude and latitude among {', '.join(map(repr, names[:12]))}",
        "Call them lon and lat, in degrees.",
    )


def _build_group_error(file: str | Path, group: int, error: Exception) -> DataError:
    return DataError.of(
        file, f"Row group {group} cannot be read ({_first_line(error)})", "Write the file again."
    )


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0].strip().rstrip(".")[:200]
