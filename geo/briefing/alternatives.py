"""The texts for who cannot see a map: what is drawn, in a sentence, and what it shows, zone by zone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from geo import numerals
from geo.briefing import notes
from geo.fronts.front import FrontFacts
from geo.measuring.metrics import Metrics
from geo.scenarios.scenario import Scenario

if TYPE_CHECKING:
    from geo.briefing.briefing import Briefing

MOST_TO_HEAR = 12
"""With more zones than these, a page leads to its table instead of reading out every zone."""


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


def describe_page(briefing: Briefing) -> str:
    """Return what a page's map shows: each zone's figures, or where they stand if they are too many."""
    if len(briefing.metrics.zones) <= MOST_TO_HEAR:
        return briefing.alt_long
    return f"{briefing.alt_short} {briefing.headline} The table gives the figures of every zone."


def describe_maps(briefings: Sequence[Briefing], front: FrontFacts) -> str:
    """Return what is drawn of several scenarios."""
    titles = ", ".join(f"“{each.scenario.title}”" for each in briefings)
    maps = "Map" if len(briefings) == 1 else f"{len(briefings)} maps at one scale"
    day = numerals.format_date(front.as_of)
    return f"{maps} of {titles}, with the {front.kind} of {day}. {notes.ILLUSTRATIVE}"


def describe_totals(briefings: Sequence[Briefing]) -> str:
    """Return what is measured of several scenarios, a sentence for each."""
    return " ".join(
        f"“{each.scenario.title}”: {notes.describe_zone(each.metrics.total)}" for each in briefings
    )
