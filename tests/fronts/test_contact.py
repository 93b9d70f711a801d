"""From occupied area to line of contact: the rule holds for made-up days whose borders differ as real ones do."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import shapely
import shapely.affinity
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box, shape

from geo import geodesy
from geo.fronts import contact, held_ground
from geo.fronts.contact import derive_contact
from geo.geodesy import planes
from geo.reference.basemap import read_basemap
from tests.contact_by_words import derive_by_words, project
from tests.made_up import occupied
from tests.made_up.occupied import build_day, to_plane

NEAR_M = 1500.0


def distances_m(line: Any, other: Any) -> Any:
    """Return points every 200 m along one line, and how far each lies from another, in metres on the plane."""
    points = shapely.points(shapely.get_coordinates(shapely.segmentize(to_plane(line), 200)))
    return points, shapely.distance(points, to_plane(other))


def depth_m(points: Any) -> Any:
    """Return how far points lie from the reference outline of Ukraine, on either side."""
    return shapely.distance(points, LineString(occupied.reference_outline()))


@settings(max_examples=12, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10_000), reach_km=st.floats(0.3, 4.0), push_km=st.floats(0.0, 30.0))
def test_days_of_many_publishers(seed: int, reach_km: float, push_km: float) -> None:
    """Whatever the publisher's borders, the line is the true one, both ways, in one piece of over 800 km.

    What is missed lies where a stretch ends at the border; nothing is made up on a coast or a border.
    """
    day = build_day(seed, reach_km=reach_km, push_km=push_km)
    line = derive_contact(day.area)
    assert 1000 < geodesy.length_km(line) < 1300
    assert geodesy.length_km(line.geoms[0]) > 800
    assert len(line.geoms) <= 11
    _, off = distances_m(line, day.contact)
    assert (off > NEAR_M).sum() * 0.2 < 3
    points, off = distances_m(day.contact, line)
    missed = points[off > NEAR_M]
    assert len(missed) * 0.2 < 25
    assert (depth_m(missed) < 10_000).all()


@pytest.fixture(scope="module")
def day() -> occupied.Day:
    return build_day(7)


def test_nothing_on_other_coasts_and_borders(day: occupied.Day) -> None:
    """Crimea, the Azov coast, the sea side of Kinburn, Donbas's border with Russia: none of it is contact."""
    line = derive_contact(day.area)
    for elsewhere in (box(32.3, 44.2, 36.7, 46.35), box(35.0, 46.3, 39.0, 47.2), box(38.4, 47, 40.5, 50)):
        assert not line.intersects(elsewhere)
    assert not line.intersects(box(31.3, 46.0, 33.0, 46.42))
    assert line.intersects(box(31.5, 46.45, 32.2, 46.65))


def test_a_pocket_keeps_its_inner_edge(day: occupied.Day) -> None:
    """Around a pocket on the Sumy border the line runs inside of Ukraine and not back along the border."""
    pocket = max(
        (part for part in day.area.geoms if part.centroid.y > 50.9), key=lambda part: part.area, default=None
    )
    assert pocket is not None
    kept = shapely.intersection(derive_contact(day.area), pocket.buffer(0.01))
    share = geodesy.length_km(kept) / geodesy.length_km(pocket.exterior)
    assert 0.35 < share < 0.8


def test_publishers_vertices_stand(day: occupied.Day) -> None:
    """The line is the edge as published, vertex for vertex; only its ends are put between two of them."""
    given = {tuple(at) for at in shapely.get_coordinates(day.area).tolist()}
    for piece in derive_contact(day.area).geoms:
        inner = [tuple(at) for at in list(piece.coords)[1:-1]]
        assert sum(at not in given for at in inner) <= 2 * len(day.area.geoms)
    assert shapely.get_coordinates(derive_contact(day.area)).shape[0] < shapely.count_coordinates(day.area)


def test_held_ground_lies_on_the_right(day: occupied.Day) -> None:
    """Every piece runs with the occupied area on its left."""
    whole = to_plane(day.area)
    for piece in derive_contact(day.area).geoms:
        edges = shapely.get_coordinates(to_plane(piece))
        step = np.diff(edges, axis=0)
        normal = np.column_stack([-step[:, 1], step[:, 0]]) / np.hypot(*step.T)[:, None]
        left = shapely.points((edges[1:] + edges[:-1]) / 2 + 15 * normal)
        assert shapely.intersects(whole, left).mean() > 0.97


