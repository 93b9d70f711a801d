"""The printed figure: every label apart, in the frame; every format read by a program that is not ours."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

import matplotlib
import pytest
from PIL import Image
from pypdf import PdfReader

from geo import figure, style, wording
from geo.briefing import Briefing, build_briefing
from geo.errors import UsageError
from geo.figure import files, fonts, halo, layout, pages
from geo.figure.fonts import Face
from geo.figure.layout import Built
from geo.figure.sheet import PAGES
from geo.front import find_front
from geo.scenario import find_scenario, read_scenarios

HOSTILE = "$\\frac{1}{0}$ </svg><script>alert(1)</script> \x00\u202e ]]> %s {x} 漢字 👾 " + "Ж" * 90
SHIPPED = sorted(read_scenarios())


@pytest.fixture(scope="module")
def dnipro() -> Briefing:
    return build_briefing(find_scenario("dnipro-line"), find_front("2025-03-27"))


@pytest.fixture(
    scope="module", params=[*((name, "a4") for name in SHIPPED), ("western-ukraine", "16x9")], ids="-".join
)
def built(request: pytest.FixtureRequest) -> tuple[Built, Briefing]:
    name, page = request.param
    briefing = build_briefing(find_scenario(name), find_front("2025-03-27"))
    return layout.build_figure(briefing, PAGES[page]), briefing


def test_labels_are_apart_and_inside_the_frame(built: tuple[Built, Briefing]) -> None:
    """No label of a shipped scenario lies over another or over the edge of the map."""
    drawn, _ = built
    boxes = list(drawn.labels.values())
    assert not any(one.is_over(other) for one, other in itertools.combinations(boxes, 2))
    assert all(box.is_inside(drawn.view.frame) for box in boxes)


def test_every_zone_distance_and_the_front_are_named(built: tuple[Built, Briefing]) -> None:
    """Each shipped zone has its name and its distance on the map, and the front its day."""
    drawn, briefing = built
    kinds = [kind for kind, _ in drawn.labels]
    assert kinds.count("zone") == kinds.count("distance") == len(briefing.scenario.zones)
    assert kinds.count("front") == 1
    assert kinds.count("place") >= 8


def test_text_stays_on_the_page(built: tuple[Built, Briefing]) -> None:
    """As matplotlib itself measures them, no text leaves the page or its margin, and none is set in mathematics."""
    drawn, _ = built
    page = drawn.sheet.page
    points_per_mm = drawn.sheet.figure.dpi / 25.4
    with matplotlib.rc_context(files.SETTINGS):
        boxes = [(text, text.get_window_extent()) for text in drawn.sheet.axes.texts]
    for text, box in boxes:
        assert box.x0 / points_per_mm > page.margin_mm * 0.7
        assert box.x1 / points_per_mm < page.width_mm - page.margin_mm * 0.7
        assert box.y0 / points_per_mm > page.margin_mm * 0.2
        assert not text.get_parse_math()


@pytest.fixture(scope="module")
def pdf(dnipro: Briefing) -> bytes:
    return figure.render_pdf(dnipro)


def test_png_is_a_page_at_200_dpi(dnipro: Briefing) -> None:
    """Pillow reads a picture of A4 at 200 dpi, under 1.5 MB."""
    data = figure.render_png(dnipro)
    assert len(data) < 1_500_000
    with Image.open(io.BytesIO(data)) as picture:
        picture.load()
        assert picture.size == (2338, 1653)
        assert round(picture.info["dpi"][0]) == 200


def test_svg_is_xml_with_title_and_description(dnipro: Briefing) -> None:
    """An XML parser reads it; it has both levels of alternative text, no script, and text as outlines."""
    root = ET.fromstring(figure.render_svg(dnipro))
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
    assert style.format_km(dnipro.metrics.zones[0].nearest_km) in first
    for row in dnipro.metrics.rows:
        assert row.zone.split()[0] in second
    for claim in dnipro.claims:
        assert claim.attributed_to.split(",")[0] in second
    assert dnipro.front.licence in second
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            assert "/FontFile2" in inner["/FontDescriptor"]


def test_words_on_the_pdfs_map_are_text(dnipro: Briefing, pdf: bytes) -> None:
    """Places, zones, seas, the front and distances can be searched for and copied, not only those in tables."""
    first = " ".join(PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())
    for words in ("Kharkiv", "Zaporizhzhia", "Line of contact,", "Sea of Azov", "325 km"):
        assert words in first, words
    names = [zone.name.rpartition(" ")[0] for zone in dnipro.scenario.zones]
    assert all(first.count(name.split()[-1]) >= 2 for name in names)


def test_settings_of_a_user_change_nothing(dnipro: Briefing, pdf: bytes) -> None:
    """Whatever stands in somebody's matplotlibrc, the bytes are the same."""
    usual = figure.render_png(dnipro, dpi=50), figure.render_svg(dnipro)
    own = {
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
        assert (figure.render_png(dnipro, dpi=50), figure.render_svg(dnipro)) == usual
        assert figure.render_pdf(dnipro) == pdf


def test_a_halo_surrounds_its_letters() -> None:
    """It reaches as far as its width beyond the box of the ink, and no farther, wherever the line is set."""
    face = Face("sans-bold", 9)
    left, top, right, bottom = halo.derive_halo("Hamburg", face, 40.0, 70.0, 0.5).bounds
    assert 39.4 < left < 40.4
    assert 40 + fonts.measure_mm("Hamburg", face) - 0.4 < right < 40 + fonts.measure_mm("Hamburg", face) + 0.6
    assert 66 < top < 70 < bottom < 72


def test_a_large_picture_is_saved_in_fewer_colours(dnipro: Briefing, monkeypatch: pytest.MonkeyPatch) -> None:
    """What would be too large to mail keeps its size in pixels and its description."""
    monkeypatch.setattr(files, "MOST_BYTES", 100_000)
    with Image.open(io.BytesIO(figure.render_png(dnipro, dpi=100))) as picture:
        picture.load()
        assert (picture.mode, picture.size) == ("P", (1169, 826))
        assert picture.info["Description"] == dnipro.alt_long


def test_pdf_says_what_it_is(dnipro: Briefing, pdf: bytes) -> None:
    """Title, subject (the long alternative text) and keywords are set, and no time of writing."""
    about = PdfReader(io.BytesIO(pdf)).metadata
    assert about is not None
    assert about.title == dnipro.scenario.title
    assert about.subject == dnipro.alt_long
    assert "dnipro-line" in str(about["/Keywords"])
    assert about.creation_date is None


def test_caveats_and_borders_stand_on_the_first_page(dnipro: Briefing) -> None:
    """What must stand on every output does, with sources, definition and credits."""
    drawn = layout.build_figure(dnipro, PAGES["a4"])
    words = " ".join(text.get_text() for text in drawn.sheet.axes.texts).replace("\N{NO-BREAK SPACE}", " ")
    for sentence in (
        *dnipro.caveats,
        *dnipro.credits,
        dnipro.basemap.border_note,
        dnipro.distance_note,
        dnipro.front.definition_text,
        wording.describe_sources(dnipro),
        wording.NOT_A_POSITION,
    ):
        assert sentence in words


@pytest.mark.parametrize("count", [1, 36])
def test_any_number_of_zones_fits(make_briefing: Callable[..., Briefing], count: int) -> None:
    """One zone or thirty-six: labels apart, the caveats on the page, in the PDF a row for each zone."""
    briefing = make_briefing(tuple(f"Zone {number} of a long name" for number in range(1, count + 1)))
    drawn = layout.build_figure(briefing, PAGES["a4"])
    assert not any(one.is_over(other) for one, other in itertools.combinations(drawn.labels.values(), 2))
    distances = [key for key in drawn.labels if key[0] == "distance"]
    assert len(distances) == 1  # of all zones together where there are many
    words = [text.get_text() for text in drawn.sheet.axes.texts]
    assert briefing.caveats[0] in words
    lowest = max(text.get_position()[1] for text in drawn.sheet.axes.texts)
    assert lowest < PAGES["a4"].height_mm - PAGES["a4"].margin_mm
    sheets = pages.build_pages(briefing, PAGES["a4"])
    text = " ".join(words.get_text() for sheet in sheets for words in sheet.axes.texts)
    assert all(re.search(rf"Zone {number} of", text) for number in range(1, count + 1))


@pytest.mark.parametrize("text", [HOSTILE, "", "x"], ids=["hostile", "empty", "short"])
def test_any_text_is_only_text(make_briefing: Callable[..., Briefing], text: str) -> None:
    """Formulas, markup, control characters, unknown letters and endless words are drawn as they are, or replaced."""
    briefing = make_briefing((text or "Zone", "B"), text)
    with Image.open(io.BytesIO(figure.render_png(briefing, dpi=50))) as picture:
        picture.load()
    root = ET.fromstring(figure.render_svg(briefing))
    assert not [element for element in root.iter() if element.tag.endswith("script")]
    assert len(PdfReader(io.BytesIO(figure.render_pdf(briefing))).pages) >= 2


@pytest.mark.parametrize("dpi", [0, -1, 5000, float("nan"), float("inf")])
def test_absurd_sizes_are_refused_before_drawing(dnipro: Briefing, dpi: float) -> None:
    """A picture that would not fit into memory, or has no pixels, is one clear error."""
    with pytest.raises(UsageError, match="at most 40,000,000 pixels"):
        figure.render_png(dnipro, dpi=dpi)


def test_greyscale_keeps_front_and_zones_apart(dnipro: Briefing) -> None:
    """On a printer without colour the front is much darker than the land, and a zone's outline darker than its fill."""

    def grey(colour: str) -> float:
        red, green, blue = bytes.fromhex(colour.removeprefix("#"))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    inks = style.PALETTE
    assert grey(inks.ukraine) - grey(inks.front) > 150
    assert grey(inks.ukraine) - grey(inks.zone) > 120
    assert grey(inks.zone) - grey(inks.front) > 25
