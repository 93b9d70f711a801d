"""One printed page: millimetres from its upper left corner, text, rules and shapes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, PathPatch, Rectangle
from matplotlib.path import Path

from geo.geodesy import Floats
from geo.renderers import style
from geo.renderers.figure import fonts, halo
from geo.renderers.figure.fonts import MM_PER_POINT, Face
from geo.renderers.figure.placement import Box

MM_PER_INCH = 25.4
_GRID_MM = MM_PER_POINT / 100
"""Shapes lie on hundredths of a point: PDF and SVG then write two decimals of a coordinate instead of six."""


@dataclass(frozen=True)
class Page:
    """A size of paper or screen in millimetres, with the margin that printers leave empty."""

    name: str
    width_mm: float
    height_mm: float
    margin_mm: float = 10.0


PAGES = {"a4": Page("a4", 297.0, 210.0), "16x9": Page("16x9", 338.667, 190.5)}
"""A4 landscape, and the 13.33 by 7.5 inches of a wide slide."""


class Sheet:
    """A page to draw on. Positions and sizes are millimetres, x to the right and y down from the upper left corner."""

    def __init__(self, page: Page) -> None:
        self.page = page
        width, height = (_to_grid(np.array([page.width_mm, page.height_mm]))).tolist()
        size = (width / MM_PER_INCH, height / MM_PER_INCH)
        self.figure = Figure(figsize=size, facecolor=style.PALETTE.paper)
        self.axes: Axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set_axis_off()
        self.axes.set_xlim(0, width)
        self.axes.set_ylim(height, 0)
        self.axes.set_autoscale_on(False)
        self._drawn = 0

    def _next(self) -> int:
        """Return a place in the drawing order above all before: matplotlib's own puts every line over every area."""
        self._drawn += 1
        return self._drawn

    def text(
        self,
        x: float,
        y: float,
        text: str,
        face: Face,
        *,
        align: str = "left",
        rim: tuple[float, str] | None = None,
    ) -> Box:
        """Set one line with its baseline at y, as it is: no mathematics, no markup. Return the box it takes.

        ``rim`` is the width in millimetres and the colour of a halo. It is drawn as an area of its own, because what
        has one of matplotlib's path effects is no longer text in a PDF.
        """
        plain = fonts.clean(text)
        width = fonts.measure_mm(plain, face)
        left = x - width * {"left": 0.0, "center": 0.5, "right": 1.0}[align]
        if rim and plain:
            x, align = left, "left"
            self.area(halo.derive_halo(plain, face, left, y, rim[0]), facecolor=rim[1], edgecolor="none")
        self.axes.text(
            x,
            y,
            plain,
            fontproperties=face.properties(),
            color=face.colour,
            ha=align,
            va="baseline",
            parse_math=False,
            zorder=self._next(),
        )
        return Box(left, y - 0.8 * face.height_mm, left + width, y + 0.2 * face.height_mm)

    def paragraph(
        self, x: float, y: float, width: float, text: str, face: Face, *, max_lines: int | None = None
    ) -> float:
        """Set a text in lines below y; return the y where the next thing may begin."""
        for line in fonts.wrap(text, face, width, max_lines=max_lines):
            self.text(x, y + face.size_pt * fonts.MM_PER_POINT, line, face)
            y += face.line_mm
        return y

    def rule(self, x: float, y: float, width: float, *, colour: str, line_pt: float) -> None:
        """Draw a horizontal rule."""
        self.axes.plot(
            [x, x + width],
            [y, y],
            color=colour,
            linewidth=line_pt,
            solid_capstyle="butt",
            zorder=self._next(),
        )

    def line(self, points: Any, **look: Any) -> None:
        """Draw a line through points (n, 2)."""
        xy = _to_grid(np.asarray(points))
        self.axes.plot(xy[:, 0], xy[:, 1], zorder=self._next(), **look)

    def rectangle(self, box: Box, **look: Any) -> None:
        """Draw a rectangle."""
        corner = (box.left, box.top)
        self.axes.add_patch(Rectangle(corner, box.width, box.height, zorder=self._next(), **look))

    def plate(self, box: Box, **look: Any) -> None:
        """Draw a plate with round ends."""
        radius = (box.bottom - box.top) / 2
        inner = (box.left + radius, box.top + radius)
        width = max(box.right - box.left - 2 * radius, 0.01)
        shape = f"round,pad={radius},rounding_size={radius}"
        patch = FancyBboxPatch(inner, width, 0.01, boxstyle=shape, zorder=self._next(), **look)
        self.axes.add_patch(patch)

    def area(self, geometry: Any, **look: Any) -> None:
        """Fill a shapely polygon or multipolygon given in millimetres, holes left open."""
        rings = [
            ring
            for part in shapely.get_parts(geometry)
            if part.geom_type == "Polygon" and not part.is_empty
            for ring in (part.exterior, *part.interiors)
        ]
        if rings:
            path = Path.make_compound_path(
                *(Path(_to_grid(np.asarray(ring.coords)), closed=True) for ring in rings)
            )
            self.axes.add_patch(PathPatch(path, zorder=self._next(), **look))

    def lines(self, geometry: Any, **look: Any) -> None:
        """Draw a shapely line, multiline or the outline of areas given in millimetres, as one path."""
        parts = [
            Path(_to_grid(np.asarray(part.coords)))
            for part in shapely.get_parts(geometry)
            if part.geom_type in ("LineString", "LinearRing") and not part.is_empty
        ]
        if parts:
            path = Path.make_compound_path(*parts)
            self.axes.add_patch(PathPatch(path, facecolor="none", zorder=self._next(), **look))


def _to_grid(mm: Floats) -> Floats:
    return np.round(mm / _GRID_MM) * _GRID_MM
