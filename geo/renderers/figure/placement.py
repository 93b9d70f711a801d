"""Where labels go: each takes its cheapest free spot, the important ones first, none over another."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray

GAP_MM = 0.6
"""What is kept free around each label."""


@dataclass(frozen=True)
class Box:
    """A rectangle in millimetres, y down: top is the smaller number."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        """The centre, (x, y)."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def grow(self, by: float) -> Box:
        """Return the box with a rim."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def is_over(self, other: Box) -> bool:
        """Tell whether the two share any area."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def is_inside(self, other: Box) -> bool:
        """Tell whether this box lies in the other."""
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )

    def shape(self) -> shapely.Polygon:
        """Return the box as a shapely polygon."""
        return shapely.box(self.left, self.top, self.right, self.bottom)


@dataclass(frozen=True)
class Spot:
    """A place a label could take: its centre in millimetres, and how bad it is in itself."""

    x: float
    y: float
    cost: float = 0.0


Cost = Callable[[Box], float]


@dataclass(frozen=True)
class Label:
    """A label looking for a spot: its size in millimetres, its spots, and what standing on a box costs it.

    A label that finds no spot cheaper than ``max_cost`` is left out. ``anchor`` is a dot that belongs to the label and
    has to be free as well.
    """

    width: float
    height: float
    spots: Sequence[Spot]
    cost: Cost | None = None
    max_cost: float = 10.0
    anchor: Box | None = None


@dataclass
class Scene:
    """The frame labels have to keep inside of, what is taken, and points that had better not be covered."""

    frame: Box
    taken: list[Box] = field(default_factory=list)
    weighted: list[tuple[NDArray[np.float64], float]] = field(default_factory=list)

    def cover_cost(self, box: Box) -> float:
        """Return what covering lines costs: the number of their sample points in the box, weighted."""
        return sum(weight * _count_inside(box, points) for points, weight in self.weighted)


def place_label(variants: Sequence[Label], scene: Scene) -> tuple[int, Box] | None:
    """Give a label, of which there are variants of different shape, its cheapest free spot.

    Return which variant it is and its box, and add both to what is taken; None where there is no spot. The same labels
    in the same order find the same spots on every run: there is no chance in it.
    """
    best: tuple[float, int, Box] | None = None
    for number, label in enumerate(variants):
        found = _find_spot(label, scene)
        if found and (best is None or found[0] < best[0]):
            best = (found[0], number, found[1])
    if best is None:
        return None
    _, number, box = best
    anchor = variants[number].anchor
    scene.taken += [box, anchor] if anchor else [box]
    return number, box


def spots_around(
    x: float, y: float, width: float, height: float, *, away: float, step_cost: float = 0.25
) -> list[Spot]:
    """Return the eight usual spots of a point's name: right, left, above, below, then the corners."""
    dx, dy = width / 2 + away, height / 2 + away
    places = [(dx, 0), (-dx, 0), (0, -dy), (0, dy), (dx, -dy), (dx, dy), (-dx, -dy), (-dx, dy)]
    return [Spot(x + right, y + down, step_cost * index) for index, (right, down) in enumerate(places)]


def spots_on_grid(area: Box, *, step: float, toward: tuple[float, float], price: float) -> list[Spot]:
    """Return spots all over a box, dearer the farther they are from a point."""
    columns, rows = max(1, math.ceil(area.width / step)), max(1, math.ceil(area.height / step))
    return [
        Spot(x, y, price * math.hypot(x - toward[0], y - toward[1]))
        for x in np.linspace(area.left, area.right, columns + 1).tolist()
        for y in np.linspace(area.top, area.bottom, rows + 1).tolist()
    ]


def _find_spot(label: Label, scene: Scene) -> tuple[float, Box] | None:
    """Return the cheapest free spot of one variant with its cost."""
    if label.anchor and not _is_free(label.anchor, scene, 0):
        return None
    best: Box | None = None
    best_cost = label.max_cost
    across, up = label.width / 2, label.height / 2
    for spot in sorted(label.spots, key=lambda spot: spot.cost):
        if spot.cost >= best_cost:
            break
        box = Box(spot.x - across, spot.y - up, spot.x + across, spot.y + up)
        if not _is_free(box, scene, GAP_MM):
            continue
        cost = spot.cost + scene.cover_cost(box.grow(GAP_MM))
        if (
            label.cost and cost < best_cost
        ):  # not asked where a spot is too dear already: asking takes longest
            cost += label.cost(box)
        if cost < best_cost:
            best, best_cost = box, cost
    return None if best is None else (best_cost, best)


def _is_free(box: Box, scene: Scene, gap: float) -> bool:
    wide = box.grow(gap)
    return wide.is_inside(scene.frame) and not any(wide.is_over(other) for other in scene.taken)


def _count_inside(box: Box, points: NDArray[np.float64]) -> int:
    if not len(points):
        return 0
    x, y = points[:, 0], points[:, 1]
    return int(((x > box.left) & (x < box.right) & (y > box.top) & (y < box.bottom)).sum())
