"""A `Comparison` becomes one HTML page: its scenarios as layers of one map, and the tables to compare them by."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import folium

from geo.briefing.comparison import Comparison, code_zones
from geo.renderers.webmap import assets, comparisonpanel, marking, pagedata, takeaway
from geo.renderers.webmap.map import build_on, encode_page
from geo.renderers.webmap.page import Page

_BELOW = ("land", "borders", "oblasts", "rivers", "band", "front", "places")
"""Layers that every scenario shares."""


def render_comparison(comparison: Comparison, *, maps: Collection[str] = ()) -> bytes:
    """Return a comparison as one HTML file in UTF-8: no outside request, the same bytes for the same input.

    ``maps`` are the ids of the scenarios whose own map, ``ID.html``, lies beside the file: those are linked.
    """
    return encode_page(build_comparison_map(comparison, maps=maps))


def build_comparison_map(comparison: Comparison, *, maps: Collection[str] = ()) -> folium.Map:
    """Return the folium map of a comparison, one layer a scenario, standing in a page of its own."""
    own = [f"scenario-{index}" for index in range(len(comparison.briefings))]
    layers = [(kind, None) for kind in (*_BELOW, *own)]
    data = build_data(comparison)
    page = ComparisonPage(comparison, data, frozenset(maps))
    return build_on(page, data["view"], layers)


class ComparisonPage(Page):
    """The page of a comparison: another template, other data and scripts, the same safety around them."""

    template = "comparison.html"

    def __init__(self, comparison: Comparison, data: dict[str, Any], maps: frozenset[str]) -> None:
        super().__init__(comparison.briefings[0])
        self.comparison, self.page_data, self.maps = comparison, data, maps

    def scripts(self) -> list[str]:
        """Return the scripts of this page, before the map's own."""
        return [assets.leaflet_script(), assets.comparison_script()]

    def styles(self) -> list[str]:
        """Return the style sheets of this page."""
        return [
            assets.leaflet_style(),
            assets.comparison_style(),
            *marking.print_styles(self.briefing.marking),
        ]

    def data(self) -> dict[str, Any]:
        """Return the page's data."""
        return self.page_data

    def variables(self) -> dict[str, Any]:
        """Return the template's variables: plain strings, which the template escapes."""
        return comparisonpanel.describe(self.comparison, self.maps)


def build_data(comparison: Comparison) -> dict[str, Any]:
    """Return everything the page's scripts read: the data of the first page, with the zones of all."""
    pages = [pagedata.build_page_data(briefing) for briefing in comparison.briefings]
    measured = [(briefing.metrics, comparison.front) for briefing in comparison.briefings]
    table = takeaway.build_table("comparison", measured)
    codes = iter(code_zones(comparison))
    return {
        **pages[0],
        "view": pagedata.join_extents(page["view"] for page in pages),
        "scenario": None,
        "table": table.pack(),
        "zones": [
            {**zone, "code": next(codes), "series": index % comparisonpanel.SERIES}
            for index, page in enumerate(pages)
            for zone in _zones(page["zones"], index)
        ],
    }


def _zones(zones: list[dict[str, Any]], scenario: int) -> Iterator[dict[str, Any]]:
    """Yield the zones of a scenario; only the nearest one has its line to the front drawn."""
    nearest = min(zone["nearest"]["km"] for zone in zones)
    for zone in zones:
        unused = {"status", "basis", "bar"} | ({"nearest"} if zone["nearest"]["km"] > nearest else set())
        about = {key: value for key, value in zone.items() if key not in unused}
        yield {**about, "scenario": scenario, "layer": f"scenario-{scenario}"}
