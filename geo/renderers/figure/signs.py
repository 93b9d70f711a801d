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
from geo.renderers.figure import fonts, layers
from geo.renderers.figure.fonts import Face
from geo.renderers.figure.placement import Box
from geo.renderers.figure.sheet import Sheet

_INK = style.PALETTE
_KEY_MM = 9.0
_WORDS = tuple(Face("sans", size, _INK.ink) for size in (6.6, 6.2, 5.8, 5.4))
_LINE_MM = 4.4
_LEGEND_TOP_MM = 1.6
_MOST_COLUMNS = 4


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
