"""Scenarios side by side on paper and on a slide."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from PIL import Image
from pptx import Presentation
from pypdf import PdfReader
from shapely.geometry import LineString, Point

from geo.briefing import citing
from geo.briefing.comparison import Comparison, build_comparison, code_zones, name_zones
from geo.briefing.extent import view_extent
from geo.errors import UsageError
from geo.measuring import figures
from geo.measuring.figures import Output
from geo.renderers import figure, slides
from geo.renderers.figure import compare, furniture, layers
from geo.renderers.figure.layout import SLIDE_PT, Printout
from geo.renderers.figure.placement import Box
from geo.renderers.figure.sheet import PAGES, Sheet
from geo.renderers.figure.view import View
from geo.scenarios.scenario import find_scenario
from tests.renderers.figure.reading import read_axes, read_text, read_words


@pytest.fixture(scope="module")
def scenarios_of_several_zones(comparison: Comparison) -> Comparison:
    """Return a comparison of six made-up scenarios of two to four small zones, which crowd in places."""
    zone = find_scenario("dnipro-line").zones[0]
    option = replace(find_scenario("dnipro-line"), claims=())
    spots = [
        [(29.5, 50.0), (30.6, 49.6), (31.4, 49.2)],
        [(24.0, 49.6), (25.6, 50.6)],
        [(32.0, 49.0), (33.5, 48.6), (34.6, 48.2), (34.9, 47.7)],
        [(30.2, 46.6), (31.0, 46.9)],
        [(31.2, 51.3), (33.5, 51.4), (34.5, 50.7), (28.5, 50.4)],
        [(23.0, 48.4), (24.3, 48.2), (25.5, 48.2)],
    ]
    made = [
        replace(
            option,
            id=f"made-{number}",
            title=f"Made up {number}",
            zones=tuple(
                replace(zone, name=f"Zone {index}", geometry=Point(at).buffer(0.25 + 0.05 * index))
                for index, at in enumerate(places)
            ),
        )
        for number, places in enumerate(spots)
    ]
    return build_comparison(made, comparison.front)


def test_every_scenario_has_a_map_a_row_and_the_marking(
    comparison: Comparison, compared_on: Callable[..., Printout]
) -> None:
    """All maps are of one scale and size; titles, totals and caveats stand on the page, the marking twice."""
    printout = compared_on("a4")
    views = [drawn.view for drawn in printout.maps]
    assert len(views) == len(comparison.briefings)
    assert len({view.mm_per_m for view in views}) == 1
    assert len({(round(view.frame.width, 6), round(view.frame.height, 6)) for view in views}) == 1
    words, everything = read_words(printout.drawing), read_text(printout.drawing)
    for each in comparison.briefings:
        assert words.count(each.scenario.title) == 2
        assert {
            figure.write_bare(each.metrics.total) for figure in figures.find_figures(Output.SHEET)
        } <= set(words)
        assert all(caveat in everything for caveat in each.caveats)
    assert words.count("FOR EXERCISE") == 2


@pytest.mark.parametrize("page", PAGES)
def test_every_zone_has_its_code_nearest_to_itself(
    comparison: Comparison, compared_on: Callable[..., Printout], page: str
) -> None:
    """Each zone has its code on the map, no other zone as near to it, or a line to it, and its name in the key."""
    printout = compared_on(page)
    words = read_words(printout.drawing)
    assert set(code_zones(comparison)) <= set(words)
    key = " ".join(words)
    assert all(entry in key for entries in name_zones(comparison) for entry in entries)
    for drawn, each in zip(printout.maps, comparison.briefings, strict=True):
        areas = [drawn.view.to_page(zone.geometry) for zone in each.scenario.zones]
        for index in range(len(areas)):
            if ("apart", index) in drawn.labels:
                continue  # at the end of a line
            shape = drawn.labels["zone", index].shape()
            parts = [area.intersection(shape).area for area in areas]
            away = [area.distance(shape) for area in areas]
            assert max(parts) == parts[index]
            assert min(away) == away[index]
            assert parts[index] or sorted(away)[1] > away[index] + 1


@pytest.mark.parametrize("count", [1, 2, None, 6])
@pytest.mark.parametrize("page", PAGES)
def test_no_sentence_is_cut(compared_on: Callable[..., Printout], page: str, count: int | None) -> None:
    """Key sentences and summaries stand there whole, or none of their kind does."""
    printout = compared_on(page, count)
    assert isinstance(printout.shown, Comparison)
    shown, everything = printout.shown.briefings, read_text(printout.drawing)
    for kind in ("headline", "summary"):
        texts = [getattr(each if kind == "headline" else each.scenario, kind) for each in shown]
        whole = {text in everything for text in texts}
        assert len(whole) == 1
        assert whole == {True} or not any(text[:40] in everything for text in texts)
    if count is None:
        assert all(each.headline in everything for each in shown)


def test_formats_open_elsewhere(comparison: Comparison, compared_on: Callable[..., Printout]) -> None:
    """Pillow, an XML parser and pypdf read them; the PDF has each scenario's figures and claims behind the maps."""
    printout = compared_on("16x9")
    with Image.open(io.BytesIO(figure.render_png(printout))) as picture:
        assert picture.size == (2666, 1500)
    root = ET.fromstring(figure.render_svg(printout))
    assert root[0].text == comparison.alt_short
    pages = PdfReader(io.BytesIO(figure.render_pdf(printout))).pages
    assert len(pages) >= 4
    behind = " ".join(page.extract_text() for page in pages[1:])
    assert all(row.zone.split()[0] in behind for each in comparison.briefings for row in each.metrics.zones)


