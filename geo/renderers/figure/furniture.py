"""What every map needs beside the map: scale bar, north arrow, legend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import LineString

from geo.briefing import legend
from geo.briefing.briefing import Briefing
from geo.briefing.since import Since
from geo.renderers import style
from geo.renderers.figure import fonts, layers
from geo.renderers.figure.fonts import Face
from geo.renderers.figure.placement import Box
from geo.renderers.figure.sheet import Sheet
from geo.renderers.figure.view import View

_INK = style.PALETTE
_KEY_MM = 9.0
_SMALL = Face("sans", 6.6, _INK.ink)
_PLAIN = Face("sans", 8.8, _INK.ink)
_WORDS = tuple(Face("sans", size, _INK.ink) for size in (6.6, 6.2, 5.8, 5.4))
_LINE_MM = 4.4
_LEGEND_TOP_MM = 1.6
_MOST_COLUMNS = 4
_INSET_MM = 2.0
_BAR_HEIGHT_MM = 10.6
_RATIO = Face("sans", 5.6, _INK.ink_soft)
_RATIO_MM = 2.7
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
    bar_mm = max(
        _scale_bar(view)[1] + 14 * words.size_pt / _SMALL.size_pt, fonts.measure_mm(ratio, _RATIO) + 5
    )
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
    corners = _corners(view.frame, _scale_bar(view)[1] + 9, _BAR_HEIGHT_MM - _RATIO_MM, _BAR_CORNERS)
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


def _scale_bar(view: View) -> tuple[float, float]:
    """Return a round length in km for a bar, and its length on the page, true at the middle of the map."""
    per_km = view.mm_per_km_at(*view.frame.middle)
    km = round_bar_km(view.frame.width * 0.2 / per_km)
    return km, km * per_km


def _describe_ratio(sheet: Sheet, view: View) -> str:
    """Return the scale at the middle of the map as a ratio, and the size of page at which it holds."""
    ratio = float(f"{1e6 / view.mm_per_km_at(*view.frame.middle):.3g}")
    return f"1:{ratio:,.0f} at {sheet.page.title}"


def _draw_scale_bar(sheet: Sheet, view: View, box: Box, ratio: str, face: Face) -> None:
    km, length = _scale_bar(view)
    x, y = box.left + 3, box.bottom - 2 - (_RATIO_MM if ratio else 0)
    half, end = x + length / 2, x + length
    sheet.rectangle(box, facecolor=_INK.panel, alpha=0.82, edgecolor="none")
    sheet.rectangle(Box(x, y - 1.1, half, y), facecolor=_INK.ink, edgecolor=_INK.ink, linewidth=0.4)
    sheet.rectangle(Box(half, y - 1.1, end, y), facecolor=_INK.panel, edgecolor=_INK.ink, linewidth=0.4)
    words = f"{km:,g} km"
    is_short = fonts.measure_mm(f"0 {words}", face) > length  # so its ends have no room for both
    sheet.text(x, y - 2, "0", face, align="left")
    sheet.text(end, y - 2, words, face, align="center" if ratio or is_short else "right")
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


@dataclass(frozen=True)
class Signs:
    """Which signs are on a map besides zones and front, so that the legend explains them."""

    ways: bool
    gap: bool
    borders: bool = True
    isolines: bool = False


def legend_mm(
    briefings: Sequence[Briefing], width: float, *, type_pt: float | None = None, gap: bool = True
) -> float:
    """Return the height that a legend of this width may take, with what keeps it off the map.

    Without ``gap`` all of the map is mapped, and the legend does not say what is not.
    """
    faces = _find_faces(type_pt)
    signs = Signs(ways=True, gap=gap, borders=type_pt is None)
    columns = _plan_columns(_entries(briefings, signs), width, faces[0])
    return _LEGEND_TOP_MM + max(len(column) for _, column in columns) * _line_mm(faces[0]) + 1.6


def _find_faces(type_pt: float | None) -> tuple[Face, ...]:
    """Return the faces of a legend, the usual one first: of one size alone where one is given."""
    return (Face("sans", type_pt, _INK.ink),) if type_pt else _WORDS


def _line_mm(face: Face) -> float:
    return max(_LINE_MM, face.line_mm)


def draw_legend(
    sheet: Sheet,
    box: Box,
    briefings: Sequence[Briefing],
    signs: Signs,
    *,
    columns: int | None = None,
    gutter_mm: float = 0.0,
    type_pt: float | None = None,
) -> float:
    """Draw what each sign means from the top of a box, in so many columns or as few rows as fit; return the y below."""
    entries, faces = _entries(briefings, signs), _find_faces(type_pt)
    line_mm = _line_mm(faces[0])
    if columns is None:
        planned = _plan_columns(entries, box.width, faces[0])
    else:
        step = (box.width + gutter_mm) / columns
        planned = [(number * step, column) for number, column in enumerate(_share_out(entries, columns))]
    for number, (start, column) in enumerate(planned):
        end = planned[number + 1][0] - gutter_mm if number + 1 < len(planned) else box.width
        room = end - start - _KEY_MM - 3
        for row, (sign, words) in enumerate(column):
            left, top = box.left + start, box.top + row * line_mm
            face = next((face for face in faces if fonts.measure_mm(words, face) <= room), faces[-1])
            middle = top + 2.2 + (line_mm - _LINE_MM) / 2
            with sheet.part("isolines" if sign == "isolines" else "legend", words):
                _draw_sign(sheet, sign, Box(left, middle - 1.7, left + _KEY_MM, middle + 1.7))
                y = top + 0.7 + max(0.0, line_mm - _LINE_MM) / 8
                sheet.paragraph(left + _KEY_MM + 1.6, y, room, words, face, max_lines=1)
    return box.top + max(len(column) for _, column in planned) * line_mm


def _plan_columns(
    entries: Sequence[tuple[str, str]], width: float, face: Face
) -> list[tuple[float, list[tuple[str, str]]]]:
    """Return where each column begins and what it holds: the most columns, as wide as their words, that fit."""
    for count in range(min(_MOST_COLUMNS, len(entries)), 0, -1):
        columns = _share_out(entries, count)
        widths = [
            max(fonts.measure_mm(words, face) for _, words in column) + _KEY_MM + 3 for column in columns
        ]
        spare = width - sum(widths)
        if spare >= 0 or count == 1:
            gap = max(spare, 0) / count
            return [(sum(widths[:number]) + number * gap, column) for number, column in enumerate(columns)]
    return []


def _share_out(entries: Sequence[tuple[str, str]], count: int) -> list[list[tuple[str, str]]]:
    """Share entries out among columns, the first ones longer by one where they do not come out even."""
    rows, rest = divmod(len(entries), count)
    stops = np.cumsum([rows + (number < rest) for number in range(count)]).tolist()
    return [list(entries[start:stop]) for start, stop in zip([0, *stops], stops, strict=False)]


def _entries(briefings: Sequence[Briefing], signs: Signs) -> list[tuple[str, str]]:
    front, since = briefings[0].front, briefings[0].since
    are_candidates = {zone.candidate for each in briefings for zone in each.scenario.zones}
    has_far_ground = not briefings[0].far_ground.is_empty
    is_crossed = any(not part.is_empty for each in briefings for part in each.zones_beyond)
    return [
        *([("zone", legend.ZONE)] if False in are_candidates else []),
        *([("candidate", legend.CANDIDATE)] if True in are_candidates else []),
        ("front", legend.describe_line(front)),
        *([("way", legend.SHORTEST)] if signs.ways else []),
        *([("band", legend.describe_band(front))] if front.precisions_km else []),
        *([("disputed", legend.DISPUTED)] if front.disputed else []),
        *([("beyond", legend.describe_far_ground(front))] if has_far_ground else []),
        *([("crossed", legend.ZONE_BEYOND)] if is_crossed else []),
        *(zip(_name_signs(since), legend.describe_since(since), strict=True) if since else ()),
        *([("pale", legend.UNCHANGED_ZONE)] if since and since.pale else []),
        *([("border", legend.BORDER), ("oblast", legend.OBLAST)] if signs.borders else []),
        *([("gap", legend.UNMAPPED)] if signs.gap else []),
        *([("isolines", legend.EQUAL)] if signs.isolines else []),
    ]


def _name_signs(since: Since) -> tuple[str, str, str]:
    return ("outline", "newer", "older") if since.words else ("before", "gained", "lost")


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
        layers.draw_front_line(sheet, straight, width=1.2)
    elif sign == "disputed":
        layers.draw_disputed_line(sheet, straight)
    elif sign == "beyond":
        sheet.rectangle(box, facecolor=_INK.beyond, edgecolor=_INK.border, linewidth=0.25)
    elif sign == "before":
        layers.draw_earlier_line(sheet, LineString(wave))
    elif sign == "gained":
        layers.draw_gained(sheet, box.shape())
    elif sign == "lost":
        layers.draw_lost(sheet, box.shape())
    elif sign == "outline":
        layers.draw_earlier_line(sheet, LineString(wave), layers.VERSIONS[0])
    elif sign == "newer":
        layers.draw_gained(sheet, box.shape(), layers.VERSIONS[0])
    elif sign == "older":
        layers.draw_lost(sheet, box.shape(), layers.VERSIONS[1])
    elif sign == "pale":
        layers.draw_zone_area(sheet, box.shape(), candidate=False, pale=True)
    elif sign == "crossed":
        layers.draw_zone_beyond(sheet, box.shape())
    elif sign == "gap":
        sheet.rectangle(box, facecolor=layers.GAP, edgecolor=_INK.border, linewidth=0.25)
    elif sign == "isolines":
        sheet.lines(LineString(wave), edgecolor=_INK.uncertainty, linewidth=1.1 * layers.PT_PER_PX)
    elif sign == "border":
        sheet.lines(straight, edgecolor=_INK.border, linewidth=style.WIDTHS.border * layers.PT_PER_PX)
    else:
        width = style.WIDTHS.oblast * layers.PT_PER_PX
        sheet.lines(straight, edgecolor=_INK.oblast, linewidth=width, linestyle=(0, (4, 2)))
