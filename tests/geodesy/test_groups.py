"""Groups of points: their spheres hold them, their order is complete, and neighbours stay neighbours."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from geo.geodesy import ellipsoid, groups
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


GRID = np.array([(x, y) for x in range(64) for y in range(64)], dtype=float) / 64


def test_curve_steps_from_cell_to_neighbouring_cell() -> None:
    """Along a full grid every step goes to one of the four neighbours: that is what makes it Hilbert's curve."""
    walked = GRID[groups.derive_order(GRID)] * 64
    assert np.abs(np.diff(walked, axis=0)).sum(axis=1).max() == 1


def test_order_is_a_permutation() -> None:
    """Every point stands in the order exactly once, repeated points included."""
    points = np.random.default_rng(1).uniform(size=(40_000, 2))
    points[1000:2000] = points[0]
    assert np.array_equal(np.sort(groups.derive_order(points)), np.arange(len(points)))


def test_few_points_are_no_special_case() -> None:
    """No point, one point and equal points have an order too."""
    for count in (0, 1, 3):
        assert len(groups.derive_order(np.full((count, 2), 48.0))) == count
