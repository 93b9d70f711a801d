"""The one-page figure of a comparison: a map for each scenario at one extent and scale, and one table."""

from __future__ import annotations

from collections.abc import Sequence

from geo.briefing import notes, sections
from geo.briefing import strips as briefing_strips
from geo.briefing.comparison import Comparison, name_zones
from geo.briefing.extent import describe_gap
from geo.errors import UsageError
from geo.measuring import figures
from geo.measuring.figures import Cell, Output
from geo.renderers import style
from geo.renderers.figure import fonts, layout, sidebyside, strips
from geo.renderers.figure.fonts import Face
from geo.renderers.figure.grids import GUTTER_MM
from geo.renderers.figure.layout import Printout
from geo.renderers.figure.placement import Box
from geo.renderers.figure.sheet import PageSize, Sheet
from geo.renderers.figure.sidebyside import MOST_IN_A_ROW
from geo.renderers.figure.strips import Scale

MOST_SCENARIOS = 6
"""More maps on one page would be too small to read."""

_INK = style.PALETTE
_CELL = Face("sans", 8.2)
_HEAD = Face("sans", 7.4, _INK.ink_soft)
_NOTE = Face("sans", 6.6, _INK.ink_soft)
_STRIP = Face("sans", 7.0)
_KEY = Face("sans-semibold", 7.4, _INK.ink, 1.25)
_WORDS = tuple(Face("sans", size, _INK.ink, 1.25) for size in (7.2, 6.6))
_ZONES = Face("sans", 6.8, _INK.zone_text, 1.25)
_MOST_ZONES = 8  # lines of codes and names below a map
_ROW_MM, _HIGH_ROW_MM = 5.2, 7.6  # the higher where an interval stands beneath a figure
_STRIP_MM = 66.0
_FIGURE_MM = 19.0
_BETWEEN_MM = 0.8


def validate_count(comparison: Comparison) -> None:
    """Raise `UsageError` where there are more scenarios than maps fit on one page, or more zones than one can draw."""
    count = len(comparison.briefings)
    if count > MOST_SCENARIOS:
        raise UsageError(
            f"{count} scenarios are too many for one page. Name at most {MOST_SCENARIOS}, "
            "or print the table with --format table."
        )
    layout.validate_zones(comparison.briefings)


def build_comparison_figure(comparison: Comparison, page: PageSize) -> Printout:
    """Build the figure of a comparison on a page: heading, maps, one table, fine print."""
    validate_count(comparison)
    sheet = Sheet(page)
    top = layout.draw_heading(
        sheet,
        comparison.imprint.head(sections.KICKER_SEVERAL),
        sections.COMPARISON,
        comparison.headline,
        comparison.brief_headlines,
    )
    bottom = layout.draw_footer(
        sheet,
        " ".join([*comparison.caveats, *describe_gap(comparison.briefings), layout.fine_print(comparison)]),
    )
    layout.draw_marking(sheet, comparison.marking)
    table_mm = _ROW_MM + len(comparison.briefings) * _row_mm(comparison) + 7
    box = Box(page.margin_mm, top, page.width_mm - page.margin_mm, bottom - table_mm)
    room = Box(box.left, box.top, box.right, box.bottom - _words_mm(box, comparison))
    below, maps = sidebyside.draw_maps(sheet, room, comparison, sidebyside.ON_SHEET)
    below = _draw_words(sheet, Box(box.left, below + 2, box.right, box.bottom - 1), comparison)
    _draw_table(sheet, Box(box.left, below + 4, box.right, bottom), comparison)
    return Printout(comparison, sheet.finish(), tuple(maps))


def build_comparison_maps(comparison: Comparison, width_mm: float, height_mm: float) -> Printout:
    """Build the maps with their legend on a page of the given size, for a slide that has the table itself.

    All type has the size of a slide's. More than `MOST_IN_A_ROW` are built by `stacks`.
    """
    validate_count(comparison)
    sheet = Sheet(PageSize("maps", width_mm, height_mm, 0))
    box = Box(0.3, 0, width_mm - 0.3, height_mm)
    _, maps = sidebyside.draw_maps(sheet, box, comparison, sidebyside.ON_SLIDE)
    return Printout(comparison, sheet.finish(), tuple(maps))


def _wrap_zones(entries: Sequence[str], width: float) -> list[str]:
    """Set codes with their names one after another, each on one line with its code where it fits on one."""
    lines: list[str] = []
    for entry in entries:
        longer = f"{lines[-1]} · {entry}" if lines else entry
        if lines and fonts.measure_mm(longer, _ZONES) <= width:
            lines[-1] = longer
        else:
            lines += fonts.wrap(entry, _ZONES, width)
    if len(lines) > _MOST_ZONES:
        lines[_MOST_ZONES - 1 :] = [fonts.shorten(f"{lines[_MOST_ZONES - 1]} …", _ZONES, width)]
    return lines


def _column_mm(box: Box, comparison: Comparison) -> float:
    return (box.width + GUTTER_MM) / len(comparison.briefings) - GUTTER_MM


