"""Millions of points: chunks are measured by this machine's cores, kept as parts, and joined to one file.

In memory are two chunks being measured and two being read or written, whatever the length of the file. A run that was
killed goes on where it stopped: the chunks that are done lie beside the output until it is whole.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from geo import __version__
from geo.errors import DataError, OutputError, UsageError
from geo.fronts.front import Front, read_front
from geo.measuring.bulk import chunking, distances
from geo.measuring.bulk.chunking import Chunk
from geo.measuring.bulk.distances import Target
from geo.measuring.bulk.parts import Parts, validate_folder

OUT_SUFFIXES = (".parquet", ".csv")

OnRows = Callable[[int], None]
"""Called after every chunk with the number of its rows."""


@dataclass(frozen=True)
class Outcome:
    """What a run did: rows in all, of which so many had no position, and so many were there from an earlier run."""

    rows: int
    without_position: int
    resumed: int


@dataclass(frozen=True)
class Job:
    """What to measure, to what, and where the result goes; a folder if ``out`` has no suffix."""

    points: Path
    out: Path
    fronts: tuple[Front, ...]

    @property
    def is_folder(self) -> bool:
        """Whether the output is a folder of Parquet files, one for each chunk."""
        return not self.out.suffix

    def label(self) -> dict[str, Any]:
        """Return what tells this run from another: parts of an earlier one fit only if all of it is the same."""
        files = sorted(self.points.rglob("*.parquet")) if self.points.is_dir() else [self.points]
        return {
            "points": [[str(file.resolve()), file.stat().st_size, file.stat().st_mtime_ns] for file in files],
            "fronts": [[front.id, front.sha256] for front in self.fronts],
            "rows": chunking.ROWS,
            "out": self.out.name,
            "version": __version__,
        }


def read_front_folder(folder: Path) -> tuple[Front, ...]:
    """Read every GeoJSON front in a folder, oldest first.

    Raises
    ------
    DataError
        The folder holds none, or something is wrong with one of them.
    """
    fronts = [read_front(file) for file in sorted(folder.glob("*.geojson"))]
    if not fronts:
        raise DataError.of(folder, "The folder holds no .geojson file", "Name a folder of GeoJSON fronts.")
    return tuple(sorted(fronts, key=lambda front: (front.as_of, front.id)))


def measure_job(job: Job, on_rows: OnRows = lambda rows: None) -> Outcome:
    """Measure a file of points with the cores of this machine, and write the result whole or not at all.

    Raises
    ------
    UsageError
        The input's or output's name does not end like a format that is known here.
    DataError
        Something is wrong with the points; the output is as it was.
    OutputError
        The result could not be written.
    """
    validate_job(job)
    parts = Parts(job.out)
    done = open_parts(job, parts)
    targets = distances.build_targets(job.fronts)
    chunks = chunking.read_chunks(job.points, without=done)
    with parts.removed_on_bad_data(), ThreadPoolExecutor(os.cpu_count()) as pool:
        for number, table in _measure_all(pool, chunks, targets, flat=job.out.suffix.lower() == ".csv"):
            parts.save(number, table)
            on_rows(table.num_rows)
    return finish(job, parts, resumed=len(done))


def measure_chunk(chunk: Chunk, targets: Sequence[Target], *, flat: bool = False) -> tuple[int, Any]:
    """Read and measure one chunk; return its number and its table."""
    return chunk.number, distances.measure_table(chunk.read(), targets, chunk.file, flat=flat)


def validate_job(job: Job) -> None:
    """Raise the error that names what cannot be done: an unknown format, or a folder that is not ours to replace."""
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


def open_parts(job: Job, parts: Parts) -> frozenset[int]:
    """Return the numbers of the chunks that an earlier run of the same job has finished."""
    if not job.points.exists():
        raise DataError.of(job.points, "There is no such file", "Check the name and the folder.")
    return parts.open(job.label())


def finish(job: Job, parts: Parts, *, resumed: int) -> Outcome:
    """Put the output in its place once every chunk is there."""
    rows, empty, count = parts.count()
    with parts.removed_on_bad_data():
        if not rows:
            raise DataError.of(job.points, "The file holds no points", "Name a file with rows.")
        try:
            if job.is_folder:
                parts.become_output()
            else:
                parts.join(count)
        except (ValueError, pa.ArrowException) as error:  # Arrow raises either, by what does not fit
            what = f"Its parts differ in their columns ({error})"
            remedy = "Write all of them with the same columns."
            raise DataError.of(job.points, what, remedy) from None
    return Outcome(rows, empty, resumed)


def _measure_all(
    pool: ThreadPoolExecutor, chunks: Iterator[Chunk], targets: Sequence[Target], *, flat: bool
) -> Iterator[tuple[int, Any]]:
    """Yield measured chunks as they are ready; no more are read ahead than there are cores."""
    running: set[Future[tuple[int, Any]]] = set()
    try:
        for chunk in chunks:
            running.add(pool.submit(measure_chunk, chunk, targets, flat=flat))
            if len(running) > (os.cpu_count() or 1):
                ready, running = wait(running, return_when=FIRST_COMPLETED)
                yield from (each.result() for each in ready)
        while running:
            ready, running = wait(running, return_when=FIRST_COMPLETED)
            yield from (each.result() for each in ready)
    finally:
        for each in running:
            each.cancel()
