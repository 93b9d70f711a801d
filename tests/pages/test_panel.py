"""Reading the page: what comes first, how old the front is, and zones that are the same in table and on the map."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.pages.boxes import overlaps
from tests.pages.browser import DESKTOP, PHONE, Visit, plain, visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def test_ten_seconds_are_enough(chromium: Browser, page_of: Callable[[str], Path]) -> None:
    """Title, key sentence, date, key figures and the whole table stand in the first screen, in this order."""
    with visit(chromium, page_of("dnipro-line"), DESKTOP) as seen:
        tops = []
        for selector in ("h1", ".headline", ".as-of", ".figures", "table"):
            box = seen.tab.locator(f".panel {selector}").bounding_box()
            assert box is not None and box["y"] + box["height"] <= DESKTOP[1], selector
            tops.append(box["y"])
        assert tops == sorted(tops)
        assert "reach, 150\u00a0km in a straight line; half the area lies beyond" in seen.tab.inner_text(
            ".headline"
        )


LOW, HIGH = 8, 18
"""Between these many pixels one line of an interval in a cell is high."""


@pytest.mark.parametrize("size", [DESKTOP, (1920, 1080)])
def test_intervals_stand_on_one_line_where_there_is_room(
    chromium: Browser, page_of: Callable[[str], Path], size: tuple[int, int]
) -> None:
    """Of distances below 1,000 km no interval of the table is broken at its dash."""
    with visit(chromium, page_of("dnipro-line"), size) as seen:
        boxes = [cell.bounding_box() for cell in seen.tab.locator(".panel table .between").all()]
        assert len(boxes) == 20
        assert all(box is not None and LOW < box["height"] < HIGH for box in boxes)


AGES = {
    "2025-03-27T09:00": "",
    "2025-03-28T00:30": "1 day old",
    "2025-05-20T12:00": "54 days old",
    "2026-11-22T12:00": "19 months old",
    "2027-04-01T12:00": "2 years old",
    "2024-01-01T12:00": "",
}


def test_page_says_how_old_the_front_is_on_the_day_it_is_opened(
    chromium: Browser, page_of: Callable[[str], Path]
) -> None:
    """Age and day of opening follow the reader's clock; on the day itself, or before it, nothing is said."""
    with visit(chromium, page_of("made-up"), DESKTOP) as seen:
        for opened, age in AGES.items():
            seen.tab.clock.set_fixed_time(datetime.fromisoformat(opened))
            seen.tab.reload()
            seen.tab.wait_for_selector("html[data-ready=map]")
            said = plain(seen.tab.inner_text(".as-of"))
            assert said.startswith("Line of contact as of 27 March 2025"), opened
            assert (said == "Line of contact as of 27 March 2025.") is (age == ""), opened
            assert age in said, opened


def test_sources_and_method_are_behind_a_fold(chromium: Browser, page_of: Callable[[str], Path]) -> None:
    """What was reported, method and credits are one press away, and caveats need none."""
    with visit(chromium, page_of("made-up"), DESKTOP) as seen:
        hidden = seen.tab.locator("#h-meaning, #h-claims, #h-bases, #h-sources")
        assert hidden.count() == 4 and not any(heading.is_visible() for heading in hidden.all())
        assert seen.tab.locator("#h-caveats").is_visible()
        seen.tab.focus(".fold summary")
        seen.tab.keyboard.press("Enter")
        assert all(heading.is_visible() for heading in hidden.all())


def test_zone_selected_in_the_table_is_selected_on_the_map(
    chromium: Browser, page_of: Callable[[str], Path]
) -> None:
    """A press on a row's name marks the zone's outline and nothing else; a second press takes the mark away."""
    with visit(chromium, page_of("made-up"), DESKTOP) as seen:
        seen.tab.click("button[data-zone='1']")
        assert seen.tab.locator("path.zone.is-selected").count() == 1
        assert seen.tab.locator("path.zone-1.is-selected").count() == 1
        assert seen.tab.get_attribute("button[data-zone='1']", "aria-pressed") == "true"
        assert seen.tab.get_attribute("button[data-zone='0']", "aria-pressed") == "false"
        seen.tab.click("button[data-zone='1']")
        assert seen.tab.locator(".is-selected").count() == 0


def test_zone_selected_on_the_map_is_selected_in_the_table(
    chromium: Browser, page_of: Callable[[str], Path]
) -> None:
    """A click inside a zone marks its row, a click on open ground takes the mark away."""
    with visit(chromium, page_of("made-up"), DESKTOP) as seen:
        seen.click_at((30.82, 50.4))
        assert seen.tab.locator("tr.is-selected").all_inner_texts()[0].startswith("Middle reach")
        assert seen.tab.locator("path.zone-1.is-selected").count() == 1
        seen.click_at((33.0, 48.0))
        assert seen.tab.locator(".is-selected").count() == 0


def test_selection_survives_taking_the_layer_off_and_on(
    chromium: Browser, page_of: Callable[[str], Path]
) -> None:
    """A zone that is drawn anew, because its layer was switched, is still marked."""
    with visit(chromium, page_of("made-up"), DESKTOP) as seen:
        seen.tab.click("button[data-zone='0']")
        seen.tab.click("#layers-open")
        box = seen.tab.locator(".leaflet-control-layers-overlays label", has_text="Zones (illustrative)")
        box.click()
        box.click()
        assert seen.tab.locator("path.zone-0.is-selected").count() == 1


