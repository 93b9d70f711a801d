"""The web map as people meet it: opened from disk in a real Chromium that reaches no network."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import shapely
from shapely.geometry import box

from geo import numerals
from geo.briefing.briefing import Briefing, build_briefing
from geo.fronts.reading import find_front
from geo.reference.countries import read_countries
from geo.renderers.webmap.map import render_html
from geo.scenarios.scenario import Scenario, Zone, read_scenarios
from tests.pages.boxes import COVERED, check_labels
from tests.pages.browser import DESKTOP, ON_ITS_SIDE, PHONE, visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

SCENARIOS = read_scenarios()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scenario", [*SCENARIOS, "made-up"])
def test_map_opens_offline_and_labels_never_collide(
    chromium: Browser, page_of: Callable[[str], Path], scenario: str, size: tuple[int, int]
) -> None:
    """A page opens without request or complaint, draws front and zones, and keeps its labels apart at two zooms."""
    file = page_of(scenario)
    assert file.stat().st_size < 600_000
    with visit(chromium, file, size) as seen:
        boxes = seen.boxes()
        assert len(boxes["labels"]) >= 8
        check_labels(boxes)
        for selector in ("path.zone", "path.front", "path.nearest", "path.band", "path.land-ukraine"):
            shape = seen.tab.locator(f".folium-map {selector}").first.bounding_box()
            assert shape is not None and shape["width"] > 3 and shape["height"] > 3, selector
        seen.zoom_in()
        check_labels(seen.boxes())
        assert seen.requests == [file.as_uri()]
        assert seen.complaints == []


def test_wheel_stops_at_the_deepest_zoom(chromium: Browser, page_of: Callable[[str], Path]) -> None:
    """However often the wheel is turned, the map stops where its outlines still mean something."""
    with visit(chromium, page_of("dnipro-line"), DESKTOP) as seen:
        seen.tab.mouse.move(500, 400)
        for _ in range(24):
            seen.tab.mouse.wheel(0, -600)
            seen.tab.wait_for_timeout(60)
        seen.tab.wait_for_timeout(600)
        km, unit, *_ = seen.tab.locator(".scale-text").inner_text().split()
        assert (unit, km.isdecimal()) == ("km", True)
        assert int(km) >= 5
        assert seen.complaints == []


NAMES_AND_ZONES = """
() => {
  const outlines = Array.from(document.querySelectorAll("path.zone"), (path) => {
    const matrix = path.getScreenCTM();
    const steps = Array.from({ length: Math.ceil(path.getTotalLength() / 2) }, (_, step) => 2 * step);
    return { path, matrix, points: steps.map((way) => path.getPointAtLength(way).matrixTransform(matrix)) };
  });
  const gapTo = (box, { path, matrix, points }) => {
    const middle = new DOMPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
    const gaps = points.map(({ x, y }) =>
      Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom)));
    return path.isPointInFill(middle.matrixTransform(matrix.inverse())) ? -1 : Math.min(...gaps);
  };
  return Array.from(document.querySelectorAll(".label.zone-name:not(.is-hidden)"), (label) => {
    const leader = label.previousElementSibling;
    let box = label.getBoundingClientRect();
    if (leader.matches("path.leader:not(.is-hidden)")) {
      const { x, y } = leader.getPointAtLength(leader.getTotalLength()).matrixTransform(leader.getScreenCTM());
      box = { left: x, right: x, top: y, bottom: y };
    }
    const gaps = outlines.map((outline) => gapTo(box, outline));
    const nearest = outlines[gaps.indexOf(Math.min(...gaps))].path.className.baseVal;
    return [label.textContent, Number(/zone-([0-9]+)/.exec(nearest)[1])];
  });
}
"""
"""Each zone's name that stands on the map, and the zone it stands in or nearest to, or its leader leads to."""


