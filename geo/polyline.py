"""A line prepared for distance questions: the nearest point of it to each of many points, exactly.

Every edge is cut into pieces of at most 0.04°, and a piece stands for its straight chord in earth-centred
coordinates, which leaves the edge by less than 1 m. The nearest point of a chord has a closed form; what costs is
asking every piece. So the points come in groups of neighbours (`geo.cloud`), and a piece is asked only for groups in
which it can be nearest to some point. Why no other piece can:

Let c be a group's centre, r the radius of its sphere, q* the point of the line nearest to c and D its distance. For a
point q of the line and any p in the sphere, ``|p-q|² - |p-q*|² = |c-q|² - |c-q*|² - 2 (p-c)·(q-q*)``, which is at
least ``|c-q|² - D² - 2r |q-q*|``. Let f be the point of a piece nearest to c, at distance d. A chord is convex, so
``|c-q|² >= d² + |q-f|²`` for its points q; with ``|q-q*| <= |f-q*| + |q-f|`` the difference is at least
``d² - r² - D² - 2r |f-q*|`` wherever q lies on the piece. If that is positive, the piece is not nearest to any p.

That is about chords. Geodesics of equal length have chords of slightly different length, because curvature differs
with place and direction; the difference is largest between the greatest and the least curvature there is
(`_slack_m2`), and a piece is dropped only if its chord is longer by more than that. Among the rest, geodesic lengths
decide.

Beyond 10,000 km none of this holds: towards the other side of the earth a longer chord may have a shorter geodesic. But
what is farther than a quarter of the earth's circumference from an edge is nearest to one of its ends, so there
`pyproj.Geod` is asked for the ends of all pieces.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geo import ellipsoid
from geo.cloud import Cloud, Spheres
from geo.ellipsoid import Floats

Indices = NDArray[np.intp]

MAX_PIECE_DEG = 0.04
"""Longest piece of an edge that is treated as a chord; the chord then leaves the edge by less than 1 m."""

_PAIRS = 1_000_000  # group-piece pairs held in memory at once
_BLOCK = 16_384  # points refined together, so that what is worked on stays in the processor's cache
_ONCE = 2**20  # points ordered together
_FAR_KM, _FAR_CHORD_M = 10_000.0, 8_900_000.0  # the least chord that a geodesic of so many kilometres has
_FAR_ONCE = 2**20  # pairs of a far point and an end held in memory at once


class Polyline:
    """The edges of lines or of rings, prepared for many distance questions.

    Takes any shapely lineal geometry in lon, lat degrees; points asked about are arrays of shape (n, 2), lon and lat.
    """

    def __init__(self, line: Any) -> None:
        self.starts, self.ends = _pieces(line)
        self._a = ellipsoid.earth_centred(self.starts)
        self._d = ellipsoid.earth_centred(self.ends) - self._a
        self._inverse = 1 / np.maximum((self._d**2).sum(axis=0), 1e-12)

    def nearest(self, lonlats: Floats) -> Floats:
        """Return, for each point, the nearest point of the line; shape (n, 2), lon and lat."""
        chunks = [Cloud(lonlats[i : i + _ONCE]) for i in range(0, len(lonlats), _ONCE)]
        found = [each.restore(self.nearest_to(each)) for each in chunks]
        return np.concatenate(found) if found else np.empty((0, 2))

    def distances_km(self, lonlats: Floats) -> Floats:
        """Return the geodesic distance from each point to the line in kilometres; shape (n,)."""
        return ellipsoid.geodesic_km(lonlats, self.nearest(lonlats))

    def nearest_to(self, points: Cloud) -> Floats:
        """Return the nearest points of the line, (n, 2) of lon and lat, to the points of a cloud in its own order."""
        if not len(points):
            return np.empty((0, 2))
        groups, pieces = self._candidates(points)
        counts = np.bincount(groups, minlength=len(points.levels[-1].radii))
        first = np.cumsum(counts) - counts
        leaf = points.leaf
        whole = len(points) // leaf * leaf
        nearest = np.empty((len(points), 2))
        leaves = points.xyz[:, :whole].reshape(3, -1, leaf)
        full = leaves.shape[1]
        by_count = np.argsort(-counts[:full], kind="stable")
        step = _BLOCK // leaf
        target = nearest[:whole].reshape(-1, leaf, 2)
        for i in range(0, full, step):
            chosen = by_count[i : i + step]
            target[chosen] = self._refine(leaves[:, chosen], counts[chosen], first[chosen], pieces)
        if whole < len(points):
            rest = points.xyz[:, whole:][:, None]
            nearest[whole:] = self._refine(rest, counts[full:], first[full:], pieces)[0]
        self._settle_far(points, nearest)
        return nearest

    def _settle_far(self, points: Cloud, nearest: Floats) -> None:
        """Correct, in place, the nearest points of what lies on the other side of the earth."""
        groups, origin = points.levels[0], self._a[:, :1]
        away = np.sqrt(((groups.centres - origin) ** 2).sum(axis=0))
        if (away + groups.radii).max() < _FAR_CHORD_M:
            return
        maybe = np.flatnonzero(((points.xyz - origin) ** 2).sum(axis=0) >= _FAR_CHORD_M**2)
        far = maybe[ellipsoid.geodesic_km(points.lonlats[maybe], nearest[maybe]) > _FAR_KM]
        ends = np.unique(np.concatenate([self.starts, self.ends]), axis=0)
        step = max(1, _FAR_ONCE // len(ends))
        for i in range(0, len(far), step):
            some = far[i : i + step]
            pairs = (np.repeat(points.lonlats[some], len(ends), axis=0), np.tile(ends, (len(some), 1)))
            nearest[some] = ends[ellipsoid.geodesic_km(*pairs).reshape(len(some), -1).argmin(axis=1)]

    def _candidates(self, points: Cloud) -> tuple[Indices, Indices]:
        """Return pairs of smallest group and piece, sorted by group, with every piece that is nearest to some point."""
        every = np.arange(len(self._inverse))
        coarse = len(points.levels[0].radii)
        groups, pieces = np.repeat(np.arange(coarse), len(every)), np.tile(every, coarse)
        for level, spheres in enumerate(points.levels):
            if level:
                fan = points.sizes[level - 1] // points.sizes[level]
                groups, pieces = _hand_down(groups, pieces, fan, len(spheres.radii))
            groups, pieces = self._prune(spheres, groups, pieces)
        return groups, pieces

    def _prune(self, spheres: Spheres, groups: Indices, pieces: Indices) -> tuple[Indices, Indices]:
        """Return the pairs, sorted by group, whose piece may be nearest to some point of its group."""
        kept = []
        starts = np.flatnonzero(np.diff(groups, prepend=-1))
        cuts = starts[np.flatnonzero(np.diff(starts // _PAIRS, prepend=-1))]
        for low, high in zip(cuts, [*cuts[1:], len(groups)], strict=True):
            kept.append(low + self._keep(spheres, groups[low:high], pieces[low:high]))
        chosen = np.concatenate(kept)
        return groups[chosen], pieces[chosen]

    def _keep(self, spheres: Spheres, groups: Indices, pieces: Indices) -> Indices:
        centre, a, d = spheres.centres[:, groups], self._a[:, pieces], self._d[:, pieces]
        along = np.clip(((centre - a) * d).sum(axis=0) * self._inverse[pieces], 0, 1)
        foot = a + along * d
        squared = ((centre - foot) ** 2).sum(axis=0)
        starts = np.flatnonzero(np.diff(groups, prepend=-1))
        lengths = np.diff(starts, append=len(groups))
        least = np.minimum.reduceat(squared, starts)
        best = np.flatnonzero(squared == np.repeat(least, lengths))
        best = best[np.searchsorted(best, starts)]  # the first of equals in each group
        radius = spheres.radii[groups[starts]]
        bound = least + radius**2 + _slack_m2(np.sqrt(least) + radius)
        apart = np.sqrt(((foot - np.repeat(foot[:, best], lengths, axis=1)) ** 2).sum(axis=0))
        return np.flatnonzero(
            squared - 2 * np.repeat(radius, lengths) * apart <= np.repeat(bound, lengths) + 1e-3
        )

    def _refine(self, points: Floats, counts: Indices, first: Indices, pieces: Indices) -> Floats:
        """Return the nearest of each group's candidates; points (3, groups, size), result (groups, size, 2).

        ``counts`` falls; so the groups that have a k-th candidate are always the first ones.
        """
        shape = points.shape[1:]
        best, at = np.full(shape, np.inf), np.zeros(shape)
        which = np.zeros(shape, np.intp)
        for k in range(int(counts[0])):
            some = int(np.searchsorted(-counts, -k))
            piece = pieces[first[:some] + k]
            squared, along = self._squared_m2(points[:, :some], piece)
            closer = squared < best[:some]
            np.copyto(best[:some], squared, where=closer)
            np.copyto(at[:some], along, where=closer)
            np.copyto(which[:some], piece[:, None], where=closer)
        start = self.starts[which]
        nearest: Floats = start + at[..., None] * (self.ends[which] - start)
        return nearest

    def _squared_m2(self, points: Floats, piece: Indices) -> tuple[Floats, Floats]:
        """Return squared lengths from points (3, groups, size) to each group's piece, and where on it (0 to 1)."""
        dx, dy, dz = self._d[:, piece, None]
        x, y, z = points - self._a[:, piece, None]
        along = (x * dx + y * dy + z * dz) * self._inverse[piece, None]
        np.minimum(np.maximum(along, 0, out=along), 1, out=along)
        x -= along * dx
        y -= along * dy
        z -= along * dz
        return ellipsoid.squared_section_m2(x * x + y * y + z * z, z, points[2]), along


