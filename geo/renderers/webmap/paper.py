"""What stands beside the map on paper: short enough for one page, whatever the data."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import Any

from geo.briefing import attribution, intervals
from geo.briefing.briefing import Briefing
from geo.measuring import figures
from geo.measuring.figures import Cell, Output
from geo.measuring.metrics import ZoneMetrics

ROWS = 12
"""How many zones the table on paper lists, the nearest ones; the page on screen has them all."""

COLUMNS = figures.find_figures(Output.PAPER)
NOTES = 8
"""So many notes at most has paper room for; of the others it says how many there are."""

_LIMITS = {"title": 110, "headline": 240, "note": 260, "credit": 330}
"""How many characters of each kind of text paper has room for."""


@dataclass(frozen=True)
class PaperRow:
    """One row of the table on paper: its figures rounded, without units; ``zone`` is an index, None for the total."""

    name: str
    cells: tuple[Cell, ...]
    zone: int | None = None


def describe_paper(briefing: Briefing) -> dict[str, Any]:
    """Return the variables of the printed sheet: plain strings, which the template escapes."""
    listed = _listed(briefing.metrics.zones)
    rows = [_row(row, index) for index, row in listed]
    if len(briefing.metrics.zones) > 1:
        rows.append(_row(briefing.metrics.total))
    texts = [
        *([attribution.describe_sources(briefing.sources)] if briefing.sources else []),
        attribution.credit_front(briefing.front),
        briefing.basemap.border_note,
        *briefing.basemap.credits,
        *briefing.imprint.describe(),
    ]
    return {
        "paper_title": _cut(briefing.scenario.title, "title"),
        "paper_headline": _cut(briefing.headline, "headline"),
        "paper_columns": COLUMNS,
        "paper_rows": rows,
        "paper_total": len(briefing.metrics.zones),
        "paper_notes": [
            _cut(intervals.describe_brackets(briefing.front), "note"),
            *(_cut(text, "note") for text in briefing.caveats[:NOTES]),
        ],
        "paper_notes_left": max(len(briefing.caveats) - NOTES, 0),
        "paper_credits": [_cut(text, "credit") for text in texts],
    }


def _listed(zones: tuple[ZoneMetrics, ...]) -> list[tuple[int, ZoneMetrics]]:
    """Return the zones with their indexes, in their own order if there is room for all, else the nearest ones first."""
    rows = list(enumerate(zones))
    return rows if len(rows) <= ROWS else sorted(rows, key=lambda row: row[1].nearest_km)[:ROWS]


def _row(row: ZoneMetrics, zone: int | None = None) -> PaperRow:
    return PaperRow(row.zone, figures.write_cells(row, Output.PAPER), zone)


def _cut(text: str, kind: str) -> str:
    limit = _LIMITS[kind]
    if len(text) <= limit:
        return text
    # Between words if possible; a word without end is cut inside.
    return textwrap.shorten(text, limit, placeholder=" …") if " " in text[:limit] else f"{text[: limit - 1]}…"