SIZES = [DESKTOP, PHONE, (844, 390), (320, 640), (768, 1024), (760, 480)]


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_zone_is_named_and_nothing_covers_it(
    chromium: Browser,
    page_of: Callable[[str], Path],
    briefing_of: Callable[[str], Briefing],
    scenario: str,
    size: tuple[int, int],
) -> None:
    """Each zone has its name with its distance, or its number in the table, and reads as no other's; all lies clear."""
    rows = briefing_of(scenario).metrics.zones
    names = ["".join(f"{row.zone}{numerals.format_km(row.nearest_km)}".split()) for row in rows]
    with visit(chromium, page_of(scenario), size) as seen:
        found = {zone: "".join(text.split()) for text, zone in seen.tab.evaluate(NAMES_AND_ZONES)}
        assert sorted(found) == list(range(len(rows)))
        numbered = {zone for zone, text in found.items() if text != names[zone]}
        assert {found[zone] for zone in numbered} == {str(zone + 1) for zone in numbered}
        for table in (".panel", ".paper-sheet"):  # on the screen and in print
            marks = seen.tab.locator(f"{table} [data-number]:not([hidden])")
            assert {int(text) - 1 for text in marks.all_text_contents()} == numbered
        assert seen.tab.evaluate(COVERED) == []


MIDDLE = """
(selector) => {
  const map = window[document.querySelector(".folium-map").id];
  const frame = map.getContainer().getBoundingClientRect();
  const { left, right, top, bottom } = document.querySelector(selector).getBoundingClientRect();
  const { lat, lng } = map.containerPointToLatLng([(left + right) / 2 - frame.left, (top + bottom) / 2 - frame.top]);
  return [lng, lat];
}
"""
"""The position, lon, lat, under the middle of an element."""


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_one_distance_stands_on_the_map_and_the_front_is_named(
    chromium: Browser, page_of: Callable[[str], Path], briefing_of: Callable[[str], Briefing], scenario: str
) -> None:
    """At first the shortest way stands alone; that of a zone pointed at joins it, of one selected also its length."""
    with visit(chromium, page_of(scenario), DESKTOP) as seen:
        drawn = seen.tab.locator(".label:not(.is-hidden)")
        ways, plates = seen.tab.locator("path.nearest:visible"), drawn.and_(seen.tab.locator(".distance"))
        assert (ways.count(), plates.count()) == (1, 1)
        assert drawn.and_(seen.tab.locator(".front-name")).count() == 1
        ukraine = read_countries().find("UA")
        near = shapely.difference(ukraine, briefing_of(scenario).far_ground)
        assert near.contains(shapely.Point(seen.tab.evaluate(MIDDLE, ".front-name")))
        other = seen.tab.locator("tr:has(button[data-zone]) button").first
        other.focus()
        assert (ways.count(), plates.count()) == (2, 1)
        other.press("Enter")
        seen.settle()
        own = numerals.format_km(briefing_of(scenario).metrics.zones[0].nearest_km)
        assert own in plates.all_text_contents()
        selected = COVERED.replace("path.zone, path.front, path.nearest:not(.way-late)", ".way-0, .zone-0")
        assert selected != COVERED and seen.tab.evaluate(selected) == []


def test_view_is_still_once_the_page_is_ready(chromium: Browser, page_of: Callable[[str], Path]) -> None:
    """No zoom goes on after the first drawing: labels stand for the view that is shown."""
    with visit(chromium, page_of("made-up"), DESKTOP) as seen:
        before = seen.boxes()["labels"]
        seen.settle()
        assert seen.boxes()["labels"] == before


def test_zones_and_front_are_wholly_in_the_first_view(
    chromium: Browser, page_of: Callable[[str], Path]
) -> None:
    """Every zone and the front lie inside the map's frame when the page opens."""
    for size in (DESKTOP, PHONE):
        with visit(chromium, page_of("made-up"), size) as seen:
            frame = seen.boxes()["map"]
            for selector in (".folium-map path.zone", ".folium-map path.front"):
                for path in seen.tab.locator(selector).all():
                    box = path.bounding_box()
                    assert box is not None
                    assert frame["left"] <= box["x"] and box["x"] + box["width"] <= frame["right"]
                    assert frame["top"] <= box["y"] and box["y"] + box["height"] <= frame["bottom"]


