"""The arc over a chord against the geodesic, near and far."""

from __future__ import annotations

import numpy as np
import pytest

from geo.geodesy import ellipsoid
from geo.geodesy.ellipsoid import GEOD

RANDOM = np.random.default_rng(20250327)


def pairs(reach_km: float, count: int = 100_000) -> tuple[ellipsoid.Floats, ellipsoid.Floats]:
    """Return points all over the world and others at most so far from them, in all directions."""
    origins = RANDOM.uniform([-180, -90], [180, 90], size=(count, 2))
    azimuths, metres = RANDOM.uniform(0, 360, count), RANDOM.uniform(0, reach_km * 1000, count)
    lons, lats, _ = GEOD.fwd(origins[:, 0], origins[:, 1], azimuths, metres)
    return origins, np.column_stack([lons, lats])


def section_km(origins: ellipsoid.Floats, targets: ellipsoid.Floats) -> ellipsoid.Floats:
    start = ellipsoid.earth_centred(origins)
    x, y, z = start - ellipsoid.earth_centred(targets)
    return np.sqrt(ellipsoid.squared_section_m2(x * x + y * y + z * z, z, start[2])) / 1000


@pytest.mark.parametrize(("reach_km", "metres"), [(500, 0.001), (ellipsoid.SECTION_LIMIT_KM, 0.03)])
def test_section_is_the_geodesic(reach_km: float, metres: float) -> None:
    """The arc over the chord differs from the geodesic by less than what the module promises, anywhere on earth."""
    origins, targets = pairs(reach_km)
    true = ellipsoid.geodesic_km(origins, targets)
    assert np.abs(section_km(origins, targets) - true).max() < metres / 1000


def test_section_of_a_point_to_itself_is_zero() -> None:
    """Two equal points are 0 km apart, not undefined."""
    point = np.array([[31.0, 48.0]])
    assert section_km(point, point)[0] == 0


def test_points_can_be_asked_for_in_another_order() -> None:
    """Earth-centred coordinates of some points, in an order of their own, repeated ones included."""
    lonlats, order = (
        RANDOM.uniform([-180, -90], [180, 90], size=(50_000, 2)),
        RANDOM.integers(0, 50_000, 60_000),
    )
    assert np.array_equal(ellipsoid.earth_centred(lonlats, order), ellipsoid.earth_centred(lonlats[order]))


def test_sphere_would_not_do() -> None:
    """The same arc with one mean radius is wrong by kilometres at 1,000 km, so the promise is not empty."""
    origins, targets = pairs(1000, 1000)
    chord = np.linalg.norm(ellipsoid.earth_centred(origins) - ellipsoid.earth_centred(targets), axis=0) / 1000
    spherical = 2 * 6371.0 * np.arcsin(chord / 2 / 6371.0)
    assert np.abs(spherical - ellipsoid.geodesic_km(origins, targets)).max() > 0.001


def test_curvature_bounds_hold() -> None:
    """Meridian and prime vertical, at the equator, at 48° and at the poles, bend within the stated bounds."""
    sine2 = np.sin(np.radians([0, 48, 90])) ** 2
    meridian = (1 - GEOD.es * sine2) ** 1.5 / (GEOD.a * (1 - GEOD.es))
    prime_vertical = np.sqrt(1 - GEOD.es * sine2) / GEOD.a
    both = np.concatenate([meridian, prime_vertical])
    assert both.max() == pytest.approx(ellipsoid.MAX_CURVATURE)
    assert both.min() == pytest.approx(ellipsoid.MIN_CURVATURE)
