"""Where labels go: each takes its cheapest free spot, the important ones first, none over another."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.geodesy import Floats

GAP_MM = 0.6
"""What is kept free around each label."""

_RIM = GAP_MM * np.array([-1, -1, 1, 1])
_AT_ONCE = 24  # spots, the cheapest ones, that are looked at together first


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

    def grow(self, by: float, up: float | None = None) -> Box:
        """Return the box with a rim, which above and below may be another."""
        up = by if up is None else up
        return Box(self.left - by, self.top - up, self.right + by, self.bottom + up)

    def scale(self, by: float) -> Box:
        """Return the box on a page so many times as large."""
        return Box(self.left * by, self.top * by, self.right * by, self.bottom * by)

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


class Spot(NamedTuple):
    """A place a label could take: its centre in millimetres, and how bad it is in itself."""

    x: float
    y: float
    cost: float = 0.0


Spots = Sequence[Spot] | Floats
"""Spots, or many of them as an array (n, 3) of x, y and cost."""

Costs = Callable[[Floats], Floats]
Fits = Callable[[Floats], NDArray[np.bool_]]


@dataclass(frozen=True)
class Label:
    """A label looking for a spot: its size in millimetres, its spots, and what standing on boxes costs it.

    ``costs`` takes boxes (n, 4) of left, top, right, bottom; so does ``fits``, which is asked first, and of all spots
    that are free at once: it tells which can be taken at all.

    A label that finds no spot cheaper than ``max_cost`` is left out. ``anchor`` is a dot that belongs to the label and
    has to be free as well. On a plate words may stand closer to others.
    """

    width: float
    height: float
    spots: Spots
    costs: Costs | None = None
    max_cost: float = 10.0
    anchor: Box | None = None
    fits: Fits | None = None
    is_plate: bool = False


@dataclass
class Scene:
    """The frame labels have to keep inside of, what is taken, and points that had better not be covered.

    ``words`` are the labels among what is taken. From one to the next ``space_mm`` is kept free, lest they are read
    as one.
    """

    frame: Box
    taken: list[Box] = field(default_factory=list)
    weighted: list[tuple[Floats, float]] = field(default_factory=list)
    words: list[Box] = field(default_factory=list)
    space_mm: float = GAP_MM

    def cover_costs(self, boxes: Floats) -> Floats:
        """Return what covering lines costs: the number of their sample points in each box (n, 4), weighted."""
        costs = np.zeros(len(boxes))
        if not len(boxes):
            return costs
        (x, y), ends = self._samples
        left, top, right, bottom = boxes.T[:, :, None]
        near = np.flatnonzero((x > left.min()) & (x < right.max()) & (y > top.min()) & (y < bottom.max()))
        x, y = x[near], y[near]  # most lie far from all of the boxes
        is_inside = (x > left) & (x < right) & (y > top) & (y < bottom)
        ends = np.searchsorted(near, ends)
        for start, end, (_, weight) in zip([0, *ends], ends, self.weighted, strict=False):
            costs += weight * np.count_nonzero(is_inside[:, start:end], axis=1)
        return costs

    def find_edges(self, name: str) -> Floats:
        """Return the left, top, right, bottom of what is ``taken``, or of the ``words`` in it; both lists only grow."""
        boxes, known = getattr(self, name), self._edges.get(name)
        if known is None or len(known) < len(boxes):
            known = self._edges[name] = _to_array(boxes)
        return known

    @functools.cached_property
    def _edges(self) -> dict[str, Floats]:
        return {}

    @functools.cached_property
    def _samples(self) -> tuple[Floats, NDArray[np.intp]]:
        """The sample points of all lines, one line after another, x and y; and where each line ends."""
        lines = [points for points, _ in self.weighted]
        return np.concatenate([np.empty((0, 2)), *lines]).T.copy(), np.cumsum([*map(len, lines)], dtype=int)


def place_label(variants: Sequence[Label], scene: Scene) -> tuple[int, Box] | None:
    """Give a label, of which there are variants of different shape, its cheapest free spot.

    Return which variant it is and its box, and add both to what is taken; None where there is no spot. The same labels
    in the same order find the same spots on every run: there is no chance in it.
    """
    best: tuple[float, int, Box] | None = None
    for number, label in enumerate(variants):
        found = _find_spot(label, scene, label.max_cost if best is None else min(best[0], label.max_cost))
        if found:
            best = (found[0], number, found[1])
    if best is None:
        return None
    _, number, box = best
    anchor = variants[number].anchor
    scene.taken += [box, anchor] if anchor else [box]
    scene.words += [] if variants[number].is_plate else [box]
    return number, box


def spots_around(
    x: float, y: float, width: float, height: float, *, away: float, step_cost: float = 0.25
) -> list[Spot]:
    """Return the eight usual spots of a point's name: right, left, above, below, then the corners."""
    dx, dy = width / 2 + away, height / 2 + away
    places = [(dx, 0), (-dx, 0), (0, -dy), (0, dy), (dx, -dy), (dx, dy), (-dx, -dy), (-dx, dy)]
    return [Spot(x + right, y + down, step_cost * index) for index, (right, down) in enumerate(places)]


