"""The one-page figure of what changed between two fronts: the map of the later one, and beside it tables of changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geo.briefing import change_words, notes, sections
from geo.briefing.changes import Changes
from geo.measuring import figures
from geo.measuring.figures import Cell
from geo.renderers import style
from geo.renderers.figure import fonts, layout, panel
from geo.renderers.figure.fonts import Face
from geo.renderers.figure.layout import Paper, Printout
from geo.renderers.figure.placement import Box
from geo.renderers.figure.sheet import PAGES, PageSize, Sheet

_INK = style.PALETTE
_BODIES = tuple(Face("sans", size, _INK.ink, 1.22) for size in (6.9, 6.4, 5.9, 5.4))
_BESIDE_MM = 2.6
_GAP_MM = 3.0
_LEAST_SHARES = 4
"""So many rows of the table of ground stand at least beside the map; the words are set smaller for them."""


def build_figure(changes: Changes, page: PageSize) -> Printout:
    """Build the figure of what changed on a page."""
    briefing = changes.briefing
    layout.validate_zones([briefing])
    sheet, beside = layout.draw_frame(briefing, page, sections.KICKER_CHANGES)
    zones, listed = briefing.metrics.zones, _count_listed(beside, changes)
    drawn = layout.draw_map_beside(sheet, beside, briefing, listed=range(min(listed, len(zones))))
    _draw_panel(sheet, beside, changes, listed, has_numbers=bool(drawn.numbered))
    return Printout(briefing, sheet.finish(), (drawn,))


def build_paper(changes: Changes) -> Paper:
    """Lay out the page of what changed around its map."""
    briefing = replace(changes.briefing, marking=None)
    sheet, beside = layout.draw_frame(briefing, PAGES["a4"], sections.KICKER_CHANGES, on_screen=True)
    _draw_panel(sheet, beside, changes, _count_listed(beside, changes), has_numbers=True)
    return layout.draw_around_map(sheet, beside, briefing)


def _count_listed(beside: Box, changes: Changes) -> int:
    """Return how many zones have a row of their own beside the map."""
    room = beside.height - _words_mm(beside.width, changes.briefing.caveats, _BODIES[-1]) - 2 * _GAP_MM
    return _count_rows(beside.width, changes, room - _ground_mm(_LEAST_SHARES, changes))


def _draw_panel(sheet: Sheet, box: Box, changes: Changes, listed: int, *, has_numbers: bool) -> None:
    """Fill the column: changes of distances, ground, and what to read with care, in the largest type that fits."""
    y = _draw_changes(sheet, box, changes, listed, has_numbers=has_numbers) + _GAP_MM
    caveats = changes.briefing.caveats
    need_mm = _ground_mm(_LEAST_SHARES, changes) + _GAP_MM
    fitting = (face for face in _BODIES if y + need_mm + _words_mm(box.width, caveats, face) <= box.bottom)
    body = next(fitting, _BODIES[-1])
    if changes.ground and changes.ground.shares:
        room = box.bottom - y - _GAP_MM - _words_mm(box.width, caveats, body)
        y = _draw_ground(sheet, box, y, changes, room) + _GAP_MM
    y = sheet.paragraph(box.left, y, box.width, sections.CARE, panel.HEADING) + 0.5
    for words in caveats:
        y = sheet.paragraph(box.left, y, box.width, words, body) + 0.5


def _words_mm(width: float, sentences: Sequence[str], face: Face) -> float:
    lines = sum(len(fonts.wrap(words, face, width)) for words in sentences)
    return panel.HEADING.line_mm + 0.5 + lines * face.line_mm + 0.5 * len(sentences)


def _write_rows(changes: Changes) -> list[list[Cell]]:
    return [[change_words.write_cell(each) for each in row[: len(figures.DISTANCES)]] for row in changes.rows]


def _measure_columns(rows: Sequence[Sequence[Cell]]) -> list[float]:
    headings = [figure.heading for figure in figures.DISTANCES]
    return [
        max(
            fonts.measure_mm(heading, panel.HEAD),
            *(fonts.measure_mm(row[index].text, panel.CELL_TOTAL) for row in rows),
            *(fonts.measure_mm(row[index].between, panel.BETWEEN) for row in rows),
        )
        + _BESIDE_MM
        for index, heading in enumerate(headings)
    ]


def _wrap_name(name: str, width: float, columns: Sequence[float]) -> list[str]:
    return fonts.wrap(name, panel.CELL, width - sum(columns) - 1, max_lines=2) or [figures.NONE]


def _count_rows(width: float, changes: Changes, room_mm: float) -> int:
    """Return how many zones have a row of their own in so much room; the row of all zones always stands."""
    rows = _write_rows(changes)
    columns = _measure_columns(rows)
    used = panel.HEADING.line_mm + 0.8 + panel.row_mm(1) * 2 + 4 * panel.NOTE.line_mm
    listed = 0
    for row, cells in zip(changes.briefing.metrics.zones, rows, strict=False):
        used += panel.cell_row_mm(_wrap_name(f"00  {row.zone}", width, columns), cells)
        if used > room_mm:
            break
        listed += 1
    return listed


def _draw_changes(sheet: Sheet, box: Box, changes: Changes, listed: int, *, has_numbers: bool) -> float:
    """Draw the table of changes of distances; return the y below."""
    y = sheet.paragraph(box.left, box.top, box.width, sections.CHANGES, panel.HEADING) + 0.8
    rows = _write_rows(changes)
    columns = _measure_columns(rows)
    headings = [Cell(figure.heading) for figure in figures.DISTANCES]
    panel.draw_cells(sheet, box.left, y, box.width, [sections.ZONE], headings, columns, panel.HEAD)
    y += panel.row_mm(1)
    sheet.rule(box.left, y - 0.4, box.width, colour=_INK.ink, line_pt=0.7)
    zones = changes.briefing.metrics.zones
    for number, (row, cells) in enumerate(zip(zones[:listed], rows, strict=False), start=1):
        name = f"{number}  {row.zone}" if has_numbers else row.zone
        lines = _wrap_name(name, box.width, columns)
        at = number if has_numbers else None
        panel.draw_cells(sheet, box.left, y, box.width, lines, cells, columns, panel.CELL, number=at)
        y += panel.cell_row_mm(lines, cells)
        sheet.rule(box.left, y - 0.35, box.width, colour=_INK.rule, line_pt=0.4)
    if len(zones) > 1:
        total = changes.briefing.metrics.total.zone
        panel.draw_cells(sheet, box.left, y, box.width, [total], rows[-1], columns, panel.CELL_TOTAL)
        y += panel.cell_row_mm([""], rows[-1])
    more = f" {notes.REST.format(len(zones) - listed)}." if listed < len(zones) else ""
    return sheet.paragraph(
        box.left, y, box.width, f"{change_words.caption_distances(changes)}.{more}", panel.NOTE
    )


def _ground_mm(rows: int, changes: Changes) -> float:
    """Return the height of the table of ground with so many rows, and that of all of it; nothing without ground."""
    if not changes.ground or not changes.ground.shares:
        return 0.0
    count = min(rows, len(changes.ground.shares)) + 2
    return panel.HEADING.line_mm + 0.8 + count * panel.row_mm(1) + panel.NOTE.line_mm


def _draw_ground(sheet: Sheet, box: Box, y: float, changes: Changes, room_mm: float) -> float:
    """Draw the table of ground, the largest shares as far as there is room, and all of it; return the y below."""
    assert changes.ground is not None
    *rows, whole = change_words.write_ground(changes.ground)
    while rows and _ground_mm(len(rows), changes) > room_mm:
        rows.pop()
    left_out = len(changes.ground.shares) - len(rows)
    y = sheet.paragraph(box.left, y, box.width, sections.GROUND, panel.HEADING) + 0.8
    shared_by = [changes.ground.shared_by.capitalize()]
    headings = [Cell(words) for words in change_words.head_ground(changes)]
    columns = [fonts.measure_mm(heading.text, panel.HEAD) + 2 * _BESIDE_MM for heading in headings]
    panel.draw_cells(sheet, box.left, y, box.width, shared_by, headings, columns, panel.HEAD)
    y += panel.row_mm(1)
    sheet.rule(box.left, y - 0.4, box.width, colour=_INK.ink, line_pt=0.7)
    for (name, *cells), face in [*((row, panel.CELL) for row in rows), (whole, panel.CELL_TOTAL)]:
        words = [fonts.shorten(name, face, box.width - sum(columns))]
        panel.draw_cells(sheet, box.left, y, box.width, words, [*map(Cell, cells)], columns, face)
        y += panel.row_mm(1)
        if face is panel.CELL:
            sheet.rule(box.left, y - 0.35, box.width, colour=_INK.rule, line_pt=0.4)
    more = f"; {notes.REST.format(left_out)}" if left_out else ""
    return sheet.paragraph(
        box.left, y, box.width, f"{change_words.caption_ground(changes)}{more}", panel.NOTE
    )
