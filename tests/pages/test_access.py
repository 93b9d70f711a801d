"""The page for everyone: axe-core, names for what is not text, focus, motion, darkness, and targets for a finger."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geo.renderers import style
from tests.pages.access import READ_TARGETS, find_violations
from tests.pages.browser import DESKTOP, PHONE, Visit, visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def sketch(seen: Visit) -> None:
    """Begin an outline of three corners."""
    seen.tab.click("#sketch-open")
    seen.click_at((33, 50), (35, 50), (34, 49))


STATES: dict[str, Callable[[Visit], None]] = {
    "as opened": lambda seen: None,
    "unfolded": lambda seen: seen.tab.locator(".fold summary").click(),
    "with pins": lambda seen: seen.click_at((33.0, 49.5), (34.0, 50.2), (30.9, 50.3)),
    "layers open": lambda seen: seen.tab.click("#layers-open"),
    "sketching": sketch,
}


STOPS = {
    ".skip": "skip",
    ".folium-map": "map",
    ".leaflet-control-zoom-in": "zoom in",
    ".leaflet-control-zoom-out": "zoom out",
    ".whole-view": "whole map",
    "#layers-open": "layers",
    "#sketch-open": "sketch",
    ".legend summary": "legend",
    ".panel": "panel",
    ".scroller": "table",
    "button[data-zone]": "zone",
    ".action": "action",
    ".takeaway summary": "key sentence",
    ".fold summary": "fold",
}
"""What the Tab key must reach, by selector, and nothing else."""

DESCRIBE_FOCUS = """
(stops) => {
  const focused = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(focused);
  const ring = parseFloat(getComputedStyle(focused, "::after").borderTopWidth);
  const stop = Object.keys(stops).find((selector) => focused.matches(selector));
  const isShown = (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) || ring >= 2;
  return [stops[stop] || focused.id || focused.getAttribute("class"), isShown];
}
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_no_violation(
    chromium: Browser, page_of: Callable[[str], Path], state: str, scheme: Any
) -> None:
    """In every state of the page and in both colour schemes axe-core has nothing to say against it."""
    with visit(
        chromium, page_of("dnipro-line"), DESKTOP, color_scheme=scheme, reduced_motion="reduce"
    ) as seen:
        STATES[state](seen)
        assert find_violations(seen) == []


@pytest.mark.parametrize("state", ["sheet down", "sheet up", "sketching"])
def test_axe_finds_no_violation_on_a_phone(
    chromium: Browser, page_of: Callable[[str], Path], state: str
) -> None:
    """Nor at 390 pixels, with the sheet down or up, or with the sketch's card in its place."""
    with visit(chromium, page_of("dnipro-line"), PHONE, has_touch=True, reduced_motion="reduce") as seen:
        if state != "sheet down":
            seen.tab.tap("#sheet-handle" if state == "sheet up" else "#sketch-open")
        assert find_violations(seen) == []


def test_map_says_in_words_what_it_shows(chromium: Browser, page_of: Callable[[str], Path]) -> None:
    """The map is described by the generated text, which holds every zone's figures, and by what its keys do."""
    with visit(chromium, page_of("dnipro-line"), DESKTOP) as seen:
        ids = (seen.tab.get_attribute(".folium-map", "aria-describedby") or "").split()
        said = " ".join(seen.tab.locator(f"#{name}").text_content() or "" for name in ids)
        assert "Kyiv to Kaniv reach: 325\u00a0km from the front at its nearest point" in said
        assert "Arrow keys move the crosshair" in said


def test_everything_can_be_reached_and_shows_its_focus(
    chromium: Browser, page_of: Callable[[str], Path]
) -> None:
    """Tab goes round map, zoom, layers, sketch, legend, panel, every zone and the fold; no stop is unknown."""
    with visit(chromium, page_of("made-up"), DESKTOP) as seen:
        reached: set[str] = set()
        for _ in range(24):
            seen.tab.keyboard.press("Tab")
            kind, is_shown = seen.tab.evaluate(DESCRIBE_FOCUS, STOPS)
            if kind is None:
                break  # past the end of the page
            assert is_shown, kind
            reached.add(kind)
        assert reached == set(STOPS.values())


def test_layers_are_switched_by_keyboard(chromium: Browser, page_of: Callable[[str], Path]) -> None:
    """Enter opens the list of layers, Space takes a layer off the map, and Escape closes the list."""
    with visit(chromium, page_of("made-up"), DESKTOP) as seen:
        seen.tab.focus("#layers-open")
        seen.tab.keyboard.press("Enter")
        seen.tab.wait_for_selector(".leaflet-control-layers-expanded")
        seen.tab.keyboard.press("Tab")
        assert seen.tab.evaluate("document.activeElement.type") == "checkbox"
        seen.tab.keyboard.press("Space")
        assert seen.tab.locator(".folium-map path.zone").count() == 0
        seen.tab.keyboard.press("Escape")
        assert seen.tab.locator(".leaflet-control-layers-expanded").count() == 0
        assert seen.tab.evaluate("document.activeElement.id === 'layers-open'")


