"""The finished chunks of a run, beside its output: what a later run need not measure again.

A folder ``OUT.parts`` holds everything that is not yet the output::

    _geo.json                   the mark of this program; the run that writes OUT holds a lock on it
    3f2a…/part-000000.parquet   the chunks of one run, in a folder named by the hash of all that decides its numbers
    earlier/, old/              an output that makes way, and what is about to be deleted

Only folders with the mark and with no other names in them are taken over or deleted. Each chunk is written whole or not
at all. In the end the chunks are joined to one file, or their folder itself becomes the output. That folder carries
the mark, too, with the number of its chunks.
"""

from __future__ import annotations

import codecs
import contextlib
import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from geo.errors import DataError, OutputError
from geo.files import atomic, saving
from geo.measuring.bulk.positions import UNREADABLE

DISTANCE = "distance_km"
"""What the names of the columns with distances begin with."""

_MARK = "_geo.json"
_PROGRAM = {"program": "geo-scenarios"}
_EARLIER, _OLD = "earlier", "old"
_RUN = re.compile(rf"[0-9a-f]{{64}}|{_EARLIER}|{_OLD}")
_PART = re.compile(r"part-(\d{6,})\.parquet")
_OURS = re.compile(rf"\.?({_PART.pattern}|{re.escape(_MARK)})(\.[\w.-]+\.part)?")
_LONGEST_MARK = 1000
_ATTEMPTS = 10  # at emptying a folder, before what is in the way is an error


@dataclass(frozen=True)
class Count:
    """How many chunks and rows there are, how many rows have no position, and of these how many could not be read.

    ``first_unreadable`` names row and column of the first of the last.
    """

    parts: int
    rows: int
    without_position: int
    unreadable: int
    first_unreadable: str


