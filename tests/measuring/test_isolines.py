"""Lines of equal distance: where they run is held to brute force."""

from __future__ import annotations

import itertools
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely.geometry import LineString, MultiLineString

from geo import shipped
from geo.briefing.briefing import build_briefing
from geo.fronts.reading import find_front, read_front
from geo.geodesy import Polyline
from geo.measuring.isolines import FOLDER, LEVELS_KM, derive_isolines, find_isolines, read_isolines
from geo.scenarios.scenario import find_scenario
from tests.brute_force import dense_points, points_km

FRONT = find_front("2025-03-27").line
LINES = {each.distance_km: each.line for each in derive_isolines(Polyline(FRONT))}


def test_there_is_a_line_for_every_edge_between_bands() -> None:
    """The levels are those the zones are measured in: 50, 100, 200, 300 and 500 km."""
    assert tuple(LINES) == LEVELS_KM == (50, 100, 200, 300, 500)


@pytest.mark.parametrize("level", LEVELS_KM)
def test_every_vertex_is_at_its_distance(level: float) -> None:
    """By brute force no vertex is more than 100 m from its distance, and no point of an edge more than 1.5 km."""
    line = LINES[level]
    vertices = shapely.get_coordinates(line)
    assert np.abs(points_km(vertices, FRONT) - level).max() < 0.1
    between = dense_points(line, 5)[::3]
    assert np.abs(points_km(between, FRONT) - level).max() < 1.5


@pytest.mark.parametrize("level", LEVELS_KM)
def test_lines_go_all_the_way_round(level: float) -> None:
    """Each line closes, and all of the front lies inside: nothing of the distance was left out."""
    line = LINES[level]
    assert all(part.is_closed for part in line.geoms)
    assert shapely.union_all([shapely.Polygon(part) for part in line.geoms]).covers(FRONT)


def test_lines_of_two_distances_never_cross() -> None:
    """A line of equal distance has no point in common with the next one, nor with itself."""
    assert all(part.is_simple for line in LINES.values() for part in line.geoms)
    shapes = list(LINES.values())
    assert not any(shapely.intersects(a, b) for a, b in itertools.pairwise(shapes))


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.geojson")), ids=lambda file: file.stem)
def test_lines_that_ship_are_those_derived(file: Path) -> None:
    """Lines that ship are those of a shipped front as it is now; the build step would write the same."""
    front = read_front(shipped.fronts()[file.stem])
    written, derived = read_isolines(front), derive_isolines(front.polyline)
    assert [isoline.distance_km for isoline in written] == [isoline.distance_km for isoline in derived]
    for ours, new in zip(written, derived, strict=True):
        degrees = shapely.hausdorff_distance(ours.line, new.line)
        assert degrees < 0.01  # other versions of the libraries round differently


def test_a_front_that_was_changed_gets_lines_of_its_own() -> None:
    """The lines that ship are those of one file; a front of the same day from elsewhere has others."""
    moved = shapely.transform(FRONT, lambda lonlats: lonlats + 1)
    other = replace(find_front("2025-03-27"), line=moved, sha256="0" * 64)
    assert read_isolines(other) == ()
    assert find_isolines(other) == derive_isolines(Polyline(moved))


def test_around_one_short_line_they_are_ovals_of_the_right_size() -> None:
    """Around a line hardly longer than a point, the line of 100 km encloses the area of a geodesic circle."""
    (ring,) = derive_isolines(Polyline(LineString([(30, 50), (30.001, 50)])), (100.0,))
    enclosed = abs(shapely.Polygon(ring.line.geoms[0]).area) * 111.23 * 71.70  # km in a degree at 50° N
    assert enclosed == pytest.approx(np.pi * 100**2, rel=0.005)


def test_two_fronts_far_apart_have_lines_of_their_own() -> None:
    """Parts more than twice the distance apart are each surrounded; nearer ones share a line."""
    parts = MultiLineString([[(30, 50), (30.5, 50)], [(36, 50), (36.5, 50)]])
    near, far = derive_isolines(Polyline(parts), (100.0, 300.0))
    assert (len(near.line.geoms), len(far.line.geoms)) == (2, 1)


def test_many_lines_on_one_course_are_drawn_as_one() -> None:
    """Forty copies of a front, metres apart, are drawn as quickly as the front, and where it lies."""
    xy = np.random.default_rng(4).uniform((36, 46), (39, 51), (60, 2))
    lines = [LineString(xy + step * 1e-8) for step in range(40)]
    started = time.process_time()
    many = derive_isolines(Polyline(MultiLineString(lines)), (50.0,))
    assert time.process_time() - started < 3
    (one,) = derive_isolines(Polyline(lines[0]), (50.0,))
    assert shapely.hausdorff_distance(many[0].line, one.line) < 0.01


def test_briefing_carries_the_lines_of_its_front() -> None:
    """A page of a front that does not ship draws the lines that were traced when its briefing was assembled."""
    moved = replace(find_front("2025-03-27"), id="elsewhere", line=shapely.affinity.translate(FRONT, 0.01))
    briefing = build_briefing(find_scenario("dnipro-line"), moved)
    assert briefing.isolines == derive_isolines(Polyline(moved.line))


def test_lines_are_small_enough_to_embed() -> None:
    """All five together have fewer vertices than the front's neighbourhood needs: under 1,500."""
    assert sum(len(shapely.get_coordinates(line)) for line in LINES.values()) < 1500