def test_map_ends_where_its_layers_end(chromium: Browser, tmp_path: Path) -> None:
    """What lies beyond the reference layers is neither sea nor land, and no name stands there but that of a zone."""
    zone = Zone("Far", box(1, 47, 2, 48), "FR")
    file = tmp_path / "far.html"
    file.write_bytes(
        render_html(build_briefing(Scenario("far", "Far", "", (zone,)), find_front("2025-03-27")))
    )
    with visit(chromium, file, DESKTOP) as seen:
        ground, boxes = seen.tab.locator("path.sea-ground").bounding_box(), seen.boxes()
        assert ground is not None and ground["x"] > boxes["map"]["left"] + 20
        names = [label for label in boxes["labels"] if not label["text"].startswith("Far")]
        assert len(names) > 5
        for label in names:
            assert ground["x"] <= label["left"] and ground["y"] <= label["top"], label


@pytest.mark.parametrize("zones", [1, 60])
def test_one_zone_and_sixty_zones_stay_readable(
    chromium: Browser, make_briefing: Callable[..., Briefing], tmp_path: Path, zones: int
) -> None:
    """With one zone or sixty, labels keep apart, at least one distance is written, and every zone is in the table."""
    file = tmp_path / "many.html"
    file.write_bytes(render_html(make_briefing(tuple(f"Area {index + 1}" for index in range(zones)))))
    with visit(chromium, file, DESKTOP) as seen:
        check_labels(seen.boxes())
        assert seen.tab.locator(".distance:not(.is-hidden)").count() >= 1
        assert seen.tab.locator("button[data-zone]").count() == zones
        assert seen.complaints == []


def test_hostile_scenario_stays_text(
    chromium: Browser, make_briefing: Callable[..., Briefing], tmp_path: Path
) -> None:
    """Markup, handlers and template code in every field neither run nor open a dialog, also in tooltips."""
    hostile = (
        '</script><script>window.__pwned=1</script><img src=x onerror="window.__pwned=1;alert(1)">'
        "${window.__pwned=1}{{7*7}}`'\"\u2028<svg onload=window.__pwned=1>"
    )
    file = tmp_path / "hostile.html"
    file.write_bytes(render_html(make_briefing((hostile, f"{hostile} 2"), text=hostile)))
    with visit(chromium, file, DESKTOP) as seen:
        box = seen.tab.locator(".folium-map path.zone").first.bounding_box()
        assert box is not None
        seen.tab.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        assert "<script>" in seen.tab.locator(".zone-tip").inner_text()
        assert hostile in (seen.tab.locator("h1").text_content() or "")
        seen.tab.click("#layers-open")
        assert seen.tab.evaluate("window.__pwned") is None
        assert seen.tab.locator("img").count() == 0
        assert seen.requests == [file.as_uri()]
        assert seen.complaints == []


@pytest.mark.parametrize(
    ("layer", "selector"),
    [
        ("Zones (illustrative)", ".folium-map path.zone, .zone-name:not(.is-hidden)"),
        ("Line of contact", ".folium-map path.front, .front-name:not(.is-hidden)"),
        ("Uncertainty of the line", ".folium-map path.band"),
        ("Shortest distances", ".folium-map path.nearest, .distance:not(.is-hidden)"),
        ("Places", ".place:not(.is-hidden)"),
        ("Oblast borders", ".folium-map path.line-oblast"),
        ("Rivers", ".folium-map path.river, .river-name:not(.is-hidden)"),
    ],
)
def test_layer_control_switches_shapes_and_their_labels(
    chromium: Browser, page_of: Callable[[str], Path], layer: str, selector: str
) -> None:
    """Taking a layer's tick away removes what it draws and its labels; ticking it brings them back."""
    with visit(chromium, page_of("made-up"), DESKTOP) as seen:
        before = seen.tab.locator(selector).count()
        assert before > 0
        seen.tab.click("#layers-open")
        box = seen.tab.locator(".leaflet-control-layers-overlays label", has_text=layer)
        box.click()
        assert seen.tab.locator(selector).count() == 0
        box.click()
        seen.tab.mouse.move(600, 600)
        seen.draw()
        assert seen.tab.locator(selector).count() == before


