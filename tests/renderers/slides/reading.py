"""What a slide holds, as tests look at it."""

from __future__ import annotations

import itertools
from typing import Any

from pptx.util import Mm

from geo.renderers.figure.placement import Box
from geo.renderers.slides import fitting
from geo.renderers.slides.render import HEIGHT_MM, WIDTH_MM


def words_of(shape: Any) -> str:
    """Return the words of a shape or of a group."""
    inner = leaves_of(shape) if hasattr(shape, "shapes") else [shape]
    return " ".join(each.text_frame.text for each in inner if each.has_text_frame)


def leaves_of(group: Any) -> list[Any]:
    return [
        leaf for shape in group.shapes for leaf in (leaves_of(shape) if hasattr(shape, "shapes") else [shape])
    ]


def table_of(slide: Any) -> Any:
    return next(shape for shape in slide.shapes if shape.name == "Distances").table


def assert_nothing_overlaps(slide: Any) -> None:
    """Every box lies on the slide, none over another; each text takes no more lines than its box has room for."""
    boxes = [(shape.name, box_of(shape)) for shape in slide.shapes]
    for name, area in boxes:
        assert area.is_inside(Box(0, 0, WIDTH_MM, HEIGHT_MM)), name
    for (name, one), (other, two) in itertools.combinations(boxes, 2):
        assert not one.grow(-0.2).is_over(two.grow(-0.2)), (name, other)
    for shape in slide.shapes:
        if shape.has_text_frame and shape.text_frame.text:
            lines = [
                len(fitting.wrap(paragraph.text, paragraph.runs[0].font.size.pt, shape.width / Mm(1)))
                * fitting.line_mm(paragraph.runs[0].font.size.pt)
                for paragraph in shape.text_frame.paragraphs
            ]
            assert sum(lines) <= shape.height / Mm(1) + 0.1, shape.name


def box_of(shape: Any) -> Box:
    left, top, width, height = (side / Mm(1) for side in (shape.left, shape.top, shape.width, shape.height))
    return Box(left, top, left + width, top + height)
