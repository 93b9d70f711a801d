"""What the edges of one day have in common with those of the day before, so that only what changed is worked out."""

from __future__ import annotations

import itertools
from typing import Generic, TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.geodesy import Floats

Value = TypeVar("Value")


class Memory(Generic[Value]):
    """What was worked out last, None before the first time; it is replaced whole, so threads may share it."""

    def __init__(self) -> None:
        self.last: Value | None = None

    def forget(self) -> None:
        """Forget it."""
        self.last = None


class Edges:
    """Edges (n, 4) from x, y to x, y, each known by its ends, and found by its place on a plane.

    ``flat`` (n, 4) are the same edges there, where each may bend aside by its ``slack``.
    """

    def __init__(self, edges: Floats, flat: Floats, slack: Floats | float = 0.0) -> None:
        ends = flat.reshape(-1, 2, 2)
        self.numbers = number_edges(edges)
        self.low, self.high = ends.min(axis=1).T - slack, ends.max(axis=1).T + slack

    def find_near(self, bounds: Floats) -> list[NDArray[np.intp]]:
        """Return for each of the bounds (n, 2, 2), low and high, which edges may lie within."""
        (west, south), (east, north) = self.low, self.high
        return [
            np.flatnonzero((west <= right) & (east >= left) & (south <= top) & (north >= bottom))
            for (left, bottom), (right, top) in bounds.tolist()
        ]

    def follow(self, earlier: Edges) -> NDArray[np.intp]:
        """Return which edge each of some earlier edges is; -1 where it is gone."""
        found = map(self.numbers.get, earlier.numbers, itertools.repeat(-1))
        moved = np.full(earlier.low.shape[1], -1)
        moved[[*earlier.numbers.values()]] = np.fromiter(found, np.intp, len(earlier.numbers))
        return moved

    def find_touched(self, earlier: Edges, moved: NDArray[np.intp], bounds: Floats) -> NDArray[np.bool_]:
        """Ask of each of the bounds whether an edge that came or went may lie within; ``moved`` is from `follow`."""
        came = np.ones(self.low.shape[1], bool)
        came[moved[moved >= 0]] = False
        low, high = (
            np.hstack([then[:, moved < 0], now[:, came]])
            for then, now in ((earlier.low, self.low), (earlier.high, self.high))
        )
        boxes = shapely.box(*bounds.reshape(-1, 4).T)
        touched = np.zeros(len(bounds), bool)
        touched[shapely.STRtree(boxes).query(shapely.box(*low, *high))[1]] = True
        return touched


def list_edges(points: Floats, part: NDArray[np.intp]) -> Floats:
    """Return the edges (n, 4), from x, y to x, y, between points (n, 2) that follow each other in one part."""
    edges: Floats = np.hstack([points[:-1], points[1:]])[part[:-1] == part[1:]]
    return edges


def number_edges(edges: Floats) -> dict[bytes, int]:
    """Return the numbers of edges (n, 4) by their names."""
    return dict(zip(name_edges(edges), range(len(edges)), strict=True))


def name_edges(edges: Floats) -> list[bytes]:
    """Return what tells edges (n, 4) apart, to the bit."""
    names: list[bytes] = np.ascontiguousarray(edges, dtype=np.float64).view("V32").ravel().tolist()
    return names


def sort_edges(edges: Floats) -> NDArray[np.intp]:
    """Return the order of edges (n, 4), from x, y to x, y, that does not depend on where a ring begins."""
    return np.lexsort(edges.T[::-1])
