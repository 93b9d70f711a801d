"""The history page in a real Chromium without a network: slider, buttons, keys, figures and the moving line."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely
from pypdf import PdfReader
from shapely.geometry import MultiPolygon, Point

from geo import numerals
from geo.briefing import change_words, legend
from geo.measuring.history import History, measure_history
from geo.renderers.webmap import historypage
from tests.made_up import occupied
from tests.made_up.series import SCENARIO, save_days
from tests.pages.boxes import check_labels
from tests.pages.browser import DESKTOP, PHONE, Visit, plain, visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> History:
    """Return a history of five days, the last of them from another source."""
    folder = save_days(
        tmp_path_factory.mktemp("history") / "fronts",
        {"2025-03-01": 0, "2025-03-02": 0, "2025-03-03": 4, "2025-03-05": 12},
    )
    member = {"source": "The <b>Other</b> Institute"}
    return measure_history(SCENARIO, save_days(folder, {"2025-03-06": 14}, prefix="x_", member=member))


@pytest.fixture
def page(history: History, chromium: Browser, tmp_path: Path) -> Iterator[Visit]:
    file = tmp_path / "history.html"
    file.write_bytes(historypage.render_html(history))
    with visit(chromium, file, DESKTOP) as seen:
        seen.tab.wait_for_selector("html[data-history=ready]")
        yield seen


def read(page: Visit) -> tuple[str, list[str]]:
    """Return the day that is shown and the figures of the first zone."""
    cells = page.tab.locator("#figures tr:first-child td").all_text_contents()
    return plain(page.tab.locator("#day").text_content() or ""), [plain(cell.strip()) for cell in cells]


def path_of_front(page: Visit) -> str:
    return page.tab.locator("path.front-now").first.get_attribute("d") or ""


def figures_of(history: History, number: int) -> list[str]:
    first, row = history.days[0].metrics.zones[0], history.days[number].metrics.zones[0]
    return [
        numerals.format_km(row.nearest_km),
        numerals.format_change_km(row.nearest_km - first.nearest_km),
        numerals.format_km(row.mean_km),
        numerals.format_change_km(row.mean_km - first.mean_km),
    ]


def test_opens_on_the_last_day(page: Visit, history: History) -> None:
    """Nothing is requested, nothing complains, labels are clear of each other, and markup in a source stays text."""
    assert not page.complaints
    assert [address for address in page.requests if not address.startswith("file:")] == []
    assert read(page)[0] == "6 March 2025"
    assert read(page)[1][1] == "0 km"
    check_labels(page.boxes())
    assert page.tab.locator("#chart b, .panel b").count() == 0
    assert "The <b>Other</b> Institute" in page.tab.locator(".panel").inner_text()


def test_keys_and_buttons_go_through_the_days(page: Visit, history: History) -> None:
    """Home, End, the arrows and the step buttons choose a day; figures and line are that day's."""
    page.tab.keyboard.press("Home")
    assert read(page) == ("1 March 2025", figures_of(history, 0))
    start = path_of_front(page)
    page.tab.keyboard.press("ArrowRight")
    assert read(page)[0] == "2 March 2025"
    assert path_of_front(page) == start
    page.tab.click("#forward")
    assert read(page) == ("3 March 2025", figures_of(history, 2))
    assert path_of_front(page) != start
    page.tab.click("#back")
    assert read(page)[0] == "2 March 2025"
    assert path_of_front(page) == start
    page.tab.keyboard.press("End")
    assert read(page)[0] == "6 March 2025"


def test_plays_to_the_end(page: Visit) -> None:
    """Space starts at the first day and plays to the last, then stops by itself."""
    page.tab.keyboard.press(" ")
    assert page.tab.locator("#play").text_content() == "Pause"
    page.tab.wait_for_selector("#play[aria-pressed=false]", timeout=20_000)
    assert read(page)[0] == "6 March 2025"
    assert not page.complaints


def test_slider_and_chart_choose_a_day(page: Visit) -> None:
    """The slider can be set, and a click on the chart goes to the day there."""
    page.tab.locator("#slider").fill("1")
    assert read(page)[0] == "2 March 2025"
    assert plain(page.tab.locator("#slider").get_attribute("aria-valuetext") or "") == "2 March 2025"
    box = page.tab.locator("#chart").bounding_box()
    assert box is not None
    page.tab.locator("#chart").click(position={"x": box["width"] * 34 / 368 + 2, "y": box["height"] / 2})
    assert read(page)[0] == "1 March 2025"


