"""A line prepared for distance questions: the nearest point of it to each of many points, exactly.

Every edge is cut into pieces of at most 0.04°, and a piece stands for its straight chord in earth-centred
coordinates, which leaves the edge by less than 1 m. The nearest point of a chord has a closed form; what costs is
asking every piece. So the points come in groups of neighbours (`geo.geodesy.groups`), and a piece is asked only for
groups in which it can be nearest to some point. Why no other piece can:

Let c be a group's centre, r the radius of its sphere, q* the point of the line nearest to c and D its distance. For a
point q of the line and any p in the sphere, ``|p-q|² - |p-q*|² = |c-q|² - |c-q*|² - 2 (p-c)·(q-q*)``, which is at
least ``|c-q|² - D² - 2r |q-q*|``. Let f be the point of a piece nearest to c, at distance d. A chord is convex, so
``|c-q|² >= d² + |q-f|²`` for its points q; with ``|q-q*| <= |f-q*| + |q-f|`` the difference is at least
``d² - r² - D² - 2r |f-q*|`` wherever q lies on the piece. If that is positive, the piece is not nearest to any p.

That is about chords. Geodesics of equal length have chords of slightly different length, because curvature differs
with place and direction; the difference is largest between the greatest and the least curvature there is
(`_slack_m2`), and a piece is dropped only if its chord is longer by more than that. Among the rest, geodesic lengths
decide: as the arc over the chord (`geo.geodesy.ellipsoid`), whose square exceeds the chord's by about
``(dᵀAd)² / (12 |Am|²)``. The factor beside ``(dᵀAd)²`` hardly changes within a group; so it is taken from the group's
centre, once for a piece (`_bends`), and the arc itself is bent only over the chord that was chosen.

Beyond 10,000 km none of this holds: towards the other side of the earth a longer chord may have a shorter geodesic. But
what is farther than a quarter of the earth's circumference from an edge is nearest to one of its ends, so there
`pyproj.Geod` is asked for the ends of all pieces.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.geodesy import ellipsoid, validity
from geo.geodesy.ellipsoid import Floats
from geo.geodesy.groups import Cloud, Spheres

Indices = NDArray[np.intp]

MAX_PIECE_DEG = 0.04
"""Longest piece of an edge that is treated as a chord; the chord then leaves the edge by less than 1 m."""

_PAIRS = 1_000_000  # group-piece pairs held in memory at once
_FEW_PAIRS = 2**12  # so many of a group and a piece are looked at without coarser groups
_BLOCK = 16_384  # points refined together, so that what is worked on stays in the processor's cache
_ONCE = 2**20  # points ordered together
_FAR_KM = 10_000.0  # from here on the nearest point of a piece is one of its ends
_NARROW_M = 2e6  # areas so wide, or so far away, are asked about every edge
_BULGE_M = 10.0  # more than an edge of `MAX_PIECE_DEG` leaves its chord by
_FAR_ONCE = 2**20  # pairs of a far point and an end held in memory at once


class Polyline:
    """The edges of lines or of rings, prepared for many distance questions.

    Takes any shapely lineal geometry in lon, lat degrees; points asked about are arrays of shape (n, 2), lon and lat.
    """

    def __init__(self, line: Any) -> None:
        self.line = line
        self.starts, self.ends = _pieces(line)
        self._a = ellipsoid.earth_centred(self.starts)
        self._d = ellipsoid.earth_centred(self.ends) - self._a
        self._slope = self._d / np.maximum((self._d**2).sum(axis=0), 1e-12)
        middle = ellipsoid.earth_centred((self.starts + self.ends) / 2)
        self._bulge = 4 * (middle - self._a - self._d / 2)

    def narrow(self, outline: Floats, slack_m: float = 0.0) -> Polyline:
        """Return the line without the edges that are nearest to no point within an outline.

        ``outline`` are positions (n, 2) on it, at most `MAX_PIECE_DEG` apart; so far from it points may lie as well as
        ``slack_m`` says. What lies far around the earth is left as it is.
        """
        around = ellipsoid.earth_centred(outline)
        centre = around.mean(axis=1, keepdims=True)
        radius = np.sqrt(((around - centre) ** 2).sum(axis=0).max()) + slack_m + _BULGE_M
        every = np.arange(len(self.starts))
        if radius > _NARROW_M or not len(every):
            return self
        kept = self._keep(Spheres(centre, np.array([radius])), np.zeros_like(every), every)
        apart_m = np.sqrt(((centre - self._foot(centre, kept)) ** 2).sum(axis=0).min())
        return self._pick(kept) if apart_m < _NARROW_M else self

    def _pick(self, pieces: Indices) -> Polyline:
        """Return some of the pieces as a line of their own."""
        some = object.__new__(Polyline)
        some.line, some.starts, some.ends = self.line, self.starts[pieces], self.ends[pieces]
        some._a, some._d, some._slope, some._bulge = (
            rows[:, pieces] for rows in (self._a, self._d, self._slope, self._bulge)
        )
        return some

    def nearest(self, lonlats: Floats) -> Floats:
        """Return, for each point, the nearest point of the line; shape (n, 2), lon and lat."""
        found = [self.measure(Cloud(lonlats[i : i + _ONCE]))[:2].T for i in range(0, len(lonlats), _ONCE)]
        return np.concatenate(found) if found else np.empty((0, 2))

    def distances_km(self, lonlats: Floats) -> Floats:
        """Return the geodesic distance from each point to the line in kilometres; shape (n,)."""
        return ellipsoid.geodesic_km(lonlats, self.nearest(lonlats))

    def measure(self, points: Cloud) -> Floats:
        """Return lon and lat of the nearest points of the line, and the geodesic kilometres to them; shape (3, n).

        The kilometres are within 3 cm of `distances_km`, at a fraction of the time. The answers come in the order in
        which the points were given.
        """
        found = np.empty((3, len(points)))
        if not len(points):
            return found
        groups, pieces = self.find_candidates(points)
        bends = self._bends(points.leaves.centres, groups, pieces)
        counts = np.bincount(groups)
        first = np.cumsum(counts) - counts
        order = points.order.reshape(-1, points.leaf)
        xyz = points.xyz.reshape(3, -1, points.leaf)
        by_count = np.argsort(-counts, kind="stable")
        step = _BLOCK // points.leaf
        for i in range(0, len(by_count), step):
            leaves = by_count[i : i + step]
            asked, positions = xyz[:, leaves], order[leaves]
            which = self._choose(asked, counts[leaves], first[leaves], pieces, bends)
            for row, values in zip(found, self._measure_to(asked, which), strict=True):
                row[positions] = values
        self._settle_far(points.lonlats, found)
        return found

    def _settle_far(self, lonlats: Floats, found: Floats) -> None:
        """Correct, in place, what was found for points so far away that only geodesics tell how far."""
        far = np.flatnonzero(found[2] > ellipsoid.SECTION_LIMIT_KM)
        if not len(far):
            return
        found[2, far] = ellipsoid.geodesic_km(lonlats[far], found[:2, far].T)
        far = far[found[2, far] > _FAR_KM]
        ends = np.unique(np.concatenate([self.starts, self.ends]), axis=0)
        step = max(1, _FAR_ONCE // len(ends))
        for i in range(0, len(far), step):
            some = far[i : i + step]
            pairs = (np.repeat(lonlats[some], len(ends), axis=0), np.tile(ends, (len(some), 1)))
            km = ellipsoid.geodesic_km(*pairs).reshape(len(some), -1)
            found[:2, some] = ends[km.argmin(axis=1)].T
            found[2, some] = km.min(axis=1)

    def find_candidates(self, points: Cloud) -> tuple[Indices, Indices]:
        """Return pairs of smallest group and piece, sorted by group, with every piece that is nearest to some point."""
        every = np.arange(len(self.starts))
        # coarser groups would cost more than they save
        if len(points.leaves.radii) * len(every) <= _FEW_PAIRS:
            return self._prune(points.leaves, *_pair(len(points.leaves.radii), every))
        groups, pieces = _pair(len(points.levels[0].radii), every)
        for level, spheres in enumerate(points.levels):
            if level:
                fan = points.sizes[level - 1] // points.sizes[level]
                groups, pieces = _hand_down(groups, pieces, fan, len(spheres.radii))
            groups, pieces = self._prune(spheres, groups, pieces)
        return groups, pieces

    def _prune(self, spheres: Spheres, groups: Indices, pieces: Indices) -> tuple[Indices, Indices]:
        """Return the pairs, sorted by group, whose piece may be nearest to some point of its group."""
        if len(groups) <= _PAIRS:
            chosen = self._keep(spheres, groups, pieces)
            return groups[chosen], pieces[chosen]
        kept = []
        starts, _ = _find_runs(groups)
        cuts = starts[np.flatnonzero(np.diff(starts // _PAIRS, prepend=-1))]
        for low, high in zip(cuts, [*cuts[1:], len(groups)], strict=True):
            kept.append(low + self._keep(spheres, groups[low:high], pieces[low:high]))
        chosen = np.concatenate(kept)
        return groups[chosen], pieces[chosen]

    def _keep(self, spheres: Spheres, groups: Indices, pieces: Indices) -> Indices:
        centre = spheres.centres.take(groups, axis=1)
        foot = self._foot(centre, pieces)
        squared = ((centre - foot) ** 2).sum(axis=0)
        starts, lengths = _find_runs(groups)
        least = np.minimum.reduceat(squared, starts)
        radius = spheres.radii[groups[starts]]
        bound = least + radius**2 + _slack_m2(np.sqrt(least) + radius)
        if radius.any():  # around single points it does not matter where on the line what is near lies
            best = np.flatnonzero(squared == np.repeat(least, lengths))
            best = best[np.searchsorted(best, starts)]  # the first of equals in each group
            apart = np.sqrt(((foot - np.repeat(foot[:, best], lengths, axis=1)) ** 2).sum(axis=0))
            squared = squared - 2 * np.repeat(radius, lengths) * apart
        return np.flatnonzero(squared <= np.repeat(bound, lengths) + 1e-3)

    def _foot(self, points: Floats, pieces: Indices) -> Floats:
        """Return the nearest point of each pair's chord to its point; points and result earth-centred, (3, n)."""
        start = self._a.take(pieces, axis=1)
        foot = self._d.take(pieces, axis=1)
        foot *= _clip(((points - start) * self._slope.take(pieces, axis=1)).sum(axis=0))
        foot += start
        return foot

    def _bends(self, centres: Floats, groups: Indices, pieces: Indices) -> Floats:
        """Return how much longer, squared, each pair's arc is than its chord, per squared square of `stretched`."""
        bends = np.empty(len(pieces))
        for i in range(0, len(pieces), _PAIRS):
            some = slice(i, i + _PAIRS)
            centre = centres.take(groups[some], axis=1)
            x, y, z = centre - self._foot(centre, pieces[some])
            chord2 = x * x + y * y + z * z
            longer = ellipsoid.squared_section_m2(chord2, z, centre[2]) - chord2
            bends[some] = longer / np.maximum(ellipsoid.stretched(chord2, z), 1) ** 2
        return bends

    def _choose(
        self, points: Floats, counts: Indices, first: Indices, pieces: Indices, bends: Floats
    ) -> Indices:
        """Return the nearest of each group's candidates; points (3, groups, size), result (groups, size).

        ``counts`` falls; so the groups that have a k-th candidate are always the first ones. Where no group has a
        second one there is nothing to measure, and the result has one column for all points of a group.
        """
        which = pieces[first][:, None]
        several = int(np.searchsorted(-counts, -1))
        if not several:
            return which
        which = np.repeat(which, points.shape[2], axis=1)
        best = np.full((several, points.shape[2]), np.inf)
        for k in range(int(counts[0])):
            some = min(int(np.searchsorted(-counts, -k)), several)
            pair = first[:some] + k
            squared = self._squared_m2(points[:, :some], pieces[pair], bends[pair])
            np.copyto(which[:some], pieces[pair, None], where=squared < best[:some])
            np.minimum(squared, best[:some], out=best[:some])
        return which

    def _squared_m2(self, points: Floats, piece: Indices, bends: Floats) -> Floats:
        """Return squared lengths of the arcs from points (3, groups, size) to each group's piece."""
        start, (dx, dy, dz), (sx, sy, sz) = (each[:, piece, None] for each in (self._a, self._d, self._slope))
        x, y, z = points - start
        along = _clip(x * sx + y * sy + z * sz)
        x -= along * dx
        y -= along * dy
        z -= along * dz
        chord2: Floats = x * x + y * y + z * z
        longer = ellipsoid.stretched(chord2, z)
        longer *= longer
        longer *= bends[:, None]
        chord2 += longer
        return chord2

    def _measure_to(self, points: Floats, which: Indices) -> tuple[Floats, Floats, Floats]:
        """Return lon and lat of the nearest point of each point's piece, and the kilometres to it.

        Here a piece is no longer its chord but a parabola through both ends and the middle of the edge: what is
        measured to is the edge, to a millimetre.
        """
        (ax, ay, az), (dx, dy, dz), (sx, sy, sz), (bx, by, bz), (lon, lat), (last_lon, last_lat) = (
            [row.take(which) for row in each]
            for each in (self._a, self._d, self._slope, self._bulge, self.starts.T, self.ends.T)
        )
        x, y, z = points[0] - ax, points[1] - ay, points[2] - az
        along = _clip(x * sx + y * sy + z * sz)
        rise = along * (1 - along)
        x -= along * dx + rise * bx
        y -= along * dy + rise * by
        z -= along * dz + rise * bz
        km = np.sqrt(ellipsoid.squared_section_m2(x * x + y * y + z * z, z, points[2])) / 1000
        return lon + along * (last_lon - lon), lat + along * (last_lat - lat), km


