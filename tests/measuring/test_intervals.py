"""Intervals: no front that the file allows gives a figure outside, and none is wider than it has to be."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
import shapely
from shapely.geometry import LineString, MultiLineString, box

from geo import geodesy
from geo.fronts.front import Front, Sector
from geo.fronts.reading import find_front
from geo.geodesy import GEOD, Polyline
from geo.measuring import metrics
from geo.measuring.figures import DISTANCES
from geo.measuring.metrics import Metrics
from geo.scenarios.scenario import Scenario, Zone, find_scenario

FRONT = find_front("2025-03-27")
SAMPLES = 1000
SLACK_KM = 0.06
"""What two lattices, or a search that stops 50 m below the maximum, may differ by."""

CROSSING = [
    Zone("Near the line", box(36.2, 48.3, 36.9, 48.9)),
    Zone("Across the line", box(36.6, 47.6, 37.4, 48.5)),
    Zone("Beyond the line", box(36.9, 47.2, 37.3, 47.6)),
    Zone("On the disputed ground", box(34.8, 51.0, 35.2, 51.19)),
    Zone("Within the line's precision", box(37.0, 48.26, 37.05, 48.275)),
]


def scenario_of(zones: list[Zone]) -> Scenario:
    return Scenario("made-up", "Made up", "", tuple(zones), ())


def sample_front(rng: random.Random) -> Front:
    """Return a front that the shipped file allows: each vertex moved within its precision, disputes in or out."""
    moved: dict[tuple[float, float], tuple[float, float]] = {}
    least: dict[tuple[float, float], float] = {}
    kept = [sector for sector in FRONT.sectors if sector.is_reported or rng.random() < 0.5]
    for sector in kept:
        for at in shapely.get_coordinates(sector.line).tolist():
            least[tuple(at)] = min(sector.precision_km or 0, least.get(tuple(at), np.inf))
    for at, km in least.items():
        lon, lat, _ = GEOD.fwd(*at, rng.uniform(0, 360), 990 * km * rng.choice([rng.random(), 1.0]))
        moved[at] = (lon, lat)
    sectors = []
    for sector in kept:
        line = LineString([moved[tuple(at)] for at in shapely.get_coordinates(sector.line).tolist()])
        sectors.append(Sector(sector.name, MultiLineString([line])))
    line = shapely.line_merge(
        MultiLineString([part for each in sectors for part in each.line.geoms]), directed=True
    )
    whole = MultiLineString([*shapely.get_parts(line)])
    return replace(FRONT, sectors=tuple(sectors), line=whole, precisions_km=(), disputed=())


def find_outside(known: Metrics, sampled: Metrics, slack: float) -> Iterator[str]:
    """Yield each figure of a sampled front that lies outside the interval that was given for it."""
    for row, found in zip((*known.zones, known.total), (*sampled.zones, sampled.total), strict=True):
        for figure in DISTANCES:
            low, high = figure.read_interval(row) or (np.nan, np.nan)
            if not low - slack <= figure.read(found) <= high + slack:
                yield f"{row.zone}: {figure.key} {figure.read(found):.2f} is not in {low:.2f} to {high:.2f}"
        for band, its in zip(row.bands, found.bands, strict=True):
            if not (band.share_low or 0) - 0.01 <= its.share <= (band.share_high or 0) + 0.01:
                yield f"{row.zone}: {its} is not in {band}"


@pytest.mark.parametrize("seed", range(4))
def test_no_allowed_front_gives_a_figure_outside(seed: int) -> None:
    """Zones near, across and beyond the front and on disputed ground, against fronts within precision."""
    scenario, rng = scenario_of(CROSSING), random.Random(seed)
    known = metrics.measure(scenario, FRONT)
    outside = [
        text
        for _ in range(8)
        for text in find_outside(known, metrics.measure(scenario, sample_front(rng)), 0.6)
    ]
    assert outside == []


def test_no_distance_of_a_thousand_fronts_lies_outside() -> None:
    """Nearest, mean, median and farthest over fixed points of the shipped zones, for 1,000 fronts within precision."""
    scenario, rng = find_scenario("dnipro-line"), random.Random(1)
    known = metrics.measure(scenario, FRONT)
    cells = [geodesy.equal_area_lattice(zone.geometry, cells=200) for zone in scenario.zones]
    outlines = [shapely.get_coordinates(shapely.segmentize(zone.geometry, 0.02)) for zone in scenario.zones]
    cuts = np.cumsum(
        [len(part) for pair in zip(cells, outlines, strict=True) for part in (pair[0][0], pair[1])]
    )
    points = np.concatenate(
        [part for pair in zip(cells, outlines, strict=True) for part in (pair[0][0], pair[1])]
    )
    reached = []
    for _ in range(SAMPLES):
        km = np.split(Polyline(sample_front(rng).line).distances_km(points), cuts[:-1])
        for row, (_, weights), inner, outer in zip(known.zones, cells, km[::2], km[1::2], strict=True):
            # A coarse lattice has its own mean: it is set against that of the shipped line on the same points.
            assert row.nearest_low_km is not None and row.mean_low_km is not None
            assert row.nearest_low_km - SLACK_KM <= outer.min() <= (row.nearest_high_km or 0) + 1.0
            assert (
                row.mean_low_km - 0.3 <= np.average(inner, weights=weights) <= (row.mean_high_km or 0) + 0.3
            )
            assert max(inner.max(), outer.max()) <= (row.farthest_high_km or 0) + SLACK_KM
            reached.append(outer.min() - row.nearest_low_km)
    assert min(reached) < 1.0


def test_interval_is_that_of_the_sectors() -> None:
    """Low and high follow from the nearest distance to each sector, by brute force over all of them."""
    zone = find_scenario("dnipro-line").zones[0]
    row = metrics.measure(scenario_of([zone]), FRONT).zones[0]
    pairs = [
        (geodesy.nearest_pair(zone.geometry, Polyline(each.line)).distance_km, each.precision_km or 0, each)
        for each in FRONT.sectors
    ]
    low, sector = min(((km - precision, each) for km, precision, each in pairs), key=lambda pair: pair[0])
    assert row.nearest_low_km == pytest.approx(low, abs=1e-4)
    assert row.nearest_low_sector == sector.name
    assert row.nearest_high_km == pytest.approx(
        min(km + p for km, p, each in pairs if each.is_reported), abs=1e-4
    )
    assert (
        row.nearest_sector
        == min((each for each in pairs if each[2].is_reported), key=lambda each: each[0])[2].name
    )


@pytest.mark.parametrize("zone", ["Kyiv to Kaniv reach", "Kaniv to Cherkasy reach"])
def test_farthest_and_mean_follow_from_every_point(zone: str) -> None:
    """The ends of farthest and mean are those of the least and greatest distances of points, asked one by one."""
    area = next(each for each in find_scenario("dnipro-line").zones if each.name == zone)
    row = metrics.measure(scenario_of([area]), FRONT).zones[0]
    points, weights = geodesy.equal_area_lattice(area.geometry)
    points = np.concatenate([points, shapely.get_coordinates(area.geometry)])
    low = np.min(
        [Polyline(s.line).distances_km(points) - (s.precision_km or 0) for s in FRONT.sectors], axis=0
    )
    reported = [s for s in FRONT.sectors if s.is_reported]
    high = np.min([Polyline(s.line).distances_km(points) + (s.precision_km or 0) for s in reported], axis=0)
    count = len(weights)
    assert row.mean_low_km == pytest.approx(np.average(low[:count], weights=weights), abs=0.01)
    assert row.mean_high_km == pytest.approx(np.average(high[:count], weights=weights), abs=0.01)
    assert row.farthest_low_km == pytest.approx(low.max(), abs=0.2)
    assert row.farthest_high_km == pytest.approx(high.max(), abs=0.2)


def test_front_without_precision_has_no_interval() -> None:
    """Where a file states neither precision nor uncertainty, nothing is made up."""
    bare = replace(
        FRONT, sectors=tuple(replace(s, precision_km=None) for s in FRONT.sectors), precisions_km=()
    )
    row = metrics.measure(find_scenario("dnipro-line"), bare).total
    assert [figure.read_interval(row) for figure in DISTANCES] == [None] * 4
    assert [band.share_low for band in row.bands] == [None] * len(row.bands)


def test_strip_keeps_every_sector_that_may_count() -> None:
    """A strip of 600 km and 100 m, in which no cell is whole, has the interval that all sectors together give."""
    strip = LineString([(30.0, 50.4), (36.0, 49.0)]).buffer(0.0005)
    row = metrics.measure(scenario_of([Zone("Strip", strip)]), FRONT).zones[0]
    assert FRONT.bounds is not None
    low, high, _ = FRONT.bounds.find_nearest(strip)
    assert (row.nearest_low_km, row.nearest_high_km) == pytest.approx((low, high), abs=1e-9)
    assert geodesy.find_largest(strip, FRONT.bounds.measure, (0.0, 0.0)) == pytest.approx(
        (row.farthest_low_km, row.farthest_high_km), abs=0.06
    )
