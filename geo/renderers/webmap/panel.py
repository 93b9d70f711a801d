"""What the panel beside the map says: a briefing's numbers and dates as words, ready for the template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from geo import numerals
from geo.briefing.briefing import Briefing
from geo.measuring.metrics import ZoneMetrics
from geo.renderers.webmap import bars, takeaway
from geo.scenarios.evidence import Claim

MOST_TO_HEAR = 12
"""With more zones than these, the map's description leads to the table instead of reading out every zone."""


@dataclass(frozen=True)
class Row:
    """One row of the distance table; ``zone`` is the zone's index on the map, None for the total."""

    name: str
    zone: int | None
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Statement:
    """A claim as it is printed: what was said, by whom, in which text."""

    text: str
    attribution: str


def describe(briefing: Briefing) -> dict[str, Any]:
    """Return the template's variables: plain strings, which the template escapes."""
    front, metrics, scenario = briefing.front, briefing.metrics, briefing.scenario
    return {
        "title": scenario.title,
        "summary": scenario.summary,
        "headline": briefing.headline,
        "description": briefing.alt_short,
        "alt_long": _describe_map(briefing),
        "as_of": numerals.format_date(front.as_of),
        "as_of_iso": front.as_of.isoformat(),
        "is_contact": front.definition == "contact",
        "figures": _figures(metrics.total),
        "rows": _rows(briefing),
        "bars": [bars.build_bar(row) for row in metrics.zones[: bars.DRAWN]],
        "has_more_bars": len(metrics.zones) > bars.DRAWN,
        "bands": [bars.name_band(band) for band in metrics.total.bands],
        "citation": takeaway.build_citation(briefing),
        "forces": _forces(briefing),
        "statements": [_statement(claim, briefing) for claim in briefing.claims],
        "bases": [(zone.name, zone.basis) for zone in scenario.zones if zone.basis],
        "has_candidates": any(zone.candidate for zone in scenario.zones),
        "front": front,
        "front_length": numerals.format_km(metrics.front_length_km),
        "uncertainty": numerals.format_km(front.uncertainty_km) if front.uncertainty_km else None,
        "distance_note": briefing.distance_note,
        "caveats": briefing.caveats,
        "front_source": _sentence(front.source),
        "front_method": _sentence(front.method),
        "front_licence": _sentence(front.licence),
        # What the paragraph on the front says already is not said twice.
        "credits": [line for line in briefing.credits if not front.source or front.source not in line],
        "border_note": briefing.basemap.border_note,
    }


def _describe_map(briefing: Briefing) -> str:
    """Return what the map shows in words: each zone's figures, or where they stand if they are too many."""
    if len(briefing.metrics.zones) <= MOST_TO_HEAR:
        return briefing.alt_long
    return f"{briefing.alt_short} {briefing.headline} The table gives the figures of every zone."


def _sentence(text: str) -> str:
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."


def _figures(total: ZoneMetrics) -> list[tuple[str, str]]:
    return [
        (numerals.format_km(total.nearest_km), "nearest point to the front"),
        (numerals.format_km(total.mean_km), "mean distance to the front"),
        (numerals.format_area_km2(total.area_km2), "area of the zones"),
    ]


def _rows(briefing: Briefing) -> list[Row]:
    order = {zone.name: index for index, zone in enumerate(briefing.scenario.zones)}
    rows = [Row(row.zone, order.get(row.zone), _cells(row)) for row in briefing.metrics.zones]
    if len(rows) > 1:
        rows.append(Row("All zones", None, _cells(briefing.metrics.total)))
    return rows


def _cells(row: ZoneMetrics) -> tuple[str, ...]:
    lengths = (row.nearest_km, row.mean_km, row.median_km, row.farthest_km)
    # Units stand once, in the heading of the column.
    return (
        *(numerals.format_km(km).removesuffix(" km") for km in lengths),
        numerals.format_area_km2(row.area_km2).removesuffix(" km²"),
    )


def _forces(briefing: Briefing) -> list[tuple[str, str, str]]:
    claims = {claim.id: claim for claim in briefing.claims}
    return [
        (
            f"{force.troops:,}",
            numerals.format_count(force.per_100_km_of_front),
            attribute(claims[force.claim], briefing) if force.claim in claims else "",
        )
        for force in briefing.metrics.force
    ]


def _statement(claim: Claim, briefing: Briefing) -> Statement:
    return Statement(claim.statement, attribute(claim, briefing))


def attribute(claim: Claim, briefing: Briefing) -> str:
    """Return who said it, who reported it and when, as one phrase."""
    reporter = claim.reported_by or next(
        (source.publisher for source in briefing.sources if claim.id.startswith(f"{source.id}/")), None
    )
    said = f" ({claim.said})" if claim.said else ""
    reported = f"; reported by {reporter}" if reporter else ""
    return f"Attributed to {claim.attributed_to}{said}{reported}, {numerals.format_date(claim.reported)}"
