"""A briefing becomes one slide: native title and table, the map with its alternative text, sources and notes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Mm, Pt

from geo import figure, style, wording
from geo.briefing import Briefing
from geo.comparison import Comparison
from geo.figure import fonts
from geo.figure.compare import TITLE
from geo.front import Front

WIDTH_MM, HEIGHT_MM = 338.667, 190.5
_MARGIN = 12.0
_TITLE_ONLY = 5  # index of that layout in python-pptx's own template
_MOST_ROWS = 9
_INK = style.PALETTE
_TABLE_MM = 118.0
_FONT = "Arial"  # on Windows and macOS; LibreOffice sets Liberation Sans, of the same widths


@dataclass(frozen=True)
class Area:
    """A place on the slide in millimetres: left, top, width, height."""

    left: float
    top: float
    width: float
    height: float

    def emu(self) -> tuple[Mm, Mm, Mm, Mm]:
        """Return the four in the unit of the format."""
        return Mm(self.left), Mm(self.top), Mm(self.width), Mm(self.height)


@dataclass(frozen=True)
class Words:
    """What a slide says: title, key sentence, both levels of alternative text, footer, notes, keywords, marking."""

    title: str
    headline: str
    alt_short: str
    alt_long: str
    footer: str
    notes: Sequence[str]
    keywords: Sequence[str]
    marking: str | None


@dataclass(frozen=True)
class Table:
    """A table of a slide: headings, rows of as many cells, whether the last is a total, place and type size."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    has_total: bool
    area: Area
    size_pt: float


def render_pptx(briefing: Briefing) -> bytes:
    """Return a presentation of one slide."""
    map_area = Area(_MARGIN, 42, WIDTH_MM - 2 * _MARGIN - _TABLE_MM - 6, 124)
    picture = figure.render_map_png(briefing, map_area.width, map_area.height)
    rows = [[row.zone, *wording.describe_cells(row)] for row in briefing.metrics.zones]
    if len(rows) > _MOST_ROWS:
        more = len(rows) - _MOST_ROWS
        rows = [*rows[:_MOST_ROWS], [f"… and {more} more zones", *[""] * 5]]
    if len(briefing.metrics.zones) > 1:
        rows.append(["All zones", *wording.describe_cells(briefing.metrics.total)])
    table_area = Area(WIDTH_MM - _MARGIN - _TABLE_MM, 42, _TABLE_MM, 8 * (len(rows) + 1))
    words = Words(
        title=briefing.scenario.title,
        headline=briefing.headline,
        alt_short=briefing.alt_short,
        alt_long=briefing.alt_long,
        footer=_footer(briefing),
        notes=_notes(briefing),
        keywords=(briefing.scenario.id, briefing.front.kind, style.format_date(briefing.front.as_of)),
        marking=briefing.marking,
    )
    table = Table(wording.COLUMNS, rows, len(briefing.metrics.zones) > 1, table_area, 9.5)
    return _build(words, briefing.front, (picture, map_area), table)


def render_comparison_pptx(comparison: Comparison) -> bytes:
    """Return a presentation of one slide with all scenarios side by side."""
    rows_mm = 8.0 * (len(comparison.briefings) + 1)
    map_area = Area(_MARGIN, 40, WIDTH_MM - 2 * _MARGIN, 125 - rows_mm)
    picture = figure.render_comparison_maps_png(comparison, map_area.width, map_area.height)
    rows = [
        [each.scenario.title, str(len(each.scenario.zones)), *wording.describe_cells(each.metrics.total)]
        for each in comparison.briefings
    ]
    first = comparison.briefings[0]
    words = Words(
        title=TITLE,
        headline=comparison.headline,
        alt_short=comparison.alt_short,
        alt_long=comparison.alt_long,
        footer=_footer(first),
        notes=[note for each in comparison.briefings for note in _notes(each)],
        keywords=[each.scenario.id for each in comparison.briefings],
        marking=first.marking,
    )
    table_area = Area(_MARGIN, 167 - rows_mm, WIDTH_MM - 2 * _MARGIN, rows_mm)
    table = Table(("Scenario", "Zones", *wording.COLUMNS[1:]), rows, False, table_area, 11.0)
    return _build(words, comparison.front, (picture, map_area), table)


def _build(words: Words, front: Front, picture: tuple[bytes, Area], table: Table) -> bytes:
    presentation = Presentation()
    _widen(presentation)
    slide = presentation.slides.add_slide(presentation.slide_layouts[_TITLE_ONLY])
    slide.background.fill.solid()
    slide.background.fill.fore_color.rgb = _rgb(_INK.paper)
    _set_title(slide, words)
    _add_text(
        slide, Area(_MARGIN, 25, WIDTH_MM - 2 * _MARGIN, 14), words.headline, size=15, name="Key sentence"
    )
    _add_picture(slide, *picture, words)
    _add_table(slide, table, words)
    _add_text(
        slide, Area(_MARGIN, 169, WIDTH_MM - 2 * _MARGIN, 14), words.footer, size=8, soft=True, name="Sources"
    )
    if words.marking:
        for top, name in ((2.5, "Marking, top"), (182.5, "Marking, bottom")):
            _add_text(
                slide,
                Area(_MARGIN, top, WIDTH_MM - 2 * _MARGIN, 6),
                words.marking,
                size=12,
                bold=True,
                centre=True,
                name=name,
            )
    slide.notes_slide.notes_text_frame.text = "\n".join(fonts.clean(note) for note in words.notes)
    _set_properties(presentation, words, front)
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


