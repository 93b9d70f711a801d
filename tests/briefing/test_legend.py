"""What signs on a map mean: the ground beyond a front, and who holds which side of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely.geometry import MultiPolygon, box

from geo.briefing import legend
from geo.briefing.briefing import build_briefing
from geo.fronts.reading import find_front
from geo.scenarios.scenario import Scenario, Zone

FRONT = find_front("2025-03-27")


def test_ground_beyond_is_named_with_its_day() -> None:
    """It is what was reported on a day, not what the map's maker says."""
    assert legend.describe_far_ground(FRONT) == "Held by Russian forces as reported, 27 March 2025"


@pytest.mark.parametrize("held", ["left", "right"])
def test_each_side_is_lettered_on_its_own_hand(held: str) -> None:
    """The side that the file calls held is Ukraine's, the other one is not."""
    near, far = legend.letter_sides(replace(FRONT, held_side=held))
    assert (near.text, near.side, near.is_far) == ("held by Ukraine", 1 if held == "right" else -1, False)
    assert (far.text, far.side, far.is_far) == ("held by Russian forces", -near.side, True)


def test_a_front_without_sides_says_nothing_of_them() -> None:
    """Where the file names no side there is no ground beyond it, no lettering, and no word on Crimea."""
    front = replace(FRONT, held_side=None)
    assert legend.letter_sides(front) == []
    scenario = Scenario("s", "S", "", (Zone("Z", box(30, 48, 31, 49), "UA"),))
    briefing = build_briefing(scenario, front)
    assert (briefing.far_ground, briefing.crimea) == (MultiPolygon(), None)


def test_a_briefing_knows_what_of_its_zones_lies_beyond() -> None:
    """The part of a zone across the front, all of one behind it, and nothing of one before it."""
    across, behind, before = box(34.6, 47.2, 36.6, 48.3), box(37.5, 47.5, 38.2, 48.0), box(30, 48, 31, 49)
    zones = tuple(Zone(name, each, "UA") for name, each in (("A", across), ("B", behind), ("C", before)))
    briefing = build_briefing(Scenario("s", "S", "", zones), FRONT)
    shares = [part.area / zone.geometry.area for part, zone in zip(briefing.zones_beyond, zones, strict=True)]
    assert shares == pytest.approx([row.beyond_share for row in briefing.metrics.zones], abs=0.005)
    assert shares[1:] == [1, 0]
    assert 0.1 < shares[0] < 0.9
    assert [row.nearest_beyond for row in briefing.metrics.zones] == [False, True, False]
