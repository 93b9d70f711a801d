"""The key sentence: how near, near where, and how far half of the area is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely.geometry import Polygon, box

from geo import shipped
from geo.briefing import headline
from geo.briefing.briefing import build_briefing
from geo.fronts.reading import find_front
from geo.geodesy import GEOD
from geo.reference.basemap import find_place
from geo.scenarios.scenario import Scenario, Zone, find_scenario
from tests.made_up.briefing import build_front

FRONT = find_front("2025-03-27")


def write_headline(*shapes: Polygon) -> str:
    """Return the key sentence of zones of these shapes."""
    zones = tuple(Zone(f"Area {number}", shape, "UA") for number, shape in enumerate(shapes, start=1))
    return build_briefing(Scenario("odd", "Odd", "Made for a test.", zones), FRONT).headline


def test_place_stands_with_the_point_of_the_zone_not_with_the_front() -> None:
    """With several zones the sentence names the closest one; the place has its distance, direction and own sentence."""
    assert build_briefing(find_scenario("dnipro-line"), FRONT).headline == (
        "Closest to the front: Kremenchuk to Horishni Plavni reach, 150 km in a straight line; "
        "half the area lies beyond 305 km. The closest point lies 28 km east of Oleksandriia."
    )


@pytest.mark.parametrize("name", [*shipped.scenarios()])
def test_place_is_in_the_country_of_the_zone_and_in_reach(name: str) -> None:
    """No zone is found by a place abroad while one at home is in reach; what is called near is within 10 km."""
    built = build_briefing(find_scenario(name), FRONT)
    nearest = min(built.metrics.zones, key=lambda row: row.nearest_km)
    assert built.place is not None and built.place.country == nearest.country
    _, _, metres = GEOD.inv(built.place.lon, built.place.lat, *nearest.nearest_from)
    assert metres / 1000 <= headline.REACH_KM
    assert (f"near {built.place.name}" in built.headline) == (metres / 1000 <= headline.NEAR_KM)
    assert built.headline.endswith(f"{built.place.name}.")


def test_direction_is_seen_from_the_place() -> None:
    """A point east of a town is called east of it; one within 10 km is near it."""
    town = find_place("Svitlovodsk")
    for east_deg, said in ((0.05, "near Svitlovodsk."), (-0.5, " west of Svitlovodsk.")):
        lon = town.lon + east_deg
        zone = box(lon - 0.02, town.lat - 0.01, lon, town.lat)
        assert write_headline(zone).endswith(said)


def test_straight_line_names_the_sea() -> None:
    """The sentence says that the distance is a straight line, and that it runs over the Black Sea."""
    said = build_briefing(find_scenario("neighbouring-country"), FRONT).headline
    assert "200 km in a straight line across the Black Sea; " in said


def test_one_zone_needs_no_name() -> None:
    """Of a single zone the sentence gives the distance alone."""
    said = write_headline(box(32.5, 49, 33, 49.5))
    assert said.startswith(
        "Closest to the front: 195 km in a straight line; half the area lies beyond 230 km."
    )


def test_place_far_from_the_point_is_left_out() -> None:
    """Steppe 1,500 km from any place on the map is near none of them."""
    said = write_headline(box(70, 48, 73, 50))
    assert said.startswith("Closest to the front: 2,") and "closest point" not in said


def test_zone_on_the_front_has_no_distance() -> None:
    """A zone across the front says so, whether it is alone or one of several."""
    across, apart = box(36, 47, 38, 49), box(30, 49, 31, 50)
    assert write_headline(across).startswith(
        "The zone touches or crosses the front; half of what lies on the near side lies beyond "
    )
    assert write_headline(apart, across).startswith(
        "Closest to the front: Area 2, which touches or crosses it; "
    )


def test_distance_within_the_uncertainty_is_not_given_in_kilometres() -> None:
    """A zone 2 km from the line may as well lie on the true one."""
    made_up = build_front()
    sector = replace(made_up.sectors[0], precision_km=5.0)
    front = replace(made_up, sectors=(sector,), precisions_km=(5.0,))
    zones = (Zone("A", box(33.39, 47.015, 33.4, 47.02), "UA"),)
    said = build_briefing(Scenario("odd", "Odd", "Made for a test.", zones), front).headline
    assert said.startswith("Closest to the front: within the line's uncertainty; half the area ")
