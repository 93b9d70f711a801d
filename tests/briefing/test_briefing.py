"""The key sentence: how near, near where, and how far half of the area is."""

from __future__ import annotations

from shapely.geometry import Polygon, box

from geo.briefing.briefing import build_briefing
from geo.fronts.front import find_front
from geo.scenarios.scenario import Scenario, Zone, find_scenario

FRONT = find_front("2025-03-27")


def write_headline(*shapes: Polygon) -> str:
    """Return the key sentence of zones of these shapes."""
    zones = tuple(Zone(f"Area {number}", shape, "UA") for number, shape in enumerate(shapes, start=1))
    return build_briefing(Scenario("odd", "Odd", "Made for a test.", zones), FRONT).headline


def test_place_stands_with_the_point_of_the_zone_not_with_the_front() -> None:
    """With several zones the sentence names the nearest one, and the place beside that zone's point."""
    assert build_briefing(find_scenario("dnipro-line"), FRONT).headline == (
        "The nearest of 4 zones is Kremenchuk to Horishni Plavni reach: its nearest point, near Oleksandriia, "
        "lies about 150 km from the line of contact; half of the whole area is farther than 290 km."
    )


def test_one_zone_needs_no_name() -> None:
    """Of a single zone the sentence speaks as the zone."""
    said = write_headline(box(32.5, 49, 33, 49.5))
    assert said.startswith("The zone's nearest point, near Svitlovodsk, lies about ")
    assert "; half of it is farther than " in said


def test_place_far_from_the_point_is_left_out() -> None:
    """Steppe 1,500 km from any place on the map is near none of them."""
    said = write_headline(box(70, 48, 73, 50))
    assert said.startswith("The zone's nearest point lies about 2,") and "near " not in said


def test_zone_on_the_front_has_no_distance() -> None:
    """A zone across the front says so, whether it is alone or one of several."""
    across, apart = box(36, 47, 38, 49), box(30, 49, 31, 50)
    assert write_headline(across) == "The zone touches or crosses the line of contact; its distance is 0."
    assert write_headline(apart, across).startswith("The nearest of 2 zones, Area 2, touches or crosses the ")
