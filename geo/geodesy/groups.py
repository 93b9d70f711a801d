"""Many points in groups of neighbours, so that whole groups can be asked about at once.

Points are ordered along a Hilbert curve (Hilbert 1891), in which neighbours on the line are neighbours on the map. The
curve visits a square of 65,536 by 65,536 cells. A point's place on it is read off a table four binary digits of x and
of y at a time; the table is filled by the classic digit-by-digit rule.
"""

from __future__ import annotations

import functools
import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.geodesy import ellipsoid
from geo.geodesy.ellipsoid import Floats

Keys = NDArray[np.uint32]

_BITS = 16  # of x and of y
_STEP = 4  # digits looked up at once
_BLOCK = 16_384  # points worked on together, so that they stay in the processor's cache

LEVELS = (8192, 1024, 128, 32)
"""Points in the groups of each level, every one a multiple of the next; the last are the leaves.

Larger leaves would share more candidates than any of their points needs, smaller ones would cost more calls.
"""

_VERY_FEW = 128  # are asked one by one, in whatever order: the curve would take longer than it saves

FEW, LEVELS_OF_FEW = 4096, (1024, 256, 64, 16, 4, 1)
"""Up to so many points lie so far apart that a leaf of several would share every candidate: each has its own."""


@dataclass(frozen=True)
class Spheres:
    """Spheres around groups of points: centres (3, n) and radii (n,) in earth-centred metres."""

    centres: Floats
    radii: Floats


class Cloud:
    """Points (n, 2) of lon, lat, prepared once for distance questions to any number of lines.

    ``order`` sorts them along the curve, ``xyz`` (3, n) are their earth-centred coordinates in that order. A front a
    day, as `geo.measuring.bulk.columns` asks it, shares all of this.
    """

    def __init__(self, lonlats: Floats) -> None:
        self.lonlats = lonlats
        order = lonlats[:, 0].argsort() if len(lonlats) <= _VERY_FEW else derive_order(lonlats)
        self.order: NDArray[np.intp] = np.concatenate([order, np.repeat(order[-1:], -len(order) % self.leaf)])
        self.xyz: Floats = ellipsoid.earth_centred(lonlats, self.order)

    def __len__(self) -> int:
        return len(self.lonlats)

    @functools.cached_property
    def leaves(self) -> Spheres:
        """The spheres around the smallest groups."""
        return _surround(self.xyz.reshape(3, -1, self.leaf))

    @functools.cached_property
    def levels(self) -> tuple[Spheres, ...]:
        """The spheres of each of `sizes`, coarse to fine; the last group of a level may be short."""
        found = [self.leaves]
        for smaller, larger in itertools.pairwise(reversed(self.sizes)):
            found.append(_enclose(found[-1], larger // smaller))
        return tuple(reversed(found))

    @functools.cached_property
    def sizes(self) -> tuple[int, ...]:
        """Those of the levels that divide this cloud: one group of all points would tell no piece from another."""
        levels = LEVELS_OF_FEW if len(self) <= FEW else LEVELS
        return tuple(size for size in levels if size < len(self)) or levels[-1:]

    @functools.cached_property
    def leaf(self) -> int:
        """Points in the smallest group."""
        return self.sizes[-1]


def _surround(points: Floats) -> Spheres:
    """Return the spheres around groups of points (3, groups, size)."""
    centres = points.mean(axis=2)
    x, y, z = points - centres[..., None]
    return Spheres(centres, np.sqrt((x * x + y * y + z * z).max(axis=1)))


def _enclose(spheres: Spheres, fan: int) -> Spheres:
    """Return spheres around every ``fan`` spheres in turn; the last may hold fewer."""
    starts = np.arange(0, len(spheres.radii), fan)
    counts = np.diff(starts, append=len(spheres.radii))
    centres = np.add.reduceat(spheres.centres, starts, axis=1) / counts
    apart = np.sqrt(((spheres.centres - np.repeat(centres, counts, axis=1)) ** 2).sum(axis=0))
    return Spheres(centres, np.maximum.reduceat(apart + spheres.radii, starts))


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
