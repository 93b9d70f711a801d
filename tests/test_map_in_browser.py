"""The web map as people meet it: opened from disk in a real Chromium that reaches no network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geo.briefing import Briefing, build_briefing
from geo.front import find_front
from geo.scenario import read_scenarios
from geo.webmap import render_html

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

pytestmark = pytest.mark.browser

DESKTOP = (1440, 900)
PHONE = (390, 844)
SCENARIOS = read_scenarios()

READ_BOXES = """
() => {
  const box = (element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return { text: element.textContent.slice(0, 40), left, top, right, bottom };
  };
  const all = (selector) => Array.from(document.querySelectorAll(selector), box);
  return {
    map: box(document.querySelector(".folium-map")),
    labels: all(".label:not(.is-hidden)"),
    dots: all(".dot:not(.is-hidden)"),
    controls: all(".frame .leaflet-control, .frame [data-obstacle]").filter((b) => b.right > b.left),
  };
}
"""


@dataclass
class Visit:
    """A page that is open in the browser, and what went over the wire or wrong while it was."""

    tab: Tab
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def boxes(self) -> dict[str, Any]:
        """Return the boxes of map, labels, dots and controls in window pixels."""
        boxes: dict[str, Any] = self.tab.evaluate(READ_BOXES)
        return boxes

    def zoom_in(self) -> None:
        """Press the zoom button twice and wait until the map has settled."""
        for _ in range(2):
            self.tab.click(".leaflet-control-zoom-in")
            self.tab.wait_for_timeout(400)


@contextmanager
def visit(browser: Browser, file: Path, size: tuple[int, int]) -> Iterator[Visit]:
    """Open a file in a window of this size, offline, and close it again."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, offline=True)
    context.route(lambda address: not address.startswith("file:"), lambda route: route.abort())
    seen = Visit(context.new_page())
    seen.tab.on("request", lambda request: seen.requests.append(request.url))
    seen.tab.on("console", lambda message: seen.complaints.append(message.text))
    seen.tab.on("pageerror", lambda error: seen.complaints.append(str(error)))
    seen.tab.on("dialog", lambda dialog: (seen.complaints.append(dialog.message), dialog.dismiss()))
    seen.tab.goto(file.as_uri())
    seen.tab.wait_for_selector("html[data-ready=map]", timeout=10_000)
    yield seen
    context.close()


def overlaps(a: dict[str, float], b: dict[str, float], slack: float = 0.5) -> bool:
    """Return whether two boxes share more than half a pixel."""
    return (
        a["left"] + slack < b["right"]
        and b["left"] + slack < a["right"]
        and a["top"] + slack < b["bottom"]
        and b["top"] + slack < a["bottom"]
    )


def check_labels(boxes: dict[str, Any]) -> None:
    """Assert that every label is on the map, over no other label or dot of another, and under no control."""
    frame, labels = boxes["map"], boxes["labels"]
    for index, label in enumerate(labels):
        assert label["left"] >= frame["left"] and label["right"] <= frame["right"], label
        assert label["top"] >= frame["top"] and label["bottom"] <= frame["bottom"], label
        for other in [*labels[index + 1 :], *boxes["controls"]]:
            assert not overlaps(label, other), (label, other)
        for dot in boxes["dots"]:
            assert not overlaps(label, dot, slack=1.5), (label, dot)


@pytest.fixture(scope="module")
def page_of(
    tmp_path_factory: pytest.TempPathFactory, make_briefing: Callable[..., Briefing]
) -> Callable[[str], Path]:
    """Return a function that writes the page of a shipped scenario, or of the made-up one, once."""
    folder = tmp_path_factory.mktemp("maps")

    def write(scenario: str) -> Path:
        file = folder / f"{scenario}.html"
        if not file.exists():
            shipped = SCENARIOS.get(scenario)
            briefing = build_briefing(shipped, find_front(shipped.front)) if shipped else make_briefing()
            file.write_bytes(render_html(briefing))
        return file

    return write


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scenario", [*SCENARIOS, "made-up"])
def test_map_opens_offline_and_labels_never_collide(
    chromium: Browser, page_of: Callable[[str], Path], scenario: str, size: tuple[int, int]
) -> None:
    """A page opens without request or complaint, draws front and zones, and keeps its labels apart at two zooms."""
    file = page_of(scenario)
    assert file.stat().st_size < 500_000
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


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_zone_has_its_distance_and_name_on_a_desktop_map(
    chromium: Browser, page_of: Callable[[str], Path], scenario: str
) -> None:
    """In the first view each zone of a shipped scenario is named and its distance written; so is the front."""
    with visit(chromium, page_of(scenario), DESKTOP) as seen:
        drawn = seen.tab.locator(".label:not(.is-hidden)")
        zones = len(SCENARIOS[scenario].zones)
        assert drawn.and_(seen.tab.locator(".distance")).count() == zones
        assert drawn.and_(seen.tab.locator(".zone-name")).count() == zones
        assert drawn.and_(seen.tab.locator(".front-name")).count() == 1


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
        assert hostile in seen.tab.locator("h1").text_content()
        seen.tab.hover(".leaflet-control-layers")
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
        ("Nearest distances", ".folium-map path.nearest, .distance:not(.is-hidden)"),
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
        seen.tab.hover(".leaflet-control-layers")
        box = seen.tab.locator(".leaflet-control-layers-overlays label", has_text=layer)
        box.click()
        assert seen.tab.locator(selector).count() == 0
        box.click()
        seen.tab.mouse.move(600, 600)
        seen.tab.wait_for_timeout(50)
        assert seen.tab.locator(selector).count() == before


def test_panel_is_complete_on_a_phone(chromium: Browser, page_of: Callable[[str], Path]) -> None:
    """At 390 pixels the map comes first, the whole text follows below it, and the page never scrolls sideways."""
    with visit(chromium, page_of("made-up"), PHONE) as seen:
        width = seen.tab.evaluate("document.documentElement.scrollWidth")
        assert width == PHONE[0]
        headings = seen.tab.locator(".panel h2").all_inner_texts()
        assert len(headings) == 7
        for element in seen.tab.locator(".panel h1, .panel h2, .panel p, .panel dd").all():
            box = element.bounding_box()
            assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= PHONE[0]
        frame, title = seen.boxes()["map"], seen.tab.locator("h1").bounding_box()
        assert title is not None and title["y"] > frame["bottom"]


def test_table_leads_to_a_zone_by_keyboard(chromium: Browser, page_of: Callable[[str], Path]) -> None:
    """Pressing Enter on a zone's name in the table zooms the map to it and marks it."""
    with visit(chromium, page_of("made-up"), DESKTOP) as seen:
        path = seen.tab.locator(".folium-map path.zone-1")
        before = path.bounding_box()
        seen.tab.focus("button[data-zone='1']")
        seen.tab.keyboard.press("Enter")
        seen.tab.wait_for_timeout(600)
        after = path.bounding_box()
        assert before is not None and after is not None and after["width"] > 1.5 * before["width"]
        assert "is-marked" in (path.get_attribute("class") or "")
