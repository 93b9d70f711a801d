"""One printed page: millimetres from its upper left corner, text, rules and shapes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import shapely
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch, PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D
from shapely import affinity

from geo.geodesy import Floats
from geo.renderers import style
from geo.renderers.figure import fonts
from geo.renderers.figure.fonts import MM_PER_POINT, Face
from geo.renderers.figure.placement import Box

MM_PER_INCH = 25.4
_GRID_MM = MM_PER_POINT / 100
"""Shapes lie on hundredths of a point: PDF and SVG then write two decimals of a coordinate instead of six."""

_FINENESS = 8  # outlines of letters are cut into straight pieces at this many times their size
_HALO_DETAIL_MM = 0.03
_HALO_ROUND = 3  # pieces to a quarter of a circle


@dataclass(frozen=True)
class PageSize:
    """A size of paper or screen in millimetres, with the margin that printers leave empty."""

    name: str
    width_mm: float
    height_mm: float
    margin_mm: float = 10.0


PAGES = {"a4": PageSize("a4", 297.0, 210.0), "16x9": PageSize("16x9", 338.667, 190.5)}
"""A4 landscape, and the 13.33 by 7.5 inches of a wide slide."""


@dataclass(frozen=True)
class Mark:
    """One thing on a page: which of matplotlib's artists draws it, what that is made from, and its look."""

    artist: Callable[..., Artist]
    content: tuple[Any, ...]
    look: Mapping[str, Any]


@dataclass(frozen=True)
class Drawing:
    """A page as it was laid out, its marks from the lowest to the highest; immutable, so all formats can share it."""

    page: PageSize
    marks: tuple[Mark, ...]

    def build_figure(self) -> Figure:
        """Return a new matplotlib figure of the page, which a writer may change."""
        width, height = _to_grid(np.array([self.page.width_mm, self.page.height_mm])).tolist()
        size = (width / MM_PER_INCH, height / MM_PER_INCH)
        figure = Figure(figsize=size, facecolor=style.PALETTE.paper)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set_xlim(0, width)
        axes.set_ylim(height, 0)
        for order, mark in enumerate(self.marks, 1):  # matplotlib's own order puts every line over every area
            axes.add_artist(mark.artist(*mark.content, zorder=order, **mark.look))
        return figure


class Sheet:
    """A page to draw on. Positions and sizes are millimetres, x to the right and y down from the upper left corner."""

    def __init__(self, page: PageSize) -> None:
        self.page = page
        self._marks: list[Mark] = []

    def finish(self) -> Drawing:
        """Return what has been drawn."""
        return Drawing(self.page, tuple(self._marks))

    def _add(self, artist: Callable[..., Artist], *content: Any, **look: Any) -> None:
        """Put a mark above all before it."""
        self._marks.append(Mark(artist, content, MappingProxyType(look)))

    def text(
        self,
        x: float,
        y: float,
        text: str,
        face: Face,
        *,
        align: str = "left",
        rim: tuple[float, str] | None = None,
        turn: float = 0.0,
    ) -> None:
        """Set one line with its baseline at y, as it is: no mathematics, no markup.

        ``turn`` sets it at an angle in degrees, clockwise about (x, y); then it begins there.

        ``rim`` is the width in millimetres and the colour of a halo. It is drawn as an area of its own, because what
        has one of matplotlib's path effects is no longer text in a PDF.
        """
        plain = fonts.clean(text)
        if rim and plain:
            x -= fonts.measure_mm(plain, face) * {"left": 0.0, "center": 0.5, "right": 1.0}[align]
            align = "left"
            halo = affinity.rotate(_derive_halo(plain, face, x, y, rim[0]), turn, origin=(x, y))
            self.area(halo, facecolor=rim[1], edgecolor="none")
        look: dict[str, Any] = {
            "color": face.colour,
            "ha": align,
            "va": "baseline",
            "parse_math": False,
            "clip_on": False,
        }
        if turn:
            look |= {"rotation": -turn, "rotation_mode": "anchor"}
        self._add(Text, x, y, plain, fontproperties=face.properties(), **look)

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
        look = {"color": colour, "linewidth": line_pt, "solid_capstyle": "butt"}
        self._add(Line2D, (x, x + width), (y, y), **look)

    def line(self, points: Any, **look: Any) -> None:
        """Draw a line through points (n, 2)."""
        xs, ys = _to_grid(np.asarray(points)).T.tolist()
        self._add(Line2D, tuple(xs), tuple(ys), **look)

    def rectangle(self, box: Box, **look: Any) -> None:
        """Draw a rectangle."""
        self._add(Rectangle, (box.left, box.top), box.width, box.height, **look)

    def plate(self, box: Box, **look: Any) -> None:
        """Draw a plate with round ends."""
        radius = (box.bottom - box.top) / 2
        inner = (box.left + radius, box.top + radius)
        width = max(box.right - box.left - 2 * radius, 0.01)
        shape = f"round,pad={radius},rounding_size={radius}"
        self._add(FancyBboxPatch, inner, width, 0.01, boxstyle=shape, **look)

    def area(self, geometry: Any, **look: Any) -> None:
        """Fill a shapely polygon or multipolygon given in millimetres, holes left open."""
        rings = [
            Path(_to_grid(np.asarray(ring.coords)), closed=True)
            for part in shapely.get_parts(geometry)
            if part.geom_type == "Polygon" and not part.is_empty
            for ring in (part.exterior, *part.interiors)
        ]
        self._add_path(rings, **look)

    def lines(self, geometry: Any, **look: Any) -> None:
        """Draw a shapely line, multiline or the outline of areas given in millimetres, as one path."""
        parts = [
            Path(_to_grid(np.asarray(part.coords)))
            for part in shapely.get_parts(geometry)
            if part.geom_type in ("LineString", "LinearRing") and not part.is_empty
        ]
        self._add_path(parts, facecolor="none", **look)

    def _add_path(self, parts: list[Path], **look: Any) -> None:
        if parts:
            whole = Path.make_compound_path(*parts)
            vertices, codes = np.array(whole.vertices), np.array(whole.codes)
            vertices.flags.writeable = codes.flags.writeable = False
            self._add(_fill_path, vertices, codes, **look)


def _fill_path(vertices: Any, codes: Any, **look: Any) -> PathPatch:
    """Return an area with a path of its own: paths take some of matplotlib's settings when they are made."""
    return PathPatch(Path(vertices, codes), **look)


def _derive_halo(text: str, face: Face, left: float, baseline: float, width_mm: float) -> Any:
    """Return the area within a distance of the letters of a line set at a place of the page, in millimetres, y down."""
    outlines = TextPath((0, 0), text, prop=face.properties(), usetex=False)
    rings = map(np.asarray, outlines.to_polygons(Affine2D().scale(_FINENESS), closed_only=False))
    lines = shapely.MultiLineString([ring for ring in rings if len(ring) > 1])
    scale = MM_PER_POINT / _FINENESS
    placed = affinity.affine_transform(lines, (scale, 0, 0, -scale, left, baseline))
    return shapely.simplify(shapely.buffer(placed, width_mm, quad_segs=_HALO_ROUND), _HALO_DETAIL_MM)


def _to_grid(mm: Floats) -> Floats:
    return np.round(mm / _GRID_MM) * _GRID_MM
