"""The edges of the countries, each once: what a page draws as coast and border, and what bounds its land."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

Vertex = tuple[int, int]
Edge = tuple[Vertex, ...]

DRAWN = ("coast", "border")
"""The kinds of edges that are drawn as lines; the others lie on the rim of what is mapped."""


def share_edges(
    countries: Sequence[Any], lines: Mapping[str, Sequence[Any]], scale: int
) -> tuple[list[Edge], dict[str, tuple[int, int]], list[list[list[list[int]]]]]:
    """Cut the outlines of countries into the edges that they share with each other and with what is drawn.

    Parameters
    ----------
    countries
        For each country the coordinates of its GeoJSON Polygon or MultiPolygon, lon, lat degrees.
    lines
        For each of `DRAWN` the coordinates of its lines, which follow the outlines vertex by vertex and end where
        three outlines meet.
    scale
        Units in a degree to which vertices are rounded.

    Returns
    -------
    edges, spans, outlines
        Edges in units, those of one kind together; for each kind the number of its first edge and of the one after
        its last; and for each country polygons of rings of edge numbers. An edge that a ring runs backwards has the
        number ``-1 - n`` there, as in TopoJSON.
    """
    rounded = {kind: [_round(line, scale) for line in lines[kind]] for kind in DRAWN}
    ends = {end for kind in DRAWN for line in rounded[kind] for end in (line[0], line[-1])}
    numbers: dict[Edge, int] = {}
    spans = {}
    for kind in DRAWN:
        first = len(numbers)
        for edge in itertools.chain.from_iterable(_cut(line, ends) for line in rounded[kind]):
            numbers.setdefault(edge, len(numbers))
        spans[kind] = (first, len(numbers))
    outlines = [
        [
            [
                [_number(edge, numbers) for edge in _cut(_turn(_round(ring, scale), ends), ends)]
                for ring in rings
            ]
            for rings in _list_polygons(country)
        ]
        for country in countries
    ]
    return list(numbers), spans, outlines


def _list_polygons(coordinates: Any) -> Any:
    return coordinates if isinstance(coordinates[0][0][0], Sequence) else [coordinates]


def _round(line: Sequence[Sequence[float]], scale: int) -> Edge:
    rounded = ((round(lon * scale), round(lat * scale)) for lon, lat in line)
    return tuple(vertex for vertex, _ in itertools.groupby(rounded))


def _turn(ring: Edge, ends: Collection[Vertex]) -> Edge:
    """Return a ring that begins at an end of an edge, where it has one."""
    start = next((index for index, vertex in enumerate(ring) if vertex in ends), 0)
    return (*ring[start:-1], *ring[: start + 1])


def _cut(line: Edge, ends: Collection[Vertex]) -> Iterator[Edge]:
    inner = (index for index in range(1, len(line) - 1) if line[index] in ends)
    for start, end in itertools.pairwise((0, *inner, len(line) - 1)):
        yield line[start : end + 1]


def _number(edge: Edge, numbers: dict[Edge, int]) -> int:
    """Return the number of an edge as a ring runs it; one that is not drawn lies on the rim, and gets a number."""
    if (backwards := edge[::-1]) in numbers:
        return -1 - numbers[backwards]
    return numbers.setdefault(edge, len(numbers))
