"""What stands beside a table of a briefing's figures: what it shows, how it was measured, and what to mind."""

from __future__ import annotations

from geo import __version__
from geo.briefing import attribution, notes, sections
from geo.briefing.briefing import Briefing


def list_facts(briefing: Briefing) -> list[tuple[str, str]]:
    """Return pairs of a heading and a sentence or two."""
    scenario, front = briefing.scenario, briefing.front
    forces = attribution.say_forces(briefing.metrics, briefing.claims, briefing.sources)
    facts = [
        (sections.SCENARIO, f"{scenario.title} ({scenario.id})"),
        (sections.PROPOSED, scenario.summary),
        (sections.IN_SHORT, briefing.headline),
        *((sections.CARE, caveat) for caveat in briefing.caveats),
        (sections.MEANING, briefing.distance_note),
        (sections.FRONT, f"{notes.describe_front(front)}. {front.definition_text}"),
        (sections.FRONT, front.method),
        *((sections.FORCES, words) for words in forces),
        *([(sections.FORCES, notes.NOT_A_POSITION)] if forces else []),
        *((sections.CREDITS, words) for words in briefing.credits),
        (sections.PROGRAM, f"geo {__version__}"),
    ]
    return [(heading, words) for heading, words in facts if words]
