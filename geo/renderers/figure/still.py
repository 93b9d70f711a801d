"""The opening view of a page, which stands there before its scripts run: the ground once, its names for two sizes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from geo.briefing.briefing import Briefing
from geo.briefing.extent import view_extent
from geo.geodesy.planes import Extent, MercatorPlane
from geo.renderers.figure import furniture, labels, layers
from geo.renderers.figure.lettering import Sizes
from geo.renderers.figure.placement import Box
from geo.renderers.figure.sheet import MM_PER_INCH, Drawing, PageSize, Sheet
from geo.renderers.figure.view import View, shape_of

PX_MM = MM_PER_INCH / 96
WIDER = 1.1
"""So much wider than our own fonts are those that a reader's system may have; room is kept for them."""

_DETAIL_MM = 0.8 * PX_MM
_RANKS = 2  # of rivers: the small ones would take a tenth of the room
_SIZES = Sizes(
    zone=8.2,
    distance=8.2,
    front=8.2,
    side=8.2,
    places=(9.4, 8.6, 8.2, 8.0, 8.0),
    country=7.5,
    sea=9.0,
    water=8.0,
)
_ROOMS = {"wide": (780.0, 680.0), "narrow": (350.0, 370.0)}
"""The room, in pixels, that each size of the map is lettered for; the style sheet chooses one by the window."""

_SHAPES = (
    0.72,
    1.75,
)  # of maps, width to height: ground lies around the view for the narrowest and the widest
_COARSENESS = 2.0  # of the spots that names are tried at: two layouts are made, and seen for a moment by most
_AROUND = 0.12  # of each side at least, as controls push the view aside


@dataclass(frozen=True)
class Layer:
    """A part of the picture: its name, its frame, which the view fills, and the drawing."""

    name: str
    frame: Box
    drawing: Drawing


@dataclass(frozen=True)
class Still:
    """The opening view above its ground; all its layers show one extent.

    ``zones`` are only shapes, named by the classes that give them their look on the page; ``names`` are scale and names
    for each size of the map. ``has_numbers``: some zones have their number instead of their name.
    """

    view: View
    zones: Sequence[Layer]
    front: Layer
    names: Sequence[Layer]
    has_numbers: bool


def build_still(briefing: Briefing) -> Still:
    """Lay out the opening view of a briefing, in the projection of maps on the web."""
    extent = view_extent([briefing])
    views = {name: _build_view(extent, width, height) for name, (width, height) in _ROOMS.items()}
    wide = views["wide"]
    front = _begin(wide)
    layers.draw_front(front, wide, briefing)
    layers.draw_nearest(front, wide, (briefing.metrics.total,))
    names, has_numbers = [], False
    for name, view in views.items():
        scale, sheet = _begin(view), _begin(view)
        taken = [furniture.draw_scale(scale, view, briefing)]
        has_numbers |= _draw_names(sheet, view, briefing, taken, _widen(_SIZES))
        names += [
            Layer(f"scale {name}", view.frame, scale.finish()),
            Layer(f"names {name}", view.frame, sheet.finish()),
        ]
    return Still(
        wide,
        [Layer(name, wide.frame, drawing) for name, drawing in _draw_zones(wide, briefing)],
        Layer("front", wide.frame, front.finish()),
        names,
        has_numbers,
    )


def build_ground(briefing: Briefing, *, coarseness: float = 1.0) -> Drawing:
    """Lay out the ground of the opening view; the coarser, the smaller the file."""
    view = _build_view(view_extent([briefing]), *_ROOMS["wide"], detail_mm=_DETAIL_MM * coarseness)
    sheet = _begin(view)
    layers.draw_reference(sheet, view, briefing, ranks=_RANKS)
    return sheet.finish()


def _build_view(extent: Extent, width_px: float, height_px: float, *, detail_mm: float = _DETAIL_MM) -> View:
    """Return a view whose frame has the shape of an extent, as large as a room allows."""
    plane = MercatorPlane()
    shape = min(max(shape_of(extent, plane), 0.4), 2.5)
    width = min(width_px, height_px * shape) * PX_MM
    frame = Box(0, 0, width, width / shape)
    across = max(_AROUND * frame.width, (_SHAPES[1] * frame.height - frame.width) / 2)
    up = max(_AROUND * frame.height, (frame.width / _SHAPES[0] - frame.height) / 2)
    return View(extent, frame, detail_mm=detail_mm, plane=plane, rim_mm=(across, up))


def _begin(view: View) -> Sheet:
    return Sheet(PageSize("still", view.frame.width, view.frame.height, 0))


def _draw_zones(view: View, briefing: Briefing) -> Iterator[tuple[str, Drawing]]:
    """Yield the shapes of zones by the class of their look; what lies beyond the front is covered first."""
    shapes: dict[str, list[Any]] = {"zone": [], "zone zone-candidate": []}
    for zone in briefing.scenario.zones:
        shapes["zone zone-candidate" if zone.candidate else "zone"].append(layers.show_zone(view, zone))
    beyond = [view.to_page(part) for part in briefing.zones_beyond if not part.is_empty]
    for name, areas in {**shapes, "zone-cover": beyond, "zone zone-beyond": beyond}.items():
        sheet = _begin(view)
        for area in areas:
            sheet.area(area)
        if areas:
            yield name, sheet.finish()


def _draw_names(sheet: Sheet, view: View, briefing: Briefing, taken: list[Box], sizes: Sizes) -> bool:
    """Draw all names clear of what is taken; return whether a zone has its number instead of its name."""
    rows, listed = (briefing.metrics.total,), range(len(briefing.scenario.zones))
    placed = labels.draw_labels(sheet, view, briefing, rows, taken, sizes=sizes, listed=listed)
    return any(kind == "number" for kind, _ in placed)


def _widen(sizes: Sizes) -> Sizes:
    """Return sizes as they are laid out: larger by what other fonts may be wider."""
    wide: dict[str, Any] = {
        name: tuple(each * WIDER for each in size) if isinstance(size, tuple) else size * WIDER
        for name, size in vars(sizes).items()
    }
    return Sizes(**wide | {"coarseness": _COARSENESS})
