"""The plane of printed maps: angles true, lengths nearly, nothing measured in it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from shapely.geometry import LineString

from geo.geodesy import GEOD, derive_geodesic
from geo.geodesy.planes import ConicPlane

THEATRE = (17.0, 44.0, 40.5, 54.0)
CORNERS = [(17.5, 44.5), (40.0, 44.5), (17.5, 53.5), (40.0, 53.5), (28.75, 49.0), (31.0, 46.5)]


@pytest.mark.parametrize("place", CORNERS)
def test_lengths_are_true_to_one_per_cent(place: tuple[float, float]) -> None:
    """Ten kilometres in four directions are drawn within 1 % of their length, everywhere in the theatre."""
    plane = ConicPlane(THEATRE)
    for azimuth in (0, 45, 90, 135):
        lon, lat, _ = GEOD.fwd(*place, azimuth, 10_000)
        ends = plane.project_points(np.array([place, (lon, lat)]))
        assert math.dist(*ends) == pytest.approx(10_000, rel=0.01)


@pytest.mark.parametrize("place", CORNERS)
def test_angles_are_true(place: tuple[float, float]) -> None:
    """North and east stand at right angles, as they do in a conformal projection."""
    plane = ConicPlane(THEATRE)
    north, east = (GEOD.fwd(*place, azimuth, 100)[:2] for azimuth in (0, 90))
    at, up, right = plane.project_points(np.array([place, north, east]))
    assert np.dot(up - at, right - at) / (
        np.linalg.norm(up - at) * np.linalg.norm(right - at)
    ) == pytest.approx(0, abs=1e-3)


def test_there_and_back() -> None:
    """A point of the plane goes back to where it came from."""
    plane = ConicPlane(THEATRE)
    x, y = plane.project_points(np.array([[30.52, 50.45]]))[0]
    assert plane.unproject_point(float(x), float(y)) == pytest.approx((30.52, 50.45))


def test_scale_is_what_a_ruler_finds() -> None:
    """The scale at a point is the drawn length of a known geodesic there."""
    plane = ConicPlane(THEATRE)
    x, y = plane.project_points(np.array([[31.0, 46.5]]))[0]
    lon, lat, _ = GEOD.fwd(31.0, 46.5, 90, 1000)
    ends = plane.project_points(np.array([[31.0, 46.5], [lon, lat]]))
    assert plane.scale_at(float(x), float(y)) == pytest.approx(math.dist(*ends) / 1000, rel=1e-4)


def test_north_leans_away_from_the_middle() -> None:
    """Meridians meet in the north: west of the middle north leans east, east of it west."""
    plane = ConicPlane(THEATRE)
    west, east = plane.project_points(np.array([[18.0, 49.0], [40.0, 49.0]])).tolist()
    assert plane.north_at(*west)[0] > 0.05
    assert plane.north_at(*east)[0] < -0.05


def test_long_edges_bend_with_the_parallels() -> None:
    """An edge straight in lon and lat is drawn curved, within 100 m of where its points belong."""
    plane = ConicPlane(THEATRE)
    drawn = plane.project(LineString([(20.0, 50.0), (38.0, 50.0)]))
    middle = plane.project_points(np.array([[24.37, 50.0]]))[0]
    assert min(math.dist(middle, point) for point in drawn.segmentize(100).coords) < 100


def test_geodesic_keeps_its_length() -> None:
    """The points along a shortest way add up to it, from end to end."""
    way = derive_geodesic((24.0, 50.0), (36.0, 47.5))
    steps = GEOD.inv(way[:-1, 0], way[:-1, 1], way[1:, 0], way[1:, 1])[2]
    assert sum(steps) == pytest.approx(GEOD.inv(24.0, 50.0, 36.0, 47.5)[2], rel=1e-9)
    assert way[0].tolist() == [24.0, 50.0]
    assert way[-1].tolist() == [36.0, 47.5]
