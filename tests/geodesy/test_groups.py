"""Groups of points: their spheres hold them, and the order given is the order returned."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from geo.geodesy import ellipsoid
from geo.geodesy.groups import FEW, LEVELS, LEVELS_OF_FEW, Cloud

POINTS = np.random.default_rng(20250327).uniform([22, 44], [40, 52], size=(20_001, 2))


@pytest.mark.parametrize("count", [1, 2, 3000, FEW, FEW + 1, len(POINTS)])
def test_spheres_hold_their_points(count: int) -> None:
    """At every level no point lies outside the sphere of its group: the pruning rests on that."""
    points = Cloud(POINTS[:count])
    for size, spheres in zip(points.sizes, points.levels, strict=True):
        group = np.arange(len(points.order)) // size
        away = np.linalg.norm(points.xyz - spheres.centres[:, group], axis=0)
        assert len(spheres.radii) == -(-count // size)
        assert (away <= spheres.radii[group] * (1 + 1e-12) + 1e-6).all()


@pytest.mark.parametrize("levels", [LEVELS, LEVELS_OF_FEW])
def test_levels_divide_each_other(levels: tuple[int, ...]) -> None:
    """A group of one level is a whole number of groups of the next."""
    assert all(larger % smaller == 0 for larger, smaller in itertools.pairwise(levels))


@pytest.mark.parametrize("count", [0, 1, 3000, FEW + 1, len(POINTS)])
def test_order_names_every_point_and_fills_the_last_leaf(count: int) -> None:
    """No point is left out, and what fills up the last leaf is its last point, which is harmless to answer again."""
    points = Cloud(POINTS[:count])
    assert np.array_equal(np.sort(points.order[:count]), np.arange(count))
    assert len(points.order) % points.leaf == 0
    assert set(points.order[count:]) <= set(points.order[count - 1 : count])
    assert np.array_equal(points.xyz, ellipsoid.earth_centred(POINTS[points.order]))
