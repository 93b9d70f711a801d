"""Pages of a dozen made-up scenarios: tiny and huge zones, many, far, odd and oddly named ones."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import shapely

from geo import numerals
from geo.briefing.briefing import Briefing, build_briefing
from geo.fronts.reading import find_front
from geo.renderers.webmap.map import render_html
from geo.scenarios.scenario import find_scenario
from tests.made_up.options import build_options
from tests.pages.boxes import COVERED, HIDDEN, ON_ZONES, check_labels, overlaps
from tests.pages.browser import DESKTOP, ON_ITS_SIDE, PHONE, visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

SMALL = (320, 640)
SIZES = (DESKTOP, PHONE, (1024, 768), SMALL, (768, 1024), (1920, 1080))
NARROW = ("corridor", "georgia", "three-countries", "tiny")
"""Looked at on a phone that lies on its side as well."""

NAMES = "() => Array.from(document.querySelectorAll('.label.zone-name:not(.is-hidden)'), (label) => label.textContent)"

PLATES = ".label.distance:not(.is-hidden)"
BOXES = """
(which) => Array.from(document.querySelectorAll(which), (element) => {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  const range = document.createRange();
  range.selectNodeContents(element);
  const words = range.getBoundingClientRect();
  return { text: element.textContent, left, top, right, bottom, textLeft: words.left, textRight: words.right };
})
"""
"""Where elements stand on the window, and their words."""

CUT = """
() => Array.from(document.querySelectorAll(".panel table"), (table) => {
  const [inner, outer] = [table, table.closest(".panel")].map((element) => element.getBoundingClientRect());
  return inner.width > 0 ? Math.max(inner.right - outer.right, outer.left - inner.left) : 0;
}).filter((over) => over > 0.5)
"""
"""By how many pixels tables reach over the panel that they stand in."""

BROKEN = """
() => Array.from(document.querySelectorAll(".figures .range"))
  .filter((range) => range.getClientRects().length > 1).map((range) => range.textContent)
