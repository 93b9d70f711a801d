"""The texts for who cannot see a map: what is drawn, in a sentence, and what it shows, zone by zone."""

from __future__ import annotations

from collections.abc import Sequence

from geo import numerals
from geo.briefing import notes
from geo.fronts.front import FrontFacts
from geo.measuring.metrics import Metrics, ZoneMetrics
from geo.scenarios.scenario import Scenario


def describe_map(scenario: Scenario, front: FrontFacts) -> str:
    """Return what is drawn of a scenario."""
    count = (
        "one illustrative zone" if len(scenario.zones) == 1 else f"{len(scenario.zones)} illustrative zones"
    )
    return (
        f"Map of the scenario “{scenario.title}”: {count} and the {front.kind} of "
        f"{numerals.format_date(front.as_of)}."
    )


def describe_figures(measured: Metrics) -> str:
    """Return what is measured of a scenario, a sentence for each zone and for the whole."""
    return " ".join(f"{row.zone}: {notes.describe_zone(row)}" for row in measured.rows)


def describe_maps(titles: Sequence[str], front: FrontFacts) -> str:
    """Return what is drawn of several scenarios."""
    named = ", ".join(f"“{title}”" for title in titles)
    maps = "Map" if len(titles) == 1 else f"{len(titles)} maps at one scale"
    day = numerals.format_date(front.as_of)
    return f"{maps} of {named}, with the {front.kind} of {day}. {notes.ILLUSTRATIVE}"


def describe_totals(titles: Sequence[str], totals: Sequence[ZoneMetrics]) -> str:
    """Return what is measured of several scenarios as wholes, a sentence for each."""
    pairs = zip(titles, totals, strict=True)
    return " ".join(f"“{title}”: {notes.describe_zone(total)}" for title, total in pairs)
