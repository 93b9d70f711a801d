"""The page on paper: A4 in landscape, one page, nothing cut."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geo import numerals
from geo.briefing import notes
from geo.briefing.briefing import Briefing
from geo.renderers.webmap import paper, render_html
from geo.scenarios.scenario import read_scenarios
from tests.made_up.hostile import LONG
from tests.pages.boxes import check_labels
from tests.pages.browser import DESKTOP, PHONE, Visit, plain, visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
pypdf = pytest.importorskip("pypdf")

SCENARIOS = read_scenarios()

FIND_CUT = """
() => Array.from(document.querySelectorAll(".paper-head, .paper-side, .paper-foot, .paper-sheet li, .legend, .note"))
  .filter((e) => e.getClientRects().length)
  .filter((e) => e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1
    || e.getBoundingClientRect().bottom > 717 || e.getBoundingClientRect().right > 1047)
  .map((e) => `${e.className} ${e.textContent.slice(0, 60)}`)
"""


def print_pdf(seen: Visit) -> Any:
    """Return a page as the PDF that the browser prints."""
    printed = seen.tab.pdf(prefer_css_page_size=True, print_background=True)
    assert seen.complaints == []
    return pypdf.PdfReader(io.BytesIO(printed))


def lay_out_on_paper(seen: Visit) -> None:
    """Lay a page out as the browser does when asked to print, without taking paper yet."""
    seen.tab.emulate_media(media="print")
    seen.tab.set_viewport_size({"width": 1047, "height": 718})
    seen.tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    seen.draw()


@pytest.mark.parametrize("name", SCENARIOS)
def test_prints_on_one_landscape_page_with_everything_on_it(
    chromium: Browser, page_of: Callable[..., Path], briefing_of: Callable[..., Briefing], name: str
) -> None:
    """Title, key sentence, date, table, caveats, scale, legend, sources and credits are on one A4 page, whole."""
    built = briefing_of(name)
    with visit(chromium, page_of(name), DESKTOP) as seen:
        document = print_pdf(seen)
        lay_out_on_paper(seen)
        assert seen.tab.evaluate(FIND_CUT) == []
        check_labels(seen.boxes())
        assert seen.tab.locator(".north").is_visible()
        assert seen.tab.locator(".panel").is_hidden()
        check_map_is_whole(seen)
    assert len(document.pages) == 1
    assert [float(edge) for edge in document.pages[0].mediabox[2:]] == pytest.approx([842, 595], abs=1)
    text = " ".join(plain(document.pages[0].extract_text()).split())
    wanted = [
        built.scenario.title,
        built.headline,
        numerals.format_date(built.front.as_of),
        "illustrative",
        "km at",
        "Uncertainty of the line",
    ]
    wanted += [zone.name for zone in built.scenario.zones]
    wanted += [
        "Natural Earth (public domain)",
        "68/262",
        *(source.publisher for source in built.sources),
        "generalised, not a record of positions",
    ]
    for part in wanted:
        assert "".join(part.split()) in text.replace(" ", ""), part


@pytest.mark.parametrize("zones", [1, 30, 200])
def test_many_zones_still_print_on_one_page(
    chromium: Browser, make_briefing: Callable[..., Briefing], tmp_path: Path, zones: int
) -> None:
    """However many zones there are, paper lists the nearest and says how many it leaves out."""
    file = tmp_path / "many.html"
    file.write_bytes(render_html(make_briefing(tuple(f"Area {index + 1}" for index in range(zones)))))
    with visit(chromium, file, DESKTOP) as seen:
        document = print_pdf(seen)
        lay_out_on_paper(seen)
        assert seen.tab.evaluate(FIND_CUT) == []
    assert len(document.pages) == 1
    assert (f"of {zones} zones" in document.pages[0].extract_text()) == (zones > paper.ROWS)


def test_notes_left_out_on_paper_are_counted(
    chromium: Browser, make_briefing: Callable[..., Briefing], tmp_path: Path
) -> None:
    """Of thirty notes those that fit are printed, and it is said how many more there are."""
    many = tuple(f"District {number} lies wholly beyond the front." for number in range(30))
    page = tmp_path / "page.html"
    page.write_bytes(render_html(replace(make_briefing(("One", "Two")), caveats=many)))
    with visit(chromium, page, DESKTOP) as seen:
        lay_out_on_paper(seen)
        assert seen.tab.evaluate(FIND_CUT) == []
        printed = seen.tab.locator(".paper-notes").inner_text()
        shown = printed.count("wholly beyond")
        assert 1 <= shown < 30
        assert notes.REST_ON_SCREEN.format(30 - shown) in printed


@pytest.mark.parametrize(
    "text", [*LONG, "A sentence that goes on. " * 80, "N" * 2000], ids=range(len(LONG) + 2)
)
def test_long_texts_still_print_on_one_page(
    chromium: Browser, make_briefing: Callable[..., Briefing], tmp_path: Path, text: str
) -> None:
    """Texts as long as a file may hold are shortened on paper; the page stays one, and nothing leaves its place."""
    names = tuple(f"{index} {text[:118]}" for index in range(9))
    file = tmp_path / "long.html"
    file.write_bytes(render_html(make_briefing(names, text=text)))
    with visit(chromium, file, DESKTOP) as seen:
        assert len(print_pdf(seen).pages) == 1
        lay_out_on_paper(seen)
        assert seen.tab.evaluate(FIND_CUT) == []


def test_prints_the_same_from_a_phone(chromium: Browser, page_of: Callable[..., Path]) -> None:
    """A phone prints the same sheet, and shows the map as before when it is done."""
    with visit(chromium, page_of("made-up"), PHONE) as seen:
        document = print_pdf(seen)
        assert len(document.pages) == 1
        assert "Uncertainty of the line" in document.pages[0].extract_text()
    with visit(chromium, page_of("made-up"), PHONE) as seen:
        before = seen.boxes()["map"]
        seen.tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        assert seen.tab.locator(".paper-title").is_visible()
        assert seen.tab.locator(".legend li").first.is_visible()
        seen.tab.evaluate("window.dispatchEvent(new Event('afterprint'))")
        after = seen.boxes()["map"]
        assert {key: after[key] for key in ("left", "right", "top", "bottom")} == {
            key: before[key] for key in ("left", "right", "top", "bottom")
        }
        assert seen.tab.locator(".paper-title").is_hidden()
        assert seen.tab.locator(".legend[open]").count() == 0


def test_map_is_fitted_to_the_place_it_gets_on_paper(chromium: Browser, page_of: Callable[..., Path]) -> None:
    """Also from a phone, whose page hides what paper shows: the map is laid out as high as it is printed."""
    heights = []
    for size in (PHONE, DESKTOP):
        with visit(chromium, page_of("western-ukraine"), size) as seen:
            seen.tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")
            heights.append(seen.tab.evaluate("document.querySelector('.folium-map').clientHeight"))
    assert heights[0] == heights[1]


def test_printed_map_stands_still(chromium: Browser, page_of: Callable[..., Path]) -> None:
    """Paper takes the map as fitted, on a map narrower than the page: no movement begins or goes on."""
    with visit(chromium, page_of("neighbouring-country"), DESKTOP) as seen:
        lay_out_on_paper(seen)
        laid_out = seen.pixel_of(32.0, 46.0)
        # Leaflet says so once more, a moment after a window has changed its size
        seen.tab.evaluate("window[document.querySelector('.folium-map').id].fire('moveend')")
        seen.settle()
        assert seen.pixel_of(32.0, 46.0) == laid_out


def test_sheet_lists_the_nearest_zones_first_when_it_cannot_list_all(
    make_briefing: Callable[..., Briefing],
) -> None:
    """With more zones than paper has room for, the table holds the nearest ones, nearest first, and the total."""
    built = make_briefing(tuple(f"Area {index}" for index in range(40)))
    rows = paper.describe_paper(built)["paper_rows"]
    assert [row.name for row in rows] == [*(f"Area {index}" for index in range(39, 27, -1)), "All zones"]
    few = replace(built, metrics=replace(built.metrics, zones=built.metrics.zones[:3]))
    assert [row.name for row in paper.describe_paper(few)["paper_rows"]][:3] == ["Area 0", "Area 1", "Area 2"]


def check_map_is_whole(seen: Visit) -> None:
    """Assert that zones and front lie inside the map's frame on a sheet that is laid out."""
    page, frame = (seen.tab.locator(kind).bounding_box() for kind in (".page", ".frame"))
    assert page is not None and frame is not None and page["y"] == 0 and page["height"] > 710
    for path in seen.tab.locator(".folium-map path:is(.zone, .front)").all():
        box = path.bounding_box()
        assert box is not None and box["y"] >= frame["y"] and box["x"] >= frame["x"]
        assert box["y"] + box["height"] <= frame["y"] + frame["height"]
        assert box["x"] + box["width"] <= frame["x"] + frame["width"]


@pytest.mark.parametrize("name", SCENARIOS)
def test_handling_line_stands_in_the_margins_and_takes_nothing(
    chromium: Browser, page_of: Callable[..., Path], name: str
) -> None:
    """It stands above and below, and zones and front are as whole as on a sheet without it."""
    with visit(chromium, page_of(name, "FOR EXERCISE"), DESKTOP) as seen:
        document = print_pdf(seen)
        lay_out_on_paper(seen)
        check_map_is_whole(seen)
        assert seen.tab.evaluate(FIND_CUT) == []
    assert len(document.pages) == 1
    assert document.pages[0].extract_text().count("FOR EXERCISE") == 2


def test_sketch_in_progress_stays_off_the_paper(chromium: Browser, page_of: Callable[..., Path]) -> None:
    """What a reader is drawing has no place on a sheet that does not explain it."""
    with visit(chromium, page_of("dnipro-line"), DESKTOP) as seen:
        seen.tab.click("#sketch-open")
        seen.click_at((33.6, 49.9), (34.9, 49.7), (34.8, 48.9))
        assert seen.tab.locator(".sketch-area").is_visible()
        seen.tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        assert seen.tab.locator(".sketch-area").is_hidden()
        assert seen.tab.locator(".handle").first.is_hidden()
