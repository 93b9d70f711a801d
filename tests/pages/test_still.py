"""The picture of the opening view: what is seen before the map is drawn, and without scripts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.pages.browser import DESKTOP, PHONE
from tests.pages.kinds import KINDS, render_kind

if TYPE_CHECKING:
    from playwright.sync_api import Browser

READ_STILL = """
() => {
  const box = (element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return { text: element.textContent, left, top, right, bottom };
  };
  const still = document.querySelector("svg.still");
  return {
    still: box(still),
    names: Array.from(still.querySelectorAll("text"), box).filter(({ left, right }) => right > left),
    others: Array.from(document.querySelectorAll(".frame :is(.note, .legend, .corner)"), box),
    width: document.documentElement.scrollWidth,
  };
}
"""

HOLD_SCRIPTS = "window.held = []; window.goOn = setTimeout; window.setTimeout = (go) => held.push(go);"
"""What makes a page wait before it draws its map."""

READ_HATCHING = """
() => {
  const still = document.querySelector("svg.still");
  const pattern = document.querySelector(getComputedStyle(still.querySelector("path.zone")).fill.match(/#[\\w-]+/)[0]);
  return still.getScreenCTM().a * Math.sqrt(Math.abs(pattern.patternTransform.baseVal.consolidate().matrix.a ** 2 * 2));
}
"""
"""How large the pattern of a zone is drawn: 1 is as on the map."""

READ_ZONES = """
(selector) => {
  const boxes = Array.from(document.querySelectorAll(selector), (path) => path.getBoundingClientRect());
  const edges = (side, choose) => choose(...boxes.map((box) => box[side]));
  return [edges("left", Math.min), edges("top", Math.min), edges("right", Math.max), edges("bottom", Math.max)];
}
"""


@pytest.mark.browser
@pytest.mark.parametrize("size", [(320, 640), PHONE, (768, 1024), DESKTOP, (1920, 1080)], ids=str)
def test_without_scripts_the_opening_view_stays(
    chromium: Browser, page_of: Callable[[str], Path], size: tuple[int, int]
) -> None:
    """Its names stand in it, nothing lies over it, and the page is no wider than the window."""
    context = chromium.new_context(
        viewport={"width": size[0], "height": size[1]}, java_script_enabled=False, offline=True
    )
    try:
        tab = context.new_page()
        complaints: list[str] = []
        tab.on("console", lambda message: complaints.append(message.text))
        tab.goto(page_of("western-ukraine").as_uri())
        seen = tab.evaluate(READ_STILL)
    finally:
        context.close()
    still, names = seen["still"], seen["names"]
    assert complaints == []
    assert len(names) > 12
    assert seen["width"] <= size[0]
    for name in names:
        assert still["left"] <= name["left"] and name["right"] <= still["right"], name
        assert still["top"] <= name["top"] and name["bottom"] <= still["bottom"], name
    for other in seen["others"]:
        assert other["bottom"] <= still["top"] + 1 or other["top"] >= still["bottom"] - 1, other


@pytest.mark.browser
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page_has_its_opening_view(chromium: Browser, tmp_path: Path, kind: str) -> None:
    """Without scripts zones, front and names are seen, and no button that would do nothing."""
    file = tmp_path / f"{kind}.html"
    file.write_bytes(render_kind(kind))
    context = chromium.new_context(
        viewport={"width": PHONE[0], "height": PHONE[1]}, java_script_enabled=False, offline=True
    )
    try:
        tab = context.new_page()
        tab.goto(file.as_uri())
        still = tab.locator("svg.still")
        box = still.bounding_box()
        assert box is not None and box["height"] > 250
        assert still.locator("path.zone").first.is_visible()
        assert len([name for name in still.locator("text").all() if name.is_visible()]) > 8
        assert (
            tab.locator(".player, .switches input, .chart, .actions button").filter(visible=True).count() == 0
        )
    finally:
        context.close()


@pytest.mark.browser
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("kind", KINDS)
def test_map_takes_the_place_of_the_still_without_a_jump(
    chromium: Browser, tmp_path: Path, kind: str, size: tuple[int, int]
) -> None:
    """Before the map is drawn, its zones lie and are hatched as they will be, and then the still is gone."""
    file = tmp_path / f"{kind}.html"
    file.write_bytes(render_kind(kind))
    context = chromium.new_context(viewport={"width": size[0], "height": size[1]}, offline=True)
    try:
        tab = context.new_page()
        complaints: list[str] = []
        tab.on("console", lambda message: complaints.append(message.text))
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.add_init_script(HOLD_SCRIPTS)
        tab.goto(file.as_uri())
        hatching = tab.evaluate(READ_HATCHING)
        before = tab.evaluate(READ_ZONES, ".still path.zone")
        names, frame = tab.evaluate(READ_STILL)["names"], tab.evaluate(READ_STILL)["still"]
        tab.evaluate("() => { window.setTimeout = goOn; held.forEach((go) => go()); }")
        tab.wait_for_selector("html[data-ready=map]", timeout=10_000)
        after = tab.evaluate(READ_ZONES, ".folium-map path.zone")
        assert tab.locator(".still").count() == 0
    finally:
        context.close()
    assert before == pytest.approx(after, abs=3)
    assert hatching == pytest.approx(1, abs=0.01)
    assert complaints == []
    assert len(names) > 5
    for name in names:
        assert name["left"] >= frame["left"] and name["right"] <= frame["right"], name
        assert name["top"] >= frame["top"] and name["bottom"] <= frame["bottom"], name


@pytest.mark.browser
def test_still_is_a_picture_with_a_name(chromium: Browser, page_of: Callable[[str], Path]) -> None:
    """Who hears the page without scripts is told what the picture shows."""
    context = chromium.new_context(java_script_enabled=False, offline=True)
    try:
        tab = context.new_page()
        tab.goto(page_of("dnipro-line").as_uri())
        still = tab.locator("svg.still")
        assert still.get_attribute("role") == "img"
        assert len(still.get_attribute("aria-label") or "") > 20
    finally:
        context.close()


@pytest.mark.browser
def test_a_page_printed_at_once_has_its_map(chromium: Browser, page_of: Callable[[str], Path]) -> None:
    """What is left to draw is drawn at once where the printer asks first."""
    context = chromium.new_context(offline=True)
    try:
        tab = context.new_page()
        tab.add_init_script(HOLD_SCRIPTS)
        tab.goto(page_of("dnipro-line").as_uri())
        assert tab.locator("svg.still").count() == 1
        tab.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
        assert tab.locator("svg.still").count() == 0
        assert tab.locator(".folium-map path.front").count() > 0
    finally:
        context.close()


@pytest.mark.browser
@pytest.mark.parametrize("size", [PHONE, (390, 700), DESKTOP], ids=str)
def test_hatching_without_scripts_is_about_as_on_the_map(
    chromium: Browser, page_of: Callable[[str], Path], size: tuple[int, int]
) -> None:
    """On a phone the picture is half as large, and its hatching no denser for that."""
    context = chromium.new_context(
        java_script_enabled=False, offline=True, viewport={"width": size[0], "height": size[1]}
    )
    try:
        tab = context.new_page()
        tab.goto(page_of("western-ukraine").as_uri())
        assert 0.7 < tab.evaluate(READ_HATCHING) < 1.5
    finally:
        context.close()


@pytest.mark.browser
@pytest.mark.parametrize(("size", "are_numbered"), [(DESKTOP, False), (PHONE, True)], ids=["wide", "narrow"])
def test_zones_are_numbered_only_where_the_picture_has_numbers(
    chromium: Browser, page_of: Callable[[str], Path], size: tuple[int, int], are_numbered: bool
) -> None:
    """Without scripts the table numbers its zones for the small picture alone, which has no room for every name."""
    context = chromium.new_context(
        viewport={"width": size[0], "height": size[1]}, offline=True, java_script_enabled=False
    )
    tab = context.new_page()
    tab.goto(page_of("western-ukraine").as_uri())
    marks = tab.locator(".panel table .zone-number").all()
    assert {mark.is_visible() for mark in marks} == {are_numbered}
    context.close()
