"""Several scenarios against one front, side by side: the value a comparison is drawn from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import TypeVar

from geo import numerals
from geo.briefing import briefing
from geo.briefing.briefing import Briefing
from geo.fronts.front import Front
from geo.scenarios.evidence import Source
from geo.scenarios.scenario import Scenario

T = TypeVar("T")


@dataclass(frozen=True)
class Comparison:
    """Briefings measured against one and the same front, in the order asked for; immutable, input of a renderer.

    ``headline`` is the computed key sentence: which scenario comes nearest and which stays farthest away.
    ``alt_short`` says what is drawn and ``alt_long`` also what it shows.
    """

    briefings: tuple[Briefing, ...]
    front: Front
    headline: str
    alt_short: str
    alt_long: str

    @property
    def caveats(self) -> tuple[str, ...]:
        """The caveats of every briefing, each once; those without a source are named, since others may have theirs."""
        caveats = _once(caveat for each in self.briefings for caveat in each.caveats)
        bare = [f"“{each.scenario.title}”" for each in self.briefings if briefing.NO_SOURCE in each.caveats]
        if len(self.briefings) == 1 or not bare:
            return caveats
        named = f"No source is given for {', '.join(bare)}: drawings without a reported claim behind them."
        return tuple(named if caveat == briefing.NO_SOURCE else caveat for caveat in caveats)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources of every briefing, each once."""
        return _once(source for each in self.briefings for source in each.sources)

    @property
    def credits(self) -> tuple[str, ...]:
        """Who made the reference layers and the front, each once."""
        return _once(line for each in self.briefings for line in each.credits)


def build_comparison(
    scenarios: Sequence[Scenario], front: Front, *, marking: str | None = None
) -> Comparison:
    """Measure at least one scenario against a front and set them side by side."""
    return combine_briefings(
        [briefing.build_briefing(scenario, front, marking=marking) for scenario in scenarios], front
    )


def combine_briefings(briefings: Sequence[Briefing], front: Front) -> Comparison:
    """Set briefings that were all measured against this front side by side, without measuring again."""
    several = tuple(briefings)
    short = _alt_short(several, front)
    long = " ".join([short, *(_sentence(each) for each in several)])
    return Comparison(several, front, _headline(several, front), short, long)


def code_scenario(index: int) -> str:
    """Return the letter of a scenario: A to Z, then AA, AB and so on."""
    letter = ascii_uppercase[index % 26]
    return letter if index < 26 else code_scenario(index // 26 - 1) + letter


def code_zones(comparison: Comparison) -> list[str]:
    """Return the code of every zone in the order of the table: A1, A2; B for the only zone of its scenario."""
    return [
        code_scenario(index) + ("" if len(each.metrics.zones) == 1 else str(number))
        for index, each in enumerate(comparison.briefings)
        for number, _ in enumerate(each.metrics.zones, start=1)
    ]


def _once(items: Iterable[T]) -> tuple[T, ...]:
    """Return each item once, in the order of its first appearance."""
    found: list[T] = []
    for item in items:
        if item not in found:
            found.append(item)
    return tuple(found)


def _headline(briefings: tuple[Briefing, ...], front: Front) -> str:
    by_distance = sorted(briefings, key=lambda each: each.metrics.total.nearest_km)
    near, far = by_distance[0], by_distance[-1]
    nearest = numerals.format_km(near.metrics.total.nearest_km)
    first = f"“{near.scenario.title}” comes within about {nearest} of the {front.kind}"
    if near is far:
        return f"{first}."
    return (
        f"{first}, “{far.scenario.title}” no nearer than {numerals.format_km(far.metrics.total.nearest_km)}."
    )


def _alt_short(briefings: tuple[Briefing, ...], front: Front) -> str:
    titles = ", ".join(f"“{each.scenario.title}”" for each in briefings)
    maps = "Map" if len(briefings) == 1 else f"{len(briefings)} maps at one scale"
    day = numerals.format_date(front.as_of)
    return f"{maps} of {titles}, with the {front.kind} of {day}. All zones are illustrative."


def _sentence(built: Briefing) -> str:
    total = built.metrics.total
    return (
        f"“{built.scenario.title}”: {numerals.format_km(total.nearest_km)} from the front at its nearest point, "
        f"{numerals.format_km(total.mean_km)} on average, {numerals.format_km(total.farthest_km)} at most."
    )
