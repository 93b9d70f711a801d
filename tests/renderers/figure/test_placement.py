"""Where labels go on a printed map."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from geo.geodesy import Floats
from geo.renderers.figure.placement import (
    Box,
    Label,
    Scene,
    Spot,
    place_label,
    spots_around,
    spots_on_grid,
)

FRAME = Box(0, 0, 100, 100)


def label(*spots: Spot, width: float = 10, **more: object) -> Label:
    return Label(width, 4, spots, **more)  # type: ignore[arg-type]


def test_the_cheapest_free_spot_is_taken() -> None:
    """Of two spots the cheaper one wins; once it is taken, the next label gets the other."""
    scene = Scene(FRAME)
    spots = (Spot(50, 50, 2), Spot(20, 20, 1))
    assert place_label([label(*spots)], scene) == (0, Box(15, 18, 25, 22))
    assert place_label([label(*spots)], scene) == (0, Box(45, 48, 55, 52))
    assert place_label([label(*spots)], scene) is None


@pytest.mark.parametrize("spot", [Spot(2, 50), Spot(98, 50), Spot(50, 1), Spot(50, 99)])
def test_nothing_leaves_the_frame(spot: Spot) -> None:
    """A spot half outside is no spot."""
    assert place_label([label(spot)], Scene(FRAME)) is None


def test_covering_a_line_costs() -> None:
    """A dearer spot is better than one on the front, and none is better than one that covers too much of it."""
    line = np.array([[x, 50.0] for x in range(100)])
    scene = Scene(FRAME, weighted=[(line, 1.0)])
    assert place_label([label(Spot(50, 50), Spot(50, 20, 5), max_cost=9)], scene) == (0, Box(45, 18, 55, 22))
    assert place_label([label(Spot(50, 50), max_cost=9)], scene) is None


def test_a_narrower_variant_is_used_where_the_wide_one_does_not_fit() -> None:
    """The same words broken into more lines may stand where one line is too long."""
    variants = [label(Spot(4, 50), width=20), label(Spot(8, 50), width=6)]
    assert place_label(variants, Scene(FRAME)) == (1, Box(5, 48, 11, 52))


def test_a_name_without_room_for_its_dot_is_left_out() -> None:
    """A dot under another label would be read as part of it."""
    scene = Scene(FRAME, taken=[Box(40, 40, 60, 60)])
    assert place_label([label(Spot(70, 50), anchor=Box(49, 49, 51, 51))], scene) is None


def test_spots_around_a_point_leave_it_free() -> None:
    """None of the eight covers the point itself, and the one to the right comes first."""
    spots = spots_around(50, 50, 10, 4, away=1)
    boxes = [Box(spot.x - 5, spot.y - 2, spot.x + 5, spot.y + 2) for spot in spots]
    assert len(boxes) == 8
    assert not any(box.is_over(Box(49.5, 49.5, 50.5, 50.5)) for box in boxes)
    assert min(spots, key=lambda spot: spot.cost) == spots[0]
    assert spots[0].x > 50


def test_where_a_label_fits_is_asked_once_of_all_that_is_free() -> None:
    """A dearer spot that fits is better than a cheaper one that does not; what is taken is not asked about."""
    asked: list[int] = []

    def fits(boxes: Floats) -> NDArray[np.bool_]:
        asked.append(len(boxes))
        return boxes[:, 0] > 60

    scene = Scene(FRAME, taken=[Box(40, 40, 60, 60)])
    spots = spots_on_grid(Box(10, 50, 90, 50), step=10, toward=(0, 50), price=0.01)
    found = place_label([Label(4, 4, spots, fits=fits)], scene)
    assert found == (0, Box(68, 48, 72, 52))
    assert asked == [len(spots) - 6]
