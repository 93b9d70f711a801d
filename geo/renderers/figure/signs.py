"""The legend of a printed map: what each sign on it means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from shapely.geometry import LineString

from geo.briefing import legend
from geo.briefing.briefing import Briefing
from geo.briefing.since import Since
from geo.renderers import style
from geo.renderers.figure import fonts, furniture, layers
from geo.renderers.figure.fonts import Face
from geo.renderers.figure.placement import Box
from geo.renderers.figure.sheet import Sheet

_INK = style.PALETTE
KEY_MM = 9.0
"""The width of a sign, and so the length of the longest scale bar among them."""
_WORDS = tuple(Face("sans", size, _INK.ink) for size in (6.6, 6.2, 5.8, 5.4))
_LINE_MM = 4.4
_LEGEND_TOP_MM = 1.6
_MOST_COLUMNS = 4
_BESIDE_MM = KEY_MM + 3.0  # a sign, what stands between it and its words, and after these
_LEADING = 1.1  # of the lines of one entry
LONGEST_BAR = (1_000.0, KEY_MM)
"""The scale bar that takes most room, until it is known how long it is."""


@dataclass(frozen=True)
class Signs:
    """Which signs are on a map besides zones and front, so that the legend explains them.

    ``bar`` is a scale bar that the legend has instead of the map: how long it is, in km and on the page. Without
    ``band`` the uncertainty of the line is narrower than the line.
    """

    ways: bool
    gap: bool
    borders: bool = True
    isolines: bool = False
    bar: tuple[float, float] | None = None
    band: bool = True


def legend_mm(
    briefings: Sequence[Briefing], width: float, *, type_pt: float | None = None, shown: Signs | None = None
) -> float:
    """Return the height that a legend of this width takes, with what keeps it off the map.

    Unless the signs ``shown`` are given, it is the most that it may take.
    """
    face = _find_faces(type_pt)[0]
    shown = shown or Signs(ways=True, gap=True, borders=type_pt is None)
    columns = _plan_columns(_entries(briefings, shown), width, face, type_pt)
    return _LEGEND_TOP_MM + max(_column_mm(column, face, type_pt) for column in columns) + 1.6


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
        planned = _plan_columns(entries, box.width, faces[0], type_pt)
    else:
        step = (box.width + gutter_mm) / columns
        shared = _share_out(entries, columns)
        planned = [
            _Column(number * step, step - gutter_mm - _BESIDE_MM, column)
            for number, column in enumerate(shared)
        ]
    for column in planned:
        left, top = box.left + column.start, box.top
        for sign, words in column.entries:
            face = next((face for face in faces if fonts.measure_mm(words, face) <= column.room), faces[-1])
            middle = top + 2.2 + (line_mm - _LINE_MM) / 2
            lines = _break(words, face, column.room, type_pt)
            with sheet.part("isolines" if sign == "isolines" else "legend", words):
                _draw_sign(sheet, sign, Box(left, middle - 1.7, left + KEY_MM, middle + 1.7), signs)
                y = top + 0.7 + max(0.0, line_mm - _LINE_MM) / 8
                for number, line in enumerate(lines):
                    at = y + number * _next_mm(face)
                    sheet.paragraph(left + KEY_MM + 1.6, at, column.room, line, face, max_lines=1)
            top += line_mm + (len(lines) - 1) * _next_mm(face)
    return box.top + max(_column_mm(column, faces[0], type_pt) for column in planned)


@dataclass(frozen=True)
class _Column:
    """A column of a legend: where it starts, the room for words beside their signs, and what it holds."""

    start: float
    room: float
    entries: Sequence[tuple[str, str]]


def _column_mm(column: _Column, face: Face, type_pt: float | None) -> float:
    """Return the height of a column."""
    lines = [len(_break(words, face, column.room, type_pt)) for _, words in column.entries]
    return len(lines) * _line_mm(face) + (sum(lines) - len(lines)) * _next_mm(face)


def _break(words: str, face: Face, room: float, type_pt: float | None) -> list[str]:
    """Return the lines of an entry: on a slide, where no type is smaller, as many as it takes."""
    if type_pt:
        return fonts.wrap(words, face, fonts.balance(words, face, room))
    return fonts.wrap(words, face, room, max_lines=1)


def _next_mm(face: Face) -> float:
    """Return how far the next line of an entry stands below one: closer than the next entry."""
    return face.size_pt * _LEADING * fonts.MM_PER_POINT


def _plan_columns(
    entries: Sequence[tuple[str, str]], width: float, face: Face, type_pt: float | None
) -> list[_Column]:
    """Return the most columns that fit, as wide as their words; or one or two of the words broken, the lower ones."""
    for count in range(min(_MOST_COLUMNS, len(entries)), 1, -1):
        columns = _share_out(entries, count)
        widths = [_measure(column, face) for column in columns]
        if sum(widths) <= width:
            return _stand(columns, widths, width)
    plans = [[_Column(0.0, width - _BESIDE_MM, entries)]]
    if type_pt and len(entries) > 1:
        columns = _share_out(entries, 2)
        first = min(_measure(columns[0], face), width / 2)
        plans.append(_stand(columns, [first, width - first], width))
    return min(plans, key=lambda plan: max(_column_mm(column, face, type_pt) for column in plan))


def _measure(column: Sequence[tuple[str, str]], face: Face) -> float:
    return max(fonts.measure_mm(words, face) for _, words in column) + _BESIDE_MM


def _stand(
    columns: Sequence[Sequence[tuple[str, str]]], widths: Sequence[float], width: float
) -> list[_Column]:
    """Return columns of given widths side by side, what they leave free shared out behind them."""
    gap = (width - sum(widths)) / len(columns)
    return [
        _Column(sum(widths[:number]) + number * gap, widths[number] + gap - _BESIDE_MM, column)
        for number, column in enumerate(columns)
    ]


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
        *([("band", legend.describe_band(front))] if front.precisions_km and signs.band else []),
        *([("disputed", legend.DISPUTED)] if front.disputed else []),
        *([("beyond", legend.describe_far_ground(front))] if has_far_ground else []),
        *([("crossed", legend.ZONE_BEYOND)] if is_crossed else []),
        *(zip(_name_signs(since), legend.describe_since(since), strict=True) if since else ()),
        *([("pale", legend.UNCHANGED_ZONE)] if since and since.pale else []),
        *([("border", legend.BORDER), ("oblast", legend.OBLAST)] if signs.borders else []),
        *([("gap", legend.UNMAPPED)] if signs.gap else []),
        *([("isolines", legend.EQUAL)] if signs.isolines else []),
        *([("bar", legend.describe_bar(signs.bar[0]))] if signs.bar else []),
    ]


def _name_signs(since: Since) -> tuple[str, str, str]:
    return ("outline", "newer", "older") if since.words else ("before", "gained", "lost")


def _draw_sign(sheet: Sheet, sign: str, box: Box, signs: Signs) -> None:
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
    elif sign == "bar" and signs.bar:
        furniture.draw_bar(sheet, box.left, middle + 0.55, signs.bar[1])
    elif sign == "isolines":
        sheet.lines(LineString(wave), edgecolor=_INK.uncertainty, linewidth=1.1 * layers.PT_PER_PX)
    elif sign == "border":
        sheet.lines(straight, edgecolor=_INK.border, linewidth=style.WIDTHS.border * layers.PT_PER_PX)
    else:
        width = style.WIDTHS.oblast * layers.PT_PER_PX
        sheet.lines(straight, edgecolor=_INK.oblast, linewidth=width, linestyle=(0, (4, 2)))
