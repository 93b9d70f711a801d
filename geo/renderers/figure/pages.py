"""The pages behind the figure: all figures, every claim, the method, where the front comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from geo import numerals
from geo.briefing import attribution, citing, notes, sections
from geo.briefing.briefing import Briefing
from geo.measuring import figures
from geo.measuring.figures import Cell, Output
from geo.measuring.metrics import ZoneMetrics
from geo.measuring.spread import Band
from geo.renderers import style
from geo.renderers.figure import fonts, layout
from geo.renderers.figure.fonts import Face
from geo.renderers.figure.placement import Box
from geo.renderers.figure.sheet import Drawing, PageSize, Sheet

_INK = style.PALETTE
_TITLE = Face("serif-semibold", 15, _INK.ink, 1.15)
_HEADING = Face("serif-semibold", 10)
_BODY = Face("sans", 7.6, _INK.ink, 1.27)
_SOFT = Face("sans", 7.0, _INK.ink_soft, 1.25)
_CELL = Face("sans", 7.6)
_TOTAL = Face("sans-bold", 7.6)
_HEAD = Face("sans", 7.0, _INK.ink_soft)
_BETWEEN = Face("sans", 6.4, _INK.ink_soft)
_SHOWN = figures.find_figures(Output.PDF)
_COLUMNS = 3
_GUTTER_MM = 8.0
_ZONE_MM = 62.0
_ROOM_FOR_TEXT_MM = 40.0
_SHORT = 3  # a text of so few lines is not parted
_LEAST_COLUMN_MM = 32.0  # two headings with a statement and who made it
_SCALES = (1.0, 0.97, 0.94)
_BELOW_HEADING_MM = 0.6
_ROUNDING_MM = 0.01

Line: TypeAlias = tuple[int, float, str, Face]
"""A line of running text: its column, y below the top of the columns, words and face."""


@dataclass(frozen=True)
class Block:
    """A piece of running text: what it says, in which face, and the space kept above it.

    With ``keeps_next`` its end stays together with the start of the next.
    """

    text: str
    face: Face
    above_mm: float = 0.0
    keeps_next: bool = False


@dataclass(frozen=True)
class Piece:
    """A block broken into lines, or what is left of one for the next page."""

    lines: list[str]
    face: Face
    above_mm: float = 0.0
    is_heading: bool = False
    keeps_next: bool = False


class Pages:
    """Pages that are begun as they are needed, each with its heading, marking and fine print."""

    def __init__(self, briefing: Briefing, page: PageSize, before: int) -> None:
        self.briefing, self.page, self.before = briefing, page, before
        self.sheets: list[Sheet] = []
        self.top = self.bottom = 0.0
        self.begin()

    @property
    def sheet(self) -> Sheet:
        """The page being filled."""
        return self.sheets[-1]

    @property
    def box(self) -> Box:
        """What is left of the page being filled."""
        return Box(self.page.margin_mm, self.top, self.page.width_mm - self.page.margin_mm, self.bottom)

    def begin(self) -> None:
        """Begin a page."""
        sheet = Sheet(self.page)
        self.sheets.append(sheet)
        x, width = self.page.margin_mm, self.page.width_mm - 2 * self.page.margin_mm
        title = fonts.shorten(self.briefing.scenario.title, _TITLE, width * 0.75)
        y = sheet.paragraph(x, self.page.margin_mm, width, title, _TITLE)
        sheet.text(x + width, y - 2.5, f"Page {self.before + len(self.sheets)}", _SOFT, align="right")
        sheet.rule(x, y + 0.6, width, colour=_INK.ink, line_pt=0.9)
        layout.draw_marking(sheet, self.briefing.marking)
        self.top, self.bottom = y + 4, layout.draw_footer(sheet, layout.fine_print(self.briefing))


def build_pages(briefing: Briefing, page: PageSize, *, before: int) -> list[Drawing]:
    """Build as many pages as the table of all figures and the text need, numbered after those ``before``."""
    pages = Pages(briefing, page, before)
    _draw_table(pages)
    _flow(pages, list(_blocks(briefing)))
    return [sheet.finish() for sheet in pages.sheets]


def _draw_table(pages: Pages) -> None:
    metrics = pages.briefing.metrics
    _draw_head(pages)
    for row in metrics.zones:
        _draw_row(pages, row, _CELL)
    if len(metrics.zones) > 1:
        _draw_row(pages, metrics.total, _TOTAL)
    box = pages.box
    pages.top = pages.sheet.paragraph(box.left, box.top + 0.6, box.width, notes.PDF_NOTE, _SOFT) + 4


def _draw_head(pages: Pages) -> None:
    box = pages.box
    bands = [figures.name_band(band) for band in pages.briefing.metrics.total.bands]
    _draw_cells(
        pages,
        [sections.ZONE],
        [Cell(words) for words in (sections.COUNTRY, *(figure.heading for figure in _SHOWN), *bands)],
        _HEAD,
    )
    pages.top += _HEAD.line_mm + 1.4
    pages.sheet.rule(box.left, pages.top - 0.5, box.width, colour=_INK.ink, line_pt=0.7)


def _draw_row(pages: Pages, row: ZoneMetrics, face: Face) -> None:
    lines = fonts.wrap(row.zone, face, _ZONE_MM - 2, max_lines=8) or [figures.NONE]
    figures_of_row = figures.write_cells(row, Output.PDF)
    height = max(len(lines), 1 + any(cell.between for cell in figures_of_row)) * face.line_mm + 1.3
    if pages.top + height > pages.bottom:
        pages.begin()
        _draw_head(pages)
    cells = [Cell(row.country or figures.NONE), *figures_of_row, *map(_write_share, row.bands)]
    _draw_cells(pages, lines, cells, face)
    pages.top += height
    pages.sheet.rule(pages.box.left, pages.top - 0.4, pages.box.width, colour=_INK.rule, line_pt=0.4)


def _draw_cells(pages: Pages, name: list[str], cells: list[Cell], face: Face) -> None:
    box = pages.box
    baseline = box.top + face.size_pt * fonts.MM_PER_POINT
    for number, line in enumerate(name):
        pages.sheet.text(box.left, baseline + number * face.line_mm, line, face)
    x = box.left + _ZONE_MM
    for cell, cell_mm in zip(cells, _cells_mm(pages, len(cells)), strict=True):
        x += cell_mm
        pages.sheet.text(x, baseline, fonts.shorten(cell.text, face, cell_mm - 1), face, align="right")
        pages.sheet.text(x, baseline + _BETWEEN.line_mm, cell.between, _BETWEEN, align="right")


def _write_share(band: Band) -> Cell:
    """Return the share of a band, and between what it lies where that is something else."""
    share, low, high = (
        "" if each is None else numerals.format_share(each)
        for each in (band.share, band.share_low, band.share_high)
    )
    between = "" if low == high else f"{low.removesuffix(' %')}–{high}"
    return Cell(share if band.share else figures.NONE, between)


def _cells_mm(pages: Pages, count: int) -> list[float]:
    """Return the widths of the columns: all alike, or those of figures as wide as these ask for where that is more."""
    rows = pages.briefing.metrics.rows
    columns = [
        [figure.heading, *(words for row in rows for words in figure.write_cell(row))] for figure in _SHOWN
    ]
    asked = [max(fonts.measure_mm(words, _TOTAL) for words in column) + 1.2 for column in columns]
    room = pages.box.width - _ZONE_MM
    if max(asked) <= room / count:
        return [room / count] * count
    rest = (room - sum(asked)) / (count - len(asked))
    return [rest, *asked, *[rest] * (count - 1 - len(asked))]


def _blocks(briefing: Briefing) -> Iterator[Block]:
    front = briefing.front
    yield Block(sections.IN_WORDS, _HEADING)
    yield Block(briefing.scenario.summary, _BODY)
    yield Block(briefing.alt_long, _BODY, 0.8)
    if briefing.claims:
        yield Block(sections.REPORTED, _HEADING, 3)
    for speaker, reports in citing.group_by_speaker(briefing.claims, briefing.sources):
        yield Block(speaker, _TOTAL, 1.4, keeps_next=True)
        for report in reports:
            for statement in report.statements:
                yield Block(statement, _BODY, 0.8, keeps_next=statement is report.statements[-1])
            yield Block(report.source, _SOFT)
    if briefing.sources:
        yield Block(sections.TEXTS, _HEADING, 3)
    for text in citing.list_texts(briefing.sources):
        yield Block(text, _BODY, 0.8)
    if briefing.metrics.force:
        yield Block(sections.FORCES, _HEADING, 3)
        for sentence in attribution.say_forces(briefing.metrics, briefing.claims, briefing.sources):
            yield Block(sentence, _BODY, 1)
        yield Block(notes.NOT_A_POSITION, _SOFT)
    yield Block(sections.CARE, _HEADING, 3)
    for caveat in briefing.caveats:
        yield Block(caveat, _BODY, 0.6)
    yield Block(sections.MEANING, _HEADING, 3)
    yield Block(front.definition_text, _BODY)
    yield Block(briefing.distance_note, _BODY, 0.6)
    yield Block(notes.AVERAGES, _BODY, 0.6)
    yield Block(sections.FRONT, _HEADING, 3)
    yield Block(attribution.describe_drawing(front), _BODY)
    yield Block(front.method, _BODY, 0.6)
    yield Block(attribution.describe_licence(front), _SOFT, 0.6)
    bases: dict[str, list[str]] = {}
    for zone in briefing.scenario.zones:
        if zone.basis:
            bases.setdefault(zone.basis, []).append(zone.name)
    if bases:
        yield Block(sections.ZONES_DRAWN, _HEADING, 3)
    for basis, names in bases.items():
        yield Block(f"{', '.join(names)}: {basis}", _BODY, 0.6)


def _flow(pages: Pages, blocks: list[Block]) -> None:
    """Set blocks in columns, on to new pages where need be; the columns of the last page are of one height."""
    if pages.bottom - pages.top < _ROOM_FOR_TEXT_MM:
        pages.begin()
    width = (pages.box.width - (_COLUMNS - 1) * _GUTTER_MM) / _COLUMNS
    rest = _break(blocks, width, pages.bottom - pages.top)
    while rest:
        height = pages.bottom - pages.top
        lines, after = _fill(rest, height)
        while not after and height > _LEAST_COLUMN_MM:
            height -= 1
            shorter, over = _fill(rest, height)
            if over:
                break
            lines = shorter
        for column, y, line, face in lines:
            x = pages.box.left + column * (width + _GUTTER_MM)
            pages.sheet.paragraph(x, pages.top + y, width, line, face)
        rest = after
        if rest:
            pages.begin()


def _break(blocks: Sequence[Block], width: float, height: float) -> list[Piece]:
    """Break blocks into lines; in slightly smaller type where that spares a page with a few lines on it."""
    for scale in (*_SCALES, 1.0):
        pieces = [_break_block(block, width, scale) for block in blocks]
        if not _fill(pieces, height)[1]:
            break
    return pieces


def _break_block(block: Block, width: float, scale: float) -> Piece:
    face = replace(block.face, size_pt=block.face.size_pt * scale)
    is_heading = block.face is _HEADING
    lines = fonts.wrap(block.text, face, width)
    return Piece(lines, face, block.above_mm, is_heading, is_heading or block.keeps_next)


def _fill(pieces: Sequence[Piece], height: float) -> tuple[list[Line], list[Piece]]:
    """Fill the columns of a page of some height; return the lines placed and the pieces that are left over."""
    placed: list[Line] = []
    column, y = 0, 0.0
    for index, piece in enumerate(pieces):
        y += piece.above_mm if y > 0 else 0
        for number, line in enumerate(piece.lines):
            need = _kept_mm(pieces, index, number)
            if y > 0 and y + need > height + _ROUNDING_MM:
                column, y = column + 1, 0.0
            if column == _COLUMNS:
                return placed, [
                    replace(piece, lines=piece.lines[number:], above_mm=0.0),
                    *pieces[index + 1 :],
                ]
            placed.append((column, y, line, piece.face))
            y += piece.face.line_mm
        y += _BELOW_HEADING_MM if piece.is_heading else 0
    return placed, []


def _kept_mm(pieces: Sequence[Piece], index: int, number: int = 0) -> float:
    """Return the height that has to be free for a line of a piece: for the first, that of a start worth reading.

    A heading takes the start of what follows with it, as the end of a statement does with who made it.
    """
    piece = pieces[index]
    left = len(piece.lines) - number
    kept = min(left, 2) if number == 0 or piece.keeps_next else 1
    if number == 0 and left <= _SHORT:
        kept = left
    height = kept * piece.face.line_mm
    if piece.keeps_next and kept == left and index + 1 < len(pieces):
        below = _BELOW_HEADING_MM if piece.is_heading else 0.0
        height += below + pieces[index + 1].above_mm + _kept_mm(pieces, index + 1)
    return height
