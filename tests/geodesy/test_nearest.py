"""Nearest points of lines by pruning, against asking every piece, in the situations where pruning could go wrong."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from shapely.geometry import LineString, MultiLineString, Point

from geo.fronts.reading import find_front
from geo.geodesy import ellipsoid, groups, nearest
from geo.geodesy.nearest import Polyline
from tests import brute_force

FRONT = find_front("2025-03-27").line
RANDOM = np.random.default_rng(20250327)


def true_km(lonlats: ellipsoid.Floats, line: shapely.Geometry) -> ellipsoid.Floats:
    """Return each point's distance by `pyproj.Geod` to points at most 40 m apart on the line."""
    ends = brute_force.dense_points(line, 0.04)
    return np.array([brute_force.pairwise_km(point[None], ends).min() for point in lonlats])


LINES = {
    "shipped": FRONT,
    "two vertices": LineString([(30, 48), (36, 49)]),
    "ring": Point(32, 48.5).buffer(2).exterior,
    "doubled back": LineString([(30, 48), (36, 48), (36, 48.0005), (30, 48.0005)]),
    "far parts": MultiLineString([[(23, 49), (23.1, 50)], [(38, 47), (39, 47)], [(31, 59), (32, 59)]]),
}


@pytest.mark.parametrize("line", LINES.values(), ids=LINES.keys())
def test_pruning_never_loses_the_nearest_piece(line: shapely.Geometry) -> None:
    """Ten thousand points, asked group by group, get the same answer as each point asked alone of every piece."""
    points = RANDOM.uniform([20, 44], [42, 60], size=(10_000, 2))
    prepared = Polyline(line)
    a, b = ellipsoid.earth_centred(prepared.starts), ellipsoid.earth_centred(prepared.ends)
    measured = ellipsoid.geodesic_km(points, prepared.nearest(points))
    for index in RANDOM.choice(len(points), 200, replace=False):
        p = ellipsoid.earth_centred(points[index : index + 1])
        along = np.clip(((p - a) * (b - a)).sum(axis=0) / ((b - a) ** 2).sum(axis=0), 0, 1)
        feet = prepared.starts + along[:, None] * (prepared.ends - prepared.starts)
        every = ellipsoid.geodesic_km(np.broadcast_to(points[index], feet.shape), feet)
        assert measured[index] == pytest.approx(every.min(), abs=1e-4)


@pytest.mark.parametrize("line", LINES.values(), ids=LINES.keys())
def test_distances_are_within_two_metres_of_brute_force(line: shapely.Geometry) -> None:
    """Points up to 1,500 km away are measured to within 2 m of `pyproj.Geod` to points every 40 m."""
    points = RANDOM.uniform([20, 44], [42, 60], size=(25, 2))
    assert np.abs(Polyline(line).distances_km(points) - true_km(points, line)).max() < 0.002


def test_the_shorter_chord_is_not_always_nearer() -> None:
    """Of ends 1,000.001 km north and 1,000 km east, the northern has the shorter chord; the eastern is chosen."""
    here = np.array([[31.0, 48.0]])
    north, east = (
        ellipsoid.GEOD.fwd(31.0, 48.0, *way)[:2] for way in ((0.0, 1_000_001.0), (90.0, 1_000_000.0))
    )
    apart = ellipsoid.earth_centred(np.array([north, east])) - ellipsoid.earth_centred(here)
    chord_north, chord_east = np.linalg.norm(apart, axis=0)
    assert chord_north < chord_east
    line = MultiLineString([[end, (end[0] + 1e-7, end[1])] for end in (north, east)])
    assert Polyline(line).nearest(here)[0] == pytest.approx(east, abs=1e-6)


def test_the_shorter_chord_is_not_nearer_to_a_group_either() -> None:
    """The same of thousands of neighbours, which share their candidates and how those bend."""
    here = np.array([31.0, 48.0]) + RANDOM.uniform(-1e-7, 1e-7, size=(groups.FEW + 1, 2))
    north, east = (
        ellipsoid.GEOD.fwd(31.0, 48.0, *way)[:2] for way in ((0.0, 1_000_001.0), (90.0, 1_000_000.0))
    )
    line = MultiLineString([[end, (end[0] + 1e-7, end[1])] for end in (north, east)])
    lon, lat, _ = Polyline(line).measure(groups.Cloud(here))
    assert np.allclose(lon, east[0], atol=1e-6)
    assert np.allclose(lat, east[1], atol=1e-6)


