"""Areas that were moved or cut stay valid, and every area of the reference layers can be measured."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
import shapely.affinity
from click.testing import CliRunner
from shapely.geometry import MultiPolygon, Polygon, box, mapping, shape

from geo import geodesy
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
    """Every oblast, every country of the extent of a zone, and boxes cut at the border give figures that fit.

    Countries and boxes, which take long, are dealt out among the fronts.
    """
    countries = [
        (iso, area)
        for iso, area in list_shapes("countries")
        if max(np.ptp(np.reshape(area.bounds, (2, 2)), 0)) < 20
    ]
    dealt = [*countries, *list_boxes()][[*fronts].index(name) :: len(fronts)]
    for title, area in [*list_shapes("oblasts"), *dealt]:
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


REACH = Polygon([
    (31.7653, 49.2942), (31.6719, 49.3122), (31.6013, 49.3357), (31.5444, 49.3634), (31.4916, 49.3931),
    (31.3994, 49.4328), (31.3058, 49.4784), (31.2694, 49.4991), (31.1671, 49.569), (31.467, 49.754), (31.477, 49.748),
    (31.482, 49.745), (31.499, 49.741), (31.505, 49.738), (31.518, 49.73), (31.55, 49.698), (31.561, 49.691),
    (31.609, 49.673), (31.649, 49.648), (31.659, 49.644), (31.669, 49.642), (31.71, 49.64),
    (31.71633635764342, 49.63818961210188), (31.807669024786595, 49.28278593082258), (31.8117, 49.2817),
    (31.7653, 49.2942),
])  # fmt: skip
"""A zone as a front has cut it: valid, but with positions every 0.002 degrees it crosses itself within a rounding."""


def test_no_area_is_lost_when_its_edges_are_cut() -> None:
    """What crosses itself within a rounding once positions stand between is not left out."""
    assert REACH.is_valid and shapely.segmentize(REACH, 0.002).is_empty
    assert validity.segmentize(REACH, 0.002).area == pytest.approx(REACH.area)
    line = geodesy.Polyline(shapely.LineString([(35, 48), (37, 50)]))
    corners = line.distances_km(shapely.get_coordinates(REACH))
    assert geodesy.farthest_km(REACH, line) == pytest.approx(corners.max(), abs=0.1)
    for step in np.geomspace(0.0005, 0.5, 300):
        assert validity.segmentize(REACH, step).area == pytest.approx(REACH.area)


def test_cutting_edges_of_a_tangle_takes_no_time() -> None:
    """Nothing is mended on the way, for thousands of crossings take minutes; that is for `repair_area`."""
    xy = np.random.default_rng(2).uniform(0, 1e6, (2000, 2))
    started = time.process_time()
    fine = validity.segmentize(MultiPolygon([Polygon(xy)]), 2000.0)
    assert shapely.get_num_coordinates(fine) > 500_000
    assert time.process_time() - started < 5


def test_edges_of_every_kind_of_geometry_are_cut_alike() -> None:
    """Lines, points, holes and empty shapes come out of it as shapely gives them; parts that are empty are left out."""
    for text in (
        "POLYGON ((0 0, 9 0, 9 9, 0 0), (5 2, 7 2, 7 4, 5 2))",
        "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((5 0, 6 0, 6 1, 5 0)))",
        "GEOMETRYCOLLECTION (POLYGON ((0 0, 1 0, 1 1, 0 0)), LINESTRING (0 0, 3 0), POINT (1 1))",
        "POLYGON EMPTY", "LINESTRING EMPTY", "MULTIPOLYGON EMPTY", "MULTILINESTRING ((0 0, 2 0), (4 0, 9 9))",
    ):  # fmt: skip
        given = shapely.from_wkt(text)
        assert validity.segmentize(given, 0.3).equals_exact(shapely.segmentize(given, 0.3), 0)
    for text in (
        "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), EMPTY)", "MULTILINESTRING ((0 0, 2 0), EMPTY)",
        "GEOMETRYCOLLECTION (POINT EMPTY, LINESTRING (0 0, 2 0), MULTIPOLYGON (EMPTY))", "LINESTRING (1 1, 1 1)",
        "MULTILINESTRING ((1 1, 1 1, 1 1))", "POLYGON ((0 0, 9 0, 9 9, 0 0), (5 2, 5 2, 5 2, 5 2))",
    ):  # fmt: skip
        fine = validity.segmentize(shapely.from_wkt(text), 0.3)
        assert shapely.get_num_geometries(fine) == 1 and not fine.is_empty
