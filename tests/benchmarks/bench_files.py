"""From a file of points to a file with their distances: the command next to a script of GeoPandas that does the same.

Each is a whole process, start, reading and writing included.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tests.benchmarks import methods
from tests.benchmarks.bench_start import GEO

ROWS = 1_000_000
SCRIPT = Path(__file__).with_name("geopandas_points.py")
COMMANDS = {
    "geo distance --points": [*GEO, "distance", "--front", "2025-03-27", "--points", "in.csv", "--out", "out.parquet"],
    "GeoPandas": [sys.executable, str(SCRIPT), "in.csv", "out.parquet"],
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a CSV file of points and their names."""
    made = tmp_path_factory.mktemp("points")
    lonlats = methods.random_points(ROWS)
    names = np.arange(ROWS)
    rows = np.column_stack([names, lonlats])
    np.savetxt(
        made / "in.csv",
        rows,
        fmt=("place %d", "%.6f", "%.6f"),
        delimiter=",",
        header="name,lon,lat",
        comments="",
    )
    return made


@pytest.mark.parametrize("program", COMMANDS)
def test_file(program: str, benchmark: BenchmarkFixture, folder: Path) -> None:
    """Rows a second from CSV to Parquet, by the clock and by the processor."""
    spent: list[float] = []

    def run() -> None:
        (folder / "out.parquet").unlink(missing_ok=True)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(COMMANDS[program], cwd=folder, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)

    benchmark.pedantic(run, rounds=3, warmup_rounds=1)
    benchmark.extra_info.update(program=program, rows=ROWS, cpu_s=min(spent))
