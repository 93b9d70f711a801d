"""The table of a slide: native, so that it can be edited, and measured before it is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.util import Mm

from geo.briefing import sections
from geo.measuring.figures import NONE
from geo.renderers import style
from geo.renderers.figure import fonts
from geo.renderers.slides import fitting, shapes
from geo.renderers.slides.shapes import Area

_INK = style.PALETTE
_RIM_MM = (0.4, 0.8)
_PADDING_MM = 0.8
_LEAST_MM = 5.9


@dataclass(frozen=True)
class SlideTable:
    """A table: headings, rows of as many cells, whether the last is a total, its width and its size of type.

    The first column has names, in at most ``name_lines``; the others have figures and are at least ``figures_mm`` wide.
    A vertical tab breaks a heading, a name or a figure; what stands after it is not bold.
    """

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    has_total: bool
    width_mm: float
    size_pt: float
    figures_mm: float
    name_lines: int

    @property
    def widths_mm(self) -> list[float]:
        """The width of each column: of figures as given, or wider where one asks for it; names have the rest."""
        columns = list(zip(*self.rows, strict=True))[1:]
        figures = [max(self.figures_mm, *map(self._measure_mm, column)) for column in columns]
        return [self.width_mm - sum(figures), *figures]

    def _measure_mm(self, figure: str) -> float:
        return max(fitting.measure_mm(line, self.size_pt) for line in figure.split("\v")) + sum(_RIM_MM) + 0.5

    @property
    def heights_mm(self) -> list[float]:
        """The height of the headings and of each row."""
        lines = [max(heading.count("\v") for heading in self.headings) + 1]
        lines += [
            max(len(self.break_name(row[0])), *(figure.count("\v") + 1 for figure in row[1:]))
            for row in self.rows
        ]
        return [max(_LEAST_MM, count * fitting.line_mm(self.size_pt) + 2 * _PADDING_MM) for count in lines]

    def break_name(self, name: str) -> list[str]:
        """Return a name in as many lines as it takes, the last one cut if it takes too many."""
        return [line for part in self.break_parts(name) for line in part]

    def break_parts(self, name: str) -> list[list[str]]:
        """Return the same for the name and for what stands beneath it after a vertical tab, which is whole."""
        width = self.widths_mm[0] - sum(_RIM_MM) - 0.5
        first, *others = name.split("\v")
        lines = fitting.wrap(first, self.size_pt, width, max_lines=self.name_lines) or [NONE]
        return [lines, *(fitting.wrap(each, self.size_pt, width) for each in others)]


def add_table(slide: Any, table: SlideTable, left: float, top: float, alt_long: str) -> float:
    """Add a table to a slide; return the y below."""
    heights = table.heights_mm
    area = Area(left, top, table.width_mm, sum(heights))
    shape = slide.shapes.add_table(len(table.rows) + 1, len(table.headings), *area.emu())
    shapes.set_alternative(shape, "Distances", sections.DISTANCES, alt_long)
    native = shape.table
    native.horz_banding = False
    for column, width in enumerate(table.widths_mm):
        native.columns[column].width = Mm(width)
    for number, cells in enumerate([table.headings, *table.rows]):
        native.rows[number].height = Mm(heights[number])
        is_strong = number == 0 or (table.has_total and number == len(table.rows))
        for column, text in enumerate(cells):
            words = text if number == 0 else "\v".join(map(fonts.plain, text.split("\v")))
            is_name = column == 0 and number > 0
            if is_name:
                parts = [" ".join(lines) for lines in table.break_parts(text)]
                words = "\v".join(parts).replace("\N{NO-BREAK SPACE}", " ")
            bold = is_strong or (is_name and "\v" in text)
            cell = native.cell(number, column)
            _fill_cell(cell, words, table.size_pt, right=column > 0, bold=bold)
            if "\v" in cells[0]:  # a figure stands beside the name, not beside what stands beneath that
                cell.vertical_anchor = MSO_ANCHOR.TOP
    return area.bottom


def _fill_cell(cell: Any, text: str, size: float, *, right: bool, bold: bool) -> None:
    cell.fill.background()
    cell.margin_left, cell.margin_right = (Mm(rim) for rim in _RIM_MM)
    cell.margin_top = cell.margin_bottom = Mm(0.5)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.text = text
    align = "right" if right else "left"
    paragraph = cell.text_frame.paragraphs[0]
    shapes.set_type(paragraph, size, bold=bold, colour=_INK.ink, align=align)
    for run in paragraph.runs[1:]:
        run.font.bold = False
    _rule_cell(cell)


def _rule_cell(cell: Any) -> None:
    """Draw a fine line above and below a cell, which python-pptx has no call for."""
    properties = cell._tc.get_or_add_tcPr()
    for position, side in enumerate(("a:lnT", "a:lnB")):  # borders come before the fill
        line = properties.makeelement(qn(side), {"w": "6350"})
        fill = line.makeelement(qn("a:solidFill"), {})
        fill.append(fill.makeelement(qn("a:srgbClr"), {"val": _INK.border.removeprefix("#")}))
        line.append(fill)
        properties.insert(position, line)