class Parts:
    """The chunks of one run: ``folder`` holds them, and ``home`` is the folder ``OUT.parts`` around it."""

    def __init__(self, out: Path, run: str) -> None:
        self.name = out  # for messages
        self.out = Path(os.path.realpath(out))  # a link stays a link, its target is replaced
        self.home = self.out.with_name(f"{self.out.name}.parts")
        self.folder = self.home / run

    @contextlib.contextmanager
    def held(self) -> Iterator[frozenset[int]]:
        """Hold the output's name, and give the numbers of the chunks that an earlier run like this one has finished.

        Chunks of other runs are deleted. What a killed run left half-done is mended or deleted. On leaving, the chunks
        are deleted if the output is in its place or the points turned out to be wrong; else the next run goes on.

        Raises
        ------
        OutputError
            The name is taken by something that this program did not write, or by another run; or it cannot be written.
        """
        try:
            mark = self._take()
        except OSError as error:
            reason = f"could not be written: {error.strerror or error}"
            raise OutputError(f"{self.name}: {reason}. Choose another place with --out.") from error
        with mark:
            is_needed = True
            try:
                self._mend()
                yield self._find_done()
                is_needed = False
            except DataError:
                is_needed = False
                raise
            finally:
                if not (is_needed and self._numbers()):
                    for folder in self._folders():
                        self._discard(folder)
                self._leave()
        if sys.platform == "win32":  # deletes no open file
            self._leave()

    def save(self, number: int, table: Any) -> None:
        """Write one chunk's rows into the run's folder, as `save_part` does."""
        save_part(self.folder, number, table)

    def count(self) -> Count:
        """Return how many rows there are, and how many of them have no distance or hold something unreadable."""
        rows = empty = 0
        unreadable: list[tuple[int, int, str]] = []
        numbers = self._numbers()
        for number in numbers:
            opened = _open(self._file(number))
            rows += opened.metadata.num_rows
            # a file's own columns come first, so the last of that name's beginning is the one that was added
            distance = [name for name in opened.schema_arrow.names if name.startswith(DISTANCE)][-1]
            empty += opened.read([distance])[distance].null_count
            metadata = opened.schema_arrow.metadata or {}
            if UNREADABLE in metadata:
                unreadable.append(json.loads(metadata[UNREADABLE]))
        first = unreadable[0][-1] if unreadable else ""
        return Count(len(numbers), rows, empty, sum(some for some, *_ in unreadable), first)

    def tables(self, count: int) -> Iterator[Any]:
        """Yield the chunks' rows in their order."""
        for number in range(count):
            table = _open(self._file(number)).read()
            metadata = table.schema.metadata or {}
            metadata.pop(UNREADABLE, None)
            yield table.replace_schema_metadata(metadata or None)

    def join(self, count: int) -> None:
        """Write all chunks to the output, Parquet or CSV by its name, and remove them."""
        writer = _write_csv if self.out.suffix.lower() == ".csv" else _write_parquet
        saving.save_stream(lambda target: writer(self.tables(count), target), self.out)

    def become_output(self, count: int) -> None:
        """Make the run's folder the output, in the place of an earlier one, which goes only when the new one is there.

        Raises
        ------
        OutputError
            The folder cannot take that place; the earlier one keeps it.
        """
        mark = json.dumps({**_PROGRAM, "parts": count}).encode()
        saving.save_bytes(mark, self.folder / _MARK, make_folder=False)
        validate_folder(self.out)
        earlier = self.home / _EARLIER
        try:
            if not (self.out.exists() and atomic.exchange(self.folder, self.out)):
                if self.out.exists():
                    self.out.replace(earlier)
                self.folder.replace(self.out)
        except OSError as error:
            if earlier.exists():
                earlier.replace(self.out)
            raise OutputError(
                f"{self.name}: {self.folder} cannot take its place ({error.strerror})."
            ) from None

    def _take(self) -> IO[bytes]:
        """Return the open mark, locked, of a folder that is ours or that was not there."""
        while True:
            if self.home.is_symlink() or (self.home.exists() and not self.home.is_dir()):
                raise _build_taken_error(self.name, self.home)
            self.home.mkdir(parents=True, exist_ok=True)
            is_new = not _list(self.home)
            try:
                mark = (self.home / _MARK).open("a+b" if is_new else "r+b")
            except FileNotFoundError:
                if _list(self.home):
                    raise _build_taken_error(self.name, self.home) from None
                continue  # the run before has just ended
            try:
                if not atomic.lock(mark):
                    raise OutputError(
                        f"{self.name}: another run is writing it. Wait for its end, or choose another name with --out."
                    )
                if self._is_still(mark):
                    self._validate(mark)
                    return mark
            except BaseException:
                mark.close()
                raise
            mark.close()

    def _is_still(self, mark: IO[bytes]) -> bool:
        """Ask whether an open mark is still the one in the folder: the run before may have deleted it."""
        try:
            return os.path.samestat(os.fstat(mark.fileno()), (self.home / _MARK).stat())
        except FileNotFoundError:
            return False

    def _validate(self, mark: IO[bytes]) -> None:
        """Raise `OutputError` if the folder or its mark is not ours; an empty folder is, from now on."""
        text = mark.read(_LONGEST_MARK)
        names = set(_list(self.home)) - {_MARK}
        is_ours = _parse_mark(text) == _PROGRAM or not (text or names)
        if not is_ours or not all(_RUN.fullmatch(name) and _holds_parts(self.home / name) for name in names):
            raise _build_taken_error(self.name, self.home)
        if not text:
            mark.write(json.dumps(_PROGRAM).encode())
            mark.flush()

    def _leave(self) -> None:
        """Delete the folder, its mark last, if nothing is in it any more that a next run could take over."""
        if _list(self.home) == [_MARK]:
            with contextlib.suppress(OSError):
                (self.home / _MARK).unlink()
                self.home.rmdir()

    def _mend(self) -> None:
        """Bring back an output that was making way when its run was killed, and delete all that is not of this run."""
        earlier = self.home / _EARLIER
        if earlier.exists() and not self.out.exists():
            earlier.replace(self.out)
        for folder in self._folders():
            if folder != self.folder:
                self._discard(folder)
        self.folder.mkdir(exist_ok=True)

    def _find_done(self) -> frozenset[int]:
        """Return the numbers of the chunks that can be read, and delete whatever else lies beside them."""
        done = set()
        for file in self.folder.iterdir():
            part = _PART.fullmatch(file.name)
            try:
                if part:
                    _open(file)
                    done.add(int(part[1]))
                    continue
            except (OSError, pa.ArrowException):
                pass
            file.unlink()  # a temporary file of a killed run, a mark, or a damaged part
        return frozenset(done)

    def _folders(self) -> list[Path]:
        return [self.home / name for name in _list(self.home) if _RUN.fullmatch(name)]

    def _numbers(self) -> list[int]:
        parts = map(_PART.fullmatch, _list(self.folder))
        return sorted(int(part[1]) for part in parts if part)

    def _discard(self, folder: Path) -> None:
        """Delete a folder of chunks, also while somebody on another machine is writing into it.

        It gets another name first, under which nobody begins to write. A file that was just being put in its place may
        still appear, or vanish, while the folder is being emptied; then it is emptied again.
        """
        doomed = self.home / _OLD
        _empty(doomed)
        if folder.exists():
            folder.replace(doomed)
        _empty(doomed)

    def _file(self, number: int) -> Path:
        return self.folder / f"part-{number:06d}.parquet"


