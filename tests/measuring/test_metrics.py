"""The table of one scenario against one front: every column against brute force, and the awkward zones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely.geometry import LineString, MultiLineString, box

from geo import geodesy, shipped
from geo.briefing import notes
from geo.errors import DataError
from geo.fronts.front import Front
from geo.fronts.reading import find_front, read_front
from geo.measuring import metrics
from geo.measuring.metrics import ZoneMetrics
from geo.scenarios.evidence import Claim
from geo.scenarios.scenario import Scenario, Zone, find_scenario, read_scenarios
from tests import brute_force
from tests.brute_force import tolerance_km
from tests.made_up.fronts import save_file
from tests.made_up.series import SCENARIO

FRONT = find_front("2025-03-27")
SOUTHWARDS = replace(FRONT, line=MultiLineString([[(31, 51), (31, 46)]]), held_side="right")


def measure_one(geometry: geodesy.Area, front: Front = FRONT) -> ZoneMetrics:
    scenario = Scenario("test", "Test", "A test.", (Zone("Zone", geometry, "UA"),))
    return metrics.measure(scenario, front).zones[0]


@pytest.mark.parametrize("name", shipped.scenarios())
def test_shipped_scenarios_agree_with_brute_force(name: str) -> None:
    """Nearest, mean, median, farthest and bands of every shipped zone agree with dense points and pyproj.Geod."""
    scenario = find_scenario(name)
    for zone, row in zip(scenario.zones, metrics.measure(scenario, FRONT).zones, strict=True):
        west, south, east, north = zone.geometry.bounds
        points, weights = brute_force.grid(zone.geometry, max(east - west, north - south) / 36)
        distances = brute_force.points_km(points, FRONT.line)
        mean = float(np.average(distances, weights=weights))
        nearest = brute_force.nearest_km(zone.geometry.boundary, FRONT.line)
        outline = brute_force.dense_points(zone.geometry.boundary, 5)
        farthest = float(brute_force.points_km(outline, FRONT.line).max())
        assert row.nearest_km == pytest.approx(nearest, abs=tolerance_km(nearest)), zone.name
        assert row.farthest_km == pytest.approx(farthest, abs=tolerance_km(farthest)), zone.name
        # the grid's own coarseness is 1/36 of the zone, averaged out to well under a kilometre
        assert row.mean_km == pytest.approx(mean, abs=1.0), zone.name
        assert row.median_km == pytest.approx(float(np.median(distances)), abs=2.0), zone.name
        for band in row.bands:
            inside = (distances >= band.from_km) & (distances < (band.to_km or np.inf))
            assert band.share == pytest.approx(weights[inside].sum() / weights.sum(), abs=0.02), zone.name


def test_mean_is_within_the_tolerance_of_a_fine_grid() -> None:
    """On a fine grid the mean agrees to 0.1 %, so the coarse comparison above hides nothing."""
    zone = box(33.0, 48.6, 33.6, 49.0)
    points, weights = brute_force.grid(zone, 0.01)
    true = float(np.average(brute_force.points_km(points, FRONT.line), weights=weights))
    assert measure_one(zone).mean_km == pytest.approx(true, abs=tolerance_km(true))


def test_shares_cover_every_band_and_sum_to_one() -> None:
    """Six bands without gaps from 0 to open end share out the whole zone."""
    bands = measure_one(box(30, 47, 34, 50)).bands
    assert [(band.from_km, band.to_km) for band in bands] == [
        (0, 50), (50, 100), (100, 200), (200, 300), (300, 500), (500, None)
    ]  # fmt: skip
    assert sum(band.share for band in bands) == pytest.approx(1, abs=1e-12)
    assert all(0 <= band.share <= 1 for band in bands)


def test_order_of_figures_is_consistent() -> None:
    """Nearest is at most the median and the mean, and these are at most the farthest, for every shipped zone."""
    for scenario in read_scenarios().values():
        for row in metrics.measure(scenario, FRONT).rows:
            assert row.nearest_km <= min(row.mean_km, row.median_km)
            assert max(row.mean_km, row.median_km) <= row.farthest_km


def test_total_of_zones_apart_is_put_together_from_theirs() -> None:
    """Where no zone overlaps another the total is within 0.1 % of measuring the union anew, column by column."""
    shipped = find_scenario("dnipro-line")
    total = metrics.measure(shipped, FRONT).total
    union = measure_one(shapely.union_all([zone.geometry for zone in shipped.zones]))
    for column in ("area_km2", "nearest_km", "mean_km", "median_km", "farthest_km"):
        assert getattr(total, column) == pytest.approx(getattr(union, column), rel=1e-3)
    shares = [[band.share for band in row.bands] for row in (total, union)]
    assert shares[0] == pytest.approx(shares[1], abs=2e-3)


def test_total_is_over_the_union() -> None:
    """Two overlapping zones count the shared ground once."""
    first, second = box(30, 48, 31, 49), box(30.5, 48, 31.5, 49)
    scenario = Scenario("test", "Test", "A test.", (Zone("A", first, "UA"), Zone("B", second, "PL")))
    measured = metrics.measure(scenario, FRONT)
    union = measure_one(shapely.union(first, second))
    assert measured.total == replace(union, zone=metrics.TOTAL, country="PL, UA")
    assert measured.total.area_km2 < sum(row.area_km2 for row in measured.zones)
    assert measured.rows == (*measured.zones, measured.total)


def test_zone_across_the_front_names_the_share_beyond() -> None:
    """A zone three quarters beyond the front is 0 km from it, and its statistics are of the near quarter alone."""
    row = measure_one(box(30, 48, 34, 49), SOUTHWARDS)
    near = measure_one(box(30, 48, 31, 49), SOUTHWARDS)
    assert row.nearest_km == 0
    assert row.beyond_share == pytest.approx(0.75, abs=1e-3)
    assert [row.mean_km, row.farthest_km] == pytest.approx([near.mean_km, near.farthest_km])
    assert sum(band.share for band in row.bands) == pytest.approx(1)


def test_zone_that_only_touches_the_front_has_nothing_beyond() -> None:
    """Sharing an edge with the front is distance 0 and no more."""
    row = measure_one(box(30, 48, 31, 49), SOUTHWARDS)
    assert (row.nearest_km, row.beyond_share) == (0, 0)
    assert row.mean_km > 0


def test_front_in_several_parts_counts_whichever_is_nearer() -> None:
    """With one part on each side of a zone, each half is measured to its own."""
    front = replace(FRONT, line=MultiLineString([[(28, 47), (28, 50)], [(34, 47), (34, 50)]]))
    row = measure_one(box(29, 48, 33, 49), front)
    assert row.farthest_km == pytest.approx(
        brute_force.points_km(np.array([[31.0, 48.0]]), front.line)[0], abs=0.3
    )
    assert row.nearest_to[0] in (28, 34)


def test_zone_the_size_of_a_point_has_one_distance() -> None:
    """A zone of a square metre has nearest, mean, median and farthest all equal."""
    row = measure_one(box(32, 49, 32.00001, 49.00001))
    assert row.mean_km == pytest.approx(row.nearest_km, abs=0.002)
    assert row.median_km == pytest.approx(row.farthest_km, abs=0.002)


def test_reported_forces_are_spread_along_the_front() -> None:
    """Troops per 100 km are the claim's number over the front's length."""
    claim = Claim("s/size", "size", "somebody", None, date(2025, 3, 27), "10,000.", 10000, "troops")
    measured = metrics.measure(find_scenario("dnipro-line"), FRONT, [claim])
    assert measured.front_length_km == pytest.approx(geodesy.length_km(FRONT.line))
    assert measured.force[0].per_100_km_of_front == pytest.approx(10000 / measured.front_length_km * 100)


def test_line_through_a_zone_without_a_held_side_keeps_the_larger_part() -> None:
    """A front that does not say which side is held leaves the smaller part out."""
    front = replace(SOUTHWARDS, line=MultiLineString([LineString([(31, 51), (31, 46)])]), held_side=None)
    row = measure_one(box(30, 48, 34, 49), front)
    assert row.beyond_share == pytest.approx(0.25, abs=1e-3)


def build_scenario(*bounds: float) -> Scenario:
    return Scenario("test", "Test", "", (Zone("Zone", shapely.box(*bounds), "UA", "illustrative", ""),), ())


def test_zone_within_the_area(area_file: Path) -> None:
    """A zone that lies wholly in the occupied area is said to lie beyond the front, though it does not touch it."""
    front = read_front(area_file)
    row = metrics.measure(build_scenario(36.6, 46.75, 36.9, 46.9), front).total
    assert row.beyond_share == 1
    assert row.nearest_km > 40
    assert "lies wholly beyond the front" in notes.describe_beyond(row, front)


def test_zone_half_in_the_area(area_file: Path) -> None:
    """Of a zone across the front, the part in the occupied area is beyond, to the share that it has."""
    front = read_front(area_file)
    scenario = build_scenario(36.0, 47.0, 36.4, 48.1)
    row = metrics.measure(scenario, front).total
    inside = shapely.intersection(scenario.zones[0].geometry, front.occupied).area
    assert row.nearest_km == 0
    assert row.beyond_share == pytest.approx(inside / scenario.zones[0].geometry.area, abs=0.01)


@pytest.mark.parametrize("west", [-100.0, 64.5])
def test_another_part_of_the_world(west: float, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A front on another continent is refused, and one that surely lies there before any zone is measured."""
    far = read_front(save_file(tmp_path / "2025-03-27.geojson", [[west, 40.0], [west + 1, 41.0]]))
    if west < 0:
        monkeypatch.setattr(metrics, "measure_zone", lambda *of: pytest.fail("a zone was measured"))
    with pytest.raises(DataError, match=r"more than 2,500 km from the scenario 'test'.*longitude -?\d+\.\d"):
        metrics.measure(SCENARIO, far)


@pytest.mark.parametrize("name", ["dnipro-line", "western-ukraine"])
def test_a_front_is_prepared_once(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many zones are measured, the front's nearest-point index is built a single time."""
    front, built, build = find_front("2025-03-27"), [], geodesy.Polyline.__init__

    def count(index: geodesy.Polyline, line: geodesy.Line) -> None:
        built.append(line)
        build(index, line)

    monkeypatch.setattr(geodesy.Polyline, "__init__", count)
    metrics.measure(find_scenario(name), front)
    assert sum(line is front.line for line in built) == 1