def test_start_and_winding_do_not_matter(day: occupied.Day) -> None:
    """The same area gives the same line wherever its rings begin and whichever way they turn."""

    def turned(part: Polygon) -> Polygon:
        ring = list(part.exterior.coords)[:-1]
        return Polygon((ring[40:] + ring[:40])[::-1], part.interiors)

    other = MultiPolygon([turned(part) for part in reversed(day.area.geoms)])
    assert shapely.equals(derive_contact(other), derive_contact(day.area))


def test_rings_all_around_are_joined_to_nothing() -> None:
    """Two areas with held ground all around stay two rings, wherever they begin, though they lie 2 km apart.

    To the bit they are the same rings: a day's line does not depend on which of several equal areas it is derived from.
    """
    areas = [box(36.0, 47.0, 37.0, 47.5), box(35.9, 47.2, 35.975, 47.25)]
    rings = [shapely.get_coordinates(shapely.segmentize(area, 0.05))[:-1] for area in areas]
    first = derive_contact(MultiPolygon([Polygon(ring) for ring in rings]))
    assert [piece.is_closed for piece in first.geoms] == [True, True]
    for turn in range(0, len(rings[0]), 3):
        turned = [Polygon(np.roll(ring, turn, axis=0)) for ring in rings]
        assert derive_contact(MultiPolygon(turned)).equals_exact(first, 0)


def test_cracks_between_parts_do_not_cut_the_line() -> None:
    """Where two parts meet with a hair of room between them, the line runs on and does not follow the crack."""
    west, east = box(34.0, 46.5, 35.4, 47.4), box(35.401, 46.5, 37.0, 47.4)
    line = derive_contact(MultiPolygon([west, east]))
    assert len(line.geoms) == 1
    assert not line.intersects(box(35.39, 46.6, 35.41, 47.3))


def test_a_narrow_inlet_stays() -> None:
    """An inlet of held ground 3 km wide and 20 km deep, far from any border, is followed to its end."""
    inlet = box(35.98, 47.2, 36.02, 47.5)
    line = derive_contact(MultiPolygon([box(35.0, 46.9, 37.0, 47.4).difference(inlet)]))
    assert len(line.geoms) == 1
    assert shapely.distance(line, Point(36.0, 47.2)) < 0.02


def test_ground_cut_off_is_not_faced() -> None:
    """A lagoon or an enclave within the area has no contact around it: the held ground is one piece."""
    area = box(35.0, 46.9, 37.5, 47.4).difference(Point(36.2, 47.15).buffer(0.1))
    assert derive_contact(MultiPolygon([area])).disjoint(box(35.9, 47.0, 36.5, 47.3))


def test_another_country_is_left_out() -> None:
    """Transnistria, which daily files may hold too, faces Ukraine along a border and is no part of the front."""
    shapes = {c["properties"]["iso_a2"]: shape(c["geometry"]) for c in read_basemap().countries["features"]}
    strip = shapely.intersection(shapes["MD"], box(29.2, 46.5, 30.5, 48.2))
    strip = max(shapely.get_parts(shapely.affinity.translate(strip, 0.02, 0.0)), key=lambda part: part.area)
    front = box(36.0, 47.0, 37.0, 47.5)
    both = derive_contact(MultiPolygon([strip, front]))
    assert shapely.equals(both, derive_contact(MultiPolygon([front])))


@pytest.mark.parametrize(
    "where", [box(20, 52, 21, 53), box(36.0, 44.9, 36.2, 45.1)], ids=["Poland", "Crimea"]
)
def test_no_contact(where: Polygon) -> None:
    """An area abroad, and a scrap of Crimea that faces ground on all sides, are judged by the same rule."""
    line = derive_contact(MultiPolygon([where]))
    assert line.is_empty == (where.centroid.y > 50)


