"""How the distances of an area are spread over its cells: their mean, their median, and the shares of bands."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geo.geodesy import Floats
from geo.measuring import intervals
from geo.measuring.intervals import Intervals

BAND_EDGES_KM = (0.0, 50.0, 100.0, 200.0, 300.0, 500.0)
"""Lower edges of the distance bands in kilometres; the last band is open."""


@dataclass(frozen=True)
class Band:
    """The share (0 to 1) of a zone whose distance to the front is at least from_km and below to_km (None: no limit).

    ``share_low`` and ``share_high`` are its interval, None where the front states no precision.
    """

    from_km: float
    to_km: float | None
    share: float
    share_low: float | None = None
    share_high: float | None = None


@dataclass(frozen=True, eq=False)
class Spread:
    """The distance and area of each cell, and between what the figures lie; None where no precision is stated."""

    distances_km: Floats
    weights_km2: Floats
    between: Intervals | None

    @property
    def is_sure(self) -> bool:
        """Whether all cells lie on the near side of every line that the front's file allows."""
        return self.between is None or bool(self.between.is_sure.all())

    @functools.cached_property
    def mean_km(self) -> float:
        """The mean over the area."""
        return float(np.average(self.distances_km, weights=self.weights_km2))

    @functools.cached_property
    def median_km(self) -> float:
        """The distance below which half of the area lies, interpolated between cells."""
        order = np.argsort(self.distances_km)
        weights = self.weights_km2[order]
        middle = np.cumsum(weights) - weights / 2
        return float(np.interp(self.weights_km2.sum() / 2, middle, self.distances_km[order]))

    @functools.cached_property
    def bands(self) -> tuple[Band, ...]:
        """The shares of the area in each of the bands."""
        band_of = np.digitize(self.distances_km, BAND_EDGES_KM) - 1
        sums = np.bincount(band_of, weights=self.weights_km2, minlength=len(BAND_EDGES_KM))
        bands = zip(BAND_EDGES_KM, [*BAND_EDGES_KM[1:], None], sums / sums.sum(), strict=True)
        return tuple(
            Band(
                low, top, float(share), *(self.between.find_share(low, top) if self.between else (None, None))
            )
            for low, top, share in bands
        )


@functools.lru_cache(maxsize=4)
def join(parts: Sequence[Spread]) -> Spread:
    """Return the spreads of areas that lie apart as one."""
    return Spread(
        np.concatenate([each.distances_km for each in parts]),
        np.concatenate([each.weights_km2 for each in parts]),
        intervals.join([each.between for each in parts if each.between is not None]),
    )
