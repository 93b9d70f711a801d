"""Pages of a dozen made-up scenarios: tiny and huge zones, many, far, odd and oddly named ones."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import shapely

from geo import numerals
from geo.briefing.briefing import Briefing, build_briefing
from geo.fronts.reading import find_front
from geo.renderers.webmap.map import render_html
from tests.made_up.options import build_options
from tests.pages.boxes import COVERED, HIDDEN, ON_ZONES, check_labels
from tests.pages.browser import DESKTOP, ON_ITS_SIDE, PHONE, visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

SIZES = (DESKTOP, PHONE, (1024, 768), (320, 640), (768, 1024), (1920, 1080))
NARROW = ("corridor", "georgia", "three-countries", "tiny")
"""Looked at on a phone that lies on its side as well."""

NAMES = "() => Array.from(document.querySelectorAll('.label.zone-name:not(.is-hidden)'), (label) => label.textContent)"


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
