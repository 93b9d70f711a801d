"""Where the names of zones may stand: in their own country, and clear of the next name."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
import shapely

from geo.briefing.briefing import Briefing, build_briefing
from geo.fronts.reading import find_front
from geo.reference.countries import read_countries
from geo.renderers.figure import fonts, homeland, layout
from geo.renderers.figure.fonts import Face
from geo.renderers.figure.layout import SLIDE_PT, MapLayout
from geo.renderers.figure.sheet import PAGES
from geo.renderers.figure.view import View
from geo.scenarios.scenario import Zone, read_scenarios
from tests.made_up.options import build_options

KINDS = ("zone", "apart", "number")
NAMES = [*read_scenarios(), "three-countries", "georgia", "estonia", "country-sized"]


def brief(name: str) -> Briefing:
    shipped = read_scenarios()
    return build_briefing(shipped.get(name) or build_options()[name], find_front("2025-03-27"))


def lay_out(briefing: Briefing, medium: str) -> MapLayout:
    zones = range(len(briefing.scenario.zones))
    if medium == "slide":
        return layout.build_map(briefing, 207.7, 110, listed=zones).maps[0]
    return layout.build_figure(briefing, PAGES[medium]).maps[0]


@pytest.mark.parametrize("medium", ["slide", "a4"])
@pytest.mark.parametrize("name", NAMES)
def test_no_zone_is_named_abroad(name: str, medium: str) -> None:
    """More than half of a name stands on no land that its zone does not lie in, but for the nearest zone's."""
    briefing, countries = brief(name), read_countries()
    drawn = lay_out(briefing, medium)
    distances = [row.nearest_km for row in briefing.metrics.zones]
    for (kind, index), box in drawn.labels.items():
        if kind in KINDS and not (kind == "zone" and distances[index] == min(distances)):
            zone = briefing.scenario.zones[index]
            for code, country in zip(countries.codes, countries.shapes, strict=True):
                land = drawn.view.to_page(country)
                if code != zone.country and not land.is_empty:
                    part = shapely.intersection(land, box.shape()).area / box.shape().area
                    assert part < (0.95 if kind == "number" else 0.6), (zone.name, code)


def test_a_name_stands_further_from_the_next_than_words_do() -> None:
    """In the large type of a slide two names in a row do not read as one."""
    space_mm = fonts.measure_mm(" ", Face("sans", SLIDE_PT))
    drawn = lay_out(brief("western-ukraine"), "slide")
    words = [box for (kind, _), box in drawn.labels.items() if kind != "distance"]
    for one, other in itertools.combinations(words, 2):
        assert not replace(one, left=one.left - space_mm, right=one.right + space_mm).is_over(other)


def test_a_zone_at_sea_of_no_country_has_no_foreign_land() -> None:
    """The name of such a zone may stand on any coast."""
    view: View = lay_out(brief("islands"), "a4").view
    zone = Zone("Roads", shapely.box(31.0, 45.8, 31.2, 46.0), None)
    assert len(homeland.find_foreign_land(view, zone)) == 0
    assert len(homeland.find_foreign_land(view, replace(zone, country="UA"))) > 0
