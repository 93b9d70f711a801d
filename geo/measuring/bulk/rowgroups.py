"""Row groups of Parquet files as Arrow tables, none of which takes more memory than `limits.GROUP_BYTES`.

A dictionary holds a text once and repeats it by its number, so a file of 100 kB can hold gigabytes of text. How long
the texts of a dictionary are shows in a group's first row. Where they could be too many, texts are read by their
numbers and counted, and only then written out.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet

from geo.errors import DataError
from geo.files import limits
from geo.measuring.bulk.delimited import describe_error

_BATCH = 65_536  # rows
_BUFFER = 2**20  # bytes of each column that are read at once
_WIDTH = 8  # bytes of a number


def open_file(file: str | Path, **how: Any) -> Any:
    """Return an open Parquet file, whose name need not be UTF-8."""
    return pyarrow.parquet.ParquetFile(pa.OSFile(os.fsencode(file)), **how)


def read_group(file: str, group: int) -> Any:
    """Return a row group as an Arrow table.

    Raises
    ------
    DataError
        The file is damaged or gone, or its texts and lists take more than `limits.GROUP_BYTES`.
    """
    try:
        opened, plain = _open_for(file, group)
        return _write_out(opened.read_row_group(group), plain, file, group, limits.GROUP_BYTES)
    except (OSError, pa.ArrowException) as error:
        raise _refuse(file, group, f"cannot be read ({describe_error(error)})") from None


def iterate_group(file: str, group: int, rows: int) -> Iterator[Any]:
    """Yield a long row group as record batches, of which as many as have so many ``rows`` are held at once.

    Raises
    ------
    DataError
        The file is damaged, or texts and lists in so many rows take more than `limits.GROUP_BYTES`.
    """
    try:
        opened, plain = _open_for(file, group, buffer_size=_BUFFER, pre_buffer=False)
        most = limits.GROUP_BYTES * _BATCH // rows
        for batch in opened.iter_batches(batch_size=_BATCH, row_groups=[group]):
            yield from _write_out(pa.Table.from_batches([batch]), plain, file, group, most).to_batches()
    except (OSError, pa.ArrowException) as error:
        raise _refuse(file, group, f"cannot be read ({describe_error(error)})") from None


def _open_for(file: str, group: int, **how: Any) -> tuple[Any, Any]:
    """Return an open file that gives the texts of a row group by their numbers, if they could be too many.

    Beside it the schema of the table in which every text is written out.

    Raises
    ------
    DataError
        Its lists have too many items.
    """
    opened = open_file(file, **how)
    plain = opened.schema_arrow
    found = opened.metadata.row_group(group)
    columns = [found.column(index) for index in range(found.num_columns)]
    items = sum(each.num_values for each in columns if each.num_values > found.num_rows)
    if items * _WIDTH > limits.GROUP_BYTES:
        raise _refuse_size(file, group)
    # Arrow makes no views of texts out of numbers
    views = tuple(f"{field.name}." for field in plain if "view" in str(field.type))
    paths = [each.path_in_schema for each in columns if each.physical_type == "BYTE_ARRAY"]
    texts = [path for path in paths if not f"{path}.".startswith(views)]
    if not texts:
        return opened, plain
    numbered = open_file(
        file, metadata=opened.metadata, read_dictionary=texts, buffer_size=_BUFFER, pre_buffer=False
    )
    first = next(numbered.iter_batches(1, row_groups=[group]), None)
    leaves = _list_leaves(first.columns if first else ())
    most = sum(
        each.total_uncompressed_size + each.num_values * _find_longest(leaf)
        for each, leaf in zip(columns, leaves, strict=False)
        if pa.types.is_dictionary(leaf.type) and any("DICTIONARY" in name for name in each.encodings)
    )
    return (numbered if most > limits.GROUP_BYTES else opened), plain


def _write_out(table: Any, plain: Any, file: str, group: int, most: int) -> Any:
    """Return a table with every text written out as a schema has it, unless they take more than so many bytes."""
    size = sum(map(_count_texts, _list_leaves(chunk for column in table.columns for chunk in column.chunks)))
    if size > most:
        raise _refuse_size(file, group)
    return table if table.schema.equals(plain) else table.cast(plain)


def _list_leaves(arrays: Iterable[Any]) -> Iterator[Any]:
    """Yield the arrays of plain values in these, in the order in which Parquet has them as columns."""
    for array in arrays:
        if pa.types.is_struct(array.type):
            yield from _list_leaves(array.flatten())
        elif pa.types.is_map(array.type):
            yield from _list_leaves([array.keys, array.items])
        elif pa.types.is_nested(array.type):
            yield from _list_leaves([array.flatten()])
        else:
            yield array


def _find_longest(leaf: Any) -> int:
    """Return the length in bytes of the longest text that rows can repeat; where one stands alone, nobody knows yet."""
    longest = pc.max(pc.binary_length(leaf.dictionary)).as_py()
    return longest if len(leaf.dictionary) > 1 else limits.GROUP_BYTES


def _count_texts(leaf: Any) -> int:
    """Return how many bytes the texts of an array take when each is written out."""
    if not pa.types.is_dictionary(leaf.type):
        return 0
    lengths = pc.binary_length(leaf.dictionary).cast(pa.int64())
    return pc.sum(lengths.take(leaf.indices)).as_py() or 0


def _refuse_size(file: str, group: int) -> DataError:
    return _refuse(
        file,
        group,
        f"takes more than {limits.GROUP_BYTES / 1e6:.0f} MB when its texts and lists are written out",
    )


def _refuse(file: str, group: int, what: str) -> DataError:
    remedy = "Write the file again, with shorter row groups or without columns that are not needed."
    return DataError.of(file, f"Row group {group} {what}", remedy)
