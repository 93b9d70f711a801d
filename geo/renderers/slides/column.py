"""What stands beside the map of a slide: the nearest zones, what numbers mean, what to read with care."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from geo.briefing import notes, sections
from geo.briefing.briefing import Briefing
from geo.measuring import figures
from geo.measuring.figures import Output
from geo.measuring.metrics import ZoneMetrics
from geo.renderers.slides import fitting, shapes, table
from geo.renderers.slides.fitting import Fitted
from geo.renderers.slides.shapes import LEAST_PT, Area
from geo.renderers.slides.table import SlideTable

WIDTH_MM = 98.0
MOST_ROWS = 5
"""More zones than these are not read from a slide; the others are counted, and stand on the page and in the PDF."""
_NAME_LINES = (4, 3, 2)
_HEADING_PT = 14.0
_FIGURES_MM = 21.0
_GAP_MM, _BETWEEN_MM = 4.0, 1.2
HEADINGS = tuple(f"{figure.heading}\v{figure.unit.symbol}" for figure in figures.find_figures(Output.SLIDE))
"""Of the figures of a narrow table."""


@dataclass(frozen=True)
class _Content:
    """What the table holds: zones by their place (from 0), names in so many lines at most."""

    briefing: Briefing
    listed: Sequence[int]
    name_lines: int

    def build(self, *, has_numbers: bool) -> SlideTable:
        """Return the table: zones with their number where the map has it, how many more, the total."""
        metrics = self.briefing.metrics
        rows = [(index + 1, metrics.zones[index]) for index in self.listed]
        cells = [
            [f"{number}  {row.zone}" if has_numbers else row.zone, *write_cells(row, Output.SLIDE)]
            for number, row in rows
        ]
        if more := len(metrics.zones) - len(self.listed):
            cells.append([notes.REST.format(more), *[""] * len(HEADINGS)])
        has_total = len(metrics.zones) > 1
        if has_total:
            cells.append([metrics.total.zone, *write_cells(metrics.total, Output.SLIDE)])
        headings = (sections.ZONE, *HEADINGS)
        return SlideTable(headings, cells, has_total, WIDTH_MM, LEAST_PT, _FIGURES_MM, self.name_lines)


def write_cells(row: ZoneMetrics, output: Output) -> list[str]:
    """Return the figures of a row; between what one lies stands beneath it, after a vertical tab."""
    return ["\v".join(filter(None, cell)) for cell in figures.write_cells(row, output)]


def add_column(
    slide: Any, briefing: Briefing, area: Area, caveats: Sequence[str], numbered: Collection[int], about: str
) -> None:
    """Fill the column; ``numbered`` are the zones (from 0) that have their number on the map instead of their name."""
    content = _plan_table(briefing, area.height - _GAP_MM - _least_mm(caveats))
    native = content.build(has_numbers=bool(numbered))
    y = table.add_table(slide, native, area.left, area.top, about) + _GAP_MM
    if unlisted := sorted(set(numbered) - set(content.listed)):
        y = _add_key(slide, briefing, unlisted, area, y, area.bottom - y - _GAP_MM - _least_mm(caveats))
    _add_caveats(slide, caveats, area, y)


def _plan_table(briefing: Briefing, room_mm: float) -> _Content:
    """Return what of the zones fits: the nearest, as many as are read, their names whole where there is room."""
    nearest = briefing.metrics.nearest_first
    for most in range(min(len(nearest), MOST_ROWS), 0, -1):
        for name_lines in _NAME_LINES:
            content = _Content(briefing, nearest[:most], name_lines)
            if sum(content.build(has_numbers=True).heights_mm) <= room_mm:
                return content
    return _Content(briefing, nearest[:1], 1)


def _add_key(
    slide: Any, briefing: Briefing, unlisted: Sequence[int], area: Area, top: float, room_mm: float
) -> float:
    """Add which zones the numbers on the map mean that are not in the table, as many as fit; return the y below."""
    zones = briefing.metrics.zones
    entries = [f"{index + 1}\N{NO-BREAK SPACE}{zones[index].zone}" for index in unlisted]
    heading = fitting.fit(sections.NUMBERS, area.width, [(_HEADING_PT, 1)])
    for count in range(len(entries), 0, -1):
        rest = [notes.REST_IN_NOTES.format(len(entries) - count)] if count < len(entries) else []
        words = fitting.fit(" · ".join([*entries[:count], *rest]), area.width, [(LEAST_PT, 99)])
        if heading.height_mm + words.height_mm + _GAP_MM <= room_mm:
            y = shapes.add_text(slide, "Numbers, heading", area.left, top, area.width, heading, bold=True)
            return shapes.add_text(slide, "Numbers", area.left, y, area.width, words) + _GAP_MM
    return top


def _fit_caveats(caveats: Sequence[str]) -> list[Fitted]:
    return [fitting.fit(words, WIDTH_MM, [(LEAST_PT, 99)]) for words in caveats]


def _rest(count: int) -> list[Fitted]:
    """Return the line that says how many caveats stand in the notes alone."""
    return [fitting.fit(notes.REST_IN_NOTES.format(count), WIDTH_MM, [(LEAST_PT, 1)])] if count else []


def _height_mm(paragraphs: Sequence[Fitted]) -> float:
    return sum(each.height_mm + _BETWEEN_MM for each in paragraphs) + fitting.line_mm(_HEADING_PT)


def _least_mm(caveats: Sequence[str]) -> float:
    """Return the height for the caveat that is most needed, which is the first."""
    return _height_mm([*_fit_caveats([_shorten(caveats[0])]), *_rest(len(caveats) - 1)])


def _shorten(caveat: str) -> str:
    """Return a caveat in no more lines than the most needed one of a scenario has."""
    return fitting.fit(caveat, WIDTH_MM, [(LEAST_PT, 4)]).text


def _add_caveats(slide: Any, caveats: Sequence[str], area: Area, top: float) -> None:
    """Add as many caveats as fit below y, and say how many more stand in the notes."""
    fitted = _fit_caveats(caveats)
    shown = next(
        (
            [*fitted[:count], *_rest(len(fitted) - count)]
            for count in range(len(fitted), 0, -1)
            if top + _height_mm([*fitted[:count], *_rest(len(fitted) - count)]) <= area.bottom
        ),
        [*_fit_caveats([_shorten(caveats[0])]), *_rest(len(fitted) - 1)],
    )
    heading = fitting.fit(sections.CARE, area.width, [(_HEADING_PT, 1)])
    y = shapes.add_text(slide, "Caveats, heading", area.left, top, area.width, heading, bold=True)
    shapes.add_text(slide, "Caveats", area.left, y + _BETWEEN_MM, area.width, shown, gap_mm=_BETWEEN_MM)
