"""What the first picture of a page shows, where that is more than one briefing."""

from __future__ import annotations

from dataclasses import replace

import shapely
from shapely.geometry import MultiPolygon

from geo.briefing import through_time
from geo.briefing.briefing import NO_GROUND, Briefing
from geo.briefing.changes import Changes
from geo.briefing.comparison import Comparison, code_zones
from geo.briefing.extent import view_extent
from geo.fronts.front import Front
from geo.fronts.sides import find_crimea
from geo.geodesy import Area
from geo.geodesy.planes import Extent
from geo.measuring.history import Day, History
from geo.reference.basemap import Basemap
from geo.renderers.figure.still import Subject
from geo.renderers.webmap.comparisonpanel import SERIES


def show_changes(changes: Changes) -> Subject:
    """Return the later front's view with the earlier line, and the ground that changed sides."""
    since = changes.briefing.since
    assert since is not None
    shapes = (("gained", since.gained), ("lost", since.lost), ("before", since.line))
    series = ["series-0" if is_pale else "" for is_pale in list_pale(changes.briefing)]
    return replace(Subject.of(changes.briefing), shapes=shapes, series=series)


def list_pale(briefing: Briefing) -> list[bool]:
    """Tell of each zone whether it is drawn pale, because two versions have it as it is."""
    pale = briefing.since.pale if briefing.since else frozenset()
    return [zone.name in pale for zone in briefing.scenario.zones]


def show_comparison(comparison: Comparison) -> Subject:
    """Return the zones of all scenarios on one map, each scenario in its own look, with codes for names."""
    briefings = comparison.briefings
    first = briefings[0]
    together = replace(
        first,
        scenario=replace(
            first.scenario, zones=tuple(zone for each in briefings for zone in each.scenario.zones)
        ),
        metrics=replace(first.metrics, zones=tuple(row for each in briefings for row in each.metrics.zones)),
        zones_beyond=tuple(
            part
            for each in briefings
            for part in each.zones_beyond or (NO_GROUND,) * len(each.scenario.zones)
        ),
        place=None,
    )
    return Subject(
        together,
        view_extent(briefings),
        [each.metrics.total for each in briefings],
        codes=code_zones(comparison),
        series=[
            f"series-{index % SERIES}" for index, each in enumerate(briefings) for _ in each.scenario.zones
        ],
    )


def show_history(history: History, basemap: Basemap, extent: Extent) -> Subject:
    """Return the last day, with the line of the first of its source, and the ground that changed sides since."""
    last, first = history.days[-1], history.start_of(len(history.days) - 1)
    briefing = _brief_day(history, last, basemap)
    now, then = briefing.far_ground, _build_ground(first)
    is_known = not (now.is_empty or then.is_empty)
    gained, lost = (now - then, then - now) if is_known else (NO_GROUND, NO_GROUND)
    shapes = (("gained", gained), ("lost", lost), ("front", first.draw_line()))
    return Subject(briefing, extent, (last.metrics.total,), shapes=shapes)


def _build_ground(day: Day) -> Area:
    """Return the ground beyond the front of a day; empty where nothing is known of it."""
    ground: Area = shapely.make_valid(shapely.build_area(day.draw_ground()))
    return ground


def _brief_day(history: History, day: Day, basemap: Basemap) -> Briefing:
    """Return what a map draws of a day, without the words that stand beside one."""
    ground = _build_ground(day)
    return Briefing(
        scenario=history.scenario,
        front=Front(**vars(day.front), sectors=(), line=day.draw_line()),
        metrics=day.metrics,
        claims=(),
        sources=(),
        basemap=basemap,
        uncertainty_band=MultiPolygon(),
        headline="",
        distance_note="",
        caveats=(),
        credits=(),
        alt_short=through_time.describe_page(history),
        alt_long="",
        far_ground=ground,
        crimea=find_crimea(ground),
    )
