"""What a reader takes away from a page: files, text, and a scale and lines that can be trusted."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely
from click.testing import CliRunner
from pyproj import Geod
from shapely.geometry import MultiPolygon, Polygon, box

from geo.briefing import briefing, records
from geo.briefing.briefing import Briefing
from geo.cli import main
from geo.fronts.reading import find_front
from geo.renderers.webmap.map import render_html
from geo.scenarios.scenario import Scenario, Zone, find_scenario, read_scenario
from tests.made_up.hostile import CORPUS, PRINTABLE
from tests.pages.boxes import check_labels
from tests.pages.browser import DESKTOP, visit

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser

SCENARIO = "dnipro-line"

STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula."""

READ_SPAN = """
() => {
  const map = Object.values(window).find((value) => value instanceof L.Map);
  const width = document.querySelector(".leaflet-control-scale-line").getBoundingClientRect().width;
  const middle = map.getSize().divideBy(2);
  return [middle.x - width / 2, middle.x + width / 2].map((x) => {
    const { lat, lng } = map.containerPointToLatLng([x, middle.y]);
    return [lng, lat];
  });
}
"""
"""Longitude and latitude of two points in the middle of the map, as far apart on the screen as the bar is long."""


@pytest.fixture(scope="module")
def file(page_of: Callable[..., Path]) -> Path:
    """Return the page of a shipped scenario."""
    return page_of(SCENARIO)


@pytest.mark.browser
def test_downloaded_distances_are_what_the_command_prints(chromium: Browser, file: Path) -> None:
    """The CSV from inside the page is byte for byte that of ``geo metrics --format csv``."""
    with visit(chromium, file, DESKTOP) as seen:
        with seen.tab.expect_download() as download:
            seen.tab.click("button[data-file=distances]")
        printed = CliRunner().invoke(main, ["metrics", SCENARIO, "--format", "csv"]).stdout_bytes
        assert Path(download.value.path()).read_bytes() == printed
        assert download.value.suggested_filename == f"{SCENARIO}-distances.csv"
        assert seen.complaints == [] and seen.tab.locator("#takeaway-status").inner_text() != ""


@pytest.mark.browser
def test_downloaded_zones_are_a_scenario_file(chromium: Browser, file: Path, tmp_path: Path) -> None:
    """The GeoJSON from inside the page validates, and reads as the scenario that the page shows."""
    with visit(chromium, file, DESKTOP) as seen, seen.tab.expect_download() as download:
        seen.tab.click("button[data-file=zones]")
        saved = tmp_path / download.value.suggested_filename
        download.value.save_as(saved)
    assert CliRunner().invoke(main, ["validate", str(saved)]).exit_code == 0
    assert replace(read_scenario(saved), sha256=None) == replace(find_scenario(SCENARIO), sha256=None)


@pytest.mark.browser
def test_downloaded_zones_are_what_was_drawn(chromium: Browser, tmp_path: Path) -> None:
    """Names and texts of any script, six decimals, holes and several parts come back exactly as they were given."""
    ring = Polygon([(0, 0), (0.223456, 0), (0.2, 0.200001)], [[(0.1, 0.04), (0.12, 0.06), (0.14, 0.04)]])
    shapes = (ring, MultiPolygon([ring, box(0, 0.15, 0.04, 0.2)]))
    zones = tuple(
        Zone(text, lay_out(shapes[row % 2], row), "UA", "illustrative", text, candidate=row % 3 == 0)
        for row, text in enumerate(PRINTABLE)
    )
    drawn = Scenario("drawn", PRINTABLE[0], PRINTABLE[1], zones, front="2025-03-27")
    page = tmp_path / "drawn.html"
    page.write_bytes(render_html(briefing.build_briefing(drawn, find_front("2025-03-27"))))
    with visit(chromium, page, DESKTOP) as seen, seen.tab.expect_download() as download:
        seen.tab.click("button[data-file=zones]")
        download.value.save_as(tmp_path / "drawn.geojson")
    assert replace(read_scenario(tmp_path / "drawn.geojson"), sha256=None) == drawn


