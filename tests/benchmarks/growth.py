"""How time and memory grow with points, vertices, zones and days: one picture, one slope for each."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pyarrow as pa
import pyarrow.parquet
import shapely
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from geo import geodesy
from geo.fronts import reading
from geo.fronts.sides import Sides
from geo.measuring import metrics
from geo.measuring.bulk import distances
from geo.renderers.style import PALETTE
from geo.scenarios import scenario
from tests.benchmarks import methods

PICTURE = Path(__file__).with_name("growth.png")
ROOT = Path(__file__).parents[2]

Series = tuple[list[int], list[float]]
"""Sizes, and what was measured at each."""


def measure_growth() -> dict[str, Series]:
    """Return processor seconds, or megabytes, at each size."""
    seconds, megabytes = _grow_files([250_000, 500_000, 1_000_000, 2_000_000, 4_000_000])
    return {
        "points": seconds,
        "memory": megabytes,
        "vertices": _grow([156, 624, 2_496, 9_984], _time_vertices),
        "zones": _grow([1, 2, 4, 8, 16], _time_zones),
        "days": _grow([1, 2, 4, 8, 16, 32], _time_days),
    }


def slope(series: Series) -> float:
    """Return the exponent of growth: the slope of the straight line through the logarithms."""
    return float(np.polyfit(np.log(series[0]), np.log(series[1]), 1)[0])


def save_picture(found: dict[str, Series]) -> None:
    """Draw the four growths of time and that of memory, each with its slope, and save the PNG."""
    mpl.use("Agg")
    from matplotlib import pyplot as plt

    mpl.rcParams.update({"font.size": 9, "font.family": "sans-serif", "axes.edgecolor": PALETTE.rule})
    figure, axes = plt.subplots(1, 5, figsize=(13, 3.1), dpi=110, layout="constrained")
    titles = {
        "points": "Points in the file",
        "vertices": "Vertices of the front",
        "zones": "Zones of a scenario",
        "days": "Fronts of one run",
        "memory": "Points in the file",
    }
    for axis, (name, title) in zip(axes, titles.items(), strict=True):
        _draw(axis, found[name], title, "peak memory, MB" if name == "memory" else "processor seconds")
    figure.savefig(PICTURE, metadata={"Software": None})
    plt.close(figure)


def _draw(axis: Axes, series: Series, title: str, unit: str) -> None:
    sizes, values = series
    axis.loglog(sizes, values, "o-", color=PALETTE.zone, markersize=4, linewidth=1.6)
    axis.set_title(f"{title}\n{unit}, slope {slope(series):.2f}", fontsize=9, loc="left", color=PALETTE.ink)
    axis.set_ylim(min(values) / 3, max(values) * 3)
    axis.grid(visible=True, which="major", color=PALETTE.rule, linewidth=0.6)
    shown = [size for index, size in enumerate(sizes) if (len(sizes) - 1 - index) % 2 == 0]
    axis.set_xticks(shown, [_short(size) for size in shown])
    axis.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,g}"))
    axis.tick_params(which="both", color=PALETTE.rule, labelcolor=PALETTE.ink_soft)
    axis.minorticks_off()
    for side in ("top", "right"):
        axis.spines[side].set_visible(False)


def _short(number: int) -> str:
    return f"{number / 1e6:g} million" if number >= 1e6 else f"{number:,}"


def _grow(sizes: list[int], measure: Callable[[int], Callable[[], Any]]) -> Series:
    return sizes, [min(_times(measure(size))) for size in sizes]


def _times(run: Callable[[], Any]) -> Iterator[float]:
    for _ in range(2):
        start = time.process_time()
        run()
        yield time.process_time() - start


def _grow_files(sizes: list[int]) -> tuple[Series, Series]:
    """Measure files with the command itself, and ask each process how much memory it took at most."""
    seconds, megabytes = [], []
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            file = Path(folder) / f"{size}.parquet"
            lon, lat = methods.random_points(size).T
            pyarrow.parquet.write_table(pa.table({"lon": lon, "lat": lat}), file)
            # the kernel's own high-water mark: what getrusage says of a child includes its parent
            script = (
                "from geo.cli import main; main(standalone_mode=False); "
                "print(next(line for line in open('/proc/self/status') if line.startswith('VmHWM')))"
            )
            arguments = ["distance", "--points", str(file), "--out", str(file.with_suffix(".csv.parquet"))]
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            done = subprocess.run(
                [sys.executable, "-c", script, *arguments],
                cwd=ROOT,
                check=True,
                capture_output=True,
                text=True,
            )
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            seconds.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
            megabytes.append(int(done.stdout.split()[-2]) / 1024)
    return (sizes, seconds), (sizes, megabytes)


def _time_vertices(count: int) -> Callable[[], Any]:
    line = reading.find_front("2025-03-27").line
    step = geodesy.length_km(line) / count / 80
    fine = shapely.segmentize(line, step) if count > shapely.get_num_coordinates(line).sum() else line
    measure = methods.build_ours(fine, methods.CORES)
    points = methods.random_points(500_000)
    return lambda: measure(points)


def _time_zones(count: int) -> Callable[[], Any]:
    lons = np.linspace(24, 30, count)
    zones = tuple(
        scenario.Zone(f"Zone {number}", shapely.Point(lon, 49).buffer(0.15))
        for number, lon in enumerate(lons)
    )
    several, line = scenario.Scenario("zones", "Zones", "Zones.", zones), reading.find_front("2025-03-27")
    return lambda: metrics.measure(several, line)


def _time_days(count: int) -> Callable[[], Any]:
    line = reading.find_front("2025-03-27").line
    targets = [
        distances.Target(geodesy.Polyline(moved), Sides(moved, "contact", "right"), f"_{day}")
        for day in range(count)
        for moved in [shapely.transform(line, lambda lonlats, by=day: lonlats + by / 1000)]
    ]
    lon, lat = methods.random_points(200_000).T
    points = pa.table({"lon": lon, "lat": lat})
    return lambda: distances.measure_table(points, targets, "")
