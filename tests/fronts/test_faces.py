"""Faces between lines, and on which side of one of the lines each lies."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from shapely.geometry import LineString, Point, box

from geo.fronts import faces

FRAME = box(0, 0, 3, 2)


def sides_at(polygons: faces.Faces, sides: Any, *points: tuple[float, float]) -> list[int]:
    """Return the sides of the faces that points lie in."""
    return [
        int(side)
        for point in points
        for polygon, side in zip(polygons, sides, strict=True)
        if polygon.contains(Point(point))
    ]


def test_a_line_has_faces_on_its_two_sides() -> None:
    """West of a line drawn northwards is its left, also where others cut its edge into parts; far faces have none."""
    line, other = LineString([(1, -1), (1, 3)]), LineString([(-1, 1), (4, 1)])
    across = LineString([(2, -1), (2, 3)])
    polygons = faces.cut([FRAME.boundary, line, other, across])
    sides = faces.find_sides(polygons, line)
    assert len(polygons) == 6
    assert sides_at(polygons, sides, (0.5, 0.5), (0.5, 1.5), (1.5, 0.5), (1.5, 1.5)) == [1, 1, -1, -1]
    assert sides_at(polygons, sides, (2.5, 0.5), (2.5, 1.5)) == [0, 0]


def test_faces_that_only_an_area_parts_are_told_together() -> None:
    """A face without the line is on the side of its neighbour, from which only the area's edge parts it."""
    line, area = LineString([(1, 0), (1, 2)]), box(1, 0, 2, 2)
    polygons = faces.cut([FRAME.boundary, *faces.lay_along(area.boundary, line)])
    is_taken = faces.are_in(polygons, area)
    points = ((0.5, 1), (1.5, 1), (2.5, 1))
    assert sides_at(polygons, is_taken, *points) == [0, 1, 0]
    assert sides_at(polygons, faces.find_sides(polygons, line), *points) == [1, -1, 0]
    assert sides_at(polygons, faces.find_sides(polygons, line, is_taken), *points) == [1, -1, -1]


def test_a_line_with_one_face_on_both_sides_tells_none() -> None:
    """Where ground hangs together around the end of a line, sums of rounding errors are no side."""
    rng = np.random.default_rng(5)
    ys = np.sort(rng.uniform(0.2, 1.8, 40))
    bent = np.column_stack([1 + 0.1 * rng.uniform(-1, 1, 40), ys])
    area = shapely.Polygon([*bent, (2, 1.8), (2, 0.2)])
    line = LineString(bent)
    polygons = faces.cut([FRAME.boundary, *faces.lay_along(area.boundary, line)])
    assert faces.find_sides(polygons, line, faces.are_in(polygons, area)).tolist() == [0, 0]


def test_edges_laid_along_are_there_once() -> None:
    """A line along an edge, that begins and ends within edges of it, adds no line beside them."""
    area = box(0, 0, 1, 1, ccw=False)
    line = LineString([(0.3, 0), (0, 0), (0, 1), (0.7, 1), (0.7, 1.5)])
    edge, *own = faces.lay_along(area.boundary, line)
    assert shapely.get_num_coordinates(edge) == shapely.get_num_coordinates(area.boundary) + 2
    assert [each.wkt for each in own] == ["LINESTRING (0.7 1, 0.7 1.5)"]
