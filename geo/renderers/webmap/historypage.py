"""A `History` becomes one HTML file that requests nothing: the map with a slider over its days, figures, a chart."""

from __future__ import annotations

from typing import Any

import shapely

from geo import numerals
from geo.briefing import legend, notes, sections, through_time
from geo.briefing.extent import find_extent
from geo.briefing.imprint import NO_IMPRINT, Imprint
from geo.fronts.sides import find_crimea
from geo.geodesy.planes import Extent
from geo.measuring import figures
from geo.measuring.figures import NEAREST, Output
from geo.measuring.history import History
from geo.reference.basemap import Basemap, read_basemap
from geo.renderers import style
from geo.renderers.webmap import historydata, openings, pagedata, still
from geo.renderers.webmap.assets import MAP_SHEETS, PageKind
from geo.renderers.webmap.map import GROUND, build_on, render_map
from geo.renderers.webmap.page import MapPage

_KIND = PageKind(
    template="history.html",
    entry="history",
    sheets=(*MAP_SHEETS, "still", "tools", "ground", "history"),
    has_series=True,
    script_less="noscript",
)

_LAYERS = (
    ("land", None),
    ("borders", None),
    ("zones", legend.LAYERS["zones"]),
    ("front", legend.FIRST_DAY),
    *((kind, legend.LAYERS[kind]) for kind in ("places", "oblasts", "rivers")),
)
_SHOWN = figures.find_figures(Output.SERIES)
_BELOW, _ABOVE = GROUND[: GROUND.index("rivers")], GROUND[GROUND.index("rivers") :]
_PANES = (*_BELOW, "changed", *_ABOVE, "casing", "band", "front", "zones", "nearest", "now", "labels")
"""From the bottom up; ``now`` holds the line of the day that is shown."""


def render_html(history: History, imprint: Imprint = NO_IMPRINT) -> bytes:
    """Return a history as one HTML file in UTF-8, the same bytes for the same input."""
    basemap, view = read_basemap(), _view_extent(history)
    data = _build_data(history, basemap, view)
    words = {
        **_describe(history, basemap, imprint),
        "precision": through_time.describe_precision(data["history"]["scale"]),
        "still": still.render_still(openings.show_history(history, basemap, view)),
    }
    page = MapPage(_KIND, data=data, words=words)
    return render_map(build_on(page, view, _LAYERS, panes=_PANES))


def _view_extent(history: History) -> Extent:
    """Return what the first view must show: every zone, and the line of every day."""
    zones = [zone.geometry for zone in history.scenario.zones]
    different = {day.geometry: day for day in history.days}
    return find_extent([*zones, *(day.draw_line() for day in different.values())])


def _build_data(history: History, basemap: Basemap, view: Extent) -> dict[str, Any]:
    """Return the map's data with the line of the first day, and under ``history`` what changes from day to day."""
    zones, first = history.scenario.zones, history.days[0]
    scale = pagedata.find_scale(zones)
    return {
        **pagedata.pack_ground(basemap, first.front, first.draw_line(), view),
        **pagedata.pack_crimea(
            find_crimea(shapely.make_valid(shapely.build_area(history.days[-1].draw_ground())))
        ),
        "zoneScale": scale,
        "zones": [pagedata.pack_zone(zone, scale) for zone in zones],
        "history": historydata.build_history_data(history),
    }


def _describe(history: History, basemap: Basemap, imprint: Imprint) -> dict[str, Any]:
    """Return the template's variables: plain strings, which the template escapes."""
    first, last = history.days[0], history.days[-1]
    return {
        "title": history.scenario.title,
        "span": through_time.describe_days(history),
        "chart_title": NEAREST.title,
        "jumps": [words for _, words in through_time.describe_jumps(history)],
        "gaps": through_time.describe_gaps(history),
        "caption": through_time.describe_caption(history),
        "headings": [figure.heading for figure in _SHOWN],
        "description": through_time.describe_page(history),
        "alt_long": through_time.describe_page(history),
        "keys": legend.describe_since_day(history.start_of(len(history.days) - 1).as_of),
        "last_day": numerals.format_date(last.as_of),
        "last_iso": last.as_of.isoformat(),
        "front_label": notes.label_front(last.front),
        "length_days": (last.as_of - first.as_of).days,
        "rows": [_row(history, number) for number in range(len(history.scenario.zones))],
        "rules": [rule for day in history.days for rule in notes.describe_rule(day.front.rule)],
        "derived": through_time.DERIVED,
        "remarks": list(through_time.describe_history(history)),
        "skipped": through_time.describe_skipped(history),
        "credits": (*basemap.credits, *imprint.describe()),
        "kicker": imprint.head(sections.KICKER_HISTORY),
        "border_note": basemap.border_note,
        "colours": len(style.SERIES),
        "far_ground": legend.FAR_GROUND_NOW if any(day.ground for day in history.days) else None,
        "has_candidates": any(zone.candidate for zone in history.scenario.zones),
    }


def _row(history: History, number: int) -> tuple[str, list[tuple[str, str, str]]]:
    """Return a zone's name, and each figure of the last day with its interval and its change."""
    start = history.start_of(len(history.days) - 1)
    first, last = (day.metrics.zones[number] for day in (start, history.days[-1]))
    cells = [
        (
            figure.write(last),
            figure.write_range(last),
            through_time.write_change(figure, first, last),
        )
        for figure in _SHOWN
    ]
    return history.scenario.zones[number].name, cells
