"""Names on a page: each in its own country, clear of the next one and of the front."""

from __future__ import annotations

import itertools
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import shapely

from geo.briefing.briefing import Briefing, build_briefing
from geo.fronts.reading import find_front
from geo.reference.countries import read_countries
from geo.renderers.webmap.map import render_html
from geo.scenarios.scenario import read_scenarios
from tests.made_up.options import build_options
from tests.pages.boxes import overlaps
from tests.pages.browser import ON_ITS_SIDE, PHONE, visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

SIZES = (PHONE, ON_ITS_SIDE, (1024, 768), (760, 480))
NAMES = [*read_scenarios(), "three-countries", "overlapping"]

ZONES = """
() => {
  const map = window[document.querySelector(".folium-map").id];
  const frame = map.getContainer().getBoundingClientRect();
  return Array.from(document.querySelectorAll(".label.zone-name:not(.is-hidden)"), (label) => {
    const { left, top, right, bottom } = label.getBoundingClientRect();
    const points = [0.1, 0.5, 0.9].flatMap((across) => [0.2, 0.5, 0.8].map((down) => {
      const at = [left + across * (right - left) - frame.left, top + down * (bottom - top) - frame.top];
      const { lat, lng } = map.containerPointToLatLng(at);
      return [lng, lat];
    }));
    const hasFigure = label.querySelector(".figure") !== null;
    return { text: label.textContent, points, left, top, right, bottom, hasFigure };
  });
}
"""
"""The names and numbers of zones with their boxes, and the positions, lon and lat, of points all over them."""

ON_FRONT = """
() => {
  const boxes = Array.from(document.querySelectorAll(".label.sector-name:not(.is-hidden)"), (label) =>
    label.getBoundingClientRect());
  return Array.from(document.querySelectorAll(".folium-map path.front")).flatMap((path) => {
    const matrix = path.getScreenCTM();
    return Array.from({ length: Math.ceil(path.getTotalLength() / 2) }, (_, step) =>
      path.getPointAtLength(2 * step).matrixTransform(matrix)).filter(({ x, y }) =>
        boxes.some(({ left, right, top, bottom }) => x > left && x < right && y > top && y < bottom));
  }).length;
}
"""
"""How many points of the front, two pixels apart, the name of a sector covers."""

ROWS = """
() => Array.from(document.querySelectorAll(".figures div"), (figure) => {
  const [number, meaning] = ["dd", "dt"].map((tag) => figure.querySelector(tag).getBoundingClientRect());
  return { top: Math.round(figure.getBoundingClientRect().top), isBeside: meaning.left >= number.right };
})
"""
"""Where each of the large figures stands, and whether its meaning stands beside it."""


@cache
def brief(name: str) -> Briefing:
    shipped = read_scenarios()
    return build_briefing(shipped.get(name) or build_options()[name], find_front("2025-03-27"))


def share_abroad(points: list[Any], country: str | None) -> float:
    """Return how many of some positions lie in other countries than one, from 0 to 1."""
    countries = read_countries()
    others = [shape for code, shape in zip(countries.codes, countries.shapes, strict=True) if code != country]
    x, y = zip(*points, strict=True)
    return float(sum(shapely.contains_xy(shape, x, y) for shape in others).mean())


@pytest.mark.parametrize("size", [(320, 640), *SIZES], ids=str)
def test_the_nearest_zone_is_named_before_others(
    chromium: Browser, tmp_path: Path, size: tuple[int, int]
) -> None:
    """Where not every zone has room for its name, that which the headline names has it, if at the end of a line."""
    briefing = brief("dnipro-line")
    file = tmp_path / "page.html"
    file.write_bytes(render_html(briefing))
    with visit(chromium, file, size) as seen:
        names = [each["text"] for each in seen.tab.evaluate(ZONES)]
    assert any(name.startswith("Kremenchuk to") for name in names)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("name", NAMES)
def test_names_belong_where_they_stand(
    chromium: Browser, tmp_path: Path, name: str, size: tuple[int, int]
) -> None:
    """A name keeps to its zone's country but for the nearest zone's; numbers keep off names, sectors off the front.

    A number that stands on its zone is read as that one's.
    """
    briefing = brief(name)
    file = tmp_path / f"{name}.html"
    file.write_bytes(render_html(briefing))
    with visit(chromium, file, size) as seen:
        written = seen.tab.evaluate(ZONES)
        assert seen.tab.evaluate(ON_FRONT) <= 3
    nearest = min(briefing.metrics.zones, key=lambda row: row.nearest_km).zone
    country_of = {"".join(zone.name.split()): zone.country for zone in briefing.scenario.zones}
    for label in written:
        text = "".join(label["text"].split())
        home = next((code for zone, code in country_of.items() if text.startswith(zone)), None)
        if home and not text.startswith("".join(nearest.split())):
            assert share_abroad(label["points"], home) <= 0.6, label["text"]
    for one, other in itertools.permutations(written, 2):
        is_number = one["text"].isdigit()
        zone = briefing.scenario.zones[int(one["text"]) - 1].geometry if is_number else None
        if zone and not shapely.contains_xy(zone, *one["points"][4]) and other["hasFigure"]:
            around = {"left": -12, "top": -12, "right": 12, "bottom": 12}
            assert not overlaps({side: one[side] + by for side, by in around.items()}, other), one["text"]


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_large_figures_stand_in_rows(chromium: Browser, tmp_path: Path, size: tuple[int, int]) -> None:
    """All three stand in one row, or the two distances do and the area has a row, its meaning beside it."""
    file = tmp_path / "page.html"
    file.write_bytes(render_html(brief("western-ukraine")))
    with visit(chromium, file, size) as seen:
        first, second, area = seen.tab.evaluate(ROWS)
    assert first["top"] == second["top"]
    assert area["isBeside"] != (area["top"] == first["top"])
