"""The marks of a page become artists of matplotlib."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.font_manager import FontEntry, FontProperties, fontManager, get_font
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch, PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Affine2D

from geo.renderers import style
from geo.renderers.figure import advances, fonts
from geo.renderers.figure.fonts import MM_PER_POINT, Face
from geo.renderers.figure.placement import Box
from geo.renderers.figure.sheet import CLOSE, DRAW, MM_PER_INCH, MOVE, Drawing, Mark, to_grid

_FINENESS = 8  # outlines of letters are cut into straight pieces at this many times their size
_LETTER_DETAIL_MM = 0.015
_HALO_DETAIL_MM = 0.03
_HALO_ROUND = 3  # pieces to a quarter of a circle
_OUTLINES: dict[str, Any] = {}  # of each letter of each font that was drawn
_PART = {"left": 0.0, "center": 0.5, "right": 1.0}


def build_figure(drawing: Drawing) -> Figure:
    """Return a new figure of a page, one unit of its axes a millimetre."""
    page = drawing.page
    width, height = to_grid(np.array([page.width_mm, page.height_mm])).tolist()
    figure = Figure(figsize=(width / MM_PER_INCH, height / MM_PER_INCH), facecolor=style.PALETTE.paper)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    for order, mark in enumerate(drawing.marks, 1):  # matplotlib's own order puts every line over every area
        for artist in build_artists(mark):
            artist.set_zorder(order)
            artist.set_clip_on(False)  # the page ends there anyhow
            axes.add_artist(artist)
    return figure


def build_artists(mark: Mark) -> Iterator[Artist]:
    """Yield the artists of a mark, the lowest first: of text with a rim there are two."""
    build: dict[str, Any] = {
        "text": _build_text,
        "path": _build_path,
        "line": Line2D,
        "rectangle": _build_rectangle,
        "plate": _build_plate,
    }
    made = build[mark.kind](*mark.content, **mark.look)
    yield from [made] if isinstance(made, Artist) else made


def _build_path(vertices: Any, codes: Any, **look: Any) -> PathPatch:
    """Return an area with a path of its own: paths take some of matplotlib's settings when they are made."""
    return PathPatch(Path(vertices, codes), **look)


def _build_rectangle(box: Box, **look: Any) -> Rectangle:
    return Rectangle((box.left, box.top), box.width, box.height, **look)


def _build_plate(box: Box, **look: Any) -> FancyBboxPatch:
    radius = box.height / 2
    inner = (box.left + radius, box.top + radius)
    width = max(box.width - 2 * radius, 0.01)
    shape = f"round,pad={radius},rounding_size={radius}"
    return FancyBboxPatch(inner, width, 0.01, boxstyle=shape, **look)


def _build_text(
    x: float, y: float, words: str, face: Face, *, align: str, rim: tuple[float, str] | None, turn: float
) -> Iterator[Artist]:
    """Yield a line of text, as it is: no mathematics, no markup; below it its halo.

    The halo is an area of its own, because what has one of matplotlib's path effects is no longer text in a PDF.
    """
    if not words:
        return
    font = find_properties(words, face)
    if rim:
        x -= fonts.measure_mm(words, face) * _PART[align]
        align = "left"
        width_mm, colour = rim
        halo = derive_halo(words, face, width_mm)
        if len(halo):
            placed = Affine2D().rotate_deg(turn).translate(x, y).transform(halo.vertices)
            yield PathPatch(Path(to_grid(placed), halo.codes), facecolor=colour, edgecolor="none")
    look: dict[str, Any] = {"color": face.colour, "ha": align, "va": "baseline", "parse_math": False}
    if turn:
        look |= {"rotation": -turn, "rotation_mode": "anchor"}
    yield Line(x, y, words, fontproperties=font, **look)


class Line(Text):
    """One line of text on its baseline; what begins at its place is drawn without being measured first."""

    def set_clip_path(self, path: Any, transform: Any = None) -> None:
        """Take the edge that the line is cut at, if it is cut at all: on a page no line is."""
        if self.get_clip_on():
            super().set_clip_path(path, transform)

    def draw(self, renderer: Any) -> None:
        """Draw the line as `Text` would."""
        words, font, turn = self.get_text(), self.get_fontproperties(), self.get_rotation()
        part = _PART[self.get_horizontalalignment()]
        if part and turn:
            super().draw(renderer)
            return
        if not words or not self.get_visible():
            return
        x, y = self.get_transform().transform(self.get_position())
        if part:
            x -= part * renderer.get_text_width_height_descent(words, font, False)[0]
        if renderer.flipy():
            y = renderer.get_canvas_width_height()[1] - y
        renderer.open_group("text", self.get_gid())
        gc = renderer.new_gc()
        gc.set_foreground(to_rgba(self.get_color()), isRGBA=True)
        gc.set_alpha(self.get_alpha())
        if self.get_clip_on():
            gc.set_clip_rectangle(self.get_clip_box())
            gc.set_clip_path(self.get_clip_path())
        if isinstance(renderer, RendererAgg):
            self._fill_letters(renderer, gc, x, y)
        else:
            renderer.draw_text(gc, x, y, words, font, turn, mtext=self)
        gc.restore()
        renderer.close_group("text")

    def _fill_letters(self, renderer: Any, gc: Any, x: float, y: float) -> None:
        """Draw the letters of a picture in dots as one area: each as a picture of its own takes three times as long."""
        gc.set_linewidth(0)
        gc.set_snap(False)  # letters stand where they do on paper, not on whole dots
        place = Affine2D().scale(renderer.points_to_pixels(1)).rotate_deg(self.get_rotation())
        letters = find_outlines(self.get_text(), self.get_fontproperties())
        renderer.draw_path(gc, letters, place.translate(x, renderer.height - y), gc.get_rgb())


