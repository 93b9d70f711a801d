"""Close-ups of the zones that are too small to be seen on a printed map: the shape of each, with a scale of its own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice, product
from typing import Any

import numpy as np
import shapely

from geo.briefing.briefing import Briefing
from geo.renderers import style
from geo.renderers.figure import fonts, furniture, layers
from geo.renderers.figure.fonts import Face
from geo.renderers.figure.placement import Box
from geo.renderers.figure.sheet import Sheet
from geo.renderers.figure.view import View
from geo.scenarios.scenario import Zone

MOST = 3
"""More close-ups than these would leave too little of a map."""

_INK = style.PALETTE
_WIDTH_MM, _HEIGHT_MM, _RIM_MM, _SCALE_MM, _NAME_MM = 25.0, 25.0, 1.6, 4.2, 4.4
_NAME = Face("sans-semibold", 6.6, _INK.zone_text)
_SMALL = Face("sans", 6.0)
_APART_MM = 2.0


def draw_closeups(sheet: Sheet, view: View, briefing: Briefing, taken: Sequence[Box]) -> list[Box]:
    """Draw a close-up of each of the first tiny zones, clear of front, zones and what is taken; return the boxes."""
    tiny = (zone for zone in briefing.scenario.zones if layers.is_tiny(view.to_page(zone.geometry)))
    drawn: list[Box] = []
    covered = [
        view.to_page(briefing.front.line),
        *(view.to_page(zone.geometry) for zone in briefing.scenario.zones),
    ]
    covered += [shapely.linestrings(way) for way in layers.nearest_ways(view, (briefing.metrics.total,))]
    for zone in islice(tiny, MOST):
        box = _find_place(view, covered, [*taken, *drawn])
        if box:
            with sheet.part("closeup", zone.name):
                _draw_closeup(sheet, view, box, zone)
            drawn.append(box)
    return drawn


def _find_place(view: View, covered: Sequence[Any], taken: Sequence[Box]) -> Box | None:
    """Return the place at the edge of the map, clear of fronts, zones and boxes, that is nearest to a corner."""
    frame = view.frame.grow(-_APART_MM)
    across = np.linspace(frame.left, frame.right - _WIDTH_MM, 9).tolist()
    down = np.linspace(frame.top, frame.bottom - _HEIGHT_MM, 7).tolist()
    corners = list(product((across[0], across[-1]), (down[0], down[-1])))
    edges = [spot for spot in product(across, down) if spot[0] in across[::8] or spot[1] in down[::6]]
    for left, top in (*corners, *edges):
        box = Box(left, top, left + _WIDTH_MM, top + _HEIGHT_MM)
        wide = box.grow(_APART_MM)
        if not any(wide.is_over(other) for other in taken) and not any(
            shapely.intersects(shape, wide.shape()) for shape in covered
        ):
            return box
    return None


def _draw_closeup(sheet: Sheet, view: View, box: Box, zone: Zone) -> None:
    sheet.rectangle(box, facecolor=_INK.panel, edgecolor=_INK.border, linewidth=0.5)
    room = Box(box.left, box.top + _NAME_MM, box.right, box.bottom - _SCALE_MM).grow(-_RIM_MM)
    projected = view.plane.project(zone.geometry)
    west, south, east, north = projected.bounds
    mm_per_m = min(room.width / (east - west), room.height / (north - south))
    x, y = room.middle

    def to_mm(metres: Any) -> Any:
        right, up = (metres - [(west + east) / 2, (south + north) / 2]).T * mm_per_m
        return np.column_stack([x + right, y - up])

    layers.draw_zone_area(sheet, shapely.transform(projected, to_mm), candidate=zone.candidate)
    left, name_y = box.left + _RIM_MM, box.top + _NAME_MM - 1.0
    sheet.text(left, name_y, fonts.shorten(zone.name, _NAME, box.width - 2 * _RIM_MM), _NAME)
    per_km = 1000 * mm_per_m * view.plane.scale_at((west + east) / 2, (south + north) / 2)
    length = furniture.round_bar_km(box.width / 2 / per_km)
    bar_y, end = box.bottom - _RIM_MM, left + length * per_km
    bar = np.array([(left, bar_y - 1.1), (left, bar_y), (end, bar_y), (end, bar_y - 1.1)])
    sheet.line(bar, color=_INK.ink_soft, linewidth=0.6)
    sheet.text(end + 1.2, bar_y, f"{length:g} km", _SMALL)