def _words_mm(box: Box, comparison: Comparison) -> float:
    """Return the height kept below the maps: for the zones, and below one row of maps for the key sentences too."""
    width = _column_mm(box, comparison)
    has_room = len(comparison.briefings) <= MOST_IN_A_ROW
    return 3.0 + max(
        len(_wrap_zones(zones, width)) * _ZONES.line_mm
        + (len(fonts.wrap(each.headline, _KEY, width)) * _KEY.line_mm + _BETWEEN_MM if has_room else 0)
        for each, zones in zip(comparison.briefings, name_zones(comparison), strict=True)
    )


def _draw_words(sheet: Sheet, box: Box, comparison: Comparison) -> float:
    """Set zones, key sentence and summary of each scenario side by side; return the y below.

    The sentences of all scenarios are set whole, in smaller type where need be, or left out: none is cut.
    """
    width = _column_mm(box, comparison)
    columns = [box.left + index * (width + GUTTER_MM) for index in range(len(comparison.briefings))]
    ends = []
    for x, zones in zip(columns, name_zones(comparison), strict=True):
        y = box.top
        for line in _wrap_zones(zones, width):
            y = sheet.paragraph(x, y, width, line, _ZONES, max_lines=1)
        ends.append(y)
    for texts, faces in (
        ([each.headline for each in comparison.briefings], (_KEY,)),
        ([each.scenario.summary for each in comparison.briefings], _WORDS),
    ):
        tops = [y + _BETWEEN_MM for y in ends]
        for face in faces:
            lengths = [len(fonts.wrap(text, face, width)) * face.line_mm for text in texts]
            if all(y + length <= box.bottom for y, length in zip(tops, lengths, strict=True)):
                for x, y, text in zip(columns, tops, texts, strict=True):
                    sheet.paragraph(x, y, width, text, face)
                ends = [y + length for y, length in zip(tops, lengths, strict=True)]
                break
    return max(ends)


def _draw_table(sheet: Sheet, box: Box, comparison: Comparison) -> None:
    """Draw a row for each scenario: its distances over all zones, its area, and its strip."""
    y = box.top
    headings = [sections.ZONES, *(figure.heading for figure in figures.find_figures(Output.SHEET))]
    totals = [each.metrics.total for each in comparison.briefings]
    rows = [
        [Cell(str(len(each.scenario.zones))), *figures.write_cells(each.metrics.total, Output.SHEET)]
        for each in comparison.briefings
    ]
    widest = max(fonts.measure_mm(words, _CELL) for cells in rows for cell in cells for words in cell)
    step = max(_FIGURE_MM, widest + 2.2)
    names_mm = box.width - _STRIP_MM - 5 - len(headings) * step
    _draw_row(sheet, box, y, (names_mm, step), sections.SCENARIO, [*map(Cell, headings)], _HEAD)
    drawn = {strip.index: strip for strip in briefing_strips.build_strips(totals)}
    axis = briefing_strips.build_axis([*drawn.values()])
    scale = Scale(axis, box.right - _STRIP_MM + strips.NUMBER_MM, _STRIP_MM - strips.NUMBER_MM - 2)
    bottom = y + _ROW_MM + len(rows) * _row_mm(comparison) - 0.5
    strips.draw_axis(sheet, scale, y + 1.2, y + _ROW_MM - 0.6, bottom)
    sheet.rule(box.left, y + _ROW_MM - 0.6, box.width, colour=_INK.ink, line_pt=0.7)
    y += _ROW_MM
    for index, (briefing, cells) in enumerate(zip(comparison.briefings, rows, strict=True)):
        _draw_row(sheet, box, y, (names_mm, step), briefing.scenario.title, cells, _CELL)
        room = Box(box.right - _STRIP_MM, y + 0.4, box.right, y + 4.2)
        strips.draw_strip(sheet, scale, room, drawn[index], _STRIP)
        y += _row_mm(comparison)
        sheet.rule(box.left, y - 0.5, box.width, colour=_INK.rule, line_pt=0.4)
    note = notes.describe_strips(comparison.front, totals)
    note = f"{notes.OVER_ALL_ZONES}; {note[0].lower()}{note[1:]}"
    sheet.paragraph(box.left, y + 0.2, box.width, note, _NOTE)


def _row_mm(comparison: Comparison) -> float:
    return _HIGH_ROW_MM if comparison.front.precisions_km else _ROW_MM


def _draw_row(
    sheet: Sheet, box: Box, y: float, widths: tuple[float, float], name: str, cells: list[Cell], face: Face
) -> None:
    names_mm, step = widths
    sheet.text(box.left, y + 3.4, fonts.shorten(name, face, names_mm), face)
    for number, cell in enumerate(cells, start=1):
        x = box.left + names_mm + number * step
        sheet.text(x, y + 3.4, cell.text, face, align="right")
        sheet.text(x, y + 3.4 + _NOTE.line_mm, cell.between, _NOTE, align="right")
