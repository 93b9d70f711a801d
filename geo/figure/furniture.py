"""What every map needs beside the map: scale bar, north arrow, legend."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry import LineString

from geo import style
from geo.briefing import Briefing
from geo.figure import layers
from geo.figure.fonts import Face
from geo.figure.placement import Box
from geo.figure.sheet import Sheet
from geo.figure.view import View

_INK = style.PALETTE
_BAR_STEPS_KM = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_KEY_MM = 9.0
_SMALL = Face("sans", 6.6, _INK.ink)


def draw_scale_bar(sheet: Sheet, view: View) -> Box:
    """Draw a bar of a round length in the lower left corner, true at the middle of the map; return its box."""
    per_km = view.mm_per_km_at(*view.frame.middle)
    longest = view.frame.width * 0.2
    km = max((step for step in _BAR_STEPS_KM if step * per_km <= longest), default=_BAR_STEPS_KM[0])
    x, y = view.frame.left + 4, view.frame.bottom - 4
    end, half = x + km * per_km, x + km * per_km / 2
    box = Box(x - 2, y - 6, end + 9, y + 2)
    sheet.rectangle(box, facecolor=_INK.panel, alpha=0.82, edgecolor="none")
    sheet.rectangle(Box(x, y - 1.1, half, y), facecolor=_INK.ink, edgecolor=_INK.ink, linewidth=0.4)
    sheet.rectangle(Box(half, y - 1.1, end, y), facecolor=_INK.panel, edgecolor=_INK.ink, linewidth=0.4)
    for at, words in ((x, "0"), (end, f"{km:,} km")):
        sheet.text(at, y - 2, words, _SMALL, align="left" if at == x else "center")
    return box


def draw_north_arrow(sheet: Sheet, view: View) -> Box:
    """Draw an arrow to true north in the upper left corner, where meridians lean; return its box."""
    x, y = view.frame.left + 6, view.frame.top + 9
    north = np.array(view.north_at(x, y))
    across = np.array([-north[1], north[0]])
    tip, foot = np.array([x, y]) + 3.4 * north, np.array([x, y]) - 3.4 * north
    box = Box(x - 3.6, y - 7.6, x + 3.6, y + 4.6)
    sheet.rectangle(box, facecolor=_INK.panel, alpha=0.82, edgecolor="none")
    outline = [tip, foot + 1.6 * across, foot + 1.3 * north, foot - 1.6 * across]
    sheet.area(shapely.Polygon(outline), facecolor=_INK.ink, edgecolor="none")
    sheet.text(
        float(tip[0] + north[0]), float(tip[1] + north[1]), "N", Face("sans-bold", 7.5), align="center"
    )
    return box


def draw_legend(sheet: Sheet, x: float, y: float, width: float, briefings: Sequence[Briefing]) -> float:
    """Draw what each sign means in three columns below y; return the y below."""
    front = briefings[0].front
    are_candidates = {zone.candidate for each in briefings for zone in each.scenario.zones}
    kind = "Line of contact" if front.definition == "contact" else "Edge of occupied area"
    entries = [
        *([("zone", "Zone, illustrative")] if False in are_candidates else []),
        *([("candidate", "Candidate zone, illustrative")] if True in are_candidates else []),
        ("front", f"{kind}, {style.format_date(front.as_of)}"),
        ("way", "Shortest distance to the front"),
        *([("band", f"Uncertainty, ±{front.uncertainty_km:g} km")] if front.uncertainty_km else []),
        ("border", "State border"),
        ("oblast", "Oblast border"),
    ]
    column = width / 3
    rows = -(-len(entries) // 3)
    for index, (sign, words) in enumerate(entries):
        left, top = x + index // rows * column, y + (index % rows) * 4.4
        _draw_sign(sheet, sign, Box(left, top + 0.5, left + _KEY_MM, top + 3.9))
        sheet.paragraph(left + _KEY_MM + 1.6, top + 0.7, column - _KEY_MM - 2.5, words, _SMALL, max_lines=1)
    return y + rows * 4.4


def _draw_sign(sheet: Sheet, sign: str, box: Box) -> None:
    middle = box.middle[1]
    wave = [
        (box.left, middle + 0.8),
        (box.left + 3, middle - 0.7),
        (box.left + 6, middle + 0.5),
        (box.right, middle - 0.8),
    ]
    straight = LineString([(box.left, middle), (box.right, middle)])
    if sign in ("zone", "candidate"):
        layers.draw_zone_area(sheet, box.shape(), candidate=sign == "candidate")
    elif sign == "front":
        layers.draw_front_line(sheet, LineString(wave))
    elif sign == "way":
        layers.draw_way(sheet, np.array([(box.left + 0.6, middle), (box.right - 0.6, middle)]))
    elif sign == "band":
        sheet.rectangle(box, facecolor=_INK.uncertainty, alpha=style.OPACITIES.uncertainty, edgecolor="none")
    elif sign == "border":
        sheet.lines(straight, edgecolor=_INK.border, linewidth=style.WIDTHS.border * layers.PT_PER_PX)
    else:
        width = style.WIDTHS.oblast * layers.PT_PER_PX
        sheet.lines(straight, edgecolor=_INK.oblast, linewidth=width, linestyle=(0, (4, 2)))
