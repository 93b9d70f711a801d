"""Several scenarios against one front, side by side: the value a comparison is drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from geo import numerals
from geo.briefing import alternatives, briefing, headline, intervals, notes
from geo.briefing.briefing import Briefing
from geo.briefing.imprint import NO_IMPRINT, Imprint
from geo.files.fields import shorten
from geo.fronts.front import Front
from geo.measuring.metrics import join_zones
from geo.scenarios.evidence import Source
from geo.scenarios.scenario import Scenario


@dataclass(frozen=True, repr=False)
class Comparison:
    """Briefings measured against one and the same front, in the order asked for; immutable, input of a renderer.

    ``headline`` is the computed key sentence: how near each scenario comes, and whether that order holds.
    ``distance_note`` says what the distances mean, ``alt_short`` what is drawn and ``alt_long`` also what it shows.
    """

    briefings: tuple[Briefing, ...]
    front: Front
    headline: str
    distance_note: str
    alt_short: str
    alt_long: str

    def __repr__(self) -> str:
        names = ", ".join(each.scenario.id for each in self.briefings)
        return f"<Comparison of {len(self.briefings)} scenarios: {shorten(names)}, {self.front!r}>"

    @property
    def brief_headlines(self) -> tuple[str, ...]:
        """Shorter key sentences, for where a table has every scenario: with its order and without."""
        titles = [each.scenario.title for each in self.briefings]
        totals = [each.metrics.total for each in self.briefings]
        brief = headline.build_brief_headline(titles, totals, self.front)
        return " ".join([brief, *intervals.describe_ranking(titles, totals)]), brief

    @property
    def caveats(self) -> tuple[str, ...]:
        """The caveats of every briefing, each once; those without a source are named, since others may have theirs."""
        caveats = tuple(dict.fromkeys(caveat for each in self.briefings for caveat in each.caveats))
        bare = [each.scenario.title for each in self.briefings if notes.NO_SOURCE in each.caveats]
        if len(self.briefings) == 1 or not bare:
            return caveats
        named = notes.describe_missing_sources(bare)
        return tuple(named if caveat == notes.NO_SOURCE else caveat for caveat in caveats)

    @property
    def marking(self) -> str | None:
        """The handling line, which is the same for every briefing."""
        return self.briefings[0].marking

    @property
    def imprint(self) -> Imprint:
        """When it was issued and whom to ask, which is the same for every briefing."""
        return self.briefings[0].imprint

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources of every briefing, each once."""
        return tuple(dict.fromkeys(source for each in self.briefings for source in each.sources))

    @property
    def credits(self) -> tuple[str, ...]:
        """Who made the reference layers and the front, each once."""
        return tuple(dict.fromkeys(credit for each in self.briefings for credit in each.credits))


def build_comparison(
    scenarios: Sequence[Scenario],
    front: Front,
    *,
    marking: str | None = None,
    imprint: Imprint = NO_IMPRINT,
) -> Comparison:
    """Measure at least one scenario against a front and set them side by side."""
    return combine_briefings(
        [
            briefing.build_briefing(scenario, front, marking=marking, imprint=imprint)
            for scenario in scenarios
        ],
        front,
    )


def combine_briefings(briefings: Sequence[Briefing], front: Front) -> Comparison:
    """Set briefings that were all measured against this front side by side, without measuring again."""
    titles = [each.scenario.title for each in briefings]
    totals = [each.metrics.total for each in briefings]
    alt_short = alternatives.describe_maps(titles, front)
    return Comparison(
        briefings=tuple(briefings),
        front=front,
        headline=" ".join(
            [
                headline.build_comparison_headline(titles, totals, front),
                *intervals.describe_ranking(titles, totals),
            ]
        ),
        distance_note=notes.describe_distances(front, join_zones([each.metrics for each in briefings])),
        alt_short=alt_short,
        alt_long=f"{alt_short} {alternatives.describe_totals(titles, totals)}",
    )


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


def name_zones(comparison: Comparison) -> list[list[str]]:
    """Return for each scenario which zone has which code: ``A1 Kyiv to Kaniv reach``."""
    codes = iter(code_zones(comparison))
    return [[f"{next(codes)} {zone.name}" for zone in each.scenario.zones] for each in comparison.briefings]


def list_briefings(shown: Briefing | Comparison) -> tuple[Briefing, ...]:
    """Return the briefings of what is shown, be it one or several."""
    return shown.briefings if isinstance(shown, Comparison) else (shown,)


def derive_keywords(shown: Briefing | Comparison) -> list[str]:
    """Return what a search in a folder of documents should find the file by, each word once."""
    words: dict[str, None] = {}
    for each in list_briefings(shown):
        countries = sorted({zone.country for zone in each.scenario.zones if zone.country})
        day = numerals.format_date(each.front.as_of)
        words |= dict.fromkeys([each.scenario.id, each.front.kind, day, *countries, "illustrative"])
    return list(words)
