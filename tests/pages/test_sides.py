"""Both sides of the front on the page: the ground beyond it, words along it, and what is said of a position there."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from shapely.geometry import box

from geo.briefing.briefing import build_briefing
from geo.fronts.reading import find_front
from geo.measuring.history import measure_history
from geo.renderers.webmap import historypage
from geo.renderers.webmap.map import render_html
from geo.scenarios.scenario import Scenario, Zone
from tests.made_up import occupied
from tests.made_up.series import SCENARIO
from tests.pages.boxes import check_labels
from tests.pages.browser import DESKTOP, PHONE, Visit, plain, visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

DONETSK, KHARKIV = (37.6, 47.6), (36.0, 49.6)

WORDS = """
() => Array.from(document.querySelectorAll(".label.side-name:not(.is-hidden)"), (label) => {
  const { left, top, width, height } = label.getBoundingClientRect();
  const middle = new DOMPoint(left + width / 2, top + height / 2);
  const isIn = (path) => path.isPointInFill(middle.matrixTransform(path.getScreenCTM().inverse()));
  const [beyond, land, zones] = ["path.beyond", "path.land-ukraine", "path.zone"].map((selector) =>
    Array.from(document.querySelectorAll(`.folium-map ${selector}`)).some(isIn));
  return [label.textContent, beyond, land, zones];
})
"""
"""Each word along the front that is shown: whether its middle lies beyond, in Ukraine, and on a zone."""


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_sides_are_lettered_where_they_lie(
    chromium: Browser, page_of: Callable[[str], Path], size: tuple[int, int]
) -> None:
    """Each word stands on its own side, at first and nearer; the tint is seen and the legend names it."""
    with visit(chromium, page_of("dnipro-line"), size) as seen:
        shape = seen.tab.locator(".folium-map path.beyond").first.bounding_box()
        assert shape is not None and shape["width"] > 50
        found = list(seen.tab.evaluate(WORDS))
        seen.zoom_in()
        found += seen.tab.evaluate(WORDS)
        assert found
        for text, is_beyond, is_land, is_on_zone in found:
            assert is_beyond == (text == "held by Russian forces")
            assert is_land or is_beyond
            assert not is_on_zone
        legend = plain(seen.tab.locator(".legend").text_content() or "")
        assert "Held by Russian forces as reported, 27 March 2025" in legend
        check_labels(seen.boxes())


def test_position_beyond_the_line_is_called_so(chromium: Browser, page_of: Callable[[str], Path]) -> None:
    """Pointer, pin and crosshair say it of ground beyond, and of no other."""
    with visit(chromium, page_of("dnipro-line"), DESKTOP) as seen:
        for place, is_beyond in ((DONETSK, True), (KHARKIV, False)):
            seen.tab.mouse.move(*seen.pixel_of(*place))
            seen.wait_until("document.getElementById('readout-where').textContent.includes('°')")
            seen.draw()
            assert ("beyond the line" in seen.tab.inner_text("#readout-distance")) == is_beyond
            seen.click_at(place)
            pin = seen.tab.locator("button.pin").last
            assert ("beyond the line" in pin.inner_text()) == is_beyond
            assert ("beyond the line" in (pin.get_attribute("aria-label") or "")) == is_beyond
            word = "beyond the line" if is_beyond else "north"
            seen.wait_until(f"document.getElementById('spoken').textContent.includes('{word}')")


def save_page(file: Path, *zones: Any, held: str | None = "right") -> Path:
    front = replace(find_front("2025-03-27"), held_side=held)
    named = tuple(Zone(f"Zone {number}", zone, "UA") for number, zone in enumerate(zones))
    file.write_bytes(render_html(build_briefing(Scenario("s", "S", "", named), front)))
    return file


def read_page(seen: Visit) -> Any:
    return json.loads(seen.tab.locator("#page-data").text_content() or "")


def test_part_of_a_zone_beyond_is_drawn_differently(chromium: Browser, tmp_path: Path) -> None:
    """It lies over the zone, ends where that ends, is named in the legend and tells the zone's name like the rest."""
    file = save_page(tmp_path / "across.html", box(34.6, 46.9, 36.6, 48.3), box(30, 48, 31, 49))
    with visit(chromium, file, DESKTOP) as seen:
        far = seen.tab.locator(".folium-map path.zone-beyond")
        assert far.count() == 1
        whole, part = (
            seen.tab.locator(f".folium-map path.{name}").first.bounding_box()
            for name in ("zone-0", "zone-beyond")
        )
        assert whole is not None and part is not None
        assert whole["y"] < part["y"] and part["height"] < whole["height"]
        assert "Part of a zone beyond the line" in (seen.tab.locator(".legend").text_content() or "")
        seen.tab.mouse.move(*seen.pixel_of(35.0, 47.1))
        assert "Zone 0" in seen.tab.locator(".zone-tip").inner_text()
        assert seen.complaints == []


def test_front_without_sides_has_no_ground_and_no_word(chromium: Browser, tmp_path: Path) -> None:
    """Where the file does not say which side is held, nothing is tinted, lettered, named or said of a position."""
    file = save_page(tmp_path / "sideless.html", box(30, 48, 31, 49), held=None)
    with visit(chromium, file, DESKTOP) as seen:
        assert read_page(seen)["beyond"] == []
        assert seen.tab.locator(".label.side-name, .label.crimea").count() == 0
        assert "Russian forces" not in (seen.tab.locator(".legend").text_content() or "")
        seen.click_at(DONETSK)
        assert "beyond" not in seen.tab.locator("button.pin").inner_text()
        assert seen.complaints == []


def test_a_history_tints_the_ground_of_its_day(chromium: Browser, tmp_path: Path) -> None:
    """Each day has its own ground beyond, drawn with its line, and the key names it."""
    occupied.save_series(tmp_path / "fronts", 4, seed=2)
    file = tmp_path / "history.html"
    file.write_bytes(historypage.render_html(measure_history(SCENARIO, tmp_path / "fronts")))
    with visit(chromium, file, DESKTOP) as seen:
        seen.tab.wait_for_selector("html[data-history=ready]")
        ground = seen.tab.locator(".folium-map path.beyond")
        last = ground.get_attribute("d")
        seen.tab.click("#back")
        seen.tab.click("#back")
        seen.tab.click("#back")
        assert last and ground.get_attribute("d") not in (None, "", last)
        assert (
            "Held by Russian forces as reported, on the day shown"
            in seen.tab.locator(".moving-key").inner_text()
        )
        assert seen.complaints == []
