"""A briefing or a comparison becomes the bytes of a presentation of one slide."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Mm

from geo.briefing import notes
from geo.briefing.briefing import Briefing
from geo.briefing.comparison import Comparison, name_zones
from geo.renderers import figure, style
from geo.renderers.figure import fonts
from geo.renderers.slides import column, compared, fitting, natives, shapes
from geo.renderers.slides.fitting import Fitted
from geo.renderers.slides.shapes import LEAST_PT, Area
from geo.renderers.slides.words import Words, describe_briefing, describe_comparison, is_stack

WIDTH_MM, HEIGHT_MM = 338.667, 190.5
_MARGIN = 12.0
_BODY_MM = WIDTH_MM - 2 * _MARGIN
_TITLE_ONLY = 5  # index of that layout in python-pptx's own template
_GUTTER_MM = 7.0
_GAP_MM = 4.0
_TITLE = ((28, 1), (24, 1), (20, 2), (17, 2))
_HEADLINE = ((16, 2), (14, 2), (LEAST_PT, 2), (LEAST_PT, 3))
_MOST_FOOTER = 4  # lines
_MARKING = ((LEAST_PT, 2),)
_EDGE_MM, _TOP_MM = 2.5, 10.0
_INK = style.PALETTE


def render_pptx(briefing: Briefing) -> bytes:
    """Return a presentation of one slide: the map as shapes, beside it the nearest zones and what to read with care."""
    count = len(briefing.scenario.zones)
    numbered: list[int] = []

    def fill(slide: Any, words: Words, body: Area) -> None:
        width = body.width - column.WIDTH_MM - _GUTTER_MM
        room = Area(body.left, body.top, width, body.height)
        printout = figure.build_map(briefing, room.width, room.height, listed=range(count))
        numbered.extend(sorted(printout.maps[0].numbered))
        natives.add_map(slide, printout.drawing, room, words.alt_short, words.alt_long)
        beside = Area(body.left + width + _GUTTER_MM, body.top, column.WIDTH_MM, body.height)
        column.add_column(slide, briefing, beside, words.caveats, numbered, words.alt_long)

    def note() -> list[str]:
        return notes.list_numbers([(index + 1, briefing.scenario.zones[index].name) for index in numbered])

    return _build(describe_briefing(briefing), fill, note)


def render_comparison_pptx(comparison: Comparison) -> bytes:
    """Return a presentation of one slide with all scenarios side by side."""

    def fill(slide: Any, words: Words, body: Area) -> None:
        add = compared.add_stack if is_stack(comparison) else compared.add_rows
        add(slide, comparison, words, body)

    def note() -> list[str]:
        return [" · ".join(each) for each in name_zones(comparison)]

    return _build(describe_comparison(comparison), fill, note)


def _build(words: Words, fill: Callable[[Any, Words, Area], None], note: Callable[[], list[str]]) -> bytes:
    """Build the slide: title and key sentence above, sources below, each as high as need be; fill what is left.

    ``note`` says what else has to stand in the notes, once the slide is filled.
    """
    presentation = Presentation()
    _widen(presentation)
    slide = presentation.slides.add_slide(presentation.slide_layouts[_TITLE_ONLY])
    slide.background.fill.solid()
    slide.background.fill.fore_color.rgb = shapes.rgb(_INK.paper)
    marking = fitting.fit(words.marking or "", _BODY_MM, _MARKING)
    edge = max(_TOP_MM, _EDGE_MM + marking.height_mm + 1) if words.marking else _TOP_MM
    top = _set_title(slide, fitting.fit(words.title, _BODY_MM, _TITLE), edge)
    headline = _fit_headline([words.headline, *words.briefs])
    top = shapes.add_text(slide, "Key sentence", _MARGIN, top, _BODY_MM, headline) + _GAP_MM
    footer = _fit_footer(words.footer)
    bottom = HEIGHT_MM - (edge if words.marking else _EDGE_MM * 2) - footer.height_mm
    fill(slide, words, Area(_MARGIN, top, _BODY_MM, bottom - 2 - top))
    shapes.add_text(slide, "Sources", _MARGIN, bottom, _BODY_MM, footer, colour=_INK.ink_soft)
    if words.marking:
        for y, name in (
            (_EDGE_MM, "Marking, top"),
            (HEIGHT_MM - _EDGE_MM - marking.height_mm, "Marking, bottom"),
        ):
            shapes.add_text(slide, name, _MARGIN, y, _BODY_MM, marking, bold=True, align="center")
    said = [*note(), *words.notes]
    slide.notes_slide.notes_text_frame.text = "\n".join(fonts.plain(each) for each in said)
    _set_properties(presentation, words)
    stream = io.BytesIO()
    presentation.save(stream)
    return stream.getvalue()


def _fit_headline(forms: Sequence[str]) -> Fitted:
    """Return the first of several headlines that takes two lines, else the last."""
    for form in forms[:-1]:
        if len(fitting.wrap(form, LEAST_PT, _BODY_MM)) <= 2:
            return fitting.fit(form, _BODY_MM, _HEADLINE)
    return fitting.fit(forms[-1], _BODY_MM, _HEADLINE)


def _fit_footer(sentences: Sequence[str]) -> Fitted:
    """Return as many of some sentences as fit, and how many more stand in the notes."""
    return fitting.fit_most(sentences, " ", _BODY_MM, (LEAST_PT, _MOST_FOOTER), notes.REST_IN_NOTES)


def _widen(presentation: Any) -> None:
    """Make the template's 4:3 slides 16:9, the placeholders of its layouts with them."""
    factor = Mm(WIDTH_MM) / presentation.slide_width
    presentation.slide_width, presentation.slide_height = Mm(WIDTH_MM), Mm(HEIGHT_MM)
    for holder in (presentation.slide_master, *presentation.slide_layouts):
        for shape in holder.placeholders:
            if shape._element.spPr.xfrm is not None:
                shape.left, shape.width = int(shape.left * factor), int(shape.width * factor)


def _set_title(slide: Any, fitted: Fitted, top: float) -> float:
    """Fill the slide's own title; return the y below."""
    area = Area(_MARGIN, top, _BODY_MM, fitted.height_mm + 1)
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
