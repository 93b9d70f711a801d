"""The slide: everything on it is native and described, and it says what it was made from."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import shapely
from PIL import Image
from pptx import Presentation
from pptx.util import Mm

from geo.briefing import attribution, citing, extent, notes
from geo.briefing.briefing import Briefing, build_briefing
from geo.fronts.reading import find_front
from geo.measuring import figures
from geo.measuring.figures import Output
from geo.renderers import figure, slides
from geo.renderers.slides import fitting
from geo.renderers.slides.render import WIDTH_MM
from geo.scenarios.scenario import find_scenario
from tests.made_up.options import build_options
from tests.renderers.slides.reading import assert_nothing_overlaps, leaves_of, table_of, words_of

SHOWN = figures.find_figures(Output.SLIDE)
HEADINGS = ["Nearest\vkm", "Median\vkm"]


@pytest.fixture(scope="module")
def dnipro() -> Briefing:
    return build_briefing(find_scenario("dnipro-line"), find_front("2025-03-27"), marking="FOR EXERCISE")


@pytest.fixture(scope="module")
def data(dnipro: Briefing) -> bytes:
    return slides.render_pptx(dnipro)


@pytest.fixture(scope="module")
def shapes(data: bytes) -> dict[str, Any]:
    return {shape.name: shape for shape in Presentation(io.BytesIO(data)).slides[0].shapes}


def test_title_is_the_slides_own(data: bytes, dnipro: Briefing) -> None:
    """An outline view finds the title, on one wide slide under 2 MB."""
    presentation = Presentation(io.BytesIO(data))
    assert len(data) < 2_000_000
    assert len(presentation.slides) == 1
    assert presentation.slides[0].shapes.title.text == dnipro.scenario.title
    assert presentation.slide_width / presentation.slide_height == pytest.approx(16 / 9, rel=1e-3)


def test_picture_has_both_levels_of_alternative_text(shapes: dict[str, Any], dnipro: Briefing) -> None:
    """What is drawn and what it shows, the same words as in every other format."""
    about = shapes["Map"]._element.nvGrpSpPr.cNvPr
    assert (about.get("title"), about.get("descr")) == (dnipro.alt_short, dnipro.alt_long)


def test_map_is_made_of_named_shapes(data: bytes, shapes: dict[str, Any], dnipro: Briefing) -> None:
    """Zones, front, shortest way and names can be found by name and edited; a file stays small."""
    assert len(data) < 300_000
    parts = {shape.name: shape for shape in shapes["Map"].shapes}
    for zone in dnipro.scenario.zones:
        assert parts[f"Zone: {zone.name}"].shape_type is not None
        assert zone.name in " ".join(words_of(parts[f"Name: {zone.name}"]).split())
    assert {"Front", "Shortest way", "Uncertainty of the front", "Land: Romania", "Frame"} <= {*parts}
    assert all(shape.name for shape in leaves_of(shapes["Map"]))
    numbers = [int(each.get("id")) for each in shapes["Map"]._element.xpath(".//p:cNvPr")]
    assert len(numbers) == len({*numbers})


def test_same_slide_same_bytes(data: bytes, dnipro: Briefing) -> None:
    """Two renderings of a briefing are alike."""
    one, two = (zipfile.ZipFile(io.BytesIO(each)) for each in (slides.render_pptx(dnipro), data))
    assert one.namelist() == two.namelist()
    assert all(one.read(name) == two.read(name) for name in one.namelist())


def test_a_hole_stays_open(make_briefing: Callable[..., Briefing]) -> None:
    """A zone with a hole is one shape whose path has two rings."""
    usual = make_briefing(("Ring",))
    ring = shapely.box(29, 49.5, 32, 51.5).difference(shapely.box(30, 50, 31, 51))
    zone = replace(usual.scenario.zones[0], geometry=ring)
    holed = replace(usual, scenario=replace(usual.scenario, zones=(zone,)))
    slide = Presentation(io.BytesIO(slides.render_pptx(holed))).slides[0]
    group = next(shape for shape in slide.shapes if shape.name == "Map")
    area = next(shape for shape in group.shapes if shape.name == "Zone: Ring").shapes[0]
    assert len(area._element.xpath(".//a:close")) == 2


def test_nothing_is_set_under_12_points(data: bytes) -> None:
    """Whoever sits in the last row reads every word, those on the map included."""
    slide = Presentation(io.BytesIO(data)).slides[0]
    sizes = [int(size) for size in slide.shapes._spTree.xpath(".//a:rPr/@sz")]
    assert len(sizes) > 50
    assert min(sizes) >= 1200


def test_long_names_are_whole_where_there_is_room(make_briefing: Callable[..., Briefing]) -> None:
    """The table breaks a name of three lines rather than cut it."""
    name = "The northern approaches of the Lower Dnipro valley and the reservoir district"
    slide = Presentation(io.BytesIO(slides.render_pptx(make_briefing((name, "Short"))))).slides[0]
    words = [cell.text for row in table_of(slide).rows for cell in row.cells]
    assert any(name in each for each in words)
    assert not any("…" in each for each in words)


def test_table_is_native_and_complete(shapes: dict[str, Any], dnipro: Briefing) -> None:
    """Every zone has a row of figures that can be edited, the nearest first and the total last."""
    rows = [[cell.text for cell in row.cells] for row in shapes["Distances"].table.rows]
    rows = [
        [name.lstrip("0123456789 "), *cells] for name, *cells in rows
    ]  # the map may number what it cannot name
    expected = [
        [row.zone, *("\v".join(filter(None, figure.write_cell(row))) for figure in SHOWN)]
        for row in [*sorted(dnipro.metrics.zones, key=lambda row: row.nearest_km), dnipro.metrics.total]
    ]
    assert rows == [["Zone", *HEADINGS], *expected]


def test_every_heading_names_its_unit(shapes: dict[str, Any]) -> None:
    """Lengths are in km."""
    headings = [cell.text for cell in shapes["Distances"].table.rows[0].cells]
    assert [heading.split("\v")[0] for heading in headings] == ["Zone", *(figure.heading for figure in SHOWN)]
    assert {heading.split("\v")[1] for heading in headings[1:]} == {"km"}


def test_sources_stand_in_footer_and_notes(data: bytes, shapes: dict[str, Any], dnipro: Briefing) -> None:
    """The footer names definition, caveats and sources; the notes also every claim with who said it."""
    footer = shapes["Sources"].text_frame.text.replace("\N{NO-BREAK SPACE}", " ")
    assert citing.describe_sources(dnipro.sources) in footer
    assert attribution.LAYERS in footer
    assert notes.describe_front(dnipro.front) in footer
    assert all(caveat in shapes["Caveats"].text_frame.text for caveat in dnipro.caveats)
    spoken = Presentation(io.BytesIO(data)).slides[0].notes_slide.notes_text_frame.text
    for claim in dnipro.claims:
        assert citing.describe_attribution(claim, dnipro.sources) in spoken
    assert dnipro.front.definition_text in spoken


def test_marking_stands_twice(shapes: dict[str, Any]) -> None:
    """At the top and the bottom."""
    top, bottom = shapes["Marking, top"], shapes["Marking, bottom"]
    assert top.text_frame.text == bottom.text_frame.text == "FOR EXERCISE"
    assert top.top < Mm(10) < Mm(175) < bottom.top


def test_no_marking_is_invented(make_briefing: Callable[..., Briefing]) -> None:
    """Without one asked for there is none."""
    slide = Presentation(io.BytesIO(slides.render_pptx(make_briefing()))).slides[0]
    assert not [shape for shape in slide.shapes if "Marking" in shape.name]


def test_times_are_the_fronts_day(data: bytes, dnipro: Briefing) -> None:
    """Title, subject and keywords are set, and no time of writing is given away."""
    about = Presentation(io.BytesIO(data)).core_properties
    assert about.title == dnipro.scenario.title
    assert about.subject == dnipro.alt_short
    assert "dnipro-line" in about.keywords
    assert about.created.date() == about.modified.date() == dnipro.front.as_of


def test_many_zones_and_hostile_text(make_briefing: Callable[..., Briefing]) -> None:
    """Thirty zones of endless names leave a table that fits, and control characters do not break the file."""
    hostile = make_briefing(
        tuple(f"{number} \x00\x0b</a:t> " + "Щ" * 80 for number in range(30)), "\x00\ufffe<&>"
    )
    slide = Presentation(io.BytesIO(slides.render_pptx(hostile))).slides[0]
    rows = [[cell.text for cell in row.cells] for row in table_of(slide).rows]
    listed = len(rows) - 3
    assert 1 <= listed <= 5
    assert rows[-2][0] == f"… and {30 - listed} more"
    zones = hostile.metrics.zones
    nearest = sorted(range(30), key=lambda index: zones[index].nearest_km)[:listed]
    assert [int(row[0].split()[0]) for row in rows[1 : listed + 1]] == [index + 1 for index in nearest]
    assert_nothing_overlaps(slide)


def test_what_does_not_fit_is_not_the_nearest(make_briefing: Callable[..., Briefing]) -> None:
    """A short table lists the nearest zones, each with the number that it has on the map."""
    usual = make_briefing(tuple(f"Zone {number}" for number in range(1, 31)))
    zones = [replace(row, nearest_km=900.0 - at) for at, row in enumerate(usual.metrics.zones)]
    briefing = replace(usual, metrics=replace(usual.metrics, zones=tuple(zones)))
    slide = Presentation(io.BytesIO(slides.render_pptx(briefing))).slides[0]
    names = [row.cells[0].text for row in table_of(slide).rows][1:-2]
    assert len(names) == 5
    assert names == [f"{number} Zone {number}" for number in range(30, 30 - len(names), -1)]


LONG = "A very long title that does not want to end, because somebody pasted a whole sentence into its field, and so on"


@pytest.mark.parametrize("count", [1, 4, 8, 13, 60])
@pytest.mark.parametrize("text", [LONG, "W" * 100, "Short"], ids=["long", "wide", "short"])
def test_nothing_overlaps_whatever_the_length(
    make_briefing: Callable[..., Briefing], monkeypatch: pytest.MonkeyPatch, count: int, text: str
) -> None:
    """Title, key sentence, map, table, bands, caveats, sources and marking share the slide."""
    monkeypatch.setattr(figure, "render_png", _render_blank)
    briefing = make_briefing(tuple(f"{number} {text}" for number in range(count)))
    scenario = replace(briefing.scenario, title=text)
    long = replace(briefing, scenario=scenario, headline=text * 2, caveats=(text,) * 4, marking=text[:100])
    slide = Presentation(io.BytesIO(slides.render_pptx(long))).slides[0]
    assert_nothing_overlaps(slide)
    for row in list(table_of(slide).rows)[1:]:
        size = row.cells[0].text_frame.paragraphs[0].runs[0].font.size.pt
        width = table_of(slide).columns[0].width / Mm(1) - 1.2
        assert len(fitting.wrap(row.cells[0].text, size, width)) * fitting.line_mm(size) <= row.height / Mm(1)


def _render_blank(printout: figure.Printout) -> bytes:
    page, stream = printout.drawing.page, io.BytesIO()
    Image.new("RGB", (round(page.width_mm), round(page.height_mm)), "white").save(stream, "PNG")
    return stream.getvalue()


def test_a_wide_figure_has_a_wide_column(make_briefing: Callable[..., Briefing]) -> None:
    """A distance of millions stays in one line."""
    usual = make_briefing(("Everything",))
    rows = tuple(replace(row, median_km=10_840_000.0) for row in usual.metrics.zones)
    vast = replace(usual, metrics=replace(usual.metrics, zones=rows))
    table = table_of(Presentation(io.BytesIO(slides.render_pptx(vast))).slides[0])
    assert table.cell(1, 2).text.startswith("10,840,000")
    assert len(fitting.wrap("10,840,000", 12, table.columns[2].width / Mm(1) - 1.2)) == 1
    assert sum(column.width for column in table.columns) <= Mm(WIDTH_MM)


def test_what_lies_outside_the_reference_layers_is_said(make_briefing: Callable[..., Briefing]) -> None:
    """The slide has the caveat that the printed page has."""
    usual = make_briefing(("One",))
    far = replace(usual.scenario.zones[0], geometry=shapely.box(-10, 38, -8, 39))
    abroad = replace(usual, scenario=replace(usual.scenario, zones=(far,)))
    shapes = Presentation(io.BytesIO(slides.render_pptx(abroad))).slides[0].shapes
    caveats = next(shape for shape in shapes if shape.name == "Caveats").text_frame.text
    assert extent.describe_gap([abroad])[0] in caveats


def test_letters_of_any_script_are_kept(make_briefing: Callable[..., Briefing]) -> None:
    """The reader's machine has fonts that ours lacks: native text keeps every letter."""
    briefing = make_briefing(("区域", "ゾーン"))
    named = replace(briefing, scenario=replace(briefing.scenario, title="方案 A"), marking="中文")
    slide = Presentation(io.BytesIO(slides.render_pptx(named))).slides[0]
    assert slide.shapes.title.text == "方案 A"
    assert [row.cells[0].text[-2:] for row in list(table_of(slide).rows)[1:3]] == ["ーン", "区域"]


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("tiny", {"65 km", "Odesa"}),
        ("georgia", {"Caspian", "Sea"}),
        ("corridor", {"Fastiv"}),
    ],
)
def test_map_has_whole_words(name: str, lines: set[str]) -> None:
    """In the large type of a slide no name is cut or broken inside a word, and a tiny zone has its name."""
    slide = slides.render_pptx(build_briefing(build_options()[name], find_front("2025-03-27")))
    tree = Presentation(io.BytesIO(slide)).slides[0].shapes._spTree
    written = {each.text for each in tree.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}t")}
    assert lines <= {text.replace("\N{NO-BREAK SPACE}", " ") for text in written}
    assert not any("…" in text and "more" not in text for text in written)


def test_no_number_is_parted_from_its_unit() -> None:
    """Whatever fonts a reader has, and wherever its lines end then."""
    briefing = build_briefing(build_options()["crossing-the-front"], find_front("2025-03-27"))
    slide = Presentation(io.BytesIO(slides.render_pptx(briefing))).slides[0]
    texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    assert any("26\N{NO-BREAK SPACE}km" in text for text in texts)
    assert not any(re.search(r"\d km\b", text) for text in texts)
