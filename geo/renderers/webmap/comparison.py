"""A `Comparison` becomes one HTML page: its scenarios as layers of one map, and the tables to compare them by."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import folium

from geo.briefing.briefing import Briefing
from geo.briefing.comparison import Comparison, code_zones
from geo.briefing.extent import view_extent
from geo.renderers.webmap import comparisonpanel, openings, pagedata, still, takeaway
from geo.renderers.webmap.assets import MAP_SHEETS, PageKind
from geo.renderers.webmap.map import build_on, render_map
from geo.renderers.webmap.page import MapPage

_KIND = PageKind(
    template="comparison.html",
    entry="comparison",
    sheets=(*MAP_SHEETS, "still", "tools", "takeaway", "comparison", "marking"),
    has_series=True,
    script_less="noscript",
)

_BELOW = ("land", "beyond", "borders", "oblasts", "rivers", "band", "front", "places")
"""Layers that every scenario shares."""


def render_comparison(comparison: Comparison, *, maps: Collection[str] = ()) -> bytes:
    """Return a comparison as one HTML file in UTF-8: no outside request, the same bytes for the same input.

    ``maps`` are the ids of the scenarios whose own page lies beside the file: those are linked.
    """
    return render_map(build_comparison_map(comparison, maps=maps))


def build_comparison_map(comparison: Comparison, *, maps: Collection[str] = ()) -> folium.Map:
    """Return the folium map of a comparison, one layer a scenario, standing in a page of its own."""
    own = [_name_layer(index) for index in range(len(comparison.briefings))]
    page = MapPage(
        _KIND,
        data=build_comparison_data(comparison),
        words={
            **comparisonpanel.describe_comparison_panel(comparison, maps),
            "still": still.render_still(openings.show_comparison(comparison), comparison.alt_short),
        },
        marking=comparison.marking,
    )
    return build_on(page, view_extent(comparison.briefings), [(kind, None) for kind in (*_BELOW, *own)])


def build_comparison_data(comparison: Comparison) -> dict[str, Any]:
    """Return everything the page's scripts read: the shared ground and front, and the zones of every scenario."""
    briefings, front = comparison.briefings, comparison.front
    scale = pagedata.find_scale([zone for briefing in briefings for zone in briefing.scenario.zones])
    codes = code_zones(comparison)
    zones = (zone for index, briefing in enumerate(briefings) for zone in _zones(briefing, index, scale))
    return {
        **pagedata.pack_ground(briefings[0].basemap, front, front.line, view_extent(briefings)),
        "band": pagedata.pack_band(briefings[0]),
        **pagedata.pack_sides(briefings[0]),
        "strands": pagedata.pack_strands(front),
        "table": takeaway.pack_table("comparison", [(briefing.metrics, front) for briefing in briefings]),
        "phrases": pagedata.PHRASES,
        "zoneScale": scale,
        "zones": [{**zone, "code": code} for zone, code in zip(zones, codes, strict=True)],
    }


def _zones(briefing: Briefing, scenario: int, scale: int) -> Iterator[dict[str, Any]]:
    """Yield the zones of a scenario; only the nearest one has its line to the front drawn."""
    rows = briefing.metrics.zones
    beyond = briefing.zones_beyond or (None,) * len(rows)
    nearest = min(round(row.nearest_km, 3) for row in rows)
    for zone, row, far in zip(briefing.scenario.zones, rows, beyond, strict=True):
        yield {
            **pagedata.pack_zone(zone, scale, far),
            **(pagedata.pack_way(row) if round(row.nearest_km, 3) == nearest else {}),
            **pagedata.pack_figures(row),
            "km": round(row.nearest_km, 3),
            "scenario": scenario,
            "layer": _name_layer(scenario),
            "series": scenario % comparisonpanel.SERIES,
        }


def _name_layer(scenario: int) -> str:
    return f"scenario-{scenario}"
