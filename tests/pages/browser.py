"""A page as people meet it: opened from disk in a real Chromium that reaches no network."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog
    from playwright.sync_api import Page as Tab

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
DESKTOP = (1440, 900)
PHONE = (390, 844)
ON_ITS_SIDE = (844, 390)

READ_BOXES = """
() => {
  const box = (element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return { text: element.textContent.slice(0, 40), left, top, right, bottom };
  };
  const all = (selector) => Array.from(document.querySelectorAll(selector), box);
  return {
    map: box(document.querySelector(".folium-map")),
    labels: all(".label:not(.is-hidden)"),
    dots: all(".dot:not(.is-hidden)"),
    controls: all(".frame .leaflet-control, .frame [data-obstacle]").filter((b) => b.right > b.left),
  };
}
"""


TO_PIXEL = """
([lon, lat]) => {
  const map = window[document.querySelector(".folium-map").id];
  const { left, top } = map.getContainer().getBoundingClientRect();
  const { x, y } = map.latLngToContainerPoint([lat, lon]);
  return [left + x, top + y];
}
"""


READ_VIEW = """
() => {
  const map = window[document.querySelector(".folium-map").id];
  const { lat, lng } = map.getCenter();
  return [lat, lng, map.getZoom()];
}
"""


def plain(text: str) -> str:
    """Return a text of a page without what keeps its numbers, days and ranges on one line."""
    return text.replace("\u00a0", " ").replace("\u2060", "")


def find_chromium() -> str | None:
    """Return the path of the first Chromium there is on the PATH."""
    return next((found for found in map(shutil.which, CHROMIUMS) if found), None)


@dataclass
class Visit:
    """A page that is open in the browser, and what went over the wire or wrong while it was."""

    tab: Tab
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def refuse(self, dialog: Dialog) -> None:
        """Note a dialog that the page opens as a complaint, and close it."""
        self.complaints.append(dialog.message)
        dialog.dismiss()

    def boxes(self) -> dict[str, Any]:
        """Return the boxes of map, labels, dots and controls in window pixels."""
        boxes: dict[str, Any] = self.tab.evaluate(READ_BOXES)
        return boxes

    def pixel_of(self, lon: float, lat: float) -> tuple[float, float]:
        """Return where on the window a position of the map is, x and y in pixels."""
        x, y = self.tab.evaluate(TO_PIXEL, [lon, lat])
        return x, y

    def click_at(self, *lonlats: tuple[float, float]) -> None:
        """Click the map at each position, lon and lat, one after the other."""
        for lon, lat in lonlats:
            self.tab.mouse.click(*self.pixel_of(lon, lat))

    def wait_until(self, condition: str) -> None:
        """Wait until an expression holds; Playwright's own way evaluates strings, which the page forbids."""
        for _ in range(100):
            if self.tab.evaluate(condition):
                return
            self.tab.wait_for_timeout(50)
        raise AssertionError(f"never came true: {condition}")

    def settle(self, read: str = READ_VIEW) -> None:
        """Wait until what an expression gives no longer changes; as it is, until the map no longer moves.

        The map glides on after a pull, and back when it was pulled too far.
        """
        before = None
        for _ in range(100):
            self.tab.wait_for_timeout(200)
            now = self.tab.evaluate(read)
            if now == before:
                return
            before = now
        raise AssertionError(f"never came to rest: {read}")

    def draw(self) -> None:
        """Wait until the page has been drawn once more."""
        self.tab.evaluate(
            "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )

    def zoom_in(self) -> None:
        """Press the zoom button twice and wait until the map has settled."""
        for _ in range(2):
            self.tab.click(".leaflet-control-zoom-in")
            self.settle()


_TABS: dict[tuple[object, ...], Tab] = {}
"""Tabs that are open, by browser, size of the window and options: a new one costs more than the page in it."""


@contextmanager
def visit(browser: Browser, file: Path, size: tuple[int, int], **options: Any) -> Iterator[Visit]:
    """Open a file in a window of this size, offline, and leave it again; options are those of a browser context.

    The tab is used again by the next visit of the same size and options, unless something went wrong in it.
    """
    key = (browser, size, *sorted(options.items()))
    tab = _TABS.pop(key, None) or _open_tab(browser, size, options)
    seen = Visit(tab)
    listeners: dict[Any, Callable[[Any], None]] = {
        "request": lambda request: seen.requests.append(request.url),
        "console": lambda message: seen.complaints.append(message.text),
        "pageerror": lambda error: seen.complaints.append(str(error)),
        "dialog": seen.refuse,
    }
    for event, listener in listeners.items():
        tab.on(event, listener)
    is_as_new = False
    try:
        tab.goto(file.as_uri())
        tab.wait_for_selector("html[data-ready=map]", timeout=10_000)
        yield seen
        for event, listener in listeners.items():
            tab.remove_listener(event, listener)
        is_as_new = _clear(tab, size)
    finally:
        if is_as_new and key not in _TABS:
            _TABS[key] = tab
        else:
            tab.context.close()


def _open_tab(browser: Browser, size: tuple[int, int], options: dict[str, Any]) -> Tab:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, offline=True, **options)
    context.route(lambda address: not address.startswith("file:"), lambda route: route.abort())
    return context.new_page()


def _clear(tab: Tab, size: tuple[int, int]) -> bool:
    """Leave the page, with pointer, medium and window as at first; return whether the clock is right, too."""
    tab.mouse.move(-1, -1)
    tab.emulate_media(media="null")
    if tab.viewport_size != {"width": size[0], "height": size[1]}:
        tab.set_viewport_size({"width": size[0], "height": size[1]})
    tab.goto("about:blank")
    return abs(float(tab.evaluate("Date.now()")) / 1000 - time.time()) < 60
