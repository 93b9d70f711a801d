"""Scenarios side by side against one front."""

from __future__ import annotations

from geo import style
from geo.comparison import build_comparison
from geo.front import find_front
from geo.scenario import find_scenario, read_scenarios

FRONT = find_front("2025-03-27")


def test_every_scenario_is_measured_against_the_same_front() -> None:
    """The briefings keep the order asked for and share the front."""
    built = build_comparison(list(read_scenarios().values()), FRONT)
    assert [each.scenario.id for each in built.briefings] == list(read_scenarios())
    assert all(each.front is FRONT for each in built.briefings)


def test_headline_names_the_nearest_and_the_farthest() -> None:
    """The key sentence is computed: the Dnipro corridor comes nearest, western Ukraine stays farthest."""
    built = build_comparison([find_scenario("western-ukraine"), find_scenario("dnipro-line")], FRONT)
    west, dnipro = built.briefings
    assert built.headline.startswith(f"“{dnipro.scenario.title}” comes within about")
    assert style.format_km(west.metrics.total.nearest_km) in built.headline
    assert "no nearer" not in build_comparison([find_scenario("dnipro-line")], FRONT).headline
