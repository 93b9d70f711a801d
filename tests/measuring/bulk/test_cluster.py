"""A real Dask scheduler with two worker processes on this machine, one of which is killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet
import pytest

import geo
from geo.errors import DataError, UsageError
from geo.fronts.reading import find_front
from geo.measuring.bulk import chunking, cluster
from geo.measuring.bulk.job import Job, measure_job

ROWS, FILES = 5000, 12


@pytest.fixture
def points(tmp_path: Path) -> Path:
    """A folder of Parquet files with numbered rows, two row groups each."""
    folder = tmp_path / "in"
    folder.mkdir()
    random = np.random.default_rng(20250327)
    for number in range(FILES):
        lon, lat = random.uniform([22, 45], [40, 52], size=(ROWS, 2)).T
        table = pa.table({"id": np.arange(ROWS) + number * ROWS, "lon": lon, "lat": lat})
        pyarrow.parquet.write_table(table, folder / f"{number:02d}.parquet", row_group_size=ROWS // 2)
    return folder


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The scheduler's address and its two workers, each a process of its own."""
    folder = tmp_path_factory.mktemp("cluster")
    log = (folder / "log").open("wb")
    # workers import the checkout's own package, as they would an installed one
    environment = {**os.environ, "PYTHONPATH": str(Path(geo.__file__).parents[1])}

    def start(*arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", *arguments, "--no-dashboard"]
        return subprocess.Popen(command, stdout=log, stderr=log, env=environment, cwd=folder)

    file = folder / "scheduler.json"
    processes = [start("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file))]
    deadline = time.monotonic() + 60
    while not file.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    one = ("worker", "--scheduler-file", str(file), "--nthreads", "1", "--no-nanny")
    processes += [start(*one), start(*one)]
    address = str(json.loads(file.read_text())["address"])
    yield address, processes[1:]
    for process in reversed(processes):
        process.terminate()
        process.wait()
    log.close()


def test_bad_points_are_the_users_error(points: Path, network: tuple[str, object], tmp_path: Path) -> None:
    """What is wrong in one file comes back from the worker as the same message, once."""
    table = pa.table({"id": [1], "lon": [3_000_000.0], "lat": [50.0]})
    pyarrow.parquet.write_table(table, points / "99.parquet")
    with pytest.raises(DataError, match=r"99\.parquet: .*out of range"):
        cluster.measure_on_cluster(Job(points, tmp_path / "out", (find_front(),)), network[0])
    assert not (tmp_path / "out").exists()


def test_killed_worker_loses_and_doubles_nothing(
    points: Path, network: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path
) -> None:
    """One of two workers is killed after the first chunk; the rows are those of a run on this machine, each once."""
    address, workers = network
    told: list[int] = []

    def kill_one(rows: int) -> None:
        if not told:
            workers[0].send_signal(signal.SIGKILL)
        told.append(rows)

    outcome = cluster.measure_on_cluster(Job(points, tmp_path / "far", (find_front(),)), address, kill_one)
    assert workers[0].wait(10) == -signal.SIGKILL
    assert outcome.count.rows == sum(told) == ROWS * FILES
    measure_job(Job(points, tmp_path / "here", (find_front(),)))
    far, here = (
        pa.concat_tables(
            [pyarrow.parquet.read_table(file) for file in sorted((tmp_path / name).glob("*.parquet"))]
        )
        for name in ("far", "here")
    )
    assert far["id"].to_pylist() == list(range(ROWS * FILES))
    assert far.equals(here)


def test_a_long_row_group_is_measured_too(
    points: Path, network: tuple[str, object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What no worker can read in one piece is measured here, and no row is left out."""
    monkeypatch.setattr(chunking, "LONGEST_GROUP", ROWS // 2)
    table = pa.table({"id": range(ROWS), "lon": np.full(ROWS, 30.5), "lat": np.full(ROWS, 50.4)})
    pyarrow.parquet.write_table(table, points / "05-long.parquet")
    outcome = cluster.measure_on_cluster(Job(points, tmp_path / "out", (find_front(),)), network[0])
    assert outcome.count.rows == ROWS * (FILES + 1)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense", "tcp://host:port"])
def test_wrong_address_is_explained(
    points: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    """Where no scheduler answers, the message says how to start one."""
    monkeypatch.setattr(cluster, "WAIT_S", "1s")
    with pytest.raises(UsageError, match=r"No Dask scheduler answers at .*Start one with 'dask scheduler'"):
        cluster.measure_on_cluster(Job(points, tmp_path / "out", (find_front(),)), address)