def _slack_m2(chord_m: Floats) -> Floats:
    """Return how much longer, squared, a chord may be than one of at most this length and its geodesic be shorter."""
    chord = np.minimum(chord_m, 2 / ellipsoid.MAX_CURVATURE)  # no chord is longer than the ellipsoid is wide
    longest, shortest = (
        2 / curvature * np.arcsin(chord * curvature / 2)
        for curvature in (ellipsoid.MAX_CURVATURE, ellipsoid.MIN_CURVATURE)
    )
    slack = longest - shortest
    result: Floats = 2 * chord_m * slack + slack**2
    return result


def _hand_down(groups: Indices, pieces: Indices, fan: int, count: int) -> tuple[Indices, Indices]:
    """Give each group's candidates to the ``fan`` smaller groups in it; ``count`` is how many of those there are."""
    starts = np.flatnonzero(np.diff(groups, prepend=-1))
    lengths = np.diff(starts, append=len(groups))
    of_child = np.arange(count) // fan
    sizes = lengths[of_child]
    offsets = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return np.repeat(np.arange(count), sizes), pieces[np.repeat(starts[of_child], sizes) + offsets]


def _pieces(line: Any) -> tuple[Floats, Floats]:
    """Return the starts and ends, each (n, 2), of all edges of a lineal geometry, cut to `MAX_PIECE_DEG`."""
    parts = shapely.get_parts(shapely.segmentize(line, MAX_PIECE_DEG))
    coordinates, part_of = shapely.get_coordinates(parts, return_index=True)
    joined = part_of[:-1] == part_of[1:]
    return coordinates[:-1][joined], coordinates[1:][joined]