@functools.lru_cache(maxsize=5000)
def find_outlines(words: str, font: FontProperties) -> Path:
    """Return the outlines of the letters of a line that begins at (0, 0), in points, y up."""
    named = [font.copy() for _ in font.get_family()]
    for each, family in zip(named, font.get_family(), strict=True):
        each.set_family([family])
    opened = get_font([fontManager.findfont(each) for each in named])
    opened.set_size(text_to_path.FONT_SCALE, text_to_path.DPI)
    letters, outlines, _ = text_to_path.get_glyphs_with_font(opened, words, _OUTLINES)
    shapes = [outlines[name] for name, *_ in letters]
    places = np.array([(x, y) for _, x, y, _ in letters]).reshape(-1, 2)
    nothing = np.empty((0, 2)), np.empty(0, dtype=np.uint8)
    points, codes = (np.concatenate(each) for each in zip(nothing, *shapes, strict=True))
    points += np.repeat(places, [len(points) for points, _ in shapes], axis=0)
    return Path(points * (font.get_size_in_points() / text_to_path.FONT_SCALE), codes)


@functools.lru_cache(maxsize=5000)
def derive_halo(words: str, face: Face, width_mm: float) -> Path:
    """Return the area within a distance of the letters of a line that begins at (0, 0), in millimetres, y down.

    What letters enclose is part of them. It is kept for the formats that draw the same page next.
    """
    outlines = find_outlines(words, find_properties(words, face))
    polygons = outlines.to_polygons(Affine2D().scale(_FINENESS), closed_only=False)
    scale = np.array([MM_PER_POINT, -MM_PER_POINT]) / _FINENESS
    rings = [ring * scale for ring in map(np.asarray, polygons) if len(ring) > 3]
    of_ring = np.repeat(np.arange(len(rings)), [len(ring) for ring in rings])
    lines = shapely.linestrings(np.concatenate([*rings, np.empty((0, 2))]), indices=of_ring)
    rough = shapely.simplify(lines, _LETTER_DETAIL_MM, preserve_topology=False)
    rough = rough[shapely.get_num_coordinates(rough) > 3]
    points, of_ring = shapely.get_coordinates(rough, return_index=True)
    letters = shapely.multipolygons(shapely.polygons(shapely.linearrings(points, indices=of_ring)))
    area = shapely.simplify(shapely.buffer(letters, width_mm, quad_segs=_HALO_ROUND), _HALO_DETAIL_MM)
    edges = shapely.get_rings(shapely.get_parts(area))
    counts = shapely.get_num_coordinates(edges)
    ends = np.cumsum(counts)
    codes = np.full(counts.sum(), DRAW, dtype=np.uint8)
    codes[ends - counts], codes[ends - 1] = MOVE, CLOSE
    return Path(shapely.get_coordinates(edges), codes)


def find_properties(words: str, face: Face) -> FontProperties:
    """Return what matplotlib asks for to set words: the fallback only where it is needed, for each font is searched."""
    return derive_properties(face.cut, face.size_pt, is_whole=advances.has_all(words, face.cut))


@functools.cache
def derive_properties(cut: str, size_pt: float, *, is_whole: bool = False) -> FontProperties:
    """Return our cut as matplotlib asks for it, then DejaVu Sans for a letter that it lacks unless it ``is_whole``."""
    _register()
    cuts = (cut,) if is_whole else (cut, advances.FALLBACK)
    return FontProperties(family=[_family(each) for each in cuts], size=size_pt)


@functools.cache
def _register() -> None:
    """Make our files known under names of our own, so that no font of the machine can take their place."""
    for cut in advances.list_cuts():
        file = str(advances.find_file(cut))
        fontManager.ttflist.append(FontEntry(fname=file, name=_family(cut), size="scalable"))


def _family(cut: str) -> str:
    return f"geo {cut}"
