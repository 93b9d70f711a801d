"""What lies beyond a front: cut off by it, or wholly on the other side."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Polygon, box, shape

from geo.briefing import notes
from geo.fronts import sides
from geo.fronts.front import Front
from geo.fronts.reading import find_front
from geo.measuring import metrics
from geo.reference import basemap
from geo.scenarios.scenario import Scenario, Zone
from tests.made_up import occupied

SHIPPED = find_front("2025-03-27")
TOWNS = {place.name: (place.lon, place.lat) for place in basemap.read_places()}


def front_of(*lines: list[tuple[float, float]], held: str | None = "right") -> Front:
    return replace(SHIPPED, line=MultiLineString(lines), held_side=held)


SOUTHWARDS = front_of([(31, 50), (31, 47)])


def test_line_cuts_a_zone_by_its_held_side() -> None:
    """A line drawn southwards has its right-hand side in the west; without a side, the larger part is near."""
    zone = box(30, 48, 33, 49)
    near, far = SOUTHWARDS.sides.split(zone)
    assert (near.bounds, far.bounds) == ((30, 48, 31, 49), (31, 48, 33, 49))
    near, far = replace(SOUTHWARDS, held_side=None).sides.split(zone)
    assert (near.bounds, far.bounds) == ((31, 48, 33, 49), (30, 48, 31, 49))


def test_line_that_ends_inside_a_zone_cuts_nothing_off() -> None:
    """What the line does not cut counts as near where most of it is."""
    near, far = front_of([(31, 50), (31, 48.5)]).sides.split(box(28, 48, 32, 49))
    assert near.area == pytest.approx(4.0)
    assert far.is_empty


def test_a_position_that_stands_twice_changes_nothing() -> None:
    """The line still ends where it ends, and no edge without a length is divided by."""
    once = front_of([(31, 50), (31, 48.5)], [(36, 50), (36.5, 49)])
    twice = front_of([(31, 50), (31, 50), (31, 48.5), (31, 48.5)], [(36, 50), (36.5, 49), (36.5, 49)])
    around = np.array([[31.3, 49.0], [31.3, 48.2], [31.0, 50.5], [36.8, 48.9], [36.6, 49.4]])
    assert twice.sides.are_across(around).tolist() == once.sides.are_across(around).tolist()


def test_part_wholly_across_is_beyond() -> None:
    """A part of a zone that the line does not touch is judged by its side too, not taken for near ground."""
    zone = MultiPolygon([box(30, 48, 33, 49), box(36, 48, 37, 49)])
    near, far = SOUTHWARDS.sides.split(zone)
    assert (near.area, far.area) == (pytest.approx(1.0), pytest.approx(3.0))
    near, far = replace(SOUTHWARDS, held_side=None).sides.split(zone)
    assert (near.area, far.area) == (pytest.approx(3.0), pytest.approx(1.0))


def test_zone_around_an_occupied_town_is_wholly_beyond() -> None:
    """Its distances are measured from over there, and the row says so instead of passing for near ground."""
    scenario = Scenario("s", "S", "", (Zone("Around Donetsk", box(37.5, 47.5, 38.2, 48.0), "UA"),))
    row = metrics.measure(scenario, SHIPPED).zones[0]
    assert row.beyond_share == 1
    assert row.nearest_km > 0
    assert notes.describe_beyond(row, SHIPPED).startswith("Around Donetsk lies wholly beyond the front")


OBLASTS = {
    each["properties"]["name"]: shape(each["geometry"]) for each in basemap.read_basemap().oblasts["features"]
}


def share_beyond(zone: Any, front: Front) -> float:
    near, far = front.sides.split(zone)
    assert near.area + far.area == pytest.approx(zone.area, rel=1e-6)
    return float(far.area / zone.area)


@pytest.mark.parametrize(
    ("zone", "share"),
    [
        (shapely.union_all(list(OBLASTS.values())), 0.19),
        (OBLASTS["Crimea"], 1),
        (OBLASTS["Kharkiv"], 0.05),
        (OBLASTS["Kherson"], 0.72),
        (OBLASTS["Lviv"], 0),
        (box(37, 49.2, 38.5, 50.2), 0.39),
        (box(22, 44, 40.5, 52.5), 0.085),
    ],
    ids=["Ukraine", "Crimea", "Kharkiv", "Kherson", "Lviv", "around Kupiansk", "more than Ukraine"],
)
def test_zone_larger_than_the_front_is_split_by_it(zone: Any, share: float) -> None:
    """The line ends a little inside the reference border; what it cuts off Ukraine is beyond all the same."""
    assert share_beyond(zone, SHIPPED) == pytest.approx(share, abs=0.01)


def test_gap_in_a_line_is_no_way_through() -> None:
    """A hundred metres without a line do not make one side of the other."""
    front = front_of([(31, 50), (31, 48.501)], [(31, 48.5), (31, 47)])
    assert share_beyond(box(30, 48, 33, 49), front) == pytest.approx(2 / 3, abs=0.001)


@pytest.mark.parametrize("definition", ["contact", "edge"])
def test_strips_between_two_borders_lie_beyond_like_the_area_behind_them(
    tmp_path: Path, definition: str
) -> None:
    """Another publisher's border leaves strips of an oblast outside of his area; they are not near ground."""
    file = occupied.save_day(occupied.build_day(3), tmp_path / "occupied_20250327.geojson")
    front = find_front(file, definition=definition)
    for name in ("Crimea", "Sevastopol"):
        near, _ = front.sides.split(OBLASTS[name])
        assert near.is_empty
    assert share_beyond(OBLASTS["Luhansk"], front) == pytest.approx(1, abs=0.01)


