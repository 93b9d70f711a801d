"""The pieces of a derived line: named, and what a short one changes is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import shapely
from shapely.geometry import Point, box

from geo import geodesy
from geo.briefing import notes
from geo.fronts.front import Front
from geo.fronts.reading import read_front
from geo.measuring.metrics import measure
from geo.scenarios.scenario import find_scenario
from tests.made_up.occupied import COARSE, save_features, to_lonlat, to_plane


def build_front(folder: Path) -> Front:
    """Read a coarse area with a speck of 2 km across near Poltava."""
    speck = to_lonlat(to_plane(Point(33.6, 49.0)).buffer(1000))
    file = save_features(folder / "a.geojson", (COARSE, {}), (speck, {}), front={"as_of": "2025-03-27"})
    return read_front(file)


def test_a_speck_that_decides_is_named_and_measured(tmp_path: Path) -> None:
    """The piece that decides is named with its length and a town, and the distance without it is the true one."""
    front = build_front(tmp_path)
    assert front.as_of == date(2025, 3, 27)
    names = [sector.name for sector in front.sectors]
    assert names[0].startswith("piece 1 of 2, 67")
    assert names[1].startswith("piece 2 of 2, 6 km, near ")
    scenario = find_scenario("dnipro-line")
    measured = measure(scenario, front)
    speckless = measure(scenario, replace(front, sectors=front.sectors[:1], line=front.sectors[0].line))
    for row, without in zip(measured.rows, speckless.rows, strict=True):
        assert row.nearest_sector == names[1]
        assert row.nearest_without_km == pytest.approx(without.nearest_km)
    (sentence,) = notes.describe_pieces(measured.zones, front)
    assert names[1] in sentence
    assert "would be" in sentence


def test_a_long_piece_is_not_measured_without(tmp_path: Path) -> None:
    """Where the long piece decides, nothing is measured without it."""
    front = build_front(tmp_path)
    assert front.build_without(front.sectors[0].name) is None
    rest = front.build_without(front.sectors[1].name)
    assert rest is not None
    area = box(33.0, 48.5, 33.5, 48.8)
    expected = geodesy.nearest_pair(area, geodesy.Polyline(front.sectors[0].line)).distance_km
    assert geodesy.nearest_pair(area, rest).distance_km == pytest.approx(expected)
    assert shapely.equals(front.sectors[0].line, shapely.MultiLineString([front.line.geoms[0]]))
