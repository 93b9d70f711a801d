"""A `History` becomes one HTML file that requests nothing: the map with a slider over its days, figures, a chart."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from geo import numerals
from geo.briefing.briefing import Briefing, build_briefing
from geo.briefing.historytables import describe
from geo.measuring.history import History
from geo.renderers import style
from geo.renderers.webmap import assets, historydata, pagedata
from geo.renderers.webmap.map import build_on, encode_page
from geo.renderers.webmap.page import Page

_LAYERS = (
    ("land", None),
    ("borders", None),
    ("zones", "Zones (illustrative)"),
    ("front", "First day's line"),
    ("band", None),  # both are empty here; the page's script asks after them
    ("nearest", None),
    ("places", "Places"),
    ("oblasts", "Oblast borders"),
    ("rivers", "Rivers"),
)
_PANES = (
    "land",
    "borders",
    "oblasts",
    "rivers",
    "casing",
    "band",
    "front",
    "zones",
    "nearest",
    "now",
    "labels",
)
"""From the bottom up; ``now`` holds the line of the day that is shown."""


class HistoryPage(Page):
    """The page of a history: another template, other data and scripts, the same safety around them."""

    template = "history.html"

    def __init__(self, history: History) -> None:
        super().__init__(build_backdrop(history))
        self.history = history

    def scripts(self) -> list[str]:
        """Return the scripts of this page, before the map's own."""
        return [assets.leaflet_script(), assets.history_script()]

    def styles(self) -> list[str]:
        """Return the style sheets of this page."""
        return [assets.leaflet_style(), assets.history_style()]

    def data(self) -> dict[str, Any]:
        """Return the data of the backdrop, and under ``history`` what changes from day to day."""
        still = pagedata.build_page_data(self.briefing)
        told = historydata.build_history_data(self.history)
        return {**still, "scenario": None, "table": None, "history": told}

    def variables(self) -> dict[str, Any]:
        """Return the template's variables: plain strings, which the template escapes."""
        return _describe(self.history, self.briefing)


def build_backdrop(history: History) -> Briefing:
    """Return what stands still on the map: zones, reference layers, and the line of the first day, thin."""
    first = history.days[0]
    front = replace(first.front, line=first.draw_line())
    briefing = build_briefing(history.scenario, front, measured=first.metrics)
    # The shortest distances move with the days, and a line that old has no band to show.
    return replace(
        briefing, metrics=replace(briefing.metrics, zones=()), uncertainty_band=type(first.draw_line())()
    )


def render_html(history: History) -> bytes:
    """Return a history as one HTML file in UTF-8, the same bytes for the same input."""
    page = HistoryPage(history)
    return encode_page(build_on(page, pagedata.view_extent(page.briefing), _LAYERS, panes=_PANES))


def _describe(history: History, briefing: Briefing) -> dict[str, Any]:
    """Return the template's variables: plain strings, which the template escapes."""
    first, last = history.days[0], history.days[-1]
    span = f"{numerals.format_date(first.as_of)} to {numerals.format_date(last.as_of)}"
    return {
        "title": history.scenario.title,
        "span": span,
        "description": f"Distances of the scenario “{history.scenario.title}” to the front, {span}.",
        "first_day": numerals.format_date(first.as_of),
        "last_day": numerals.format_date(last.as_of),
        "last_iso": last.as_of.isoformat(),
        "kind": last.front.kind,
        "latest": len(history.days) - 1,
        "since": "the first day of its source" if history.changes else numerals.format_date(first.as_of),
        "rows": [_row(history, number) for number in range(len(history.scenario.zones))],
        "notes": list(describe(history)),
        "skipped": len(history.skipped),
        "credits": briefing.basemap.credits,
        "border_note": briefing.basemap.border_note,
        "colours": len(style.SERIES),
        "has_candidates": any(zone.candidate for zone in history.scenario.zones),
    }


def _row(history: History, number: int) -> tuple[str, str, str, str, str]:
    start = history.start_of(len(history.days) - 1)
    first, last = (day.metrics.zones[number] for day in (start, history.days[-1]))
    return (
        history.scenario.zones[number].name,
        numerals.format_km(last.nearest_km),
        numerals.format_change_km(last.nearest_km - first.nearest_km),
        numerals.format_km(last.mean_km),
        numerals.format_change_km(last.mean_km - first.mean_km),
    )
