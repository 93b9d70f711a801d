"""A `History` becomes one HTML file that requests nothing: the map with a slider over its days, figures, a chart."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import folium
from branca.element import Figure, MacroElement
from folium.map import CustomPane
from folium.template import Template

from geo import style
from geo.briefing import Briefing, build_briefing
from geo.history import History
from geo.historytables import describe
from geo.webmap import assets, historydata, page, pagedata
from geo.webmap.elements import PageLayer, StartPage, number_elements
from geo.webmap.map import MAX_ZOOM, MIN_ZOOM

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


class StartHistory(MacroElement):
    """The last element of the map: hands it to the history's script."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            startHistory({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # branca leaves it without types
        self._name = "StartHistory"


class HistoryPage(Figure):
    """The figure a history's map stands in; its template makes the file."""

    def __init__(self, history: History) -> None:
        super().__init__()
        self.history = history
        self.briefing = build_backdrop(history)

    def render(self, **kwargs: Any) -> str:
        """Return the whole page as text."""
        for child in self._children.values():
            child.render(**kwargs)
        scripts = [assets.leaflet_script(), assets.history_script(), self.script.render(**kwargs)]
        styles = [assets.leaflet_style(), assets.history_style()]
        return page.render_template(
            "history.html",
            csp=page.content_security_policy(scripts, styles),
            scripts=scripts,
            styles=styles,
            hatch_step=style.WIDTHS.hatch_step,
            map_html=self.html.render(**kwargs),
            data=pagedata.dump_page_data(pagedata.build_page_data(self.briefing)),
            history_data=pagedata.dump_page_data(historydata.build_history_data(self.history)),
            **_describe(self.history, self.briefing),
        )


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
    figure = HistoryPage(history)
    west, south, east, north = pagedata.view_extent(figure.briefing)
    fmap = folium.Map(
        location=(round((south + north) / 2, 4), round((west + east) / 2, 4)),
        zoom_start=6,
        tiles=None,
        zoom_control="topleft",
        attribution_control=False,
        min_zoom=MIN_ZOOM,
        max_zoom=MAX_ZOOM,
        zoom_snap=0.25,
        zoom_delta=0.5,
        wheel_px_per_zoom_level=100,
        max_bounds_viscosity=0.9,
    )
    fmap.default_js, fmap.default_css = [], []
    for index, pane in enumerate(_PANES):
        fmap.add_child(CustomPane(pane, z_index=410 + 10 * index, pointer_events=pane == "zones"))
    for kind, label in _LAYERS:
        fmap.add_child(PageLayer(kind, label))
    fmap.add_child(folium.LayerControl(position="topright", collapsed=True, autoZIndex=False))
    fmap.add_child(StartPage())
    fmap.add_child(StartHistory())
    figure.add_child(fmap)
    number_elements(figure)
    return figure.render().encode("utf-8", errors="replace")


def _describe(history: History, briefing: Briefing) -> dict[str, Any]:
    """Return the template's variables: plain strings, which the template escapes."""
    first, last = history.days[0], history.days[-1]
    span = f"{style.format_date(first.as_of)} to {style.format_date(last.as_of)}"
    return {
        "title": history.scenario.title,
        "span": span,
        "description": f"Distances of the scenario “{history.scenario.title}” to the front, {span}.",
        "first_day": style.format_date(first.as_of),
        "last_day": style.format_date(last.as_of),
        "last_iso": last.as_of.isoformat(),
        "kind": last.front.kind,
        "latest": len(history.days) - 1,
        "since": "the first day of its source" if history.changes else style.format_date(first.as_of),
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
        style.format_km(last.nearest_km),
        style.format_change_km(last.nearest_km - first.nearest_km),
        style.format_km(last.mean_km),
        style.format_change_km(last.mean_km - first.mean_km),
    )
