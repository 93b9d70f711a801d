"""The order along the curve: complete, gapless, and neighbours stay neighbours."""

from __future__ import annotations

import numpy as np

from geo.geodesy import groups

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
