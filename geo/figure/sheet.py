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
from matplotlib.patheffects import withStroke

from geo import style
from geo.figure import fonts
from geo.figure.fonts import Face
from geo.figure.placement import Box

MM_PER_INCH = 25.4


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
        size = (page.width_mm / MM_PER_INCH, page.height_mm / MM_PER_INCH)
        self.figure = Figure(figsize=size, facecolor=style.PALETTE.paper)
        self.axes: Axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set_axis_off()
        self.axes.set_xlim(0, page.width_mm)
        self.axes.set_ylim(page.height_mm, 0)
        self.axes.set_autoscale_on(False)
        self._drawn = 0

    def _next(self) -> int:
        """Return a place in the drawing order above all before: matplotlib's own puts every line over every area."""
        self._drawn += 1
        return self._drawn

    def text(self, x: float, y: float, text: str, face: Face, *, align: str = "left", **more: Any) -> Box:
        """Set one line with its baseline at y, as it is: no mathematics, no markup. Return the box it takes."""
        halo = more.pop("halo", None)
        plain = fonts.clean(text)
        effects = [withStroke(linewidth=halo[0], foreground=halo[1])] if halo else None
        self.axes.text(
            x,
            y,
            plain,
            fontproperties=face.properties(),
            color=face.colour,
            ha=align,
            va="baseline",
            parse_math=False,
            path_effects=effects,
            zorder=self._next(),
            **more,
        )
        width = fonts.measure_mm(plain, face)
        left = x - width * {"left": 0.0, "center": 0.5, "right": 1.0}[align]
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
        xy = np.asarray(points)
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
            path = Path.make_compound_path(*(Path(np.asarray(ring.coords), closed=True) for ring in rings))
            self.axes.add_patch(PathPatch(path, zorder=self._next(), **look))

    def lines(self, geometry: Any, **look: Any) -> None:
        """Draw a shapely line, multiline or the outline of areas given in millimetres, as one path."""
        parts = [
            Path(np.asarray(part.coords))
            for part in shapely.get_parts(geometry)
            if part.geom_type in ("LineString", "LinearRing") and not part.is_empty
        ]
        if parts:
            path = Path.make_compound_path(*parts)
            self.axes.add_patch(PathPatch(path, facecolor="none", zorder=self._next(), **look))
