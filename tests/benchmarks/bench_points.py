"""Points a second and error of each method, against the shipped front and a fine one."""

from __future__ import annotations

import time

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tests.benchmarks import methods
from tests.brute_force import Floats

FRONTS = methods.build_fronts()
CHECKED = methods.random_points(30)
TRUE = {name: methods.true_km(line, CHECKED) for name, line in FRONTS.items()}

COUNTS = {
    "geo, all cores": 1_048_576,
    "geo, one core": 1_048_576,
    "GeoPandas UTM 36N, distance alone": 20_000,
    "GeoPandas UTM 36N, from lon, lat": 20_000,
    "BallTree haversine to vertices": 20_000,
    "pyproj.Geod to every vertex": 300,
}


def build(method: str, front: str, lonlats: Floats) -> methods.Measure:
    line = FRONTS[front]
    if method.startswith("geo,"):
        return methods.build_ours(line, 1 if "one" in method else methods.CORES)
    if method.endswith("alone"):
        return methods.build_geopandas(line, lonlats)
    if method.startswith("GeoPandas"):
        return methods.build_geopandas_from_degrees(line)
    return methods.build_ball_tree(line) if "BallTree" in method else methods.build_brute_force(line)


@pytest.mark.parametrize("front", FRONTS)
@pytest.mark.parametrize("method", COUNTS)
def test_points(method: str, front: str, benchmark: BenchmarkFixture) -> None:
    """The method's pace, and how far it is off for thirty points."""
    lonlats = methods.random_points(COUNTS[method])
    measure = build(method, front, lonlats)
    spent: list[float] = []

    def run() -> None:
        start = time.process_time()
        measure(lonlats)
        spent.append(time.process_time() - start)

    benchmark.pedantic(run, rounds=3, warmup_rounds=1)
    error = np.abs(build(method, front, CHECKED)(CHECKED) - TRUE[front])
    benchmark.extra_info.update(
        method=method,
        front=front,
        points_per_s=len(lonlats) / benchmark.stats.stats.min,
        points_per_cpu_s=len(lonlats) / min(spent),
        largest_error_m=float(error.max() * 1000),
        largest_error_percent=float((error / TRUE[front]).max() * 100),
    )
