"""Between what a zone's figures lie, whatever line a front's file allows.

The nearest distance of a zone follows from its nearest distances to the sectors. The other figures are over the cells
of its area that lie on the near side. Where the line may run through the zone, it is not certain which cells those
are: then a figure's low and high are the extremes over every choice of the uncertain ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geo import geodesy
from geo.fronts.front import Front
from geo.geodesy import Area, Floats
from geo.geodesy.areas import CELLS

Interval = tuple[float, float]
"""Low and high, in kilometres or as shares."""

_MOST_KM_PER_DEG = 111.7  # of latitude, at the poles; nowhere is a degree longer
_OF_CELLS = ("low_km", "high_km", "weights_km2", "is_sure")


@dataclass(frozen=True)
class Intervals:
    """The least and greatest distance of each cell of a zone, and what follows from them for its figures.

    ``low_km`` and ``high_km`` are those of the cells, ``weights_km2`` their areas. ``is_sure`` marks cells that lie
    on the near side of every line that the front's file allows. ``nearest_low_sector`` sets ``nearest_low_km``.
    """

    nearest_low_km: float
    nearest_high_km: float
    nearest_low_sector: str
    farthest_low_km: float
    farthest_high_km: float
    low_km: Floats
    high_km: Floats
    weights_km2: Floats
    is_sure: NDArray[np.bool_]

    @property
    def mean_km(self) -> Interval:
        """The interval of the mean."""
        return -self._find_greatest_mean(-self.low_km), self._find_greatest_mean(self.high_km)

    @property
    def median_km(self) -> Interval:
        """The interval of the median."""
        return -self._find_greatest_median(-self.low_km), self._find_greatest_median(self.high_km)

    def build_columns(self) -> dict[str, Any]:
        """Return the intervals of the distances by the names they have in `geo.measuring.metrics.ZoneMetrics`."""
        return {
            "nearest_low_km": self.nearest_low_km,
            "nearest_high_km": self.nearest_high_km,
            "nearest_low_sector": self.nearest_low_sector,
            **dict(zip(("mean_low_km", "mean_high_km"), self.mean_km, strict=True)),
            **dict(zip(("median_low_km", "median_high_km"), self.median_km, strict=True)),
            "farthest_low_km": self.farthest_low_km,
            "farthest_high_km": self.farthest_high_km,
        }

    def find_share(self, from_km: float, to_km: float | None) -> Interval:
        """Return the interval of the share of the area whose distance is at least from_km and below to_km."""
        to_km = np.inf if to_km is None else to_km
        always = self.is_sure & (self.low_km >= from_km) & (self.high_km < to_km)
        perhaps = (self.high_km >= from_km) & (self.low_km < to_km)
        sure, total = self.weights_km2[self.is_sure].sum(), self.weights_km2.sum()
        possible = self.weights_km2[perhaps].sum()
        most = self.weights_km2[self.is_sure | perhaps].sum()
        return float(self.weights_km2[always].sum() / total), float(possible / most) if sure > 0 else 1.0

    def _find_greatest_mean(self, values: Floats) -> float:
        """Return the greatest mean of the sure cells and any of the others, which are taken from the largest down."""
        if not self.is_sure.any():
            return float(values.max())
        order = np.argsort(-values)
        order = order[np.argsort(~self.is_sure[order], kind="stable")]
        weights = np.cumsum(self.weights_km2[order])
        means = np.cumsum((values * self.weights_km2)[order]) / weights
        return float(means[np.count_nonzero(self.is_sure) - 1 :].max())

    def _find_greatest_median(self, values: Floats) -> float:
        """Return the greatest value below which half of the sure cells and of any others may lie."""
        if not self.is_sure.any():
            return float(values.max())
        order = np.argsort(values)
        weights, sure = self.weights_km2[order], self.is_sure[order]
        below = np.cumsum(np.where(sure, weights, 0.0)) - np.where(sure, weights, 0.0) / 2
        above = weights.sum() - np.cumsum(weights) + weights / 2
        return float(np.interp(0.0, below - above, values[order]))


def join(parts: Sequence[Intervals]) -> Intervals | None:
    """Return the intervals of zones that lie apart and clear of the front as one; None where there are none."""
    if not parts:
        return None
    nearest = min(parts, key=lambda part: part.nearest_low_km)
    return Intervals(
        nearest.nearest_low_km,
        min(part.nearest_high_km for part in parts),
        nearest.nearest_low_sector,
        max(part.farthest_low_km for part in parts),
        max(part.farthest_high_km for part in parts),
        *(np.concatenate([getattr(part, name) for part in parts]) for name in _OF_CELLS),
    )


def measure_intervals(
    area: Area, near: Area, beyond: Area, cells: tuple[Floats, Floats], front: Front
) -> Intervals | None:
    """Return the intervals of a zone's figures; None where the front states no precision.

    ``near`` and ``beyond`` are the parts of the area on either side of the front. ``cells`` are the points (n, 2) of
    lon and lat and the weights (n,) in km² that the figures are measured with: of the near part, or of the whole area
    where nothing of it is near.
    """
    bounds = front.bounds
    if bounds is None:
        return None
    points, weights = cells
    if beyond.is_empty:  # no point of the area is farther from its cell's than a cell's diagonal
        bounds, (low, high) = bounds.narrow(points, 1.5 * find_cell_km(area, float(weights.sum())))
    else:
        low, high = bounds.measure(points)
    low_km, high_km, target = bounds.find_nearest(area)
    nearest = (low_km, high_km, front.find_sector(target).name)
    ground = front.disputed_ground
    if low_km > 0 and (ground is None or not shapely.intersects(ground, area)):
        farthest = geodesy.find_largest(
            area if near.is_empty else near, bounds.measure, (float(low.max()), float(high.max()))
        )
        return Intervals(*nearest, farthest[0], farthest[1], low, high, weights, np.ones(len(low), bool))
    is_sure = (low > 0) & ~_lie_in(ground, points)
    if near.is_empty or not is_sure.any():  # any part of the zone, or all of it, may be what is measured
        points, weights = geodesy.equal_area_lattice(area)
        low, high = bounds.measure(points)
        farthest = geodesy.find_largest(area, bounds.measure, (float(low.max()), float(high.max())))
        return Intervals(
            *nearest, float(low.min()), farthest[1], low, high, weights, np.zeros(len(low), bool)
        )
    farthest = geodesy.find_largest(near, bounds.measure, (float(low.max()), float(high.max())))
    if not beyond.is_empty:
        more, its_weights = geodesy.equal_area_lattice(beyond)
        its_low, its_high = bounds.measure(more)
        may_be_near = (its_low == 0) | _lie_in(ground, more)
        low, high = np.append(low, its_low[may_be_near]), np.append(high, its_high[may_be_near])
        weights = np.append(weights, its_weights[may_be_near])
        is_sure = np.append(is_sure, np.zeros(may_be_near.sum(), bool))
    return Intervals(
        *nearest, float(low[is_sure].max()), max(farthest[1], float(high.max())), low, high, weights, is_sure
    )


def find_cell_km(area: Area, area_km2: float) -> float:
    """Return what the side of a lattice's cells is at most, also of a strip that no cell lies wholly in."""
    return max(float(np.sqrt(area_km2 / CELLS)), _MOST_KM_PER_DEG * float(area.length) / (5 * CELLS))


def _lie_in(ground: Area | None, points: Floats) -> NDArray[np.bool_]:
    if ground is None:
        return np.zeros(len(points), bool)
    inside: NDArray[np.bool_] = shapely.contains_xy(ground, points[:, 0], points[:, 1])
    return inside
