"""The words along the line of a printed map: who holds which side, and Crimea."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import shapely
import shapely.affinity
from shapely.geometry import MultiLineString, Point

from geo.briefing.briefing import Briefing, build_briefing
from geo.fronts.front import Front
from geo.fronts.reading import find_front
from geo.reference.countries import read_countries
from geo.renderers.figure import fonts, frontnames, layout
from geo.renderers.figure.fonts import Face
from geo.renderers.figure.layout import Printout
from geo.renderers.figure.lettering import Sizes
from geo.renderers.figure.sheet import PAGES
from geo.scenarios.scenario import Scenario, Zone, find_scenario
from tests.made_up.options import build_options
from tests.renderers.figure.reading import read_axes, read_words

SIDES = ("held by Ukraine", "held by Russian forces")


def lettered(printout: Printout) -> dict[str, Point]:
    """Return the words along the front of a page, each with its middle in millimetres, as it is drawn."""
    found = {}
    for text in read_axes(printout.drawing).texts:
        if text.get_text() in SIDES:
            size = text.get_fontsize()
            half = fonts.measure_mm(text.get_text(), Face("serif-italic", float(size))) / 2
            turn = np.radians(-text.get_rotation())
            x, y = text.get_position()
            found[text.get_text()] = Point(x + half * np.cos(turn), y + half * np.sin(turn))
    return found


@pytest.mark.parametrize("name", ["dnipro-line", "neighbouring-country", "western-ukraine"])
def test_each_side_is_lettered_on_the_right_side(
    printout_of: Callable[[str, str], Printout], briefing_of: Callable[[str], Briefing], name: str
) -> None:
    """The middle of the words lies beyond the line or before it as they say, and on no zone."""
    printout, briefing = printout_of(name, "a4"), briefing_of(name)
    view = printout.maps[0].view
    beyond = view.to_page(briefing.far_ground)
    middles = lettered(printout)
    assert set(middles) == set(SIDES)
    for number, words in enumerate(SIDES):
        middle, box = middles[words], printout.maps[0].labels["side", number]
        assert beyond.contains(middle) == (words == SIDES[1])
        assert middle.distance(Point(box.middle)) < 1.5
        assert box.is_inside(view.frame)
        assert not any(middle.within(view.to_page(zone.geometry)) for zone in briefing.scenario.zones)


@pytest.mark.parametrize("name", ["dnipro-line", "neighbouring-country", "western-ukraine"])
def test_front_is_named_on_its_near_side(
    printout_of: Callable[[str, str], Printout], briefing_of: Callable[[str], Briefing], name: str
) -> None:
    """The name of the line stands in Ukraine, before the line, on paper and on a slide."""
    briefing = briefing_of(name)
    near = shapely.difference(read_countries().find("UA"), briefing.far_ground)
    for page in ("a4", "16x9"):
        seen = printout_of(name, page).maps[0]
        assert seen.view.to_page(near).contains(Point(seen.labels["front", 0].middle))


def test_a_front_turned_around_is_lettered_alike() -> None:
    """The same line drawn from its other end, its held side changed with it, has the same words on the same ground."""
    front = find_front("2025-03-27")
    around = replace(front, line=shapely.reverse(front.line), held_side="left")
    scenario = find_scenario("dnipro-line")
    for each in (front, around):
        briefing = build_briefing(scenario, each)
        printout = layout.build_figure(briefing, PAGES["a4"])
        beyond = printout.maps[0].view.to_page(briefing.far_ground)
        for words, middle in lettered(printout).items():
            assert beyond.contains(middle) == (words == SIDES[1])


def test_a_front_of_many_copies_asks_for_few_spots(printout_of: Callable[[str, str], Printout]) -> None:
    """Forty lines on one course, millimetres apart, are not all tried for a place of the same words."""
    front = find_front("2025-03-27")
    parts = [shapely.affinity.translate(part, step * 1e-8) for part in front.line.geoms for step in range(40)]
    briefing = build_briefing(find_scenario("dnipro-line"), front)
    many = replace(briefing, front=replace(front, line=MultiLineString(parts)))
    view = printout_of("dnipro-line", "a4").maps[0].view
    few, more = (list(frontnames.letter_sides(view, each, [], Sizes())) for each in (briefing, many))
    assert [label.name for label in more] == [label.name for label in few]
    assert all(len(label.variants) < 2000 for label in more)


def test_crimea_is_lettered_where_it_is_seen(printout_of: Callable[[str, str], Printout]) -> None:
    """Its name says since when it is occupied, in its own place; a map that ends before it does not move it."""
    assert "(occupied since 2014)" in read_words(printout_of("neighbouring-country", "a4").drawing)
    seen = printout_of("neighbouring-country", "a4").maps[0]
    x, y = seen.labels["crimea", 0].middle
    assert Point(x, y).distance(Point(seen.view.point_to_page((34.3, 45.3)))) < 12
    assert "(occupied since 2014)" not in read_words(printout_of("dnipro-line", "a4").drawing)


def words_of(front: Front, *zones: shapely.Geometry) -> list[str]:
    named = tuple(Zone(f"Zone {number}", zone, "UA") for number, zone in enumerate(zones))
    return read_words(
        layout.build_figure(build_briefing(Scenario("s", "S", "", named), front), PAGES["a4"]).drawing
    )


def test_legend_names_the_ground_beyond_and_zones_on_it() -> None:
    """Both signs stand in the legend where they are drawn; a front without sides has neither, nor words along it."""
    front = find_front("2025-03-27")
    before, across = shapely.box(30, 48, 31, 49), shapely.box(34.6, 47.2, 36.6, 48.3)
    held, part = "Held by Russian forces as reported, 27 March 2025", "Part of a zone beyond the line"
    assert held in words_of(front, before)
    assert part not in words_of(front, before)
    assert {held, part} <= set(words_of(front, before, across))
    assert not {held, part, *SIDES, "Crimea"} & set(words_of(replace(front, held_side=None), before))


@pytest.mark.parametrize("page", ["a4", "16x9"])
@pytest.mark.parametrize("name", ["country-sized", "crossing-the-front", "islands", "tiny", "corridor"])
def test_names_of_the_ground_keep_off_zones(name: str, page: str) -> None:
    """No country, sector or front is named on a zone, no river across its outline; every zone has its whole name."""
    briefing = build_briefing(build_options()[name], find_front("2025-03-27"))
    printout = layout.build_figure(briefing, PAGES[page])
    (drawn,) = printout.maps
    zones = [drawn.view.to_page(zone.geometry) for zone in briefing.scenario.zones]
    for (kind, _), box in drawn.labels.items():
        if kind in ("country", "sector", "front"):
            assert not any(box.shape().intersects(zone) for zone in zones), kind
        if kind == "river":
            assert not any(box.shape().intersects(zone.boundary) for zone in zones), kind
    for index, zone in enumerate(briefing.scenario.zones):
        kind = "zone" if ("zone", index) in drawn.labels else "apart"
        assert (kind, index) in drawn.labels
        part = (f"label {kind}", zone.name)
        words = [mark.content[2] for mark in printout.drawing.marks if mark.part == part]
        assert " ".join(words[:-1]) == zone.name
