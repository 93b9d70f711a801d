"""Areas that were moved or cut stay valid, and every area of the reference layers can be measured."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from click.testing import CliRunner
from shapely.geometry import Polygon, box, mapping, shape

from geo.cli import main
from geo.errors import DataError
from geo.fronts.front import Front
from geo.fronts.reading import find_front, read_front
from geo.fronts.sides import Sides
from geo.geodesy import planes, validity
from geo.measuring import metrics
from geo.reference import basemap
from geo.scenarios.scenario import Scenario, Zone
from tests.made_up import occupied

BOXES = 120


def list_shapes(layer: str) -> Iterator[tuple[str, Any]]:
    """Yield the name and the outline of everything in a reference layer."""
    for item in json.loads((basemap.FOLDER / f"{layer}.geojson").read_text(encoding="utf-8"))["features"]:
        yield str(item["properties"].get("name") or item["properties"].get("iso_a2")), shape(item["geometry"])


def list_boxes() -> Iterator[tuple[str, Any]]:
    """Yield boxes of several sizes, anywhere, cut at the border of Ukraine."""
    ukraine = shapely.union_all([outline for _, outline in list_shapes("oblasts")])
    rng = random.Random(1)
    for number in range(BOXES):
        west, south, size = rng.uniform(22, 39), rng.uniform(44.5, 52), rng.choice((0.1, 0.3, 1.0))
        cut = box(west, south, west + size, south + size * 0.7).intersection(ukraine)
        if cut.area > 0 and cut.geom_type.endswith("Polygon"):
            yield f"box {number}", cut


@pytest.fixture(scope="module")
def fronts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Front]:
    """The shipped front, and both definitions of an occupied area."""
    file = tmp_path_factory.mktemp("fronts") / "area-2025-03-27.geojson"
    feature = {"type": "Feature", "properties": {}, "geometry": mapping(occupied.build_day(1).area)}
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    derived = {name: read_front(file, definition=name) for name in ("contact", "edge")}
    return {"shipped": find_front(), **derived}


@pytest.mark.parametrize("name", ["shipped", "contact", "edge"])
def test_every_area_can_be_measured(name: str, fronts: dict[str, Front]) -> None:
    """Every oblast, every country of the extent of a zone, and boxes cut at the border give figures that fit."""
    countries = [
        (iso, area)
        for iso, area in list_shapes("countries")
        if max(np.ptp(np.reshape(area.bounds, (2, 2)), 0)) < 20
    ]
    boxes = [*list_boxes()][[*fronts].index(name) :: len(fronts)]
    for title, area in [*list_shapes("oblasts"), *countries, *boxes]:
        (row,) = metrics.measure(Scenario("a", "a", "", (Zone(title, area),)), fronts[name]).zones
        assert row.nearest_km <= row.mean_km + 1e-6 <= row.farthest_km + 0.1, title
        assert sum(band.share for band in row.bands) == pytest.approx(1), title


def test_what_cannot_be_computed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of the geometry library becomes one line that names the zone and its file."""

    def fail(*_: object, **__: object) -> None:
        raise shapely.errors.GEOSException("TopologyException: side location conflict at 1 2")

    monkeypatch.setattr("geo.geodesy.equal_area_lattice", fail)
    scenario = Scenario("my-zones", "a", "", (Zone("Port", box(30, 46, 31, 47)),))
    with pytest.raises(DataError, match=r"^my-zones: .*'Port' cannot be computed with \(TopologyException\)"):
        metrics.measure(scenario, find_front())
    with pytest.raises(DataError, match=r"^plans/a\.geojson: 'Port'"):
        metrics.measure(replace(scenario, file="plans/a.geojson"), find_front())


@pytest.mark.parametrize("words", [["distance", "Kyiv"], ["distance", "--points", "p.csv", "--out", "o.csv"]])
def test_a_front_that_cannot_be_computed_with_is_named(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line names the front where the side of a place or of points by the million is asked for."""

    def fail(*_: object) -> None:
        raise shapely.errors.GEOSException("TopologyException: side location conflict at 1 2")

    monkeypatch.chdir(tmp_path)
    (tmp_path / "p.csv").write_text("lon,lat\n30.5,50.4\n")
    monkeypatch.setattr(Sides, "are_beyond", fail)
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 1
    assert "Error: 2025-03-27: The front cannot be computed with (TopologyException)" in done.stderr


def test_what_nobody_blamed_is_one_line_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of the geometry library out of any other place is no traceback."""

    def fail(*_: object) -> None:
        raise shapely.errors.GEOSException("TopologyException: side location conflict at 1 2")

    monkeypatch.setattr("geo.measuring.isolines.find_isolines", fail)
    done = CliRunner().invoke(main, ["render", "dnipro-line", "--out", str(tmp_path)])
    assert (done.exit_code, done.stderr[:30]) == (1, "Error: A geometry cannot be co")


def test_a_ring_without_extent(recwarn: pytest.WarningsRecorder) -> None:
    """Repairing drops what has no area, and no library warns of it."""
    spike = Polygon([(30, 50), (31, 50), (31, 51), (30, 50)], [[(30.5, 50.1)] * 4])
    flat = Polygon([(0, 0), (1, 1), (0, 0), (1, 1), (0, 0)])
    assert validity.repair_area(spike).is_valid
    assert validity.repair_area(flat).is_empty
    assert not recwarn.list


def test_both_planes_keep_areas_valid() -> None:
    """A hole that touches the outline within a rounding is still a valid area on either plane."""
    kharkiv = dict(list_shapes("oblasts"))["Kharkiv"]
    assert planes.to_plane(kharkiv).is_valid
    assert planes.ConicPlane(kharkiv.bounds).project(kharkiv).is_valid
