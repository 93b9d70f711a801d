"""Millions of points: chunks are measured by this machine's cores, kept as parts, and joined to one file.

In memory are two chunks being measured and two being read or written, whatever the length of the file. A run that was
killed goes on where it stopped: the chunks that are done lie beside the output until it is whole. They serve only a run
with the same identity, which is the hash of everything that decides a number.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from geo.errors import DataError, OutputError, UsageError
from geo.files import saving
from geo.fronts.front import Front
from geo.fronts.reading import read_front
from geo.measuring import cache, series
from geo.measuring.bulk import chunking, delimited, distances, positions
from geo.measuring.bulk.chunking import Chunk
from geo.measuring.bulk.distances import Target
from geo.measuring.bulk.parts import Count, Parts, validate_folder

OUT_SUFFIXES = (".parquet", ".csv")
_SIDECARS = (".shx", ".dbf", ".prj")  # of a Shapefile

OnRows = Callable[[int], None]
"""Called after every chunk with the number of its rows."""


@dataclass(frozen=True)
class Outcome:
    """What a run did: its rows, how many of its chunks were there from an earlier run, and notes on the file."""

    count: Count
    resumed: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Job:
    """What to measure, to what, and where the result goes; a folder if ``out`` has no suffix.

    ``layer`` chooses one of several layers or sheets; ``mgrs`` adds a column with the military grid.
    """

    points: Path
    out: Path
    fronts: tuple[Front, ...]
    layer: str | None = None
    mgrs: bool = False

    @property
    def is_folder(self) -> bool:
        """Whether the output is a folder of Parquet files, one for each chunk."""
        return not self.out.suffix

    def identify(self) -> str:
        """Return the hash of all that decides the numbers: points, fronts, and what computes.

        Points can be many gigabytes, and reading them twice would take as long as measuring them. So their files
        stand for what is in them. No program can write or replace a file and leave its size, its times and its number
        in the file system as they were: the time of the last change, unlike that of the last writing, cannot be set.
        """
        files = sorted(self.points.rglob("*.parquet")) if self.points.is_dir() else [self.points]
        fronts = [
            (each.id, each.as_of, each.definition, each.held_side, each.sha256, each.line.wkb_hex)
            for each in self.fronts
        ]
        files += [file for file in map(self.points.with_suffix, _SIDECARS) if file.exists()]
        asked = (self.out.suffix.lower(), self.layer, self.mgrs)
        return cache.derive_key([_identify_file(file) for file in files], fronts, *asked)


def _identify_file(file: Path) -> tuple[object, ...]:
    found = file.stat()
    return (
        str(file.resolve()),
        found.st_size,
        found.st_mtime_ns,
        found.st_ctime_ns,
        found.st_ino,
        found.st_dev,
    )


def read_front_folder(folder: Path) -> tuple[Front, ...]:
    """Read every front in a folder, as a history does, oldest first.

    Raises
    ------
    DataError
        The folder holds none, or something is wrong with one of them.
    """
    fronts = [read_front(file) for file in series.list_files(folder)]
    return tuple(sorted(fronts, key=lambda front: (front.as_of, front.id)))


def measure_job(job: Job, on_rows: OnRows = lambda rows: None) -> Outcome:
    """Measure a file of points with the cores of this machine, and write the result whole or not at all.

    Raises
    ------
    UsageError
        The output's name does not end like a format that is known here.
    DataError
        Something is wrong with the points; the output is as it was.
    OutputError
        The result could not be written.
    """
    parts = open_parts(job)
    targets = distances.build_targets(job.fronts)
    with parts.held() as done:
        notes: list[str] = []
        chunks = chunking.read_chunks(job.points, layer=job.layer, without=done, note=notes.append)
        flat = job.out.suffix.lower() == ".csv"
        for number, table in _measure_all(chunks, targets, flat=flat, mgrs=job.mgrs):
            parts.save(number, table)
            on_rows(table.num_rows)
        return replace(finish(job, parts, resumed=len(done)), notes=tuple(notes))


def measure_chunk(
    chunk: Chunk, targets: Sequence[Target], *, flat: bool = False, mgrs: bool = False
) -> tuple[int, Any]:
    """Read and measure one chunk; return its number and its table."""
    table = distances.measure_table(
        chunk.read(), targets, chunk.file, first=chunk.first, flat=flat, mgrs=mgrs
    )
    return chunk.number, table


def open_parts(job: Job) -> Parts:
    """Return the parts of a job, or raise the error that names what cannot be done.

    Raises
    ------
    UsageError
        The output's name does not end like a format known here, it lies in the folder of points, or two fronts have
        one name.
    DataError
        There are no such points.
    OutputError
        The output is a folder that is not ours to replace.
    """
    if not job.points.exists():
        raise DataError.of(job.points, "There is no such file", "Check the name and the folder.")
    points, out = job.points.resolve(), job.out.resolve()
    if (points.is_dir() and points in (out, *out.parents)) or out in points.parents:
        raise UsageError(
            f"{job.out}: the points and the output lie in one folder. Choose another with --out."
        )
    saving.refuse_odd_name(job.out)
    if job.is_folder:
        validate_folder(job.out)
    elif job.out.suffix.lower() not in OUT_SUFFIXES:
        raise UsageError(
            f"{job.out}: results are written to .parquet and .csv files, or to a folder (a name without a suffix)."
        )
    elif job.out.is_dir():
        raise OutputError(f"{job.out}: a folder of that name is there. Choose another name with --out.")
    ids = [front.id for front in job.fronts]
    if len(set(ids)) < len(ids):
        raise UsageError("Two fronts have the same id and would share a column; rename one of the files.")
    return Parts(job.out, job.identify())


def finish(job: Job, parts: Parts, *, resumed: int) -> Outcome:
    """Put the output in its place once every chunk is there."""
    if job.identify() != parts.folder.name:
        what = "The points changed while they were being measured"
        raise DataError.of(job.points, what, "Run it again when nobody writes them.")
    count = parts.count()
    if not count.rows:
        raise DataError.of(job.points, "The file holds no points", "Name a file with rows.")
    if count.unreadable and count.rows == count.without_position:
        what = f"No row holds a position that can be read; the first is {count.first_unreadable}"
        raise DataError.of(job.points, what, positions.REMEDY)
    try:
        if job.is_folder:
            parts.become_output(count.parts)
        else:
            parts.join(count.parts)
    except (ValueError, pa.ArrowException) as error:  # Arrow raises either, by what does not fit
        what = f"Its parts differ in their columns ({delimited.describe_error(error)})"
        raise DataError.of(job.points, what, "Write all of them with the same columns.") from None
    return Outcome(count, resumed)


def _measure_all(
    chunks: Iterator[Chunk], targets: Sequence[Target], *, flat: bool, mgrs: bool
) -> Iterator[tuple[int, Any]]:
    """Yield measured chunks as they are ready; no more are read ahead than there are cores."""
    pool = ThreadPoolExecutor(os.cpu_count())
    running: set[Future[tuple[int, Any]]] = set()
    try:
        for chunk in chunks:
            running.add(pool.submit(measure_chunk, chunk, targets, flat=flat, mgrs=mgrs))
            if len(running) > (os.cpu_count() or 1):
                ready, running = wait(running, return_when=FIRST_COMPLETED)
                yield from (each.result() for each in ready)
        while running:
            ready, running = wait(running, return_when=FIRST_COMPLETED)
            yield from (each.result() for each in ready)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)  # what is being measured is waited for by nobody
