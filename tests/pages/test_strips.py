"""The strips beside the map: where their zones' distances are, whatever the screen."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geo.briefing import notes
from geo.briefing.briefing import Briefing, build_briefing
from geo.fronts.reading import find_front
from geo.renderers.webmap import strips
from geo.renderers.webmap.map import render_html
from tests.made_up.options import build_options
from tests.pages.browser import DESKTOP, PHONE, visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

READ = """
() => {
  const box = (element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    return [left, right, top, bottom];
  };
  const axis = Array.from(document.querySelectorAll(".strip-axis text"), (text) => {
    const [left, right] = box(text);
    return [Number(text.textContent.replace(",", "")), (left + right) / 2];
  });
  const rows = Array.from(document.querySelectorAll(".strips li:not(.strip-axis)"), (row) => ({
    name: row.querySelector(".strip-name").firstChild.textContent,
    row: box(row), bar: box(row.querySelector(".strip-bar")), median: box(row.querySelector(".strip-median")),
    words: box(row.querySelector(".strip-name")), number: box(row.querySelector("svg text")),
  }));
  return { axis, rows };
}
"""


def open_sheet(seen: Any) -> None:
    if (handle := seen.tab.locator("#sheet-handle")).is_visible():
        handle.click()
        seen.tab.wait_for_timeout(400)


@pytest.mark.parametrize("size", [DESKTOP, PHONE, (1024, 768)])
@pytest.mark.parametrize("name", ["crowd", "crossing-the-front", "tiny"])
def test_strips_stand_at_their_distances(
    chromium: Browser, tmp_path: Path, name: str, size: tuple[int, int]
) -> None:
    """Measured by the axis, each strip begins, ends and has its tick where its zone's distances are; rows are apart."""
    briefing = build_briefing(build_options()[name], find_front("2025-03-27"))
    zones = {row.zone: row for row in briefing.metrics.zones}
    file = tmp_path / "page.html"
    file.write_bytes(render_html(briefing))
    with visit(chromium, file, size) as seen:
        open_sheet(seen)
        read = seen.tab.evaluate(READ)
    (zero, left), (last, right) = read["axis"][0], read["axis"][-1]
    per_km = (right - left) / (last - zero)
    rows = read["rows"]
    assert [row["name"] for row in rows] == sorted(zones, key=lambda zone: zones[zone].nearest_km)
    for row in rows:
        zone = zones[row["name"]]
        ends = [left + per_km * km for km in (zone.nearest_km, zone.farthest_km)]
        assert row["bar"][:2] == pytest.approx(ends, abs=1.6)
        assert sum(row["median"][:2]) / 2 == pytest.approx(left + per_km * zone.median_km, abs=1.6)
        assert row["words"][1] <= row["number"][0] + 0.5
        assert row["row"][0] <= row["words"][0] and row["bar"][1] <= row["row"][1]
    assert all(one["row"][3] <= other["row"][2] + 0.5 for one, other in itertools.pairwise(rows))


def test_long_lists_end_in_how_many_more_there_are(
    chromium: Browser, make_briefing: Callable[..., Briefing], tmp_path: Path
) -> None:
    """Of sixty zones the nearest have strips and the others are counted; the table fades out, not cut, and has all."""
    file = tmp_path / "many.html"
    file.write_bytes(render_html(make_briefing(tuple(f"Area {number}" for number in range(60)))))
    with visit(chromium, file, DESKTOP) as seen:
        assert seen.tab.locator(".strip-bar").count() == strips.MOST
        assert seen.tab.get_by_text(notes.REST_IN_TABLE.format(60 - strips.MOST)).is_visible()
        table = seen.tab.locator(".scroller.is-long")
        table.evaluate("table => { table.scrollTop = table.scrollHeight }")
        total, window = (each.bounding_box() for each in (table.locator(".total"), table))
        assert total is not None and window is not None
        fade = table.evaluate("table => parseFloat(getComputedStyle(table, '::after').height)")
        assert total["y"] + total["height"] <= window["y"] + window["height"] - fade + 1


def test_zone_beyond_the_front_has_words_and_no_strip(
    chromium: Browser, make_briefing: Callable[..., Briefing], tmp_path: Path
) -> None:
    """What lies wholly beyond the front is said to; there is no distance on this side to draw."""
    briefing = make_briefing(("Over there", "Here"))
    over, here = briefing.metrics.zones
    zones = (replace(over, beyond_share=1.0), here)
    file = tmp_path / "page.html"
    file.write_bytes(render_html(replace(briefing, metrics=replace(briefing.metrics, zones=zones))))
    with visit(chromium, file, DESKTOP) as seen:
        first = seen.tab.locator(".strips li:not(.strip-axis)").first
        assert first.inner_text().split("\n") == ["Over there", "wholly beyond the front"]
        assert first.locator(".strip-bar, svg text").count() == 0
        assert seen.tab.locator(".strip-bar").count() == 1
