"""What stands along the front of a printed map: its kind and day, its sectors, and who holds which side."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import compress
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, Point

from geo.briefing import legend
from geo.briefing.briefing import Briefing
from geo.geodesy import Floats
from geo.reference.countries import read_countries
from geo.renderers import style
from geo.renderers.figure import fonts, groundnames, lettering, placement, zonenames
from geo.renderers.figure.fonts import Face
from geo.renderers.figure.lettering import MapLabel, Sizes
from geo.renderers.figure.placement import Label, Spot
from geo.renderers.figure.view import View

_INK = style.PALETTE
_FAR_SIDE = 15.0
"""What it costs the front's name to stand beyond the front or outside of Ukraine."""
_ON_WAY = 2.0  # what each point of a way costs that a name hides
_MOST_MM = 4_000  # of a front is tried for the words along it


def letter_front(view: View, briefing: Briefing, areas: Sequence[Any], sizes: Sizes) -> Iterator[MapLabel]:
    """Yield what the front is and its day, beside its line, on no zone, on the near side if it can."""
    front = briefing.front
    face = Face("sans-bold", sizes.front, _INK.front, 1.12)
    kind, day = legend.label_line(front)
    lines = (f"{kind},", day)
    width, height = lettering.measure_words(lines, face)
    line = view.to_page(front.line)
    if line.is_empty:
        return
    around = ((-1, 0), (-1, -1), (0, -1), (-1, 1), (0, 1), (1, 0), (1, 1), (1, -1))
    found = [
        (x + dx * (width / 2 + 3), y + dy * (height / 2 + 2.5), 0.02 * number)
        for number, (x, y) in enumerate(lettering.sample_line(line, 6.0).tolist())
        for dx, dy in around
    ]
    middles = np.array([spot[:2] for spot in found])
    is_near = shapely.contains_xy(view.to_page(_find_near_ground(briefing.far_ground)), middles)
    spots = [
        Spot(x, y, cost + _FAR_SIDE * (not near))
        for (x, y, cost), near in zip(found, is_near.tolist(), strict=True)
    ]
    label = Label(width, height, spots, zonenames.keep_off(areas), max_cost=40)
    yield MapLabel(("front", 0), ((label, lines),), face)


@functools.lru_cache(maxsize=4)
def _find_near_ground(far_ground: Any) -> Any:
    """Return Ukraine without the ground beyond a front; every map of a briefing asks for it."""
    return shapely.difference(read_countries().find("UA"), far_ground)


def letter_sectors(
    view: View, briefing: Briefing, areas: Sequence[Any], ways: Floats, sizes: Sizes
) -> Iterator[MapLabel]:
    """Yield the sector that decides the shortest distance, and disputed ones that lower a distance.

    They stand beside the line, on no zone, and rather not on ``ways``, points of the shortest ways.
    """

    def price(boxes: Floats) -> Floats:
        return off_zones(boxes) + _ON_WAY * placement.count_inside(boxes, ways)

    off_zones = zonenames.keep_off(areas)
    face = Face("serif-italic", sizes.side, _INK.front, 1.1)
    for index, name in enumerate(legend.letter_sectors(briefing.front, briefing.metrics)):
        x, y = view.point_to_page(name.at)
        if view.frame.shape().contains(Point(x, y)):
            lines = tuple(fonts.wrap(name.text, face, 4.25 * face.size_pt, max_lines=3))
            width, height = lettering.measure_words(lines, face)
            spots = [
                spot._replace(cost=spot.cost + away / 4)
                for away in (2.0, 4.0, 7.0)
                for spot in placement.spots_around(x, y, width, height, away=away)
            ]
            yield MapLabel(
                ("sector", index), ((Label(width, height, spots, price, max_cost=20), lines),), face
            )


def letter_crimea(view: View, briefing: Briefing, sizes: Sizes) -> Iterator[MapLabel]:
    """Yield the name of Crimea and since when it is occupied, where it lies beyond the front."""
    if briefing.crimea is None or not view.frame.shape().contains(Point(view.point_to_page(briefing.crimea))):
        return
    face = Face("serif-italic", sizes.side, _INK.ink_soft, 1.12)
    beyond = view.to_page(briefing.far_ground)
    for label in groundnames.letter_region(
        ("crimea", 0), legend.CRIMEA, face, view, briefing.crimea, beyond, sizes.coarseness
    ):
        yield replace(label, halo=_INK.beyond)


