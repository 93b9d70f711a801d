"""A `History` as a table for the terminal, as JSON and as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from geo import numerals
from geo.briefing import tables
from geo.fronts.front import NOT_STATED
from geo.measuring.history import Day, History

HEADINGS = ("Front as of", "Nearest", "Mean", "Farthest", "Front length", "Nearest since first")


def build_record(history: History) -> dict[str, Any]:
    """Return a history as plain data at full precision: each day as `geo metrics` gives it, and what was skipped."""
    return {
        "scenario": history.scenario.id,
        "days": [
            _build_day(day, history.days[index - 1] if index else None)
            for index, day in enumerate(history.days)
        ],
        "changes_of_source": [
            {"as_of": history.days[index].as_of.isoformat(), "source": history.days[index].origin}
            for index in history.changes
        ],
        "skipped": [{"file": each.file, "reason": each.reason} for each in history.skipped],
    }


def render_csv(history: History) -> str:
    """Return one row per day, zone and total, with the columns of ``geo metrics --format csv``."""
    return tables.render_csv([(day.metrics, day.front) for day in history.days])


def render_table(history: History) -> str:
    """Return one line for each run of days with the same front, over all zones, and what the figures mean."""
    lines = [HEADINGS, *_rows(history)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    text = [_align(line, widths) for line in lines]
    rule = "─" * (sum(widths) + 2 * (len(widths) - 1))
    return "\n".join([_describe_span(history), "", text[0], rule, *text[1:], "", *describe(history)]) + "\n"


def describe(history: History) -> Iterator[str]:
    """Yield what has to stand with the figures: definition, uncertainty, rule, and each change of source."""
    for index in (0, *history.changes):
        day = history.days[index]
        when = "Distances" if not history.changes else f"From {numerals.format_date(day.as_of)}: distances"
        yield f"{when} to the {_describe_line(day)}; source: {describe_source(day)}."
    if history.changes:
        yield "Figures before and after a change of source are not comparable: each draws the line in its own way."
        yield "Changes are counted from the first day of the same source."
    for rule in dict.fromkeys(day.front.rule for day in history.days if day.front.rule):
        yield f"The line was derived from an occupied area. {rule}"
    yield "All zones together, WGS 84 geodesic; changes from the unrounded distances, to 1 km."


def describe_source(day: Day) -> str:
    """Return who drew the front of a day, or that its file does not say so."""
    return f"{NOT_STATED} ({day.origin})" if day.front.source == NOT_STATED else day.front.source.rstrip(".")


def _describe_line(day: Day) -> str:
    stated = day.front.uncertainty_km
    uncertainty = "uncertainty not stated" if stated is None else f"±{stated:g} km"
    return f"{day.front.kind} of each day ({uncertainty})"


def _describe_span(history: History) -> str:
    first, last = history.days[0], history.days[-1]
    fronts = len({day.geometry for day in history.days})
    days = "1 day" if len(history.days) == 1 else f"{len(history.days)} days"
    different = "1 front" if fronts == 1 else f"{fronts} different fronts"
    span = f"{numerals.format_date(first.as_of)} to {numerals.format_date(last.as_of)}"
    return f"{history.scenario.id}: {days} with {different}, {span}"


def _rows(history: History) -> Iterator[tuple[str, ...]]:
    for _, run in groupby(enumerate(history.days), key=lambda each: (each[1].geometry, each[1].origin)):
        indices, days = zip(*run, strict=True)
        first, total = history.start_of(indices[0]).metrics.total, days[0].metrics.total
        span = [str(days[0].as_of)] + ([f"to {days[-1].as_of}"] if len(days) > 1 else [])
        yield (
            " ".join(span),
            *(numerals.format_km(km) for km in (total.nearest_km, total.mean_km, total.farthest_km)),
            numerals.format_km(days[0].metrics.front_length_km),
            numerals.format_change_km(total.nearest_km - first.nearest_km),
        )


def _align(line: tuple[str, ...], widths: list[int]) -> str:
    cells = [cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True)]
    return "  ".join([line[0].ljust(widths[0]), *cells])


def _build_day(day: Day, before: Day | None) -> dict[str, Any]:
    record = tables.build_record(day.metrics, day.front)
    del record["scenario"], record["force"]
    same = before is not None and before.geometry == day.geometry
    return {"as_of": day.as_of.isoformat(), "file": day.file, "same_as_day_before": same, **record}
