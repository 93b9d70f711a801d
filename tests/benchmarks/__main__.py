"""Run every benchmark, print the ratios, draw the growth: ``python -m tests.benchmarks`` (extra ``bench``)."""

from __future__ import annotations

import json
import os
import platform
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks import growth, methods

FOLDER = Path(__file__).parent
LIMITS = {
    ("geo --help", "import click"): 1.5,
    ("geo list", "import click"): 1.5,
    ("geo sources", "import click"): 1.5,
    ("geo render dnipro-line", "import geopandas, folium"): 1.3,
    ("geo render dnipro-line", "GeoDataFrame.explore()"): 1 / 3,
}
"""What the project aims at: the first takes at most so many times as long as the second."""


def run() -> int:
    """Measure and print; return pytest's exit code."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "benchmarks.json"
        code = pytest.main(
            [
                *(str(each) for each in sorted(FOLDER.glob("bench_*.py"))),
                f"--confcutdir={FOLDER}",  # the tests' own fixtures need what this extra does not bring
                *("-o", "addopts="),  # one process, and without the tests' plugins
                *("-q", "-p", "no:cacheprovider", "--benchmark-only", "--benchmark-disable-gc"),
                *("--benchmark-columns=min,median,rounds", f"--benchmark-json={file}"),
            ]
        )
        if code:
            return int(code)
        results = json.loads(file.read_text(encoding="utf-8"))["benchmarks"]
    print(f"\nPython {platform.python_version()}, {os.cpu_count()} cores, the shortest of all rounds of each")
    print_starts([each for each in results if "command" in each["extra_info"]])
    print_points([each["extra_info"] for each in results if "method" in each["extra_info"]])
    print_files([each for each in results if "program" in each["extra_info"]])
    found = growth.measure_growth()
    growth.save_picture(found)
    print("\nGrowth (slope of the logarithms)")
    for name, series in found.items():
        values = ", ".join(f"{size:,}: {value:.3g}" for size, value in zip(*series, strict=True))
        print(f"  {name:<9} {growth.slope(series):5.2f}   {values}")
    print(f"\nWrote {growth.PICTURE.relative_to(Path.cwd())}")
    return 0


def print_starts(results: list[dict[str, Any]]) -> None:
    """Print the time of each command, and the ratios aimed at of processor time, which no other program stretches."""
    seconds = {each["extra_info"]["command"]: each["extra_info"]["cpu_s"] for each in results}
    print(f"\n{'Cold start':<28} {'clock':>8} {'processor':>10}")
    for each in results:
        command = each["extra_info"]["command"]
        print(f"  {command:<26} {each['stats']['min'] * 1000:5.0f} ms {seconds[command] * 1000:7.0f} ms")
    for (ours, other), limit in LIMITS.items():
        print(f"  {ours} / {other}: {seconds[ours] / seconds[other]:.2f} (aim: {limit:.2f} or less)")


def print_points(results: list[dict[str, Any]]) -> None:
    """Print pace, ratio and error of each method, front by front.

    Of the methods only ours uses all cores. The ratio is of processor time, times the cores that the method uses.
    """
    for front in dict.fromkeys(each["front"] for each in results):
        rows = [each for each in results if each["front"] == front]
        ours = next(row for row in rows if row["method"] == "geo, all cores")
        print(f"\nBulk distance, {front} front: points a second")
        print(f"  {'method':<34} {'clock':>11} {'processor':>11} {'geo is':>8} {'largest error':>14}")
        for row in rows:
            cores = 1 if row is ours else methods.CORES
            ratio = ours["points_per_cpu_s"] / row["points_per_cpu_s"] * cores
            print(
                f"  {row['method']:<34} {row['points_per_s']:11,.0f} {row['points_per_cpu_s']:11,.0f} {ratio:7.1f}x"
                f" {row['largest_error_m']:12,.2f} m"
            )


def print_files(results: list[dict[str, Any]]) -> None:
    """Print what it takes from a CSV file of points to a Parquet file with their distances."""
    print(f"\nFrom CSV to Parquet, {results[0]['extra_info']['rows']:,} points")
    for each in results:
        about = each["extra_info"]
        print(
            f"  {about['program']:<26} {each['stats']['min']:5.1f} s clock {about['cpu_s']:5.1f} s processor"
        )
    ours, other = (each["extra_info"]["cpu_s"] for each in results)
    print(f"  GeoPandas takes {other / ours:.1f} times the processor time of geo")


if __name__ == "__main__":
    sys.exit(run())
