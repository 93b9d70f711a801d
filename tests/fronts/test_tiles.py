"""The held ground square by square: as it is when it is worked out whole, and however it came about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import shapely

from geo.fronts import contact, held_ground, tiles
from geo.fronts.contact import derive_contact
from geo.geodesy import planes
from tests.made_up import occupied

DAYS = 24


def build_days(count: int) -> Iterator[Any]:
    """Yield areas (plane), each with a bite or a patch at the line of the one before, some with none."""
    rng = np.random.default_rng(11)
    day = occupied.build_day(4)
    area, line = occupied.to_plane(day.area), occupied.to_plane(day.contact)
    for number in range(count):
        yield area
        if number % 4:
            at = line.interpolate(rng.uniform(), normalized=True)
            patch = at.buffer(rng.uniform(500, 4000), quad_segs=3)
            changed = shapely.union(area, patch) if number % 3 else shapely.difference(area, patch)
            area = shapely.MultiPolygon([part for part in shapely.get_parts(changed) if part.area > 4e5])


def forget() -> None:
    tiles._memory.forget()
    contact._memory.forget()


def test_remembered_squares_give_what_new_ones_give() -> None:
    """Day after day the line is, to the bit, the one that a process derives which has seen no other day."""
    days = [occupied.to_lonlat(area) for area in build_days(DAYS)]
    in_a_row = [derive_contact(day) for day in days]
    for number in range(3, DAYS, 5):
        forget()
        assert derive_contact(days[number]).equals_exact(in_a_row[number], 0.0)


@pytest.mark.parametrize("seed", [2, 9])
def test_edge_is_that_of_the_ground_worked_out_whole(seed: int) -> None:
    """The points lie on the edge of the largest piece of what is left, and leave no part of it out."""
    area = planes.to_plane(occupied.build_day(seed).area)
    reference = held_ground.read_reference()
    left = held_ground.derive_left(reference.ground, reference.interior, area)
    edge = max(shapely.get_parts(left), key=lambda part: part.area).boundary
    points = shapely.points(np.concatenate([*tiles.derive_edge(area).values()]))
    assert shapely.distance(points, edge).max() < 0.01
    along = shapely.points(shapely.get_coordinates(shapely.segmentize(edge, 200)))
    _, gaps_m = shapely.STRtree(points).query_nearest(along, all_matches=False, return_distance=True)
    assert gaps_m.max() < tiles.STEP_M


def test_nothing_held_has_no_edge() -> None:
    """Where all is occupied no square has an edge; where nothing is, the edge runs around the ground."""
    ground = held_ground.read_reference().ground
    assert tiles.derive_edge(shapely.buffer(ground, 20_000)) == {}
    assert sum(map(len, tiles.derive_edge(shapely.Polygon()).values())) > 10_000
