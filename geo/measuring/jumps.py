"""The days of a history on which a distance jumped: another sector became the nearest, or the step was a large one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from geo.measuring.metrics import ZoneMetrics

if TYPE_CHECKING:
    from geo.measuring.history import Day, History

MOST_JUMPS = 3
"""More than these would hide the lines of a chart that they explain."""
LEAST_KM = 1.0
"""A smaller step is none, whichever sector became the nearest."""
LEAST_WITHOUT_INTERVAL_KM = 10.0
"""What a step has to be where the front states no precision."""


@dataclass(frozen=True)
class Jump:
    """A step of a zone's nearest distance from one day to the next of a series.

    ``index`` is the later day's place in the history, ``zone`` the zone's in the scenario, ``by_km`` how much farther
    the front is. ``sector`` has become the nearest one; None where it was before, or where sectors have no names.
    """

    index: int
    zone: int
    by_km: float
    sector: str | None


def find_jumps(history: History) -> tuple[Jump, ...]:
    """Return the largest jumps of a history, `MOST_JUMPS` at most and one a day, in the order of their days.

    Days of different sources are not compared, nor those on either side of a gap that no line is drawn over.
    """
    place = {day.as_of: index for index, day in enumerate(history.days)}
    by_day: dict[int, Jump] = {}
    for before, after in (pair for run in history.runs for pair in pairwise(run)):
        for zone in range(len(history.scenario.zones)):
            jump = _find_jump(before, after, place[after.as_of], zone)
            known = by_day.get(place[after.as_of])
            if jump and (known is None or abs(jump.by_km) > abs(known.by_km)):
                by_day[jump.index] = jump
    largest = sorted(by_day.values(), key=lambda jump: (-abs(jump.by_km), jump.index))[:MOST_JUMPS]
    return tuple(sorted(largest, key=lambda jump: jump.index))


def _find_jump(before: Day, after: Day, index: int, zone: int) -> Jump | None:
    was, now = before.metrics.zones[zone], after.metrics.zones[zone]
    by_km = now.nearest_km - was.nearest_km
    if (
        abs(by_km) < LEAST_KM or was.is_overrun or now.is_overrun
    ):  # from beyond the line it is another distance
        return None
    # The pieces of a derived line have no names by which anybody knows them.
    is_other = not after.front.rule and bool(now.nearest_sector) and now.nearest_sector != was.nearest_sector
    if not is_other and abs(by_km) <= _width_km(now):
        return None
    return Jump(index, zone, by_km, now.nearest_sector if is_other else None)


def _width_km(row: ZoneMetrics) -> float:
    """Return how wide the interval of a nearest distance is, or what stands for it where it has none."""
    if row.nearest_low_km is None or row.nearest_high_km is None:
        return LEAST_WITHOUT_INTERVAL_KM
    return row.nearest_high_km - row.nearest_low_km
