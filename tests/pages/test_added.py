"""Layers that a user added, as people meet them: offline under the policy, and online with servers that are made up."""

from __future__ import annotations

import types
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import folium
import geopandas as gpd
import numpy as np
import pytest
from branca.element import Element, Figure, IFrame
from folium import plugins
from playwright.sync_api import Route
from shapely.geometry import Point

from geo.briefing.briefing import Briefing
from geo.renderers.webmap.map import build_map
from tests.made_up.layers import DISTRICTS, add_offline
from tests.pages.access import find_violations
from tests.pages.boxes import check_labels
from tests.pages.browser import DESKTOP, Visit, visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

EXPLORED = gpd.GeoDataFrame(
    {"kind": ["depot", "field", "depot"], "tonnes": [1.0, 2.0, 3.0]},
    geometry=[Point(28, 47), Point(29, 47), Point(30, 47)],
    crs=4326,
)

STACK = """
(selectors) => selectors.map((selector) => {
  const pane = document.querySelector(selector).closest(".leaflet-map-pane > .leaflet-pane");
  return Number(getComputedStyle(pane).zIndex);
})
"""


@pytest.fixture
def classifier(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in for mapclassify, which `explore` imports and we do not bring."""
    module = types.ModuleType("mapclassify")
    module.classify = lambda values, _, bins: types.SimpleNamespace(yb=np.digitize(values, bins, right=True))  # type: ignore[attr-defined]
    monkeypatch.setitem(__import__("sys").modules, "mapclassify", module)


def pop_up(seen: Visit, selector: str) -> str:
    """Click an element and return what the popup says that this opens."""
    seen.tab.locator(selector).first.click(force=True)
    seen.tab.wait_for_selector(".leaflet-popup-content")
    text = seen.tab.locator(".leaflet-popup-content").last.inner_text()
    seen.tab.keyboard.press("Escape")
    seen.wait_until("document.querySelectorAll('.leaflet-popup').length === 0")
    return " ".join(text.split())


def hover(seen: Visit, selector: str) -> str:
    """Point at an element and return what the tooltip says that this shows."""
    seen.tab.locator(selector).first.hover(force=True)
    text = seen.tab.locator(".leaflet-tooltip").last.inner_text()
    seen.tab.mouse.move(5, 5)
    return " ".join(text.split())


def test_added_layers_work_offline(
    chromium: Browser, briefing_of: Callable[..., Briefing], classifier: None, tmp_path: Path
) -> None:
    """Every kind that needs no network is drawn, listed, opens its popup and shows its tooltip, without a complaint."""
    fmap = build_map(briefing_of("dnipro-line"))
    add_offline(fmap)
    EXPLORED.explore(m=fmap, column="kind", name="Kinds", popup=True, marker_kwds={"radius": 9})
    moved = EXPLORED.set_geometry(EXPLORED.translate(0, 0.5)).to_crs(3857)
    moved.explore(m=fmap, column="tonnes", name="Tonnes", marker_kwds={"radius": 4})
    fmap.keep_in_front(next(child for child in fmap._children.values() if isinstance(child, folium.GeoJson)))
    fmap.fit_bounds([[46.5, 25], [52, 33]])
    page = fmap.get_root()
    assert isinstance(page, Figure)
    page.html.add_child(Element("<h3 style='font-size: 21px' onclick='window.pressed = 1'>A title</h3>"))
    folium.Marker((51, 32), popup=folium.Popup(IFrame("<p>In a frame</p>", width="90px"))).add_to(fmap)
    file = tmp_path / "added.html"
    fmap.save(file)
    with visit(chromium, file, DESKTOP) as seen:
        seen.settle()
        check_labels(seen.boxes())
        assert find_violations(seen) == []
        listed = seen.tab.locator(".leaflet-control-layers-overlays label").all_inner_texts()
        names = ["Districts", "Group", "People", "Picture", "Kinds", "Tonnes"]
        assert [name.strip() for name in listed][-6:] == names
        for selector in (
            "path[stroke='#aa00aa']",
            ".made-up-line",
            ".made-up-polygon",
            ".made-up-circle",
            ".made-up-dot",
            "img.leaflet-marker-icon[src^='data:image/png']",
            "img.leaflet-marker-shadow[src^='data:image/png']",
            "img.leaflet-image-layer[src^='data:image/png']",
            ".leaflet-marker-icon b",
            "path[fill='#08519c']",
            "path[fill='#1f77b4']",
            "path[fill='#fde725']",
        ):
            box = seen.tab.locator(selector).first.bounding_box()
            assert box is not None and box["width"] > 1 and box["height"] > 1, selector

        assert pop_up(seen, "path[stroke='#aa00aa']") == "name Western &"  # data is HTML to folium
        assert pop_up(seen, ".made-up-line") == "Line"
        assert pop_up(seen, ".made-up-dot") == "<plain> & `tick`"
        assert pop_up(seen, "img.leaflet-marker-icon") == "Depot"
        assert pop_up(seen, "path[fill='#1f77b4']").startswith("kind depot")
        assert hover(seen, "path[stroke='#aa00aa']").startswith("name Western &")
        assert hover(seen, ".made-up-circle") == "Round"
        assert hover(seen, "img.leaflet-marker-icon") == "Hover"
        seen.tab.locator(".made-up-polygon").click()
        assert seen.tab.locator(".bold").evaluate("(e) => getComputedStyle(e).color") == "rgb(1, 2, 3)"
        seen.tab.keyboard.press("Escape")

        below, added, above = seen.tab.evaluate(STACK, ["path.zone", "path.made-up-line", "path.front"])
        assert below < added < above
        legends = seen.tab.locator(".added-legend")
        assert [" ".join(text.split()) for text in legends.all_inner_texts()] == [
            "People, <thousands> 12.5 21.2 30",
            "tonnes 1 2 3",
            "kind depot field",
            "A title",
        ]
        seen.tab.click(".added-legend h3")
        assert seen.tab.evaluate("window.pressed") == 1
        seen.tab.locator("img.leaflet-marker-icon").nth(1).click(force=True)
        framed = seen.tab.frame_locator(".leaflet-popup-content iframe").locator("p")
        assert framed.inner_text() == "In a frame"
        seen.tab.click("#layers-open")
        seen.tab.locator(".leaflet-control-layers-overlays label", has_text="Group").click()
        assert seen.tab.locator(".made-up-line").count() == 0
        assert (seen.requests, seen.complaints) == ([file.as_uri()], [])


@pytest.mark.parametrize("corner", ["topleft", "bottomleft", "bottomright"])
def test_the_list_of_layers_opens_within_the_map(
    corner: str, chromium: Browser, briefing: Briefing, tmp_path: Path
) -> None:
    """In whichever corner a user's LayerControl puts it, no part of the list is cut off."""
    fmap, file = build_map(briefing), tmp_path / "map.html"
    folium.LayerControl(collapsed=False, position=corner).add_to(fmap)
    fmap.save(str(file))
    with visit(chromium, file, DESKTOP) as seen:
        listed, whole = (
            seen.tab.locator(each).bounding_box()
            for each in (".leaflet-control-layers-list", ".leaflet-container")
        )
        assert listed and whole
        assert whole["x"] <= listed["x"] and whole["y"] <= listed["y"]
        assert listed["x"] + listed["width"] <= whole["x"] + whole["width"]
        assert listed["y"] + listed["height"] <= whole["y"] + whole["height"]


def test_a_map_shows_itself_in_a_notebook(chromium: Browser, briefing: Briefing, tmp_path: Path) -> None:
    """Two maps with layers stand in one notebook, each in its frame, become ready and break nothing of each other."""
    frames = []
    for at in ((50, 30), (49, 31)):
        fmap = build_map(briefing, height=400)
        folium.Marker(at, tooltip="Here").add_to(fmap)
        frames.append(fmap._repr_html_())
    file = tmp_path / "notebook.html"
    file.write_text(f"<html data-ready=map><body>{''.join(frames)}</body>", encoding="utf-8")
    with visit(chromium, file, (900, 850)) as seen:
        for index in range(2):
            frame = seen.tab.frame_locator("iframe").nth(index)
            frame.locator("html[data-ready=map]").wait_for()
            assert frame.locator("img.leaflet-marker-icon").count() == 1
        boxes = [frame.bounding_box() for frame in seen.tab.locator("iframe").all()]
        assert [round(box["height"]) for box in boxes if box] == [400, 400]
        assert seen.complaints == []
        assert [address for address in seen.requests if not address.startswith(("file:", "about:"))] == []


_CONTROL = "L.Control.extend({{ onAdd: () => L.DomUtil.create('div', '{}') }})"
STUBS = {
    "leaflet_heat": "L.heatLayer = (all) => L.layerGroup(all.map((at) => L.circleMarker(at, { className: 'heat' })));",
    "markercluster.js": "L.markerClusterGroup = () => L.featureGroup();",
    "MiniMap.js": f"L.Control.MiniMap = {_CONTROL.format('mini')}.extend({{ initialize() {{}} }});",
    "leaflet-measure": f"L.Control.Measure = {_CONTROL.format('measure')};",
    "FullScreen.min.js": f"L.control.fullscreen = () => new ({_CONTROL.format('full')})();",
    "draw.js": f"L.Control.Draw = {_CONTROL.format('draw')}; L.Draw = {{ Event: {{ CREATED: 'drawn' }} }};",
    "awesome-markers.js": "L.AwesomeMarkers = { icon: () => L.divIcon({ className: 'awesome' }) };",
}
"""What stands in for the scripts of plugins, by a part of their address."""
HOSTS = {"cdn.jsdelivr.net", "cdnjs.cloudflare.com", "netdna.bootstrapcdn.com", "a.tiles.example.org"}
TILE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763a8a9a90100030601821e5a2c990000000049454e44ae426082"
)


