"""Hostile and odd input, rendered for real: nothing runs, and the page stays readable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from shapely.geometry import LineString, MultiLineString, box

from geo.briefing.briefing import Briefing, build_briefing
from geo.briefing.comparison import combine_briefings
from geo.fronts.front import Front, Sector
from geo.fronts.reading import find_front
from geo.provenance.manifest import build_manifest
from geo.renderers.webmap.comparison import render_comparison
from geo.renderers.webmap.gallery import render_gallery
from geo.renderers.webmap.map import render_html
from geo.scenarios.evidence import Source
from geo.scenarios.scenario import Scenario, Zone, find_scenario
from tests.made_up.hostile import CORPUS, LONG, MARKUP
from tests.made_up.sealing import seal_as
from tests.pages.boxes import check_labels
from tests.pages.browser import DESKTOP, PHONE, visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

MEASURE = """
() => {
  const wide = Array.from(document.querySelectorAll(".panel *, .legend *, .note, h1, .switches *"))
    .filter((e) => !e.closest(".scroller, .is-long, .unseen, svg") && e.getClientRects().length)
    .filter((e) => e.getBoundingClientRect().right > innerWidth + 1 || e.getBoundingClientRect().left < -1);
  const parts = document.querySelectorAll(".panel > *:not(.sheet-handle)");
  const blocks = Array.from(parts, (e) => e.getBoundingClientRect());
  return {
    ran: window.__pwned,
    images: document.images.length,
    width: document.documentElement.scrollWidth,
    wide: wide.map((e) => `${e.tagName} ${e.className} ${e.textContent.slice(0, 40)}`),
    overlaps: blocks.slice(1).filter((rect, index) => rect.top < blocks[index].bottom - 1).length,
    ready: document.documentElement.dataset.ready,
  };
}
"""


def build_hostile(make_briefing: Callable[..., Briefing], text: str) -> Briefing:
    """Return a briefing with a text in every field of scenario, zones, source, claim and front that holds one."""
    built = make_briefing((text, f"{text} 2"), text=text)
    sector = Sector(text, built.front.line)
    source = Source("paper", text, text, date(2025, 3, 27), (text,), built.claims, text)
    claim = replace(built.claims[0], unit=text, said=text)
    return replace(
        built,
        front=replace(built.front, id=text, sectors=(sector,)),
        sources=(source,),
        claims=(claim,),
        scenario=replace(
            built.scenario, zones=tuple(replace(zone, country=text) for zone in built.scenario.zones)
        ),
        metrics=replace(
            built.metrics, zones=tuple(replace(row, country=text) for row in built.metrics.zones)
        ),
    )


def check_page(chromium: Browser, file: Path, size: tuple[int, int]) -> dict[str, Any]:
    """Open a page, point at a zone, press what can be pressed, and assert that nothing ran, moved out or overlapped."""
    with visit(chromium, file, size) as seen:
        for selector in ("#copy-citation", "#isolines-switch", ".ranked thead button"):
            for button in seen.tab.locator(selector).all()[:1]:
                button.evaluate("button => button.click()")
        seen.tab.locator("button[data-zone]").first.evaluate("button => button.focus()")
        found: dict[str, Any] = seen.tab.evaluate(MEASURE)
        assert (found["ran"], found["images"], found["ready"]) == (None, 0, "map")
        assert (found["width"], found["wide"], found["overlaps"]) == (size[0], [], 0)
        assert seen.requests == [file.as_uri()] and seen.complaints == []
        check_labels(seen.boxes())
    return found


@pytest.mark.parametrize("text", CORPUS, ids=range(len(CORPUS)))
def test_no_hostile_text_runs_or_breaks_the_page(
    chromium: Browser, make_briefing: Callable[..., Briefing], tmp_path: Path, text: str
) -> None:
    """In every field of scenario, source and front at once, each string of the corpus stays text in its place."""
    file = tmp_path / "hostile.html"
    file.write_bytes(render_html(build_hostile(make_briefing, text)))
    check_page(chromium, file, DESKTOP if CORPUS.index(text) % 2 else PHONE)


@pytest.mark.parametrize("text", [*MARKUP[1::6], *LONG[:2], "مرحبا بالعالم 123 (abc)"])
def test_no_hostile_text_runs_in_comparison_and_gallery(
    chromium: Browser, make_briefing: Callable[..., Briefing], tmp_path: Path, text: str
) -> None:
    """The pages that set scenarios side by side hold to the same."""
    built = build_hostile(make_briefing, text)
    both = combine_briefings((built, built), built.front)
    file = tmp_path / "compare.html"
    file.write_bytes(render_comparison(both, maps=["test"]))
    check_page(chromium, file, PHONE)
    index = tmp_path / "index.html"
    index.write_bytes(render_gallery([built, built], has_comparison=True))
    tab = chromium.new_page(viewport={"width": PHONE[0], "height": PHONE[1]})
    tab.goto(index.as_uri())
    found = tab.evaluate(MEASURE)
    assert (found["ran"], found["images"], found["width"]) == (None, 0, PHONE[0])
    tab.close()


def build_odd(zones: tuple[Any, ...], line: LineString | None = None) -> Briefing:
    """Return the measured briefing of zones of these shapes against a line, or against one in the east."""
    front_line = MultiLineString([line or LineString([(37.5, 50), (36.5, 47.8), (34, 47.2)])])
    front = Front(
        id="odd",
        as_of=date(2025, 3, 27),
        definition="contact",
        definition_text="A line made for a test.",
        uncertainty_km=5.0,
        source="Made for a test.",
        licence="CC0",
        method="Drawn by hand.",
        sectors=(Sector("all", front_line),),
        line=front_line,
    )
    named = tuple(Zone(f"Area {index + 1}", shape, "UA") for index, shape in enumerate(zones))
    return build_briefing(Scenario("odd", "An odd scenario", "Made for a test.", named), front)


ODD = {
    "one zone": lambda: build_odd((box(30, 49, 31, 50),)),
    "a tiny zone": lambda: build_odd((box(30, 49, 30.0005, 49.0005),)),
    "as large as a country": lambda: build_odd((box(23, 46.5, 37, 52),)),
    "tiny beside large": lambda: build_odd((box(23, 48, 33, 52), box(34, 49, 34.001, 49.001))),
    "a front far away": lambda: build_odd((box(30, 49, 31, 50),), LineString([(58.5, 56.5), (60, 57.5)])),
    "across the front": lambda: build_odd((box(34, 47, 38, 50),)),
}


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("kind", ODD)
def test_odd_zones_and_fronts_stay_readable(
    chromium: Browser, tmp_path: Path, kind: str, size: tuple[int, int]
) -> None:
    """Tiny, huge, far away: zones and front are in view, the distance is written, and nothing collides."""
    file = tmp_path / "odd.html"
    file.write_bytes(render_html(ODD[kind]()))
    check_page(chromium, file, size)
    with visit(chromium, file, size) as seen:
        frame = seen.boxes()["map"]
        for path in seen.tab.locator(".folium-map path.zone, .folium-map path.front").all():
            shape = path.bounding_box()
            assert shape is not None
            assert frame["left"] - 2 <= shape["x"] and shape["x"] + shape["width"] <= frame["right"] + 2
        # What cannot be seen as it is has a ring around it, and every zone its name.
        for index in range(seen.tab.locator(".folium-map path.zone:not(.zone-beyond)").count()):
            drawn = [mark.bounding_box() for mark in seen.tab.locator(f".folium-map path.zone-{index}").all()]
            assert max(box["width"] for box in drawn if box) >= 8
        names = seen.tab.locator(".zone-name:not(.is-hidden)")
        assert names.count() == seen.tab.locator(".folium-map path.zone:not(.zone-beyond)").count()
        assert all(text.endswith("km") for text in names.all_text_contents())


def test_ring_goes_where_its_zone_can_be_seen(chromium: Browser, tmp_path: Path) -> None:
    """A ring tells its zone's name to the pointer, is selected with it, and goes when one comes near enough."""
    file = tmp_path / "small.html"
    file.write_bytes(render_html(build_odd((box(30, 49, 30.03, 49.03), box(31, 49, 32, 50)))))
    with visit(chromium, file, DESKTOP, reduced_motion="reduce") as seen:
        ring = seen.tab.locator("path.zone-ring")
        assert ring.count() == 1
        seen.tab.mouse.move(*seen.pixel_of(30.015, 49.015))
        assert "Area 1" in seen.tab.inner_text(".zone-tip")
        seen.tab.click("button[data-zone='0']")  # zooms to it
        assert ring.count() == 0
        seen.tab.click(".whole-view")
        assert "is-selected" in (ring.get_attribute("class") or "")