def _set_title(slide: Any, words: Words) -> None:
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = Area(_MARGIN, 9, WIDTH_MM - 2 * _MARGIN, 16).emu()
    _fill(title.text_frame, words.title, size=28, bold=True)
    title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM


def _add_text(
    slide: Any,
    area: Area,
    text: str,
    *,
    size: float,
    name: str,
    bold: bool = False,
    soft: bool = False,
    centre: bool = False,
) -> None:
    box = slide.shapes.add_textbox(*area.emu())
    box.name = name
    _fill(box.text_frame, text, size=size, bold=bold, soft=soft, centre=centre)


def _fill(
    frame: Any, text: str, *, size: float, bold: bool = False, soft: bool = False, centre: bool = False
) -> None:
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.text = fonts.clean(text)
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.CENTER if centre else PP_ALIGN.LEFT
    for run in paragraph.runs:
        run.font.size, run.font.bold, run.font.name = Pt(size), bold, _FONT
        run.font.color.rgb = _rgb(_INK.ink_soft if soft else _INK.ink)


def _add_picture(slide: Any, picture: bytes, area: Area, words: Words) -> None:
    shape = slide.shapes.add_picture(io.BytesIO(picture), *area.emu())
    shape.name = "Map"
    _describe(shape, words.alt_short, words.alt_long)


def _describe(shape: Any, title: str, description: str) -> None:
    """Give a shape its alternative text: the long one to be read out, the short one as its title."""
    about = shape._element.xpath(".//p:cNvPr")[0]
    about.set("descr", fonts.clean(description))
    about.set("title", fonts.clean(title))


def _add_table(slide: Any, content: Table, words: Words) -> None:
    headings, rows, area = content.headings, content.rows, content.area
    shape = slide.shapes.add_table(len(rows) + 1, len(headings), *area.emu())
    shape.name = "Distances"
    _describe(shape, "Distances to the front", words.alt_long)
    table = shape.table
    table.horz_banding = False
    figures = len(headings) - 1
    narrow = Mm(min(22.0, area.width * 0.66 / figures))
    table.columns[0].width = Mm(area.width) - narrow * figures
    for column in range(1, len(headings)):
        table.columns[column].width = narrow
    for number, cells in enumerate([headings, *rows]):
        table.rows[number].height = Mm(area.height / (len(rows) + 1))
        is_strong = number == 0 or (content.has_total and number == len(rows))
        for column, text in enumerate(cells):
            _fill_cell(table.cell(number, column), text, content.size_pt, right=column > 0, bold=is_strong)


def _fill_cell(cell: Any, text: str, size: float, *, right: bool, bold: bool) -> None:
    cell.fill.background()
    cell.margin_left, cell.margin_right = Mm(0.4), Mm(0.8)
    cell.margin_top = cell.margin_bottom = Mm(0.6)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.text = fonts.clean(text)
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    for run in paragraph.runs:
        run.font.size, run.font.bold, run.font.name = Pt(size), bold, _FONT
        run.font.color.rgb = _rgb(_INK.ink)
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


def _set_properties(presentation: Any, words: Words, front: Front) -> None:
    """Set title, subject and keywords; the times are the front's day, since none of writing is ever given away."""
    about = presentation.core_properties
    day = datetime(front.as_of.year, front.as_of.month, front.as_of.day)
    about.title, about.subject = fonts.clean(words.title)[:255], fonts.clean(words.alt_short)[:255]
    about.keywords, about.language = fonts.clean(", ".join(words.keywords))[:255], "en"
    about.author = about.last_modified_by = "geo"
    about.comments, about.category, about.revision = fonts.clean(words.alt_long)[:255], "", 1
    about.created = about.modified = about.last_printed = day


def _footer(briefing: Briefing) -> str:
    return " ".join(
        [
            f"Distances to the {wording.describe_front(briefing.front)}. {wording.TABLE_NOTE}.",
            *briefing.caveats,
            wording.describe_sources(briefing),
            "Reference layers: Natural Earth; GeoNames (CC BY 4.0).",
        ]
    )


def _notes(briefing: Briefing) -> list[str]:
    claims = [
        f"{claim.statement} {wording.describe_attribution(claim, briefing)}." for claim in briefing.claims
    ]
    return [
        briefing.alt_long,
        briefing.front.definition_text,
        briefing.distance_note,
        *briefing.caveats,
        *claims,
        wording.describe_sources(briefing),
        briefing.basemap.border_note,
        *briefing.credits,
    ]


def _rgb(colour: str) -> Any:
    return RGBColor(*bytes.fromhex(colour.removeprefix("#")))  # type: ignore[no-untyped-call] # python-pptx has none
