"""A map one can add to: what is taken, what is refused and when, and that the file is whole and the same each time."""

from __future__ import annotations

import copy
import html
import io
import re
from collections.abc import Callable
from pathlib import Path

import folium
import numpy as np
import pytest
from branca.element import CssLink, Element, Figure, JavascriptLink, MacroElement
from folium import plugins
from folium.template import Template

from geo.briefing.briefing import Briefing
from geo.errors import GeoError, OutputError, UsageError
from geo.renderers.webmap.map import build_map
from tests.made_up.layers import DISTRICTS, add_offline

AT = (49.0, 31.0)


def build_tiles() -> folium.TileLayer:
    return folium.TileLayer("https://{s}.tiles.example.org/{z}/{x}/{y}.png", attr="Example", subdomains="ab")


NETWORK: dict[str, tuple[Callable[[], Element], str]] = {
    "TileLayer": (lambda: folium.TileLayer("OpenStreetMap"), "tile.openstreetmap.org"),
    "TileLayer with servers": (build_tiles, "a.tiles.example.org and b.tiles.example.org"),
    "WmsTileLayer": (lambda: folium.WmsTileLayer("https://wms.example.org/", "roads"), "wms.example.org"),
    "HeatMap": (lambda: plugins.HeatMap([AT]), "cdn.jsdelivr.net"),
    "MarkerCluster": (lambda: plugins.MarkerCluster([AT]), "cdnjs.cloudflare.com"),
    "FastMarkerCluster": (lambda: plugins.FastMarkerCluster([AT]), "cdnjs.cloudflare.com"),
    "MiniMap": (plugins.MiniMap, "cdnjs.cloudflare.com"),
    "MeasureControl": (plugins.MeasureControl, "cdn.jsdelivr.net"),
    "Fullscreen": (plugins.Fullscreen, "cdn.jsdelivr.net"),
    "Draw": (plugins.Draw, "cdnjs.cloudflare.com"),
    "ScrollZoomToggler": (plugins.ScrollZoomToggler, "cdnjs.cloudflare.com"),
    "Geocoder": (plugins.Geocoder, "nominatim.openstreetmap.org"),
    "Icon": (lambda: folium.Marker(AT, icon=folium.Icon(color="red")), "cdnjs.cloudflare.com"),
    "Icon of points": (
        lambda: folium.GeoJson(DISTRICTS, marker=folium.Marker(icon=folium.Icon())),
        "cdnjs.cloudflare.com",
    ),
    "CustomIcon": (
        lambda: folium.Marker(AT, icon=folium.CustomIcon("https://img.example.org/a.png")),
        "img.example.org",
    ),
    "ImageOverlay": (
        lambda: folium.raster_layers.ImageOverlay("https://img.example.org/a.png", [[48, 30], [49, 31]]),
        "img.example.org",
    ),
    "VideoOverlay": (
        lambda: folium.raster_layers.VideoOverlay("https://img.example.org/a.mp4", [[48, 30], [49, 31]]),
        "img.example.org",
    ),
    "picture in a popup": (
        lambda: folium.Marker(AT, popup='<img src="https://img.example.org/a.png">'),
        "img.example.org",
    ),
    "picture in a tooltip": (
        lambda: folium.Marker(AT, tooltip='<img src="https://img.example.org/a.png">'),
        "img.example.org",
    ),
    "picture in a DivIcon": (
        lambda: folium.Marker(AT, icon=folium.DivIcon('<img src="https://img.example.org/a.png">')),
        "img.example.org",
    ),
    "code that fetches": (
        lambda: plugins.Realtime(folium.JsCode("() => fetch('https://data.example.org/now')")),
        "data.example.org",
    ),
    "script": (lambda: JavascriptLink("https://js.example.org/a.js"), "js.example.org"),
    "style sheet": (lambda: CssLink("https://css.example.org/a.css"), "css.example.org"),
}