def lay_out(shape: Any, number: int) -> Any:
    """Return a shape in its place in rows of ten, at six decimals."""
    place = np.array([28 + number % 10 / 4, 51 - number // 10 / 4])
    return shapely.transform(shape, lambda lonlats: np.round(lonlats + place, 6))


@pytest.mark.browser
def test_key_sentence_is_copied_with_source_and_caveat(chromium: Browser, file: Path) -> None:
    """One click puts the sentence on the clipboard, with the front, the report it rests on and the caveat."""
    with visit(chromium, file, DESKTOP) as seen:
        seen.tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
        seen.tab.click("#copy-citation")
        seen.wait_until("document.getElementById('takeaway-status').textContent !== ''")
        copied = seen.tab.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Along the Dnipro in central Ukraine: Closest to the front: Kremenchuk")
    for part in (
        "line of contact of 27 March 2025 (±3–5 km by sector)",
        "Kyiv Independent",
        "illustrative",
    ):
        assert part in copied


@pytest.mark.browser
def test_copying_works_without_the_clipboard_interface(chromium: Browser, file: Path) -> None:
    """Where the browser gives a file from disk no clipboard, the older way is taken, and nothing is left behind."""
    with visit(chromium, file, DESKTOP) as seen:
        seen.tab.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
        seen.tab.click("#copy-citation")
        seen.wait_until("document.getElementById('takeaway-status').textContent !== ''")
        assert "Copied" in seen.tab.locator("#takeaway-status").inner_text()
        assert seen.tab.locator("textarea").count() == 0


@pytest.mark.parametrize("hostile", CORPUS, ids=range(len(CORPUS)))
def test_csv_cells_are_neutral(make_briefing: Callable[..., Briefing], hostile: str) -> None:
    """No cell of the page's CSV begins like a formula, and a zone's name comes back from it."""
    built = make_briefing((hostile, "B"), text=hostile)
    text = records.render_csv([(built.metrics, built.front)])
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    cells = [cell for row in rows for cell in row.values() if not _is_number(cell)]
    assert not [cell for cell in cells if cell.strip().startswith(STARTS)]
    assert rows[0]["zone"] == (f"'{hostile}" if hostile.strip().startswith(STARTS) else hostile)


@pytest.mark.browser
def test_lines_of_equal_distance_are_switched_from_beside_the_strips(chromium: Browser, file: Path) -> None:
    """Off at first; one press draws five lines with labels that collide with nothing; another removes them."""
    with visit(chromium, file, DESKTOP) as seen:
        lines, names = (
            seen.tab.locator(".folium-map path.isoline"),
            seen.tab.locator(".isoline-name:not(.is-hidden)"),
        )
        switch, key = seen.tab.locator("#isolines-switch"), seen.tab.locator("#isolines-key")
        assert (lines.count(), names.count(), key.is_visible()) == (0, 0, False)
        switch.click()
        assert lines.count() == 5
        assert {"50 km", "100 km", "200 km", "300 km"} <= set(names.all_text_contents())
        assert switch.get_attribute("aria-pressed") == "true" and key.is_visible()
        check_labels(seen.boxes())
        seen.tab.click("#layers-open")
        box = seen.tab.locator(".leaflet-control-layers-overlays label", has_text="Lines of equal distance")
        assert box.locator("input").is_checked()
        box.click()
        assert (names.count(), switch.get_attribute("aria-pressed")) == (0, "false")


@pytest.mark.browser
def test_scale_bar_is_true_at_the_latitude_it_names(chromium: Browser, file: Path) -> None:
    """What the bar spans in the middle of the map is its kilometres on the ellipsoid, also after the map has moved."""
    with visit(chromium, file, DESKTOP) as seen:
        latitudes = []
        for _ in range(2):
            said = re.match(r"([\d.]+)\skm at ([\d.]+)° N", seen.tab.locator(".scale-text").inner_text())
            assert said is not None
            km, lat = said.groups()
            (lon1, lat1), (lon2, lat2) = seen.tab.evaluate(READ_SPAN)
            assert Geod(ellps="WGS84").inv(lon1, lat1, lon2, lat2)[2] / 1000 == pytest.approx(
                float(km), rel=0.015
            )
            assert lat1 == pytest.approx(float(lat), abs=0.06)
            latitudes.append(lat1)
            seen.tab.mouse.move(500, 300)
            seen.tab.mouse.down()
            seen.tab.mouse.move(500, 700, steps=4)
            seen.tab.mouse.up()
            seen.settle()
        assert latitudes[1] > latitudes[0] + 0.5


def test_page_data_carries_the_lines_of_the_front(briefing: Briefing) -> None:
    """A page embeds the lines of equal distance of its own front, in less than 12 KB."""
    from geo.renderers.webmap import pagedata

    data = pagedata.build_page_data(briefing)
    assert [line["text"] for line in data["isolines"]] == ["50 km", "100 km", "200 km", "300 km", "500 km"]
    assert len(pagedata.dump_page_data({"isolines": data["isolines"]})) < 12_000


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
