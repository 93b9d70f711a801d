"""The history page in a real Chromium without a network: slider, buttons, keys, figures and the moving line."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import shapely
from pypdf import PdfReader

from geo import numerals
from geo.measuring.history import History, measure_history
from geo.renderers.webmap import historypage
from tests.made_up.series import SCENARIO, save_days
from tests.pages.boxes import check_labels
from tests.pages.browser import DESKTOP, PHONE, Visit, plain, visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> History:
    """Return a history of five days, the last of them from another source."""
    folder = save_days(
        tmp_path_factory.mktemp("history") / "fronts",
        {"2025-03-01": 0, "2025-03-02": 0, "2025-03-03": 4, "2025-03-05": 12},
    )
    member = {"source": "The <b>Other</b> Institute"}
    return measure_history(SCENARIO, save_days(folder, {"2025-03-06": 14}, prefix="x_", member=member))


@pytest.fixture
def page(history: History, chromium: Browser, tmp_path: Path) -> Iterator[Visit]:
    file = tmp_path / "history.html"
    file.write_bytes(historypage.render_html(history))
    with visit(chromium, file, DESKTOP) as seen:
        seen.tab.wait_for_selector("html[data-history=ready]")
        yield seen


def read(page: Visit) -> tuple[str, list[str]]:
    """Return the day that is shown and the figures of the first zone."""
    cells = page.tab.locator("#figures tr:first-child td").all_text_contents()
    return plain(page.tab.locator("#day").text_content() or ""), [plain(cell.strip()) for cell in cells]


def path_of_front(page: Visit) -> str:
    return page.tab.locator("path.front-now").first.get_attribute("d") or ""


def figures_of(history: History, number: int) -> list[str]:
    first, row = history.days[0].metrics.zones[0], history.days[number].metrics.zones[0]
    return [
        numerals.format_km(row.nearest_km),
        numerals.format_change_km(row.nearest_km - first.nearest_km),
        numerals.format_km(row.mean_km),
        numerals.format_change_km(row.mean_km - first.mean_km),
    ]


def test_opens_on_the_last_day(page: Visit, history: History) -> None:
    """Nothing is requested, nothing complains, labels are clear of each other, and markup in a source stays text."""
    assert not page.complaints
    assert [address for address in page.requests if not address.startswith("file:")] == []
    assert read(page)[0] == "6 March 2025"
    assert read(page)[1][1] == "0 km"
    check_labels(page.boxes())
    assert page.tab.locator("#chart b, .panel b").count() == 0
    assert "The <b>Other</b> Institute" in page.tab.locator(".panel").inner_text()


def test_keys_and_buttons_go_through_the_days(page: Visit, history: History) -> None:
    """Home, End, the arrows and the step buttons choose a day; figures and line are that day's."""
    page.tab.keyboard.press("Home")
    assert read(page) == ("1 March 2025", figures_of(history, 0))
    start = path_of_front(page)
    page.tab.keyboard.press("ArrowRight")
    assert read(page)[0] == "2 March 2025"
    assert path_of_front(page) == start
    page.tab.click("#forward")
    assert read(page) == ("3 March 2025", figures_of(history, 2))
    assert path_of_front(page) != start
    page.tab.click("#back")
    assert read(page)[0] == "2 March 2025"
    assert path_of_front(page) == start
    page.tab.keyboard.press("End")
    assert read(page)[0] == "6 March 2025"


def test_plays_to_the_end(page: Visit) -> None:
    """Space starts at the first day and plays to the last, then stops by itself."""
    page.tab.keyboard.press(" ")
    assert page.tab.locator("#play").text_content() == "Pause"
    page.tab.wait_for_selector("#play[aria-pressed=false]", timeout=20_000)
    assert read(page)[0] == "6 March 2025"
    assert not page.complaints


def test_slider_and_chart_choose_a_day(page: Visit) -> None:
    """The slider can be set, and a click on the chart goes to the day there."""
    page.tab.locator("#slider").fill("1")
    assert read(page)[0] == "2 March 2025"
    assert plain(page.tab.locator("#slider").get_attribute("aria-valuetext") or "") == "2 March 2025"
    box = page.tab.locator("#chart").bounding_box()
    assert box is not None
    page.tab.locator("#chart").click(position={"x": box["width"] * 34 / 368 + 2, "y": box["height"] / 2})
    assert read(page)[0] == "1 March 2025"


def test_source_change_breaks_the_line(page: Visit) -> None:
    """The chart has one stretch a source and a mark between them."""
    assert page.tab.locator("#chart polyline.series").count() == 2
    assert page.tab.locator("#chart .change-of-source").count() == 1


def test_phone(history: History, chromium: Browser, tmp_path: Path) -> None:
    """On a phone nothing is wider than the screen."""
    file = tmp_path / "history.html"
    file.write_bytes(historypage.render_html(history))
    with visit(chromium, file, PHONE) as seen:
        seen.tab.wait_for_selector("html[data-history=ready]")
        assert seen.tab.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_slider_and_chart_are_as_long_as_the_time(page: Visit, history: History) -> None:
    """A step of the slider is a day, with or without a front, and a day's place on the chart is proportional to it."""
    slider = page.tab.locator("#slider")
    assert slider.get_attribute("max") == "5"
    slider.fill("4")
    assert plain(page.tab.locator("#day").text_content() or "") == "5 March 2025"
    assert slider.input_value() == "4"
    slider.focus()
    page.tab.keyboard.press("ArrowLeft")
    assert plain(page.tab.locator("#day").text_content() or "") == "3 March 2025"
    points = page.tab.locator("#chart polyline.series").first.get_attribute("points") or ""
    xs = [float(point.split(",")[0]) for point in points.split()]
    assert [round((x - xs[0]) / (xs[1] - xs[0]), 1) for x in xs] == [0, 1, 2, 4]


def test_view_fits_the_lines_of_all_days(page: Visit, history: History) -> None:
    """No day's line leaves the map of the first view."""
    frame = page.boxes()["map"]
    for day in history.days:
        for lonlat in shapely.get_coordinates(day.draw_line()).tolist():
            x, y = page.pixel_of(*lonlat)
            assert frame["left"] <= x <= frame["right"]
            assert frame["top"] <= y <= frame["bottom"]


def test_prints_on_one_page(page: Visit) -> None:
    """Map, figures and chart stand on one A4 page in landscape, and the page on screen is as before."""
    printed = PdfReader(io.BytesIO(page.tab.pdf(prefer_css_page_size=True, print_background=True)))
    assert len(printed.pages) == 1
    words = printed.pages[0].extract_text()
    assert "Nearest point to the front" in words
    assert "Play" not in words
    assert page.tab.evaluate("document.documentElement.className") == "history"
