"""The time from a cold start to an answer, next to that of importing the libraries behind it."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

ROOT = Path(__file__).parents[2]
GEO = ["-c", "from geo.cli import main; main(prog_name='geo')"]
COMMANDS = {
    "import click": ["-c", "import click"],
    "geo --help": [*GEO, "--help"],
    "geo list": [*GEO, "list"],
    "geo sources": [*GEO, "sources"],
    "import geopandas, folium": ["-c", "import geopandas, folium"],
    "geo render dnipro-line": [*GEO, "render", "dnipro-line", "--out"],
    "GeoDataFrame.explore()": ["-m", "tests.benchmarks.explore_map"],
}


@pytest.mark.parametrize("command", COMMANDS)
def test_start(command: str, benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    """The time of one process from start to end, by the clock and by the processor."""
    arguments = [sys.executable, *COMMANDS[command]]
    if command.endswith("line"):
        arguments.append(str(tmp_path))
    if command.endswith("explore()"):
        arguments.append(str(tmp_path / "map.html"))
    spent: list[float] = []

    def run() -> None:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(arguments, cwd=ROOT, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)

    benchmark.pedantic(run, rounds=5, warmup_rounds=1)
    benchmark.extra_info.update(command=command, cpu_s=min(spent))