def test_source_change_breaks_the_line(page: Visit) -> None:
    """The chart has one stretch a source and a mark between them."""
    assert page.tab.locator("#chart polyline.series").count() == 2
    assert page.tab.locator("#chart .change-of-source").count() == 1


def test_phone(history: History, chromium: Browser, tmp_path: Path) -> None:
    """On a phone nothing is wider than the screen."""
    file = tmp_path / "history.html"
    file.write_bytes(historypage.render_html(history))
    with visit(chromium, file, PHONE) as seen:
        seen.tab.wait_for_selector("html[data-history=ready]")
        assert seen.tab.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_slider_and_chart_are_as_long_as_the_time(page: Visit, history: History) -> None:
    """A step of the slider is a day, with or without a front, and a day's place on the chart is proportional to it."""
    slider = page.tab.locator("#slider")
    assert slider.get_attribute("max") == "5"
    slider.fill("4")
    assert plain(page.tab.locator("#day").text_content() or "") == "5 March 2025"
    assert slider.input_value() == "4"
    slider.focus()
    page.tab.keyboard.press("ArrowLeft")
    assert plain(page.tab.locator("#day").text_content() or "") == "3 March 2025"
    points = page.tab.locator("#chart polyline.series").first.get_attribute("points") or ""
    xs = [float(point.split(",")[0]) for point in points.split()]
    assert [round((x - xs[0]) / (xs[1] - xs[0]), 1) for x in xs] == [0, 1, 2, 4]


def test_view_fits_the_lines_of_all_days(page: Visit, history: History) -> None:
    """No day's line leaves the map of the first view."""
    frame = page.boxes()["map"]
    for day in history.days:
        for lonlat in shapely.get_coordinates(day.draw_line()).tolist():
            x, y = page.pixel_of(*lonlat)
            assert frame["left"] <= x <= frame["right"]
            assert frame["top"] <= y <= frame["bottom"]


def test_prints_on_one_page(page: Visit) -> None:
    """Map, figures and chart stand on one A4 page in landscape, and the page on screen is as before."""
    printed = PdfReader(io.BytesIO(page.tab.pdf(prefer_css_page_size=True, print_background=True)))
    assert len(printed.pages) == 1
    words = printed.pages[0].extract_text()
    assert "Nearest point to the front" in words
    assert "Play" not in words
    assert page.tab.evaluate("document.documentElement.className") == "history"


PUSHED, FREED = Point(36.6, 48.1).buffer(0.3), Point(34.9, 46.9).buffer(0.35)
IS_SHADED = """
([name, lonlats]) => {
  const map = window[document.querySelector(".folium-map").id];
  const paths = [`.frame g > path.${name}`, `#within-${name} path`];
  const [part, within] = paths.map((selector) => document.querySelector(selector));
  return lonlats.map(([lon, lat]) => {
    const { x, y } = map.latLngToLayerPoint([lat, lon]);
    const at = new DOMPoint(x, y);
    return part.isPointInFill(at) && within.isPointInFill(at);
  });
}
"""


@pytest.fixture(scope="module")
def moving(tmp_path_factory: pytest.TempPathFactory) -> History:
    """Return a history of three days: ground gained and lost, then another source's day, which has lost nothing."""
    folder = tmp_path_factory.mktemp("moving")
    later = shapely.difference(shapely.union(occupied.COARSE, PUSHED), FREED)
    for name, area in (("a_20250301", occupied.COARSE), ("a_20250308", later), ("b_20250309", later)):
        parts = MultiPolygon([*shapely.get_parts(area)])
        occupied.save_day(occupied.Day(parts, None), folder / f"{name}.geojson")
    return measure_history(SCENARIO, folder)


@pytest.fixture
def moving_page(moving: History, chromium: Browser, tmp_path: Path) -> Iterator[Visit]:
    file = tmp_path / "moving.html"
    file.write_bytes(historypage.render_html(moving))
    with visit(chromium, file, DESKTOP) as seen:
        seen.tab.wait_for_selector("html[data-history=ready]")
        yield seen


def list_shaded(page: Visit, name: str) -> list[bool]:
    shaded: list[bool] = page.tab.evaluate(IS_SHADED, [name, GRID.tolist()])
    return shaded


GRID = np.stack(np.meshgrid(np.arange(34, 38, 0.1), np.arange(46.3, 48.6, 0.1)), axis=-1).reshape(-1, 2)
"""Places where ground may have changed sides; lon, lat degrees."""


