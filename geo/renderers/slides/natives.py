"""A map becomes shapes of the slide: areas, lines and names that can be moved, recoloured and rewritten."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from geo.briefing import sections
from geo.renderers.figure import fonts
from geo.renderers.figure.fonts import MM_PER_POINT
from geo.renderers.figure.placement import Box
from geo.renderers.figure.sheet import Drawing, Mark
from geo.renderers.slides import drawingml, shapes
from geo.renderers.slides.drawingml import Ids, Style, Words
from geo.renderers.slides.shapes import Area

WIDER = 1.125
"""Arial is at most so much wider than the type that the map was laid out in."""
_MAP = "Map"
_GREY = frozenset({"sea", "land", "beyond", "river", "lakes", "coast", "border", "oblast", "rim"})
"""What only a map underneath has: who listens to the slide is not told of it shape by shape."""


def add_map(slide: Any, drawing: Drawing, area: Area, title: str, description: str) -> None:
    """Add the marks of a page, as large as ``area``, as one group of groups, each named after what it is."""
    _add_group(slide, drawing.marks, area, area, _MAP)
    shapes.set_alternative(slide.shapes[-1], _MAP, title, description)


def add_map_and_key(
    slide: Any, drawing: Drawing, area: Area, key_top: float, map_right: float, title: str, description: str
) -> None:
    """Add the same as two groups: the maps, up to a place to their right, and below them their key, from a height on.

    Both places are millimetres of the page.
    """
    key = [mark for mark in drawing.marks if mark.part[0] == "legend"]
    rest = [mark for mark in drawing.marks if mark.part[0] != "legend"]
    _add_group(slide, rest, area, Area(area.left, area.top, map_right, key_top), _MAP)
    shapes.set_alternative(slide.shapes[-1], _MAP, title, description)
    below = Area(area.left, area.top + key_top, area.width, area.height - key_top)
    name = sections.PARTS["legend"]
    _add_group(slide, key, area, below, name)
    words = dict.fromkeys(mark.part[1] for mark in key)
    shapes.set_alternative(slide.shapes[-1], name, name, "; ".join(words))


def _add_group(slide: Any, marks: Sequence[Mark], area: Area, frame: Area, name: str) -> None:
    """Add marks of a page, as large as ``area``, as a group with a frame."""
    ids = Ids(slide.shapes._next_shape_id)
    whole = ids.take()
    box = Box(frame.left, frame.top, frame.left + frame.width, frame.top + frame.height)
    parts = [
        _write_part(part, [*some], area, ids)
        for part, some in itertools.groupby(marks, key=lambda mark: mark.part)
    ]
    slide.shapes._spTree.append(drawingml.parse(drawingml.write_group(whole, name, box, parts)))


def _write_part(part: tuple[str, str], marks: Sequence[Mark], area: Area, ids: Ids) -> str:
    """Return one thing of the map: a shape, or a group of those it takes."""
    kind, words = part
    name = ": ".join(filter(None, [sections.PARTS.get(kind.partition(" ")[0], ""), words]))
    own = ids.take()
    made = [*_write_marks(marks, area, name, ids)]
    if len(made) == 1:
        return drawingml.mark_decorative(made[0][0]) if kind in _GREY else made[0][0]
    boxes = [box for _, box in made]
    around = Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )
    return drawingml.write_group(own, name, around, [shape for shape, _ in made], decorative=kind in _GREY)


def _write_marks(marks: Sequence[Mark], area: Area, name: str, ids: Ids) -> Iterator[tuple[str, Box]]:
    """Yield each shape with its box; lines of text are one, as is a plate with its words."""
    rest = [*marks]
    while rest:
        mark = rest.pop(0)
        count = next((at for at, each in enumerate(rest) if each.kind != "text"), len(rest))
        if mark.kind == "plate":
            texts, rest = rest[:count], rest[count:]
            yield _write_plate(mark, texts, area, name, ids)
        elif mark.kind == "text":
            texts, rest = [mark, *rest[:count]], rest[count:]
            is_block = (
                len({(each.look["align"], each.look["turn"]) for each in texts}) == 1 and len(texts) > 1
            )
            if is_block and _are_lines(texts):
                yield _write_text(texts, area, name, ids)
            else:
                for each in texts:
                    yield _write_text([each], area, name, ids)
        else:
            yield from _write_drawn(mark, area, name, ids)


def _are_lines(texts: Sequence[Mark]) -> bool:
    """Tell whether texts stand below each other, so that they are the lines of one."""
    return len({round(each.content[0], 2) for each in texts}) == 1


def _write_text(texts: Sequence[Mark], area: Area, name: str, ids: Ids) -> tuple[str, Box]:
    x, y, _, face = texts[0].content
    align, turn = texts[0].look["align"], texts[0].look["turn"]
    width = max(fonts.measure_mm(each.content[2], each.content[3]) for each in texts)
    height = face.height_mm
    bottom = texts[-1].content[1] + 0.2 * height
    left = x - width * {"left": 0.0, "center": 0.5, "right": 1.0}[align]
    box = Box(left, y - 0.8 * height, left + width, bottom)
    if turn:  # the words begin at (x, y), and a shape turns about its middle
        along = np.array([math.cos(math.radians(turn)), math.sin(math.radians(turn))])
        middle = np.array([x, y]) + along * width / 2 - np.array([-along[1], along[0]]) * 0.3 * height
        box = _around(middle, width, height)
    placed = _place(box, area)
    lines = [_say(each) for each in texts]
    rim = texts[0].look["rim"]
    halo = (rim[0] * 1.6, rim[1]) if rim else None
    return drawingml.write_text(ids.take(), name, placed, Words(lines, align, halo), turn=turn), placed


def _say(mark: Mark, *, strong: bool = False) -> tuple[str, str, float, bool, bool, str]:
    """Return a line of text as it is set on the reader's machine: words, font, size in points, bold, italic, colour."""
    _, _, words, face = mark.content
    is_serif = face.cut.startswith("serif")
    font = "Times New Roman" if is_serif else shapes.FONT
    bold = face.cut.endswith("-bold") or strong
    return words, font, face.size_pt / WIDER, bold, "italic" in face.cut, face.colour


