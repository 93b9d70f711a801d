"""The key sentence: the one to remember of a scenario, and of several side by side."""

from __future__ import annotations

from collections.abc import Sequence

from shapely.geometry import LineString

from geo import geodesy
from geo.fronts.front import FrontFacts
from geo.measuring.figures import MEDIAN, NEAREST
from geo.measuring.metrics import Metrics, ZoneMetrics
from geo.reference import basemap
from geo.scenarios.scenario import Scenario

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


def build_comparison_headline(titles: Sequence[str], totals: Sequence[ZoneMetrics], front: FrontFacts) -> str:
    """Return which scenario comes nearest and which stays farthest away."""
    by_distance = sorted(zip(titles, totals, strict=True), key=lambda pair: pair[1].nearest_km)
    (near, near_total), (far, far_total) = by_distance[0], by_distance[-1]
    first = f"“{near}” comes within about {NEAREST.write(near_total)} of the {front.kind}"
    if len(titles) == 1:
        return f"{first}."
    return f"{first}, “{far}” no nearer than {NEAREST.write(far_total)}."


def _near(lon: float, lat: float) -> str:
    """Return a place to find a point by, as an inserted phrase; nothing where none is close."""
    place = basemap.nearest_place(lon, lat)
    way = LineString([(lon, lat), (place.lon, place.lat)])
    return "" if geodesy.length_km(way) > NEAR_KM else f", near {place.name},"
