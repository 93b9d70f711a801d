"""Who said what, and which published texts reported it; knows no front, so that sources are listed at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo import numerals
from geo.scenarios.evidence import Claim, Source

ABOUT = {
    "location": "Where",
    "size": "How many",
    "participation": "Who",
    "timing": "When",
    "position": "What is said of it",
}
"""The headings of what claims are about, in the order in which they are shown."""


def describe_attribution(claim: Claim, sources: Sequence[Source]) -> str:
    """Return who said a claim, when, who reported it, and which text passed that report on."""
    said = f" ({claim.said})" if claim.said else ""
    report = _describe_report(claim, sources)
    is_named = claim.reported_by or find_source(claim, sources)
    return f"Attributed to {claim.attributed_to}{said}{'; ' if is_named else ', '}{report}"


def _describe_report(claim: Claim, sources: Sequence[Source]) -> str:
    """Return who reported a claim, which text passed that on, and when: ``reported by The Paper, 27 March 2025``."""
    source = find_source(claim, sources)
    publisher = source.publisher if source else None
    reporter = claim.reported_by or publisher
    reported = f"reported by {reporter}" if reporter else None
    cited = f"as cited by {publisher}" if publisher and publisher != reporter else None
    return ", ".join(filter(None, [reported, cited, numerals.format_date(claim.reported)]))


@dataclass(frozen=True)
class Report:
    """What one text reports of what somebody said: the claims, each with when it was said, and which text that is."""

    statements: tuple[str, ...]
    source: str


def group_by_speaker(claims: Sequence[Claim], sources: Sequence[Source]) -> list[tuple[str, list[Report]]]:
    """Return the claims of everybody who said any, in the order of their first: each report of them once."""
    speakers: dict[str, dict[str, list[str]]] = {}
    for claim in claims:
        report = _describe_report(claim, sources)
        statement = claim.statement.strip()
        said = f"{statement.removesuffix('.')} ({claim.said})." if claim.said else statement
        speakers.setdefault(claim.attributed_to, {}).setdefault(report, []).append(said)
    return [
        (_capitalise(who), [Report(tuple(said), f"{_capitalise(text)}.") for text, said in reports.items()])
        for who, reports in speakers.items()
    ]


def _capitalise(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def find_source(claim: Claim, sources: Sequence[Source]) -> Source | None:
    """Return the published text that a claim was taken from, None where it is not among these."""
    return next((source for source in sources if claim.id.startswith(f"{source.id}/")), None)


def group_claims(claims: Sequence[Claim]) -> list[tuple[str, list[Claim]]]:
    """Return claims under the heading of what they are about, so that those that differ stand side by side."""
    groups = [
        (heading, [claim for claim in claims if claim.about == about]) for about, heading in ABOUT.items()
    ]
    return [(heading, group) for heading, group in groups if group]


def describe_claim(claim: Claim, sources: Sequence[Source]) -> str:
    """Return a claim with who said it, as running text."""
    return f"{claim.statement} {describe_attribution(claim, sources)}."


def describe_sources(sources: Sequence[Source]) -> str:
    """Return the published texts that something rests on, with what they cite themselves."""
    if not sources:
        return "Sources: none given."
    cites: dict[str, list[str]] = {}
    for source in sources:
        cites.setdefault(source.publisher, []).extend(source.cites)
    texts = [
        f"{publisher}, citing {', '.join(dict.fromkeys(cited))}" if cited else publisher
        for publisher, cited in cites.items()
    ]
    return f"Sources: {'; '.join(texts)}. Claims are paraphrased and attributed."


def describe_text(source: Source) -> str:
    """Return the title, publisher and day of a published text."""
    publisher = source.publisher.rstrip(".")
    return f"{source.title.rstrip('.')} ({publisher}, {numerals.format_date(source.published)})"


def describe_addresses(source: Source) -> str:
    """Return where a published text can be read, empty where its file gives no address."""
    archived = f"archived at {source.archive}" if source.archive else None
    return ", ".join(filter(None, [source.url, archived]))


def list_texts(sources: Sequence[Source]) -> list[str]:
    """Return each published text with what has to be known about our copy, its address last."""
    return [
        " ".join(filter(None, [f"{describe_text(source)}.", source.note, describe_addresses(source)]))
        for source in sources
    ]


def describe_texts(sources: Sequence[Source]) -> list[str]:
    """Return the sentence on the published texts that a scenario follows, none where there are none."""
    return [f"Scenario after: {'; '.join(map(describe_text, sources))}."] if sources else []
