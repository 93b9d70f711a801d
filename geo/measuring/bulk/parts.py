"""The finished chunks of a run, beside its output: what a later run need not measure again.

Each chunk is a Parquet file, written whole or not at all and named by its number, so that writing one twice changes
nothing. A label says which run they belong to. In the end they are joined to one file in one step, or the folder itself
becomes the output.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from geo.errors import DataError, OutputError
from geo.files import saving

DISTANCE = "distance_km"
"""What the names of the columns with distances begin with."""

_LABEL = "run.json"
_ATTEMPTS = 10  # at emptying a folder, before what is in the way is an error


class Parts:
    """The folder ``OUT.parts`` of one run."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.folder = out.with_name(f"{out.name}.parts")

    def open(self, label: dict[str, Any]) -> frozenset[int]:
        """Make the folder and return the numbers of the chunks in it; those of a run with another label are removed."""
        text = json.dumps(label, indent=1, sort_keys=True)
        file = self.folder / _LABEL
        if self.folder.is_dir() and not (file.is_file() and file.read_text(encoding="utf-8") == text):
            self.remove()
        saving.save_bytes(text.encode(), file)
        return frozenset(int(file.stem.split("-")[1]) for file in self.folder.glob("part-*.parquet"))

    def save(self, number: int, table: Any) -> None:
        """Write one chunk's rows.

        Raises
        ------
        OutputError
            The file cannot be written, or the folder is gone, because the run it belongs to has ended.
        """
        sink = pa.BufferOutputStream()
        with _open_parquet(sink, table.schema) as writer:
            writer.write_table(table)
        saving.save_bytes(sink.getvalue(), self._file(number), make_folder=False)

    def count(self) -> tuple[int, int, int]:
        """Return how many rows there are, how many of them have no distance, and in how many chunks they lie."""
        rows = empty = 0
        files = sorted(self.folder.glob("part-*.parquet"))
        for file in files:
            opened = pyarrow.parquet.ParquetFile(file)
            rows += opened.metadata.num_rows
            # a file's own columns come first, so the last of that name's beginning is the one that was added
            distance = [name for name in opened.schema_arrow.names if name.startswith(DISTANCE)][-1]
            empty += opened.read([distance])[distance].null_count
        return rows, empty, len(files)

    def tables(self, count: int) -> Iterator[Any]:
        """Yield the chunks' rows in their order."""
        for number in range(count):
            yield pyarrow.parquet.ParquetFile(self._file(number)).read()

    def join(self, count: int) -> None:
        """Write all chunks to the output, Parquet or CSV by its name, and remove the folder."""
        writer = _write_csv if self.out.suffix.lower() == ".csv" else _write_parquet
        saving.save_stream(lambda target: writer(self.tables(count), target), self.out)
        self.remove()

    def become_output(self) -> None:
        """Make the folder itself the output, in the place of an earlier one, which goes only when the new one is there.

        Raises
        ------
        OutputError
            The folder cannot take that place; the earlier one keeps it.
        """
        (self.folder / _LABEL).unlink()
        out = Path(os.path.realpath(self.out))  # a link stays a link, its target is replaced
        earlier = _derive_spare(out)
        try:
            if out.exists():
                out.replace(earlier)
            self.folder.replace(out)
        except OSError as error:
            if earlier.exists():
                earlier.replace(out)
            raise OutputError(
                f"{self.out}: {self.folder} cannot take its place ({error.strerror})."
            ) from None
        shutil.rmtree(earlier, ignore_errors=True)

    @contextlib.contextmanager
    def removed_on_bad_data(self) -> Iterator[None]:
        """Delete the folder if the points turn out to be wrong: a corrected file begins a run of its own."""
        try:
            yield
        except DataError:
            self.remove()
            raise

    def remove(self) -> None:
        """Delete the folder and what is in it, also while somebody on another machine is writing a part.

        It gets another name first, under which nobody begins to write. A file that was just being put in its place may
        still appear, or vanish, while the folder is being emptied; then it is emptied again.
        """
        doomed = _derive_spare(self.folder)
        self.folder.replace(doomed)
        for _ in range(_ATTEMPTS):
            shutil.rmtree(doomed, ignore_errors=True)
            if not doomed.exists():
                return
        shutil.rmtree(doomed)

    def _file(self, number: int) -> Path:
        return self.folder / f"part-{number:06d}.parquet"


def _derive_spare(folder: Path) -> Path:
    """Return a name that nobody uses, beside a folder that is to make way."""
    return folder.with_name(f".{folder.name}.{uuid.uuid4().hex[:8]}")


def validate_folder(out: Path) -> None:
    """Raise `OutputError` if an output folder's name is taken by something that this program did not write."""
    taken = out.is_file() or (
        out.is_dir() and any(not file.match("part-*.parquet") for file in out.iterdir())
    )
    if taken:
        raise OutputError(f"{out}: something else is there. Choose another name for the output with --out.")


def _open_parquet(target: Any, schema: Any) -> Any:
    # Numbers hardly repeat: a dictionary of them costs more time than measuring them.
    words = [field.name for field in schema if not pa.types.is_floating(field.type)]
    return pyarrow.parquet.ParquetWriter(target, schema, compression="lz4", use_dictionary=words)


def _write_parquet(tables: Iterator[Any], target: Path) -> None:
    _write(tables, lambda schema: _open_parquet(target, schema))


def _write_csv(tables: Iterator[Any], target: Path) -> None:
    options = pyarrow.csv.WriteOptions(quoting_style="needed")
    _write(tables, lambda schema: pyarrow.csv.CSVWriter(target, schema, write_options=options))


def _write(tables: Iterator[Any], build_writer: Callable[[Any], Any]) -> None:
    first = next(tables)
    with build_writer(first.schema) as writer:
        writer.write_table(first)
        for table in tables:
            writer.write_table(table.cast(first.schema))
