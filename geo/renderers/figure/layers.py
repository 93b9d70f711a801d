"""The drawn parts of a printed map, from the sea up to the shortest distances; its words are in `labels`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from shapely import affinity
from shapely.geometry import LineString, MultiLineString

from geo import geodesy
from geo.briefing.briefing import Briefing
from geo.briefing.extent import mapped_extent
from geo.measuring.metrics import ZoneMetrics
from geo.renderers import style
from geo.renderers.figure import fonts
from geo.renderers.figure.placement import Box
from geo.renderers.figure.sheet import Sheet
from geo.renderers.figure.view import View
from geo.scenarios.scenario import Zone

PT_PER_PX = 0.62
"""Lines on paper are finer than on a screen, where `style.Widths` gives them in pixels."""

_INK, _WIDTHS, _OPACITIES = style.PALETTE, style.WIDTHS, style.OPACITIES
_LOST = style.SERIES[2]
SIDES, VERSIONS = (_INK.front, _LOST), (_INK.zone, _INK.ink_soft)
"""The colours of ground gained and lost between two fronts, and of what only the newer or older version covers."""
GAP = _INK.unmapped
"""Ground and water that the reference layers do not hold."""
HATCH_STEP_MM = 1.25
CANDIDATE_STEP = 1.5
_LEAST_MM = 1.6
_SPOT_MM = 1.15
_CASING_PT = 0.5
_ROUND: dict[str, Any] = {"capstyle": "round", "joinstyle": "round"}


def draw_layers(
    sheet: Sheet, view: View, briefing: Briefing, rows: Sequence[ZoneMetrics], *, crop: Box
) -> None:
    """Draw everything below the labels, then cover what stands out of the frame up to ``crop``.

    The shortest distance is drawn for each of ``rows``: the zones, or on a small map the total alone.
    """
    draw_reference(sheet, view, briefing)
    draw_since(sheet, view, briefing)
    draw_zones(sheet, view, briefing)
    draw_front(sheet, view, briefing)
    draw_nearest(sheet, view, rows)
    _cover_rim(sheet, view, crop)


def draw_reference(sheet: Sheet, view: View, briefing: Briefing, *, ranks: int = 3) -> None:
    """Draw sea, land, the ground beyond the front, rivers of so many ranks and lakes, and over them borders.

    Outside the reference layers nothing is known to be sea.
    """
    basemap = briefing.basemap
    with sheet.part("sea"):
        sheet.rectangle(view.drawn, facecolor=GAP, edgecolor="none")
        known = view.to_page(shapely.box(*mapped_extent(basemap)))
        sheet.area(known, facecolor=_INK.sea, edgecolor="none")
    shapes = basemap.shapes
    for feature, country in zip(basemap.countries["features"], shapes["countries"], strict=True):
        colour = _INK.ukraine if feature["properties"]["iso_a2"] == "UA" else _INK.land
        land = view.to_page(country)
        with sheet.part("land", feature["properties"].get("name", "")):
            sheet.area(land, facecolor=colour, edgecolor=colour, linewidth=0.3)
    beyond = view.to_page(briefing.far_ground)
    with sheet.part("beyond"):
        sheet.area(beyond, facecolor=_INK.beyond, edgecolor=_INK.beyond, linewidth=0.3)
    for feature, course in zip(basemap.rivers["features"], shapes["rivers"], strict=True):
        rank = min(feature["properties"]["rank"], len(_WIDTHS.rivers))
        if rank > ranks:
            continue
        width = _WIDTHS.rivers[rank - 1] * PT_PER_PX
        river = view.to_page(course)
        with sheet.part("river", feature["properties"].get("name") or ""):
            sheet.lines(river, edgecolor=_INK.river, linewidth=width, **_ROUND)
    with sheet.part("lakes"):
        _draw_lakes(sheet, view, briefing)
    looks: dict[str, dict[str, Any]] = {
        "oblast": {
            "edgecolor": _INK.oblast,
            "linewidth": _WIDTHS.oblast * PT_PER_PX,
            "linestyle": (0, (4, 2)),
        },
        "coast": {"edgecolor": _INK.coast, "linewidth": _WIDTHS.coast * PT_PER_PX},
        "border": {"edgecolor": _INK.border, "linewidth": _WIDTHS.border * PT_PER_PX},
    }
    kinds = [feature["properties"]["kind"] for feature in basemap.lines["features"]]
    lines = dict(zip(kinds, shapes["lines"], strict=True))
    for kind, look in looks.items():
        if kind in lines:
            with sheet.part(kind):
                sheet.lines(view.to_page(lines[kind]), joinstyle="round", **look)


def _draw_lakes(sheet: Sheet, view: View, briefing: Briefing) -> None:
    """Draw lakes over the rivers that run through them; a drained one is land, and has a dotted outline."""
    basemap = briefing.basemap
    for feature, water in zip(basemap.lakes["features"], basemap.shapes["lakes"], strict=True):
        lake = view.to_page(water)
        if "drained" in feature["properties"]:
            width = _WIDTHS.lake_drained * PT_PER_PX
            dots = {"linestyle": (0, (0.1, 2.0)), "linewidth": width, **_ROUND}
            sheet.lines(shapely.boundary(lake), edgecolor=_INK.coast, **dots)
        else:
            look = {"edgecolor": _INK.river, "linewidth": _WIDTHS.coast * PT_PER_PX, "joinstyle": "round"}
            sheet.area(lake, facecolor=_INK.sea, **look)


def has_gap(view: View, briefing: Briefing) -> bool:
    """Tell whether a map shows ground or water that the reference layers do not hold."""
    known = view.to_page(shapely.box(*mapped_extent(briefing.basemap)))
    return not known.covers(view.frame.shape())


def draw_front(sheet: Sheet, view: View, briefing: Briefing) -> None:
    """Draw the front over a band as wide as its uncertainty."""
    if not briefing.uncertainty_band.is_empty:
        band = view.to_page(briefing.uncertainty_band)
        with sheet.part("band"):
            sheet.area(band, facecolor=_INK.uncertainty, alpha=_OPACITIES.uncertainty, edgecolor="none")
    width = _front_width(view, briefing)
    with sheet.part("front"):
        draw_front_line(sheet, view.to_page(briefing.front.line), width=width)
    for sector in briefing.front.sectors:
        if not sector.is_reported:
            with sheet.part("disputed", sector.name):
                draw_disputed_line(sheet, view.to_page(sector.line), width=width)


def is_band_seen(view: View, briefing: Briefing) -> bool:
    """Tell whether the band of uncertainty is anywhere wider on a map than the front with its casing."""
    km = max(briefing.front.precisions_km, default=0.0)
    line_mm = (_front_width(view, briefing) + _CASING_PT) * fonts.MM_PER_POINT
    return 2 * km * view.mm_per_km_at(*view.frame.middle) > line_mm


def draw_since(sheet: Sheet, view: View, briefing: Briefing) -> None:
    """Draw the ground that changed sides since an earlier front, and that front's line, where a map shows them."""
    if briefing.since is None:
        return
    colours = VERSIONS if briefing.since.words else SIDES
    draw_gained(sheet, view.to_page(briefing.since.gained), colours[0])
    draw_lost(sheet, view.to_page(briefing.since.lost), colours[1])
    draw_earlier_line(sheet, view.to_page(briefing.since.line), colours[0])


