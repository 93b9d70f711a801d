"""Scenarios side by side against one front."""

from __future__ import annotations

from dataclasses import replace

from geo import numerals
from geo.briefing import notes
from geo.briefing.comparison import Comparison, build_comparison, code_scenario, combine_briefings
from geo.fronts.reading import find_front
from geo.scenarios.scenario import find_scenario, read_scenarios

FRONT = find_front("2025-03-27")


def test_every_scenario_is_measured_against_the_same_front() -> None:
    """The briefings keep the order asked for and share the front."""
    built = build_comparison(list(read_scenarios().values()), FRONT)
    assert [each.scenario.id for each in built.briefings] == list(read_scenarios())
    assert all(each.front is FRONT for each in built.briefings)


def test_headline_names_every_scenario_the_nearest_first() -> None:
    """The key sentence is computed: each scenario with its distance, whatever the order asked for."""
    built = build_comparison(list(reversed(read_scenarios().values())), FRONT)
    by_distance = sorted(built.briefings, key=lambda each: each.metrics.total.nearest_km)
    places = [built.headline.index(f"“{each.scenario.title}”") for each in by_distance]
    assert places == sorted(places)
    for each in by_distance:
        km = numerals.format_km(each.metrics.total.nearest_km)
        assert f"“{each.scenario.title}”, {km} in a straight line" in built.headline
    assert "across the Black Sea" in built.headline


def test_caveats_and_sources_are_those_of_all() -> None:
    """What only one scenario has to say is kept, and one without a source is named, whatever the order."""
    cited, candidates = find_scenario("dnipro-line"), find_scenario("neighbouring-country")
    bare = replace(cited, id="bare", title="A drawing", claims=())
    built = build_comparison([bare, cited, candidates], FRONT)
    assert notes.CANDIDATES in built.caveats
    assert notes.NO_SOURCE not in built.caveats
    assert (
        "No source is given for “A drawing”: drawings without a reported claim behind them." in built.caveats
    )
    assert built.sources[0].id == "paris-2025-03-27"
    assert len(built.sources) == len({source.id for source in built.sources}) > 1
    assert built.sources == built.briefings[1].sources
    assert build_comparison([bare], FRONT).caveats == built.briefings[0].caveats
    assert len(built.caveats) == len(set(built.caveats))
    assert set(built.credits) == {line for each in built.briefings for line in each.credits}


def test_codes_go_on_after_the_alphabet() -> None:
    """Scenarios are A to Z, then AA."""
    assert [code_scenario(index) for index in (0, 25, 26, 27, 52)] == [
        "A",
        "Z",
        "AA",
        "AB",
        "BA",
    ]


def test_combined_briefings_are_the_comparison(compared: Comparison) -> None:
    """Briefings that are there already make the same comparison as measuring again."""
    assert combine_briefings(compared.briefings, compared.front) == compared
