"""What a slide is put together from: text boxes, each with its name and description."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Mm, Pt

from geo.renderers import style
from geo.renderers.figure import fonts
from geo.renderers.slides.fitting import Fitted

FONT = "Arial"  # on Windows and macOS; LibreOffice sets Liberation Sans, of the same widths
LEAST_PT = 12.0
"""Nothing on a slide is set smaller: it is read from the last row."""
ALIGN = {"left": PP_ALIGN.LEFT, "center": PP_ALIGN.CENTER, "right": PP_ALIGN.RIGHT}
_INK = style.PALETTE


@dataclass(frozen=True)
class Area:
    """A place on the slide in millimetres: left, top, width, height."""

    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """Where the next thing may begin."""
        return self.top + self.height

    def emu(self) -> tuple[Mm, Mm, Mm, Mm]:
        """Return the four in the unit of the format."""
        return Mm(self.left), Mm(self.top), Mm(self.width), Mm(self.height)


def add_text(
    slide: Any,
    name: str,
    left: float,
    top: float,
    width: float,
    fitted: Fitted | Sequence[Fitted],
    *,
    bold: bool = False,
    colour: str = _INK.ink,
    align: str = "left",
    gap_mm: float = 0.0,
) -> float:
    """Add a text box of one paragraph or several with a gap between them; return the y below."""
    paragraphs = [fitted] if isinstance(fitted, Fitted) else list(fitted)
    height = sum(each.height_mm for each in paragraphs) + gap_mm * (len(paragraphs) - 1)
    box = slide.shapes.add_textbox(*Area(left, top, width, height).emu())
    box.name = name
    fill_frame(box.text_frame, paragraphs, bold=bold, colour=colour, align=align)
    for paragraph in box.text_frame.paragraphs[1:]:
        paragraph.space_before = Mm(gap_mm)
    return top + height


def fill_frame(
    frame: Any,
    paragraphs: Sequence[Fitted],
    *,
    bold: bool = False,
    colour: str = _INK.ink,
    align: str = "left",
) -> None:
    """Fill a text frame without margins."""
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.text = "\n".join(fonts.bind(fonts.plain(each.text)) for each in paragraphs)
    for paragraph, each in zip(frame.paragraphs, paragraphs, strict=True):
        set_type(paragraph, each.size_pt, bold=bold, colour=colour, align=align)


def set_type(paragraph: Any, size_pt: float, *, bold: bool, colour: str, align: str) -> None:
    """Set size, weight, colour and alignment of a paragraph."""
    paragraph.alignment = ALIGN[align]
    for run in paragraph.runs:
        run.font.size, run.font.bold, run.font.name = Pt(size_pt), bold, FONT
        run.font.color.rgb = rgb(colour)


def set_alternative(shape: Any, name: str, title: str, description: str) -> None:
    """Give a shape its name and its alternative text: the long one to be read out, the short one as its title."""
    shape.name = name
    about = shape._element.xpath(".//p:cNvPr")[0]
    about.set("descr", fonts.plain(description))
    about.set("title", fonts.plain(title))


def rgb(colour: str) -> Any:
    """Return a colour of `geo.renderers.style` as python-pptx takes it."""
    return RGBColor(*bytes.fromhex(colour.removeprefix("#")))  # type: ignore[no-untyped-call] # it has no types
