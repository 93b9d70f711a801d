"""The held ground worked out square by square, so that a change of the front costs as much as the squares it touches.

What decides whether a place is held ground lies within a margin of it (`geo.fronts.held_ground.derive_left`). So the
plane is cut into fixed squares, and each is a function of the edges of the occupied area in it and around it. The same
input gives the same output, however it came about, and the squares of the day before are remembered.
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
from numpy.typing import NDArray
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from geo.fronts import held_ground
from geo.fronts.linking import link
from geo.fronts.remembering import Edges, Memory, list_edges
from geo.geodesy import Floats, validity

SIDE_M = 50_000.0
MARGIN_M, INLAND_MARGIN_M = 8_000.0, 1_000.0
"""How far around a square something may decide what is held ground in it: at the rim of the ground, and inland."""
STEP_M = 75.0
"""Longest distance between the points that stand for the edge of the held ground."""
CELL_M = 10_000.0
"""Side of the cells that the points come in; so many make a square."""

_NEAR_M = 1e-3
_NOTHING = Polygon()
_NO_DOORS: Floats = np.empty((0, 4))

Square: TypeAlias = tuple[int, int]
"""Column and row of a square or a cell; (0, 0) has its south-western corner at the origin of the plane."""


@dataclass(frozen=True, eq=False)
class Piece:
    """A connected piece of held ground in one square: its size, its doors to other squares, and its edge.

    A door is where ground goes on over the side of a square. ``doors`` (n, 4) tell of each which side of a square it
    lies on, by axis and number, and from where to where.
    ``edge`` are points (n, 2) of the plane along the edge, at most `STEP_M` apart, by cell; the sides of the square are
    no edge.
    """

    area_m2: float
    doors: Floats
    edge: tuple[tuple[Square, Floats], ...]


@dataclass(frozen=True, eq=False)
class _Day:
    """What was found in each square, and what it follows from: the edges, and how far the occupied area reaches."""

    edges: Edges
    reach: Floats
    is_taken: NDArray[np.bool_]
    pieces: list[tuple[Piece, ...]]


_memory: Memory[_Day] = Memory()


def derive_edge(occupied: BaseGeometry) -> dict[Square, Floats]:
    """Return the edge of the largest connected piece of ground outside an occupied area, as points in each cell.

    ``occupied`` is in metres of the plane (`geo.geodesy.planes`). Empty where nothing is held.
    """
    pieces = [*itertools.chain.from_iterable(_find_all_pieces(shapely.orient_polygons(occupied)))]
    edges: dict[Square, list[Floats]] = defaultdict(list)
    for index in _find_largest(pieces):
        for cell, points in pieces[index].edge:
            edges[cell].append(points)
    return {
        cell: several[0] if len(several) == 1 else np.concatenate(several) for cell, several in edges.items()
    }


def _find_all_pieces(occupied: BaseGeometry) -> list[tuple[Piece, ...]]:
    """Return the pieces of held ground of each square.

    They follow from the edges in and around a square, which have the occupied area on their left, and from how far that
    area reaches; where there are no edges, from whether all of it is occupied. A square of which none of this has
    changed since the last time keeps its pieces.
    """
    squares, boxes, middles = _list_squares()
    edges = _list_edges(occupied)
    low, high = (np.reshape(ends, (1, 2)) for ends in np.split(np.nan_to_num(occupied.bounds), 2))
    bounds = shapely.bounds(boxes).reshape(-1, 2, 2)
    reach = np.clip(np.hstack([low, high]).reshape(1, 2, 2), bounds[:, :1], bounds[:, 1:])
    shapely.prepare(occupied)
    is_taken = shapely.contains_xy(occupied, *middles.T)
    last, is_other = _memory.last, np.ones(len(squares), bool)
    found: list[tuple[Piece, ...]] = [()] * len(squares)
    if last is not None:
        found = [*last.pieces]
        is_other = edges.find_touched(last.edges, edges.follow(last.edges), bounds)
        is_other |= (reach != last.reach).any(axis=(1, 2)) | (is_taken != last.is_taken)
    numbers = np.flatnonzero(is_other)
    for number, near in zip(numbers.tolist(), edges.find_near(bounds[numbers]), strict=True):
        around = occupied if len(near) or is_taken[number] else _NOTHING
        found[number] = _find_pieces(squares[number], boxes[number], around)
    _memory.last = _Day(edges, reach, is_taken, found)
    return found


def _list_edges(area: BaseGeometry) -> Edges:
    """Return the edges of an area."""
    rings = shapely.get_rings(shapely.get_parts(area))
    edges = list_edges(*shapely.get_coordinates(rings, return_index=True))
    return Edges(edges, edges)


def box_of(square: Square, margin_m: float = 0.0) -> Polygon:
    """Return a square of the plane, widened on every side."""
    box: Polygon = shapely.box(*bounds_of([square], margin_m).ravel())
    return box


def bounds_of(squares: Iterable[Square], margin_m: float, side_m: float = SIDE_M) -> Floats:
    """Return the bounds (n, 2, 2) of squares or cells of the plane, low and high, each widened on every side."""
    low = np.array([*squares], dtype=float).reshape(-1, 2) * side_m
    bounds: Floats = np.stack([low - margin_m, low + side_m + margin_m], axis=1)
    return bounds


@functools.cache
def _list_squares() -> tuple[tuple[Square, ...], NDArray[np.object_], Floats]:
    """Return the squares that any ground lies in, each widened by its margin, and their middles (n, 2)."""
    reference = held_ground.read_reference()
    shapely.prepare([reference.ground, reference.interior])
    west, south, east, north = np.floor(np.array(reference.ground.bounds) / SIDE_M).astype(int).tolist()
    every = itertools.product(range(west, east + 1), range(south, north + 1))
    squares = tuple(square for square in every if shapely.intersects(reference.ground, box_of(square)))
    boxes = [
        inland
        if shapely.contains(reference.interior, inland := box_of(square, INLAND_MARGIN_M))
        else box_of(square, MARGIN_M)
        for square in squares
    ]
    return squares, np.array(boxes), (np.array(squares) + 0.5) * SIDE_M


def _find_pieces(square: Square, box: Polygon, occupied: BaseGeometry) -> tuple[Piece, ...]:
    """Return the pieces of held ground in a square; its box is what has to be looked at."""
    taken = shapely.normalize(shapely.intersection(occupied, box))
    left = held_ground.derive_left(*_cut_reference(square, box), taken)
    inside = shapely.get_parts(shapely.normalize(shapely.intersection(left, box_of(square))))
    return tuple(_build_piece(part, square) for part in inside if part.area)


@functools.cache
def _cut_reference(square: Square, box: Polygon) -> tuple[BaseGeometry, BaseGeometry]:
    reference = held_ground.read_reference()
    return shapely.intersection(reference.ground, box), shapely.intersection(reference.interior, box)


def _build_piece(part: Polygon, square: Square) -> Piece:
    doors = []
    points = []
    for ring in (part.exterior, *part.interiors):
        fine = shapely.get_coordinates(validity.segmentize(ring, STEP_M))
        is_side = np.zeros(len(fine) - 1, dtype=bool)
        for axis, number in itertools.product((0, 1), (0, 1)):
            side = (square[axis] + number) * SIDE_M
            near = np.abs(fine[:, axis] - side) < _NEAR_M
            along = near[:-1] & near[1:]
            is_side |= along
            for first, last in _list_runs(along):
                low, high = sorted((fine[first, 1 - axis], fine[last, 1 - axis]))
                doors.append((axis, square[axis] + number, low, high))
        is_edge = np.zeros(len(fine), dtype=bool)
        is_edge[:-1] |= ~is_side
        is_edge[1:] |= ~is_side
        points.append(fine[is_edge])
    return Piece(float(part.area), np.reshape(doors, (-1, 4)), _sort_into_cells(np.concatenate(points)))


def _sort_into_cells(points: Floats) -> tuple[tuple[Square, Floats], ...]:
    """Return points (n, 2) by the cell that they lie in."""
    cells = np.floor(points / CELL_M).astype(int)
    order = np.lexsort(cells.T[::-1])
    cells, points = cells[order], points[order]
    starts = np.flatnonzero(np.diff(cells, axis=0, prepend=cells[:1] - 1).any(axis=1)).tolist()
    return tuple(
        ((int(cells[low, 0]), int(cells[low, 1])), points[low:high])
        for low, high in itertools.pairwise([*starts, len(cells)])
    )


def _list_runs(flags: np.ndarray) -> Iterator[tuple[int, int]]:
    """Yield the first index and the one after the last of each run of true flags."""
    turns = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    yield from zip(turns[::2].tolist(), turns[1::2].tolist(), strict=True)


def _find_largest(pieces: list[Piece]) -> list[int]:
    """Return the indices of the pieces that hang together by their doors and are largest together."""
    groups: dict[int, list[int]] = defaultdict(list)
    for index, lead in enumerate(link(len(pieces), _match_doors(pieces))):
        groups[lead].append(index)
    return max(groups.values(), key=lambda group: sum(pieces[i].area_m2 for i in group), default=[])


def _match_doors(pieces: list[Piece]) -> Iterator[tuple[int, int]]:
    """Yield pairs of pieces with doors onto each other, on the two sides of one line."""
    doors = np.concatenate([_NO_DOORS, *(piece.doors for piece in pieces)])
    piece = np.repeat(np.arange(len(pieces)), [len(piece.doors) for piece in pieces])
    order = np.lexsort((piece, *doors.T[::-1]))
    doors, piece = doors[order], piece[order]
    line, low, high = doors[:, :2], doors[:, 2], doors[:, 3]
    for step in range(1, len(doors)):
        follows = (line[step:] == line[:-step]).all(axis=1) & (low[step:] < high[:-step] - _NEAR_M)
        if not follows.any():
            return
        overlap = np.minimum(high[:-step], high[step:]) - low[step:]
        met = np.flatnonzero(follows & (overlap > _NEAR_M) & (piece[:-step] != piece[step:]))
        yield from zip(piece[met].tolist(), piece[met + step].tolist(), strict=True)
