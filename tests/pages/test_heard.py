"""Pages as they are heard: what a screen reader is given of each, and the map from zone to zone by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.pages.browser import DESKTOP, Visit, plain, visit
from tests.pages.kinds import KINDS, render_kind

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

pytestmark = pytest.mark.browser

UNFOLD = "document.querySelectorAll('details').forEach((fold) => { fold.open = true; })"
NEAREST = (
    "Kremenchuk to Horishni Plavni reach, 150 km from the line of contact, zone 1 of 4; "
    "Cherkasy to Kremenchuk reach lies north-west; Kaniv to Cherkasy reach lies north-west"
)
SECOND = "Cherkasy to Kremenchuk reach, 170 km from the line of contact, zone 2 of 4; "
PICTURES = ("image", "img", "graphics-document", "graphics-object", "graphics-symbol")


def read_heard(tab: Tab) -> list[tuple[str, str, str]]:
    """Return role, name and address of everything in Chromium's accessibility tree, all folds open."""
    tab.evaluate(UNFOLD)
    session = tab.context.new_cdp_session(tab)
    session.send("Accessibility.enable")
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return [
        (_value(node, "role"), _value(node, "name"), _address(node))
        for node in nodes
        if not node.get("ignored")
    ]


def _value(node: dict[str, Any], key: str) -> str:
    return plain(str(node.get(key, {}).get("value", "")))


def _address(node: dict[str, Any]) -> str:
    found = [each["value"]["value"] for each in node.get("properties", []) if each["name"] == "url"]
    return str(found[0]) if found else ""


def check_names(heard: list[tuple[str, str, str]]) -> None:
    """Assert that pictures have names, links that lead to two places two names, and tables those of their headings."""
    assert [role for role, name, _ in heard if role in PICTURES and not name] == []
    links = {(name, address) for role, name, address in heard if role == "link"}
    assert len({name for name, _ in links}) == len(links)
    headings = {name for role, name, _ in heard if role == "heading"}
    tables = [name for role, name, _ in heard if role == "table"]
    assert [name for name in tables if name not in headings] == []
    assert len(set(tables)) == len(tables)


@pytest.mark.parametrize("kind", KINDS)
def test_everything_that_is_heard_has_a_name_of_its_own(chromium: Browser, tmp_path: Path, kind: str) -> None:
    """No picture is without a name, no two links or tables share one, and a table is called as its heading."""
    file = tmp_path / f"{kind}.html"
    file.write_bytes(render_kind(kind))
    with visit(chromium, file, DESKTOP) as seen:
        heard = read_heard(seen.tab)
        check_names(heard)
        assert any(role == "table" for role, _, _ in heard)


def test_the_gallery_too(chromium: Browser, tmp_path: Path) -> None:
    """Its small maps have names, and so has each link."""
    file = tmp_path / "gallery.html"
    file.write_bytes(render_kind("gallery"))
    context = chromium.new_context(offline=True)
    try:
        tab = context.new_page()
        tab.goto(file.as_uri())
        heard = read_heard(tab)
        check_names(heard)
        assert sum(role in PICTURES for role, _, _ in heard) == 2
    finally:
        context.close()


def listen(seen: Visit, key: str) -> str:
    """Press a key on the map and return what is then said."""
    said = "document.getElementById('spoken')"
    seen.tab.evaluate(f"() => {{ {said}.textContent = ''; }}")
    seen.tab.keyboard.press(key)
    seen.wait_until(f"{said}.textContent !== ''")
    return plain(seen.tab.locator("#spoken").text_content() or "")


def test_zones_are_walked_in_the_order_of_distance(chromium: Browser, page_of: Callable[[str], Path]) -> None:
    """From the nearest to the farthest and back: name, distance, rank, and the neighbours with their directions."""
    with visit(chromium, page_of("dnipro-line"), DESKTOP, reduced_motion="reduce") as seen:
        seen.tab.focus(".folium-map")
        assert listen(seen, "PageDown") == NEAREST
        assert listen(seen, "PageDown").startswith(SECOND)
        assert seen.tab.locator("tr.is-selected button").inner_text() == "Cherkasy to Kremenchuk reach"
        assert listen(seen, "End").startswith(
            "Kyiv to Kaniv reach, 325 km from the line of contact, zone 4 of 4"
        )
        assert listen(seen, "PageUp").startswith("Kaniv to Cherkasy reach, 265 km")
        assert listen(seen, "Home") == NEAREST


def test_zones_of_several_scenarios_are_walked_as_well(chromium: Browser, tmp_path: Path) -> None:
    """On a comparison the order goes across scenarios, and a zone that is gone to is shown."""
    file = tmp_path / "comparison.html"
    file.write_bytes(render_kind("comparison"))
    with visit(chromium, file, DESKTOP, reduced_motion="reduce") as seen:
        boxes = seen.tab.locator("input[data-layer]")
        boxes.first.uncheck()
        seen.tab.focus(".folium-map")
        told = [listen(seen, key) for key in ("PageDown", "PageDown", "PageUp", "End", "Home")]
        assert "Kremenchuk to Horishni Plavni reach, 150 km from the line of contact, zone 1 of " in told[0]
        assert "reach lies north-west" in told[0]
        assert ", zone 2 of " in told[1]
        assert f"{seen.tab.locator('path.zone').count()}; " in told[3]
        assert told[0] == told[2] == told[4]
        assert all(boxes.nth(index).is_checked() for index in range(boxes.count()))


def test_the_crosshair_sets_out_from_the_zone_that_was_gone_to(
    chromium: Browser, page_of: Callable[[str], Path]
) -> None:
    """An arrow after a zone reads out a place in that zone, not the middle of the map."""
    with visit(chromium, page_of("dnipro-line"), DESKTOP, reduced_motion="reduce") as seen:
        seen.tab.focus(".folium-map")
        listen(seen, "End")
        assert "in Kyiv to Kaniv reach" in listen(seen, "ArrowDown")


@pytest.mark.parametrize("kind", ["scenario", "comparison"])
def test_the_zone_that_is_chosen_in_the_table_is_told(chromium: Browser, tmp_path: Path, kind: str) -> None:
    """A press on a name in the table is answered with the zone and its distance."""
    file = tmp_path / f"{kind}.html"
    file.write_bytes(render_kind(kind))
    with visit(chromium, file, DESKTOP, reduced_motion="reduce") as seen:
        seen.tab.locator("button[data-zone='3']").first.focus()
        told = listen(seen, "Enter")
        assert "Kremenchuk to Horishni Plavni reach, 150 km from the line of contact" in told
        assert "Cherkasy to Kremenchuk reach lies north-west" in told
