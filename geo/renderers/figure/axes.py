"""The map of a briefing on matplotlib's own axes, in degrees, so that a user can draw over it."""

from __future__ import annotations

from math import cos, radians
from typing import Any

from matplotlib.axes import Axes
from matplotlib.transforms import Affine2D

from geo.briefing import attribution, notes
from geo.briefing.briefing import Briefing
from geo.briefing.extent import view_extent
from geo.errors import UsageError
from geo.geodesy.planes import DegreePlane
from geo.renderers import style
from geo.renderers.figure import artists, files, fonts, labels, layers, layout
from geo.renderers.figure.fonts import Face
from geo.renderers.figure.lettering import Sizes
from geo.renderers.figure.placement import Box
from geo.renderers.figure.sheet import MM_PER_INCH, PageSize, Sheet
from geo.renderers.figure.view import View

_SIZE_INCHES = (9.0, 6.4)
_LEAST_MM = 20.0
_SMALL_MM = 120.0
_SMALL = Sizes(
    zone=6.4, distance=6.4, front=6.4, side=5.8, places=(6.4, 5.8, 5.4, 5.2, 5.0), country=6, sea=6, water=5.4
)
_NOTE = Face("sans", 5.6, style.PALETTE.ink_soft)
_INSET_MM = 1.2


def plot_briefing(briefing: Briefing, ax: Axes | None = None) -> Axes:
    """Draw land, front, zones and shortest ways on axes, on new ones if none are given, and return these.

    x is the longitude and y the latitude. All that is drawn lies below what is drawn on the axes otherwise.

    Raises
    ------
    UsageError
        ``ax`` is no plain axes of matplotlib, or the scenario has more zones than can be told apart.
    """
    layout.validate_zones([briefing])
    ax = _build_axes() if ax is None else ax
    if not isinstance(ax, Axes) or ax.name != "rectilinear":
        raise UsageError("ax has to be one plain Axes of matplotlib, as plt.subplots() returns it second.")
    extent = view_extent([briefing])
    box = ax.get_window_extent().transformed(ax.figure.dpi_scale_trans.inverted())
    frame = Box(0, 0, *(max(side * MM_PER_INCH, _LEAST_MM) for side in (box.width, box.height)))
    plane = DegreePlane(extent)
    view = View(extent, frame, plane=plane)
    _add_marks(ax, _draw(briefing, view), view)
    west, north = view.point_of(0, 0)
    east, south = view.point_of(frame.right, frame.bottom)
    ax.set(xlim=(west, east), ylim=(south, north))
    ax.set_aspect(1 / cos(radians(plane.latitude)))
    ax.set_axis_off()
    return ax


def _build_axes() -> Axes:
    """Return axes that fill a figure of pyplot, which a notebook and ``plt.show()`` know of."""
    from matplotlib import pyplot

    return pyplot.figure(figsize=_SIZE_INCHES).add_axes((0, 0, 1, 1))


@files.with_settings
def _draw(briefing: Briefing, view: View) -> Sheet:
    frame, rows = view.frame, (briefing.metrics.total,)
    sheet = Sheet(PageSize("axes", frame.width, frame.height, 0))
    layers.draw_layers(sheet, view, briefing, rows, crop=frame)
    words = f"{notes.ILLUSTRATIVE} {attribution.LAYERS}"
    width = frame.width - 2 * _INSET_MM
    lines = fonts.wrap(words, _NOTE, width)
    foot = Box(0, frame.bottom - _INSET_MM - len(lines) * _NOTE.line_mm, frame.right, frame.bottom)
    sheet.rectangle(foot, facecolor=style.PALETTE.panel, alpha=0.82, edgecolor="none")
    sheet.paragraph(_INSET_MM, foot.top + _INSET_MM / 2, width, words, _NOTE)
    sizes = _SMALL if frame.width < _SMALL_MM else None
    labels.draw_labels(sheet, view, briefing, rows, [foot], sizes=sizes)
    return sheet


@files.with_settings
def _add_marks(ax: Axes, sheet: Sheet, view: View) -> None:
    """Put what was drawn on axes, from millimetres of the page to degrees, below everything else there."""
    (west, north), (east, south) = view.point_of(0, 0), view.point_of(view.frame.right, view.frame.bottom)
    to_degrees = Affine2D().scale((east - west) / view.frame.width, (south - north) / view.frame.height)
    transform: Any = to_degrees.translate(west, north) + ax.transData
    marks = sheet.finish().marks
    for order, mark in enumerate(marks):
        for artist in artists.build_artists(mark):
            artist.set(transform=transform, zorder=order - len(marks), clip_on=True)
            ax.add_artist(artist)
