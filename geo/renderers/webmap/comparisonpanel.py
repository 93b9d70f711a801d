"""What the comparison page says: scenarios and zones in tables, force sizes, sources; words for the template."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from geo import numerals
from geo.briefing import attribution, citing, legend, notes, sections
from geo.briefing.comparison import Comparison, code_scenario, code_zones
from geo.measuring.metrics import Force
from geo.renderers import names, style
from geo.renderers.webmap import panel, ranking

SERIES = len(style.SERIES)
"""So many scenarios have a colour and hatching of their own; then these repeat, and the letters tell them apart."""


def describe_comparison_panel(comparison: Comparison, maps: Collection[str]) -> dict[str, Any]:
    """Return the template's variables: plain strings, which the template escapes."""
    front = comparison.front
    return {
        "title": sections.COMPARISON,
        "headline": comparison.headline,
        "kicker": comparison.imprint.head(sections.KICKER_SEVERAL),
        "description": comparison.alt_short,
        "alt_long": comparison.alt_long,
        "as_of": numerals.format_date(front.as_of),
        "as_of_iso": front.as_of.isoformat(),
        "front_label": notes.label_front(front),
        "front_line": legend.describe_line(front),
        "front_band": legend.describe_band(front) if front.precisions_km else None,
        **panel.describe_sides(comparison.briefings),
        "columns": ranking.COLUMNS,
        "scenarios": _scenarios(comparison, maps),
        "scenario_rows": _scenario_rows(comparison),
        "zone_rows": _zone_rows(comparison),
        "forces": _forces(comparison),
        "front_length": notes.describe_length(comparison.briefings[0].metrics),
        "distance_note": comparison.distance_note,
        "definition_text": front.definition_text,
        "caveats": comparison.caveats,
        "credits": (citing.describe_sources(comparison.sources), *comparison.credits),
        "border_note": comparison.briefings[0].basemap.border_note,
    }


def _scenarios(comparison: Comparison, maps: Collection[str]) -> list[dict[str, Any]]:
    return [
        {
            "code": code_scenario(index),
            "series": index % SERIES,
            "title": each.scenario.title,
            "summary": each.scenario.summary,
            "link": names.name_page(names.name_map(each.scenario), (each.scenario, comparison.front))
            if each.scenario.id in maps
            else None,
        }
        for index, each in enumerate(comparison.briefings)
    ]


def _scenario_rows(comparison: Comparison) -> list[ranking.RankedRow]:
    cells = ranking.rank_cells([each.metrics.total for each in comparison.briefings])
    return [
        ranking.RankedRow(code_scenario(index), each.scenario.title, index, None, cells[index])
        for index, each in enumerate(comparison.briefings)
    ]


def _zone_rows(comparison: Comparison) -> list[ranking.RankedRow]:
    pairs = [(index, row) for index, each in enumerate(comparison.briefings) for row in each.metrics.zones]
    cells = ranking.rank_cells([row for _, row in pairs])
    return [
        ranking.RankedRow(code, row.zone, index, zone, cells[zone])
        for zone, (code, (index, row)) in enumerate(zip(code_zones(comparison), pairs, strict=True))
    ]


def _forces(comparison: Comparison) -> list[dict[str, Any]]:
    """Return each reported number of troops once: whose it is, along the front, and over the zones of each scenario."""
    claims = tuple(dict.fromkeys(claim for each in comparison.briefings for claim in each.claims))
    areas = [each.metrics.total.area_km2 for each in comparison.briefings]
    found: dict[int, list[Force]] = {}
    for each in comparison.briefings:
        for force in each.metrics.force:
            found.setdefault(force.troops, []).append(force)
    return [
        {
            "troops": f"{troops:,}",
            "along": numerals.format_count(forces[0].per_100_km_of_front),
            "over": [numerals.format_count(troops / area * 1000) for area in areas],
            "attributions": [
                citing.describe_attribution(claim, comparison.sources)
                for claim in attribution.find_claims(forces, claims)
            ],
        }
        for troops, forces in found.items()
    ]
