"""The close-up of a selected zone that the map shows but as a ring."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyproj import Geod

from geo.briefing.briefing import build_briefing
from geo.fronts.reading import find_front
from geo.renderers.webmap.map import render_html
from tests.made_up.options import build_options
from tests.pages.browser import DESKTOP, plain, visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

READ_CLOSEUP = """
() => {
  const read = (name) => document.querySelector(`#closeup ${name}`).getBBox();
  const [shape, scale] = [read(".zone"), read(".closeup-scale")];
  return [shape.width, shape.height, scale.width, shape.x, shape.y];
}
"""


def test_a_tiny_zone_has_a_close_up_while_it_is_selected(chromium: Browser, tmp_path: Path) -> None:
    """Its shape is as large as the scale below it says, and it goes with the selection and at close range."""
    scenario = build_options()["tiny"]
    west, south, east, north = scenario.zones[0].geometry.bounds
    _, _, width_m = Geod(ellps="WGS84").inv(west, (south + north) / 2, east, (south + north) / 2)
    file = tmp_path / "tiny.html"
    file.write_bytes(render_html(build_briefing(scenario, find_front("2025-03-27"))))
    with visit(chromium, file, DESKTOP, reduced_motion="reduce") as seen:
        box, choose = seen.tab.locator("#closeup"), seen.tab.locator("button[data-zone='0']")
        assert box.is_hidden()
        choose.click()
        assert box.is_visible()
        width, height, scale, x, y = seen.tab.evaluate(READ_CLOSEUP)
        said_km = float(plain(box.locator("text").text_content() or "").removesuffix(" km"))
        assert width / scale * said_km == pytest.approx(width_m / 1000, rel=0.01)
        assert 70 < max(width, height) <= 116 and min(x, y) >= 7
        assert box.locator("figcaption").text_content() == "Port of Odesa"
        choose.click()
        assert box.is_hidden()


def test_a_zone_that_can_be_seen_has_none(chromium: Browser, tmp_path: Path) -> None:
    """A zone whose shape the map shows needs no second picture."""
    file = tmp_path / "hole.html"
    file.write_bytes(render_html(build_briefing(build_options()["hole"], find_front("2025-03-27"))))
    with visit(chromium, file, DESKTOP, reduced_motion="reduce") as seen:
        seen.tab.click("button[data-zone='0']")
        assert seen.tab.locator("#closeup").is_hidden()
