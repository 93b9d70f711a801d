"""The printed figure: every label apart, in the frame; every format read by a program that is not ours."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

import matplotlib
import pytest
import shapely
from matplotlib.text import Text
from PIL import Image
from pypdf import PdfReader

from geo import numerals
from geo.briefing import citing, legend, notes, sections
from geo.briefing.briefing import Briefing, build_briefing
from geo.briefing.extent import view_extent
from geo.briefing.imprint import Imprint
from geo.errors import UsageError
from geo.fronts.reading import find_front
from geo.geodesy import GEOD
from geo.measuring.metrics import Metrics
from geo.renderers import figure, slides, style
from geo.renderers.figure import files, fonts, furniture, layers, layout, pages
from geo.renderers.figure.fonts import Face
from geo.renderers.figure.layout import Printout
from geo.renderers.figure.placement import Box
from geo.renderers.figure.sheet import PAGES, Drawing, PageSize, Sheet
from geo.renderers.figure.view import View
from geo.renderers.slides import words as slides_words
from geo.scenarios.scenario import find_scenario, read_scenarios
from tests.renderers.figure.reading import read_axes, read_text, read_words

HOSTILE = "$\\frac{1}{0}$ </svg><script>alert(1)</script> \x00\u202e ]]> %s {x} 漢字 👾 " + "Ж" * 90
ALPHA = style.OPACITIES.zone_fill
SHIPPED = sorted(read_scenarios())


@pytest.fixture(scope="module")
def dnipro(briefing_of: Callable[[str], Briefing]) -> Briefing:
    return briefing_of("dnipro-line")


@pytest.fixture(scope="module")
def printout(printout_of: Callable[[str, str], Printout]) -> Printout:
    return printout_of("dnipro-line", "a4")


@pytest.fixture(
    scope="module",
    params=[*((name, "a4") for name in SHIPPED), *(("western-ukraine", page) for page in ("letter", "16x9"))],
    ids="-".join,
)
def built(
    request: pytest.FixtureRequest,
    printout_of: Callable[[str, str], Printout],
    briefing_of: Callable[[str], Briefing],
) -> tuple[Printout, Briefing]:
    name, page = request.param
    return printout_of(name, page), briefing_of(name)


def test_labels_are_apart_and_inside_the_frame(built: tuple[Printout, Briefing]) -> None:
    """No label of a shipped scenario lies over another or over the edge of the map."""
    drawn, _ = built
    boxes = list(drawn.maps[0].labels.values())
    assert not any(one.is_over(other) for one, other in itertools.combinations(boxes, 2))
    assert all(box.is_inside(drawn.maps[0].view.frame) for box in boxes)


def test_every_zone_distance_and_the_front_are_named(built: tuple[Printout, Briefing]) -> None:
    """Each zone has its name with its distance, one at most a number, the way its length, the front its day."""
    drawn, briefing = built
    kinds = [kind for kind, _ in drawn.maps[0].labels]
    assert sum(kinds.count(each) for each in ("zone", "apart", "number")) == len(briefing.scenario.zones)
    assert kinds.count("number") <= 1
    assert kinds.count("distance") == 1
    assert kinds.count("front") == 1
    assert kinds.count("place") >= 8


def test_text_stays_on_the_page(built: tuple[Printout, Briefing]) -> None:
    """As matplotlib itself measures them, no text leaves the page or its margin, and none is set in mathematics."""
    drawn, _ = built
    page, axes = drawn.drawing.page, read_axes(drawn.drawing)
    points_per_mm = axes.figure.dpi / 25.4
    with matplotlib.rc_context(files.SETTINGS):
        boxes = [(text, text.get_window_extent()) for text in axes.texts]
    for text, box in boxes:
        assert box.x0 / points_per_mm > page.margin_mm * 0.7
        assert box.x1 / points_per_mm < page.width_mm - page.margin_mm * 0.7
        assert box.y0 / points_per_mm > page.margin_mm * 0.2
        assert not text.get_parse_math()


@pytest.fixture(scope="module")
def pdf(printout: Printout) -> bytes:
    return figure.render_pdf(printout)


def test_png_is_a_page_at_200_dpi(printout: Printout) -> None:
    """Pillow reads a picture of A4 at 200 dpi, under 1.5 MB."""
    data = figure.render_png(printout)
    assert len(data) < 1_500_000
    with Image.open(io.BytesIO(data)) as picture:
        picture.load()
        assert picture.size == (2338, 1653)
        assert round(picture.info["dpi"][0]) == 200


def test_svg_is_xml_with_title_and_description(dnipro: Briefing, printout: Printout) -> None:
    """An XML parser reads it; it has both levels of alternative text, no script, and text as outlines."""
    root = ET.fromstring(figure.render_svg(printout))
    space = "{http://www.w3.org/2000/svg}"
    assert root.find(f"{space}title").text == dnipro.alt_short  # type: ignore[union-attr]
    assert root.find(f"{space}desc").text == dnipro.alt_long  # type: ignore[union-attr]
    assert root.get("role") == "img"
    tags = {element.tag.removeprefix(space) for element in root.iter()}
    assert not tags & {"script", "text", "image", "foreignObject"}


def test_pdf_is_selectable_text_in_embedded_fonts(dnipro: Briefing, pdf: bytes) -> None:
    """Pypdf reads figures, claims and method as text on pages of A4; every font is embedded; under 600 KB."""
    assert len(pdf) < 600_000
    reader = PdfReader(io.BytesIO(pdf))
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [842, 595]
    first, second = (" ".join(page.extract_text().split()) for page in reader.pages[:2])
    assert dnipro.scenario.title in first
    assert numerals.format_km(dnipro.metrics.zones[0].nearest_km) in first
    for row in dnipro.metrics.rows:
        assert row.zone.split()[0] in second
    for claim in dnipro.claims:
        assert claim.attributed_to.split(",")[0].casefold() in second.casefold()
    assert dnipro.front.licence in second
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            assert "/FontFile2" in inner["/FontDescriptor"]


def test_words_on_the_pdfs_map_are_text(dnipro: Briefing, pdf: bytes) -> None:
    """Places, zones, waters, the front and distances can be searched for and copied, not only those in tables."""
    first = " ".join(PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())
    waters = (
        "Sea of Azov",
        "Siverskyi Donets",
        "Kamianske Reservoir",
        "Former Kakhovka reservoir (drained June 2023)",
    )
    for words in ("Kharkiv", "Zaporizhzhia", "Line of contact,", "325 km", *waters):
        assert words in first, words
    names = [zone.name.rpartition(" ")[0] for zone in dnipro.scenario.zones]
    assert all(first.count(name.split()[-1]) >= 2 for name in names)


def test_settings_of_a_user_change_nothing(dnipro: Briefing, printout: Printout, pdf: bytes) -> None:
    """Whatever stands in somebody's matplotlibrc, the bytes are the same."""
    usual = figure.render_png(printout, dpi=50), figure.render_svg(printout)
    own: dict[Any, Any] = {
        "savefig.bbox": "tight",
        "savefig.transparent": True,
        "text.color": "red",
        "lines.dash_capstyle": "round",
        "svg.fonttype": "none",
        "pdf.fonttype": 3,
        "patch.antialiased": False,
        "font.size": 30,
    }
    with matplotlib.rc_context(own):
        again = figure.build_printout(dnipro)
        assert (figure.render_png(again, dpi=50), figure.render_svg(again)) == usual
        assert figure.render_pdf(again) == pdf


