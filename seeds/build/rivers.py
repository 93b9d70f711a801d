"""The main rivers of the theatre, each joined from its pieces into as few lines as possible."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import geopandas
import shapely
from shapely.geometry import LineString, MultiLineString
from shapely.geometry.base import BaseGeometry

from seeds.build.coverage import DECIMALS, Extent
from seeds.build.geojson import build_feature, read_table

Courses = dict[tuple[int, str], list[BaseGeometry]]
"""(rank, name) to the pieces of that river, lon, lat degrees."""

TABLE = "rivers.csv"

GAP_DEG = 0.01
"""Natural Earth's river and lake centrelines miss each other by up to this much where they should meet."""


def read_courses(file: Path, extent: Extent) -> Courses:
    """Read the pieces of the rivers our table names; Natural Earth numbers a river as a whole."""
    table = geopandas.read_file(file, bbox=extent)
    wanted = {int(row["source"]): (int(row["rank"]), row["name"]) for row in read_table(TABLE)}
    courses: Courses = defaultdict(list)
    for number, geometry in zip(table["rivernum"], table.geometry, strict=True):
        if number in wanted:
            courses[wanted[number]].append(geometry)
    return dict(courses)


def build_rivers(courses: Courses, extent: Extent) -> list[dict[str, Any]]:
    """Build one feature a river, main rivers first, clipped to the extent and simplified as our table says.

    The Dnipro keeps every vertex, since scenario outlines follow it.
    """
    tolerances = {row["name"]: float(row["tolerance_deg"]) for row in read_table(TABLE)}
    features = []
    for (rank, name), pieces in sorted(courses.items()):
        course = shapely.simplify(derive_course(pieces), tolerances[name])
        clipped = shapely.line_merge(shapely.intersection(course, shapely.box(*extent)))
        features.append(build_feature(clipped, {"name": name, "rank": rank}, decimals=DECIMALS))
    return features


def derive_course(pieces: list[BaseGeometry]) -> LineString | MultiLineString:
    """Join pieces whose ends lie within `GAP_DEG` of each other; what does not join stays apart."""
    ends: list[tuple[float, float]] = []
    lines = [_tied(line, ends) for piece in pieces for line in shapely.get_parts(piece)]
    return shapely.line_merge(MultiLineString(lines))


def _tied(line: LineString, ends: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Move both ends of a line onto ends seen before, where near; remember those that are new."""
    points = [(x, y) for x, y, *_ in line.coords]
    return [_seen(points[0], ends), *points[1:-1], _seen(points[-1], ends)]


def _seen(point: tuple[float, float], ends: list[tuple[float, float]]) -> tuple[float, float]:
    for end in ends:
        if abs(end[0] - point[0]) < GAP_DEG and abs(end[1] - point[1]) < GAP_DEG:
            return end
    ends.append(point)
    return point