def test_phone_shows_the_map_above_a_sheet(chromium: Browser, page_of: Callable[[str], Path]) -> None:
    """At 390 pixels two thirds of the screen are map, title and sentence stand below it, nothing scrolls sideways."""
    with visit(chromium, page_of("dnipro-line"), PHONE, has_touch=True) as seen:
        frame = seen.boxes()["map"]
        assert frame["bottom"] - frame["top"] >= 0.66 * PHONE[1]
        for selector in ("h1", ".headline", ".as-of"):
            box = seen.tab.locator(f".panel {selector}").bounding_box()
            assert box is not None and box["y"] >= frame["bottom"] and box["y"] + box["height"] <= PHONE[1]
        assert seen.tab.evaluate("document.documentElement.scrollWidth") == PHONE[0]


def test_sheet_comes_up_and_never_hides_the_map(chromium: Browser, page_of: Callable[[str], Path]) -> None:
    """Up, the sheet holds the whole text and leaves a third of the screen to the map; a zone chosen there lowers it."""
    with visit(chromium, page_of("made-up"), PHONE, has_touch=True, reduced_motion="reduce") as seen:
        seen.tab.tap("#sheet-handle")
        assert seen.tab.get_attribute("#sheet-handle", "aria-expanded") == "true"
        panel = seen.tab.locator(".panel").bounding_box()
        assert panel is not None and panel["y"] >= 0.33 * PHONE[1]
        seen.tab.locator(".fold summary").tap()
        seen.tab.locator(".panel .fine p").last.scroll_into_view_if_needed()
        for element in seen.tab.locator(
            ".panel h1, .panel h2:visible, .panel p:visible, .panel dd:visible"
        ).all():
            box = element.bounding_box()
            assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= PHONE[0]
        seen.tab.locator("button[data-zone='0']").tap()
        panel = seen.tab.locator(".panel").bounding_box()
        assert panel is not None and panel["y"] >= 0.66 * PHONE[1]
        assert seen.tab.locator("path.zone-0.is-selected").count() == 1


def test_sheet_follows_a_swipe(chromium: Browser, page_of: Callable[[str], Path]) -> None:
    """Dragging the handle up raises the sheet, down lowers it; a press after that still does what it says."""
    with visit(chromium, page_of("made-up"), PHONE, reduced_motion="reduce") as seen:
        for by, expanded in ((-200, "true"), (200, "false")):
            box = seen.tab.locator("#sheet-handle").bounding_box()
            assert box is not None
            x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
            seen.tab.mouse.move(x, y)
            seen.tab.mouse.down()
            seen.tab.mouse.move(x, y + by, steps=4)
            seen.tab.mouse.up()
            assert seen.tab.get_attribute("#sheet-handle", "aria-expanded") == expanded
        seen.tab.click("#sheet-handle")
        assert seen.tab.get_attribute("#sheet-handle", "aria-expanded") == "true"
        seen.tab.keyboard.press("Enter")
        assert seen.tab.get_attribute("#sheet-handle", "aria-expanded") == "false"


def measure(seen: Visit, selector: str) -> dict[str, float]:
    """Return the box of what a selector finds, by its four edges."""
    box = seen.tab.locator(selector).first.bounding_box()
    assert box is not None, selector
    return {
        "left": box["x"],
        "top": box["y"],
        "right": box["x"] + box["width"],
        "bottom": box["y"] + box["height"],
    }


def test_handling_line_hides_nothing_on_a_phone(chromium: Browser, page_of: Callable[..., Path]) -> None:
    """Between the two lines map, controls, sheet and the sketch's card all keep their place, whole."""
    with visit(
        chromium, page_of("dnipro-line", "FOR EXERCISE"), PHONE, has_touch=True, is_mobile=True
    ) as seen:
        sheet, foot = measure(seen, ".panel"), measure(seen, ".marking-bottom")
        assert measure(seen, ".folium-map")["top"] >= measure(seen, ".marking-top")["bottom"]
        for control in (".legend", ".leaflet-control-scale", ".corner", ".readout"):
            assert measure(seen, control)["bottom"] <= sheet["top"], control
        assert sheet["bottom"] <= foot["top"] and measure(seen, ".as-of")["bottom"] <= foot["top"]
        seen.tab.tap("#sketch-open")
        assert measure(seen, "#sketch-save")["bottom"] <= foot["top"]


def test_legend_and_read_out_share_a_phones_map(chromium: Browser, page_of: Callable[[str], Path]) -> None:
    """There is room for one of them: while the legend is open, the read-out steps aside."""
    with visit(chromium, page_of("dnipro-line"), PHONE, has_touch=True) as seen:
        assert not overlaps(measure(seen, ".legend"), measure(seen, ".readout"))
        seen.tab.tap(".legend summary")
        assert seen.tab.locator(".readout").is_hidden()
        seen.tab.tap(".legend summary")
        assert seen.tab.locator(".readout").is_visible()
