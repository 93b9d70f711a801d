"""What the panel beside the map says: a briefing's numbers and dates as words, ready for the template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from geo import numerals
from geo.briefing import attribution, citing, legend, notes, page, sections
from geo.briefing.briefing import Briefing
from geo.measuring import figures
from geo.measuring.figures import AREA, MEAN, NEAREST, Cell, Output
from geo.measuring.metrics import ZoneMetrics
from geo.renderers.webmap.strips import describe_strips
from geo.scenarios.evidence import Claim

COLUMNS = figures.find_figures(Output.PAGE)


_THOUSAND_KM = 995.0  # is rounded to 1,000


@dataclass(frozen=True)
class PanelRow:
    """One row of the distance table; ``zone`` is the zone's index on the map, None for the total."""

    name: str
    zone: int | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Statement:
    """A claim as it is printed: what was said, by whom, in which text, and where that can be read."""

    text: str
    attribution: str
    url: str | None


def describe_panel(briefing: Briefing) -> dict[str, Any]:
    """Return the template's variables: plain strings, which the template escapes."""
    front, metrics, scenario = briefing.front, briefing.metrics, briefing.scenario
    return {
        "kicker": briefing.imprint.head(sections.KICKER),
        "title": scenario.title,
        "summary": scenario.summary,
        "headline": briefing.headline,
        "description": briefing.alt_short,
        "alt_long": page.describe_page(briefing),
        "as_of": numerals.format_date(front.as_of),
        "as_of_iso": front.as_of.isoformat(),
        "front_label": notes.label_front(front),
        "sketch_headings": [figure.heading for figure in (NEAREST, MEAN, AREA)],
        "lead": _lead(metrics.total),
        "columns": COLUMNS,
        "rows": _rows(briefing),
        **describe_strips(briefing),
        "citation": page.build_citation(briefing),
        "forces": _forces(briefing),
        "statements": [
            (heading, [_state(claim, briefing) for claim in claims])
            for heading, claims in citing.group_claims(briefing.claims)
        ],
        "texts": [(citing.describe_text(source), source) for source in briefing.sources],
        "bases": [(zone.name, zone.basis) for zone in scenario.zones if zone.basis],
        "has_thousands": briefing.metrics.total.farthest_km >= _THOUSAND_KM,
        "has_candidates": any(zone.candidate for zone in scenario.zones),
        "front": front,
        "front_line": legend.describe_line(front),
        "uncertainty": notes.describe_uncertainty(front) if front.precisions_km else None,
        "front_band": legend.describe_band(front) if front.precisions_km else None,
        **describe_sides([briefing]),
        "distance_note": briefing.distance_note,
        "caveats": briefing.caveats,
        "front_drawing": attribution.describe_front(front),
        # What the paragraph on the front says already is not said twice.
        "credits": [line for line in briefing.credits if not front.source or front.source not in line],
        "border_note": briefing.basemap.border_note,
    }


def describe_sides(briefings: Sequence[Briefing]) -> dict[str, Any]:
    """Return what the legend says of the ground beyond the front, and of zones there; None where there is none."""
    first = briefings[0]
    crossed = any(not part.is_empty for each in briefings for part in each.zones_beyond)
    return {
        "disputed": legend.DISPUTED if first.front.disputed else None,
        "far_ground": None if first.far_ground.is_empty else legend.describe_far_ground(first.front),
        "zone_beyond": legend.ZONE_BEYOND if crossed else None,
    }


def _lead(total: ZoneMetrics) -> list[tuple[str, str, str]]:
    """Return the figures at the head of the page, each with what it is, and between what it lies."""
    return [
        (figure.write(total), f"{figure.title[0].lower()}{figure.title[1:]}", figure.write_range(total))
        for figure in figures.find_figures(Output.LEAD)
    ]


def _rows(briefing: Briefing) -> list[PanelRow]:
    zones = len(briefing.metrics.zones)
    return [
        PanelRow(row.zone, index if index < zones else None, figures.write_cells(row, Output.PAGE))
        for index, row in enumerate(briefing.metrics.rows)
    ]


def _state(claim: Claim, briefing: Briefing) -> Statement:
    source = citing.find_source(claim, briefing.sources)
    said_by = citing.describe_attribution(claim, briefing.sources)
    return Statement(claim.statement, said_by, source.url if source else None)


def _forces(briefing: Briefing) -> list[tuple[str, str, list[str]]]:
    return [
        (
            who,
            what,
            [
                citing.describe_attribution(claim, briefing.sources)
                for claim in attribution.find_claims(forces, briefing.claims)
            ],
        )
        for forces, who, what in notes.describe_forces(briefing.metrics)
    ]
