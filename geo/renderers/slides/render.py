"""A briefing or a comparison becomes the bytes of a presentation of one slide."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Mm

from geo.briefing import notes, sections
from geo.briefing.briefing import Briefing
from geo.briefing.comparison import Comparison, name_zones
from geo.measuring import figures
from geo.measuring.figures import Output
from geo.measuring.metrics import ZoneMetrics
from geo.renderers import figure, style
from geo.renderers.figure import fonts
from geo.renderers.slides import bars, fitting, shapes, table
from geo.renderers.slides.fitting import Fitted
from geo.renderers.slides.shapes import Area
from geo.renderers.slides.table import SlideTable
from geo.renderers.slides.words import Words, describe_briefing, describe_comparison

WIDTH_MM, HEIGHT_MM = 338.667, 190.5
_MARGIN = 12.0
_BODY_MM = WIDTH_MM - 2 * _MARGIN
_TITLE_ONLY = 5  # index of that layout in python-pptx's own template
_COLUMN_MM = 120.0
_GUTTER_MM = 7.0
_GAP_MM = 4.0
_TITLE = ((28, 1), (24, 1), (20, 2), (17, 2))
_HEADLINE = ((15, 2), (13, 2), (12, 3), (10.5, 3))
_FOOTER = ((8, 3), (7.5, 4), (7, 6), (6, 9))
_CAVEAT = (10.0, 9.0, 8.0, 7.0)
_ZONES = ((10, 2), (9, 3), (8, 4), (7, 6))
_MARKING = ((12, 1), (10, 1), (8, 1), (6.5, 1))
_BETWEEN_MM = 0.8
_MOST_ROWS = 40  # more do not fit, however low they are
_HEADINGS = tuple(f"{figure.heading}\v{figure.unit.symbol}" for figure in figures.find_figures(Output.SLIDE))
_INK = style.PALETTE


def render_pptx(briefing: Briefing) -> bytes:
    """Return a presentation of one slide: map on the left, table, bands and caveats on the right."""

    def fill(slide: Any, words: Words, body: Area) -> None:
        column = Area(body.left + body.width - _COLUMN_MM, body.top, _COLUMN_MM, body.height)
        room = Area(body.left, body.top, body.width - _COLUMN_MM - _GUTTER_MM, body.height)
        caveats = _fit_caveats(words.caveats, column.height * 0.3)
        caveats_mm = sum(each.height_mm + _BETWEEN_MM for each in caveats) + fitting.line_mm(11)
        spare = 2 * _GAP_MM + caveats_mm
        content = _plan_table(briefing, column.height - bars.height_mm(1, bars.ROWS_MM[0]) - spare)
        printout = figure.build_map(briefing, room.width, room.height, listed=content.listed)
        _add_map(slide, figure.render_png(printout), room, words)
        rows = content.name_rows(has_numbers=bool(printout.maps[0].numbered))
        native = content.build(rows)
        y = table.add_table(slide, native, column.left, column.top, words.alt_long)
        bar_mm = _choose_bars(len(rows), column.bottom - y - spare)
        shown = rows if bar_mm and len(rows) == len(briefing.metrics.zones) else []
        total = [(briefing.metrics.total.zone, briefing.metrics.total)]
        y = bars.add_bars(
            slide, shown or total, column.left, y + _GAP_MM, column.width, bar_mm or bars.ROWS_MM[0]
        )
        heading = fitting.fit(sections.CARE, column.width, [(11, 1)])
        y = shapes.add_text(
            slide, "Caveats, heading", column.left, y + _GAP_MM, column.width, heading, bold=True
        )
        shapes.add_text(
            slide, "Caveats", column.left, y + _BETWEEN_MM, column.width, caveats, gap_mm=_BETWEEN_MM
        )

    return _build(describe_briefing(briefing), fill)


def render_comparison_pptx(comparison: Comparison) -> bytes:
    """Return a presentation of one slide with all scenarios side by side."""

    def fill(slide: Any, words: Words, body: Area) -> None:
        rows = [
            [
                each.scenario.title,
                str(len(each.scenario.zones)),
                *write_cells(each.metrics.total),
            ]
            for each in comparison.briefings
        ]
        content = SlideTable(
            (sections.SCENARIO, sections.ZONES, *_HEADINGS), rows, False, body.width, 11.0, 22.0, 1
        )
        step = (body.width + figure.GUTTER_MM) / len(rows)
        zones = [
            fitting.fit(" · ".join(each), step - figure.GUTTER_MM, _ZONES) for each in name_zones(comparison)
        ]
        zones_mm = max(each.height_mm for each in zones)
        room = Area(body.left, body.top, body.width, body.height - sum(content.heights_mm) - zones_mm - 4)
        printout = figure.build_comparison_maps(comparison, room.width, room.height)
        _add_map(slide, figure.render_png(printout), room, words)
        for index, (each, fitted) in enumerate(zip(comparison.briefings, zones, strict=True)):
            name, left = f"Zones of {each.scenario.title}", body.left + index * step
            shapes.add_text(
                slide, name, left, room.bottom + 1, step - figure.GUTTER_MM, fitted, colour=_INK.zone_text
            )
        table.add_table(slide, content, body.left, room.bottom + zones_mm + 3, words.alt_long)

    return _build(describe_comparison(comparison), fill)


@dataclass(frozen=True)
class _Content:
    """What the table of a briefing holds: zones by their place (from 0), names in so many lines at most."""

    briefing: Briefing
    listed: Sequence[int]
    name_lines: int

    def name_rows(self, *, has_numbers: bool) -> list[tuple[str, ZoneMetrics]]:
        """Return the zones listed, with the number by which the map may name them."""
        rows = [(index + 1, self.briefing.metrics.zones[index]) for index in self.listed]
        return [(f"{number}  {row.zone}" if has_numbers else row.zone, row) for number, row in rows]

    def build(self, rows: Sequence[tuple[str, ZoneMetrics]]) -> SlideTable:
        """Return the table of these rows, how many more there are, and the total."""
        metrics = self.briefing.metrics
        cells = [[name, *write_cells(row)] for name, row in rows]
        if more := len(metrics.zones) - len(self.listed):
            cells.append([notes.REST.format(more), *[""] * len(_HEADINGS)])
        if len(metrics.zones) > 1:
            cells.append([metrics.total.zone, *write_cells(metrics.total)])
        has_total = len(metrics.zones) > 1
        return SlideTable(
            (sections.ZONE, *_HEADINGS), cells, has_total, _COLUMN_MM, 9.5, 15.2, self.name_lines
        )


def write_cells(row: ZoneMetrics) -> list[str]:
    """Return the figures of a row; between what one lies stands beneath it, after a vertical tab."""
    return ["\v".join(filter(None, cell)) for cell in figures.write_cells(row, Output.SLIDE)]


def _plan_table(briefing: Briefing, room_mm: float) -> _Content:
    """Return what of the zones fits: all, names in two lines or in one, else the nearest."""
    count = len(briefing.metrics.zones)
    zones = briefing.metrics.zones
    nearest = sorted(range(count), key=lambda index: zones[index].nearest_km)
    plans = [(min(count, _MOST_ROWS), 2), *((most, 1) for most in range(min(count, _MOST_ROWS), 0, -1))]
    for most, name_lines in plans:
        listed = range(count) if most == count else nearest[:most]
        content = _Content(briefing, listed, name_lines)
        if sum(content.build(content.name_rows(has_numbers=True)).heights_mm) <= room_mm:
            return content
    return _Content(briefing, nearest[:1], 1)


def _choose_bars(count: int, room_mm: float) -> float | None:
    """Return the room for each of so many bars, None where they do not fit."""
    return next((row_mm for row_mm in bars.ROWS_MM if bars.height_mm(count, row_mm) <= room_mm), None)


def _fit_caveats(caveats: Sequence[str], most_mm: float) -> list[Fitted]:
    """Return every caveat as a paragraph, in the largest type in which all of them fit."""
    fitted: list[Fitted] = []
    for size in _CAVEAT:
        fitted = [fitting.fit(words, _COLUMN_MM, [(size, 99)]) for words in caveats]
        if sum(each.height_mm for each in fitted) <= most_mm:
            break
    while len(fitted) > 1 and sum(each.height_mm for each in fitted) > most_mm:
        fitted = fitted[:-1]
    left = len(caveats) - len(fitted)
    more = [fitting.fit(notes.REST_IN_NOTES.format(left), _COLUMN_MM, [(_CAVEAT[-1], 1)])] if left else []
    return [*fitted, *more]


def _add_map(slide: Any, picture: bytes, area: Area, words: Words) -> None:
    shape = slide.shapes.add_picture(io.BytesIO(picture), *area.emu())
    shapes.set_alternative(shape, "Map", words.alt_short, words.alt_long)


def _build(words: Words, fill: Callable[[Any, Words, Area], None]) -> bytes:
    """Build the slide: title and key sentence above, sources below, each as high as need be; fill what is left."""
    presentation = Presentation()
    _widen(presentation)
    slide = presentation.slides.add_slide(presentation.slide_layouts[_TITLE_ONLY])
    slide.background.fill.solid()
    slide.background.fill.fore_color.rgb = shapes.rgb(_INK.paper)
    top = _set_title(slide, fitting.fit(words.title, _BODY_MM, _TITLE))
    headline = fitting.fit(words.headline, _BODY_MM, _HEADLINE)
    top = shapes.add_text(slide, "Key sentence", _MARGIN, top, _BODY_MM, headline) + _GAP_MM
    footer = fitting.fit(words.footer, _BODY_MM, _FOOTER)
    bottom = HEIGHT_MM - 9 - footer.height_mm
    shapes.add_text(slide, "Sources", _MARGIN, bottom, _BODY_MM, footer, colour=_INK.ink_soft)
    fill(slide, words, Area(_MARGIN, top, _BODY_MM, bottom - 3 - top))
    if words.marking:
        marking = fitting.fit(words.marking, _BODY_MM, _MARKING)
        for y, name in ((2.5, "Marking, top"), (HEIGHT_MM - 7.5, "Marking, bottom")):
            shapes.add_text(slide, name, _MARGIN, y, _BODY_MM, marking, bold=True, align="center")
    slide.notes_slide.notes_text_frame.text = "\n".join(fonts.plain(note) for note in words.notes)
    _set_properties(presentation, words)
    stream = io.BytesIO()
    presentation.save(stream)
    return stream.getvalue()


def _widen(presentation: Any) -> None:
    """Make the template's 4:3 slides 16:9, the placeholders of its layouts with them."""
    factor = Mm(WIDTH_MM) / presentation.slide_width
    presentation.slide_width, presentation.slide_height = Mm(WIDTH_MM), Mm(HEIGHT_MM)
    for holder in (presentation.slide_master, *presentation.slide_layouts):
        for shape in holder.placeholders:
            if shape._element.spPr.xfrm is not None:
                shape.left, shape.width = int(shape.left * factor), int(shape.width * factor)


def _set_title(slide: Any, fitted: Fitted) -> float:
    """Fill the slide's own title; return the y below."""
    area = Area(_MARGIN, 10, _BODY_MM, fitted.height_mm + 1)
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = area.emu()
    shapes.fill_frame(title.text_frame, [fitted], bold=True)
    title.text_frame.vertical_anchor = MSO_ANCHOR.TOP
    return area.bottom


def _set_properties(presentation: Any, words: Words) -> None:
    """Set title, subject and keywords; the times are the front's day, since none of writing is ever given away."""
    about, as_of = presentation.core_properties, words.front.as_of
    about.title, about.subject = fonts.plain(words.title)[:255], fonts.plain(words.alt_short)[:255]
    about.keywords, about.language = fonts.plain(", ".join(words.keywords))[:255], "en"
    about.author = about.last_modified_by = "geo"
    about.comments, about.category, about.revision = fonts.plain(words.alt_long)[:255], "", 1
    about.created = about.modified = about.last_printed = datetime(as_of.year, as_of.month, as_of.day)
