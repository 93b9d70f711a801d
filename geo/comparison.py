"""Several scenarios against one front, side by side: the value a comparison is drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo import briefing, style
from geo.briefing import Briefing
from geo.front import Front
from geo.scenario import Scenario


@dataclass(frozen=True)
class Comparison:
    """Briefings measured against one and the same front, in the order asked for; immutable, input of a renderer.

    ``headline`` is the computed key sentence: which scenario comes nearest and which stays farthest away.
    """

    briefings: tuple[Briefing, ...]
    front: Front
    headline: str


def build_comparison(scenarios: Sequence[Scenario], front: Front) -> Comparison:
    """Measure at least one scenario against a front and set them side by side."""
    return combine_briefings([briefing.build_briefing(scenario, front) for scenario in scenarios], front)


def combine_briefings(briefings: Sequence[Briefing], front: Front) -> Comparison:
    """Set briefings that were all measured against this front side by side, without measuring again."""
    return Comparison(tuple(briefings), front, _headline(tuple(briefings), front))


def _headline(briefings: tuple[Briefing, ...], front: Front) -> str:
    by_distance = sorted(briefings, key=lambda each: each.metrics.total.nearest_km)
    near, far = by_distance[0], by_distance[-1]
    nearest = style.format_km(near.metrics.total.nearest_km)
    first = f"“{near.scenario.title}” comes within about {nearest} of the {front.kind}"
    if near is far:
        return f"{first}."
    return f"{first}, “{far.scenario.title}” no nearer than {style.format_km(far.metrics.total.nearest_km)}."