def letter_sides(view: View, briefing: Briefing, areas: Sequence[Any], sizes: Sizes) -> Iterator[MapLabel]:
    """Yield who holds which side, along the front where it runs straight for long enough, clear of it and of zones."""
    face = Face("serif-italic", sizes.side, _INK.ink_soft)
    lines = [
        LineString(points)
        for part in briefing.front.line.geoms
        for points in [view.points_to_page(np.array(part.coords)[:, :2])]
        if LineString(points).intersects(view.frame.shape())
    ]
    rows = [
        shapely.get_coordinates(shapely.line_interpolate_point(line, np.arange(0, line.length)))
        for line in lines
    ]
    front = shapely.MultiPoint(np.concatenate([*rows, np.empty((0, 2))]))
    # of a front that is many times as long as the map is wide, some of its lines are enough
    rows = rows[:: 1 + sum(map(len, rows)) // _MOST_MM]
    for index, name in enumerate(legend.letter_sides(briefing.front)):
        width, height = lettering.measure_words((name.text,), face)
        turned = [each for row in rows for each in _spots_beside(row, width, height, name.side)]
        texts = _turn_boxes(turned, width + 1, height + 0.6)
        is_clear = shapely.contains(view.frame.shape(), texts) & ~shapely.intersects(front, texts)
        is_clear &= ~shapely.intersects(np.array(areas, dtype=object)[:, None], texts).any(axis=0)
        turned = list(compress(turned, is_clear))
        turned.sort(key=lambda each: each[0].cost)  # where a good one is found, dearer ones are not looked at
        bounds = shapely.bounds(_turn_boxes(turned, width, height)).tolist()
        variants = [
            (Label(right - left, bottom - top, [spot], max_cost=60), (name.text,))
            for (spot, _), (left, top, right, bottom) in zip(turned, bounds, strict=True)
        ]
        halo = _INK.beyond if name.is_far else _INK.halo
        turns = tuple(turn for _, turn in turned)
        if variants:
            yield MapLabel(("side", index), tuple(variants), face, halo=halo, turns=turns)


def _spots_beside(points: Any, width: float, height: float, side: int) -> Iterator[tuple[Spot, float]]:
    """Yield spots and turns beside a line of a point a millimetre: right of its direction (``side`` 1) or left."""
    for start in range(0, len(points), 2):
        apart = np.hypot(*(points[start:] - points[start]).T)
        span = int(np.argmax(apart > width + 3))
        if not span:
            continue  # the line ends before
        stretch = points[start : start + span + 1]
        along = (stretch[-1] - stretch[0]) / apart[span]
        right = np.array([-along[1], along[0]])  # y runs down the page
        offsets = (stretch - stretch[0]) @ right
        gap = (offsets.max() if side > 0 else -offsets.min()) + height / 2 + 1.6
        x, y = (stretch[0] + stretch[-1]) / 2 + right * gap * side
        turn = float(np.degrees(np.arctan2(along[1], along[0])))
        turn = turn - 180 if turn > 90 else turn + 180 if turn < -90 else turn
        cost = float(offsets.max() - offsets.min()) + abs(turn) / 20
        yield Spot(float(x), float(y), cost + 3 * abs((start + span / 2) / len(points) - 0.5)), turn


def _turn_boxes(turned: Sequence[tuple[Spot, float]], width: float, height: float) -> NDArray[np.object_]:
    """Return boxes of one size around spots, each turned by as many degrees as stand beside its spot."""
    x, y, turn = np.array([(spot.x, spot.y, turn) for spot, turn in turned]).reshape(-1, 3).T[..., None]
    across, down = np.array([(-1, 1, 1, -1), (-1, -1, 1, 1)]) * [[width / 2], [height / 2]]
    cosine, sine = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    corners = np.stack([x + across * cosine - down * sine, y + across * sine + down * cosine], axis=-1)
    boxes: NDArray[np.object_] = shapely.polygons(corners)
    return boxes
