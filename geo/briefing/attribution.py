"""Who said what, which texts reported it, and who made what a map is drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo import __version__, numerals
from geo.briefing import notes
from geo.fronts.front import NOT_STATED, FrontFacts
from geo.measuring.metrics import Force, Metrics
from geo.scenarios.evidence import Claim, Source

LAYERS = "Reference layers: Natural Earth; GeoNames (CC BY 4.0)."
ABOUT = {
    "location": "Where",
    "size": "How many",
    "participation": "Who",
    "timing": "When",
    "position": "What is said of it",
}
"""The headings of what claims are about, in the order in which they are shown."""
SCREEN_NAME = "Web Mercator"
CORNER = f"{SCREEN_NAME} · Natural Earth · Leaflet"
SCREEN = (
    f"Projection on screen: {SCREEN_NAME} (EPSG:3857), larger to the north. No distance is measured in it."
)
ONLINE = "Loads parts from the network"
"""Stands on a map to which its user added what is not in the file."""
DRAWN_BY = f"Drawn by geo {__version__}."


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


def find_claims(forces: Sequence[Force], claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims that report some force sizes."""
    return [claim for claim in claims if any(force.claim == claim.id for force in forces)]


def say_forces(measured: Metrics, claims: Sequence[Claim], sources: Sequence[Source]) -> list[str]:
    """Return what becomes of each reported number of troops, and whose number it is, short enough for a sheet."""
    return [
        f"{who} ({_name_reporters(find_claims(forces, claims), sources)}): about "
        f"{numerals.format_count(forces[0].per_100_km_of_front)} per 100 km."
        for forces, who, _ in notes.describe_forces(measured)
    ]


def _name_reporters(claims: Sequence[Claim], sources: Sequence[Source]) -> str:
    """Return which published texts hold these claims, each publisher named once: ``The Paper; Agency``."""
    texts = [find_source(claim, sources) for claim in claims]
    return "; ".join(dict.fromkeys(text.publisher for text in texts if text))


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


def describe_hosts(hosts: Sequence[str]) -> str:
    """Return the sentence that names the servers from which added layers are loaded."""
    return f"Layers added to this map are loaded over the network, from {', '.join(hosts)}."


def name_drawer(front: FrontFacts) -> str:
    """Return who drew a front, without a full stop, or that its file does not say so."""
    return "Source not stated" if front.source == NOT_STATED else front.source.rstrip(".")


def describe_drawing(front: FrontFacts) -> str:
    """Return the day of a front and who drew it."""
    return f"As of {numerals.format_date(front.as_of)}. {front.source}"


def describe_licence(front: FrontFacts) -> str:
    """Return under which licence a front is, as a sentence or two."""
    return f"Licence: {say_licence(front)}"


def say_licence(front: FrontFacts) -> str:
    """Return under which licence a front is, and that it may not be passed on, where its terms say so."""
    return f"{_end(front.licence)} {notes.RESTRICTED}" if front.is_restricted else front.licence


def describe_front(front: FrontFacts) -> str:
    """Return who drew a front, how, and under which licence, each as a sentence."""
    return f"{_end(front.source)} {_end(front.method)} {_end(describe_licence(front))}"


def describe_projection(parallels: tuple[float, float]) -> str:
    """Return the projection of a printed map, given its standard parallels (degrees, the southern one first)."""
    south, north = (f"{abs(lat):.1f}° {'S' if lat < 0 else 'N'}" for lat in parallels)
    name = f"Lambert conformal conic, standard parallels {south} and {north}"
    return f"Projection: {name}."


def _end(text: str) -> str:
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."


def credit_front(front: FrontFacts) -> str:
    """Return who drew a front and under which licence."""
    return f"Front: {front.source.rstrip('.')}. {_end(describe_licence(front))}"
