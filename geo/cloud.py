"""Many points, ordered along a Hilbert curve, so that whole groups of neighbours can be asked about at once."""

from __future__ import annotations

import functools
import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo import ellipsoid, hilbert
from geo.ellipsoid import Floats

LEVELS = (8192, 1024, 128, 32)
"""Points in the groups of each level, every one a multiple of the next; the last are the leaves.

Larger leaves would share more candidates than any of their points needs, smaller ones would cost more calls.
"""

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
    day, as `geo.pointtable` asks it, shares all of this.
    """

    def __init__(self, lonlats: Floats) -> None:
        self.lonlats = lonlats
        order = hilbert.derive_order(lonlats)
        self.order: NDArray[np.intp] = np.concatenate([order, np.repeat(order[-1:], -len(order) % self.leaf)])
        self.xyz: Floats = ellipsoid.earth_centred(lonlats, self.order)

    def __len__(self) -> int:
        return len(self.lonlats)

    @functools.cached_property
    def levels(self) -> tuple[Spheres, ...]:
        """The spheres of each of `sizes`, coarse to fine; the last group of a level may be short."""
        found = [_surround(self.xyz.reshape(3, -1, self.leaf))]
        for smaller, larger in itertools.pairwise(reversed(self.sizes)):
            found.append(_enclose(found[-1], larger // smaller))
        return tuple(reversed(found))

    @property
    def sizes(self) -> tuple[int, ...]:
        """Those of the levels that divide this cloud: one group of all points would tell no piece from another."""
        levels = LEVELS_OF_FEW if len(self) <= FEW else LEVELS
        return tuple(size for size in levels if size < len(self)) or levels[-1:]

    @property
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
