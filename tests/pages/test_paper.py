"""The page on paper: A4 in landscape, one page, nothing cut."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geo import numerals
from geo.briefing import legend
from geo.briefing.briefing import Briefing
from geo.renderers.webmap.map import render_html
from geo.scenarios.scenario import read_scenarios
from tests.made_up.hostile import LONG
from tests.pages.boxes import check_labels
from tests.pages.browser import DESKTOP, PHONE, Visit, plain, visit
from tests.pages.kinds import KINDS, render_kind

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
pypdf = pytest.importorskip("pypdf")

SCENARIOS = read_scenarios()

FIND_CUT = """
() => {
  const box = (element) => element.getBoundingClientRect();
  const frame = box(document.querySelector(".frame"));
  const all = document.querySelectorAll(".paper-sheet text, .frame");
  return Array.from(all, (element) => [element, box(element)])
    .filter(([, { width }]) => width > 0)
    .filter(([element, { left, right, top, bottom }]) => left < -2 || right > 1048 || top < -1 || bottom > 719
      || (element.closest(".paper-sheet")
        && left < frame.right && right > frame.left && top + 1 < frame.bottom && bottom - 1 > frame.top))
    .map(([element]) => `${element.getAttribute("class")} ${element.textContent.slice(0, 60)}`);
}
"""
"""What leaves the sheet, and words of the sheet that lie over its map."""


def print_pdf(seen: Visit, **paper: Any) -> Any:
    """Return a page as the PDF that the browser prints, on A4 unless another paper is given."""
    printed = seen.tab.pdf(**(paper or {"prefer_css_page_size": True}), print_background=True)
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
    """However many zones there are, the sheet lists what it has room for and says how many it leaves out."""
    file = tmp_path / "many.html"
    file.write_bytes(render_html(make_briefing(tuple(f"Area {index + 1}" for index in range(zones)))))
    with visit(chromium, file, DESKTOP) as seen:
        document = print_pdf(seen)
        lay_out_on_paper(seen)
        assert seen.tab.evaluate(FIND_CUT) == []
    assert len(document.pages) == 1
    assert ("more; all stand in" in document.pages[0].extract_text()) == (zones == 200)


@pytest.mark.parametrize(
    "paper", [{"format": "Letter", "landscape": True}, {"format": "A4", "landscape": True}]
)
def test_prints_whole_on_either_paper(
    chromium: Browser, page_of: Callable[..., Path], paper: dict[str, Any]
) -> None:
    """On the paper that a reader has, A4 or Letter, it is one page with its last words, and names no paper."""
    with visit(chromium, page_of("western-ukraine"), DESKTOP) as seen:
        document = print_pdf(seen, **paper)
    (page,) = document.pages
    size = [float(edge) for edge in page.mediabox[2:]]
    assert size == pytest.approx([792, 612] if paper["format"] == "Letter" else [842, 595], abs=1.5)
    text = "".join(page.extract_text().split())
    assert "Drawnbygeo" in text
    assert "kmat" in text
    assert "atA4" not in text


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
        assert seen.tab.locator(".paper-sheet text").first.is_visible()
        assert seen.tab.locator(".legend").is_hidden()
        seen.tab.evaluate("window.dispatchEvent(new Event('afterprint'))")
        after = seen.boxes()["map"]
        assert {key: after[key] for key in ("left", "right", "top", "bottom")} == {
            key: before[key] for key in ("left", "right", "top", "bottom")
        }
        assert seen.tab.locator(".paper-sheet text").first.is_hidden()
        assert seen.tab.locator(".legend[open]").count() == 0


def test_map_is_fitted_to_the_place_it_gets_on_paper(chromium: Browser, page_of: Callable[..., Path]) -> None:
    """Also from a phone, whose page hides what paper shows: the map is laid out as high as it is printed."""
    heights = []
    for size in (PHONE, DESKTOP):
        with visit(chromium, page_of("western-ukraine"), size) as seen:
            seen.tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")
            heights.append(seen.tab.evaluate("document.querySelector('.folium-map').clientHeight"))
    assert heights[0] == heights[1]


@pytest.mark.parametrize("kind", KINDS)
def test_printing_leaves_the_view_as_it_was(chromium: Browser, tmp_path: Path, kind: str) -> None:
    """Afterwards every place stands where it stood, between two steps of zoom too."""
    file = tmp_path / "page.html"
    file.write_bytes(render_kind(kind))
    with visit(chromium, file, DESKTOP) as seen:
        before = [*seen.pixel_of(32.0, 48.0), *seen.pixel_of(24.0, 50.0)]
        print_pdf(seen)
        seen.settle()
        after = [*seen.pixel_of(32.0, 48.0), *seen.pixel_of(24.0, 50.0)]
        assert after == pytest.approx(before, abs=1)


def test_printed_map_stands_still(chromium: Browser, page_of: Callable[..., Path]) -> None:
    """Paper takes the map as fitted, on a map narrower than the page: no movement begins or goes on."""
    with visit(chromium, page_of("neighbouring-country"), DESKTOP) as seen:
        lay_out_on_paper(seen)
        laid_out = seen.pixel_of(32.0, 46.0)
        # Leaflet says so once more, a moment after a window has changed its size
        seen.tab.evaluate("window[document.querySelector('.folium-map').id].fire('moveend')")
        seen.settle()
        assert seen.pixel_of(32.0, 46.0) == laid_out


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


def test_legend_on_paper_has_the_lines_that_are_switched_on(
    chromium: Browser, page_of: Callable[..., Path]
) -> None:
    """Lines of equal distance are explained on paper when they are printed, and only then."""
    for is_on in (False, True):
        with visit(chromium, page_of("dnipro-line"), DESKTOP) as seen:
            if is_on:
                seen.tab.click("#isolines-switch")
            lay_out_on_paper(seen)
            assert seen.tab.locator(".paper-sheet").get_by_text(legend.EQUAL).is_visible() == is_on
            assert seen.tab.evaluate(FIND_CUT) == []


def test_numbers_on_paper_are_those_of_its_map(
    chromium: Browser, make_briefing: Callable[..., Briefing], page_of: Callable[..., Path], tmp_path: Path
) -> None:
    """A zone that the printed map names by its number has it in the list beside it; others have none."""
    file = tmp_path / "crowd.html"
    file.write_bytes(render_html(make_briefing(tuple(f"Sector of a long name {at}" for at in range(24)))))
    for page in (file, page_of("dnipro-line")):
        with visit(chromium, page, DESKTOP) as seen:
            lay_out_on_paper(seen)
            numbered = seen.tab.evaluate(
                """() => Array.from(document.querySelectorAll('.zone-name:not(.is-hidden)'), (each) => each.textContent)
                .filter((text) => /^\\d+$/.test(text)).map((text) => Number(text) - 1)"""
            )
            shown = seen.tab.evaluate(
                """() => Array.from(document.querySelectorAll('.paper-sheet [data-number]:not([hidden])'),
                (each) => Number(each.dataset.number))"""
            )
            assert sorted(set(shown)) == sorted(numbered)
            assert (page == file) == bool(shown)


def test_sketch_in_progress_stays_off_the_paper(chromium: Browser, page_of: Callable[..., Path]) -> None:
    """What a reader is drawing has no place on a sheet that does not explain it."""
    with visit(chromium, page_of("dnipro-line"), DESKTOP) as seen:
        seen.tab.click("#sketch-open")
        seen.click_at((33.6, 49.9), (34.9, 49.7), (34.8, 48.9))
        assert seen.tab.locator(".sketch-area").is_visible()
        seen.tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        assert seen.tab.locator(".sketch-area").is_hidden()
        assert seen.tab.locator(".handle").first.is_hidden()
