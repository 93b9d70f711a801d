"""The words of a scenario's page that no other output has: its alternative text, and the citation to paste."""

from __future__ import annotations

from geo.briefing import citing, notes
from geo.briefing.briefing import Briefing

MOST_TO_HEAR = 12
"""With more zones than these, a page leads to its table instead of reading out every zone."""


def describe_page(briefing: Briefing) -> str:
    """Return what a page's map shows: each zone's figures, or where they stand if they are too many."""
    if len(briefing.metrics.zones) <= MOST_TO_HEAR:
        return briefing.alt_long
    return f"{briefing.alt_short} {briefing.headline} The table gives the figures of every zone."


def build_citation(briefing: Briefing) -> str:
    """Return the key sentence with what it rests on and how to read it, for pasting into another text."""
    front = briefing.front
    return " ".join(
        [
            f"{briefing.scenario.title}: {briefing.headline}",
            f"Measured as {briefing.metrics.method} to the {notes.describe_front(front)}; "
            f"line: {front.source.rstrip('.')}.",
            *citing.describe_texts(briefing.sources),
            *briefing.caveats,
        ]
    )
