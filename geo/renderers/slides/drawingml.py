"""The XML of shapes on a slide: python-pptx has no call for areas with holes, dashes, or halos of letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls

from geo.renderers.figure import fonts
from geo.renderers.figure.placement import Box
from geo.renderers.figure.sheet import CLOSE, MOVE

_EMU_PER_MM, _EMU_PER_PT = 36_000, 12_700
_STEPS_PER_MM = 100  # in which the points of an outline are written
_DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
_ALIGN = {"left": "l", "center": "ctr", "right": "r"}

Line = tuple[str, str, float, bool, bool, str]
"""Words, font, size in points, bold, italic, colour."""


class Ids:
    """The numbers of shapes, each given once."""

    def __init__(self, first: int) -> None:
        self._next = first

    def take(self) -> int:
        """Return the next number."""
        self._next += 1
        return self._next - 1


@dataclass(frozen=True)
class Style:
    """How a shape is filled and drawn; None for what it has not, widths in points, dashes as multiples of the width."""

    fill: str | None = None
    line: str | None = None
    width_pt: float = 0.5
    alpha: float = 1.0
    dashes: tuple[float, ...] = ()
    is_round: bool = False


@dataclass(frozen=True)
class Words:
    """The lines of a text, how they are aligned, and the width in millimetres and colour of a halo."""

    lines: Sequence[Line]
    align: str
    halo: tuple[float, str] | None


def parse(xml: str) -> Any:
    """Return the element of a shape."""
    return parse_xml(xml.replace(">", f" {nsdecls('a', 'p', 'r')}>", 1))


def write_group(
    number: int, name: str, box: Box, children: Sequence[str], *, decorative: bool = False
) -> str:
    """Return a group of shapes, which have the slide's own coordinates."""
    frame = _write_frame(box).replace("<a:xfrm>", "").replace("</a:xfrm>", "")
    child = frame.replace("a:off", "a:chOff").replace("a:ext", "a:chExt")
    about = _write_name(number, name, decorative=decorative)
    return (
        f"<p:grpSp><p:nvGrpSpPr>{about}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
        f"<p:grpSpPr><a:xfrm>{frame}{child}</a:xfrm></p:grpSpPr>{''.join(children)}</p:grpSp>"
    )


def mark_decorative(shape: str) -> str:
    """Return a shape that screen readers pass over."""
    head, end, rest = shape.partition("/>")
    return f"{head}>{_DECORATIVE}</p:cNvPr>{rest}" if end else shape


def write_path(number: int, name: str, points: Any, codes: Any, style: Style) -> str:
    """Return areas or lines through points (n, 2) in millimetres as one shape; a ring within a ring is a hole."""
    (left, top), (right, bottom) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    steps = ((points - (left, top)) * _STEPS_PER_MM).round().astype(int).tolist()
    width, height = (max(1, round(side * _STEPS_PER_MM)) for side in (right - left, bottom - top))
    drawn = []
    for (x, y), code in zip(steps, codes.tolist(), strict=True):
        if code == CLOSE:
            drawn.append("<a:close/>")
        else:
            tag = "moveTo" if code == MOVE else "lnTo"
            drawn.append(f'<a:{tag}><a:pt x="{x}" y="{y}"/></a:{tag}>')
    fill = "" if style.fill else ' fill="none"'
    geometry = (
        "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        '<a:rect l="0" t="0" r="r" b="b"/>'
        f'<a:pathLst><a:path w="{width}" h="{height}"{fill}>{"".join(drawn)}</a:path></a:pathLst></a:custGeom>'
    )
    return _write_shape(number, name, Box(left, top, right, bottom), geometry, style)


def write_rectangle(number: int, name: str, box: Box, style: Style, *, form: str = "rect") -> str:
    """Return a rectangle, or another of the forms that office programs know."""
    return _write_shape(number, name, box, _write_form(form), style)


def write_plate(number: int, name: str, box: Box, style: Style, words: Words) -> str:
    """Return words on a plate with round ends."""
    form = '<a:prstGeom prst="roundRect"><a:avLst><a:gd name="adj" fmla="val 50000"/></a:avLst></a:prstGeom>'
    return _write_shape(number, name, box, form, style, body=_write_words(words))


