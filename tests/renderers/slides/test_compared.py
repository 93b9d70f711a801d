"""The slide of a comparison: from two scenarios to six, whatever their titles."""

from __future__ import annotations

import functools
import io
import itertools
from dataclasses import replace
from typing import Any

import pytest
from pptx import Presentation
from shapely.geometry import LineString

from geo.briefing.comparison import Comparison, build_comparison, code_scenario, name_zones
from geo.fronts.reading import find_front
from geo.renderers import figure, slides
from geo.renderers.figure import layers, lettering
from geo.renderers.figure.placement import Box
from geo.renderers.figure.sheet import Drawing
from geo.scenarios.scenario import find_scenario, read_scenarios
from tests.made_up.options import build_options
from tests.renderers.slides.reading import assert_nothing_overlaps, box_of, leaves_of, table_of, words_of

TITLES = {
    "usual": None,
    "cyrillic": "Уздовж Дніпра в центральній Україні {}",
    "long": "On the right bank of the Dnipro and along the railway from Lviv to the coast {}",
}


@functools.cache
def compare(count: int, titles: str) -> Comparison:
    """Return a comparison of so many scenarios, shipped and made up: one zone, many, tiny and large ones."""
    made = build_options()
    scenarios = [
        find_scenario("dnipro-line"),
        find_scenario("western-ukraine"),
        made["corridor"],
        made["three-countries"],
        made["islands"],
        made["cyrillic"],
    ][:count]
    if title := TITLES[titles]:
        scenarios = [
            replace(each, title=title.format(number)) for number, each in enumerate(scenarios, start=1)
        ]
    return build_comparison(scenarios, find_front("2025-03-27"))


@functools.cache
def render(count: int, titles: str) -> Any:
    """Return the slide of that comparison."""
    return Presentation(io.BytesIO(slides.render_comparison_pptx(compare(count, titles)))).slides[0]


CASES = [
    *((count, "usual") for count in range(2, 7)),
    *((count, titles) for count in (3, 6) for titles in list(TITLES)[1:]),
]


@pytest.mark.parametrize(("count", "titles"), CASES)
def test_every_word_is_whole_and_clear_of_others(count: int, titles: str) -> None:
    """On the maps, above and beneath them, whatever the titles."""
    check_words(count, titles)
    check_titles(count, titles)
    check_key_sentence(count, titles)


def check_words(count: int, titles: str) -> None:
    """No box over another, nothing under 12 points; on the maps no words over words, nor outside the slide."""
    slide = render(count, titles)
    assert_nothing_overlaps(slide)
    assert min(int(size) for size in slide.shapes._spTree.xpath(".//a:rPr/@sz")) >= 1200
    for shape in slide.shapes:
        if hasattr(shape, "shapes"):
            lettered = [(each, box_of(each)) for each in leaves_of(shape) if each.has_text_frame]
            lettered = [(each, box) for each, box in lettered if each.text_frame.text and not each.rotation]
            assert all(box.is_inside(box_of(shape).grow(0.1)) for _, box in lettered)
            for (one, first), (other, second) in itertools.combinations(lettered, 2):
                names = one.text_frame.text, other.text_frame.text
                assert not first.grow(-0.3, -0.4).is_over(second.grow(-0.3, -0.4)), names


def check_titles(count: int, titles: str) -> None:
    """Over its map and in the table; of four and more the letter that begins its zones' codes stands before it."""
    slide, briefings = render(count, titles), compare(count, titles).briefings
    (group,) = (shape for shape in slide.shapes if shape.name == "Map")
    rows = [row.cells[0].text for row in table_of(slide).rows][1:]
    for index, each in enumerate(briefings):
        title = each.scenario.title if count < 4 else f"{code_scenario(index)}: {each.scenario.title}"
        above = [shape for shape in group.shapes if shape.name == f"Title: {each.scenario.title}"]
        assert " ".join(words_of(above[0]).split()) == title
        assert rows[index].split("\v")[0] == title


def check_key_sentence(count: int, titles: str) -> None:
    """Where it would take more than two lines, it names the closest and the farthest, and the notes have it all."""
    slide, comparison = render(count, titles), compare(count, titles)
    (shape,) = (shape for shape in slide.shapes if shape.name == "Key sentence")
    said = shape.text_frame.text.replace("\N{NO-BREAK SPACE}", " ")
    assert said in (comparison.headline, *comparison.brief_headlines)
    assert comparison.headline in slide.notes_slide.notes_text_frame.text


@functools.cache
def _draw(count: int) -> tuple[figure.Printout, Comparison]:
    comparison = compare(count, "usual")
    return figure.build_stack(comparison, figure.plan_stack(comparison, 314.7, 120, 105)), comparison


