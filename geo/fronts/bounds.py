"""How near and how far the true line may lie: the least and the greatest distance that a front's sectors allow.

A sector's true line lies within ``precision_km`` of the drawn one, and the drawn one within it of the true. So from a
point the true line is no nearer than ``distance - precision`` of any sector, disputed ones included, and no farther
than ``distance + precision`` of any reported one.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress

import numpy as np

from geo import geodesy
from geo.geodesy import Area, Floats, LonLat, NearestPair, Polyline
from geo.geodesy.groups import Cloud


@dataclass(frozen=True)
class Strand:
    """The sectors of one precision and one status, as one line: what distances are asked of."""

    line: Polyline
    precision_km: float
    is_reported: bool


@dataclass(frozen=True)
class Bounds:
    """The least and the greatest distances to a front, over all lines that its sectors allow."""

    strands: tuple[Strand, ...]

    def measure(self, lonlats: Floats) -> tuple[Floats, Floats]:
        """Return the least and the greatest distance in kilometres from each of the points (n, 2) of lon and lat."""
        least, greatest = self._measure_strands(lonlats)
        return np.maximum(least.min(axis=0), 0.0), greatest.min(axis=0)

    def narrow(self, lonlats: Floats, reach_km: float) -> tuple[Bounds, tuple[Floats, Floats]]:
        """Return the bounds without strands that set no distance within a reach of any of the points (n, 2).

        With them comes what `measure` returns of the points.
        """
        least, greatest = self._measure_strands(lonlats)
        low, high = least.min(axis=0), greatest.min(axis=0)
        kept = ((least <= low + 2 * reach_km) | (greatest <= high + 2 * reach_km)).any(axis=1)
        return Bounds(tuple(compress(self.strands, kept))), (np.maximum(low, 0.0), high)

    def _measure_strands(self, lonlats: Floats) -> tuple[Floats, Floats]:
        """Return the least and the greatest distance that each strand sets for each point; shape (strands, n)."""
        points = Cloud(lonlats)
        km = np.stack([strand.line.measure(points)[2] for strand in self.strands])
        precision_km = np.array([strand.precision_km for strand in self.strands])[:, None]
        is_reported = np.array([strand.is_reported for strand in self.strands])[:, None]
        return km - precision_km, np.where(is_reported, km + precision_km, np.inf)

    def find_nearest(self, area: Area) -> tuple[float, float, LonLat]:
        """Return the least and the greatest distance of an area, and the point of a sector that sets the least one."""
        outline = Polyline(area.boundary)
        pairs = [geodesy.nearest_pair(area, strand.line, outline) for strand in self.strands]
        least = min(zip(pairs, self.strands, strict=True), key=lambda each: _least_km(*each))
        greatest = min(
            pair.distance_km + strand.precision_km
            for pair, strand in zip(pairs, self.strands, strict=True)
            if strand.is_reported
        )
        return max(0.0, _least_km(*least)), greatest, least[0].target


def _least_km(pair: NearestPair, strand: Strand) -> float:
    return pair.distance_km - strand.precision_km