def write_text(number: int, name: str, box: Box, words: Words, *, turn: float = 0.0) -> str:
    """Return lines of text in the middle of a box, which is turned by so many degrees, clockwise."""
    return _write_shape(number, name, box, _write_form("rect"), Style(), body=_write_words(words), turn=turn)


def _write_form(form: str) -> str:
    return f'<a:prstGeom prst="{form}"><a:avLst/></a:prstGeom>'


def _write_shape(
    number: int, name: str, box: Box, geometry: str, style: Style, *, body: str = "", turn: float = 0.0
) -> str:
    fill = _write_fill(style.fill, style.alpha) if style.fill else "<a:noFill/>"
    return (
        f"<p:sp><p:nvSpPr>{_write_name(number, name)}<p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
        f"<p:spPr>{_write_frame(box, turn)}{geometry}{fill}{_write_line(style)}</p:spPr>{body}</p:sp>"
    )


def _write_name(number: int, name: str, *, decorative: bool = False) -> str:
    """Return the name of a shape; what is decorative is passed over by screen readers."""
    words = quoteattr(fonts.plain(name))
    about = f'<p:cNvPr id="{number}" name={words}'
    return f"{about}>{_DECORATIVE}</p:cNvPr>" if decorative else f"{about}/>"


def _write_frame(box: Box, turn: float = 0.0) -> str:
    left, top, width, height = (
        round(each * _EMU_PER_MM) for each in (box.left, box.top, box.width, box.height)
    )
    turned = f' rot="{round(turn * 60_000) % 21_600_000}"' if turn else ""
    return f'<a:xfrm{turned}><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'


def _write_fill(colour: str, alpha: float = 1.0) -> str:
    clear = f'<a:alpha val="{round(alpha * 100_000)}"/>' if alpha < 1 else ""
    return f'<a:solidFill><a:srgbClr val="{colour.removeprefix("#")}">{clear}</a:srgbClr></a:solidFill>'


def _write_line(style: Style) -> str:
    if not style.line:
        return "<a:ln><a:noFill/></a:ln>"
    pairs = zip(style.dashes[::2], style.dashes[1::2], strict=True)
    dashes = "".join(f'<a:ds d="{round(d * 100_000)}" sp="{round(s * 100_000)}"/>' for d, s in pairs)
    dashed = f"<a:custDash>{dashes}</a:custDash>" if dashes else ""
    cap = ' cap="rnd"' if style.is_round else ""
    width = round(style.width_pt * _EMU_PER_PT)
    return f'<a:ln w="{width}"{cap}>{_write_fill(style.line, style.alpha)}{dashed}<a:round/></a:ln>'


def _write_words(words: Words) -> str:
    paragraphs = "".join(
        f'<a:p><a:pPr algn="{_ALIGN[words.align]}"/><a:r>{_write_type(line, words.halo)}'
        f"<a:t>{escape(fonts.plain(line[0]))}</a:t></a:r></a:p>"
        for line in words.lines
    )
    return (
        '<p:txBody><a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"><a:noAutofit/></a:bodyPr>'
        f"<a:lstStyle/>{paragraphs}</p:txBody>"
    )


def _write_type(line: Line, halo: tuple[float, str] | None) -> str:
    _, font, size_pt, bold, italic, colour = line
    marks = f"{' b=' + quoteattr('1') if bold else ''}{' i=' + quoteattr('1') if italic else ''}"
    glow = ""
    if halo:
        shade = f'<a:srgbClr val="{halo[1].removeprefix("#")}"/>'
        glow = f'<a:effectLst><a:glow rad="{round(halo[0] * _EMU_PER_MM)}">{shade}</a:glow></a:effectLst>'
    return (
        f'<a:rPr lang="en-GB" sz="{round(size_pt * 100)}"{marks}>{_write_fill(colour)}{glow}'
        f'<a:latin typeface="{font}"/><a:cs typeface="{font}"/></a:rPr>'
    )
