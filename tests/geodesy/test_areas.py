"""Distances, areas and lattices against brute force, against published values and against wrong methods."""

from __future__ import annotations

import ast
from pathlib import Path

import numpy as np
import pytest
import shapely
from pyproj import Transformer
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box

import geo
from geo import geodesy
from geo.fronts.reading import find_front
from geo.geodesy.areas import CELLS, FARTHEST_TOLERANCE_KM
from tests import brute_force
from tests.brute_force import tolerance_km

FRONT = find_front("2025-03-27").line
UKRAINE = np.random.default_rng(20250327).uniform([22.5, 46.0], [36.0, 51.5], size=(200, 2))
KYIV = np.array([[30.5234, 50.4501]])


@pytest.fixture(scope="module")
def true_km() -> brute_force.Floats:
    """The distance of 200 points of Ukraine to the shipped front, by brute force."""
    return brute_force.points_km(UKRAINE, FRONT)


def test_inverse_agrees_with_a_published_geodesic() -> None:
    """JFK to LHR is the worked example of Karney's GeodSolve: 5,551.76 km."""
    jfk, lhr = np.array([[-73.8, 40.6]]), np.array([[-0.5, 51.6]])
    assert geodesy.geodesic_km(jfk, lhr)[0] == pytest.approx(5551.759400, abs=1e-5)


def test_points_agree_with_brute_force(true_km: brute_force.Floats) -> None:
    """Two hundred points of Ukraine are measured to within 20 m of brute force."""
    measured = geodesy.Polyline(FRONT).distances_km(UKRAINE)
    assert np.abs(measured - true_km).max() < 0.02


@pytest.mark.parametrize("crs", ["EPSG:3857", "EPSG:3035", "EPSG:32636"])
def test_planar_distance_in_one_projection_fails(crs: str, true_km: brute_force.Floats) -> None:
    """Measuring in Web Mercator, in the European equal-area grid or in UTM zone 36N exceeds the tolerance."""
    project = Transformer.from_crs("EPSG:4326", crs, always_xy=True).transform
    flat = shapely.transform(FRONT, lambda xy: np.column_stack(project(*xy.T)))
    planar = shapely.distance(flat, shapely.points(np.column_stack(project(*UKRAINE.T)))) / 1000
    assert (np.abs(planar - true_km) > [tolerance_km(km) for km in true_km]).any()


def test_degrees_times_111_fails(true_km: brute_force.Floats) -> None:
    """Taking degrees for 111 km each is wrong by more than the tolerance for most points."""
    rough = shapely.distance(FRONT, shapely.points(UKRAINE)) * 111
    assert (np.abs(rough - true_km) > [tolerance_km(km) for km in true_km]).mean() > 0.9


def test_nearest_point_chosen_in_degrees_fails() -> None:
    """Choosing the nearest point in degrees overstates Kyiv's distance even when the length is geodesic."""
    chosen = shapely.get_coordinates(shapely.shortest_line(shapely.Point(KYIV[0]), FRONT))
    wrong = geodesy.geodesic_km(chosen[:1], chosen[1:])[0]
    right = geodesy.Polyline(FRONT).distances_km(KYIV)[0]
    assert wrong > right + tolerance_km(right)


ZONES = {
    "south": box(30.0, 47.2, 31.5, 48.0),
    "far west": Polygon([(23.0, 48.5), (25.0, 48.2), (26.0, 50.5), (23.5, 50.8)]),
    "with a hole": Polygon(
        [(32, 49), (35, 49), (35, 50.5), (32, 50.5)], [[(33, 49.3), (34, 49.3), (34, 50.1), (33, 50.1)]]
    ),
    "two parts": MultiPolygon([box(26, 49, 26.4, 49.4), box(33.2, 47.9, 33.5, 48.2)]),
    "single-point-sized": Point(35.0462, 48.4647).buffer(1e-5),
}


@pytest.mark.parametrize("zone", ZONES.values(), ids=ZONES.keys())
def test_nearest_pair_agrees_with_brute_force(zone: geodesy.Area) -> None:
    """The nearest distance of zones of all shapes is within the tolerance, and its end points are on both."""
    pair = geodesy.nearest_pair(zone, geodesy.Polyline(FRONT))
    true = brute_force.nearest_km(zone.boundary, FRONT)
    assert abs(pair.distance_km - true) < tolerance_km(true)
    assert zone.boundary.distance(Point(pair.origin)) < 1e-9
    assert FRONT.distance(Point(pair.target)) < 1e-9


def test_hole_around_the_line_is_measured_to_the_hole() -> None:
    """A line inside a zone's hole is near the hole's edge, not inside the zone."""
    zone = Polygon(box(30, 48, 34, 50).exterior, [box(31, 48.5, 33, 49.5).exterior.coords])
    line = LineString([(31.9, 49.0), (32.1, 49.0)])
    pair = geodesy.nearest_pair(zone, geodesy.Polyline(line))
    assert pair.distance_km == pytest.approx(brute_force.nearest_km(zone.boundary, line), abs=0.05)


