"""What stands on a map beside the map: scale bar and north arrow."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from geo.briefing.briefing import Briefing
from geo.renderers import style
from geo.renderers.figure import fonts
from geo.renderers.figure.fonts import Face
from geo.renderers.figure.placement import Box
from geo.renderers.figure.sheet import Sheet
from geo.renderers.figure.view import View

_INK = style.PALETTE
_SMALL = Face("sans", 6.6, _INK.ink)
_PLAIN = Face("sans", 8.8, _INK.ink)
_INSET_MM = 2.0
_BAR_HEIGHT_MM = 10.6
_RATIO = Face("sans", 5.6, _INK.ink_soft)
_RATIO_MM = 2.7
_BAR_RIM_MM, _BESIDE_BAR_MM = 3.0, 1.6  # left and right of a scale bar; between it and words beside it
_WIDE_ENOUGH_MM = 60.0  # on a narrower map the bar says the scale alone
_ARROW_MM = (8.6, 12.4)
_NORTH_PT = 7.5
_BAR_CORNERS, _ARROW_CORNERS = "sw se nw ne", "nw ne se sw"


def draw_furniture(
    sheet: Sheet, view: View, briefings: Sequence[Briefing], *, type_pt: float | None = None
) -> list[Box]:
    """Draw scale bar and north arrow in the corners where they hide least of fronts and zones; return their boxes.

    In type of another size, for a map that is not seen at the size it is drawn in, the scale is not said as a ratio.
    """
    covered = _Covered(view, briefings)
    words = Face("sans", type_pt, _INK.ink) if type_pt else _SMALL
    ratio = "" if type_pt or view.frame.width < _WIDE_ENOUGH_MM else _describe_ratio(sheet, view)
    bar_mm = max(_bar_plate_mm(view, words, has_ratio=bool(ratio)), fonts.measure_mm(ratio, _RATIO) + 5)
    grown_mm = words.height_mm - _SMALL.height_mm
    bar_height_mm = _BAR_HEIGHT_MM + grown_mm - (0 if ratio else _RATIO_MM)
    arrow_mm = (_ARROW_MM[0], _ARROW_MM[1] + grown_mm)
    plates = [
        (covered.cost(bar) + covered.cost(arrow) + 0.01 * (here + there), bar, arrow)
        for here, bar in enumerate(_corners(view.frame, bar_mm, bar_height_mm, _BAR_CORNERS))
        for there, arrow in enumerate(_corners(view.frame, *arrow_mm, _ARROW_CORNERS))
        if not bar.grow(1).is_over(arrow)
    ]
    if not plates:
        return []
    _, bar, arrow = min(plates, key=lambda plate: plate[0])
    with sheet.part("scale"):
        _draw_scale_bar(sheet, view, bar, ratio, words)
    with sheet.part("north"):
        _draw_north_arrow(sheet, view, arrow, type_pt or _NORTH_PT)
    return [bar, arrow]


def draw_scale(sheet: Sheet, view: View, briefing: Briefing) -> Box:
    """Draw a scale bar alone, in the corner where it hides least of front and zones; return its box."""
    covered = _Covered(view, [briefing])
    width = _bar_plate_mm(view, _PLAIN, has_ratio=False)
    corners = _corners(view.frame, width, _BAR_HEIGHT_MM - _RATIO_MM, _BAR_CORNERS)
    box = min(corners, key=covered.cost)
    _draw_scale_bar(sheet, view, box, "", _PLAIN)
    return box


class _Covered:
    """What of fronts and zones a plate would hide."""

    def __init__(self, view: View, briefings: Sequence[Briefing]) -> None:
        self.lines = [view.to_page(each.front.line) for each in briefings]
        self.areas = [view.to_page(zone.geometry) for each in briefings for zone in each.scenario.zones]

    def cost(self, box: Box) -> float:
        """Return millimetres of front hidden, and square millimetres of zones at a tenth."""
        shape = box.grow(1.5).shape()
        lines: float = sum(line.intersection(shape).length for line in self.lines)
        areas: float = sum(area.intersection(shape).area for area in self.areas)
        return lines + 0.1 * areas + sum(0.5 for area in self.areas if area.intersects(shape))


def _corners(frame: Box, width: float, height: float, order: str) -> list[Box]:
    """Return the boxes of a plate in the corners of a frame, in an order such as ``"sw nw se ne"``."""
    boxes = []
    for corner in order.split():
        left = frame.left + _INSET_MM if "w" in corner else frame.right - _INSET_MM - width
        top = frame.top + _INSET_MM if "n" in corner else frame.bottom - _INSET_MM - height
        boxes.append(Box(left, top, left + width, top + height))
    return boxes


def round_bar_km(longest: float) -> float:
    """Return the largest of 1, 2 or 5 times a power of ten that is no more than a length."""
    power = 10.0 ** np.floor(np.log10(longest))
    return float(next(step * power for step in (5, 2, 1) if step * power <= longest))


def find_bar(view: View, longest_mm: float) -> tuple[float, float]:
    """Return a round length in km for a bar, and its length on the page, true at the middle of the map."""
    per_km = view.mm_per_km_at(*view.frame.middle)
    km = round_bar_km(longest_mm / per_km)
    return km, km * per_km


def draw_bar(sheet: Sheet, x: float, y: float, length: float) -> None:
    """Draw a bar of two halves from x to the right, above y."""
    half, end = x + length / 2, x + length
    sheet.rectangle(Box(x, y - 1.1, half, y), facecolor=_INK.ink, edgecolor=_INK.ink, linewidth=0.4)
    sheet.rectangle(Box(half, y - 1.1, end, y), facecolor=_INK.panel, edgecolor=_INK.ink, linewidth=0.4)


def _scale_bar(view: View) -> tuple[float, float]:
    return find_bar(view, view.frame.width * 0.2)


def _bar_plate_mm(view: View, face: Face, *, has_ratio: bool) -> float:
    """Return the width of the plate that a scale bar and its words take."""
    km, length = _scale_bar(view)
    if has_ratio:
        return length + 14 * face.size_pt / _SMALL.size_pt
    words_mm = fonts.measure_mm(_name_km(km), face)
    return 2 * _BAR_RIM_MM + length + (_BESIDE_BAR_MM + words_mm if _is_short(km, length, face) else 0)


def _name_km(km: float) -> str:
    return f"{km:,g} km"


def _is_short(km: float, length: float, face: Face) -> bool:
    """Tell whether the ends of a bar have no room above them for both numbers."""
    return fonts.measure_mm(f"0  {_name_km(km)}", face) > length


def _describe_ratio(sheet: Sheet, view: View) -> str:
    """Return the scale at the middle of the map as a ratio, and the size of page at which it holds."""
    ratio = float(f"{1e6 / view.mm_per_km_at(*view.frame.middle):.3g}")
    return f"1:{ratio:,.0f} at {sheet.page.title}"


def _draw_scale_bar(sheet: Sheet, view: View, box: Box, ratio: str, face: Face) -> None:
    km, length = _scale_bar(view)
    x, y = box.left + _BAR_RIM_MM, box.bottom - 2 - (_RATIO_MM if ratio else 0)
    end = x + length
    sheet.rectangle(box, facecolor=_INK.panel, alpha=0.82, edgecolor="none")
    draw_bar(sheet, x, y, length)
    if not ratio and _is_short(km, length, face):
        sheet.text(end + _BESIDE_BAR_MM, y, _name_km(km), face)
        return
    sheet.text(x, y - 2, "0", face, align="left")
    sheet.text(end, y - 2, _name_km(km), face, align="center" if ratio else "right")
    if ratio:
        sheet.text(x, box.bottom - 1.4, ratio, _RATIO)


def _draw_north_arrow(sheet: Sheet, view: View, box: Box, type_pt: float) -> None:
    """Draw an arrow to true north, where meridians lean."""
    x, y = box.middle[0], box.bottom - 4.6
    north = np.array(view.north_at(x, y))
    across = np.array([-north[1], north[0]])
    tip, foot = np.array([x, y]) + 3.2 * north, np.array([x, y]) - 3.2 * north
    sheet.rectangle(box, facecolor=_INK.panel, alpha=0.82, edgecolor="none")
    outline = [tip, foot + 1.6 * across, foot + 1.3 * north, foot - 1.6 * across]
    sheet.area(shapely.Polygon(outline), facecolor=_INK.ink, edgecolor="none")
    sheet.text(
        float(tip[0] + north[0]), float(tip[1] + north[1]), "N", Face("sans-bold", type_pt), align="center"
    )
