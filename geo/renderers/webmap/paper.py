"""The page on paper: the sheet that a PDF has, laid out around the map that stands in the page."""

from __future__ import annotations

from dataclasses import replace

from geo.renderers.figure import inline
from geo.renderers.figure.layout import Paper
from geo.renderers.figure.sheet import Drawing

_UNIT_MM = 0.05


def render_paper(paper: Paper) -> str:
    """Return a sheet as SVG of the page within its margins; ``data-map`` is where the map stands, in millimetres.

    The sign for lines of equal distance is hidden, for a script to show.
    """
    page, frame = paper.drawing.page, paper.frame
    margin = page.margin_mm
    corner, width, height = (
        round(mm / _UNIT_MM) for mm in (margin, page.width_mm - 2 * margin, page.height_mm - 2 * margin)
    )
    box = (frame.left - margin, frame.top - margin, frame.width, frame.height)
    about = f'viewBox="{corner} {corner} {width} {height}" data-map="{" ".join(f"{mm:.2f}" for mm in box)}"'
    lines = _write(paper.drawing, is_lines=True)
    content = f'{_write(paper.drawing)}<g class="paper-isolines">{lines}</g>'
    return f"<svg {about}>{content}</svg>"


def _write(drawing: Drawing, *, is_lines: bool = False) -> str:
    marks = tuple(mark for mark in drawing.marks if (mark.part[0] == "isolines") == is_lines)
    return inline.write_marks(replace(drawing, marks=marks), _UNIT_MM, is_fitted=True)
