"""Results remembered by all that they depend on, and edges found by place: what day after day is worked out with."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from itertools import pairwise
from typing import Generic, TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.geodesy import Floats

Value = TypeVar("Value")


class Memory(Generic[Value]):
    """The results asked for last, at most so many; a key holds everything that its result depends on."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._kept: OrderedDict[Hashable, Value] = OrderedDict()
        self._lock = threading.Lock()

    def recall(self, key: Hashable, derive: Callable[[], Value]) -> Value:
        """Return the result of a key, derived now if it is not remembered."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        value = derive()
        with self._lock:
            self._kept[key] = value
            if len(self._kept) > self.most:
                self._kept.popitem(last=False)
        return value

    def forget(self) -> None:
        """Forget every result."""
        self._kept.clear()


def sort_edges(edges: Floats) -> NDArray[np.intp]:
    """Return the order of edges (n, 4), from x, y to x, y, that does not depend on where a ring begins."""
    return np.lexsort(edges.T[::-1])


def find_near(
    edges: Floats, boxes: NDArray[np.object_], slack: Floats | float = 0.0
) -> list[NDArray[np.intp]]:
    """Return for each box which edges (n, 4) may lie in it, in their order; each may bend aside by its ``slack``."""
    ends = edges.reshape(-1, 2, 2)
    low, high = ends.min(axis=1).T - slack, ends.max(axis=1).T + slack
    which, edge = shapely.STRtree(shapely.box(*low, *high)).query(boxes)
    order = np.lexsort((edge, which))
    cuts = np.searchsorted(which[order], np.arange(len(boxes) + 1)).tolist()
    return [edge[order[first:last]] for first, last in pairwise(cuts)]