def test_area_without_contact_is_beyond_itself() -> None:
    """Of an area that faces no held ground there is an edge to measure to, and the area lies beyond it."""
    abroad = MultiPolygon([box(20, 52, 21, 53)])
    front = replace(
        SHIPPED, definition="edge", line=MultiLineString([abroad.geoms[0].exterior]), occupied=abroad
    )
    assert share_beyond(box(20.5, 52, 21.5, 53), front) == pytest.approx(0.5)


def test_split_takes_a_line_of_many_vertices() -> None:
    """A detailed line is no slower by the square of its vertices."""
    lats = np.linspace(50, 47, 20_000)
    front = front_of(list(zip(31 + 0.01 * np.sin(400 * lats), lats, strict=True)))
    assert share_beyond(box(30, 48, 33, 49), front) == pytest.approx(2 / 3, abs=0.01)


THREADS = """
import threading
from concurrent.futures import ThreadPoolExecutor
import numpy as np
from shapely.geometry import MultiLineString, Polygon
from geo.fronts.sides import Sides

turn = np.linspace(0, 2 * np.pi, 40_000)[:-1]
reach = 1 + 0.1 * np.sin(900 * turn)
area = Polygon(np.column_stack([35 + reach * np.cos(turn), 48 + reach * np.sin(turn)]))
points = np.random.default_rng(0).uniform([33.5, 46.5], [36.5, 49.5], (20_000, 2))
start = threading.Barrier(4)

def ask(sides):
    start.wait()
    return sides.are_beyond(points)

with ThreadPoolExecutor(4) as pool:
    for _ in range(30):
        sides = Sides(MultiLineString(), "contact")
        vars(sides)["far_ground"] = Polygon(area)
        answers = [*pool.map(ask, [sides] * 4)]
        assert all((each == answers[0]).all() for each in answers) and answers[0].any()
"""