def test_a_halo_surrounds_its_letters() -> None:
    """It reaches as far as its width beyond the box of the ink, and no farther, wherever the line is set."""
    face, sheet = Face("sans-bold", 9), Sheet(PAGES["a4"])
    sheet.text(40.0, 70.0, "Hamburg", face, rim=(0.5, "#ffffff"))
    halo = read_axes(sheet.finish()).patches[0].get_path().get_extents()
    width = fonts.measure_mm("Hamburg", face)
    assert 39.4 < halo.x0 < 40.4
    assert 40 + width - 0.4 < halo.x1 < 40 + width + 0.6
    assert 66 < halo.y0 < 70 < halo.y1 < 72


def test_a_large_picture_is_saved_in_fewer_colours(
    dnipro: Briefing, printout: Printout, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What would be too large to mail keeps its size in pixels and its description."""
    monkeypatch.setattr(files, "MOST_BYTES", 100_000)
    with Image.open(io.BytesIO(figure.render_png(printout, dpi=100))) as picture:
        picture.load()
        assert (picture.mode, picture.size) == ("P", (1169, 826))
        assert picture.info["Description"] == printout.shown.alt_long


def test_pdf_says_what_it_is(dnipro: Briefing, pdf: bytes) -> None:
    """Title, subject (the long alternative text) and keywords are set, and no time of writing."""
    about = PdfReader(io.BytesIO(pdf)).metadata
    assert about is not None
    assert about.title == dnipro.scenario.title
    assert about.subject == dnipro.alt_long
    assert "dnipro-line" in str(about["/Keywords"])
    assert about.creation_date is None


def test_caveats_and_borders_stand_on_the_first_page(dnipro: Briefing, printout: Printout) -> None:
    """What must stand on every output does, with sources, definition and credits."""
    words = read_text(printout.drawing)
    for sentence in (
        *dnipro.caveats,
        *dnipro.credits,
        dnipro.basemap.border_note,
        dnipro.distance_note,
        dnipro.front.definition_text,
        citing.describe_sources(dnipro.sources),
        notes.NOT_A_POSITION,
    ):
        assert sentence in words


@pytest.mark.parametrize("count", [1, 36])
def test_any_number_of_zones_fits(make_briefing: Callable[..., Briefing], count: int) -> None:
    """One zone or thirty-six: labels apart, the caveats on the page, in the PDF a row for each zone."""
    briefing = make_briefing(tuple(f"Zone {number} of a long name" for number in range(1, count + 1)))
    drawn = layout.build_figure(briefing, PAGES["a4"])
    assert not any(
        one.is_over(other) for one, other in itertools.combinations(drawn.maps[0].labels.values(), 2)
    )
    distances = [key for key in drawn.maps[0].labels if key[0] == "distance"]
    assert len(distances) == 1  # of all zones together where there are many
    words = read_words(drawn.drawing)
    assert briefing.caveats[0] in words
    lowest = max(text.get_position()[1] for text in read_axes(drawn.drawing).texts)
    assert lowest < PAGES["a4"].height_mm - PAGES["a4"].margin_mm
    text = " ".join(map(read_text, pages.build_pages(briefing, PAGES["a4"], before=1)))
    assert all(re.search(rf"Zone {number} of", text) for number in range(1, count + 1))


def test_many_notes_end_in_how_many_more_there_are(make_briefing: Callable[..., Briefing]) -> None:
    """Forty caveats stay on the paper; the sheet says how many it leaves to the page behind it."""
    many = tuple(f"District {number} lies wholly beyond the front." for number in range(40))
    briefing = replace(make_briefing(tuple(f"District {number}" for number in range(40))), caveats=many)
    drawing = layout.build_figure(briefing, PAGES["a4"]).drawing
    texts = [mark.content for mark in drawing.marks if mark.kind == "text"]
    assert max(y for _, y, *_ in texts) <= PAGES["a4"].height_mm - PAGES["a4"].margin_mm
    shown = sum(words.startswith("District ") and "wholly" in words for _, _, words, _ in texts)
    assert 1 <= shown < 40
    assert notes.REST_BEHIND.format(40 - shown) in read_text(drawing)


def test_the_longest_marking_is_set_whole(make_briefing: Callable[..., Briefing]) -> None:
    """A handling line is never cut: it is set smaller instead, within the margins."""
    marking = "Щ" * 100
    drawn = layout.build_figure(replace(make_briefing(), marking=marking), PAGES["a4"])
    axes = read_axes(drawn.drawing)
    lines = [text for text in axes.texts if text.get_text() == marking]
    assert len(lines) == 2
    room = (PAGES["a4"].width_mm - 2 * PAGES["a4"].margin_mm) / 25.4 * axes.figure.dpi
    with matplotlib.rc_context(files.SETTINGS):
        assert all(text.get_window_extent().width <= room * 1.01 for text in lines)


def test_many_zones_are_numbered_throughout_with_a_key(make_briefing: Callable[..., Briefing]) -> None:
    """No map mixes names and numbers for dozens of zones, and each number can be looked up on the same page."""
    briefing = make_briefing(tuple(f"Sector {number}" for number in range(1, 49)))
    drawn = layout.build_figure(briefing, PAGES["a4"])
    assert not [key for key in drawn.maps[0].labels if key[0] == "zone"]
    assert len(drawn.maps[0].numbered) > 40
    words = read_words(drawn.drawing)
    for index in drawn.maps[0].numbered:
        assert f"{index + 1} Sector {index + 1}" in words


def test_only_what_is_listed_is_numbered(make_briefing: Callable[..., Briefing]) -> None:
    """A map whose table stops somewhere has no number beyond it."""
    briefing = make_briefing(tuple(f"Sector {number}" for number in range(1, 31)))
    assert max(layout.build_map(briefing, 190, 120, listed=range(5)).maps[0].numbered) <= 4


def test_too_many_zones_are_refused_before_drawing(make_briefing: Callable[..., Briefing]) -> None:
    """Thousands of zones would take minutes and memory for a page on which nobody can tell them apart."""
    briefing = make_briefing(tuple(map(str, range(layout.MOST_ZONES + 1))))
    for render in (figure.build_printout, slides.render_pptx):
        with pytest.raises(UsageError, match=r"501 zones.*at most 500"):
            render(briefing)


def test_legend_explains_what_is_drawn(make_briefing: Callable[..., Briefing]) -> None:
    """A zone on the front has no shortest distance, so no sign for one; ground without data is named."""

    def words(briefing: Briefing) -> list[str]:
        return read_words(layout.build_figure(briefing, PAGES["a4"]).drawing)

    usual = make_briefing(("One",))
    on_front = replace(usual, metrics=_at_front(usual.metrics))
    assert "Shortest distance to the front" in words(usual)
    assert "Shortest distance to the front" not in words(on_front)
    far = replace(usual.scenario.zones[0], geometry=shapely.box(-10.0, 38.0, -8.0, 39.5))
    abroad = words(replace(usual, scenario=replace(usual.scenario, zones=(far,))))
    assert legend.UNMAPPED in abroad
    assert "lies outside the reference layers (14° to 40° E, 45° to 54° N)" in " ".join(abroad)
    assert "lies outside" not in " ".join(words(usual))


def _at_front(metrics: Metrics) -> Metrics:
    rows = tuple(replace(row, nearest_km=0.0) for row in metrics.zones)
    return replace(metrics, zones=rows, total=replace(metrics.total, nearest_km=0.0))


def test_sea_is_drawn_only_where_it_is_known(dnipro: Briefing) -> None:
    """Beyond the reference layers the map is neither land nor sea."""
    far = replace(dnipro.scenario.zones[0], geometry=shapely.box(-10.0, 38.0, -8.0, 39.5))
    abroad = replace(dnipro, scenario=replace(dnipro.scenario, zones=(far, *dnipro.scenario.zones[1:])))
    data = figure.render_png(figure.build_map(abroad, 200, 120, listed=()), dpi=60)
    with Image.open(io.BytesIO(data)) as picture:
        counted = picture.convert("RGB").getcolors(1_000_000) or []
        colours = {colour: count for count, colour in counted}
    gap, sea = (colours.get(tuple(bytes.fromhex(ink[1:])), 0) for ink in (layers.GAP, style.PALETTE.sea))
    assert gap > 5 * sea > 0


def test_plates_keep_clear_of_front_and_zones(make_briefing: Callable[..., Briefing]) -> None:
    """Scale bar and north arrow take the corners in which they hide least."""
    usual = make_briefing(("One", "Two"))
    west, south, east, north = 22.0, 46.0, 40.0, 52.0
    corners = [
        shapely.box(west, south, west + 4, south + 2),
        shapely.box(west, north - 2, west + 4, north),
        shapely.box(east - 4, south, east, south + 2),
    ]
    for taken in itertools.combinations(corners, 2):
        zones = tuple(
            replace(zone, geometry=shape) for zone, shape in zip(usual.scenario.zones, taken, strict=True)
        )
        briefing = replace(usual, scenario=replace(usual.scenario, zones=zones))
        sheet = Sheet(PAGES["a4"])
        view = View(view_extent([briefing]), Box(10, 10, 200, 150))
        for plate in furniture.draw_furniture(sheet, view, [briefing]):
            assert not any(view.to_page(zone.geometry).intersects(plate.shape()) for zone in zones)
            assert plate.is_inside(view.frame)


def test_a_name_stands_nearest_to_its_own_zone(make_briefing: Callable[..., Briefing]) -> None:
    """Beside a zone, no name lies as near to another one."""
    briefing = make_briefing(tuple(f"{number} An exceedingly long name that goes on" for number in range(8)))
    drawn = layout.build_figure(briefing, PAGES["16x9"]).maps[0]
    areas = [drawn.view.to_page(zone.geometry) for zone in briefing.scenario.zones]
    for (kind, index), label in drawn.labels.items():
        if kind == "zone" and not areas[index].intersects(label.shape()):
            away = [area.distance(label.shape()) for area in areas]
            assert min(away) == away[index]
            assert sorted(away)[1] > away[index] + 1


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", SHIPPED)
def test_a_name_mostly_outside_its_zone_touches_no_other(
    printout_of: Callable[[str, str], Printout], briefing_of: Callable[[str], Briefing], name: str, page: str
) -> None:
    """Only a name that lies well in its own zone may reach up to the next; every zone keeps a name or number."""
    (drawn,) = printout_of(name, page).maps
    areas = [drawn.view.to_page(zone.geometry) for zone in briefing_of(name).scenario.zones]
    named = {
        index: label for (kind, index), label in drawn.labels.items() if kind in ("zone", "apart", "number")
    }
    assert len(named) == len(areas)
    for index, label in named.items():
        shape = label.shape()
        if areas[index].intersection(shape).area < 0.3 * shape.area and ("apart", index) not in drawn.labels:
            away = min(area.distance(shape) for other, area in enumerate(areas) if other != index)
            assert away > areas[index].distance(shape) + 1


def test_no_price_makes_a_name_lie_beside_another_zone(make_briefing: Callable[..., Briefing]) -> None:
    """The name of a sliver of a zone is left out rather than set where it reads as its neighbour's."""
    usual = make_briefing(("Sliver", "Neighbour"))
    shapes = shapely.box(30.0, 48.0, 30.05, 50.0), shapely.box(30.1, 47.5, 33.0, 50.5)
    zones = tuple(replace(z, geometry=shape) for z, shape in zip(usual.scenario.zones, shapes, strict=True))
    briefing = replace(usual, scenario=replace(usual.scenario, zones=zones))
    drawn = layout.build_figure(briefing, PAGES["a4"]).maps[0]
    own, other = (drawn.view.to_page(shape) for shape in shapes)
    sliver = drawn.labels["zone", 0].shape()
    assert other.distance(sliver) > own.distance(sliver) + 1
    assert drawn.labels["zone", 1].shape().within(other)


def test_names_of_two_zones_do_not_read_as_one(briefing_of: Callable[[str], Briefing]) -> None:
    """On the map of a slide, too, there is more than a space between one name and the next."""
    briefing = briefing_of("western-ukraine")
    for height in range(100, 150, 10):
        found = layout.build_map(briefing, 190, height, listed=range(7)).maps[0].labels
        names = [label for (kind, _), label in found.items() if kind in ("zone", "number")]
        for one, other in itertools.combinations(names, 2):
            assert not replace(one, left=one.left - 1.5, right=one.right + 1.5).is_over(other)


def test_a_tiny_zone_can_be_seen(make_briefing: Callable[..., Briefing]) -> None:
    """A zone of a few hundred metres has a spot wider than the dot at the end of its shortest distance."""
    usual = make_briefing(("Post",))
    zone = replace(usual.scenario.zones[0], geometry=shapely.box(30.0, 50.0, 30.003, 50.002))
    briefing = replace(usual, scenario=replace(usual.scenario, zones=(zone,)))
    axes = read_axes(layout.build_figure(briefing, PAGES["a4"]).drawing)
    fills = [patch for patch in axes.patches if tuple(patch.get_facecolor())[3:] == (ALPHA,)]
    at = [patch.get_path().get_extents() for patch in fills]
    assert any(1.8 < extent.width < 3 and abs(extent.width - extent.height) < 0.1 for extent in at)


def _read_columns(drawing: Drawing) -> list[list[Text]]:
    """Return the lines of running text on a page behind the figure, column by column, from top to bottom."""
    margin, width = drawing.page.margin_mm, drawing.page.width_mm
    step = (width - 2 * margin + 8) / 3
    columns: list[list[Text]] = [[], [], []]
    for text in read_axes(drawing).texts:
        at = (text.get_position()[0] - margin) / step
        if (
            text.get_horizontalalignment() == "left"
            and at == pytest.approx(round(at))
            and float(text.get_fontsize()) > 6
        ):
            columns[round(at)].append(text)
    return columns


@pytest.mark.parametrize("start", range(3))
def test_headings_and_statements_keep_what_follows(start: int) -> None:
    """Whatever the height, no column ends with a heading, and none begins with who reported a statement."""
    usual = build_briefing(find_scenario("western-ukraine"), find_front("2025-03-27"))
    claims = tuple(
        replace(claim, id=f"{claim.id}{number}", attributed_to=f"NOBODY {number}")
        for number, claim in enumerate(usual.claims * 3)
    )
    briefing = replace(usual, claims=claims)
    seen = 0
    for height in range(100 + 4 * start, 240, 12):
        for drawing in pages.build_pages(briefing, PageSize("test", 297, height), before=1):
            for column in _read_columns(drawing):
                strong = [text.get_fontfamily()[0] == "geo serif-semibold" for text in column]
                assert not any(strong[-1:]), (height, [text.get_text() for text in column])
                running = [text for text in column if float(text.get_fontsize()) < 8]
                seen += len(running)
                assert not (running and running[0].get_text().startswith("Reported by")), height
    assert seen > 1000


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_scenarios_need_two_pages_of_text(
    briefing_of: Callable[[str], Briefing], name: str, page: str
) -> None:
    """A shipped PDF says all that was reported, by whom and where to read it, on two pages behind the map."""
    assert len(pages.build_pages(briefing_of(name), PAGES[page], before=1)) == 2


@pytest.mark.parametrize("name", SHIPPED)
def test_our_arithmetic_has_its_own_heading(briefing_of: Callable[[str], Briefing], name: str) -> None:
    """In running text what was reported ends before our arithmetic begins, and each number stands once."""
    drawings = pages.build_pages(briefing_of(name), PAGES["a4"], before=1)
    words = [text.get_text() for drawing in drawings for column in _read_columns(drawing) for text in column]
    reported, reports, ours = (
        words.index(heading) for heading in (sections.REPORTED, sections.TEXTS, sections.FORCES)
    )
    assert reported < reports < ours
    spread = [place for place, line in enumerate(words) if "per 100 km" in " ".join(words[place : place + 2])]
    assert min(spread) >= ours
    assert (
        sum(line.startswith("10,000 troops (The Kyiv Independent; Ukrainska Pravda)") for line in words) == 1
    )


@pytest.mark.parametrize("name", SHIPPED)
def test_every_zone_has_a_strip(
    printout_of: Callable[[str, str], Printout], briefing_of: Callable[[str], Briefing], name: str
) -> None:
    """On paper every zone has a line in the table and a strip, on the lower page of a screen at least a strip."""
    for page in PAGES:
        words = read_words(printout_of(name, page).drawing)
        names = [zone.name[:12] for zone in briefing_of(name).scenario.zones]
        bare = [
            word.lstrip("0123456789 ") for word in words
        ]  # where a zone is numbered, all have their numbers
        counts = [sum(word.startswith(each) for word in bare) for each in [*names, "All zones"]]
        assert min(counts[:-1]) >= (1 if page == "16x9" else 2)


@pytest.mark.parametrize("text", [HOSTILE, "", "x"], ids=["hostile", "empty", "short"])
def test_any_text_is_only_text(make_briefing: Callable[..., Briefing], text: str) -> None:
    """Formulas, markup, control characters, unknown letters and endless words are drawn as they are, or replaced."""
    briefing = make_briefing((text or "Zone", "B"), text)
    printout = figure.build_printout(briefing)
    with Image.open(io.BytesIO(figure.render_png(printout, dpi=50))) as picture:
        picture.load()
    root = ET.fromstring(figure.render_svg(printout))
    assert not [element for element in root.iter() if element.tag.endswith("script")]
    assert len(PdfReader(io.BytesIO(figure.render_pdf(printout))).pages) >= 2


@pytest.mark.parametrize("dpi", [0, -1, 5000, float("nan"), float("inf")])
def test_absurd_sizes_are_refused_before_drawing(dnipro: Briefing, dpi: float) -> None:
    """A picture that would not fit into memory, or has no pixels, is one clear error."""
    printout = figure.build_map(dnipro, 200, 120, listed=())
    with pytest.raises(UsageError, match="at most 40,000,000 pixels"):
        figure.render_png(printout, dpi=dpi)


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("page", PAGES)
def test_ratio_is_that_of_the_map(printout_of: Callable[[str, str], Printout], name: str, page: str) -> None:
    """A geodesic across the middle of the map, measured on the page with a ruler, gives the ratio that stands there."""
    printout = printout_of(name, page)
    view = printout.maps[0].view
    x, y = view.frame.middle
    ends = [view.plane.unproject_point(*view._to_plane(at, y)) for at in (x - 5, x + 5)]
    _, _, metres = GEOD.inv(*ends[0], *ends[1])
    (ratio,) = [word for word in read_words(printout.drawing) if word.startswith("1:")]
    assert int(ratio.split()[0][2:].replace(",", "")) == pytest.approx(metres * 1000 / 10, rel=0.01)
    assert ratio.endswith({"a4": "at A4", "letter": "at Letter", "16x9": "at 339 × 190 mm"}[page])


@pytest.mark.parametrize("name", SHIPPED)
def test_margin_has_projection_disclaimer_issue_and_contact(name: str) -> None:
    """What maps of the United Nations have around them stands on the figure, and on a slide or in its notes."""
    imprint = Imprint(date(2025, 4, 2), "desk@example.org")
    built = build_briefing(find_scenario(name), find_front("2025-03-27"), imprint=imprint)
    words = slides_words.describe_briefing(built)
    for said in (
        read_text(figure.build_printout(built).drawing),
        " ".join([*words.footer, *words.notes, sections.KICKER, "· issued 2 April 2025"]),
    ):
        assert "Projection: Lambert conformal conic, standard parallels" in said
        assert "imply no endorsement" in said
        assert "Contact: desk@example.org." in said
        assert "issued 2 April 2025" in said and "Issued 2 April 2025." in said


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("page", PAGES)
def test_place_of_the_key_sentence_is_on_the_map(
    printout_of: Callable[[str, str], Printout], briefing_of: Callable[[str], Briefing], name: str, page: str
) -> None:
    """Who reads where the closest point lies finds the place."""
    place = briefing_of(name).place
    assert place is not None
    assert place.name in read_words(printout_of(name, page).drawing)


def test_greyscale_keeps_front_and_zones_apart(dnipro: Briefing) -> None:
    """On a printer without colour the front is much darker than the land, and a zone's outline darker than its fill."""

    def grey(colour: str) -> float:
        red, green, blue = bytes.fromhex(colour.removeprefix("#"))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    inks = style.PALETTE
    assert grey(inks.ukraine) - grey(inks.front) > 150
    assert grey(inks.ukraine) - grey(inks.zone) > 120
    assert grey(inks.zone) - grey(inks.front) > 25
