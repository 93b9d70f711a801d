"""The words of a history: its span, its fronts and their sources, and what may be compared with what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from geo import numerals
from geo.briefing import notes
from geo.briefing.change_words import BEYOND, FROM_BEYOND
from geo.fronts.front import NOT_STATED
from geo.measuring.figures import Figure
from geo.measuring.history import LONGEST_GAP_DAYS, Day, History
from geo.measuring.jumps import Jump, find_jumps
from geo.measuring.metrics import ZoneMetrics

DERIVED = "The line was derived from an occupied area; the table and the page on screen have the rule."
_LONGEST_NAME = 48  # characters of a zone or a sector in a sentence


def describe_days(history: History) -> str:
    """Return the first and the last day, ``27 March 2025 to 4 June 2025``, or the one that there is."""
    first, last = history.days[0].as_of, history.days[-1].as_of
    if first == last:
        return numerals.format_date(first)
    return f"{numerals.format_date(first)} to {numerals.format_date(last)}"


def describe_span(history: History) -> str:
    """Return how many days and fronts a history holds, and from when to when."""
    fronts = len({day.geometry for day in history.days})
    days = "1 day" if len(history.days) == 1 else f"{len(history.days)} days"
    different = "1 front" if fronts == 1 else f"{fronts} different fronts"
    return f"{history.scenario.id}: {days} with {different}, {describe_days(history)}"


def describe_history(history: History) -> Iterator[str]:
    """Yield what has to stand with the figures: definition, uncertainty, rule, and each change of source."""
    for index in (0, *history.changes):
        day = history.days[index]
        when = "Distances" if not history.changes else f"From {numerals.format_date(day.as_of)}: distances"
        yield f"{when} to the {notes.describe_front(day.front, 'each day')}; source: {name_source(day)}."
    if any(day.front.is_restricted for day in history.days):
        yield notes.RESTRICTED
    if history.changes:
        yield notes.OTHER_SOURCE
        yield "Changes are counted from the first day of the same source."
    for rule in dict.fromkeys(day.front.rule for day in history.days):
        yield from notes.describe_rule(rule)
    if beyond := [row.zone for row in history.days[-1].metrics.zones if row.is_overrun]:
        lie, their = ("lies", "its") if len(beyond) == 1 else ("lie", "their")
        names = notes.name_some(beyond, len(beyond))
        yield f"On the last day {names} {lie} wholly beyond the front; {their} distances are measured from there."
    if any(row.is_overrun for day in history.days for row in day.metrics.rows):
        yield FROM_BEYOND
    yield "All zones together, in a straight line (WGS 84 geodesic); changes from the unrounded distances, to 1 km."
    yield from notes.describe_ways(history.days[-1].metrics.zones)


def write_change(figure: Figure, first: ZoneMetrics, now: ZoneMetrics) -> str:
    """Return by how much a figure has changed; from beyond the front it is another distance, and no change."""
    if first.is_overrun or now.is_overrun:
        return BEYOND
    return numerals.format_change_km(figure.read(now) - figure.read(first))


def describe_page(history: History) -> str:
    """Return what the page of a history shows."""
    return f"Distances of the scenario “{history.scenario.title}” to the front, {describe_days(history)}."


def describe_precision(scale: int) -> str:
    """Return how finely lines are drawn with so many units in a degree: ``about 110 m``."""
    return f"about {round(111_000 / scale / 10) * 10} m"


def describe_skipped(history: History) -> list[str]:
    """Return the sentence on files that could not be used, none where all could."""
    count = len(history.skipped)
    return [f"{numerals.format_several(count, 'file')} of the series could not be used."] if count else []


def describe_caption(history: History) -> str:
    """Return what the figures of a page are, and since when changes are counted."""
    first = numerals.format_date(history.days[0].as_of)
    since = "the first day of its source" if history.changes else first
    return f"{notes.LENGTHS}, {notes.ROUNDING}; change since {since} to 1 km"


def describe_chart(history: History) -> str:
    """Return what a chart shows: the front, the days, and what stands at the ends of its lines."""
    start = history.start_of(len(history.days) - 1)
    return (
        f"Distance in a straight line to the {history.days[-1].front.kind}, {describe_days(history)}; "
        f"at the right: the last figure and its change since {numerals.format_date(start.as_of)}"
    )


def describe_chart_notes(history: History, longest: int) -> list[str]:
    """Return the lines below a chart, the sources in at most so many characters."""
    front = history.days[-1].front
    sources = ", then ".join(dict.fromkeys(name_source(run[0]) for run in history.runs))
    return [
        f"{notes.ILLUSTRATIVE} Distances in a straight line (WGS 84 geodesic) "
        f"to the {notes.describe_front(front, 'each day')}.",
        *([DERIVED] if front.rule else []),
        *([FROM_BEYOND] if any(row.is_overrun for row in history.days[-1].metrics.zones) else []),
        *notes.describe_ways(history.days[-1].metrics.zones),
        f"Front: {shorten(sources, longest)}. {notes.AXES}",
    ]


def describe_jumps(history: History) -> list[tuple[int, str]]:
    """Return the index of each day on which a distance jumped, and what happened on it."""
    return [(jump.index, _describe_jump(history, jump)) for jump in find_jumps(history)]


def _describe_jump(history: History, jump: Jump) -> str:
    day = numerals.format_date(history.days[jump.index].as_of)
    zone = shorten(history.scenario.zones[jump.zone].name, _LONGEST_NAME)
    by = numerals.format_km(abs(jump.by_km))
    is_nearer = jump.by_km < 0
    if jump.sector:
        way = "nearer" if is_nearer else "farther away"
        return f"{day}: “{shorten(jump.sector, _LONGEST_NAME)}” becomes the sector nearest to {zone}, {by} {way}."
    return (
        f"{day}: the front comes {by} nearer to {zone}."
        if is_nearer
        else f"{day}: the front is {by} farther from {zone}."
    )


def describe_gaps(history: History) -> list[str]:
    """Return the sentence on the days over which no line is drawn, none where there are no such days."""
    gaps = [
        (before.as_of + timedelta(1), after.as_of - timedelta(1))
        for before, after in pairwise(history.days)
        if (after.as_of - before.as_of).days > LONGEST_GAP_DAYS
    ]
    if not gaps:
        return []
    first, *more = (f"{numerals.format_date(start)} to {numerals.format_date(end)}" for start, end in gaps)
    named = f"{first} and {len(more)} more times" if len(more) > 1 else " and ".join([first, *more])
    return [f"No front is known from {named}: the lines are broken there."]


def describe_change(day: Day, longest: int) -> str:
    """Return who drew the front from a day on, in at most so many characters."""
    return f"other source: {shorten(name_source(day), longest)}"


def name_source(day: Day) -> str:
    """Return who drew the front of a day, or that its file does not say so."""
    return f"{NOT_STATED} ({day.origin})" if day.front.source == NOT_STATED else day.front.source.rstrip(".")


def shorten(text: str, limit: int) -> str:
    """Return a text cut to so many characters, with a sign where it was cut."""
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"
