"""From nested lists of positions to a shape: winding, altitudes, and nothing moved."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Polygon, box

from geo.files.geometries import derive_shape


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("altitude", [[], [120.5]])
def test_winding_and_altitude(reverse: bool, altitude: list[float]) -> None:
    """Either winding is accepted and the outer ring comes out counter-clockwise; altitudes are dropped."""
    outer = [[30, 49, *altitude], [32, 49, *altitude], [32, 51, *altitude], [30, 49, *altitude]]
    hole = [[31, 49.2], [31.5, 49.2], [31.5, 49.4], [31, 49.2]]
    given_rings = [outer[::-1], hole[::-1]] if reverse else [outer, hole]
    before = json.dumps(given_rings)
    shape = derive_shape("Polygon", given_rings, lambda what, remedy: pytest.fail(what))
    assert isinstance(shape, Polygon)
    assert shape.exterior.is_ccw
    assert not shape.interiors[0].is_ccw
    assert not shape.has_z
    assert json.dumps(given_rings) == before


lattice = st.tuples(st.integers(20, 40), st.integers(44, 52))


@settings(max_examples=60, deadline=None)
@given(st.lists(lattice, min_size=1, max_size=4, unique=True))
def test_squares_survive(corners: list[tuple[int, int]]) -> None:
    """Separate squares anywhere in the region are read back as the very same area."""
    rings = [[[x, y], [x + 0.9, y], [x + 0.9, y + 0.9], [x, y + 0.9], [x, y]] for x, y in corners]
    shape = derive_shape("MultiPolygon", [[ring] for ring in rings], lambda what, remedy: pytest.fail(what))
    assert isinstance(shape, MultiPolygon)
    assert shape.normalize() == MultiPolygon([box(x, y, x + 0.9, y + 0.9) for x, y in corners]).normalize()


def test_coordinates_of_another_system() -> None:
    """Metres of UTM zone 36N become lon, lat; the outer ring is counter-clockwise, and long edges keep their course."""
    ring = [[500_000, 5_400_000], [500_000, 5_500_000], [600_000, 5_500_000], [500_000, 5_400_000]]
    shape = derive_shape("Polygon", [ring], lambda what, remedy: pytest.fail(what), crs="EPSG:32636")
    assert isinstance(shape, Polygon)
    assert shape.exterior.is_ccw
    assert shape.bounds == pytest.approx((33.0, 48.75, 34.39, 49.65), abs=0.01)
    assert len(shape.exterior.coords) > 100


def test_position_outside_of_its_system() -> None:
    """What a reference system cannot place is said to lie outside of it."""
    said: list[str] = []
    line = [[500_000, 5_400_000], [1e20, 1e20]]
    assert derive_shape("LineString", line, lambda what, remedy: said.append(what), crs="EPSG:32636") is None
    assert len(said) == 1
    assert "outside of its reference system" in said[0]