@pytest.mark.parametrize("page", PAGES)
def test_files_are_small_enough_to_mail(compared_on: Callable[..., Printout], page: str) -> None:
    """All shipped scenarios side by side stay below the limit of each format, on either page."""
    printout = compared_on(page)
    assert len(figure.render_pdf(printout)) < 600_000
    assert len(figure.render_png(printout)) < 1_500_000
    assert len(figure.render_svg(printout)) < 1_800_000


def test_what_one_scenario_alone_has_to_say_is_kept(comparison: Comparison) -> None:
    """Page and slide have the caveats and sources of all scenarios, whichever stands first."""
    bare = replace(find_scenario("dnipro-line"), id="bare", title="A drawing", claims=())
    mixed = build_comparison([bare, *(each.scenario for each in comparison.briefings)], comparison.front)
    printed = read_text(compare.build_comparison_figure(mixed, PAGES["a4"]).drawing)
    slide = Presentation(io.BytesIO(slides.render_comparison_pptx(mixed))).slides[0]
    footer = next(shape for shape in slide.shapes if shape.name == "Sources").text_frame.text
    spoken = slide.notes_slide.notes_text_frame.text
    assert mixed.caveats[0] in footer
    for words in (printed, f"{footer} {spoken}"):
        assert all(caveat in words for caveat in mixed.caveats)
        assert citing.describe_sources(mixed.sources) in words
        assert "Sources: none given" not in words


def test_six_scenarios_without_a_source_leave_room_for_the_credits(comparison: Comparison) -> None:
    """One sentence names all of them, and what stands at the end of the fine print is not cut."""
    option = find_scenario("dnipro-line")
    bare = [replace(option, id=f"bare-{number}", title=f"Drawing {number}", claims=()) for number in range(6)]
    six = build_comparison(bare, comparison.front)
    assert sum(caveat.startswith("No source is given") for caveat in six.caveats) == 1
    printed = read_text(compare.build_comparison_figure(six, PAGES["a4"]).drawing)
    assert "“Drawing 0”, “Drawing 1”" in printed
    assert "Drawn by geo" in printed
    assert "Sources: none given" in printed


def test_slide_has_a_native_table_of_totals(comparison: Comparison) -> None:
    """Python-pptx reads a row for each scenario, and a map with both levels of alternative text."""
    slide = Presentation(io.BytesIO(slides.render_comparison_pptx(comparison))).slides[0]
    shapes = {shape.name: shape for shape in slide.shapes}
    rows = [[cell.text for cell in row.cells] for row in shapes["Distances"].table.rows]
    assert [row[0] for row in rows[1:]] == [each.scenario.title for each in comparison.briefings]
    for each, zones in zip(comparison.briefings, name_zones(comparison), strict=True):
        shown, _, rest = shapes[f"Zones of {each.scenario.title}"].text_frame.text.partition(" · …")
        assert {*shown.split(" · ")} <= {*zones}  # the nearest comes first where not all have room
        assert bool(rest) == (shown != " · ".join(zones))
        assert " · ".join(zones) in slide.notes_slide.notes_text_frame.text
    assert rows[1][2] == "150 (140–155)"
    about = shapes["Map"]._element.xpath(".//p:cNvPr")[0]
    assert (about.get("title"), about.get("descr")) == (comparison.alt_short, comparison.alt_long)


def test_slide_has_maps_of_named_shapes(comparison: Comparison) -> None:
    """Titles and zones of every scenario are found by name, each map has its front, and none is a picture."""
    slide = Presentation(io.BytesIO(slides.render_comparison_pptx(comparison))).slides[0]
    assert not slide.shapes._spTree.xpath(".//p:pic")
    (group,) = (shape for shape in slide.shapes if shape.name == "Map")
    names = [shape.name for shape in group.shapes]
    assert names.count("Front") == len(comparison.briefings)
    for each in comparison.briefings:
        assert f"Title: {each.scenario.title}" in names
        assert {f"Zone: {zone.name}" for zone in each.scenario.zones} <= {*names}
    numbers = slide.shapes._spTree.xpath(".//p:cNvPr/@id")
    assert len(numbers) == len({*numbers})


