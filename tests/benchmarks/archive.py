"""A made-up archive of daily fronts, and what its history costs: ``python -m tests.benchmarks.archive --days 769``."""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon

from geo.measuring.cache import Cache
from geo.measuring.history import measure_history
from geo.scenarios.scenario import find_scenario
from tests.made_up import occupied

FIRST = date(2024, 7, 8)
_TOLERANCE_M = 300.0  # leaves about 3,000 vertices in the mean of 769 days, as public files have
_LEAST_M2 = 4e5


def build_archive(folder: Path, days: int) -> None:
    """Write so many daily files; each differs from the one before in one to three places, every fifth in none."""
    for number, area in enumerate(_build_areas(days)):
        day = occupied.Day(occupied.to_lonlat(area), None)
        occupied.save_day(day, folder / f"area_{FIRST + timedelta(number):%Y%m%d}.geojson")


def _build_areas(days: int) -> Iterator[MultiPolygon]:
    rng = np.random.default_rng(7)
    first = occupied.build_day(1)
    line = occupied.to_plane(first.contact)
    area: Any = shapely.simplify(occupied.to_plane(first.area), _TOLERANCE_M)
    for number in range(days):
        if number % 5:
            for _ in range(rng.integers(1, 4)):
                disc = line.interpolate(rng.uniform(), normalized=True).buffer(
                    rng.uniform(500, 2500), quad_segs=3
                )
                rim = occupied.roughen(shapely.get_coordinates(disc.exterior), rng, until_m=500, share=0.1)
                patch = shapely.simplify(shapely.make_valid(Polygon(rim)), _TOLERANCE_M)
                area = shapely.union(area, patch) if rng.uniform() < 0.7 else shapely.difference(area, patch)
        area = MultiPolygon(
            [
                part
                for part in shapely.get_parts(area)
                if part.geom_type == "Polygon" and part.area > _LEAST_M2
            ]
        )
        yield area


def run(days: int, scenario_id: str) -> None:
    """Measure a scenario against the archive twice and print the processor seconds, the clock and the work."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "fronts")
        folder.mkdir()
        build_archive(folder, days)
        for turn in ("first", "second"):
            before, started = _count_seconds(), time.perf_counter()
            history = measure_history(find_scenario(scenario_id), folder, cache=Cache(Path(place, "cache")))
            spent, clock = _count_seconds() - before, time.perf_counter() - started
            means = ", ".join(f"{step} {1000 * s:.0f} ms" for step, s in history.work.seconds.items())
            print(
                f"{scenario_id}, {days} days, {turn} time: {spent:.1f} s of processors, {clock:.1f} s; {means}"
            )


def _count_seconds() -> float:
    mine, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return mine.ru_utime + mine.ru_stime + others.ru_utime + others.ru_stime


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=100)
    parser.add_argument("--scenario", default="dnipro-line")
    given = parser.parse_args()
    run(given.days, given.scenario)