def test_threads_may_ask_at_once() -> None:
    """Points by the million are asked for in several threads; what GEOS builds at first is not built by two at once.

    Where it is, a process dies or never ends, so it has one of its own.
    """
    done = subprocess.run([sys.executable, "-c", THREADS], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("town", ["Donetsk", "Simferopol", "Melitopol", "Mariupol", "Luhansk", "Enerhodar"])
def test_occupied_towns_are_beyond_the_shipped_front(town: str) -> None:
    """Points on the other side of the line are known, however far behind it they lie."""
    assert SHIPPED.sides.are_beyond(np.array([TOWNS[town]])).tolist() == [True]


@pytest.mark.parametrize(
    "town", ["Kyiv", "Lviv", "Odesa", "Kharkiv", "Kherson", "Sumy", "Warsaw", "Bucharest", "Minsk"]
)
def test_held_and_foreign_towns_are_not(town: str) -> None:
    """Neither are those towns beyond that lie past an end of the line, in whatever direction."""
    assert SHIPPED.sides.are_beyond(np.array([TOWNS[town]])).tolist() == [False]


@pytest.mark.parametrize(
    "lonlat", [(32.9, 39.9), (39.7, 47.2), (35.0, 45.9 - 1.5)], ids=["Ankara", "Rostov", "at sea"]
)
def test_only_ukraine_lies_beyond(lonlat: tuple[float, float]) -> None:
    """Other countries and the sea behind the front are not called so: no force there would stand across it."""
    assert SHIPPED.sides.are_beyond(np.array([lonlat])).tolist() == [False]


def test_place_past_an_end_of_the_line_is_beyond_too() -> None:
    """The north of Luhansk oblast lies past the line's northern end, and behind it."""
    assert SHIPPED.sides.are_beyond(np.array([[38.3, 49.91]])).tolist() == [True]


def test_guessed_side_is_called_so() -> None:
    """Where the file does not say which side is held, the share beyond is a guess, and the words say that."""
    scenario = Scenario("s", "S", "", (Zone("Here", box(30, 48, 33, 49), "UA"),))
    guess = replace(SOUTHWARDS, held_side=None)
    row = metrics.measure(scenario, guess).zones[0]
    assert "does not say" in notes.describe_beyond(row, guess)
    assert "does not say" not in notes.describe_beyond(row, SOUTHWARDS)


def test_inside_of_a_bend_is_told_from_its_outside() -> None:
    """At a sharp corner, where two edges are equally near, the point's side is that of the corner."""
    corner = front_of([(30, 48), (31, 48), (30, 48.2)])
    assert corner.sides.are_beyond(np.array([[31.5, 48.1], [30.5, 48.07], [30.5, 47.9]])).tolist() == [
        False,
        True,
        False,
    ]


def test_points_in_the_occupied_area_are_beyond_its_front() -> None:
    """Where the file gives the area, the area decides; where it gives no side, nothing is said to be beyond."""
    points = np.array([[36.0, 48.5], [33.0, 48.5]])
    area = replace(SHIPPED, occupied=MultiPolygon([box(35, 48, 37, 49)]))
    assert area.sides.are_beyond(points).tolist() == [True, False]
    assert replace(SOUTHWARDS, held_side=None).sides.are_beyond(points).tolist() == [False, False]


def test_line_of_two_parts_has_its_ends_inside() -> None:
    """Past the end of one part, but beside another, the other decides."""
    parts = MultiLineString([LineString([(31, 50), (31, 48.5)]), LineString([(31, 48.4), (31, 47)])])
    front = replace(SHIPPED, line=parts)
    assert front.sides.are_beyond(np.array([[32.0, 48.0], [30.0, 49.0], [31.0, 51.0]])).tolist() == [
        True,
        False,
        False,
    ]


def test_drawn_ground_lies_in_ukraine_and_holds_crimea(tmp_path: Path) -> None:
    """What a map tints is the far ground within the map's own outline, of an area without its holes."""
    file = occupied.save_day(occupied.build_day(3), tmp_path / "occupied_20250327.geojson")
    ukraine = shapely.union_all(list(OBLASTS.values()))
    for front in (SHIPPED, find_front(file)):
        drawn, far = front.sides.drawn_ground, front.sides.far_ground
        assert far is not None
        assert drawn.is_valid
        assert shapely.difference(drawn, ukraine).area < 0.01
        holes = find_holes(front.occupied or MultiPolygon())
        assert shapely.intersection(drawn, holes).area < 1e-9
        assert shapely.intersection(far, ukraine).area == pytest.approx(drawn.area + holes.area, rel=0.002)
        assert sides.find_crimea(drawn) is not None
    tinted = find_front(file).sides.drawn_ground
    assert shapely.intersection(tinted, occupied.build_day(3).area).area == pytest.approx(
        tinted.area, rel=0.02
    )


def find_holes(area: MultiPolygon) -> Any:
    """Return what lies within an area without being part of it."""
    rings = [Polygon(ring) for part in area.geoms for ring in part.interiors]
    return shapely.difference(shapely.union_all(rings), area)


def test_a_hole_is_beyond_and_not_drawn_but_for_what_is_occupied_in_it() -> None:
    """Held ground within an area lies behind its front; an occupied island in it is drawn, the hole is not."""
    around, island = box(35, 47.4, 37, 48.4) - box(35.5, 47.6, 36.5, 48.2), box(35.8, 47.8, 36.2, 48.0)
    area = MultiPolygon([around, island])
    ring = shapely.orient_polygons(around).exterior
    front = replace(SHIPPED, line=MultiLineString([ring]), held_side="right", occupied=area)
    assert front.sides.drawn_ground.equals(area)
    far = front.sides.far_ground
    assert far is not None
    assert far.equals(box(35, 47.4, 37, 48.4))


@pytest.mark.parametrize("end", [(34.5, 46.6), (34.1, 46.6)])
def test_line_that_leaves_an_area_open_puts_only_the_area_beyond(end: tuple[float, float]) -> None:
    """Where the line stops at a vertex of the area, or within an edge, ground on both sides of it hangs together."""
    area = box(33.5, 46.6, 34.5, 47.5)
    line = MultiLineString([[(34.5, 47.5), (33.5, 47.5), (33.5, 46.6), end]])
    front = replace(SHIPPED, line=line, held_side="right", occupied=MultiPolygon([area]))
    far = front.sides.far_ground
    assert far is not None
    assert far.equals(area)


def test_front_at_perekop_leaves_crimea_alone_beyond() -> None:
    """A line across the isthmus cuts off Crimea and nothing else; a line elsewhere without it names no Crimea."""
    front = front_of([(32, 46.09), (33.2, 46.09), (34, 46.09), (35.5, 46.0), (37, 46.0)], held="left")
    drawn = front.sides.drawn_ground
    crimea = shapely.union(OBLASTS["Crimea"], OBLASTS["Sevastopol"])
    assert shapely.symmetric_difference(drawn, crimea).area < 0.05 * crimea.area
    assert sides.find_crimea(drawn) is not None
    north = front_of([(37.3, 50.6), (37.3, 49.5), (41, 49.5)], held="right").sides.drawn_ground
    assert not north.is_empty
    assert sides.find_crimea(north) is None


def test_sideless_front_has_no_ground_to_draw() -> None:
    """Nothing is tinted where the file does not say which side is held, and no way arrives from beyond."""
    front = front_of([(31, 53), (31, 43)], held=None)
    assert front.sides.drawn_ground.is_empty
    assert not front.sides.is_reached_from_beyond((33, 48), (31, 48))


@pytest.mark.parametrize("origin", [(33.0, 48.0), (29.0, 48.0), (31.0005, 48.1), (34.0, 44.0)])
def test_side_from_which_a_way_arrives(origin: tuple[float, float]) -> None:
    """East of a line drawn southwards is beyond, on land and at sea; the line's own point arrives from nowhere."""
    front = front_of([(31, 50), (31, 43)])
    target = (31.0, origin[1])
    assert front.sides.is_reached_from_beyond(origin, target) == (origin[0] > 31)
    assert not front.sides.is_reached_from_beyond(target, target)


def test_way_past_an_end_of_the_line_arrives_from_no_side() -> None:
    """Beyond the tip of a line there is neither side."""
    front = front_of([(31, 50), (31, 47)])
    assert not front.sides.is_reached_from_beyond((31.5, 46.0), (31.0, 47.0))