def test_layers_close_by_escape_at_once(chromium: Browser, page_of: Callable[[str], Path]) -> None:
    """The focus stays on the button that has opened the list, so that the same hand can close it."""
    with visit(chromium, page_of("made-up"), DESKTOP) as seen:
        seen.tab.focus("#layers-open")
        seen.tab.keyboard.press("Enter")
        assert seen.tab.locator("#layers").is_visible()
        seen.tab.keyboard.press("Escape")
        assert seen.tab.locator("#layers").is_hidden()
        assert seen.tab.evaluate("document.activeElement.id") == "layers-open"


def test_skip_button_leads_past_the_map(chromium: Browser, page_of: Callable[[str], Path]) -> None:
    """The first stop of the Tab key is a button, hidden until then, that leads to the panel."""
    with visit(chromium, page_of("made-up"), DESKTOP) as seen:
        hidden = seen.tab.locator("#skip").bounding_box()
        seen.tab.keyboard.press("Tab")
        shown = seen.tab.locator("#skip").bounding_box()
        assert hidden is not None and shown is not None and hidden["y"] < 0 < shown["y"]
        seen.tab.keyboard.press("Enter")
        assert seen.tab.evaluate("document.activeElement.matches('.panel')")


def test_nothing_moves_for_readers_who_asked_for_that(
    chromium: Browser, page_of: Callable[[str], Path]
) -> None:
    """With reduced motion the zoom button changes the view at once; without, it takes a moment."""
    zooms_at_once = """() => {
      const map = window[document.querySelector(".folium-map").id];
      const before = map.getZoom();
      document.querySelector(".leaflet-control-zoom-in").click();
      return map.getZoom() !== before;
    }"""
    for motion, at_once in (("reduce", True), ("no-preference", False)):
        with visit(chromium, page_of("made-up"), DESKTOP, reduced_motion=motion) as seen:
            assert seen.tab.evaluate(zooms_at_once) is at_once


def test_dark_scheme_is_followed_on_screen_and_not_on_paper(
    chromium: Browser, page_of: Callable[[str], Path]
) -> None:
    """A dark system gets a dark page and map; the same page printed is light."""
    ground = "getComputedStyle(document.body).getPropertyValue('--paper').trim()"
    with visit(chromium, page_of("made-up"), DESKTOP, color_scheme="dark") as seen:
        assert seen.tab.evaluate(ground) == style.DARK.paper
        land = "getComputedStyle(document.querySelector('path.land-ukraine')).fill"
        red, green, blue = (int(style.DARK.ukraine[i : i + 2], 16) for i in (1, 3, 5))
        assert seen.tab.evaluate(land) == f"rgb({red}, {green}, {blue})"
        seen.tab.emulate_media(media="print")
        assert seen.tab.evaluate(ground) == style.PALETTE.paper


def test_fingers_meet_targets_of_44_pixels(chromium: Browser, page_of: Callable[[str], Path]) -> None:
    """On a phone every button, switch, field and handle is at least 44 pixels high and wide."""
    options = {"has_touch": True, "is_mobile": True, "reduced_motion": "reduce"}
    with visit(chromium, page_of("dnipro-line"), PHONE, **options) as seen:
        seen.click_at((33.0, 50.3))
        seen.tab.tap("#layers-open")
        targets = seen.tab.evaluate(READ_TARGETS)
        seen.tab.keyboard.press("Escape")
        seen.tab.tap("#sheet-handle")
        targets += seen.tab.evaluate(READ_TARGETS)
        seen.tab.tap("#sheet-handle")
        seen.tab.tap("#sketch-open")
        seen.tab.touchscreen.tap(*seen.pixel_of(32.5, 48.0))
        seen.tab.wait_for_selector(".handle")
        targets += seen.tab.evaluate(READ_TARGETS)
    assert len(targets) > 30
    assert [target for target in targets if target[1] < 43.9 or target[2] < 43.9] == []


def test_pin_is_larger_for_a_finger_than_it_looks(chromium: Browser, page_of: Callable[[str], Path]) -> None:
    """A tap ten pixels above the plate of a pin still removes it."""
    with visit(chromium, page_of("dnipro-line"), PHONE, has_touch=True, is_mobile=True) as seen:
        seen.tab.touchscreen.tap(*seen.pixel_of(33.0, 50.2))
        box = seen.tab.locator("button.pin").bounding_box()
        assert box is not None
        seen.tab.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] - 9)
        seen.wait_until("document.querySelectorAll('button.pin').length === 0")
