"""What a slide says beside its table and its map: title, key sentence, footer, notes, marking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geo.briefing import attribution, citing, notes, sections
from geo.briefing.briefing import Briefing
from geo.briefing.comparison import Comparison, derive_keywords
from geo.briefing.extent import describe_gap, view_extent
from geo.fronts.front import Front
from geo.geodesy.planes import find_parallels
from geo.reference import basemap
from geo.renderers.figure import MOST_IN_A_ROW


@dataclass(frozen=True)
class Words:
    """The words of one slide; ``caveats`` must stand on it, ``footer`` are definition, credits and sources, by need.

    ``briefs`` are shorter headlines, for where the headline would take more than two lines.
    """

    title: str
    headline: str
    alt_short: str
    alt_long: str
    caveats: Sequence[str]
    footer: Sequence[str]
    notes: Sequence[str]
    keywords: Sequence[str]
    marking: str | None
    front: Front
    briefs: Sequence[str] = ()


def describe_briefing(briefing: Briefing) -> Words:
    """Return the words of the slide of one briefing."""
    return Words(
        title=briefing.scenario.title,
        headline=briefing.headline,
        alt_short=briefing.alt_short,
        alt_long=briefing.alt_long,
        caveats=[*briefing.caveats, *describe_gap([briefing])],
        footer=[notes.describe_lengths(briefing.front), *_footer(briefing)],
        notes=list(_notes(briefing)),
        keywords=derive_keywords(briefing),
        marking=briefing.marking,
        front=briefing.front,
    )


def describe_comparison(comparison: Comparison) -> Words:
    """Return the words of the slide that sets several side by side."""
    caveats = [*comparison.caveats, *describe_gap(comparison.briefings)]
    return Words(
        title=sections.COMPARISON,
        headline=comparison.headline,
        alt_short=comparison.alt_short,
        alt_long=comparison.alt_long,
        caveats=caveats,
        footer=[
            caveats[0],
            notes.describe_columns(comparison.front),
            *([notes.ZONES_IN_NOTES] if is_stack(comparison) else []),
            *_footer(comparison),
            *caveats[1:],
        ],
        notes=[
            comparison.headline,
            *caveats,
            citing.describe_sources(comparison.sources),
            *(note for each in comparison.briefings for note in _notes(each)),
        ],
        keywords=[each.scenario.id for each in comparison.briefings],
        marking=comparison.marking,
        front=comparison.front,
        briefs=comparison.brief_headlines,
    )


def is_stack(comparison: Comparison) -> bool:
    """Tell whether the maps of a slide stand in two rows, beside a table that has not all figures."""
    return len(comparison.briefings) > MOST_IN_A_ROW


def _footer(shown: Briefing | Comparison) -> list[str]:
    return [
        attribution.LAYERS,
        *shown.imprint.describe(),
        citing.describe_sources(shown.sources),
        basemap.DISCLAIMER,
    ]


def _notes(briefing: Briefing) -> Iterator[str]:
    yield briefing.alt_long
    yield briefing.front.definition_text
    yield briefing.distance_note
    yield from briefing.caveats
    if briefing.claims:
        yield f"{sections.REPORTED}:"
    for heading, claims in citing.group_claims(briefing.claims):
        yield f"{heading}:"
        for claim in claims:
            yield citing.describe_claim(claim, briefing.sources)
    yield from citing.list_texts(briefing.sources)
    if briefing.metrics.force:
        yield f"{sections.FORCES}:"
        yield from attribution.say_forces(briefing.metrics, briefing.claims, briefing.sources)
        yield notes.NOT_A_POSITION
    yield briefing.basemap.border_note
    yield attribution.describe_projection(find_parallels(view_extent([briefing])))
    yield from briefing.credits
