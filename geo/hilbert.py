"""The order of points along a Hilbert curve, in which neighbours on the line are neighbours on the map.

The curve visits a square of 65,536 by 65,536 cells (Hilbert 1891). Its place on the curve is read off a table four
binary digits of x and of y at a time; the table is filled by the classic digit-by-digit rule.
"""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint32]

_BITS = 16  # of x and of y
_STEP = 4  # digits looked up at once
_BLOCK = 16_384  # points worked on together, so that they stay in the processor's cache


def derive_order(lonlats: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return the indices that sort points (n, 2) of lon, lat along the curve over their bounding box."""
    # Key and index in one number: numpy sorts numbers several times as fast as it sorts indices by them.
    packed = derive_keys(lonlats).astype(np.uint64)
    packed <<= np.uint64(32)
    packed |= np.arange(len(lonlats), dtype=np.uint64)
    packed.sort()
    packed &= np.uint64(2**32 - 1)
    return packed.view(np.intp)


def derive_keys(lonlats: NDArray[np.float64]) -> Keys:
    """Return each point's place along the curve over the points' bounding box, from 0 to 2³² - 1; shape (n,)."""
    keys = np.empty(len(lonlats), np.uint32)
    if not len(lonlats):
        return keys
    low, high = (np.array([bound(degrees) for degrees in lonlats.T]) for bound in (np.min, np.max))
    square = np.array([np.cos(np.radians((low[1] + high[1]) / 2)), 1.0])  # a degree of longitude is shorter
    scale = square * (2**_BITS - 1) / max(float((square * (high - low)).max()), 1e-12)
    for i in range(0, len(lonlats), _BLOCK):
        lon, lat = lonlats[i : i + _BLOCK].T
        x, y = ((lon - low[0]) * scale[0]).astype(np.intp), ((lat - low[1]) * scale[1]).astype(np.intp)
        keys[i : i + _BLOCK] = _look_up(x, y)
    return keys


def _look_up(x: NDArray[np.intp], y: NDArray[np.intp]) -> NDArray[np.intp]:
    codes, rows = _tables()
    key, row = np.zeros_like(x), np.zeros_like(x)
    for shift in range(_BITS - _STEP, -1, -_STEP):
        cell = row
        cell += (x >> shift & 15) << 4
        cell += y >> shift & 15
        key <<= 2 * _STEP
        key += codes.take(cell, mode="clip")
        row = rows.take(cell, mode="clip")
    return key


@functools.cache
def _tables() -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return, for each of 4 orientations and 16 by 16 cells, the place along the curve and the row that comes next.

    A row is where an orientation's cells begin.
    """
    cells = [_walk(state, x, y) for state in range(4) for x in range(16) for y in range(16)]
    codes, states = np.array(cells, np.intp).T
    return codes.copy(), states * 256


def _walk(state: int, x: int, y: int) -> tuple[int, int]:
    """Follow one cell down four levels. State: bit 0 says that x and y change places, bit 1 that both run back."""
    code = 0
    for digit in range(_STEP - 1, -1, -1):
        right, up = x >> digit & 1, y >> digit & 1
        if state & 1:
            right, up = up, right
        if state & 2:
            right, up = 1 - right, 1 - up
        code = code << 2 | (3 * right) ^ up
        if not up:
            state ^= 3 if right else 1
    return code, state