"""
"""The intervals below the large figures that do not stand on one line."""

SEAS = """
() => {
  const map = window[document.querySelector(".folium-map").id];
  const { left, top } = map.getContainer().getBoundingClientRect();
  return Array.from(document.querySelectorAll(".label.sea:not(.is-hidden)"), (label) => {
    const box = label.getBoundingClientRect();
    const middle = [(box.left + box.right) / 2 - left, (box.top + box.bottom) / 2 - top];
    const { lat, lng } = map.containerPointToLatLng(middle);
    return [label.textContent, lng, lat];
  });
}
"""
"""The names of seas with the positions, lon and lat, of their middles."""


@cache
def brief(name: str) -> Briefing:
    return build_briefing(build_options()[name], find_front("2025-03-27"))


@pytest.mark.parametrize("number", range(len(build_options())), ids=list(build_options()))
def test_page_can_be_read(chromium: Browser, tmp_path: Path, number: int) -> None:
    """Every zone has its name or number, no label covers another, nothing covers the subject, no table is cut."""
    name = [*build_options()][number]
    rows = brief(name).metrics.zones
    named = ["".join(f"{row.zone}{numerals.format_km(row.nearest_km)}".split()) for row in rows]
    file = tmp_path / f"{name}.html"
    file.write_bytes(render_html(brief(name)))
    for size in (*SIZES[number % 2 :: 2], *([ON_ITS_SIDE] if name in NARROW else [])):
        with visit(chromium, file, size) as seen:
            written = ["".join(text.split()) for text in seen.tab.evaluate(NAMES)]
            signs = [words if words in written else str(at) for at, words in enumerate(named, start=1)]
            assert sorted(written) == sorted(signs), size
            check_labels(seen.boxes())
            assert seen.tab.evaluate(COVERED) == [], size
            assert seen.tab.evaluate(CUT) == [], size
            assert seen.tab.evaluate(ON_ZONES) == [], size
            assert seen.tab.evaluate(HIDDEN) == [], size
            assert seen.complaints == []


@pytest.mark.parametrize("name", ["country-sized", "crowd", "estonia"])
def test_low_screen_is_lettered_as_well(chromium: Browser, tmp_path: Path, name: str) -> None:
    """On a phone on its side no interval is broken, no sea stands on land, and all zones are numbered or none."""
    land = shapely.union_all(
        [shapely.geometry.shape(each["geometry"]) for each in brief(name).basemap.countries["features"]]
    )
    file = tmp_path / f"{name}.html"
    file.write_bytes(render_html(brief(name)))
    with visit(chromium, file, ON_ITS_SIDE) as seen:
        assert seen.tab.evaluate(BROKEN) == []
        assert seen.tab.evaluate(ON_ZONES) == []
        assert seen.tab.evaluate(HIDDEN) == []
        for sea, lon, lat in seen.tab.evaluate(SEAS):
            assert not shapely.contains_xy(land, lon, lat), sea
        written = seen.tab.evaluate(NAMES)
    assert len({text.isdigit() for text in written}) == 1


def test_a_zone_at_the_rim_is_seen_as_near_as_others(chromium: Browser, tmp_path: Path) -> None:
    """On a small screen the view leaves what is mapped rather than show a far zone from very far."""
    file = tmp_path / "georgia.html"
    file.write_bytes(render_html(brief("georgia")))
    with visit(chromium, file, SMALL) as seen:
        (west, _), (east, _) = seen.pixel_of(31.6, 46.5), seen.pixel_of(46.2, 41.8)
        assert seen.tab.evaluate(COVERED) == []
    assert east - west > 0.6 * SMALL[0]


def test_a_plate_keeps_off_the_ring_of_a_tiny_zone(chromium: Browser, tmp_path: Path) -> None:
    """The zone has its name then, too: a line leads to it."""
    file = tmp_path / "tiny.html"
    file.write_bytes(render_html(brief("tiny")))
    with visit(chromium, file, SMALL) as seen:
        plates, rings = (seen.tab.evaluate(BOXES, each) for each in (PLATES, "path.zone-ring"))
        assert seen.tab.evaluate(NAMES) == ["Port of Odesa65 km"]
    assert len(plates) == len(rings) == 1
    assert not overlaps(plates[0], rings[0])


def test_numbers_stand_in_their_zones(chromium: Browser, tmp_path: Path) -> None:
    """Of many small zones each has its number on it, not one above and the next beside."""
    file = tmp_path / "crowd.html"
    file.write_bytes(render_html(brief("crowd")))
    with visit(chromium, file, PHONE) as seen:
        boxes = seen.tab.evaluate(BOXES, ".label.zone-name:not(.is-hidden)")
        assert len(boxes) == len(build_options()["crowd"].zones)
        for box in boxes:
            centre = build_options()["crowd"].zones[int(box["text"]) - 1].geometry.centroid
            x, y = seen.pixel_of(centre.x, centre.y)
            assert abs((box["left"] + box["right"]) / 2 - x) < 6, box["text"]
            assert abs((box["top"] + box["bottom"]) / 2 - y) < 6, box["text"]


def test_figures_of_a_table_stand_apart_and_whole(chromium: Browser, tmp_path: Path) -> None:
    """A wide window breaks no interval, a narrow column keeps a zone's number beside its name."""
    file, shipped = tmp_path / "page.html", find_scenario("western-ukraine")
    file.write_bytes(render_html(brief("country-sized")))
    with visit(chromium, file, (1920, 1080)) as seen:
        heights = {round(box["bottom"] - box["top"]) for box in seen.tab.evaluate(BOXES, ".panel .between")}
        assert max(heights) < 20
    file.write_bytes(render_html(build_briefing(shipped, find_front("2025-03-27"))))
    with visit(chromium, file, (1024, 768)) as seen:
        numbers = seen.tab.evaluate(BOXES, ".panel table .zone-number:not([hidden])")
        names = seen.tab.evaluate(BOXES, ".panel table :not([hidden]) + button[data-zone]")
        assert numbers
        assert [round(box["top"]) for box in numbers] == [round(box["top"]) for box in names]
        columns = seen.tab.evaluate(BOXES, ".panel table thead th")
        between = seen.tab.evaluate(BOXES, ".panel table tbody tr:first-child .between")
    assert all(one["right"] <= other["left"] + 7 for one, other in pairwise(columns))
    assert all(other["textLeft"] - one["textRight"] > 5 for one, other in pairwise(between))
