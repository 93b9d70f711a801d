"""The data of a history page: each front as what changed since the one before, figures as differences."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby, pairwise
from typing import Any, TypeAlias

from shapely.geometry import MultiLineString

from geo import numerals
from geo.briefing import change_words, legend, through_time
from geo.measuring import figures
from geo.measuring.figures import Figure, Output
from geo.measuring.history import Day, History
from geo.measuring.metrics import ZoneMetrics
from geo.renderers import style

Point: TypeAlias = tuple[int, int] | None
"""A position in packed units; None between two pieces of a line."""
Splice: TypeAlias = list[Any]
"""Where, how many to take out, and what to put in: x, y and so on, differences from the one before; null is a break."""

SCALES = (1000, 500, 250, 125)
"""Units in a degree that lines may be drawn with, finest first: 100 m, 200 m, 400 m, 900 m."""
MOST_BYTES = 1_200_000
"""Lines and grounds that take more than this are drawn with the next coarser scale, so that a page stays under 2 MB."""
_KM, _DEGREES = 100, 1000  # units in a km and in a degree of the figures and of the shortest distances


def build_history_data(history: History) -> dict[str, Any]:
    """Return what the page's script needs beside the map's own data; positions are lon, lat."""
    states = [next(days) for _, days in groupby(history.days, key=_state_of)]
    scale, splices, grounds = _pack_lines(states)
    names = [zone.name for zone in history.scenario.zones]
    return {
        "days": [day.as_of.isoformat() for day in history.days],
        "dates": [numerals.bind_units(numerals.format_date(day.as_of)) for day in history.days],
        "states": _number_states(history.days),
        "scale": scale,
        "splices": splices,
        "grounds": grounds,
        "zones": [_pack_zone(name, number, states) for number, name in enumerate(names)],
        "sources": [_pack_source(history, index) for index in (0, *history.changes)],
        "colours": len(style.SERIES),
        "jumps": [index for index, _ in through_time.describe_jumps(history)],
        "fromBeyond": change_words.BEYOND,
        "breaks": [history.days.index(run[0]) for run in history.runs][1:],
    }


def _state_of(day: Day) -> tuple[str, str]:
    return day.geometry, day.origin


def _number_states(days: Sequence[Day]) -> list[int]:
    """Return, for each day, which of the different states it shows; neighbours that are alike share one."""
    numbers, current = [0], 0
    for before, day in pairwise(days):
        current += _state_of(before) != _state_of(day)
        numbers.append(current)
    return numbers


def _pack_source(history: History, index: int) -> dict[str, Any]:
    day = history.days[index]
    keys = legend.describe_since_day(day.as_of)
    return {"day": index, "text": through_time.name_source(day), "kind": day.front.kind, "keys": keys}


def _pack_zone(name: str, number: int, states: Sequence[Day]) -> dict[str, Any]:
    rows = [day.metrics.zones[number] for day in states]
    shown = figures.find_figures(Output.SERIES)
    ways = [[round(v * _DEGREES) for v in (*row.nearest_from, *row.nearest_to)] for row in rows]
    return {
        "name": name,
        "figures": [_differences([round(figure.read(row) * _KM) for row in rows]) for figure in shown],
        "ends": [[_pack_end(figure, end, rows) for end in (0, 1)] for figure in shown],
        "beyond": [state for state, row in enumerate(rows) if row.is_overrun],
        "ways": [_differences(list(column)) for column in zip(*ways, strict=True)],
    }


def _pack_end(figure: Figure, end: int, rows: Sequence[ZoneMetrics]) -> list[int]:
    """Return the lows (end 0) or the highs of a figure; the figure itself where it has no interval."""
    ends = [figure.read_interval(row) or (figure.read(row),) * 2 for row in rows]
    return _differences([round(pair[end] * _KM) for pair in ends])


def _differences(values: Sequence[int]) -> list[int]:
    return [*values[:1], *(later - former for former, later in pairwise(values))]


def _pack_lines(states: Sequence[Day]) -> tuple[int, list[list[Splice]], list[list[Splice]]]:
    """Return the finest scale at which all is small enough; and each line, and ground, as splices of the one before."""
    for scale in SCALES:
        lines: list[list[Splice]] = []
        grounds: list[list[Splice]] = []
        size = 0
        line: list[Point] = []
        ground: list[Point] = []
        for day in states:
            before, line = line, _flatten(day.draw_line(), scale)
            lines.append(list(_find_splices(before, line)))
            before, ground = ground, _flatten(day.draw_ground(), scale)
            grounds.append(list(_find_splices(before, ground)))
            size += len(json.dumps([lines[-1], grounds[-1]], separators=(",", ":")))
            if size > MOST_BYTES and scale != SCALES[-1]:
                break
        else:
            break
    return scale, lines, grounds


def _flatten(line: MultiLineString, scale: int) -> list[Point]:
    """Return a line as one run of points in packed units, pieces from west to east, repeated points left out."""
    pieces: list[list[tuple[int, int]]] = []
    for piece in line.geoms:
        points = [(round(lon * scale), round(lat * scale)) for lon, lat in piece.coords]
        pieces.append([*points[:1], *(point for before, point in pairwise(points) if point != before)])
    flat: list[Point] = []
    for kept in sorted(pieces, key=min):
        flat += [*([None] if flat else []), *kept]
    return flat


def _find_splices(before: list[Point], line: list[Point]) -> Iterator[Splice]:
    """Yield what turns one line into the next, last place first, so that earlier places stay where they are."""
    start = _count_alike(before, line)
    ending = _count_alike(before[start:][::-1], line[start:][::-1])
    old, new = before[start : len(before) - ending], line[start : len(line) - ending]
    for tag, a, b, c, d in reversed(SequenceMatcher(None, old, new, autojunk=False).get_opcodes()):
        if tag != "equal":
            yield [start + a, b - a, *_pack_points(new[c:d])]


def _count_alike(one: Sequence[Point], other: Sequence[Point]) -> int:
    for index, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return index
    return min(len(one), len(other))


def _pack_points(points: Sequence[Point]) -> Iterator[int | None]:
    x = y = 0
    for point in points:
        if point is None:
            yield None
        else:
            yield point[0] - x
            yield point[1] - y
            x, y = point