def test_ground_gained_and_lost_is_shaded(moving_page: Visit, moving: History) -> None:
    """Every place away from the lines is shaded as the difference of the two areas says, on the day shown only."""
    areas = [shapely.make_valid(shapely.build_area(day.draw_ground())) for day in moving.days[:2]]
    clear = ~shapely.dwithin(shapely.union_all([area.boundary for area in areas]), shapely.points(GRID), 0.03)
    moving_page.tab.keyboard.press("Home")
    assert not any(list_shaded(moving_page, "gained") + list_shaded(moving_page, "lost"))
    moving_page.tab.keyboard.press("ArrowRight")
    for name, (area, other) in {"gained": areas[::-1], "lost": areas}.items():
        expected = shapely.contains_xy(shapely.difference(area, other), *GRID.T)
        assert expected[clear].any()
        assert [*np.array(list_shaded(moving_page, name))[clear]] == [*expected[clear]]


def test_keys_count_from_the_first_day_of_the_source(moving_page: Visit) -> None:
    """What two sources drew otherwise is not shaded as movement; the keys and the dashed line are of one source."""
    keys = [f"#key-{name} span" for name in ("earlier", "gained", "lost")]
    assert not any(list_shaded(moving_page, "gained") + list_shaded(moving_page, "lost"))
    assert [moving_page.tab.locator(key).inner_text() for key in keys] == [
        legend.FRONT_THEN.format("9 March 2025"),
        legend.GAINED_BY_THEM.format("9 March 2025"),
        legend.LOST_BY_THEM.format("9 March 2025"),
    ]
    now, earlier = (
        moving_page.tab.locator(f"path.{name}").first.get_attribute("d") for name in ("front-now", "front")
    )
    assert now == earlier
    moving_page.tab.keyboard.press("ArrowLeft")
    assert moving_page.tab.locator(keys[1]).inner_text() == legend.GAINED_BY_THEM.format("1 March 2025")
    assert moving_page.tab.locator(".frame path.front").first.get_attribute("d") not in (now, None)


def test_unknown_ground_has_no_key(page: Visit) -> None:
    """Where no side is known to be held, neither key says that nothing was gained or lost."""
    assert not page.tab.locator("#key-gained").is_visible()
    assert not page.tab.locator("#key-lost").is_visible()
    assert page.tab.locator("#key-earlier").is_visible()


def test_zone_beyond_the_front_has_no_change_in_km(chromium: Browser, tmp_path: Path) -> None:
    """Once the front has passed a zone, its distance is measured from beyond: the cell says so in place of a change."""
    folder, zone = tmp_path / "fronts", occupied.COARSE.centroid.buffer(0.2)
    folder.mkdir()
    before = shapely.difference(occupied.COARSE, zone.buffer(0.5))
    for day, area in (("20250301", before), ("20250302", before), ("20250303", occupied.COARSE)):
        parts = MultiPolygon([*shapely.get_parts(area)])
        occupied.save_day(occupied.Day(parts, None), folder / f"a_{day}.geojson")
    scenario = replace(SCENARIO, zones=(replace(SCENARIO.zones[0], geometry=zone),))
    file = tmp_path / "beyond.html"
    file.write_bytes(historypage.render_html(measure_history(scenario, folder)))
    assert f">{change_words.BEYOND}<" in file.read_text(encoding="utf-8")
    with visit(chromium, file, DESKTOP) as seen:
        seen.tab.wait_for_selector("html[data-history=ready]")
        assert read(seen)[1][1::2] == [change_words.BEYOND] * 2
        seen.tab.keyboard.press("ArrowLeft")
        assert read(seen)[1][1::2] == ["0 km"] * 2


def box_of(page: Visit, selector: str) -> Any:
    """Return left, top, width and height of an element that is shown."""
    box = page.tab.locator(selector).bounding_box()
    assert box is not None
    return box


def test_printed_credit_stands_at_the_edge_of_the_map(page: Visit) -> None:
    """On paper the credit of the map is at its lower edge, under the scale, and no sentence on the front is cut."""
    page.tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.tab.emulate_media(media="print")
    frame, corner, panel, last = (
        box_of(page, name)
        for name in (".frame", ".corner", ".panel", "[aria-labelledby=h-meaning] p >> nth=-1")
    )
    assert frame["y"] + frame["height"] - corner["y"] - corner["height"] < 8
    assert last["y"] + last["height"] <= panel["y"] + panel["height"]
    page.tab.evaluate("window.dispatchEvent(new Event('afterprint'))")
