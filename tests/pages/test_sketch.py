"""Sketching a zone on the page: corners set, moved and taken back, measured live, saved as a file the program reads."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from geo.cli import main
from geo.fronts.reading import find_front
from geo.measuring import metrics
from geo.scenarios.scenario import read_scenario
from tests.pages.boxes import check_labels, overlaps
from tests.pages.browser import DESKTOP, PHONE, Visit, plain, visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

FIELD = ((33.6, 49.9), (34.9, 49.7), (34.8, 48.9), (33.5, 48.85))


@pytest.fixture
def seen(chromium: Browser, page_of: Callable[[str], Path]) -> Iterator[Visit]:
    """Return a page with the sketch's card open."""
    with visit(chromium, page_of("dnipro-line"), DESKTOP, accept_downloads=True) as opened:
        opened.tab.click("#sketch-open")
        yield opened
        assert opened.complaints == []


def read_measures(seen: Visit) -> Any:
    """Return what the card shows, at full precision; None where nothing can be measured."""
    return json.loads(seen.tab.get_attribute("#sketch", "data-measures") or "null")


def count_corners(seen: Visit) -> int:
    """Return how many corners have a handle."""
    return seen.tab.locator(".handle-corner, .handle-end").count()


def drag(seen: Visit, selector: str, lon: float, lat: float) -> None:
    """Drag a handle to a position."""
    box = seen.tab.locator(selector).first.bounding_box()
    assert box is not None
    seen.tab.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    seen.tab.mouse.down()
    seen.tab.mouse.move(*seen.pixel_of(lon, lat), steps=5)
    seen.tab.mouse.up()


def save(seen: Visit, folder: Path) -> Path:
    """Press the button that saves the sketch, and return the file."""
    with seen.tab.expect_download() as download:
        seen.tab.click("#sketch-save")
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def test_sketch_makes_a_scenario_that_validates_and_renders(seen: Visit, tmp_path: Path) -> None:
    """The whole way: draw, name, save; `geo validate` accepts the file, `geo render` draws it, the figures agree."""
    seen.click_at(*FIELD)
    seen.tab.click("#sketch-finish")
    seen.tab.fill("#sketch-name", "Poltava field")
    shown = read_measures(seen)
    file = save(seen, tmp_path)
    assert file.name == "poltava-field.geojson"
    validated = CliRunner().invoke(main, ["validate", str(file)])
    assert validated.exit_code == 0, validated.output
    assert "valid, scenario poltava-field with 1 zone" in validated.output
    rendered = CliRunner().invoke(main, ["render", str(file), "--out", str(tmp_path / "maps")])
    assert rendered.exit_code == 0, rendered.output
    assert b"Poltava field" in (tmp_path / "maps" / "poltava-field.html").read_bytes()
    scenario = read_scenario(file)
    assert (scenario.front, scenario.zones[0].country, scenario.zones[0].status) == (
        "2025-03-27",
        "UA",
        "illustrative",
    )
    (row,) = metrics.measure(scenario, find_front(scenario.front)).zones
    assert abs(shown["nearest"]["km"] - row.nearest_km) <= max(0.001 * row.nearest_km, 0.1)
    assert shown["meanKm"] == pytest.approx(row.mean_km, rel=0.005)
    assert shown["areaKm2"] == pytest.approx(row.area_km2, rel=0.002)


def test_figures_follow_the_corner_that_is_dragged(seen: Visit) -> None:
    """Moving a corner towards the front shortens the nearest distance while the button is still down."""
    seen.click_at(*FIELD)
    seen.tab.click("#sketch-finish")
    before, shown = read_measures(seen), seen.tab.inner_text("#sketch-nearest")
    box = seen.tab.locator(".handle-corner").nth(1).bounding_box()
    assert box is not None
    seen.tab.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    seen.tab.mouse.down()
    seen.tab.mouse.move(*seen.pixel_of(35.6, 49.4), steps=5)
    during = read_measures(seen)
    assert during["nearest"]["km"] < before["nearest"]["km"] - 10
    assert during["areaKm2"] > before["areaKm2"]
    assert seen.tab.inner_text("#sketch-nearest") != shown
    seen.tab.mouse.up()
    assert read_measures(seen)["nearest"]["km"] == pytest.approx(during["nearest"]["km"], abs=1)


def test_corners_are_added_and_removed(seen: Visit) -> None:
    """Dragging an edge's ring adds a corner there; a chosen corner goes by button, a focused one by Delete."""
    seen.click_at(*FIELD)
    seen.tab.click("#sketch-finish")
    assert (count_corners(seen), seen.tab.locator(".handle-middle").count()) == (4, 4)
    drag(seen, ".handle-middle", 34.3, 50.2)
    assert (count_corners(seen), seen.tab.locator(".handle-middle").count()) == (5, 5)
    seen.tab.locator(".handle-corner").nth(1).click()
    seen.tab.click("#sketch-remove")
    assert count_corners(seen) == 4
    seen.tab.locator(".handle-corner").nth(0).focus()
    seen.tab.keyboard.press("Delete")
    assert count_corners(seen) == 3