def draw_gained(sheet: Sheet, area: Any, colour: str = _INK.front) -> None:
    """Draw ground gained, of given shape."""
    sheet.area(area, facecolor=colour, alpha=0.42, edgecolor="none")
    sheet.lines(shapely.boundary(area), edgecolor=colour, linewidth=0.4, joinstyle="round")


def draw_lost(sheet: Sheet, area: Any, colour: str = _LOST) -> None:
    """Draw ground lost, of given shape: in another colour, and striped."""
    sheet.area(area, facecolor=colour, alpha=0.3, edgecolor="none")
    if not area.is_empty:
        sheet.lines(derive_hatch(area, 0.7, turn=-45), edgecolor=colour, linewidth=0.6)
    sheet.lines(shapely.boundary(area), edgecolor=colour, linewidth=0.5, joinstyle="round")


def draw_earlier_line(sheet: Sheet, line: Any, colour: str = _INK.front) -> None:
    """Draw an earlier front of given shape: thinner than the map's own, and broken."""
    sheet.lines(line, edgecolor=colour, linewidth=0.9, linestyle=(0, (3, 2)), joinstyle="round")


def draw_disputed_line(sheet: Sheet, line: Any, *, width: float = _WIDTHS.front * PT_PER_PX) -> None:
    """Draw a disputed sector of given shape and width in points: the front as dots."""
    sheet.lines(line, edgecolor=_INK.front, linestyle=(0, (1, 2)), linewidth=width, capstyle="round")