def save_part(folder: Path, number: int, table: Any) -> None:
    """Write one chunk's rows.

    Raises
    ------
    OutputError
        The file cannot be written, or the folder is gone, because the run it belongs to has ended.
    """
    sink = pa.BufferOutputStream()
    with _open_writer(sink, table.schema) as writer:
        writer.write_table(table)
    saving.save_bytes(sink.getvalue(), folder / f"part-{number:06d}.parquet", make_folder=False)


def validate_folder(out: Path) -> None:
    """Raise `OutputError` if an output folder's name is taken by something that this program did not write."""
    if out.is_dir():
        try:
            with (out / _MARK).open("rb") as stream:
                mark = _parse_mark(stream.read(_LONGEST_MARK))
        except OSError:
            mark = {}
        parts = (_PART.fullmatch(name) for name in _list(out) if name != _MARK)
        if all(part and int(part[1]) < mark.get("parts", 0) for part in parts):
            return
    if out.exists():
        raise _build_taken_error(out, out)


def _list(folder: Path) -> list[str]:
    """Return the names in a folder; none where there is no folder."""
    try:
        return sorted(file.name for file in folder.iterdir())
    except FileNotFoundError:
        return []


def _holds_parts(folder: Path) -> bool:
    """Ask whether a folder is no link and holds nothing but parts, their temporary files and a mark."""
    return folder.is_dir() and not folder.is_symlink() and all(map(_OURS.fullmatch, _list(folder)))


def _parse_mark(text: bytes) -> dict[str, Any]:
    """Return what a mark says; nothing where it is not one of this program."""
    try:
        mark = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    is_ours = isinstance(mark, dict) and mark.items() >= _PROGRAM.items()
    return mark if is_ours and isinstance(mark.get("parts", 0), int) else {}


def _build_taken_error(out: Path, taken: Path) -> OutputError:
    return OutputError(
        f"{out}: the name {taken.name!r} is taken: something else is there, and it stays. "
        "Choose another name for the output with --out."
    )


def _empty(folder: Path) -> None:
    """Delete a folder and the files in it that have our names."""
    for left in reversed(range(_ATTEMPTS)):
        try:
            for name in filter(_OURS.fullmatch, _list(folder)):
                (folder / name).unlink(missing_ok=True)
            folder.rmdir()
        except OSError as error:
            if not folder.exists():
                return
            if not left:
                raise OutputError(f"{folder}: could not be emptied ({error.strerror}).") from None


def _open(file: Path) -> Any:
    return pyarrow.parquet.ParquetFile(pa.OSFile(os.fsencode(file)))


def _open_writer(target: Any, schema: Any) -> Any:
    # Numbers hardly repeat: a dictionary of them costs more time than measuring them.
    words = [field.name for field in schema if not pa.types.is_floating(field.type)]
    return pyarrow.parquet.ParquetWriter(target, schema, compression="lz4", use_dictionary=words)


def _write_parquet(tables: Iterator[Any], target: Path) -> None:
    _write(tables, target, _open_writer)


def _write_csv(tables: Iterator[Any], target: Path) -> None:
    options = pyarrow.csv.WriteOptions(quoting_style="needed")

    def build(stream: Any, schema: Any) -> Any:
        stream.write(codecs.BOM_UTF8)  # by which Excel knows UTF-8
        return pyarrow.csv.CSVWriter(stream, schema, write_options=options)

    _write(tables, target, build)


def _write(tables: Iterator[Any], target: Path, build_writer: Callable[[Any, Any], Any]) -> None:
    first = next(tables)
    # bytes, because Arrow takes a text for UTF-8
    with pa.OSFile(os.fsencode(target), "wb") as stream, build_writer(stream, first.schema) as writer:
        writer.write_table(first)
        for table in tables:
            writer.write_table(table.cast(first.schema))
