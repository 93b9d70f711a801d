"""A `Briefing` becomes a `folium.Map`: panes, layers and controls in drawing order; then its file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import folium
import numpy as np
from folium.map import CustomPane

from geo.briefing import legend
from geo.briefing.briefing import Briefing
from geo.briefing.extent import view_extent
from geo.geodesy.planes import Extent
from geo.renderers.figure import layout
from geo.renderers.figure.still import Subject
from geo.renderers.webmap import pagedata, panel, paper, still
from geo.renderers.webmap.assets import MAP_SHEETS, PageKind
from geo.renderers.webmap.elements import OpenLayerControl, PageLayer, StartPage
from geo.renderers.webmap.openmap import OpenMap, open_page
from geo.renderers.webmap.page import MapPage, encode_page

MIN_ZOOM, MAX_ZOOM = 3, 10
"""Below 3 nothing can be told apart; beyond 10 the schematic outlines would pretend to a precision they do not have."""

PAGE_SHEETS = (
    *MAP_SHEETS,
    "still",
    "strips",
    "isolines",
    "tools",
    "sketch",
    "takeaway",
    "sheet",
    "print",
    "marking",
)
"""The style sheets of the page of a scenario."""

_KIND = PageKind(template="page.html", entry="page", script_less="noscript", sheets=PAGE_SHEETS)

ALWAYS = (("land", None), ("beyond", None), ("borders", None))
"""Layers without a name in the control."""

_OFF_AT_FIRST = ("isolines",)
"""Layers a reader switches on: they answer a question that not everybody has."""

GROUND = ("land", "beyond", "rivers", "lakes", "borders", "oblasts")
"""Panes below everything else, from the bottom up."""

PANES = (*GROUND, "isolines", "casing", "band", "zones", "nearest", "front", "labels")
"""From the bottom up. The front's casing has its own, below the band: else it would hide a narrow band."""

_FIRST_PANE = 410
"""Leaflet's own panes: 400 holds ordinary overlays, 600 markers, 650 tooltips."""


def build_map(briefing: Briefing, *, height: int = 480, online: bool = False) -> folium.Map:
    """Return the folium map of a briefing, standing in a page of its own; ``save`` writes all of it.

    It takes further layers of folium's, and shows itself in a notebook, ``height`` pixels high. What would be loaded
    over the network can only be added if the map is ``online``.
    """
    page = MapPage(
        _KIND,
        data=pagedata.build_page_data(briefing),
        words={
            **panel.describe_panel(briefing),
            "paper": paper.render_paper(layout.build_paper(briefing)),
            "isolines": briefing.isolines,
            "still": still.render_still(Subject.of(briefing)),
        },
        marking=briefing.marking,
    )
    page.height, page.online = f"{height}px", online
    return build_on(page, view_extent([briefing]), [*ALWAYS, *legend.name_layers(briefing.front)])


def build_on(
    page: MapPage,
    view: Extent,
    layers: Sequence[tuple[str, str | None]],
    *,
    panes: Sequence[str] = PANES,
) -> folium.Map:
    """Return a folium map of these layers (kind, name in the layer control) in a page.

    Without a single name there is no layer control. ``panes`` are named from the bottom up.
    """
    west, south, east, north = view
    fmap = OpenMap(
        location=_lat_lon(((west + east) / 2, (south + north) / 2)),
        zoom_start=6,
        tiles=None,
        zoom_control="topleft",
        # Leaflet's own names from here on; folium passes them through.
        attribution_control=False,
        zoom_snap=0.25,
        zoom_delta=0.5,
        wheel_px_per_zoom_level=100,
        max_bounds_viscosity=0.9,
    )
    # Given to folium.Map they would only reach tiles, of which there are none.
    fmap.options |= {"min_zoom": MIN_ZOOM, "max_zoom": MAX_ZOOM}
    # What a page loads stands in the page itself; folium's list of addresses is for pages that go online.
    fmap.default_js, fmap.default_css = [], []
    for index, pane in enumerate(panes):
        fmap.add_child(CustomPane(pane, z_index=_FIRST_PANE + 10 * index, pointer_events=pane == "zones"))
    for kind, label in layers:
        fmap.add_child(PageLayer(kind, label, show=kind not in _OFF_AT_FIRST))
    if any(label for _, label in layers):
        fmap.add_child(OpenLayerControl(position="topright", collapsed=True, autoZIndex=False))
    fmap.add_child(StartPage())
    page.add_child(fmap)
    open_page(page)
    return fmap


def render_html(briefing: Briefing) -> bytes:
    """Return a briefing as one HTML file in UTF-8: no outside request, the same bytes for the same input."""
    return render_map(build_map(briefing))


def render_map(fmap: folium.Map) -> bytes:
    """Return the page that a map stands in as bytes of UTF-8."""
    return encode_page(fmap.get_root().render())


def _lat_lon(position: tuple[float, float]) -> Any:
    """Return a position in folium's order, the only place where latitude comes first.

    An array, which folium takes as it is; of anything else it asks pandas whether it is a data frame.
    """
    lon, lat = position
    return np.array([round(lat, 4), round(lon, 4)])
