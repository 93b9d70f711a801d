"""How sure the figures are, and what decides them: the words for intervals, sectors and disputes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from geo import numerals
from geo.fronts.front import FrontFacts
from geo.measuring.figures import NEAREST
from geo.measuring.metrics import Metrics, ZoneMetrics

_FEW = 3  # zones that are named one by one


def describe_intervals(front: FrontFacts, measured: Metrics) -> list[str]:
    """Return between what the distances lie and why, and which sector decides the nearest ones, as sentences."""
    zones = measured.zones
    return [describe_brackets(front), *_describe_nearest(front, zones), *_describe_deciding(front, zones)]


def describe_brackets(front: FrontFacts) -> str:
    """Return what stands in brackets behind a distance or beneath it, or that the front states no uncertainty."""
    if not front.precisions_km:
        return "The front's file does not state how precise all of its line is, so the distances have no interval."
    least, greatest = front.precisions_km[0], front.precisions_km[-1]
    off = f"{greatest:g} km" if least == greatest else f"{least:g} to {greatest:g} km, by sector,"
    means = "Each distance comes with the least and the greatest it can be"
    disputed = join_names([f"“{name}”" for name in front.disputed])
    counted = f", and the low ends count what is disputed: {disputed}" if disputed else ""
    return f"{means}: the true line may lie {off} from the drawn one{counted}."


def say_interval(row: ZoneMetrics) -> str | None:
    """Return between what a nearest distance lies: ``between 260 and 330 km``; None where it has no interval."""
    between = NEAREST.read_interval(row)
    if between is None:
        return None
    low, high = between
    return f"between {numerals.floor_km(low):,} and {numerals.ceil_km(high):,} km"


def describe_ranking(titles: Sequence[str], totals: Sequence[ZoneMetrics]) -> list[str]:
    """Return whether the order of several scenarios by nearness holds for every line that the front's file allows."""
    pairs = sorted(zip(titles, totals, strict=True), key=lambda pair: pair[1].nearest_km)
    between = [NEAREST.read_interval(total) for _, total in pairs]
    if len(pairs) == 1 or None in between:
        return []
    groups: list[list[str]] = []
    reached = -1.0
    for (title, _), interval in zip(pairs, between, strict=True):
        low, high = interval or (0.0, 0.0)
        if low >= reached:
            groups.append([])
        groups[-1].append(f"“{title}”")
        reached = max(reached, high)
    if len(groups) == len(pairs):
        return ["This order holds for every line that the front's file allows."]
    first = [f"{groups[0][0]} is nearest in every case"] if len(groups[0]) == 1 else []
    change = [f"{join_names(group)} may change places" for group in groups if len(group) > 1]
    return [f"{'; '.join([*first, *change])}."]


def join_names(names: Sequence[str]) -> str:
    """Return names as a list in a sentence: ``A, B and C``; nothing for none."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def _describe_nearest(front: FrontFacts, zones: Sequence[ZoneMetrics]) -> Iterator[str]:
    """Yield the interval of the shortest distance, and of those that a disputed sector lowers, in words."""
    nearest = min(zones, key=lambda row: row.nearest_km)
    lowered = [row for row in zones if row.nearest_low_disputed]
    if (words := say_interval(nearest)) and nearest not in lowered:
        yield f"The shortest distance, that of {nearest.zone}, lies {words}."
    if 0 < len(lowered) <= _FEW:
        whose = join_names([f"{row.zone} ({say_interval(row)})" for row in lowered])
        ends = "low end of" if len(lowered) == 1 else "low ends of"
        verb = "counts" if len(lowered) == 1 else "count"
        yield f"The {ends} {whose} {verb} what is disputed."
    elif lowered:
        yield f"What is disputed sets the low ends of {len(lowered)} of {len(zones)} nearest distances."


def _describe_deciding(front: FrontFacts, zones: Sequence[ZoneMetrics]) -> Iterator[str]:
    """Yield which sector of the front decides which of the nearest distances, where it has several."""
    if front.sector_count == 1:
        return
    rows = sorted((row for row in zones if row.nearest_km > 0), key=lambda row: row.nearest_sector)
    if not rows:
        return
    decided = [(sector, [*group]) for sector, group in groupby(rows, key=lambda row: row.nearest_sector)]
    decided.sort(key=lambda pair: -len(pair[1]))
    if len(decided) == 1:
        every = "nearest distance" if len(zones) == 1 else "nearest distance of every zone"
        every = every if len(rows) == len(zones) else f"nearest distance of {_count(rows, zones)}"
        yield f"The sector “{decided[0][0]}” decides the {every}."
        return
    named = [f"“{sector}” for {_count(group, zones)}" for sector, group in decided[:_FEW]]
    rest = len(decided) - _FEW
    yield f"Sectors that decide the nearest distance: {'; '.join(named)}{f'; and {rest} more' if rest > 0 else ''}."


def _count(group: Sequence[ZoneMetrics], zones: Sequence[ZoneMetrics]) -> str:
    if len(group) <= _FEW:
        return join_names([row.zone for row in group])
    return f"{len(group)} of {len(zones)} zones"