def _front_width(view: View, briefing: Briefing) -> float:
    """Return the width of the front in points: less on a small map, so that its uncertainty stays in sight."""
    uncertainty_mm: float = max(briefing.front.precisions_km, default=10) * view.mm_per_m * 1000
    return min(_WIDTHS.front * PT_PER_PX, max(1.0, 0.85 * uncertainty_mm / fonts.MM_PER_POINT))


def draw_front_line(sheet: Sheet, line: Any, *, width: float = _WIDTHS.front * PT_PER_PX) -> None:
    """Draw a front of given shape and width in points: the dark line on a pale casing."""
    sheet.lines(line, edgecolor=_INK.front_casing, linewidth=width + _CASING_PT, **_ROUND)
    sheet.lines(line, edgecolor=_INK.front, linewidth=width, **_ROUND)


def draw_zones(sheet: Sheet, view: View, briefing: Briefing) -> None:
    """Draw each zone with a tint, its pattern and its outline."""
    for zone in briefing.scenario.zones:
        with sheet.part("zone", zone.name):
            is_pale = briefing.since is not None and zone.name in briefing.since.pale
            draw_zone_area(sheet, show_zone(view, zone), candidate=zone.candidate, pale=is_pale)
    for zone, part in zip(briefing.scenario.zones, briefing.zones_beyond, strict=False):
        with sheet.part("crossed", zone.name):
            draw_zone_beyond(sheet, view.to_page(part))


def show_zone(view: View, zone: Zone) -> Any:
    """Return what stands for a zone on the page: itself, or a spot for one so small that its own sign would hide it."""
    area = view.to_page(zone.geometry)
    return area.centroid.buffer(_SPOT_MM) if is_tiny(area) else area


def is_tiny(area: Any) -> bool:
    """Tell whether an area of the page is so small that its own sign would hide it."""
    left, top, right, bottom = area.bounds if not area.is_empty else (0.0, 0.0, _LEAST_MM, 0.0)
    return bool(max(right - left, bottom - top) < _LEAST_MM)


def draw_zone_area(sheet: Sheet, area: Any, *, candidate: bool, pale: bool = False) -> None:
    """Draw one zone of given shape; a candidate has a wider pattern and a broken outline, a pale one no pattern."""
    if area.is_empty:
        return
    if pale:
        sheet.area(area, facecolor=_INK.zone, alpha=_OPACITIES.zone_fill / 2, edgecolor="none")
        sheet.lines(shapely.boundary(area), edgecolor=_INK.zone, linewidth=0.5, joinstyle="round")
        return
    step = HATCH_STEP_MM * (CANDIDATE_STEP if candidate else 1)
    sheet.area(area, facecolor=_INK.zone, alpha=_OPACITIES.zone_fill, edgecolor="none")
    sheet.lines(
        derive_hatch(area, step),
        edgecolor=_INK.zone,
        linewidth=_WIDTHS.hatch * PT_PER_PX * 0.6,
        alpha=_OPACITIES.zone_hatch,
    )
    sheet.lines(
        shapely.boundary(area),
        edgecolor=_INK.zone,
        linewidth=_WIDTHS.zone * PT_PER_PX,
        linestyle=(0, (4, 2)) if candidate else "solid",
        joinstyle="round",
    )