@pytest.mark.parametrize("kind", NETWORK)
def test_what_needs_the_network_is_refused_as_it_is_added(briefing: Briefing, kind: str) -> None:
    """An element that loads files is refused on every way to the map, by name, with its servers and the remedy."""
    build, servers = NETWORK[kind]
    fmap = build_map(briefing)
    page = fmap.get_root()
    assert isinstance(page, Figure)
    group = folium.FeatureGroup(name="Group").add_to(fmap)
    full = folium.FeatureGroup(name="Full").add_child(build())
    before = [list(part._children) for part in (fmap, group, page.header)]
    ways: list[Callable[[], object]] = [
        lambda: build().add_to(fmap),
        lambda: fmap.add_child(build(), index=0),
        lambda: group.add_child(build()),
        lambda: fmap.add_child(full),
        lambda: page.header.add_child(build()),
    ]
    for add in ways:
        with pytest.raises(GeoError, match=re.escape(servers)) as caught:
            add()
        assert kind.split()[0] in str(caught.value) or kind.islower() or "picture" in kind
        assert "b.map(online=True)" in str(caught.value)
    assert [list(part._children) for part in (fmap, group, page.header)] == before


@pytest.mark.parametrize("kind", NETWORK)
def test_an_online_map_takes_what_needs_the_network(briefing: Briefing, kind: str) -> None:
    """The same element is taken by a map that may load files; the page says from where, and allows just that."""
    build, servers = NETWORK[kind]
    fmap = build_map(briefing, online=True)
    build().add_to(fmap)
    page = html.unescape(fmap.get_root().render())
    policy = re.search(r'Security-Policy" content="([^>]*)">', page)
    assert policy is not None
    named = set(re.findall(r"https://([\w.-]+)", policy[1]))
    assert set(servers.split(" and ")) <= named
    said = re.search(r"loaded over the network, from ([^<]*)\.", page)
    assert said is not None and named == set(said[1].split(", "))


def test_an_online_map_to_which_nothing_was_added_is_an_offline_one(briefing: Briefing) -> None:
    """Until something is added that loads files, the page of an online map is the same, byte for byte."""
    assert build_map(briefing, online=True).get_root().render() == build_map(briefing).get_root().render()


@pytest.mark.parametrize(
    "address",
    ["http://tiles.example.org/{z}/{x}/{y}.png", "//tiles.example.org/{z}", "tiles/{z}/{x}/{y}.png"],
)
@pytest.mark.parametrize("online", [False, True])
def test_nothing_is_loaded_but_over_https(briefing: Briefing, address: str, online: bool) -> None:
    """An address without https, or of a file beside the page, is refused with what to give instead."""
    with pytest.raises(UsageError, match="begin with https://"):
        folium.TileLayer(address, attr="Example").add_to(build_map(briefing, online=online))


def test_an_icon_set_after_its_marker_was_added_is_refused_with_the_page(briefing: Briefing) -> None:
    """What slips in without being added is found when the page is written."""
    fmap = build_map(briefing)
    marker = folium.Marker(AT)
    marker.add_to(fmap)
    marker.set_icon(folium.Icon())
    with pytest.raises(UsageError, match="Icon loads files"):
        fmap.get_root().render()


def test_charts_that_make_scripts_of_text_are_refused(briefing: Briefing) -> None:
    """Vega needs what no page allows, online or not."""
    popup = folium.Popup().add_child(folium.VegaLite({}))
    with pytest.raises(UsageError, match="as a picture"):
        build_map(briefing, online=True).add_child(folium.Marker(AT).add_child(popup))