def _clip(along: Floats) -> Floats:
    """Keep positions along pieces, in place, between their starts (0) and their ends (1)."""
    return np.minimum(np.maximum(along, 0, out=along), 1, out=along)


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


def _pair(groups: int, pieces: Indices) -> tuple[Indices, Indices]:
    """Return every pair of a group and a piece, sorted by group."""
    return np.repeat(np.arange(groups), len(pieces)), np.tile(pieces, groups)


def _find_runs(groups: Indices) -> tuple[Indices, Indices]:
    """Return where in sorted pairs each group begins, and how many pairs it has."""
    is_edge = np.ones(len(groups) + 1, bool)
    np.not_equal(groups[1:], groups[:-1], out=is_edge[1:-1])
    edges = np.flatnonzero(is_edge)
    return edges[:-1], np.diff(edges)


def _hand_down(groups: Indices, pieces: Indices, fan: int, count: int) -> tuple[Indices, Indices]:
    """Give each group's candidates to the ``fan`` smaller groups in it; ``count`` is how many of those there are."""
    starts, lengths = _find_runs(groups)
    of_child = np.arange(count) // fan
    sizes = lengths[of_child]
    offsets = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return np.repeat(np.arange(count), sizes), pieces[np.repeat(starts[of_child], sizes) + offsets]


def _pieces(line: Any) -> tuple[Floats, Floats]:
    """Return the starts and ends, each (n, 2), of all edges of a lineal geometry, cut to `MAX_PIECE_DEG`."""
    parts = shapely.get_parts(validity.segmentize(line, MAX_PIECE_DEG))
    coordinates, part_of = shapely.get_coordinates(parts, return_index=True)
    joined = part_of[:-1] == part_of[1:]
    return coordinates[:-1][joined], coordinates[1:][joined]
