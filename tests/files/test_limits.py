"""What is too large to be measured in bounded time is refused at once, with the limit; what is not, is measured."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from geo.errors import DataError
from geo.files import limits
from geo.fronts.reading import find_front, read_front
from geo.measuring import metrics
from geo.scenarios.scenario import find_scenario, read_scenario
from tests.made_up import fronts

SLOW_S = 30.0
"""Of processor time, for the largest of files; a third of it on the machine that this was tried on."""


def save_zones(file: Path, outlines: list[list[list[float]]], claims: int = 0) -> Path:
    """Write a scenario with these outlines, which cites so many claims."""
    features = [
        {
            "type": "Feature",
            "properties": {"name": f"Z{n}"},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        for n, ring in enumerate(outlines)
    ]
    member = {"claims": [f"nobody/claim-{n}" for n in range(claims)]}
    file.write_text(json.dumps({"type": "FeatureCollection", "scenario": member, "features": features}))
    return file


def list_squares(count: int) -> list[list[list[float]]]:
    """Return outlines of small squares beside each other."""
    corners = [(24 + n % 40 / 5, 48 + n // 40 / 10) for n in range(count)]
    return [[[x, y], [x + 0.1, y], [x + 0.1, y + 0.05], [x, y + 0.05], [x, y]] for x, y in corners]


def list_comb(teeth: int) -> list[list[list[float]]]:
    """Return the outline of a comb with long, narrow teeth."""
    step = 4 / teeth
    points = [[26 + n * step / 2, 47 + 4 * (n % 2)] for n in range(2 * teeth)]
    return [[[26, 46.9], [30, 46.9], *points[::-1], [26, 46.9]]]


def say(read: Any, *arguments: Any) -> str:
    """Return what is wrong with a file, which must be found within seconds."""
    started = time.process_time()
    with pytest.raises(DataError) as caught:
        read(*arguments)
    assert time.process_time() - started < 20
    return str(caught.value)


def test_zones(tmp_path: Path) -> None:
    """A scenario of more zones than the limit, or with an endless outline or list of claims, is refused."""
    assert "more than 1,000 features" in say(
        read_scenario, save_zones(tmp_path / "a.geojson", list_squares(1001))
    )
    assert "more than 5,000 degrees" in say(
        read_scenario, save_zones(tmp_path / "a.geojson", list_comb(5000))
    )
    many = save_zones(tmp_path / "a.geojson", list_squares(1), claims=20_000)
    assert "names 20,000; the limit is 200" in say(read_scenario, many)
    unknown = save_zones(tmp_path / "a.geojson", list_squares(1), claims=limits.CLAIMS)
    assert "There is no claim 'nobody/claim-0'" in say(read_scenario, unknown)


def list_lines(kind: str) -> list[list[list[float]]]:
    """Return lines of a front of a kind that no one can measure to."""
    if kind == "crossing":
        return [[[36 + n / 1000, 48], [36.3 - n / 1000, 48.3]] for n in range(300)]
    if kind == "many":
        return [[[36 + n / 5000, 48], [36 + n / 5000, 48.0001]] for n in range(5001)]
    if kind == "bundle":
        return [[[36 + i / 100 + n / 1e7, 50 - i / 100] for i in range(300)] for n in range(400)]
    if kind == "long":
        return [[[36 + n % 2, 47], [37 - n % 2, 49]] for n in range(3000)]
    return [[[36 + n / 1e5, 48 + n % 7 / 1e5] for n in range(300_001)]]


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("crossing", "cross more than 20,000 times"),
        ("bundle", "lie beside each other more than 5,000,000 times"),
        ("many", "holds 5,001 lines; the limit is 5,000"),
        ("long", "more than 5,000 degrees"),
        ("detailed", "more than 300,000 positions"),
    ],
)
def test_fronts(kind: str, said: str, tmp_path: Path) -> None:
    """A front of more or longer lines, positions or crossings than the limits is refused in time, and says which."""
    file, started = fronts.save_file(tmp_path / "2025-03-27.geojson", *list_lines(kind)), time.process_time()
    assert said in say(read_front, file)
    assert time.process_time() - started < SLOW_S


FAR_RING = [[0, 0], [5e9, 0], [5e9, 5e9], [0, 0]]


@pytest.mark.parametrize("shape", [[[0, 0], [5e9, 5e9]], {"type": "Polygon", "coordinates": [FAR_RING]}])
def test_an_edge_around_the_world(shape: Any, tmp_path: Path, recwarn: pytest.WarningsRecorder) -> None:
    """Positions far outside of their reference system are refused before an edge is cut, with no warning."""
    file = fronts.save_file(tmp_path / "2025-03-27.geojson", shape)
    content = json.loads(file.read_text())
    content["crs"] = {"type": "name", "properties": {"name": "EPSG:3857"}}
    file.write_text(json.dumps(content))
    assert "outside of its reference system" in say(read_front, file)
    assert not recwarn.list


def list_large() -> Iterator[tuple[str, list[list[list[float]]]]]:
    """Yield scenarios as large as real ones may get."""
    yield "250 zones", list_squares(250)
    turn = np.linspace(0, 2 * np.pi, 100_001)
    reach = 1 + 0.02 * np.sin(900 * turn)
    circle = np.column_stack([29 + 2 * reach * np.cos(turn), 48.5 + reach * np.sin(turn)])
    circle[-1] = circle[0]
    yield "100,000 vertices", [circle.tolist()]
    yield "a comb", list_comb(500)


@pytest.mark.parametrize(("kind", "outlines"), [*list_large()], ids=[kind for kind, _ in list_large()])
def test_large_scenarios_are_measured(kind: str, outlines: list[list[list[float]]], tmp_path: Path) -> None:
    """Hundreds of zones, and outlines of a hundred thousand positions, are measured in bounded time."""
    started = time.process_time()
    measured = metrics.measure(read_scenario(save_zones(tmp_path / "a.geojson", outlines)), find_front())
    assert time.process_time() - started < SLOW_S
    assert len(measured.zones) == len(outlines), kind
    assert 0 < measured.total.nearest_km < measured.total.mean_km < measured.total.farthest_km


def test_a_detailed_front_is_measured_to(tmp_path: Path) -> None:
    """A front of a hundred thousand positions gives the figures of its few corners."""
    corners = np.array([[36.0, 50.0], [37.5, 48.5], [35.0, 47.2]])
    fine = np.column_stack(
        [np.interp(np.linspace(0, 2, 100_001), [0, 1, 2], corners[:, axis]) for axis in (0, 1)]
    )
    scenario = find_scenario("dnipro-line")
    started = time.process_time()
    lines = [corners.tolist(), fine.tolist()]
    read = [read_front(fronts.save_file(tmp_path / "2025-03-27.geojson", line)) for line in lines]
    few, many = (metrics.measure(scenario, front).zones for front in read)
    assert time.process_time() - started < SLOW_S
    for coarse, detailed in zip(few, many, strict=True):
        assert detailed.nearest_km == pytest.approx(coarse.nearest_km, abs=0.01)
        assert detailed.farthest_km == pytest.approx(coarse.farthest_km, abs=0.06)