def test_two_vertices_400_km_apart_are_a_straight_line_in_degrees() -> None:
    """The middle of a long two-vertex line lies on its parallel, as RFC 7946 has it, not on the great circle."""
    line = LineString([(30.0, 48.0), (35.37, 48.0)])
    assert geodesy.length_km(line) == pytest.approx(400.6, abs=0.5)
    zone = box(32.6, 48.5, 32.8, 48.6)
    pair = geodesy.nearest_pair(zone, geodesy.Polyline(line))
    assert pair.target[1] == 48.0
    assert pair.distance_km == pytest.approx(brute_force.nearest_km(zone.boundary, line), abs=0.05)


@pytest.mark.parametrize(
    "zone",
    [box(30, 48, 31, 49), box(31, 47, 32, 49), box(29, 46, 36, 50)],
    ids=["touching", "crossing", "around"],
)
def test_touching_or_crossing_is_zero(zone: Polygon) -> None:
    """A zone that touches, crosses or contains the line is 0 km away, at one shared point, with no bearing."""
    pair = geodesy.nearest_pair(zone, geodesy.Polyline(LineString([(31, 48), (34, 48.5)])))
    assert (pair.distance_km, pair.bearing_deg) == (0.0, None)
    assert pair.origin == pair.target
    assert zone.distance(Point(pair.origin)) < 1e-9


def test_bearing_is_clockwise_from_north() -> None:
    """Due east is 90°, due south 180°, and west is not negative."""
    assert geodesy.bearing_deg((30, 0), (31, 0)) == pytest.approx(90)
    assert geodesy.bearing_deg((30, 49), (30, 48)) == pytest.approx(180)
    assert geodesy.bearing_deg((30, 0), (29, 0)) == pytest.approx(270)


def test_area_ignores_winding_and_takes_holes_off() -> None:
    """A one-degree cell at the equator has the area of the closed formula either way round, less what is cut out."""
    cell, e = box(0, 0, 1, 1), geodesy.GEOD.es**0.5
    x = e * np.sin(np.radians(1))
    authalic = np.sin(np.radians(1)) / (1 - x**2) + np.arctanh(x) / e  # Snyder 1987, equation 3-12
    exact = geodesy.GEOD.b**2 / 2 * np.radians(1) * authalic / 1e6
    assert geodesy.area_km2(cell) == pytest.approx(exact, rel=1e-7)
    assert geodesy.area_km2(cell.reverse()) == pytest.approx(geodesy.area_km2(cell))
    holed = Polygon(cell.exterior, [box(0.25, 0.25, 0.75, 0.75).exterior.coords])
    assert geodesy.area_km2(holed) == pytest.approx(
        geodesy.area_km2(cell) - geodesy.area_km2(box(0.25, 0.25, 0.75, 0.75))
    )


@pytest.mark.parametrize("zone", ZONES.values(), ids=ZONES.keys())
def test_lattice_weighs_what_the_zone_weighs(zone: geodesy.Area) -> None:
    """The cells' weights add up to the geodesic area, and there are enough of them."""
    points, weights = geodesy.equal_area_lattice(zone)
    assert len(points) >= CELLS
    assert weights.sum() == pytest.approx(geodesy.area_km2(zone), rel=1e-4)


def test_doubling_the_lattice_hardly_moves_the_mean() -> None:
    """Twice the cells move the mean by less than 0.5 %; measured, by less than 0.001 %."""
    line, means = geodesy.Polyline(FRONT), []
    for cells in (CELLS, 2 * CELLS, 4 * CELLS):
        points, weights = geodesy.equal_area_lattice(ZONES["south"], cells=cells)
        means.append(np.average(line.distances_km(points), weights=weights))
    assert means[1:] == pytest.approx(means[:1] * 2, rel=1e-5)


def test_sliver_is_measured_without_a_giant_grid() -> None:
    """A strip 10 m wide and 600 km long gets cells along all of its length, not billions of them."""
    strip = Polygon([(24, 48.0), (32, 50.0), (32, 50.0001), (24, 48.0001)])
    points, weights = geodesy.equal_area_lattice(strip)
    assert len(points) < 40 * CELLS
    assert weights.sum() == pytest.approx(geodesy.area_km2(strip), rel=1e-3)