def test_every_step_can_be_undone(seen: Visit) -> None:
    """Undo takes back a drag, the closing of the outline and each corner, until nothing is left to undo."""
    seen.click_at(*FIELD[:3])
    seen.tab.click("#sketch-finish")
    before = read_measures(seen)
    drag(seen, ".handle-corner >> nth=2", 34.0, 48.2)
    assert read_measures(seen)["areaKm2"] > before["areaKm2"]
    seen.tab.click("#sketch-undo")
    assert read_measures(seen) == before
    seen.tab.click("#sketch-undo")
    assert seen.tab.locator("#sketch-finish").is_visible()
    for left in (2, 1, 0):
        seen.tab.click("#sketch-undo")
        assert count_corners(seen) == left
    assert seen.tab.is_disabled("#sketch-undo")


@pytest.mark.parametrize("how", ["first corner", "double click"])
def test_outline_ends_at_its_first_corner_or_with_a_double_click(seen: Visit, how: str) -> None:
    """Both ways of ending an outline that people know from other maps work, without a corner too many."""
    if how == "first corner":
        seen.click_at(*FIELD)
        seen.tab.click(".handle-end")
    else:
        seen.click_at(*FIELD[:3])
        seen.tab.mouse.dblclick(*seen.pixel_of(*FIELD[3]))
    assert count_corners(seen) == 4
    assert not seen.tab.locator("#sketch-finish").is_visible()
    assert seen.tab.is_enabled("#sketch-save")


def test_sketch_by_keyboard_alone(seen: Visit, tmp_path: Path) -> None:
    """Enter sets corners at the crosshair, arrows move the corner in focus, and the file can be saved."""
    seen.tab.focus(".folium-map")
    for arrow, times in (("ArrowUp", 2), ("ArrowRight", 3), ("ArrowDown", 3)):
        for _ in range(times):
            seen.tab.keyboard.press(f"Shift+{arrow}")
        seen.tab.keyboard.press("Enter")
    assert count_corners(seen) == 3
    seen.tab.focus(".handle-end")
    seen.tab.keyboard.press("Enter")
    before = read_measures(seen)
    seen.tab.locator(".handle-corner").nth(1).focus()
    seen.tab.keyboard.press("Shift+ArrowRight")
    assert read_measures(seen)["areaKm2"] > before["areaKm2"]
    assert seen.tab.evaluate("document.activeElement.dataset.index") == "1"
    seen.tab.focus("#sketch-save")
    with seen.tab.expect_download() as download:
        seen.tab.keyboard.press("Enter")
    download.value.save_as(tmp_path / "sketch.geojson")
    assert CliRunner().invoke(main, ["validate", str(tmp_path / "sketch.geojson")]).exit_code == 0


def test_tangled_outline_is_named_and_cannot_be_saved(seen: Visit) -> None:
    """An outline that crosses itself says so, and neither closes nor saves."""
    seen.click_at(FIELD[0], FIELD[2], FIELD[1], FIELD[3])
    assert "crosses or touches itself" in seen.tab.inner_text("#sketch-help")
    assert seen.tab.is_disabled("#sketch-finish") and seen.tab.is_disabled("#sketch-save")
    shown = [seen.tab.inner_text(f"#sketch-{name}") for name in ("nearest", "mean", "area")]
    assert shown == ["–"] * 3
    assert read_measures(seen) is None
    assert seen.tab.locator(".leaflet-sketch-pane .pin-line").count() == 0


def test_sketch_across_the_front_says_what_that_means(seen: Visit) -> None:
    """A zone on the line has distance 0 and no mean, and the card says why."""
    seen.click_at((35.0, 48.3), (36.6, 48.2), (36.4, 46.8), (35.0, 46.9))
    seen.tab.click("#sketch-finish")
    assert "touches or crosses the line of contact" in seen.tab.inner_text("#sketch-help")
    found = [plain(seen.tab.inner_text(f"#sketch-{name}")) for name in ("nearest", "mean")]
    assert found == ["0 km (0–4)", "–"]


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("", "my-sketch.geojson"),
        ("   ", "my-sketch.geojson"),
        ("Зона біля Полтави", "zona-bilia-poltavy.geojson"),
        ("Юр'ївка і Згурівка", "yurivka-i-zghurivka.geojson"),
        ("測試", "my-sketch.geojson"),
        ("../../etc/passwd", "etc-passwd.geojson"),
        ("</script><img src=x onerror=alert(1)>", "script-img-src-x-onerror-alert-1.geojson"),
        ("\u202egnp.exe", "gnp-exe.geojson"),
        ("N" * 300, "n" * 80 + ".geojson"),
        ("Łódź – Kraków", "odz-krakow.geojson"),
    ],
)
def test_any_name_makes_a_valid_file(seen: Visit, tmp_path: Path, name: str, file: str) -> None:
    """Whatever is typed as the name, the file has a plain name and `geo validate` accepts it."""
    seen.click_at(*FIELD[:3])
    seen.tab.click("#sketch-finish")
    seen.tab.evaluate("(name) => { document.getElementById('sketch-name').value = name; }", name)
    saved = save(seen, tmp_path)
    assert saved.name == file
    result = CliRunner().invoke(main, ["validate", str(saved)])
    assert result.exit_code == 0, result.output