def spots_in_ring(x: float, y: float, width: float, height: float, *, away: float, count: int) -> list[Spot]:
    """Return so many spots all around a point, from each of which the label ends so far from it."""
    spots = []
    for turn in np.arange(count) * (2 * math.pi / count):
        across, down = math.cos(turn), math.sin(turn)
        reach = min(width / 2 / max(abs(across), 1e-9), height / 2 / max(abs(down), 1e-9))
        spots.append(Spot(x + (reach + away) * across, y + (reach + away) * down))
    return spots


def spots_on_grid(area: Box, *, step: float, toward: tuple[float, float], price: float) -> Floats:
    """Return spots all over a box, dearer the farther they are from a point."""
    columns, rows = max(1, math.ceil(area.width / step)), max(1, math.ceil(area.height / step))
    x = np.repeat(np.linspace(area.left, area.right, columns + 1), rows + 1)
    y = np.tile(np.linspace(area.top, area.bottom, rows + 1), columns + 1)
    return np.column_stack([x, y, price * np.hypot(x - toward[0], y - toward[1])])


def _find_spot(label: Label, scene: Scene, best_cost: float) -> tuple[float, Box] | None:
    """Return the cheapest free spot of one variant with its cost, if that is less than given."""
    rows = np.asarray(label.spots, dtype=float).reshape(-1, 3)
    rows = rows[rows[:, 2] < best_cost]
    if not len(rows) or (label.anchor and not _find_free(_to_array([label.anchor]), scene)[0]):
        return None
    best: Floats | None = None
    rows = rows[np.argsort(rows[:, 2], kind="stable")]
    half = np.array([label.width / 2, label.height / 2])
    boxes = np.hstack([rows[:, :2] - half, rows[:, :2] + half])
    free = np.flatnonzero(_find_free(boxes + _RIM, scene))
    if not label.is_plate:
        aside = scene.space_mm * np.array([-1, 0, 1, 0])
        free = free[~_are_over(boxes[free] + aside, scene.find_edges("words"))]
    if label.fits:
        free = free[label.fits(boxes[free])]
    at_once = _AT_ONCE
    while len(free):
        some, free = free[:at_once], free[at_once:]
        at_once *= 2  # where few of the cheapest do, many will have to be looked at
        costs = rows[some, 2]
        if costs[0] >= best_cost:  # and so are all that follow
            break
        costs = costs + scene.cover_costs(boxes[some] + _RIM)
        asked = np.flatnonzero(costs < best_cost)  # elsewhere it is too dear already: asking takes longest
        if label.costs and len(asked):
            costs[asked] += label.costs(boxes[some[asked]])
        least = int(costs.argmin())
        if costs[least] < best_cost:
            best, best_cost = boxes[some[least]], float(costs[least])
    return None if best is None else (best_cost, Box(*best.tolist()))


def _find_free(boxes: Floats, scene: Scene) -> NDArray[np.bool_]:
    """Tell which boxes (n, 4) of left, top, right, bottom lie in the frame and on nothing that is taken."""
    frame = scene.frame
    left, top, right, bottom = boxes.T
    is_inside = (left >= frame.left) & (right <= frame.right) & (top >= frame.top) & (bottom <= frame.bottom)
    free: NDArray[np.bool_] = is_inside & ~_are_over(boxes, scene.find_edges("taken"))
    return free


def are_over(boxes: Floats, others: Sequence[Box]) -> NDArray[np.bool_]:
    """Tell which boxes (n, 4) share any area with one of several others."""
    return _are_over(boxes, _to_array(others))


def _are_over(boxes: Floats, others: Floats) -> NDArray[np.bool_]:
    left, top, right, bottom = boxes.T
    lefts, tops, rights, bottoms = others.T[:, :, None]
    shared = (left < rights) & (lefts < right) & (top < bottoms) & (tops < bottom)
    over: NDArray[np.bool_] = shared.any(axis=0)
    return over


def _to_array(boxes: Sequence[Box]) -> Floats:
    rows = [(box.left, box.top, box.right, box.bottom) for box in boxes]
    return np.array(rows, dtype=float).reshape(-1, 4)


def count_inside(boxes: Floats, points: Floats) -> NDArray[np.intp]:
    """Return how many of some points (m, 2) lie in each of the boxes (n, 4)."""
    x, y = points.T
    left, top, right, bottom = boxes.T[:, :, None]
    counts: NDArray[np.intp] = np.count_nonzero((x > left) & (x < right) & (y > top) & (y < bottom), axis=1)
    return counts