def test_farthest_point_inside_the_zone_is_found() -> None:
    """Inside a ring-shaped front the farthest point is in the middle, away from every vertex of the zone."""
    ring = LineString(Point(32, 49).buffer(1.0).exterior.coords)
    zone = box(31.4, 48.5, 32.6, 49.5)
    around, true = zone, 0.0
    for step_deg in (0.05, 0.01, 0.001):
        points, _ = brute_force.grid(around, step_deg)
        distances = brute_force.points_km(points, ring)
        around, true = Point(points[distances.argmax()]).buffer(step_deg), float(distances.max())
    assert geodesy.farthest_km(zone, geodesy.Polyline(ring)) == pytest.approx(true, abs=tolerance_km(true))


@pytest.mark.parametrize("zone", ZONES.values(), ids=ZONES.keys())
def test_farthest_agrees_with_brute_force(zone: geodesy.Area) -> None:
    """The farthest distance is that of the farthest of many points of the outline."""
    true = brute_force.points_km(brute_force.dense_points(zone.boundary, 2), FRONT).max()
    assert geodesy.farthest_km(zone, geodesy.Polyline(FRONT)) == pytest.approx(true, abs=tolerance_km(true))


def test_farthest_point_at_the_tip_of_a_hair() -> None:
    """A spike thinner than an atom counts like any part, and costs no more squares than a wide one."""
    body = box(30, 49, 31, 50)
    hair = Polygon([(30, 49.5), (28, 49.5 + 1e-13), (28, 49.5 - 1e-13)])
    area, line = MultiPolygon([body, hair]), geodesy.Polyline(LineString([(35, 45), (35, 55)]))
    asked = []

    def measure(lonlats: geodesy.Floats) -> tuple[geodesy.Floats]:
        asked.append(len(lonlats))
        return (line.distances_km(lonlats),)

    (found,) = geodesy.find_largest(area, measure, (300.0,))
    (tip,) = line.distances_km(np.array([[28, 49.5]]))
    assert tip - FARTHEST_TOLERANCE_KM <= found <= tip
    assert sum(asked) < 50_000


def test_band_reaches_as_far_as_asked() -> None:
    """The edge of a 5 km band lies 5 km from the line, give or take what drawing needs."""
    band = geodesy.derive_band(FRONT, 5.0)
    distances = geodesy.Polyline(FRONT).distances_km(shapely.get_coordinates(band))
    assert band.contains(FRONT)
    assert 4.5 < distances.min() <= distances.max() < 5.5


def test_only_geodesy_names_a_projection() -> None:
    """Only the modules that measure and project import pyproj."""
    for file in Path(geo.__file__).parent.rglob("*.py"):
        if file.parent.name == "geodesy" or file.stem == "cache":  # which asks for PROJ's version only
            continue
        text = file.read_text(encoding="utf-8")
        imported = {
            alias.name
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.Import)
            for alias in node.names
        } | {node.module for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ImportFrom)}
        assert "pyproj" not in imported, file


def test_only_one_module_cuts_edges() -> None:
    """What shapely makes of odd geometries when it cuts their edges is known in one place."""
    package = Path(geo.__file__).parent
    users = [
        file for file in package.rglob("*.py") if "shapely.segmentize(" in file.read_text(encoding="utf-8")
    ]
    assert users == [package / "geodesy" / "validity.py"]


def test_lattice_of_very_many_parts() -> None:
    """An area of very many parts has a lattice of its whole size, each cell within it, as one of few parts has."""
    corners = [(30 + i / 50, 48 + j / 50) for i in range(12) for j in range(12)]
    squares = [box(lon, lat, lon + 0.01, lat + 0.01) for lon, lat in corners]
    area = MultiPolygon(squares)
    points, weights = geodesy.equal_area_lattice(area)
    assert weights.sum() == pytest.approx(geodesy.area_km2(area), rel=1e-6)
    assert shapely.dwithin(shapely.points(points), area, 0.003).all()


def test_crossings_are_counted() -> None:
    """Lines that cross are counted once each, neighbours along a line not at all, and counting ends in time."""
    across = [shapely.LineString([(i, -1), (i, 30)]) for i in range(20)]
    along = [shapely.LineString([(-1, i), (15, i), (30, i)]) for i in range(20)]
    assert geodesy.count_crossings(across, most=10, most_near=10_000) == (0, 0)
    assert geodesy.count_crossings(along, most=10, most_near=10_000) == (0, 0)
    assert geodesy.count_crossings([*across, *along], most=10_000, most_near=10_000)[0] >= 400
    assert geodesy.count_crossings([*across, *along], most=10, most_near=10_000)[0] > 10


def test_counting_ends_where_edges_lie_side_by_side() -> None:
    """Lines that follow each other a hand's breadth apart cross nowhere; counting ends all the same."""
    bundle = [shapely.segmentize(shapely.LineString([(n * 1e-6, 0), (1, 1)]), 0.001) for n in range(100)]
    count, near = geodesy.count_crossings(bundle, most=10_000_000, most_near=50_000)
    assert count < 50_000 < near
