"""Text spaced as wide as readers may set it (WCAG 2.1, 1.4.12): nothing bursts its box or is cut."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.pages.browser import DESKTOP, PHONE, visit
from tests.pages.kinds import KINDS, render_kind

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

SPACE = """
() => {
  const sheet = new CSSStyleSheet();
  const wide = "line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important;";
  sheet.replaceSync(`* { ${wide} } p { margin-bottom: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}
"""

FIND_BURST = """
() => {
  const found = new Set();
  const say = (why, { tagName, className, textContent }) =>
    found.add(`${why}: ${tagName} ${className.baseVal ?? className} ${textContent.trim().slice(0, 40)}`);
  const box = (element) => element.getBoundingClientRect();
  const isOver = (inner, outer) => inner.left < outer.left - 1.5 || inner.right > outer.right + 1.5 ||
    inner.top < outer.top - 1.5 || inner.bottom > outer.bottom + 1.5;
  const isBox = (element, style) => element.matches("td, th, button, label, summary") ||
    ["hidden", "clip"].includes(style.overflowX) || parseFloat(style.borderTopWidth) > 0 ||
    !/, 0\\)$|transparent/.test(style.backgroundColor);
  const doScroll = (element, style) => element.matches(".panel, body") ||
    [style.overflowX, style.overflowY].some((flow) => ["auto", "scroll"].includes(flow));
  const isLeftOut = (element) => element.closest(".unseen, svg, script, noscript, .skip, .paper-sheet") ||
    !element.checkVisibility({ visibilityProperty: true });
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.data.trim() || isLeftOut(node.parentElement)) {
      continue;
    }
    const range = document.createRange();
    range.selectNodeContents(node);
    const texts = Array.from(range.getClientRects()).filter(({ width, height }) => width > 0.5 && height > 0.5);
    for (let element = node.parentElement; ; element = element.parentElement) {
      const style = getComputedStyle(element);
      if (doScroll(element, style)) {
        break;
      }
      const isTight = style.display !== "inline" && isBox(element, style);
      if (isTight && texts.some((text) => isOver(text, box(element)))) {
        say("burst", element);
      }
    }
  }
  document.querySelectorAll(".label:not(.is-hidden) .plate").forEach((plate) => {
    if (isOver(box(plate.parentElement.querySelector("text")), box(plate))) {
      say("burst", plate.parentElement);
    }
  });
  document.querySelectorAll("table").forEach((table) => {
    const room = table.closest(".scroller");
    if (table.checkVisibility() && getComputedStyle(room).overflowX !== "auto" && isOver(box(table), box(room))) {
      say("cut", table);
    }
  });
  const boxes = Array.from(document.querySelectorAll(".frame [data-obstacle], .frame .leaflet-control"))
    .filter((element) => box(element).width > 0);
  boxes.forEach((one, index) => boxes.slice(index + 1).forEach((other) => {
    const [a, b] = [box(one), box(other)];
    const doMeet = a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
    if (doMeet && !one.contains(other)) {
      say(`covers ${other.className}`, one);
    }
  }));
  if (document.documentElement.scrollWidth > innerWidth) {
    found.add("wider than the window");
  }
  return Array.from(found);
}
"""
"""What is larger than the box it stands in, tables that are cut, and what stands on others over the map."""

READ_PLATES = """
() => Object.fromEntries(Array.from(
  document.querySelectorAll(".label.distance:not(.is-hidden)"),
  (label) => [label.textContent, Number(label.querySelector(".plate").getAttribute("width"))],
))
"""
"""The width of every plate by its text; a wider one may have no room."""


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("kind", KINDS)
def test_wide_spacing_bursts_no_box(
    chromium: Browser, tmp_path: Path, kind: str, size: tuple[int, int]
) -> None:
    """Pills, labels, buttons, tables and what stands over the map hold their text, and cover nothing of each other."""
    file = tmp_path / f"{kind}.html"
    file.write_bytes(render_kind(kind))
    with visit(chromium, file, size, reduced_motion="reduce") as seen:
        assert seen.tab.evaluate(FIND_BURST) == []
        before = seen.tab.evaluate(READ_PLATES)
        seen.tab.evaluate(SPACE)
        seen.draw()
        assert seen.tab.evaluate(FIND_BURST) == []
        after = seen.tab.evaluate(READ_PLATES)
        assert bool(before.keys() & after.keys()) == bool(before)
        assert all(after[text] > before[text] for text in before.keys() & after.keys())
        handle = seen.tab.locator("#sheet-handle")
        if handle.is_visible():
            handle.click()
            seen.settle("document.querySelector('.panel').getBoundingClientRect().top")
            assert seen.tab.evaluate(FIND_BURST) == []


def test_a_small_laptop_keeps_each_interval_on_a_line(chromium: Browser, tmp_path: Path) -> None:
    """At 1024 pixels no interval of three digits breaks at its dash, no table is cut, and nothing covers the legend."""
    file = tmp_path / "scenario.html"
    file.write_bytes(render_kind(KINDS[0]))
    with visit(chromium, file, (1024, 768), reduced_motion="reduce") as seen:
        assert seen.tab.evaluate(FIND_BURST) == []
        lines = seen.tab.evaluate(
            "Array.from(document.querySelectorAll('.panel .between'), (each) => each.getClientRects().length)"
        )
        assert set(lines) == {1}