@pytest.mark.parametrize("line", LINES.values(), ids=LINES.keys())
@pytest.mark.parametrize(("reach", "metres"), [(0.01, 0.001), (3, 0.001), (8, 0.03), (90, 0.03)])
def test_measured_in_bulk_is_the_geodesic(line: shapely.Geometry, reach: float, metres: float) -> None:
    """What `measure` says of lengths is the geodesic to the nearest point it names: close by, afar, and in between."""
    on = shapely.line_interpolate_point(line, RANDOM.uniform(0, 1, 20_000), normalized=True)
    points = shapely.get_coordinates(on)
    points += RANDOM.uniform(-reach, reach, size=points.shape)
    points[:, 1] = np.clip(points[:, 1], -90, 90)
    lon, lat, km = Polyline(line).measure(groups.Cloud(points))
    assert np.abs(km - ellipsoid.geodesic_km(points, np.column_stack([lon, lat]))).max() < metres / 1000


@pytest.mark.parametrize("count", [0, 1, 2, 1000, groups.FEW, groups.FEW + 1, 5000])
def test_any_number_of_points_keeps_its_order(count: int) -> None:
    """Full groups, a short last group and no group at all: the answers come in the order of the points."""
    points = RANDOM.uniform([20, 44], [42, 60], size=(count, 2))
    together = Polyline(FRONT).nearest(points)
    assert together.shape == (count, 2)
    for index in range(0, count, 701):
        assert np.array_equal(Polyline(FRONT).nearest(points[index : index + 1])[0], together[index])


def test_points_on_the_line_are_on_it() -> None:
    """A vertex and the middle of an edge are at distance 0, to a millimetre."""
    middle = shapely.line_interpolate_point(FRONT.geoms[0], 0.5, normalized=True)
    points = np.array([FRONT.geoms[0].coords[0], (middle.x, middle.y)])
    assert Polyline(FRONT).distances_km(points).max() < 0.001


def test_on_the_other_side_of_the_earth_geodesics_decide() -> None:
    """From 8,000 km to the antipode, by brute force: there a longer chord may have a shorter geodesic."""
    ways = RANDOM.uniform(0, 360, 60), RANDOM.uniform(8e6, 20e6, 60)
    lon, lat, _ = ellipsoid.GEOD.fwd(np.full(60, 36.0), np.full(60, 48.0), *ways)
    points = np.vstack([np.column_stack([lon, lat]), [(0, 90), (0, -90), (180, 10), (-180, 10), (-144, -48)]])
    true = true_km(points, FRONT)
    assert np.abs(Polyline(FRONT).distances_km(points) - true).max() < 0.002


def test_pairs_taken_in_portions_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """How many pairs of a group and a piece are in memory at once decides nothing; a line far away has them all."""
    rng = np.random.default_rng(5)
    line = Polyline(LineString(rng.uniform((0, 0), (1, 1), (400, 2))))
    points = rng.uniform((22, 48), (26, 51), (3000, 2))
    known = line.nearest(points)
    monkeypatch.setattr(nearest, "_PAIRS", 1000)
    assert np.array_equal(line.nearest(points), known)


def test_few_candidates_are_left() -> None:
    """Of the front's 324 pieces, 300,000 points ask fewer than 5 each: the speed comes from there."""
    points = groups.Cloud(RANDOM.uniform([22, 45], [40, 52], size=(300_000, 2)))
    asked, _ = Polyline(FRONT).find_candidates(points)
    assert len(asked) / len(points.levels[-1].radii) < 5


def test_few_points_far_apart_ask_few_pieces_too() -> None:
    """A thousand points strewn along a line of equal distance, neighbours 10 km apart, ask fewer than 5 pieces each."""
    ring = shapely.line_interpolate_point(FRONT.buffer(3).exterior, np.linspace(0, 1, 1000), normalized=True)
    points = groups.Cloud(shapely.get_coordinates(ring))
    asked, _ = Polyline(FRONT).find_candidates(points)
    assert len(asked) / len(points) < 5


def test_pieces_are_short_and_stay_on_the_edge() -> None:
    """Long edges are cut to 0.04°, and where they are cut lies on them."""
    prepared = Polyline(LineString([(30, 48), (36, 49)]))
    lengths = np.linalg.norm(prepared.ends - prepared.starts, axis=1)
    assert lengths.max() <= nearest.MAX_PIECE_DEG + 1e-12
    assert np.allclose((prepared.starts[:, 1] - 48) * 6, prepared.starts[:, 0] - 30)
