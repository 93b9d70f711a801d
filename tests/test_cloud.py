"""Groups of points: their spheres hold them, and the order given is the order returned."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from geo.cloud import FEW, LEVELS, LEVELS_OF_FEW, Cloud

POINTS = np.random.default_rng(20250327).uniform([22, 44], [40, 52], size=(20_001, 2))


@pytest.mark.parametrize("count", [1, 2, 3000, FEW, FEW + 1, len(POINTS)])
def test_spheres_hold_their_points(count: int) -> None:
    """At every level no point lies outside the sphere of its group: the pruning rests on that."""
    points = Cloud(POINTS[:count])
    for size, spheres in zip(points.sizes, points.levels, strict=True):
        group = np.arange(count) // size
        away = np.linalg.norm(points.xyz - spheres.centres[:, group], axis=0)
        assert len(spheres.radii) == -(-count // size)
        assert (away <= spheres.radii[group] * (1 + 1e-12) + 1e-6).all()


@pytest.mark.parametrize("levels", [LEVELS, LEVELS_OF_FEW])
def test_levels_divide_each_other(levels: tuple[int, ...]) -> None:
    """A group of one level is a whole number of groups of the next."""
    assert all(larger % smaller == 0 for larger, smaller in itertools.pairwise(levels))


def test_restore_undoes_the_order() -> None:
    """Values in curve order come back in the order of the points."""
    points = Cloud(POINTS)
    assert np.array_equal(points.restore(points.lonlats), POINTS)
    assert np.array_equal(points.restore(points.lonlats[:, 0]), POINTS[:, 0])