def test_distance_stands_on_a_way_that_bends(chromium: Browser, tmp_path: Path) -> None:
    """A way of two thousand kilometres is an arc on the map; its length is written on the arc, not beside it."""
    file = tmp_path / "far.html"
    file.write_bytes(render_html(ODD["a front far away"]()))
    with visit(chromium, file, DESKTOP) as seen:
        off = seen.tab.evaluate("""
          () => {
            const path = document.querySelector(".folium-map path.nearest");
            const label = document.querySelector(".distance:not(.is-hidden)").getBoundingClientRect();
            const [x, y] = [(label.left + label.right) / 2, (label.top + label.bottom) / 2];
            const matrix = path.getScreenCTM();
            const gaps = Array.from({ length: 400 }, (_, i) => {
              const on = path.getPointAtLength((path.getTotalLength() * i) / 399).matrixTransform(matrix);
              return Math.hypot(on.x - x, on.y - y);
            });
            return Math.min(...gaps);
          }
        """)
        assert off < 4


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of 200 zones."""
    file = tmp_path_factory.mktemp("crowd") / "many.html"
    file.write_bytes(render_html(build_odd(grid(200))))
    return file


def test_two_hundred_zones_stay_readable(chromium: Browser, crowd: Path) -> None:
    """The page keeps its limit, long tables scroll in a window of their own, and labels are few enough to read."""
    assert crowd.stat().st_size < 700_000
    check_page(chromium, crowd, DESKTOP)
    with visit(chromium, crowd, DESKTOP) as seen:
        assert seen.tab.locator("button[data-zone]").count() == 200
        assert seen.tab.locator(".panel").evaluate("panel => panel.scrollHeight") < 5500
        table = seen.tab.locator(".scroller.is-long")
        table.evaluate("scroller => { scroller.scrollTop = 2000 }")
        top = table.bounding_box()
        heading = table.locator("thead th").first.bounding_box()
        assert top is not None and heading is not None and abs(heading["y"] - top["y"]) < 3
        assert seen.tab.locator(".label.distance:not(.is-hidden)").count() <= 20


def test_two_hundred_zones_with_words_for_names_keep_the_limit() -> None:
    """So does the page with longer names, against the front that ships with all its vertices and claims."""
    shapes = [box(x, y, x + 0.6, y + 0.5) for y in np.arange(45.5, 52, 0.65) for x in np.arange(23, 38, 0.75)]
    zones = tuple(Zone(f"Zone number {number + 1}", shape, "UA") for number, shape in enumerate(shapes))
    claims = find_scenario("dnipro-line").claims
    built = build_briefing(Scenario("many", "Many zones", "Made for a test.", zones, claims), find_front())
    page = seal_as("html", render_html(built), build_manifest(built))
    assert len(zones) == 200
    assert len(page) < 950_000


def test_crowd_shows_names_and_ways_where_there_is_room(chromium: Browser, crowd: Path) -> None:
    """Of 200 zones the nearest has its way drawn, names stand only inside, and a selected zone has both."""
    with visit(chromium, crowd, DESKTOP, reduced_motion="reduce") as seen:
        ways = seen.tab.locator(".folium-map path.nearest:visible")
        assert ways.count() == 1
        names = seen.tab.locator(".zone-name:not(.is-hidden)")
        assert not any("Area" in text for text in names.all_text_contents())
        seen.tab.click("button[data-zone='3']")
        assert any(text.startswith("Area 4") for text in names.all_text_contents())
        assert seen.tab.locator(".folium-map path.nearest.way-3").is_visible()
        assert ways.count() == 2 and seen.tab.locator(".distance:not(.is-hidden)").count() <= 2


def grid(count: int) -> tuple[Any, ...]:
    """Return so many rectangles in rows of twenty."""
    corners = ((24 + 0.5 * (index % 20), 50.6 - 0.25 * (index // 20)) for index in range(count))
    return tuple(box(west, south, west + 0.45, south + 0.2) for west, south in corners)