def test_lakes_are_water_and_a_drained_one_is_not(chromium: Browser, page_of: Callable[[str], Path]) -> None:
    """A lake is filled like the sea and named; a drained one is a dotted outline and named as what it was."""
    with visit(chromium, page_of("made-up"), DESKTOP) as seen:
        fill = "path => [getComputedStyle(path).fill, getComputedStyle(path).strokeDasharray]"
        sea, _ = seen.tab.locator("path.sea-ground").evaluate(fill)
        assert seen.tab.locator("path.lake:not(.lake-drained)").evaluate(fill) == [sea, "none"]
        assert seen.tab.locator("path.lake-drained").evaluate(fill) == ["none", "0.1px, 3.6px"]
        names = seen.tab.locator(".lake-name tspan").all_text_contents()
        assert {"Round Lake", "Former Square"} <= set(names)


def test_table_leads_to_a_zone_by_keyboard(chromium: Browser, page_of: Callable[[str], Path]) -> None:
    """Pressing Enter on a zone's name in the table zooms to it and its way to the front, and marks it."""
    with visit(chromium, page_of("made-up"), DESKTOP) as seen:
        path = seen.tab.locator(".folium-map path.zone-1")
        before = path.bounding_box()
        seen.tab.focus("button[data-zone='1']")
        seen.tab.keyboard.press("Enter")
        seen.settle()
        after = path.bounding_box()
        assert before is not None and after is not None and after["width"] > 1.1 * before["width"]
        frame, way = seen.boxes()["map"], seen.tab.locator(".folium-map path.nearest.way-1").bounding_box()
        for box in (after, way):
            assert box is not None and frame["left"] <= box["x"] and frame["top"] <= box["y"]
            assert box["x"] + box["width"] <= frame["right"] and box["y"] + box["height"] <= frame["bottom"]
        assert "is-marked" in (path.get_attribute("class") or "")


def test_press_on_layers_only_opens_the_list(chromium: Browser, page_of: Callable[[str], Path]) -> None:
    """A mouse that comes to the button and presses it opens the list below: nothing is switched, nothing moves."""
    with visit(chromium, page_of("made-up"), DESKTOP) as seen:
        beside, button = seen.tab.locator("#sketch-open"), seen.tab.locator("#layers-open")
        before, box = beside.bounding_box(), button.bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        seen.tab.mouse.move(x - 90, y + 150)
        seen.tab.mouse.move(x, y, steps=5)
        assert seen.tab.locator("#layers").is_hidden()
        seen.tab.mouse.click(x, y)
        shown = seen.tab.locator("#layers").bounding_box()
        assert shown is not None and shown["y"] >= box["y"] + box["height"]
        assert seen.tab.locator("#layers input:not(:checked)").count() == 1  # lines of equal distance
        assert seen.tab.locator(".folium-map path.zone").count() == 2
        assert (beside.bounding_box(), button.get_attribute("aria-expanded")) == (before, "true")
        check_labels(seen.boxes())
        seen.tab.mouse.click(x, y)
        assert seen.tab.locator("#layers").is_hidden()


def test_nothing_is_claimed_beyond_the_reference_layers(chromium: Browser, tmp_path: Path) -> None:
    """The sea ends where the layers end, also with a zone far east of them, and the legend names the ground there."""
    zones = (Zone("Steppe", box(70, 48, 73, 50), "KZ"),)
    built = build_briefing(Scenario("odd", "Odd", "Made for a test.", zones), find_front("2025-03-27"))
    file = tmp_path / "far.html"
    file.write_bytes(render_html(built))
    with visit(chromium, file, DESKTOP) as seen:
        sea, zone = (
            seen.tab.locator(f".folium-map path.{kind}").bounding_box() for kind in ("sea-ground", "zone")
        )
        assert sea is not None and zone is not None
        assert sea["x"] + sea["width"] <= seen.pixel_of(50.0, 49.0)[0] < zone["x"]
        assert zone["x"] + zone["width"] < seen.boxes()["map"]["right"] - 20
        assert seen.tab.locator("#unmapped-key").is_visible()