def test_an_edge_that_runs_on_to_the_far_east(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of an edge of 900 km only what is near held ground is cut, which changes nothing."""
    area = MultiPolygon([Polygon([(37, 47.5), (37, 49), (49, 48), (37, 47.5)])])
    cut = []
    points_to_plane = planes.points_to_plane

    def count(lonlats: geodesy.Floats) -> geodesy.Floats:
        cut.append(len(lonlats))
        return points_to_plane(lonlats)

    monkeypatch.setattr(planes, "points_to_plane", count)
    line, few = derive_contact(area), max(cut)
    assert shapely.length(line) > 4
    monkeypatch.setattr(contact, "_ROW_M", 10**9)
    contact._memory.forget()
    assert derive_contact(area).equals_exact(line, 0)
    assert max(cut) > 3 * few


@pytest.mark.parametrize("share", [0.25, 0.45])
def test_another_country_in_pieces_is_left_out(share: float) -> None:
    """A piece of Transnistria that spills over the border by a good part of it is still about Moldova."""
    shapes = {c["properties"]["iso_a2"]: shape(c["geometry"]) for c in read_basemap().countries["features"]}
    piece = next(
        piece
        for east in np.arange(29.4, 30.5, 0.01)
        if shapely.intersection(piece := box(east - 0.5, 47.0, east, 47.3), shapes["UA"]).area
        > share * piece.area
    )
    front = box(36.0, 47.0, 37.0, 47.5)
    both = derive_contact(MultiPolygon([piece, front]))
    assert shapely.equals(both, derive_contact(MultiPolygon([front])))


def test_rings_that_touch_in_degrees_are_valid_in_metres(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hole may touch an edge; on the plane that edge bends past its corner, and GEOS would give up."""
    area = Polygon(
        [(35, 46.9), (37, 46.9), (37, 47.4), (35, 47.4)], [[(35.51, 46.9), (35.6, 47.1), (35.4, 47.1)]]
    )
    assert area.is_valid and not to_plane(shapely.segmentize(area, 0.04)).is_valid
    compute = shapely.intersection

    def compute_strictly(one: Any, other: Any) -> Any:
        assert shapely.is_valid(one).all() and shapely.is_valid(other).all()
        return compute(one, other)

    monkeypatch.setattr(shapely, "intersection", compute_strictly)
    assert geodesy.length_km(derive_contact(MultiPolygon([area]))) > 200


def test_rule_is_four_sentences() -> None:
    """The rule that is printed with every result is four sentences with the distances it uses."""
    assert contact.RULE.count(". ") == 3
    assert contact.RULE.endswith(".")
    used = (
        *(contact.REACH_KM, contact.GAP_KM, contact.DETOUR_KM, contact.STRAY_KM),
        *(held_ground.RIM_KM, held_ground.SLIVER_KM, held_ground.ESTUARY_KM, held_ground.CRACK_KM),
    )
    assert all(f"{km:g} km" in contact.RULE for km in used)
    assert f"{held_ground.LARGE_KM2:g} km²" in contact.RULE
    assert held_ground.LEAST_INSIDE == 1 / 5


def build_areas() -> dict[str, Any]:
    """Return made-up days of publishers that differ, and the sound areas of other years."""
    days = {f"day {n}": build_day(n, reach_km=0.3 + 0.9 * n, push_km=3 * n, pockets=n).area for n in (0, 3)}
    return days | occupied.build_sound_areas()


@pytest.mark.parametrize("area", build_areas().values(), ids=[*build_areas()])
def test_words_of_the_rule_give_the_line(area: Any) -> None:
    """Who follows the printed rule with other tools, on another plane, gets the line within 100 m, both ways."""
    ours = project(derive_contact(MultiPolygon([*shapely.get_parts(area)])))
    theirs = derive_by_words(area)
    for one, other in ((ours, theirs), (theirs, ours)):
        points = shapely.points(shapely.get_coordinates(shapely.segmentize(one, 50)))
        assert shapely.distance(points, other).max() < 100


PARTS = {
    "pocket that a border leaves 2 % of": (4, 0.02, True),
    "large part with a quarter inside": (20, 0.25, True),
    "large part with a tenth inside": (30, 0.1, False),
    "abroad": (4, 0.0, False),
}


@pytest.mark.parametrize(("side_km", "inside", "is_counted"), PARTS.values(), ids=PARTS)
def test_parts_at_the_russian_border(side_km: float, inside: float, is_counted: bool) -> None:
    """Of a part up to 500 km² any bit inside counts, of a larger one a fifth, as the rule says."""
    ukraine = to_plane(occupied.read_ukraine())
    east = next(
        square
        for x in np.arange(550_000, 200_000, -side_km * 50)
        if (square := box(x, -50_000, x + side_km * 1000, -50_000 + side_km * 1000))
        .intersection(ukraine)
        .area
        >= inside * square.area
    )
    if not inside:
        east = shapely.affinity.translate(east, 50_000)
    assert held_ground.is_about_ukraine(planes.to_plane(occupied.to_lonlat(east))) is is_counted
