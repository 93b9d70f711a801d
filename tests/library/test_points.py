"""Distances of points in arrays and frames."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pytest
from shapely import Point, box

import geo
from geo.measuring import places

FRONT = geo.front("2025-03-27")
PAIRS = [(30.52, 50.45), (36.23, 49.99)]


def test_points_are_as_far_as_the_command_says() -> None:
    """Each distance is that of ``geo distance``, as a float64 in order."""
    told = [row.distance_km for row in places.measure_points(["50.45,30.52", "49.99,36.23"], FRONT)]
    measured = geo.distance_km(PAIRS, FRONT)
    assert measured.dtype == np.float64
    assert measured == pytest.approx(told)
    assert geo.distance_km(np.array(PAIRS)).shape == (2,)
    assert geo.distance_km([], FRONT).shape == (0,)


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:3035", "EPSG:32636"])
def test_a_frame_is_measured_in_its_order(crs: str) -> None:
    """Rows keep their places, whatever the frame counts in; a missing or empty point has no distance."""
    points = [Point(PAIRS[1]), None, Point(), Point(PAIRS[0])]
    frame = gpd.GeoDataFrame({"a": range(4)}, geometry=points, crs="EPSG:4326", index=[9, 3, 3, 1]).to_crs(
        crs
    )
    near, missing, empty, far = geo.distance_km(frame, FRONT)
    assert (far, near) == pytest.approx(geo.distance_km(PAIRS, FRONT).tolist(), abs=1e-3)
    assert np.isnan([missing, empty]).all()
    assert np.array_equal(
        geo.distance_km(frame.geometry, FRONT), geo.distance_km(frame, FRONT), equal_nan=True
    )


@pytest.mark.parametrize(
    ("points", "told"),
    [
        ([(50.45, 30.52), (49.99, 36.23)], "look swapped"),
        ((30.52, 50.45), r"shape 2. Write one point as \[\("),
        ([(30.52, 50.45, 100.0)], "shape 1 × 3"),
        ([("a", "b")], "pairs of numbers"),
        ("Kyiv", "pairs of numbers"),
        ([PAIRS[0], (3.4e6, 6.5e6)], r"Row 1, .* is no position in degrees"),
        (gpd.GeoSeries([Point(30, 50)]), "set_crs"),
        (gpd.GeoSeries([box(30, 50, 31, 51)], crs=4326), "Row 0 holds a Polygon"),
    ],
)
def test_what_is_no_point_is_refused(points: Any, told: str) -> None:
    """An error says what is wrong and what to write instead."""
    with pytest.raises(geo.GeoError, match=told):
        geo.distance_km(points, FRONT)


def test_a_place_that_only_looks_swapped_can_be_measured() -> None:
    """Tehran is far from Ukraine, and a GeoSeries says which axis is which."""
    (km,) = geo.distance_km(gpd.GeoSeries([Point(51.4, 35.7)], crs="EPSG:4326"), FRONT)
    assert 1500 < km < 2000


def test_a_position_of_nan_has_no_distance() -> None:
    """What is not known is not measured, and the rest is."""
    measured = geo.distance_km([PAIRS[0], (float("nan"), 50.0)], FRONT)
    assert np.isnan(measured).tolist() == [False, True]