@pytest.mark.parametrize("count", [4, 5, 6])
def test_maps_in_two_rows_can_be_read(count: int) -> None:
    """They are large, with codes that belong to their zones, lines clear of words, and one scale."""
    check_maps(count)
    check_leaders(count)
    check_scale(count)


def check_maps(count: int) -> None:
    """Each has its shortest distance beside its way and the code of every zone, which hides no zone by half."""
    printout, comparison = _draw(count)
    assert {drawn.view.frame.width > 60 for drawn in printout.maps} == {True}
    assert len({drawn.view.frame.top for drawn in printout.maps}) == 2
    for briefing, drawn in zip(comparison.briefings, printout.maps, strict=True):
        (way,) = layers.nearest_ways(drawn.view, [briefing.metrics.total])
        assert LineString(way).distance(drawn.labels["distance", 0].shape()) < 5
        areas = [drawn.view.to_page(zone.geometry) for zone in briefing.scenario.zones]
        for index, own in enumerate(areas):
            code = drawn.labels.get(("zone", index)) or drawn.labels["apart", index]
            share = own.intersection(code.shape()).area / code.shape().area
            assert share == 0 or share >= 0.6
            assert all(
                other.intersection(code.shape()).area <= 0.25 * code.shape().area
                for at, other in enumerate(areas)
                if at != index
            )


def check_leaders(count: int) -> None:
    """No line to a code runs through a code, the name of a town or a distance."""
    printout, comparison = _draw(count)
    led = 0
    for briefing, drawn in zip(comparison.briefings, printout.maps, strict=True):
        for (kind, index), box in drawn.labels.items():
            if kind != "apart":
                continue
            led += 1
            area = drawn.view.to_page(briefing.scenario.zones[index].geometry)
            line = lettering.find_leader(box, area.representative_point().coords[0])
            inner = line.difference(area.buffer(1.2))
            others = [other for name, other in drawn.labels.items() if name != (kind, index)]
            assert not any(inner.intersects(other.grow(-0.3).shape()) for other in others)
    assert led


def check_scale(count: int) -> None:
    """One bar for all of them, as long as it says, and on no map, where it would leave no room for zones."""
    printout, _ = _draw(count)
    assert not any(mark.part[0] in ("scale", "north") for mark in printout.drawing.marks)
    ((km, drawn_mm),) = _read_bars(printout.drawing)
    view = printout.maps[0].view
    assert drawn_mm == pytest.approx(km * view.mm_per_km_at(*view.frame.middle), rel=1e-6)


def _read_bars(drawing: Drawing) -> list[tuple[float, float]]:
    """Return what each bar of a key says, in km, and how long it is on the page."""
    parts = dict.fromkeys(mark.part for mark in drawing.marks if mark.part[1].endswith(" km on every map"))
    bars = []
    for part in parts:
        halves: list[Box] = [
            mark.content[0] for mark in drawing.marks if mark.part == part and mark.kind == "rectangle"
        ]
        bars.append((float(part[1].split()[0].replace(",", "")), sum(half.width for half in halves)))
    return bars


def test_table_beside_the_maps_names_zones() -> None:
    """All of them by their codes, the nearest first, where there is room; else the nearest, and the notes the rest."""
    for count, heading in (
        (4, "Scenario\vand its zones, the nearest first"),
        (6, "Scenario\vand its nearest zone"),
    ):
        slide, comparison = render(count, "usual"), compare(count, "usual")
        first, *rows = [row.cells[0].text for row in table_of(slide).rows]
        assert first == heading
        for index, (row, each) in enumerate(zip(rows, comparison.briefings, strict=True)):
            zones = each.metrics.zones
            nearest = min(range(len(zones)), key=lambda at: zones[at].nearest_km)
            code = f"{code_scenario(index)}{nearest + 1} " if len(zones) > 1 else ""
            assert row.split("\v")[1].startswith(f"{code}{zones[nearest].zone}")
            assert count == 6 or all(zone.zone in row for zone in zones)
            assert all(zone.zone in slide.notes_slide.notes_text_frame.text for zone in zones)


def test_the_nearest_zone_is_named_below_its_map() -> None:
    """Where not all names have room, it comes first."""
    comparison = build_comparison(list(read_scenarios().values()), find_front("2025-03-27"))
    slide = Presentation(io.BytesIO(slides.render_comparison_pptx(comparison))).slides[0]
    for names, briefing in zip(name_zones(comparison), comparison.briefings, strict=True):
        (below,) = (each for each in slide.shapes if each.name == f"Zones of {briefing.scenario.title}")
        nearest = names[briefing.metrics.nearest_first[0]]
        assert nearest in below.text_frame.text
        assert below.text_frame.text.startswith(names[0]) or "more" in below.text_frame.text
