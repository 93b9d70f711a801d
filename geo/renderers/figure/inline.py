"""A drawing becomes SVG to stand in a page: small, its text as text, its colours those of the page's style sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape

import numpy as np

from geo.geodesy import Floats
from geo.renderers import style
from geo.renderers.figure import fonts
from geo.renderers.figure.fonts import MM_PER_POINT, Face
from geo.renderers.figure.layers import PT_PER_PX
from geo.renderers.figure.placement import Box
from geo.renderers.figure.sheet import CLOSE, DRAW, MOVE, Drawing, Mark

_NAMES = {colour: name.replace("_", "-") for name, colour in vars(style.PALETTE).items()}
_WEIGHTS = {"sans-bold": "700", "sans-semibold": "600", "serif-semibold": "600"}
_DOTS, _WORDS = 1, 2
_NO_LINE = re.compile(r"M-?\d+[ -]\d+l(?=M|z|$)z?")
"""A start that nothing is drawn from, for all of it rounds to one point."""
_ANCHORS = {"left": "start", "center": "middle", "right": "end"}


def write_marks(drawing: Drawing, unit_mm: float, *, type_scale: float = 1.0, is_fitted: bool = False) -> str:
    """Return the marks of a drawing as SVG elements with whole numbers for coordinates, in units of ``unit_mm``.

    Lines keep their width in pixels however the picture is scaled, if the style sheet says so; type is scaled with it,
    and by ``type_scale`` besides. Words are written last, and dots before them: they lie on nothing of each other. The
    number that a line begins with is hidden, for a script to show. Where the type ``is_fitted``, each line is as wide
    as it was laid out, whatever fonts a reader has.
    """
    setting = Setting(unit_mm, type_scale, is_fitted)
    parts = [part for mark in drawing.marks for part in _write(mark, setting)]
    shapes = [part for part in parts if part.rank == 0]
    above: dict[tuple[int, str], list[Part]] = {}
    for part in sorted((part for part in parts if part.rank), key=lambda part: part.rank):
        above.setdefault((part.rank, part.look), []).append(part)
    runs = [list(same) for _, same in groupby(shapes, key=lambda part: part.look)]
    return "".join(map(_join, [*runs, *above.values()]))


def write_shapes(drawing: Drawing, unit_mm: float) -> str:
    """Return areas and lines of a drawing as one path of SVG, without a look; nothing where nothing is to be seen."""
    setting = Setting(unit_mm)
    parts = [replace(part, look="") for mark in drawing.marks for part in _write(mark, setting)]
    return _join(parts) if parts else ""


@dataclass(frozen=True)
class Setting:
    """How marks are written: in which unit, type larger by so much, and each line as wide as it was laid out."""

    unit_mm: float
    type_scale: float = 1.0
    is_fitted: bool = False


@dataclass(frozen=True)
class Part:
    """What an element is written from: its look as attributes, what it holds, and 1 or 2 for dots and words."""

    look: str
    content: str
    rank: int = 0


def _join(parts: Sequence[Part]) -> str:
    """Return parts of one look as one element: outlines as a path, words in a group."""
    content = "".join(part.content for part in parts)
    look = parts[0].look
    return f"<g{look}>{content}</g>" if parts[0].rank == _WORDS else f'<path{look} d="{content}"/>'


def _write(mark: Mark, setting: Setting) -> Iterator[Part]:
    """Yield the parts of a mark."""
    unit_mm = setting.unit_mm
    if mark.kind == "text" and not mark.content[2]:
        return
    if mark.kind == "text":
        yield _write_text(*mark.content, **mark.look, setting=setting, part=mark.part)
    elif mark.kind == "path":
        points, codes = mark.content
        if path := _write_path(_to_units(points, unit_mm), codes.tolist()):
            yield Part(_write_look(mark.look), path)
    elif mark.kind == "line" and mark.look.get("marker"):
        yield from _write_dots(_to_units(np.column_stack(mark.content), unit_mm), mark.look)
    elif mark.kind == "line":
        points = _to_units(np.column_stack(mark.content), unit_mm)
        look = {**mark.look, "edgecolor": mark.look["color"], "facecolor": "none"}
        yield Part(_write_look(look), _write_path(points, [MOVE, *[DRAW] * (len(points) - 1)]))
    else:
        yield Part(
            _write_look(mark.look), _write_box(mark.content[0], unit_mm, is_round=mark.kind == "plate")
        )


def _to_units(mm: Floats, unit_mm: float) -> list[list[int]]:
    whole: list[list[int]] = np.rint(mm / unit_mm).astype(int).tolist()
    return whole


def _write_path(points: list[list[int]], codes: list[int]) -> str:
    """Return whole numbers as a path, each point as its step from the one before; what adds nothing is left out."""
    parts: list[str] = []
    x = y = 0
    for (to_x, to_y), code in zip(points, codes, strict=True):
        if code == MOVE:
            parts.append(f"M{to_x}{_signed(to_y)}l")
        elif code == CLOSE:
            parts.append("z")
            continue
        elif (to_x, to_y) != (x, y):
            gap = "" if parts[-1].endswith("l") else " " if to_x >= x else ""
            parts.append(f"{gap}{to_x - x}{_signed(to_y - y)}")
        x, y = to_x, to_y
    path = _NO_LINE.sub("", "".join(parts))
    return "" if set(path[1:]).isdisjoint("0123456789") else path


def _signed(number: int) -> str:
    return f"{number}" if number < 0 else f" {number}"


def _write_box(box: Box, unit_mm: float, *, is_round: bool) -> str:
    left, top, width, height = (round(each / unit_mm) for each in (box.left, box.top, box.width, box.height))
    if not is_round:
        return f"M{left} {top}h{width}v{height}h{-width}z"
    radius = height / 2
    across = f"{max(width - height, 0):g}"
    arc = f"a{radius:g} {radius:g} 0 0 1 0 "
    return f"M{left + radius:g} {top}h{across}{arc}{height}h-{across}{arc}{-height}z"


def _write_dots(points: list[list[int]], look: Mapping[str, Any]) -> Iterator[Part]:
    """Yield dots as lines of no length with round ends, which keep their size: the rim below, the fill on it."""
    size, rim = look["markersize"] / 0.75, look["markeredgewidth"] / PT_PER_PX
    content = "".join(f"M{x} {y}h0" for x, y in points)
    for colour, width in ((look["markeredgecolor"], size + rim), (look["markerfacecolor"], size - rim)):
        stroke = f'{_colour("stroke", colour)} stroke-width="{width:.2g}" stroke-linecap="round"'
        yield Part(stroke, content, _DOTS)


def _write_text(
    x: float,
    y: float,
    words: str,
    face: Face,
    *,
    align: str,
    rim: tuple[float, str] | None,
    turn: float,
    setting: Setting,
    part: tuple[str, str],
) -> Part:
    unit_mm = setting.unit_mm
    size = face.size_pt * MM_PER_POINT / unit_mm * setting.type_scale
    look = f' font-size="{size:.0f}"{_colour("fill", face.colour)}'
    if face.cut in _WEIGHTS:
        look += f' font-weight="{_WEIGHTS[face.cut]}"'
    if face.cut.startswith("serif"):
        look += ' class="serif"'
    if rim:
        look += f'{_colour("stroke", rim[1])} stroke-width="{2 * rim[0] / unit_mm:.0f}"'
    if align != "center":
        look += f' text-anchor="{_ANCHORS[align]}"'
    at = f'x="{x / unit_mm:.0f}" y="{y / unit_mm:.0f}"'
    if turn:
        at = f'transform="translate({x / unit_mm:.0f} {y / unit_mm:.0f}) rotate({turn:.1f})"'
    kind, number = part
    if kind == "number":
        words = words.removeprefix(number).lstrip()
        mark = f'<tspan data-number="{int(number) - 1}" hidden="">{number} </tspan>'
        return Part(look, f"<text {at}>{mark}{escape(words)}</text>", _WORDS)
    if setting.is_fitted:
        width = fonts.measure_mm(words, face) / unit_mm
        at += f' textLength="{width:.0f}" lengthAdjust="spacingAndGlyphs"'
    return Part(look, f"<text {at}>{escape(words)}</text>", _WORDS)


def _write_look(look: Mapping[str, Any]) -> str:
    """Return matplotlib's words for a look as attributes of SVG."""
    face, edge = look.get("facecolor", "none"), look.get("edgecolor", "none")
    written = _colour("fill", face)
    if edge != "none":
        width = look.get("linewidth", 1.0) / PT_PER_PX
        casing = edge == style.PALETTE.front_casing  # as white as the panel by day, not by night
        colour = ' stroke="var(--front-casing)"' if casing else _colour("stroke", edge)
        written += f'{colour} stroke-width="{width:.2g}"'
        if isinstance(style_of_line := look.get("linestyle", "solid"), tuple):
            dashes = " ".join(f"{max(each * width, 0.1):.2g}" for each in style_of_line[1])
            written += f' stroke-dasharray="{dashes}"'
        if look.get("capstyle") == "round":
            written += ' stroke-linecap="round"'
    if "alpha" in look:
        written += f' opacity="{look["alpha"]}"'
    return written


def _colour(attribute: str, colour: str) -> str:
    """Return a colour as an attribute: by its name in the style sheet, which has another for it on dark screens."""
    name = _NAMES.get(colour)
    return f' {attribute}="{f"var(--{name})" if name else colour}"'
