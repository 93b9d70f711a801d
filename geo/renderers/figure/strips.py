"""How far each zone reaches from the front, drawn as strips beside one axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo.briefing import notes, sections, strips
from geo.briefing.briefing import Briefing
from geo.briefing.strips import Axis, Strip
from geo.measuring.metrics import ZoneMetrics
from geo.renderers import style
from geo.renderers.figure import fonts
from geo.renderers.figure.fonts import Face
from geo.renderers.figure.placement import Box
from geo.renderers.figure.sheet import Sheet

_INK = style.PALETTE
_HEADING = Face("serif-semibold", 9.5)
_NAME = Face("sans", 6.9)
_NOTE = Face("sans", 6.3, _INK.ink_soft, 1.22)
_BEYOND = Face("sans", 6.3, _INK.front)
ROWS_MM = (4.2, 3.5, 2.9)
"""How high a strip with its name is, from the most comfortable to the least."""
_NAMES_SHARE = 0.53  # of the width at most, so that the axis keeps nearly half
NUMBER_MM = 7.0
"""So much stays free left of the axis, for the distance of a zone that reaches the front."""

_AXIS_MM = 3.2
_BAR_SHARE = 0.44  # of the height of a row


@dataclass(frozen=True)
class Scale:
    """An axis on the page: where the front stands, and how long it is, in millimetres."""

    axis: Axis
    left: float
    width: float

    def x(self, km: float) -> float:
        """Return where a distance lies."""
        return self.left + self.axis.place(km) * self.width


def strips_mm(
    width: float, briefing: Briefing, count: int, row_mm: float, *, has_rest: bool = False
) -> float:
    """Return the height of so many strips with their heading, their axis and what they show."""
    note = _NOTE.line_mm * len(fonts.wrap(_write_note(briefing), _NOTE, width))
    rest = _NOTE.line_mm if has_rest else 0.0
    return _HEADING.line_mm + 0.4 + _AXIS_MM + count * row_mm + 0.6 + note + rest


def draw_strips(
    sheet: Sheet,
    box: Box,
    briefing: Briefing,
    rows: Sequence[tuple[str, ZoneMetrics]],
    count: int,
    row_mm: float,
) -> float:
    """Draw the nearest of some named rows from the top of a box, with their axis; return the y below."""
    drawn = strips.build_strips([row for _, row in rows])[:count]
    y = sheet.paragraph(box.left, box.top, box.width, sections.STRIPS, _HEADING) + 0.4
    face = _NAME if row_mm == ROWS_MM[0] else replace(_NAME, size_pt=6.3)
    widest = max(fonts.measure_mm(rows[strip.index][0], face) for strip in drawn)
    names = min(widest + 2, box.width * _NAMES_SHARE)
    left = box.left + names + NUMBER_MM
    scale = _fit_scale(drawn, left, box.right)
    draw_axis(sheet, scale, y, y + _AXIS_MM, y + _AXIS_MM + len(drawn) * row_mm)
    y += _AXIS_MM
    for strip in drawn:
        baseline = y + row_mm / 2 + face.size_pt * fonts.MM_PER_POINT * 0.35
        words = rows[strip.index][0]
        number = strip.index + 1 if words != strip.name else None
        sheet.name(box.left, baseline, fonts.shorten(words, face, names - 1), face, number)
        draw_strip(sheet, scale, Box(box.left + names, y, box.right, y + row_mm), strip, face)
        y += row_mm
    y += 0.6
    if rest := len(rows) - len(drawn):
        y = sheet.paragraph(box.left, y, box.width, notes.REST_IN_TABLE.format(rest), _NOTE)
    return sheet.paragraph(box.left, y, box.width, _write_note(briefing), _NOTE)


def _fit_scale(drawn: Sequence[Strip], left: float, right: float) -> Scale:
    """Return the longest axis that leaves room for what stands right of a strip."""
    axis = strips.build_axis(drawn)
    width = right - left - 2
    for strip in drawn:
        reach = axis.place(max((strip.farthest_km, *(strip.ends or ()))))
        if strip.beyond and not strip.is_overrun:
            room = right - left - 2 - fonts.measure_mm(strip.beyond, _BEYOND)
            width = min(width, room / max(reach, 0.01))
    return Scale(axis, left, width)


def _write_note(briefing: Briefing) -> str:
    return f"{notes.describe_strips(briefing.front, briefing.metrics.zones)}."


def draw_axis(sheet: Sheet, scale: Scale, y: float, top: float, bottom: float) -> None:
    """Draw round distances from y down, and a line from top to bottom at each, the front's own the heaviest."""
    for km in scale.axis.ticks_km:
        x = scale.x(km)
        sheet.text(x, y + 2.2, f"{km:,}", _NOTE, align="center")
        colour, line_pt = (_INK.front, 1.0) if km == 0 else (_INK.rule, 0.5)
        sheet.line([(x, top), (x, bottom)], color=colour, linewidth=line_pt)


def draw_strip(sheet: Sheet, scale: Scale, box: Box, strip: Strip, face: Face) -> None:
    """Draw a strip in its row: its distance to the left of it, and to its right what of the zone lies beyond."""
    middle = box.middle[1]
    half = box.height * _BAR_SHARE / 2
    baseline = middle + face.size_pt * fonts.MM_PER_POINT * 0.35
    x, begin = scale.left, scale.left
    if not strip.is_overrun:
        begin, x = scale.x(strip.nearest_km), scale.x(strip.farthest_km)
        bar = Box(begin, middle - half, max(x, begin + 0.3), middle + half)
        sheet.rectangle(bar, facecolor=_INK.zone, alpha=0.55, edgecolor="none")
        median = scale.x(strip.median_km)
        tick = [(median, middle - half - 0.4), (median, middle + half + 0.4)]
        sheet.line(tick, color=_INK.zone_text, linewidth=1.4)
        if strip.ends:
            begin, end = map(scale.x, strip.ends)
            _draw_whisker(sheet, begin, end, middle, half * 0.8)
            x = max(x, end)
        sheet.text(begin - 0.9, baseline, strip.nearest, face, align="right")
    sheet.text(x + 1, baseline, strip.beyond, _BEYOND)


def _draw_whisker(sheet: Sheet, low: float, high: float, y: float, half: float) -> None:
    look = {"color": _INK.uncertainty, "linewidth": 0.8}
    sheet.line([(low, y), (high, y)], **look)
    for x in (low, high):
        sheet.line([(x, y - half), (x, y + half)], **look)
