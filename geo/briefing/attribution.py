"""Who said what, which texts reported it, and who made what a map is drawn from."""

from __future__ import annotations

from collections.abc import Sequence

from geo import __version__, numerals
from geo.fronts.front import NOT_STATED, FrontFacts
from geo.scenarios.evidence import Claim, Source

LAYERS = "Reference layers: Natural Earth; GeoNames (CC BY 4.0)."
CORNER = "Natural Earth · Leaflet"
DRAWN_BY = f"Drawn by geo {__version__}."


def describe_attribution(claim: Claim, sources: Sequence[Source]) -> str:
    """Return who said a claim, when, and who reported it."""
    reporter = claim.reported_by or next(
        (source.publisher for source in sources if claim.id.startswith(f"{source.id}/")), None
    )
    said = f" ({claim.said})" if claim.said else ""
    reported = f"; reported by {reporter}" if reporter else ""
    return f"Attributed to {claim.attributed_to}{said}{reported}, {numerals.format_date(claim.reported)}"


def describe_claim(claim: Claim, sources: Sequence[Source]) -> str:
    """Return a claim with who said it, as running text."""
    return f"{claim.statement} {describe_attribution(claim, sources)}."


def describe_sources(sources: Sequence[Source]) -> str:
    """Return the published texts that something rests on, with what they cite themselves."""
    if not sources:
        return "Sources: none given."
    texts = []
    for source in sources:
        cites = f", citing {', '.join(source.cites)}" if source.cites else ""
        texts.append(f"{source.publisher}{cites}")
    return f"Sources: {'; '.join(texts)}. Claims are paraphrased and attributed."


def describe_text(source: Source) -> str:
    """Return the title, publisher and day of a published text."""
    publisher = source.publisher.rstrip(".")
    return f"{source.title.rstrip('.')} ({publisher}, {numerals.format_date(source.published)})"


def describe_texts(sources: Sequence[Source]) -> list[str]:
    """Return the sentence on the published texts that a scenario follows, none where there are none."""
    return [f"Scenario after: {'; '.join(map(describe_text, sources))}."] if sources else []


def name_drawer(front: FrontFacts) -> str:
    """Return who drew a front, without a full stop, or that its file does not say so."""
    return "Source not stated" if front.source == NOT_STATED else front.source.rstrip(".")


def describe_drawing(front: FrontFacts) -> str:
    """Return the day of a front and who drew it."""
    return f"As of {numerals.format_date(front.as_of)}. {front.source}"


def describe_licence(front: FrontFacts) -> str:
    """Return under which licence a front is."""
    return f"Licence: {front.licence}"


def describe_front(front: FrontFacts) -> str:
    """Return who drew a front, how, and under which licence, each as a sentence."""
    return f"{_end(front.source)} {_end(front.method)} {_end(describe_licence(front))}"


def _end(text: str) -> str:
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."


def credit_front(front: FrontFacts) -> str:
    """Return who drew a front and under which licence."""
    return f"Front: {front.source.rstrip('.')}. Licence: {front.licence.rstrip('.')}."