def test_same_script_writes_the_same_bytes(briefing: Briefing, tmp_path: Path) -> None:
    """Two maps built alike give one file, and a map that is shown and saved again still gives it."""
    first, second = build_map(briefing), build_map(briefing)
    for fmap in (first, second):
        add_offline(fmap)
    shown = first._repr_html_()
    first.save(tmp_path / "first.html")
    second.save(str(tmp_path / "second.html"))
    stream = io.BytesIO()
    first.save(stream, close_file=False)
    text = (tmp_path / "first.html").read_text(encoding="utf-8")
    assert (tmp_path / "second.html").read_text(encoding="utf-8") == stream.getvalue().decode() == text
    assert html.escape(text) in shown
    assert not re.search(r"_[0-9a-f]{32}", text)


def test_a_plain_folium_map_takes_what_was_on_ours(briefing: Briefing) -> None:
    """An element keeps no trace of our map: on another it may load files again, and draws its scale as ever."""
    fmap = build_map(briefing)
    group = folium.FeatureGroup(name="Group").add_to(fmap)
    scale = folium.LinearColormap(["red", "blue"]).add_to(fmap)
    fmap.get_root().render()
    plain = folium.Map(AT)
    plain.add_child(group).add_child(scale)
    build_tiles().add_to(group)
    assert "d3.scale" in plain.get_root().render()


def test_height_is_that_of_the_frame_in_a_notebook(briefing: Briefing) -> None:
    """In a notebook a map is a frame of the height that was asked for, with its whole page and its policy in it."""
    shown = build_map(briefing, height=333)._repr_html_()
    assert re.match(r'<iframe srcdoc="&lt;!doctype html&gt;', shown)
    assert 'height="333px"' in shown
    assert "Content-Security-Policy" in shown


def test_a_second_list_of_layers_sets_the_first(briefing: Briefing) -> None:
    """A user's LayerControl, which every example of folium ends with, changes ours and makes no second one."""
    fmap = build_map(briefing)
    folium.GeoJson(DISTRICTS, name="Districts").add_to(fmap)
    folium.LayerControl(collapsed=False).add_to(fmap)
    page = fmap.get_root().render()
    assert page.count("added.listLayers(") == 1
    assert '"collapsed": false' in page


def test_controls_and_start_come_last_and_a_fitted_view_after_them(briefing: Briefing) -> None:
    """However late something is added, the list of layers and the start of the page follow it."""
    fmap = build_map(briefing)
    fmap.fit_bounds([[48, 24], [50, 30]])
    folium.GeoJson(DISTRICTS, name="Late").add_to(fmap)
    page = fmap.get_root().render()
    marks = ("geo.layer(", "L.geoJson(", "added.listLayers(", "geo.start(map", ".fitBounds(\n")
    places = [page.rindex(mark) for mark in marks]
    assert places == sorted(places)


def test_a_pane_of_our_name_is_refused(briefing: Briefing) -> None:
    """A pane that the map has cannot be made again, which would lose what is drawn in it; another can."""
    fmap = build_map(briefing)
    folium.map.CustomPane("mine", z_index=450).add_to(fmap)
    with pytest.raises(UsageError, match="has a pane 'zones' already"):
        folium.map.CustomPane("zones").add_to(fmap)


def test_layers_are_listed_under_their_names(briefing: Briefing) -> None:
    """Added layers follow ours, two of one name are both there, and one without a name has that of its kind."""
    fmap = build_map(briefing)
    for name in ("Front line", "Front line", None):
        folium.FeatureGroup(name=name).add_to(fmap)
    folium.FeatureGroup(name="Unlisted", control=False).add_to(fmap)
    listed = re.findall(r'\{ name: "([^"]*)", isOverlay: true', fmap.get_root().render())
    assert listed[0] == "Zones (illustrative)"
    assert listed[-3:] == ["Front line", "Front line", "FeatureGroup"]


