"""How far each zone reaches from the front, as strips beside one axis that begins at the front."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from geo.briefing import notes
from geo.measuring.figures import FARTHEST, MEDIAN, NEAREST
from geo.measuring.metrics import ZoneMetrics

_MOST_TICKS = 6
_STEPS = (1, 2, 5)


@dataclass(frozen=True)
class Strip:
    """A zone on the axis, all in km: from its nearest to its farthest point, with the median between them.

    ``index`` is the place of its row among those given. ``ends`` are between what the nearest distance lies, None where
    the front states no precision. ``nearest`` is that distance as it is written, and ``says`` tells all of the strip.
    ``beyond`` says what of it lies beyond the front, where there is no axis; empty where nothing does. Of a zone that
    lies wholly there nothing is drawn.
    """

    index: int
    name: str
    nearest_km: float
    median_km: float
    farthest_km: float
    ends: tuple[float, float] | None
    nearest: str
    says: str
    beyond: str
    is_overrun: bool


@dataclass(frozen=True)
class Axis:
    """The distances from 0 at the front to ``end_km``, with round ones to read it by."""

    end_km: float
    ticks_km: tuple[int, ...]

    def place(self, km: float) -> float:
        """Return where a distance lies on the axis, from 0 to 1."""
        return min(max(km / self.end_km, 0.0), 1.0)


def build_strips(rows: Sequence[ZoneMetrics]) -> list[Strip]:
    """Return the strips of some zones: those wholly beyond the front first, then the nearest ones."""
    order = sorted(range(len(rows)), key=lambda index: (not rows[index].is_overrun, rows[index].nearest_km))
    return [_build_strip(index, rows[index]) for index in order]


def build_axis(strips: Sequence[Strip]) -> Axis:
    """Return an axis on which all strips fit; without ticks where none is drawn."""
    reached = [max((each.farthest_km, *(each.ends or ()))) for each in strips if not each.is_overrun]
    if not reached or (end := max(reached)) <= 0:
        return Axis(1.0, ())
    power = 10 ** max(math.floor(math.log10(end / _MOST_TICKS)), 0)
    step = next(step * power for step in (*_STEPS, 10) if end / (step * power) <= _MOST_TICKS)
    return Axis(end, tuple(range(0, math.floor(end) + 1, step)))


def _build_strip(index: int, row: ZoneMetrics) -> Strip:
    return Strip(
        index,
        row.zone,
        row.nearest_km,
        min(max(row.median_km, row.nearest_km), row.farthest_km),
        max(row.farthest_km, row.nearest_km),
        None if row.is_overrun else NEAREST.read_interval(row),
        "" if row.is_overrun else NEAREST.write_bare(row),
        "" if row.is_overrun else _say(row),
        notes.describe_share_beyond(row),
        row.is_overrun,
    )


def _say(row: ZoneMetrics) -> str:
    return f"{NEAREST.write_bare(row)} to {FARTHEST.write(row)}, median {MEDIAN.write(row)}"
