"""The picture of the opening view: what is seen before the map is drawn, and without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geo import numerals
from geo.briefing.briefing import Briefing
from geo.scenarios.scenario import read_scenarios
from tests.pages.browser import DESKTOP, PHONE

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SCENARIOS = read_scenarios()
FIND_STILL = re.compile(r'<svg class="still.*?</svg>', re.DOTALL)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_picture_is_small(page_of: Callable[[str], Path], scenario: str) -> None:
    """The picture takes at most 60 KB of the file."""
    (still,) = FIND_STILL.findall(page_of(scenario).read_text(encoding="utf-8"))
    assert 10_000 < len(still.encode()) <= 60_000


@pytest.mark.browser
@pytest.mark.parametrize("size", [DESKTOP, PHONE, (768, 1024)], ids=str)
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_map_is_seen_without_scripts(
    chromium: Browser,
    page_of: Callable[[str], Path],
    briefing_of: Callable[[str], Briefing],
    scenario: str,
    size: tuple[int, int],
) -> None:
    """With scripts off the picture fills its place with zones, front, way and names, and the legend stands below it."""
    context = chromium.new_context(
        viewport={"width": size[0], "height": size[1]}, java_script_enabled=False, offline=True
    )
    tab = context.new_page()
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text))
    tab.goto(page_of(scenario).as_uri())
    box, legend = tab.locator("svg.still").bounding_box(), tab.locator(".legend").first.bounding_box()
    said = "".join((tab.locator("svg.still").text_content() or "").split())
    context.close()
    assert complaints == []
    assert box is not None and legend is not None
    assert box["width"] > 0.55 * size[0] and box["height"] > 200
    assert legend["y"] >= box["y"] + box["height"] - 1
    nearest = briefing_of(scenario).metrics.total.nearest_km
    assert "".join(numerals.format_km(nearest).split()) in said
    assert "Lineofcontact" in said
