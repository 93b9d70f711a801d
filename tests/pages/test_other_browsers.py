"""The three maps in Firefox and WebKitGTK, so that people with Firefox or Safari are promised something."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.pages.boxes import check_labels
from tests.pages.browser import READ_BOXES
from tests.pages.otherbrowsers import OtherBrowser, firefox, webkit

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning"),  # Selenium's own call
]

BROWSERS = {"firefox": firefox, "webkit": webkit}
HALO = 3
PARTED = """
const whole = /\\d\\s+(km²?|%)(?!\\p{L})|\\d\\s+(MONTHS)(\\s\\d{4})?|\\d–\\u2060?\\d+/gu;
const panel = document.querySelector(".panel");
document.querySelectorAll("details").forEach((fold) => { fold.open = true; });
const found = new Set();
for (let width = 400; width > 240; width -= 7) {
  panel.style.width = `${width}px`;
  const walker = document.createTreeWalker(panel, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (const match of node.data.matchAll(whole)) {
      const range = document.createRange();
      range.setStart(node, match.index);
      range.setEnd(node, match.index + match[0].length);
      if (new Set(Array.from(range.getClientRects(), (box) => Math.round(box.bottom))).size > 1) {
        found.add(match[0]);
      }
    }
  }
}
panel.style.width = "";
return Array.from(found);
""".replace("MONTHS", "|".join(calendar.month_name[1:]))
"""What parts at a line's end of a panel of any width: numbers and units, days, ranges."""


def read_letters(other: OtherBrowser) -> dict[str, Any]:
    """Return the boxes on a map, those of labels without the halo, which Firefox counts in."""
    boxes: dict[str, Any] = other.run(f"return ({READ_BOXES})()")
    for label in boxes["labels"]:
        for side, by in (("left", HALO), ("top", HALO), ("right", -HALO), ("bottom", -HALO)):
            label[side] += by
    return boxes


@pytest.fixture(scope="module", params=BROWSERS)
def other(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OtherBrowser]:
    """Return each of the other browsers, or skip where it is not there."""
    with BROWSERS[request.param](tmp_path_factory.mktemp(request.param)) as browser:
        yield browser


@pytest.mark.parametrize("name", ["dnipro-line", "western-ukraine", "neighbouring-country"])
def test_map_is_shown_measured_and_sketched_on(
    other: OtherBrowser, page_of: Callable[[str], Path], name: str
) -> None:
    """The page becomes ready, says a distance, pins one, takes a sketch's corners, and complains of nothing."""
    other.open(page_of(name))
    assert other.run("return document.querySelectorAll('.folium-map path.zone').length") > 0
    check_labels(read_letters(other))
    other.click(*other.find_free()[0])
    other.wait_until("document.querySelectorAll('button.pin').length === 1")
    other.wait_until("/^[\\d,]+\\skm/.test(document.getElementById('readout-distance').textContent)")
    other.click_on("#sketch-open")
    for corner in other.find_free():
        other.click(*corner)
    other.wait_until("document.querySelectorAll('.handle-corner, .handle-end').length >= 3")
    assert other.run(PARTED) == []
    assert other.complaints() == []
