"""Who made what a map is drawn from, whose numbers of troops are set against the front, and on which terms."""

from __future__ import annotations

from collections.abc import Sequence

from geo import __version__, numerals
from geo.briefing import citing, notes
from geo.fronts.front import NOT_STATED, FrontFacts
from geo.measuring.metrics import Force, Metrics
from geo.scenarios.evidence import Claim, Source

LAYERS = "Reference layers: Natural Earth; GeoNames (CC BY 4.0)."
SCREEN_NAME = "Web Mercator"
CORNER = f"{SCREEN_NAME} · Natural Earth · Leaflet"
SCREEN = (
    f"Projection on screen: {SCREEN_NAME} (EPSG:3857), larger to the north. No distance is measured in it."
)
ONLINE = "Loads parts from the network"
"""Stands on a map to which its user added what is not in the file."""
DRAWN_BY = f"Drawn by geo {__version__}."


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
    texts = [citing.find_source(claim, sources) for claim in claims]
    return "; ".join(dict.fromkeys(text.publisher for text in texts if text))


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
