"""Distance anywhere: what the pointer reads out, lines that a click pins, and the same by keyboard and by touch."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geo import numerals
from geo.fronts.reading import find_front
from geo.measuring import places
from geo.reference import basemap
from tests.pages.browser import DESKTOP, PHONE, Visit, visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

FRONT = find_front("2025-03-27")
POLTAVA_ROAD = (34.0, 49.2)


def distance_km(lon: float, lat: float) -> float:
    """Return what `geo distance` says."""
    return places.measure_points([f"{lat},{lon}"], FRONT)[0].distance_km


def say_distance(lon: float, lat: float) -> str:
    """Return the distance and its interval as `geo distance` writes them, and as a page keeps them together."""
    found = places.measure_points([f"{lat},{lon}"], FRONT)[0]
    return numerals.bind_units(numerals.format_interval_km(found.distance_km, found.low_km, found.high_km))


def read_position(text: str) -> tuple[float, float]:
    """Return lon and lat of a position such as ``48.470° N, 35.040° E``."""
    found = re.search(r"([\d.]+)°\sN, ([\d.]+)°\sE", text)
    assert found is not None, text
    return float(found[2]), float(found[1])


def focus_map(seen: Visit) -> None:
    """Tab to the map, as a reader without a mouse does."""
    for _ in range(12):
        seen.tab.keyboard.press("Tab")
        if seen.tab.evaluate("document.activeElement.matches('.leaflet-container')"):
            return
    raise AssertionError("the map cannot be reached by keyboard")


def test_pointer_reads_out_position_place_and_distance(
    chromium: Browser, page_of: Callable[[str], Path]
) -> None:
    """Where the pointer is, the page says coordinates, the nearest named place, and the distance with its doubt."""
    with visit(chromium, page_of("dnipro-line"), DESKTOP) as seen:
        seen.tab.mouse.move(*seen.pixel_of(*POLTAVA_ROAD))
        seen.wait_until("document.getElementById('readout-where').textContent.includes('°')")
        where = seen.tab.inner_text("#readout-where")
        lon, lat = read_position(where)
        assert (lon, lat) == pytest.approx(POLTAVA_ROAD, abs=0.01)
        assert re.match(rf"\d+\skm [NESW]{{1,2}} of {basemap.nearest_place(lon, lat).name} · ", where)
        said = seen.tab.inner_text("#readout-distance")
        assert said == f"{say_distance(lon, lat)} in a straight line from the line of contact"
        for elsewhere in (seen.tab.locator(".leaflet-control-zoom-in"), seen.tab.locator("h1")):
            elsewhere.hover()
            seen.wait_until("!document.getElementById('readout-where').textContent.includes('°')")


def test_clicks_pin_lines_with_their_distance(chromium: Browser, page_of: Callable[[str], Path]) -> None:
    """Each click leaves a line to the front with its length on it, within 0.1 % or 100 m of `geo distance`."""
    spots = [POLTAVA_ROAD, (31.5, 47.9), (36.6, 48.7)]
    with visit(chromium, page_of("dnipro-line"), DESKTOP) as seen:
        seen.click_at(*spots)
        assert seen.tab.locator("path.pin-line").count() == len(spots)
        for pin in seen.tab.locator("button.pin").all():
            lon, lat = read_position(pin.get_attribute("aria-label") or "")
            expected, km = distance_km(lon, lat), float(pin.get_attribute("data-km") or "nan")
            assert abs(km - expected) <= max(0.001 * expected, 0.15)  # the label's position is rounded too
            assert pin.inner_text() == f"{say_distance(lon, lat)}×"


def test_pins_are_removed_one_by_one_or_all(chromium: Browser, page_of: Callable[[str], Path]) -> None:
    """A click on a pin removes it with its line; one button removes all that are left."""
    with visit(chromium, page_of("made-up"), DESKTOP) as seen:
        assert not seen.tab.locator("#unpin").is_visible()
        seen.click_at((33.0, 49.0), (34.0, 50.0), (31.0, 48.0))
        seen.tab.locator("button.pin").first.click()
        assert seen.tab.locator("path.pin-line").count() == seen.tab.locator("button.pin").count() == 2
        assert seen.tab.inner_text("#unpin") == "Remove 2 pins"
        seen.tab.click("#unpin")
        assert seen.tab.locator("path.pin-line, button.pin").count() == 0
        assert not seen.tab.locator("#unpin").is_visible()


def test_double_click_zooms_and_leaves_no_pin(chromium: Browser, page_of: Callable[[str], Path]) -> None:
    """The first half of a double click is not mistaken for a wish to measure."""
    with visit(chromium, page_of("made-up"), DESKTOP) as seen:
        seen.tab.mouse.dblclick(*seen.pixel_of(33.0, 49.0))
        assert seen.tab.locator("button.pin").count() == 0


def test_labels_make_room_for_pins(chromium: Browser, page_of: Callable[[str], Path]) -> None:
    """No name stays under the plate of a pin."""
    with visit(chromium, page_of("dnipro-line"), DESKTOP) as seen:
        seen.click_at((34.55, 49.5), (35.0, 48.3))
        pins = [pin.bounding_box() for pin in seen.tab.locator("button.pin").all()]
        for label in seen.boxes()["labels"]:
            for pin in pins:
                assert pin is not None
                assert (
                    label["right"] <= pin["x"]
                    or label["left"] >= pin["x"] + pin["width"]
                    or label["bottom"] <= pin["y"]
                    or label["top"] >= pin["y"] + pin["height"]
                ), label


def test_crosshair_reads_out_the_distance_by_keyboard(
    chromium: Browser, page_of: Callable[[str], Path]
) -> None:
    """Arrows move the crosshair from the middle of the map, and a live region says where it is and how far."""
    with visit(chromium, page_of("dnipro-line"), DESKTOP) as seen:
        assert seen.tab.locator(".crosshair.is-hidden").count() == 1
        focus_map(seen)
        before = seen.tab.locator(".crosshair").bounding_box()
        for _ in range(3):
            seen.tab.keyboard.press("Shift+ArrowRight")
        seen.tab.keyboard.press("ArrowUp")
        after = seen.tab.locator(".crosshair").bounding_box()
        assert before is not None and after is not None
        assert (after["x"] - before["x"], after["y"] - before["y"]) == (180, -10)
        lon, lat = read_position(seen.tab.inner_text("#readout-where"))
        spoken = f"{say_distance(lon, lat)} in a straight line from the line of contact, "
        start = json.dumps(spoken)
        seen.wait_until(f"document.getElementById('spoken').textContent.startsWith({start})")
        assert seen.tab.get_attribute("#spoken", "role") == "status"
        assert re.search(
            r"\skm (north|east|south|west)[\w-]* of .*degrees north", seen.tab.inner_text("#spoken")
        )


def test_crosshair_pins_and_unpins_by_keyboard(chromium: Browser, page_of: Callable[[str], Path]) -> None:
    """Enter pins where the crosshair is, Delete takes the last pin away; a pin itself answers to Enter too."""
    with visit(chromium, page_of("made-up"), DESKTOP) as seen:
        focus_map(seen)
        seen.tab.keyboard.press("Enter")
        seen.tab.keyboard.press("Shift+ArrowLeft")
        seen.tab.keyboard.press("Enter")
        assert seen.tab.locator("button.pin").count() == 2
        seen.tab.keyboard.press("Delete")
        assert seen.tab.locator("button.pin").count() == 1
        seen.tab.focus("button.pin")
        seen.tab.keyboard.press("Enter")
        assert seen.tab.locator("button.pin").count() == 0
        assert seen.tab.evaluate("document.activeElement.matches('.leaflet-container')")


def test_crosshair_takes_the_map_along_at_its_edge(chromium: Browser, page_of: Callable[[str], Path]) -> None:
    """The crosshair never leaves the map: the view moves on under it, and plus and minus zoom around it."""
    with visit(chromium, page_of("dnipro-line"), DESKTOP) as seen:
        focus_map(seen)
        seen.tab.keyboard.press("+")
        seen.settle()
        west = seen.pixel_of(34.0, 48.5)[0]
        for _ in range(10):
            seen.tab.keyboard.press("Shift+ArrowRight")
        box = seen.tab.locator(".crosshair").bounding_box()
        assert box is not None and box["x"] + box["width"] < seen.boxes()["map"]["right"]
        assert seen.pixel_of(34.0, 48.5)[0] < west - 20
        zoom = "() => window[document.querySelector('.folium-map').id].getZoom()"
        before = seen.tab.evaluate(zoom)
        seen.tab.keyboard.press("+")
        seen.settle()
        assert seen.tab.evaluate(zoom) > before


def test_tap_pins_and_reads_out_on_a_phone(chromium: Browser, page_of: Callable[[str], Path]) -> None:
    """A finger pins with one tap, and the read-out says what it pinned."""
    with visit(chromium, page_of("dnipro-line"), PHONE, has_touch=True, is_mobile=True) as seen:
        seen.tab.touchscreen.tap(*seen.pixel_of(33.0, 50.2))
        seen.tab.wait_for_selector("button.pin")
        assert "°\u00a0N" in seen.tab.inner_text("#readout-where")
        assert "from the line of contact" in seen.tab.inner_text("#readout-distance")
