"""The key sentence: the one to remember of a scenario, and of several side by side."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from shapely.geometry import LineString

from geo import geodesy, numerals
from geo.briefing import notes
from geo.errors import UnknownNameError
from geo.fronts.front import FrontFacts
from geo.measuring.figures import MEDIAN, NEAREST
from geo.measuring.metrics import Metrics, ZoneMetrics
from geo.reference import basemap
from geo.reference.basemap import Place
from geo.scenarios.scenario import Scenario

NEAR_KM = 10
"""Up to here a point lies near a place; farther away the sentence says how far, and in which direction."""
REACH_KM = 75
"""A place farther away than this is no help in finding a point, and the sentence names none."""
MOST_NAMED = 12
"""The comparison's sentence names so many scenarios; more could not be taken in."""


def build_headline(scenario: Scenario, front: FrontFacts, measured: Metrics) -> str:
    """Return which zone comes closest, how far half of the area lies, and where the closest point is."""
    nearest = find_nearest(measured)
    if len(scenario.zones) > 1:
        closest = f"Closest to the {front.noun}: {nearest.zone}, {describe_nearest(nearest)}"
    elif nearest.nearest_km == 0:
        closest = f"The zone touches or crosses the {front.noun}"
    else:
        closest = f"Closest to the {front.noun}: {describe_nearest(nearest)}"
    share = measured.total.beyond_share
    half = "half the area" if share in (0, 1) else "half of what lies on the near side"
    sentence = f"{closest}; {half} lies beyond {MEDIAN.write(measured.total)}."
    place = find_place(nearest)
    return f"{sentence} The closest point lies {_describe_place(nearest, place)}." if place else sentence


def find_nearest(measured: Metrics) -> ZoneMetrics:
    """Return the row of the zone that comes closest, which the key sentence names."""
    return min(measured.zones, key=lambda row: row.nearest_km)


def build_comparison_headline(titles: Sequence[str], totals: Sequence[ZoneMetrics], front: FrontFacts) -> str:
    """Return how close each scenario comes, the closest first."""
    pairs = sorted(zip(titles, totals, strict=True), key=lambda pair: pair[1].nearest_km)
    named = "; ".join(f"“{title}”, {describe_nearest(total)}" for title, total in pairs[:MOST_NAMED])
    more = f"; and {len(pairs) - MOST_NAMED} more" if len(pairs) > MOST_NAMED else ""
    return f"Closest to the {front.noun}: {named}{more}."


def build_brief_headline(titles: Sequence[str], totals: Sequence[ZoneMetrics], front: FrontFacts) -> str:
    """Return how close the closest and the farthest of several scenarios come, for where all are in a table."""
    pairs = sorted(zip(titles, totals, strict=True), key=lambda pair: pair[1].nearest_km)
    (first, closest), (last, farthest) = pairs[0], pairs[-1]
    return (
        f"Closest to the {front.noun}: “{first}”, {describe_nearest(closest)}; "
        f"farthest from it: “{last}”, {describe_nearest(farthest)}."
    )


def describe_nearest(row: ZoneMetrics) -> str:
    """Return how near a row comes: ``200 km in a straight line across the Black Sea``."""
    if row.nearest_km == 0:
        return "which touches or crosses it"
    if row.nearest_low_km == 0 and not row.nearest_low_disputed:
        return "within the line's uncertainty"
    if row.nearest_low_km == 0:
        return f"{NEAREST.write(row)} {notes.describe_way(row)}, or none if what is disputed counts"
    side = ", from the far side" if row.nearest_beyond else ""
    return f"{NEAREST.write(row)} {notes.describe_way(row)}{side}"


def find_place(row: ZoneMetrics) -> Place | None:
    """Return the place to find a closest point by, in its country if one is in reach; None on the front itself."""
    for country in (row.country, None) if row.nearest_km > 0 else ():
        with suppress(UnknownNameError):  # a country without a place on the map
            place = basemap.nearest_place(*row.nearest_from, country=country)
            if _away_km(row, place) <= REACH_KM:
                return place
    return None


def _away_km(row: ZoneMetrics, place: Place) -> float:
    return geodesy.length_km(LineString([(place.lon, place.lat), row.nearest_from]))


def _describe_place(row: ZoneMetrics, place: Place) -> str:
    """Return where the closest point lies: ``near Nikopol``, ``28 km east of Chernivtsi``."""
    away_km = _away_km(row, place)
    if away_km <= NEAR_KM:
        return f"near {place.name}"
    towards = numerals.format_compass(geodesy.bearing_deg((place.lon, place.lat), row.nearest_from))
    return f"{numerals.format_km(away_km)} {towards} of {place.name}"