def test_every_map_of_a_slide_says_the_shortest_distance(comparison: Comparison) -> None:
    """The plate stands on its way, or hardly farther from it than it is high."""
    printout = figure.build_comparison_maps(comparison, 314.7, 68)
    for briefing, drawn in zip(comparison.briefings, printout.maps, strict=True):
        plate = drawn.labels["distance", 0]
        (way,) = layers.nearest_ways(drawn.view, [briefing.metrics.total])
        assert LineString(way).distance(plate.shape()) < 5


def test_scale_bar_of_a_small_map_leaves_room_for_zones(comparison: Comparison) -> None:
    """In large type the plate is no wider than bar and words need."""
    view = View(view_extent(comparison.briefings), Box(0, 0, 101, 53))
    plate, _ = furniture.draw_furniture(Sheet(PAGES["a4"]), view, comparison.briefings, type_pt=SLIDE_PT)
    assert plate.width < 0.4 * view.frame.width


@pytest.mark.parametrize("count", [3, 6])
def test_scale_of_more_than_three_maps_stands_in_the_legend(
    scenarios_of_several_zones: Comparison, count: int
) -> None:
    """On a sheet too: a plate would hide a third of a map so small; the key sentence is whole, or a briefer one."""
    some = replace(scenarios_of_several_zones, briefings=scenarios_of_several_zones.briefings[:count])
    drawing = figure.build_printout(some, PAGES["a4"]).drawing
    parts = {mark.part[0] for mark in drawing.marks}
    assert ("scale" in parts) == (count == 3)
    said = read_text(drawing)
    assert ("on every map" in said) == (count == 6)
    assert any(headline in said for headline in (some.headline, *some.brief_headlines))


@pytest.mark.parametrize("count", [1, 3, 4, 6])
def test_slide_sets_nothing_under_12_points(scenarios_of_several_zones: Comparison, count: int) -> None:
    """Whoever sits in the last row reads the maps as well, and each zone of the key has its code on one of them."""
    some = replace(scenarios_of_several_zones, briefings=scenarios_of_several_zones.briefings[:count])
    slide = Presentation(io.BytesIO(slides.render_comparison_pptx(some))).slides[0]
    sizes = [int(size) for size in slide.shapes._spTree.xpath(".//a:rPr/@sz")]
    assert min(sizes) >= 1200
    (group,) = (shape for shape in slide.shapes if shape.name == "Map")
    words = {shape.text_frame.text for shape in _walk(group) if shape.has_text_frame}
    assert set(code_zones(some)) <= words


def _walk(group: Any) -> Iterator[Any]:
    for shape in group.shapes:
        if hasattr(shape, "shapes"):
            yield from _walk(shape)
        else:
            yield shape


def test_too_many_for_a_page_is_a_clear_error(comparison: Comparison) -> None:
    """Seven maps would be too small to read; the message says how many fit and what to do instead."""
    many = replace(comparison, briefings=comparison.briefings * 3)
    for render in (figure.build_printout, slides.render_comparison_pptx):
        with pytest.raises(UsageError, match=r"at most 6.*--format table"):
            render(many)


def test_one_or_six_fit(compared_on: Callable[..., Printout]) -> None:
    """A single scenario and six of them are drawn as well."""
    for count in (1, 6):
        texts = read_axes(compared_on("a4", count).drawing).texts
        lowest = max(text.get_position()[1] for text in texts if text.get_text() != "FOR EXERCISE")
        assert lowest < PAGES["a4"].height_mm - PAGES["a4"].margin_mm


@pytest.mark.parametrize("count", [4, 5, 6])
@pytest.mark.parametrize("page", PAGES)
def test_four_to_six_scenarios_keep_all_their_codes(
    scenarios_of_several_zones: Comparison, page: str, count: int
) -> None:
    """Every zone of the key has its code on the map, each map its distance; they are as large as one row allows."""
    some = replace(scenarios_of_several_zones, briefings=scenarios_of_several_zones.briefings[:count])
    printout = figure.build_printout(some, PAGES[page])
    for drawn, each in zip(printout.maps, some.briefings, strict=True):
        has_code = {index for kind, index in drawn.labels if kind in ("zone", "apart")}
        assert has_code == set(range(len(each.scenario.zones)))
        assert (("distance", 0) in drawn.labels) == (each.metrics.total.nearest_km > 0)
    words = read_words(printout.drawing)
    assert set(code_zones(some)) <= set(words)
    frames = [drawn.view.frame for drawn in printout.maps]
    assert len({frame.top for frame in frames}) == 1
    assert all(frame.width < 2.5 * frame.height for frame in frames)