def _write_plate(plate: Mark, texts: Sequence[Mark], area: Area, name: str, ids: Ids) -> tuple[str, Box]:
    box = _place(plate.content[0], area)
    words = Words([_say(each, strong=True) for each in texts], "center", None)
    return drawingml.write_plate(ids.take(), name, box, _style(plate.look), words), box


def _write_drawn(mark: Mark, area: Area, name: str, ids: Ids) -> Iterator[tuple[str, Box]]:
    look = mark.look
    if mark.kind == "rectangle":
        box = _place(mark.content[0], area)
        yield drawingml.write_rectangle(ids.take(), name, box, _style(look)), box
        return
    if mark.kind == "path":
        points, codes = mark.content
        points = points + np.array([area.left, area.top])
        yield drawingml.write_path(ids.take(), name, points, codes, _style(look)), _bound(points)
        return
    points = np.column_stack(mark.content) + np.array([area.left, area.top])
    if look.get("linestyle") != "none":
        codes = np.array([1] + [2] * (len(points) - 1))
        style = Style(line=look["color"], width_pt=look["linewidth"], dashes=_dashes(look.get("linestyle")))
        yield drawingml.write_path(ids.take(), name, points, codes, style), _bound(points)
    for x, y in points if look.get("marker") else ():
        size = (look["markersize"]) * MM_PER_POINT
        box = _around((x, y), size, size)
        style = Style(look["markerfacecolor"], line=look["markeredgecolor"], width_pt=look["markeredgewidth"])
        yield drawingml.write_rectangle(ids.take(), name, box, style, form="ellipse"), box


def _style(look: Mapping[str, Any]) -> Style:
    """Return what matplotlib's words mean on a slide."""
    fill, edge = look.get("facecolor"), look.get("edgecolor")
    return Style(
        fill=None if fill == "none" else fill,
        line=None if edge == "none" else edge,
        width_pt=look.get("linewidth", 0.5),
        alpha=look.get("alpha", 1.0),
        dashes=_dashes(look.get("linestyle")),
        is_round=look.get("capstyle") == "round",
    )


def _dashes(linestyle: Any) -> tuple[float, ...]:
    """Return dash and gap as multiples of a line's width; nothing for a whole line."""
    return tuple(linestyle[1]) if isinstance(linestyle, tuple) else ()


def _place(box: Box, area: Area) -> Box:
    return Box(box.left + area.left, box.top + area.top, box.right + area.left, box.bottom + area.top)


def _around(middle: Any, width: float, height: float) -> Box:
    x, y = middle
    return Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def _bound(points: Any) -> Box:
    (left, top), (right, bottom) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    return Box(left, top, right, bottom)
