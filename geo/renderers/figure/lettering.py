"""What a label on a printed map is, how large it is, and how it is drawn."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import shapely
from shapely.geometry import LineString

from geo.geodesy import validity
from geo.renderers import style
from geo.renderers.figure import fonts
from geo.renderers.figure.fonts import Face
from geo.renderers.figure.placement import Box, Label
from geo.renderers.figure.sheet import Sheet

_INK = style.PALETTE
PLATE_RIM = (1.3, 0.35)
"""How far a plate reaches beyond its words, across and up, in millimetres."""
_HALO_MM = 0.32
_LEADER_MM = 0.1  # on either side of a line, so that no words stand on it


@dataclass(frozen=True)
class MapLabel:
    """A label with its words: lines of text in a face, on a plate (``pill``) or with a halo, a dot beside it.

    ``variants`` are the same words broken into lines differently; the one that finds the best spot is drawn. Those with
    ``turns`` are one line, set in the middle of the box at so many degrees. ``name`` is the label's kind and index. The
    last lines, as many as ``figures``, are set in regular type. A line leads from the label to ``leads_to``.
    """

    name: tuple[str, int]
    variants: tuple[tuple[Label, tuple[str, ...]], ...]
    face: Face
    pill: bool = False
    halo: str = _INK.halo
    turns: tuple[float, ...] = ()
    dot: tuple[float, float] | None = None
    figures: int = 0
    leads_to: tuple[float, float] | None = None


@dataclass(frozen=True)
class Sizes:
    """The type sizes of a map in points; with more ``coarseness`` names of areas are tried at fewer spots."""

    zone: float = 8.0
    distance: float = 7.6
    front: float = 8.0
    side: float = 7.2
    places: tuple[float, ...] = (8.2, 7.2, 6.6, 6.2, 6.0)
    country: float = 7.5
    sea: float = 7.6
    water: float = 7.0
    coarseness: float = 1.0

    @classmethod
    def all_of(cls, size_pt: float) -> Sizes:
        """Return one size for everything."""
        kinds = [each.name for each in fields(cls) if each.name not in ("places", "coarseness")]
        return cls(**dict.fromkeys(kinds, size_pt), places=(size_pt,))


def measure_words(lines: tuple[str, ...], face: Face) -> tuple[float, float]:
    """Return the width and height in millimetres of lines of text."""
    width = max(fonts.measure_mm(line, face) for line in lines)
    return width, face.height_mm + (len(lines) - 1) * face.line_mm


def sample_line(line: Any, step_mm: float) -> Any:
    """Return points (n, 2) along a line, about a step apart."""
    return (
        shapely.get_coordinates(validity.segmentize(line, step_mm)) if not line.is_empty else np.empty((0, 2))
    )


def draw_label(sheet: Sheet, label: MapLabel, variant: int, box: Box) -> None:
    """Draw one variant of a label into its box, in its words, with plate or halo, dot and leader."""
    face, lines = label.face, label.variants[variant][1]
    if label.turns:
        _draw_turned(sheet, label, lines[0], label.turns[variant], box)
        return
    x, y = box.middle[0], box.top
    if label.pill:
        sheet.plate(box, facecolor=_INK.panel, edgecolor=_INK.nearest, linewidth=0.5)
        y += PLATE_RIM[1]
    if label.leads_to:
        _draw_leader(sheet, box, label.leads_to)
    for number, line in enumerate(lines):
        rim = None if label.pill else (_HALO_MM, label.halo)
        is_figure = number >= len(lines) - label.figures
        cut = replace(face, cut="sans") if is_figure else face
        sheet.text(x, y + 0.8 * face.height_mm, line, cut, align="center", rim=rim)
        y += face.line_mm
    if label.dot:
        width = 0.9 if face.cut == "sans-bold" else 0.5
        look = {"markersize": 2.6, "markeredgewidth": width, "markerfacecolor": _INK.panel}
        sheet.line([label.dot], linestyle="none", marker="o", markeredgecolor=_INK.place_text, **look)


def _draw_leader(sheet: Sheet, box: Box, to: tuple[float, float]) -> None:
    """Draw the line from a label that stands apart to a point of its zone, with a dot at its end."""
    line = find_leader(box, to)
    sheet.line(np.array(line.coords), color=_INK.zone_text, linewidth=0.6)
    look = {"markersize": 2.2, "markeredgewidth": 0.4, "markeredgecolor": _INK.halo}
    sheet.line([to], linestyle="none", marker="o", markerfacecolor=_INK.zone_text, **look)


def find_leader(box: Box, to: tuple[float, float]) -> LineString:
    """Return the line from the edge of a box to a point."""
    x = min(max(to[0], box.left), box.right)
    y = min(max(to[1], box.top), box.bottom)
    return LineString([(x, y), to])


def find_leader_boxes(label: MapLabel, box: Box) -> list[Box]:
    """Return boxes along the line from a label to its zone, if it has one: no other words stand on it."""
    if not label.leads_to:
        return []
    points = sample_line(find_leader(box, label.leads_to), 0.5).tolist()
    return [Box(x, y, x, y).grow(_LEADER_MM) for x, y in points]


def _draw_turned(sheet: Sheet, label: MapLabel, words: str, turn: float, box: Box) -> None:
    along = np.array([np.cos(np.radians(turn)), np.sin(np.radians(turn))])
    down = np.array([-along[1], along[0]])
    width, height = measure_words((words,), label.face)
    x, y = np.array(box.middle) - along * width / 2 + down * 0.3 * height
    sheet.text(float(x), float(y), words, label.face, rim=(_HALO_MM, label.halo), turn=turn)
