"""The opening view of a page, which stands there before its scripts run: the ground once, its names for two sizes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from geo.briefing.briefing import Briefing
from geo.briefing.extent import view_extent
from geo.geodesy.planes import Extent, MercatorPlane
from geo.measuring.metrics import ZoneMetrics
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
_WIDE, _NARROW = (780.0, 680.0), (350.0, 370.0)
"""The room, in pixels, that each size of the map is lettered for; the style sheet chooses one by the window."""

_SHAPES = (
    0.72,
    1.75,
)  # of maps, width to height: ground lies around the view for the narrowest and the widest
_ASIDE = 0.8  # of what a map is longer than its view may lie on one side, where controls push the view to the other
_COARSENESS = 2.0  # of the spots that names are tried at: two layouts are made, and seen for a moment by most
_AROUND = 0.12  # of each side at least, as controls push the view aside


@dataclass(frozen=True)
class Subject:
    """What an opening view shows: a briefing, and where a page shows more or less than all that is in it.

    ``extent`` is what has to be seen, ``ways`` are the rows whose shortest way is drawn. ``shapes`` are further areas
    and lines (lon, lat) below the front, with the classes that give them their look. With ``codes`` zones have those
    instead of their names, and ``series`` are the classes of their looks.
    """

    briefing: Briefing
    extent: Extent
    ways: Sequence[ZoneMetrics]
    shapes: Sequence[tuple[str, Any]] = ()
    codes: Sequence[str] = ()
    series: Sequence[str] = ()

    @classmethod
    def of(cls, briefing: Briefing) -> Subject:
        """Return a briefing as it is: all of it in view, the shortest way of all drawn."""
        return cls(briefing, view_extent([briefing]), (briefing.metrics.total,))


@dataclass(frozen=True)
class Layer:
    """A part of the picture: its name, its frame, which the view fills, and the drawing."""

    name: str
    frame: Box
    drawing: Drawing


@dataclass(frozen=True)
class Still:
    """The opening view above its ground; all its layers show one extent.

    ``shapes`` are only areas and lines, named by the classes that give them their look on the page; ``names`` are scale
    and names for each size of the map. On the sizes ``numbered`` some zones have their number instead of their name.
    """

    view: View
    shapes: Sequence[Layer]
    front: Layer
    names: Sequence[Layer]
    numbered: Sequence[str]


def build_still(subject: Subject) -> Still:
    """Lay out an opening view, in the projection of maps on the web."""
    briefing = subject.briefing
    wide = _build_view(subject.extent)
    width, height = (px * PX_MM for px in _NARROW)
    narrow = wide.shrink(min(width / wide.frame.width, height / wide.frame.height))
    front = _begin(wide)
    layers.draw_front(front, wide, briefing)
    layers.draw_nearest(front, wide, subject.ways)
    names, numbered = [], []
    for name, view in (("wide", wide), ("narrow", narrow)):
        scale, sheet = _begin(view), _begin(view)
        taken = [furniture.draw_scale(scale, view, briefing)]
        if _draw_names(sheet, view, subject, taken):
            numbered.append(name)
        names += [
            Layer(f"scale {name}", view.frame, scale.finish()),
            Layer(f"names {name}", view.frame, sheet.finish()),
        ]
    return Still(
        wide,
        [Layer(name, wide.frame, drawing) for name, drawing in _draw_shapes(wide, subject)],
        Layer("front", wide.frame, front.finish()),
        names,
        numbered,
    )


def build_ground(subject: Subject, above: Still, *, coarseness: float = 1.0) -> Drawing:
    """Lay out the ground of an opening view; the coarser, the smaller the file."""
    view = above.view if coarseness == 1 else _build_view(subject.extent, detail_mm=_DETAIL_MM * coarseness)
    sheet = _begin(view)
    layers.draw_reference(sheet, view, subject.briefing, ranks=_RANKS)
    return sheet.finish()


def _build_view(extent: Extent, *, detail_mm: float = _DETAIL_MM) -> View:
    """Return a view whose frame has the shape of an extent, as large as the wide room allows."""
    plane = MercatorPlane()
    shape = min(max(shape_of(extent, plane), 0.4), 2.5)
    width = min(_WIDE[0], _WIDE[1] * shape) * PX_MM
    frame = Box(0, 0, width, width / shape)
    across = max(_AROUND * frame.width, _ASIDE * (_SHAPES[1] * frame.height - frame.width))
    up = max(_AROUND * frame.height, _ASIDE * (frame.width / _SHAPES[0] - frame.height))
    return View(extent, frame, detail_mm=detail_mm, plane=plane, rim_mm=(across, up))


def _begin(view: View) -> Sheet:
    return Sheet(PageSize("still", view.frame.width, view.frame.height, 0))


def _draw_shapes(view: View, subject: Subject) -> Iterator[tuple[str, Drawing]]:
    """Yield shapes by the class of their look; what of zones lies beyond the front is covered first."""
    briefing = subject.briefing
    shapes: dict[str, list[Any]] = {name: [view.to_page(shape)] for name, shape in subject.shapes}
    for index, zone in enumerate(briefing.scenario.zones):
        names = ["zone", *(["zone-candidate"] if zone.candidate else []), *subject.series[index : index + 1]]
        shapes.setdefault(" ".join(filter(None, names)), []).append(layers.show_zone(view, zone))
    beyond = [view.to_page(part) for part in briefing.zones_beyond if not part.is_empty]
    for name, drawn in {**shapes, "zone-cover": beyond, "zone zone-beyond": beyond}.items():
        sheet = _begin(view)
        for shape in drawn:
            (sheet.area if "Polygon" in shape.geom_type else sheet.lines)(shape)
        if drawn:
            yield name, sheet.finish()


def _draw_names(sheet: Sheet, view: View, subject: Subject, taken: list[Box]) -> bool:
    """Draw all names clear of what is taken; return whether a zone has its number instead of its name."""
    briefing, sizes = subject.briefing, _widen(_SIZES)
    listed = () if subject.codes else range(len(briefing.scenario.zones))
    placed = labels.draw_labels(
        sheet, view, briefing, subject.ways, taken, sizes=sizes, listed=listed, codes=subject.codes
    )
    return any(kind == "number" for kind, _ in placed)


def _widen(sizes: Sizes) -> Sizes:
    """Return sizes as they are laid out: larger by what other fonts may be wider."""
    wide: dict[str, Any] = {
        name: tuple(each * WIDER for each in size) if isinstance(size, tuple) else size * WIDER
        for name, size in vars(sizes).items()
    }
    return Sizes(**wide | {"coarseness": _COARSENESS})
