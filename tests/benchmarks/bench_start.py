"""The time from a cold start to an answer, next to that of importing the libraries behind it.

What is timed is the installed command, as a user has it, and each process starts in an empty folder: in a checkout
Python would import the package from there, compiling it anew each time where it must not write what it compiled.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

GEO = [str(Path(sysconfig.get_path("scripts"), "geo"))]
COMMANDS = {
    "import click": [sys.executable, "-c", "import click"],
    "geo --help": [*GEO, "--help"],
    "geo list": [*GEO, "list"],
    "geo sources": [*GEO, "sources"],
    "import geopandas, folium": [sys.executable, "-c", "import geopandas, folium"],
    "geo render dnipro-line": [*GEO, "render", "dnipro-line"],
    "geo render --all, drawn": [*GEO, "render", "--all", "--format", "html,png,svg,pdf,pptx"],
    "GeoDataFrame.explore()": [sys.executable, str(Path(__file__).with_name("explore_map.py")), "map.html"],
}


@pytest.mark.parametrize("command", COMMANDS)
def test_start(command: str, benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    """The time of one process from start to end, by the clock and by the processor."""
    spent: list[float] = []

    def run() -> None:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(COMMANDS[command], cwd=tmp_path, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)

    benchmark.pedantic(run, rounds=5, warmup_rounds=1)
    benchmark.extra_info.update(command=command, cpu_s=min(spent))
