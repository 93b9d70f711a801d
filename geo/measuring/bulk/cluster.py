"""The same chunks on many machines: a running Dask cluster measures the row groups of a folder of Parquet files.

The numbers come from `measure_chunk`, as on one machine. A worker writes the part that it measured and
returns how many rows it had. Parts are named by their chunk and appear whole, so a chunk that is measured twice,
because a worker died after writing it, is still there once. All machines see the same folders under the same names.
Row groups too long to be read in one piece are measured by whoever asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit

import distributed

from geo.errors import DataError, Problem, UsageError
from geo.measuring.bulk import chunking, distances
from geo.measuring.bulk.chunking import Chunk, RowGroup
from geo.measuring.bulk.distances import Target
from geo.measuring.bulk.job import Job, OnRows, Outcome, finish, measure_chunk, open_parts
from geo.measuring.bulk.parts import save_part

_Fault: TypeAlias = tuple[str, tuple[Problem, ...]]

WAIT_S = "10s"
"""How long a scheduler may take to answer."""

_WINDOW = 1000  # chunks handed to the scheduler ahead of their results


def measure_on_cluster(job: Job, address: str, on_rows: OnRows = lambda rows: None) -> Outcome:
    """Measure a folder of Parquet files on the Dask cluster whose scheduler has this address.

    Raises
    ------
    UsageError
        No scheduler answers there, or input and output are not both folders of Parquet.
    DataError
        Something is wrong with the points; the output is as it was.
    OutputError
        The result could not be written.
    """
    if not (job.is_folder and (job.points.is_dir() or job.points.suffix.lower() != ".csv")):
        raise UsageError(
            "With --scheduler, --points is a folder of Parquet files and --out a folder (a name without a suffix)."
        )
    job = replace(job, points=job.points.resolve(), out=job.out.resolve())
    parts = open_parts(job)
    with parts.held() as done, _connect(address) as client:  # so the client gives up what is left first
        targets, chunks = distances.build_targets(job.fronts), []
        for chunk in chunking.read_chunks(job.points, without=done):
            if isinstance(chunk, RowGroup):
                chunks.append(chunk)
            else:  # a piece of a long row group, which is read here and so measured here
                on_rows(_rows(_measure_part(chunk, targets, parts.folder, job.mgrs)))
        for i in range(0, len(chunks), _WINDOW):
            futures = client.map(
                _measure_part,
                chunks[i : i + _WINDOW],
                targets=targets,
                folder=parts.folder,
                mgrs=job.mgrs,
                pure=False,
                retries=3,
            )
            for future in distributed.as_completed(futures, loop=client.loop):  # type: ignore[no-untyped-call]
                on_rows(_rows(future.result()))
        return finish(job, parts, resumed=len(done))


def _measure_part(chunk: Chunk, targets: Sequence[Target], folder: Path, mgrs: bool) -> int | _Fault:
    """Measure and write one chunk, most often on a worker; return its number of rows, or what is wrong with it."""
    try:
        number, table = measure_chunk(chunk, targets, mgrs=mgrs)
    except DataError as error:
        return error.file, error.problems  # as a value: what is raised would be tried again, in vain
    save_part(folder, number, table)
    return int(table.num_rows)


def _rows(result: int | _Fault) -> int:
    if isinstance(result, tuple):
        raise DataError(*result)
    return result


def _connect(address: str) -> distributed.Client:
    try:
        if not urlsplit(address if "://" in address else f"tcp://{address}").port:
            raise ValueError("it names no port")  # a client would complain only when it is taken apart
        return distributed.Client(  # type: ignore[no-untyped-call]
            address, timeout=WAIT_S, set_as_default=False
        )
    except (OSError, ValueError, TypeError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise UsageError(
            f"No Dask scheduler answers at {address!r} ({reason}). Start one with 'dask scheduler', "
            "and give the address it prints, as in tcp://10.0.0.5:8786."
        ) from None
