"""Metrics as JSON, CSV, Markdown and a table for the terminal."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from geo import numerals
from geo.fronts.front import FrontFacts
from geo.measuring.metrics import Metrics, ZoneMetrics, describe_beyond

HEADINGS = ("Zone", "Country", "Nearest", "Mean", "Median", "Farthest", "Area")
_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def build_record(metrics: Metrics, front: FrontFacts) -> dict[str, Any]:
    """Return the metrics of one scenario as plain data at full precision, units in the key names."""
    return {
        "scenario": metrics.scenario,
        "front": {
            "id": front.id,
            "as_of": front.as_of.isoformat(),
            "definition": front.definition,
            "uncertainty_km": front.uncertainty_km,
            "length_km": metrics.front_length_km,
            "source": front.source,
            **({"rule": front.rule} if front.rule else {}),
        },
        "method": metrics.method,
        "zones": [asdict(row) for row in metrics.zones],
        "total": asdict(metrics.total),
        "force": [asdict(force) for force in metrics.force],
    }


def render_csv(measured: Sequence[tuple[Metrics, FrontFacts]]) -> str:
    """Return one CSV row per zone and total at full precision, the front and its definition in every row."""
    rows = [build_row(metrics, front, row) for metrics, front in measured for row in metrics.rows]
    stream = io.StringIO()
    writer = csv.DictWriter(stream, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: _safe_cell(value) for key, value in row.items()} for row in rows)
    return stream.getvalue()


def render_markdown(metrics: Metrics, front: FrontFacts) -> str:
    """Return a Markdown table of rounded figures with the definition under it."""
    table = _markdown_table(HEADINGS, _cells(metrics))
    notes = [_escape_markdown(note) for note in _notes(metrics, front)]
    return "\n".join([f"**{_escape_markdown(metrics.scenario)}**", "", *table, "", *notes]) + "\n"


def render_table(metrics: Metrics, front: FrontFacts) -> str:
    """Return a plain-text table of rounded figures with the definition under it, for a terminal."""
    groups = [_cells(metrics)]
    if len(metrics.zones) > 1:
        groups = [groups[0][:-1], groups[0][-1:]]
    table = _text_table(HEADINGS, groups)
    return "\n".join([metrics.scenario, "", *table, "", *_notes(metrics, front)]) + "\n"


def render_comparison_markdown(measured: Sequence[tuple[Metrics, FrontFacts]]) -> str:
    """Return one Markdown table over several scenarios measured against one front."""
    cells = [line for group in _comparison_cells(measured) for line in group]
    notes = [_escape_markdown(note) for note in _notes(*measured[0])]
    return "\n".join([*_markdown_table(("Scenario", *HEADINGS), cells), "", *notes]) + "\n"


def render_comparison_table(measured: Sequence[tuple[Metrics, FrontFacts]]) -> str:
    """Return one plain-text table over several scenarios measured against one front."""
    table = _text_table(("Scenario", *HEADINGS), _comparison_cells(measured))
    return "\n".join([*table, "", *_notes(*measured[0])]) + "\n"


def _comparison_cells(measured: Sequence[tuple[Metrics, FrontFacts]]) -> list[list[list[str]]]:
    return [[[metrics.scenario, *line] for line in _cells(metrics)] for metrics, _ in measured]


def _markdown_table(headings: Sequence[str], cells: Sequence[Sequence[str]]) -> list[str]:
    left = headings.index("Country") + 1
    return [
        f"| {' | '.join(headings)} |",
        "|" + "---|" * left + "---:|" * (len(headings) - left),
        *(f"| {' | '.join(_escape_markdown(cell) for cell in line)} |" for line in cells),
    ]


def _text_table(headings: Sequence[str], groups: Sequence[Sequence[Sequence[str]]]) -> list[str]:
    """Lay out groups of rows in aligned columns, figures to the right, with a rule above each group."""
    lines = [headings, *(line for group in groups for line in group)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(headings))]
    left = headings.index("Country") + 1
    rule = "─" * (sum(widths) + 2 * (len(widths) - 1))
    text = [_aligned(headings, widths, left)]
    for group in groups:
        text += [rule, *(_aligned(line, widths, left) for line in group)]
    return text


def _cells(metrics: Metrics) -> list[list[str]]:
    return [
        [
            row.zone,
            row.country or "–",
            *(numerals.format_km(km) for km in (row.nearest_km, row.mean_km, row.median_km, row.farthest_km)),
            numerals.format_area_km2(row.area_km2),
        ]
        for row in metrics.rows
    ]


def _notes(metrics: Metrics, front: FrontFacts) -> list[str]:
    notes = [
        f"Distances to the {describe_front(front)}, {metrics.method}; "
        "1 km steps below 50 km, 5 km steps above.",
        *(f"{describe_beyond(row, front)}." for row in metrics.zones if row.beyond_share > 0),
    ]
    for force in metrics.force:
        notes.append(
            f"{force.troops:,} troops ({force.claim}) are {numerals.format_count(force.per_100_km_of_front)} "
            f"for every 100 km of the front's {numerals.format_km(metrics.front_length_km)}."
        )
    if metrics.force:
        notes.append("The front is longer than any line drawn of it, so these are upper bounds.")
    if front.rule:
        notes.append(f"The line was derived from an occupied area. {front.rule}")
    return [*notes, "The zones are illustrative: the sources give no coordinates."]


def describe_front(front: FrontFacts) -> str:
    """Return what the front is, its date and its uncertainty in one phrase, as it stands beside every number."""
    uncertainty = (
        "uncertainty not stated" if front.uncertainty_km is None else f"±{front.uncertainty_km:g} km"
    )
    return f"{front.kind} of {numerals.format_date(front.as_of)} ({uncertainty})"


def _aligned(line: Sequence[str], widths: Sequence[int], left: int) -> str:
    cells = [
        cell.ljust(width) if column < left else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(line, widths, strict=True))
    ]
    return "  ".join(cells).rstrip()


def build_row(metrics: Metrics, front: FrontFacts, row: ZoneMetrics) -> dict[str, Any]:
    """Return one flat row at full precision, units in the column names, the front and its definition with it."""
    bands = {
        f"share_{band.from_km:.0f}_{'plus' if band.to_km is None else format(band.to_km, '.0f')}_km": band.share
        for band in row.bands
    }
    return {
        "scenario": metrics.scenario,
        "zone": row.zone,
        "country": row.country or "",
        "area_km2": row.area_km2,
        "nearest_km": row.nearest_km,
        "nearest_from_lon": row.nearest_from[0],
        "nearest_from_lat": row.nearest_from[1],
        "nearest_to_lon": row.nearest_to[0],
        "nearest_to_lat": row.nearest_to[1],
        "bearing_deg": "" if row.bearing_deg is None else row.bearing_deg,
        "mean_km": row.mean_km,
        "median_km": row.median_km,
        "farthest_km": row.farthest_km,
        **bands,
        "beyond_share": row.beyond_share,
        "front": front.id,
        "front_as_of": front.as_of.isoformat(),
        "front_definition": front.definition,
        "front_uncertainty_km": "" if front.uncertainty_km is None else front.uncertainty_km,
        "front_length_km": metrics.front_length_km,
        "method": metrics.method,
    }


def _safe_cell(value: Any) -> Any:
    """Put an apostrophe before text that a spreadsheet would run as a formula."""
    if isinstance(value, str) and value.lstrip().startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value


def _escape_markdown(text: str) -> str:
    """Keep text from a file as text: no table cell, link, emphasis or markup of its own."""
    for character in "\\`*_[]<>|":
        text = text.replace(character, f"\\{character}")
    return " ".join(text.split())
