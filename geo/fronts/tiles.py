"""The held ground worked out square by square, so that a change of the front costs as much as the squares it touches.

What decides whether a place is held ground lies within `MARGIN_M` of it (`geo.fronts.held_ground.derive_left`). So the
plane is cut into fixed squares, and each is a function of what is occupied in it and around it. The same input gives
the same output, however it came about, and the squares of the day before are remembered.
"""

from __future__ import annotations

import functools
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from geo.fronts import held_ground
from geo.geodesy import Floats

SIDE_M = 50_000.0
MARGIN_M = 8_000.0
"""How far around a square something may decide what is held ground in it."""
STEP_M = 75.0
"""Longest distance between the points that stand for the edge of the held ground."""

_NEAR_M = 1e-3
_REMEMBERED = 4_096

Square: TypeAlias = tuple[int, int]
"""Column and row of a square; square (0, 0) has its south-western corner at the origin of the plane."""
Door: TypeAlias = tuple[bool, int, float, float]
"""Where ground goes on over the side of a square: vertical or not, the number of the side, and from where to where."""


@dataclass(frozen=True, eq=False)
class Piece:
    """A connected piece of held ground in one square: its size, its doors to other squares, and its edge.

    ``edge`` are points (n, 2) of the plane along the edge, at most `STEP_M` apart; the sides of the square are no edge.
    """

    area_m2: float
    doors: tuple[Door, ...]
    edge: Floats


def derive_edge(occupied: BaseGeometry) -> dict[Square, Floats]:
    """Return the edge of the largest connected piece of ground outside an occupied area, as points in each square.

    ``occupied`` is in metres of the plane (`geo.geodesy.planes`). Empty where nothing is held.
    """
    found = [(square, piece) for square, part in _cut_area(occupied) for piece in _find_pieces(square, part)]
    edges: dict[Square, list[Floats]] = defaultdict(list)
    for index in _find_largest([piece for _, piece in found]):
        square, piece = found[index]
        if len(piece.edge):
            edges[square].append(piece.edge)
    return {square: np.concatenate(several) for square, several in edges.items()}


def _cut_area(area: BaseGeometry) -> Iterator[tuple[Square, bytes]]:
    """Yield each square with what of an area lies in it and around it, as WKB; column by column, which is faster."""
    for column, squares in itertools.groupby(_list_squares(), key=lambda square: square[0]):
        west, _, east, _ = box_of((column, 0), MARGIN_M).bounds
        _, south, _, north = area.bounds if area else (0.0,) * 4
        strip = shapely.intersection(area, shapely.box(west, south, east, north))
        for square in squares:
            part = shapely.intersection(strip, box_of(square, MARGIN_M)) if strip else strip
            yield square, shapely.to_wkb(shapely.normalize(part)) if part else b""


def box_of(square: Square, margin_m: float = 0.0) -> Polygon:
    """Return a square of the plane, widened on every side."""
    west, south = square[0] * SIDE_M, square[1] * SIDE_M
    return shapely.box(west - margin_m, south - margin_m, west + SIDE_M + margin_m, south + SIDE_M + margin_m)


@functools.cache
def _list_squares() -> tuple[Square, ...]:
    """Return the squares that any ground lies in."""
    ground = held_ground.read_reference().ground
    west, south, east, north = np.floor(np.array(ground.bounds) / SIDE_M).astype(int).tolist()
    every = itertools.product(range(west, east + 1), range(south, north + 1))
    return tuple(square for square in every if shapely.intersects(ground, box_of(square)))


@functools.lru_cache(maxsize=_REMEMBERED)
def _find_pieces(square: Square, occupied: bytes) -> tuple[Piece, ...]:
    """Return the pieces of held ground in a square; ``occupied`` is what lies in it and around it, as WKB."""
    taken = shapely.from_wkb(occupied) if occupied else Polygon()
    left = held_ground.derive_left(*_cut_reference(square), taken)
    inside = shapely.get_parts(shapely.normalize(shapely.intersection(left, box_of(square))))
    return tuple(_build_piece(part, square) for part in inside if part.area)


@functools.cache
def _cut_reference(square: Square) -> tuple[BaseGeometry, BaseGeometry]:
    reference, around = held_ground.read_reference(), box_of(square, MARGIN_M)
    return shapely.intersection(reference.ground, around), shapely.intersection(reference.interior, around)


def _build_piece(part: Polygon, square: Square) -> Piece:
    doors: list[Door] = []
    points = []
    for ring in (part.exterior, *part.interiors):
        fine = shapely.get_coordinates(shapely.segmentize(ring, STEP_M))
        is_side = np.zeros(len(fine) - 1, dtype=bool)
        for axis, number in itertools.product((0, 1), (0, 1)):
            side = (square[axis] + number) * SIDE_M
            near = np.abs(fine[:, axis] - side) < _NEAR_M
            along = near[:-1] & near[1:]
            is_side |= along
            for first, last in _list_runs(along):
                low, high = sorted((fine[first, 1 - axis], fine[last, 1 - axis]))
                doors.append((axis == 0, square[axis] + number, float(low), float(high)))
        is_edge = np.zeros(len(fine), dtype=bool)
        is_edge[:-1] |= ~is_side
        is_edge[1:] |= ~is_side
        points.append(fine[is_edge])
    return Piece(float(part.area), tuple(doors), np.concatenate(points))


def _list_runs(flags: np.ndarray) -> Iterator[tuple[int, int]]:
    """Yield the first index and the one after the last of each run of true flags."""
    turns = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    yield from zip(turns[::2].tolist(), turns[1::2].tolist(), strict=True)


def _find_largest(pieces: list[Piece]) -> list[int]:
    """Return the indices of the pieces that hang together by their doors and are largest together."""
    leads = list(range(len(pieces)))

    def find(index: int) -> int:
        while leads[index] != index:
            leads[index] = leads[leads[index]]
            index = leads[index]
        return index

    for one, other in _match_doors(pieces):
        leads[find(one)] = find(other)
    groups: dict[int, list[int]] = defaultdict(list)
    for index in range(len(pieces)):
        groups[find(index)].append(index)
    return max(groups.values(), key=lambda group: sum(pieces[i].area_m2 for i in group), default=[])


def _match_doors(pieces: Iterable[Piece]) -> Iterator[tuple[int, int]]:
    """Yield pairs of pieces with doors onto each other, on the two sides of one line."""
    on_line: dict[tuple[bool, int], list[tuple[float, float, int]]] = defaultdict(list)
    for index, piece in enumerate(pieces):
        for is_vertical, number, low, high in piece.doors:
            on_line[is_vertical, number].append((low, high, index))
    for doors in on_line.values():
        doors.sort()
        for position, (_, high, one) in enumerate(doors):
            for low, end, other in itertools.islice(doors, position + 1, None):
                if low >= high - _NEAR_M:
                    break
                if one != other and min(high, end) - low > _NEAR_M:
                    yield one, other