def test_finished_outline_is_safe_from_clicks_elsewhere(seen: Visit) -> None:
    """Once an outline is finished, clicks pin again, and a double click or Delete on the map costs no corner."""
    seen.click_at(*FIELD)
    seen.tab.click("#sketch-finish")
    seen.click_at((31.5, 48.0))
    assert seen.tab.locator("button.pin").count() == 1
    seen.tab.mouse.dblclick(*seen.pixel_of(32.5, 47.8))
    assert (count_corners(seen), seen.tab.locator("button.pin").count()) == (4, 1)
    seen.tab.focus(".folium-map")
    seen.tab.keyboard.press("Delete")
    assert (count_corners(seen), seen.tab.locator("button.pin").count()) == (4, 0)


def test_focus_stays_with_the_work(seen: Visit) -> None:
    """Finishing by key leads on to saving, and Escape on a corner closes the card as it does on the card itself."""
    seen.click_at(*FIELD)
    seen.tab.focus("#sketch-finish")
    seen.tab.keyboard.press("Enter")
    assert seen.tab.evaluate("document.activeElement.id") == "sketch-save"
    seen.tab.locator(".handle-corner").nth(1).focus()
    seen.tab.keyboard.press("Escape")
    assert seen.tab.locator("#sketch").is_hidden()
    assert seen.tab.evaluate("document.activeElement.id") == "sketch-open"


def test_only_the_held_handle_is_shown_beside_the_corners(seen: Visit) -> None:
    """While a corner is dragged, the rings on the middles of its edges do not stay behind where those were."""
    seen.click_at(*FIELD)
    seen.tab.click("#sketch-finish")
    box = seen.tab.locator(".handle-corner").nth(1).bounding_box()
    assert box is not None
    seen.tab.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    seen.tab.mouse.down()
    seen.tab.mouse.move(*seen.pixel_of(35.6, 49.4), steps=5)
    assert not [ring for ring in seen.tab.locator(".handle-middle").all() if ring.is_visible()]
    seen.tab.mouse.up()
    assert seen.tab.locator(".handle-middle").first.is_visible()


def test_names_on_the_map_make_room_for_a_sketch(seen: Visit) -> None:
    """No label stands under the handle of a corner, or in the middle of what is drawn."""
    seen.click_at((32.6, 50.2), (35.6, 50.2), (35.6, 48.9), (32.6, 49.4))
    seen.tab.click("#sketch-finish")
    boxes = seen.boxes()
    check_labels(boxes)
    (left, top), (right, bottom) = seen.pixel_of(33.4, 50.0), seen.pixel_of(35.4, 49.5)
    inside = {"left": left, "top": top, "right": right, "bottom": bottom}
    assert not [label for label in boxes["labels"] if overlaps(label, inside)]


def test_closing_the_card_keeps_the_outline_for_later(seen: Visit) -> None:
    """Escape hides card and outline and gives clicks back to pins; opening again shows what was drawn."""
    seen.click_at(*FIELD)
    seen.tab.focus("#sketch-name")
    seen.tab.keyboard.press("Escape")
    assert count_corners(seen) == 0 and not seen.tab.locator("#sketch").is_visible()
    assert seen.tab.evaluate("document.activeElement.id") == "sketch-open"
    seen.click_at((36.0, 48.5))
    assert seen.tab.locator("button.pin").count() == 1
    seen.tab.click("#sketch-open")
    assert count_corners(seen) == 4


def test_sketch_on_a_phone_leaves_the_map_in_sight(chromium: Browser, page_of: Callable[[str], Path]) -> None:
    """With a finger: taps set corners, the card takes the sheet's place, and more than half of the screen stays map."""
    options = {"has_touch": True, "is_mobile": True, "accept_downloads": True}
    with visit(chromium, page_of("dnipro-line"), PHONE, **options) as seen:
        seen.tab.tap("#sketch-open")
        # A field in focus would bring up a keyboard over the map.
        assert seen.tab.evaluate("document.activeElement.id") == "sketch"
        card = seen.tab.locator("#sketch").bounding_box()
        assert card is not None and card["y"] > PHONE[1] / 2
        for number, spot in enumerate(FIELD, start=1):
            seen.tab.touchscreen.tap(*seen.pixel_of(*spot))
            seen.wait_until(f"document.querySelectorAll('.handle-corner, .handle-end').length === {number}")
            seen.tab.wait_for_timeout(350)  # two taps at once are a double tap, which ends the outline
        seen.tab.tap("#sketch-finish")
        assert count_corners(seen) == 4
        with seen.tab.expect_download():
            seen.tab.tap("#sketch-save")