def draw_zone_beyond(sheet: Sheet, area: Any) -> None:
    """Draw the part of a zone beyond the front over it: its ground again, a grey pattern turned, a dotted outline."""
    if area.is_empty:
        return
    width = _WIDTHS.zone * PT_PER_PX
    sheet.area(area, facecolor=_INK.beyond, edgecolor=_INK.beyond, linewidth=1.5 * width)
    hatch = {"edgecolor": _INK.ink_soft, "linewidth": _WIDTHS.hatch * PT_PER_PX * 0.6}
    sheet.lines(derive_hatch(area, HATCH_STEP_MM, turn=-45), alpha=_OPACITIES.zone_hatch, **hatch)
    dots = {"edgecolor": _INK.zone, "linewidth": width, "linestyle": (0, (1, 2))}
    sheet.lines(shapely.boundary(area), joinstyle="round", **dots)


def derive_hatch(area: Any, step_mm: float, *, turn: float = 45) -> Any:
    """Return the lines of a pattern in an area, ``step_mm`` apart, at 45° unless another ``turn`` is given.

    Drawn as lines rather than as matplotlib's hatch, which differs between its formats in width and colour. Lines lie
    at multiples of the step from the page's corner, so that neighbours' patterns run through.
    """
    turned = affinity.rotate(area, turn, origin=(0, 0))
    left, top, right, bottom = turned.bounds
    rows = np.arange(np.ceil(top / step_mm) * step_mm, bottom, step_mm)
    strokes = MultiLineString([LineString([(left, y), (right, y)]) for y in rows])
    return affinity.rotate(shapely.intersection(turned, strokes), -turn, origin=(0, 0))


def nearest_ways(view: View, rows: Sequence[ZoneMetrics]) -> list[Any]:
    """Return the shortest way of each row to the front on the page, points (n, 2); what touches it has none."""
    return [
        view.points_to_page(geodesy.derive_geodesic(row.nearest_from, row.nearest_to))
        for row in rows
        if row.nearest_km > 0
    ]


def draw_nearest(sheet: Sheet, view: View, rows: Sequence[ZoneMetrics]) -> None:
    """Draw the shortest way of each row to the front, a dot at either end."""
    for number, way in enumerate(nearest_ways(view, rows), 1):
        with sheet.part("way", str(number) if len(rows) > 1 else ""):
            draw_way(sheet, way)


def draw_way(sheet: Sheet, way: Any) -> None:
    """Draw one shortest way through points (n, 2)."""
    width = _WIDTHS.nearest * PT_PER_PX
    sheet.line(way, color=_INK.nearest, linewidth=width, linestyle=(0, (4, 2.2)), dash_capstyle="butt")
    look = {"markersize": 3.0, "markeredgewidth": 0.5, "markeredgecolor": _INK.halo}
    sheet.line(way[[0, -1]], linestyle="none", marker="o", markerfacecolor=_INK.nearest, **look)


def _cover_rim(sheet: Sheet, view: View, crop: Box) -> None:
    """Cover what reaches out of the frame with the colour of the paper, and draw the frame."""
    outside = shapely.difference(crop.shape(), view.frame.shape())
    with sheet.part("rim"):
        sheet.area(outside, facecolor=_INK.paper, edgecolor="none")
        sheet.rectangle(view.frame, facecolor="none", edgecolor=_INK.border, linewidth=0.5)
