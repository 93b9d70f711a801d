"""One drawn page: millimetres from its upper left corner, text, rules and shapes; no drawing library is needed yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.geodesy import Floats
from geo.renderers.figure import fonts
from geo.renderers.figure.fonts import MM_PER_POINT, Face
from geo.renderers.figure.placement import Box

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MM_PER_INCH = 25.4
_GRID_MM = MM_PER_POINT / 100
"""Shapes lie on hundredths of a point: PDF and SVG then write two decimals of a coordinate instead of six."""

MOVE, DRAW, CLOSE = 1, 2, 79
"""The codes of an outline's points, as matplotlib has them: the pen is put down, draws on, and closes the ring."""


@dataclass(frozen=True)
class PageSize:
    """A size of paper or screen in millimetres, with the margin that printers leave empty."""

    name: str
    width_mm: float
    height_mm: float
    margin_mm: float = 10.0

    @property
    def title(self) -> str:
        """How people call it, beside a scale that holds on it."""
        return _TITLES.get(self.name) or f"{self.width_mm:.0f} × {self.height_mm:.0f} mm"


_TITLES = {"a4": "A4", "letter": "Letter"}
PAGES = {
    "a4": PageSize("a4", 297.0, 210.0),
    "letter": PageSize("letter", 279.4, 215.9),
    "16x9": PageSize("16x9", 338.667, 190.5),
}
"""A4 and US Letter in landscape, and the 13.33 by 7.5 inches of a wide slide."""


@dataclass(frozen=True)
class Mark:
    """One thing on a page: its kind, what that is made from, and its look in matplotlib's words, widths in points.

    A ``text`` is made from x, y, words and face, its look a rim and a turn; a ``path`` from points (n, 2) and their
    codes; a ``line`` from xs and ys; a ``rectangle`` and a ``plate``, which has round ends, from a box.
    ``part`` says what it belongs to: a kind of thing and which one, such as ``("zone", "Lviv oblast")``.
    """

    kind: str
    content: tuple[Any, ...]
    look: Mapping[str, Any]
    part: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Drawing:
    """A page as it was laid out, its marks from the lowest to the highest; immutable, so all formats can share it."""

    page: PageSize
    marks: tuple[Mark, ...]

    @cached_property
    def figure(self) -> Figure:
        """The page as matplotlib has it, made once for all formats; a writer changes its dots to the inch at most."""
        from geo.renderers.figure import artists

        return artists.build_figure(self)


class Sheet:
    """A page to draw on. Positions and sizes are millimetres, x to the right and y down from the upper left corner."""

    def __init__(self, page: PageSize) -> None:
        self.page = page
        self._marks: list[Mark] = []
        self._part = ("", "")

    def finish(self) -> Drawing:
        """Return what has been drawn."""
        return Drawing(self.page, tuple(self._marks))

    def _add(self, kind: str, *content: Any, **look: Any) -> None:
        """Put a mark above all before it."""
        self._marks.append(Mark(kind, content, MappingProxyType(look), self._part))

    @contextmanager
    def part(self, kind: str, name: str = "") -> Iterator[None]:
        """Say that what is drawn meanwhile belongs together; a slide, where it can be edited, names it after that."""
        before, self._part = self._part, (kind, name)
        yield
        self._part = before

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
        self._add("text", x, y, fonts.clean(text), face, align=align, rim=rim, turn=turn)

    def name(self, x: float, y: float, words: str, face: Face, number: int | None) -> None:
        """Set a line that begins with the number by which a map may name a zone; without one it is only a line."""
        with nullcontext() if number is None else self.part("number", str(number)):
            self.text(x, y, words, face)

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
        self._add("line", (x, x + width), (y, y), **look)

    def line(self, points: Any, **look: Any) -> None:
        """Draw a line through points (n, 2)."""
        xs, ys = to_grid(np.asarray(points)).T.tolist()
        self._add("line", tuple(xs), tuple(ys), **look)

    def rectangle(self, box: Box, **look: Any) -> None:
        """Draw a rectangle."""
        self._add("rectangle", box, **look)

    def plate(self, box: Box, **look: Any) -> None:
        """Draw a plate with round ends."""
        self._add("plate", box, **look)

    def area(self, geometry: Any, **look: Any) -> None:
        """Fill a shapely polygon or multipolygon given in millimetres, holes left open."""
        rings = [
            (ring.coords, True)
            for part in shapely.get_parts(geometry)
            if part.geom_type == "Polygon" and not part.is_empty
            for ring in (part.exterior, *part.interiors)
        ]
        self._add_path(rings, **look)

    def lines(self, geometry: Any, **look: Any) -> None:
        """Draw a shapely line, multiline or the outline of areas given in millimetres, as one path."""
        parts = [
            (part.coords, False)
            for part in shapely.get_parts(geometry)
            if part.geom_type in ("LineString", "LinearRing") and not part.is_empty
        ]
        self._add_path(parts, facecolor="none", **look)

    def _add_path(self, parts: list[tuple[Any, bool]], **look: Any) -> None:
        """Add lines, and rings that are closed, as one path."""
        if parts:
            points = [np.asarray(coords) for coords, _ in parts]
            codes = np.full(sum(map(len, points)), DRAW, dtype=np.uint8)
            end = 0
            for part, (_, is_closed) in zip(points, parts, strict=True):
                start, end = end, end + len(part)
                codes[start] = MOVE
                if is_closed:
                    codes[end - 1] = CLOSE
            whole = to_grid(np.concatenate(points))
            whole.flags.writeable = codes.flags.writeable = False
            self._add("path", whole, codes, **look)


def to_grid(mm: Floats) -> Floats:
    """Return positions in millimetres on the grid that they are written in."""
    return np.round(mm / _GRID_MM) * _GRID_MM
