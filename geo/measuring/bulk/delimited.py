"""A text table as programs write it: its encoding, what separates its columns, and what stands above its rows."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv

from geo.errors import DataError
from geo.measuring.bulk.columns import find_columns, has_columns

HEAD_BYTES = 2**20
"""Within which the first lines of a file end."""

_SEPARATORS = ",;\t|"


@dataclass(frozen=True)
class Dialect:
    """How a text table is written.

    ``encoding`` is Python's name; ``names`` are those of the columns, and ``above`` counts the lines from the top of
    the file to the first row of values. ``tags`` says that HXL tags are among these.
    """

    encoding: str
    separator: str
    names: tuple[str, ...]
    above: int
    tags: bool = False
    is_packed: bool = False

    @property
    def first(self) -> int:
        """The number of the first row of values, counted from 1 at the top of the file."""
        return 1 + self.above

    @property
    def notes(self) -> tuple[str, ...]:
        """What was read otherwise than it stands."""
        notes = []
        if self.encoding == "cp1251":
            notes.append("The text is not UTF-8 and was read as Windows-1251.")
        if self.tags:
            notes.append("The row of HXL tags was left out.")
        return tuple(notes)


def read_dialect(path: Path, *, is_packed: bool) -> Dialect:
    """Read how a text table is written, from its beginning.

    Raises
    ------
    DataError
        It cannot be read, or has no columns of positions.
    """
    try:
        with gzip.open(path) if is_packed else path.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
    except (OSError, EOFError) as error:
        raise DataError.of(path, f"The file cannot be read ({error})", "Fetch or save it again.") from None
    encoding = _find_encoding(head)
    text = codecs.getincrementaldecoder(encoding)("replace").decode(head)
    lines = list(io.StringIO(text.lstrip("\ufeff"), newline=None))
    said = next(iter(lines), "").strip('" \n')
    above = int(said.lower().startswith("sep="))
    header = lines[above] if len(lines) > above else ""
    separator = (said[4:] or "\t")[:1] if above else max(_SEPARATORS, key=header.count)
    if not separator.isascii() or separator in '"\r\n\0':
        what = f"The first line says that columns are separated by {separator!r}"
        raise DataError.of(path, what, "Save the table with commas or semicolons between its columns.")
    rows = csv.reader(lines[above:], delimiter=separator)
    try:
        names = next(rows, [])
        above += rows.line_num
        below = [cell.strip() for cell in next(rows, [])]
    except csv.Error:  # a name longer than any is
        names, below, above = header.strip().split(separator), [], above + 1
    tags = any(below) and all(cell.startswith("#") for cell in below if cell)
    if tags and not has_columns(names) and has_columns(below):
        names = below
    find_columns(names, path)
    return Dialect(encoding, separator, tuple(names), above + tags, tags, is_packed)


def read_batches(path: Path, dialect: Dialect) -> Iterator[Any]:
    """Yield batches of a text table, every cell as the text it is.

    Raises
    ------
    DataError
        Its rows make no table.
    """
    source = pa.OSFile(os.fsencode(path))
    try:
        yield from pyarrow.csv.open_csv(
            pa.CompressedInputStream(source, "gzip") if dialect.is_packed else source,
            # one thread counts the rows, and is as fast: cells become numbers where they are measured
            read_options=pyarrow.csv.ReadOptions(
                use_threads=False,
                block_size=HEAD_BYTES,
                encoding=dialect.encoding.replace("utf-8-sig", "utf8"),
                skip_rows=dialect.above,
                column_names=dialect.names,
            ),
            parse_options=pyarrow.csv.ParseOptions(delimiter=dialect.separator),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(dialect.names, pa.string()), strings_can_be_null=False
            ),
        )
    except (OSError, UnicodeError, pa.ArrowException) as error:
        raise DataError.of(
            path,
            f"The file is not a table ({describe_error(error)})",
            "Correct that row; a cell with a delimiter in it stands in quotation marks.",
        ) from None


def describe_error(error: Exception) -> str:
    """Return the first line of another library's message, cut: it may repeat a whole cell."""
    return (str(error)[:200].splitlines() or [type(error).__name__])[0].strip().rstrip(".")


def _find_encoding(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "cp1251"
    return "utf-8-sig"
