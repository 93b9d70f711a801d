"""The key sentence: the one to remember of a scenario, and of several side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from shapely.geometry import LineString

from geo import geodesy
from geo.briefing import attribution, notes
from geo.fronts.front import FrontFacts
from geo.measuring.figures import MEDIAN, NEAREST
from geo.measuring.metrics import Metrics
from geo.reference import basemap
from geo.scenarios.scenario import Scenario

if TYPE_CHECKING:
    from geo.briefing.briefing import Briefing

NEAR_KM = 75
"""A place farther away than this is no help in finding a point, and the key sentence leaves it out."""


def build_headline(scenario: Scenario, front: FrontFacts, measured: Metrics) -> str:
    """Return how near a scenario comes, near which place, and how far half of its area is."""
    nearest = min(measured.zones, key=lambda row: row.nearest_km)
    count = len(scenario.zones)
    if nearest.nearest_km == 0:
        subject = "The zone" if count == 1 else f"The nearest of {count} zones, {nearest.zone},"
        return f"{subject} touches or crosses the {front.kind}; its distance is 0."
    # The place stands with the zone's point that it is near: beside the front's name it would seem to lie on the front.
    subject = "The zone's" if count == 1 else f"The nearest of {count} zones is {nearest.zone}: its"
    half = "half of it" if count == 1 else "half of the whole area"
    return (
        f"{subject} nearest point{_near(*nearest.nearest_from)} lies about "
        f"{NEAREST.write(nearest)} from the {front.kind}; "
        f"{half} is farther than {MEDIAN.write(measured.total)}."
    )


def build_comparison_headline(briefings: Sequence[Briefing], front: FrontFacts) -> str:
    """Return which scenario comes nearest and which stays farthest away."""
    by_distance = sorted(briefings, key=lambda each: each.metrics.total.nearest_km)
    near, far = by_distance[0], by_distance[-1]
    first = (
        f"“{near.scenario.title}” comes within about {NEAREST.write(near.metrics.total)} of the {front.kind}"
    )
    if near is far:
        return f"{first}."
    return f"{first}, “{far.scenario.title}” no nearer than {NEAREST.write(far.metrics.total)}."


def build_citation(briefing: Briefing) -> str:
    """Return the key sentence with what it rests on and how to read it, for pasting into another text."""
    front = briefing.front
    return " ".join(
        [
            f"{briefing.scenario.title}: {briefing.headline}",
            f"Measured as {briefing.metrics.method} to the {notes.describe_front(front)}; "
            f"line: {front.source.rstrip('.')}.",
            *attribution.describe_texts(briefing.sources),
            *briefing.caveats,
        ]
    )


def _near(lon: float, lat: float) -> str:
    """Return a place to find a point by, as an inserted phrase; nothing where none is close."""
    place = basemap.nearest_place(lon, lat)
    way = LineString([(lon, lat), (place.lon, place.lat)])
    return "" if geodesy.length_km(way) > NEAR_KM else f", near {place.name},"