def build_online(briefing: Briefing) -> folium.Map:
    fmap = build_map(briefing, online=True)
    folium.TileLayer(
        "https://{s}.tiles.example.org/{z}/{x}/{y}.png", attr="© Tile makers", name="Tiles", subdomains="a"
    ).add_to(fmap)
    plugins.HeatMap([(49, 30), (49.5, 31)], name="Heat").add_to(fmap)
    cluster = plugins.MarkerCluster(name="Cluster").add_to(fmap)
    folium.CircleMarker((50.5, 33), fill=True, popup="In the cluster", class_name="in-cluster").add_to(
        cluster
    )
    for plugin in (plugins.MiniMap(), plugins.MeasureControl(), plugins.Fullscreen(), plugins.Draw()):
        plugin.add_to(fmap)
    folium.Marker((48, 31), icon=folium.Icon(color="red"), popup="Red").add_to(fmap)
    folium.GeoJson(DISTRICTS, name="Districts", style_function=lambda _: {"className": "district"}).add_to(
        fmap
    )
    return fmap


def test_added_layers_load_from_their_servers_online(
    chromium: Browser, briefing_of: Callable[..., Briefing], tmp_path: Path
) -> None:
    """Plugins and tiles work on an online map, which asks the servers they name and no other, and says so."""
    file = tmp_path / "online.html"
    build_online(briefing_of("dnipro-line")).save(file)

    def answer(route: Route) -> None:
        address = route.request.url
        script = next((text for part, text in STUBS.items() if part in address and ".js" in address), None)
        if script:
            route.fulfill(body=script, content_type="text/javascript")
        elif address.endswith(".css"):
            route.fulfill(body=".mini { width: 150px; height: 150px }", content_type="text/css")
        else:
            route.fulfill(body=TILE, content_type="image/png")

    context = chromium.new_context(viewport={"width": DESKTOP[0], "height": DESKTOP[1]})
    tab = context.new_page()
    seen = Visit(tab)
    tab.on("request", lambda request: seen.requests.append(request.url))
    tab.on("console", lambda message: seen.complaints.append(message.text))
    tab.on("pageerror", lambda error: seen.complaints.append(str(error)))
    context.route(lambda address: not address.startswith("file:"), answer)
    tab.goto(file.as_uri())
    tab.wait_for_selector("html[data-ready=map]", timeout=10_000)
    tab.wait_for_selector("img.leaflet-tile-loaded")
    selectors = (".heat", ".in-cluster", ".mini", ".measure", ".full", ".draw", ".awesome", ".district")
    assert [selector for selector in selectors if tab.locator(selector).count() == 0] == []
    assert "Loads parts from the network | © Tile makers" in tab.locator(
        ".leaflet-control-attribution"
    ).inner_text().replace("  ", " ")
    mini, legend = (tab.locator(selector).bounding_box() for selector in (".mini", ".frame .legend"))
    assert mini and legend and mini["y"] + mini["height"] <= legend["y"]
    assert pop_up(seen, ".in-cluster") == "In the cluster"
    bases = tab.locator(".leaflet-control-layers-base label").all_inner_texts()
    assert [name.strip() for name in bases] == ["Tiles"]
    land, tiles, beyond = tab.evaluate(STACK, ["path.land", "img.leaflet-tile", "path.beyond"])
    assert land < tiles < beyond
    assert {urlsplit(address).hostname for address in seen.requests if "file:" not in address} == HOSTS
    assert seen.complaints == []
    context.close()


def test_an_online_map_without_network_is_still_a_map(
    chromium: Browser, briefing_of: Callable[..., Briefing], tmp_path: Path
) -> None:
    """Where nothing can be loaded, what needs it is missing, and the map and all other layers are there and listed."""
    file = tmp_path / "online.html"
    build_online(briefing_of("dnipro-line")).save(file)
    with visit(chromium, file, DESKTOP) as seen:
        assert seen.tab.locator("path.zone").count() > 0
        assert seen.tab.locator(".district").count() == 2
        listed = seen.tab.locator(".leaflet-control-layers-overlays label").all_inner_texts()
        assert "Districts" in [name.strip() for name in listed]
        assert {urlsplit(address).hostname for address in seen.requests if "file:" not in address} <= HOSTS