def test_ground_without_layers_is_explained_only_where_it_shows(
    chromium: Browser, page_of: Callable[[str], Path]
) -> None:
    """A map that the reference layers fill has no row for what is not mapped in its legend."""
    with visit(chromium, page_of("dnipro-line"), DESKTOP) as seen:
        assert seen.tab.locator("#unmapped-key").is_hidden()


def test_whole_map_comes_back_at_a_press(chromium: Browser, page_of: Callable[[str], Path]) -> None:
    """After a zone was zoomed to, one button shows zones and front as at first."""
    with visit(chromium, page_of("dnipro-line"), DESKTOP, reduced_motion="reduce") as seen:
        before = seen.pixel_of(33.0, 48.0)
        seen.tab.click("button[data-zone='0']")
        assert seen.pixel_of(33.0, 48.0) != before
        seen.tab.click(".whole-view")
        assert seen.pixel_of(33.0, 48.0) == pytest.approx(before, abs=1)


@pytest.mark.parametrize("size", [PHONE, ON_ITS_SIDE], ids=["upright", "on its side"])
def test_zones_and_front_fill_a_phones_map(
    chromium: Browser, page_of: Callable[[str], Path], size: tuple[int, int]
) -> None:
    """Upright they reach from side to side; on its side the panel stands beside the map, and they fill its height."""
    with visit(chromium, page_of("dnipro-line"), size, has_touch=True, is_mobile=True) as seen:
        boxes = seen.boxes()
        frame = boxes["map"]
        parts = [part.bounding_box() for part in seen.tab.locator(".folium-map path:is(.zone, .front)").all()]
        left, top = (min(part[key] for part in parts if part) for key in ("x", "y"))
        right = max(part["x"] + part["width"] for part in parts if part)
        bottom = max(part["y"] + part["height"] for part in parts if part)
        if size == PHONE:
            assert right - left > 0.93 * (frame["right"] - frame["left"])
        else:
            assert frame["bottom"] - frame["top"] == size[1]
            assert bottom - top > 0.8 * size[1]
        check_labels(boxes)


@pytest.mark.parametrize("size", [DESKTOP, PHONE, ON_ITS_SIDE], ids=["desktop", "phone", "on its side"])
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_each_distance_stands_on_its_line_or_close_to_it(
    chromium: Browser,
    page_of: Callable[[str], Path],
    briefing_of: Callable[[str], Briefing],
    scenario: str,
    size: tuple[int, int],
) -> None:
    """No plate is farther from the line it measures than one and a half times its own height."""
    plates = [numerals.format_km(row.nearest_km).split() for row in briefing_of(scenario).metrics.zones]
    with visit(chromium, page_of(scenario), size) as seen:
        gaps = seen.tab.evaluate(
            """
          (plates) => {
            const ways = Array.from(document.querySelectorAll(".folium-map path.nearest"));
            return Array.from(document.querySelectorAll(".distance:not(.is-hidden)"), (label) => {
              const box = label.getBoundingClientRect();
              const off = (p) => Math.hypot(
                Math.max(box.left - p.x, 0, p.x - box.right), Math.max(box.top - p.y, 0, p.y - box.bottom));
              const own = ways.filter((way) => plates.some((plate, index) =>
                way.classList.contains(`way-${index}`) && plate === label.textContent.replace(/\\s/g, "")));
              const along = (way) => Array.from({ length: 200 }, (_, i) =>
                way.getPointAtLength((way.getTotalLength() * i) / 199).matrixTransform(way.getScreenCTM()));
              return Math.min(...own.flatMap(along).map(off)) / box.height;
            });
          }
        """,
            ["".join(plate) for plate in plates],
        )
        assert gaps and max(gaps) <= 1.5
