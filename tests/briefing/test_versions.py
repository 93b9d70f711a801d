"""Two versions of a scenario: zones added, removed, moved, renamed, and figures that changed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely.geometry import box

from geo import geodesy
from geo.briefing import versions
from geo.briefing.versions import Versions, compare_versions
from geo.scenarios.scenario import Scenario, Zone
from tests.made_up.briefing import build_front

NORTH = Zone("North", box(31, 50, 31.5, 50.5), "UA")
SOUTH = Zone("South", box(31, 48, 31.5, 48.5), "UA")
OLD = Scenario("plan", "A plan", "", (NORTH, SOUTH))


def compare(new: Scenario) -> Versions:
    return compare_versions(OLD, new, build_front())


def test_the_same_version() -> None:
    """Of equal versions nothing is said but that nothing changed, whatever the order of their vertices."""
    turned = replace(NORTH, geometry=box(31, 50, 31.5, 50.5, ccw=False))
    for same in (OLD, replace(OLD, zones=(turned, SOUTH))):
        assert versions.render(compare(same)) == "Nothing changed.\n"


def test_a_zone_that_moved() -> None:
    """Its ground is compared by area, and its figures by what both versions measure."""
    found = compare(replace(OLD, zones=(NORTH, replace(SOUTH, geometry=box(31.1, 48, 31.6, 48.5)))))
    (moved,) = [pair for pair in found.pairs if pair.is_moved]
    strip = geodesy.area_km2(box(31.5, 48, 31.6, 48.5))
    assert [moved.grown_km2, moved.shrunk_km2] == pytest.approx([strip, strip])
    nearest = next(each for each in found.changed if each.figure.key == "nearest_km")
    assert nearest.after.zone == "South" and nearest.difference < 0
    assert f"South, nearest: −{-nearest.difference:.3f} km" in versions.render(found)


def test_a_zone_with_another_name() -> None:
    """A zone of the same outline is the same zone, renamed; none is added or removed, no figure changes."""
    found = compare(replace(OLD, zones=(replace(NORTH, name="Upper"), SOUTH)))
    record = versions.build_record(found)
    assert record["renamed"] == [{"from": "North", "to": "Upper"}]
    assert record["added"] == record["removed"] == record["moved"] == record["changed"] == []


def test_zones_added_and_removed() -> None:
    """What only one version has is named, with its area; what is said in other words too."""
    east = Zone("East", box(33, 48, 33.5, 48.5), "UA")
    found = compare(replace(OLD, title="Another plan", zones=(replace(NORTH, basis="Redrawn."), east)))
    text = versions.render(found)
    assert "Added: East, 2,060 km²." in text and "Removed: South, 2,060 km²." in text
    assert "The scenario's title is another one." in text and "Described otherwise: North (basis)." in text
    assert [each.after.zone for each in found.changed][:1] == ["All zones"]