def test_text_of_a_user_is_no_template(briefing: Briefing) -> None:
    """Data that looks like a template of folium's is shown as it stands, and nothing in it is run in Python."""
    told = copy.deepcopy(DISTRICTS)
    told["features"][0]["properties"]["name"] = "{{ 7*191 }}"
    fmap = build_map(briefing)
    folium.GeoJson(told, name="{{ 7*193 }}", style_function=lambda _: {"color": "red"}).add_to(fmap)
    folium.Marker(AT, popup="{{ 7*197 }}", tooltip="{% raw %}{{{% endraw %} 7*199 }}").add_to(fmap)
    page = fmap.get_root().render()
    page = re.sub('<svg class="still.*?</svg>', "", page, flags=re.DOTALL)  # which is full of numbers
    assert not [number for number in (1337, 1351, 1379, 1393) if str(number) in page]
    assert "{{ 7*193 }}" in page and "{{ 7*197 }}" in page and "{{ 7*199 }}" in page


def test_text_that_breaks_a_template_is_one_error(briefing: Briefing) -> None:
    """Half a template in a text is an error that says which signs to change."""
    fmap = build_map(briefing)
    folium.Marker(AT, popup="half {% of").add_to(fmap)
    with pytest.raises(UsageError, match="takes for a template"):
        fmap.get_root().render()


def test_no_text_ends_a_script(briefing: Briefing) -> None:
    """A text with the end of a script in it, or with signs that a browser changes, leaves the page whole."""
    fmap = build_map(briefing)
    folium.Marker(AT, tooltip="a</script><script>alert(1)</script><!-- \r\n \0 \ud800").add_to(fmap)
    page = fmap.get_root().render()
    assert page.count("<script") == page.count("</script>")
    assert "alert(1)" in page
    assert not {"\r", "\0", "\ud800"} & set(page)


def test_legend_of_categories_leaves_its_scripts_out(briefing: Briefing) -> None:
    """The header with which geopandas makes its legend movable is taken for its style only."""
    fmap = build_map(briefing)
    macro = MacroElement()
    macro._template = Template(
        "{% macro header(this, kwargs) %}<script src='https://code.jquery.com/ui/jquery-ui.js'></script>"
        "<script>$(function() { $('.maplegend').draggable() })</script><style>.maplegend { top: 1px }</style>"
        "{% endmacro %}"
    )
    fmap.get_root().add_child(macro)
    page = fmap.get_root().render()
    assert ".maplegend { top: 1px }" in page
    assert ".draggable()" not in page and "jquery-ui" not in page


def test_a_link_to_a_script_on_the_map_itself_is_refused(briefing: Briefing) -> None:
    """A script that folium would load for the whole map needs an online one, too."""
    fmap = build_map(briefing)
    folium.CircleMarker(AT).add_to(fmap)
    fmap.add_js_link("mine", "https://js.example.org/mine.js")
    with pytest.raises(UsageError, match=r"js\.example\.org"):
        fmap.get_root().render()


def test_a_file_that_cannot_be_written_leaves_the_old_one(briefing: Briefing, tmp_path: Path) -> None:
    """A map that cannot be drawn or has no folder to go to is an error, and no file is touched."""
    fmap = build_map(briefing)
    file = tmp_path / "map.html"
    file.write_text("old", encoding="utf-8")
    with pytest.raises(OutputError):
        fmap.save(tmp_path / "nowhere" / "map.html")
    marker = folium.Marker(AT)
    marker.add_to(fmap)
    marker.set_icon(folium.Icon())
    with pytest.raises(UsageError):
        fmap.save(file)
    assert file.read_text(encoding="utf-8") == "old"


def test_pictures_given_as_data_need_no_network(briefing: Briefing, tmp_path: Path) -> None:
    """An array, and a picture read from a file, stand in the page."""
    picture = tmp_path / "icon.png"
    picture.write_bytes(b"\x89PNG")
    fmap = build_map(briefing)
    folium.raster_layers.ImageOverlay(np.zeros((2, 2, 3)), [[48, 30], [49, 31]], name="Grid").add_to(fmap)
    folium.Marker(AT, icon=folium.CustomIcon(str(picture))).add_to(fmap)
    assert fmap.get_root().render().count("data:image/png;base64,iVBO") >= 4
