"""The column beside a printed map: distances, strips, troops, caveats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo.briefing import attribution, notes, sections
from geo.briefing.briefing import Briefing
from geo.measuring import figures
from geo.measuring.figures import NEAREST, Cell, Output
from geo.measuring.metrics import ZoneMetrics
from geo.renderers import style
from geo.renderers.figure import fonts, strips
from geo.renderers.figure.fonts import Face
from geo.renderers.figure.placement import Box
from geo.renderers.figure.sheet import Sheet
from geo.renderers.figure.strips import ROWS_MM

_INK = style.PALETTE
HEADING = Face("serif-semibold", 9.5)
CELL = Face("sans", 7.4)
CELL_TOTAL = Face("sans-bold", 7.4)
HEAD = Face("sans", 6.8, _INK.ink_soft)
BETWEEN = Face("sans", 6.0, _INK.ink_soft)
NOTE = Face("sans", 6.3, _INK.ink_soft, 1.22)
_BODY = Face("sans", 6.9, _INK.ink, 1.25)
_SHOWN = figures.find_figures(Output.SHEET)
_CELL_MM = {"Nearest": 10.6, "Mean": 9.4, "Median": 11.0, "Farthest": 12.0, "Area": 12.6}
_BESIDE_MM = 3.2  # kept free beside any other heading
_GAP_MM = 3.2
_KEY = Face("sans", 6.2)
_KEY_LINE_MM = 2.75
_KEY_NOTE_MM = 3.4
_LEAST_STRIPS = 3  # beside the whole table; of fewer the axis takes more room than they
_MOST_LINES = 8  # of a caveat
_LEAST_LINES = 14  # of the key, which notes leave room for


@dataclass(frozen=True)
class Plan:
    """What there is room for beside a map: zones in the table, or in strips alone, or in a key of so many columns.

    The total always stands there, and the caveats, or how many more there are. Without ``strips`` of zones there is
    that of the total.
    """

    rows: int
    strips: int
    strip_mm: float
    key: int = 0
    key_columns: int = 0
    caveats: tuple[str, ...] = ()

    @property
    def listed(self) -> int:
        """How many zones have a line of their own."""
        return self.rows or self.strips or self.key


def plan_panel(box: Box, briefing: Briefing) -> Plan:
    """Choose what to fill a box with: the whole table if it fits, else a key of numbers, names and distances."""
    room = box.height - _forces_mm(box.width, briefing)
    caveats = _choose_caveats(box.width, briefing.caveats, room - _least_mm(box.width, briefing))
    plan = _plan_rows(box, briefing, room - _caveats_mm(box.width, caveats))
    return replace(plan, caveats=caveats)


def _least_mm(width: float, briefing: Briefing) -> float:
    """Return the height of what no caveat may take: the total, its strip, and a key of some lines."""
    lines = min(-(-len(briefing.metrics.zones) // 3), _LEAST_LINES)
    zones = HEADING.line_mm + _KEY_NOTE_MM + lines * _KEY_LINE_MM
    return _table_mm(width, [], briefing) + _strips_mm(width, briefing, 1, ROWS_MM[0]) + _GAP_MM + zones


def _strips_mm(
    width: float, briefing: Briefing, count: int, row_mm: float, *, has_rest: bool = False
) -> float:
    return _GAP_MM + strips.strips_mm(width, briefing, count, row_mm, has_rest=has_rest)


def _plan_rows(box: Box, briefing: Briefing, room: float) -> Plan:
    zones = len(briefing.metrics.zones)
    left = room - _table_mm(box.width, _number_rows(briefing, has_numbers=True), briefing)
    alone = room - _table_mm(box.width, [], briefing)
    for room_mm, rows in ((left, zones), (alone, 0)):
        for row_mm in ROWS_MM:
            if _strips_mm(box.width, briefing, zones, row_mm) <= room_mm:
                return Plan(rows, zones, row_mm)
        spare = room_mm - _strips_mm(box.width, briefing, 0, ROWS_MM[-1], has_rest=True)
        count = min(int(spare / ROWS_MM[-1]), zones - 1)
        if rows and count >= _LEAST_STRIPS:
            return Plan(rows, count, ROWS_MM[-1])
    left = alone - _strips_mm(box.width, briefing, 1, ROWS_MM[0]) - _GAP_MM - HEADING.line_mm
    lines = max(int((left - _KEY_NOTE_MM) / _KEY_LINE_MM), 1)
    columns = 2 if zones <= 2 * lines else 3
    return Plan(0, 0, ROWS_MM[0], min(zones, columns * lines), columns)


def draw_panel(sheet: Sheet, box: Box, briefing: Briefing, plan: Plan, *, has_numbers: bool) -> None:
    """Fill a box as planned; with ``has_numbers`` every zone shows the number by which the map may name it."""
    rows = _number_rows(briefing, has_numbers=has_numbers)
    y = _draw_table(sheet, box.left, box.top, box.width, rows[: plan.rows], briefing)
    if plan.key:
        y = _draw_zone_key(sheet, box.left, y + _GAP_MM, box.width, rows, plan)
    below = Box(box.left, y + _GAP_MM, box.right, box.bottom)
    named = rows if plan.strips else [(briefing.metrics.total.zone, briefing.metrics.total)]
    y = strips.draw_strips(sheet, below, briefing, named, plan.strips or 1, plan.strip_mm)
    y = _draw_forces(sheet, box.left, y + _GAP_MM, box.width, briefing)
    _draw_caveats(sheet, box.left, y, box.width, plan.caveats)


def _number_rows(briefing: Briefing, *, has_numbers: bool) -> list[tuple[str, ZoneMetrics]]:
    rows = enumerate(briefing.metrics.zones, start=1)
    return [(f"{number}  {row.zone}" if has_numbers else row.zone, row) for number, row in rows]


def _draw_zone_key(
    sheet: Sheet, x: float, y: float, width: float, rows: Sequence[tuple[str, ZoneMetrics]], plan: Plan
) -> float:
    """Draw number, name and nearest distance of zones in columns; return the y below."""
    y = sheet.paragraph(x, y, width, sections.ZONE_KEY, HEADING) + 0.4
    step = width / plan.key_columns
    lines = -(-plan.key // plan.key_columns)
    for index, (name, row) in enumerate(rows[: plan.key]):
        left, baseline = x + index // lines * step, y + (index % lines) * _KEY_LINE_MM + 2.4
        nearest = NEAREST.write_bare(row)
        room = step - 3 - fonts.measure_mm(nearest, _KEY) - 1.5
        sheet.text(left, baseline, fonts.shorten(name, _KEY, room), _KEY)
        sheet.text(left + step - 3, baseline, nearest, _KEY, align="right")
    y += lines * _KEY_LINE_MM
    if rest := len(rows) - plan.key:
        return sheet.paragraph(x, y + 0.3, width, notes.REST_IN_PDF.format(rest), NOTE)
    return y


def _cells_mm(briefing: Briefing) -> list[float]:
    """Return the widths of the columns of figures: as usual, or wider where a figure asks for it."""
    return [
        max(
            _CELL_MM.get(figure.heading, fonts.measure_mm(figure.heading, HEAD) + _BESIDE_MM),
            fonts.measure_mm(figure.write_bare(briefing.metrics.total), CELL_TOTAL) + 2.2,
            *(
                max(fonts.measure_mm(cell.text, CELL), fonts.measure_mm(cell.between, BETWEEN)) + 2.2
                for cell in map(figure.write_cell, briefing.metrics.rows)
            ),
        )
        for figure in _SHOWN
    ]


def _lines(name: str, width: float, cells_mm: Sequence[float]) -> list[str]:
    return fonts.wrap(name, CELL, width - sum(cells_mm) - 1, max_lines=2) or [figures.NONE]


def row_mm(lines: int) -> float:
    """Return the height of a row whose name has so many lines."""
    return lines * CELL.line_mm + 1.25


def cell_row_mm(name: Sequence[str], cells: Sequence[Cell]) -> float:
    """Return the height of a row: of its name, or of what stands beneath its figures."""
    beneath = BETWEEN.line_mm - 0.4 if any(cell.between for cell in cells) else 0.0
    return max(row_mm(len(name)), row_mm(1) + beneath)


def _table_mm(width: float, rows: Sequence[tuple[str, ZoneMetrics]], briefing: Briefing) -> float:
    widths = _cells_mm(briefing)
    cells = figures.write_cells(briefing.metrics.total, Output.SHEET)
    names = sum(cell_row_mm(_lines(name, width, widths), cells) for name, _ in rows)
    note = len(fonts.wrap(notes.TABLE_NOTE, NOTE, width)) * NOTE.line_mm
    return HEADING.line_mm + 0.8 + row_mm(1) + names + cell_row_mm([""], cells) + note


def _draw_table(
    sheet: Sheet,
    x: float,
    y: float,
    width: float,
    rows: Sequence[tuple[str, ZoneMetrics]],
    briefing: Briefing,
) -> float:
    widths = _cells_mm(briefing)
    y = sheet.paragraph(x, y, width, sections.DISTANCES, HEADING) + 0.8
    draw_cells(sheet, x, y, width, [sections.ZONE], [Cell(figure.heading) for figure in _SHOWN], widths, HEAD)
    y += row_mm(1)
    sheet.rule(x, y - 0.4, width, colour=_INK.ink, line_pt=0.7)
    for place, (name, row) in enumerate(rows, start=1):
        lines = _lines(name, width, widths)
        cells = figures.write_cells(row, Output.SHEET)
        number = place if name != row.zone else None
        draw_cells(sheet, x, y, width, lines, cells, widths, CELL, number=number)
        y += cell_row_mm(lines, cells)
        sheet.rule(x, y - 0.35, width, colour=_INK.rule, line_pt=0.4)
    if len(briefing.metrics.zones) > 1:
        total = figures.write_cells(briefing.metrics.total, Output.SHEET)
        draw_cells(sheet, x, y, width, [briefing.metrics.total.zone], total, widths, CELL_TOTAL)
        y += cell_row_mm([""], total)
    return sheet.paragraph(x, y, width, notes.TABLE_NOTE, NOTE)


def draw_cells(
    sheet: Sheet,
    x: float,
    y: float,
    width: float,
    name: Sequence[str],
    cells: Sequence[Cell],
    widths: Sequence[float],
    face: Face,
    *,
    number: int | None = None,
) -> None:
    """Draw a row of a table: the lines of its name, and to the right its cells, each with what stands beneath it.

    ``number`` is the one that the name begins with, where it does.
    """
    baseline = y + face.size_pt * fonts.MM_PER_POINT
    for place, line in enumerate(name):
        sheet.name(x, baseline + place * face.line_mm, line, face, number if place == 0 else None)
    right = x + width
    for cell, cell_mm in zip(reversed(cells), reversed(widths), strict=True):
        sheet.text(right, baseline, cell.text, face, align="right")
        sheet.text(right, baseline + BETWEEN.line_mm, cell.between, BETWEEN, align="right")
        right -= cell_mm


def _forces_mm(width: float, briefing: Briefing) -> float:
    sentences = attribution.say_forces(briefing.metrics, briefing.claims, briefing.sources)
    if not sentences:
        return _GAP_MM
    lines = sum(len(fonts.wrap(words, _BODY, width)) for words in sentences)
    note = len(fonts.wrap(notes.NOT_A_POSITION, NOTE, width)) * NOTE.line_mm
    return 2 * _GAP_MM + HEADING.line_mm + 0.5 + lines * _BODY.line_mm + note


def _draw_forces(sheet: Sheet, x: float, y: float, width: float, briefing: Briefing) -> float:
    sentences = attribution.say_forces(briefing.metrics, briefing.claims, briefing.sources)
    if not sentences:
        return y
    y = sheet.paragraph(x, y, width, sections.FORCES, HEADING) + 0.5
    for words in sentences:
        y = sheet.paragraph(x, y, width, words, _BODY)
    return sheet.paragraph(x, y, width, notes.NOT_A_POSITION, NOTE) + _GAP_MM


def _choose_caveats(width: float, caveats: Sequence[str], room: float) -> tuple[str, ...]:
    """Return the caveats if there is room for all, else the first ones and how many more there are."""
    for count in range(len(caveats), 0, -1):
        left = len(caveats) - count
        chosen = (*caveats[:count], *([notes.REST_BEHIND.format(left)] if left else []))
        if _caveats_mm(width, chosen) <= room:
            return chosen
    return (*caveats[:1], *([notes.REST_BEHIND.format(len(caveats) - 1)] if len(caveats) > 1 else []))


def _caveats_mm(width: float, caveats: Sequence[str]) -> float:
    lines = sum(len(fonts.wrap(words, _BODY, width, max_lines=_MOST_LINES)) for words in caveats)
    return HEADING.line_mm + lines * _BODY.line_mm + 1 + len(caveats) * 0.5


def _draw_caveats(sheet: Sheet, x: float, y: float, width: float, caveats: Sequence[str]) -> None:
    y = sheet.paragraph(x, y, width, sections.CARE, HEADING) + 0.5
    for words in caveats:
        y = sheet.paragraph(x, y, width, words, _BODY, max_lines=_MOST_LINES) + 0.5
