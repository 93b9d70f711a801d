"""The scenarios of March 2025: the script draws exactly the files that ship, by the rules their ``basis`` states."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import shapely
from pyproj import Geod
from shapely.geometry import LineString, Point, Polygon, shape

from geo import shipped
from geo.reference.basemap import find_place, read_basemap
from seeds.build import scenarios
from seeds.build.corridor import derive_land_side, derive_right_bank
from seeds.build.geojson import render_readable

IDS = tuple(scenarios.BUILDERS)
LOCATIONS = {
    "dnipro-line": "location-dnipro",
    "western-ukraine": "location-west",
    "neighbouring-country": "location-neighbour",
}
DIFFERING = {
    "paris-2025-03-27/participation-31", "ap-2025-03-27/participation-nearly-30",
    "paris-2025-03-27/size-10000", "ukrainska-pravda-2025-03-16/size-more-than-10000",
    "paris-2025-03-27/size-30000", "kyiv-independent-2025-02-28/size-white-house",
    "ukrainska-pravda-2025-03-27/size-10000", "ukrainska-pravda-2025-03-27/size-30000",
}  # fmt: skip
"""What reports of the same things say differently, wherever a force goes, and so stands on every map."""
WGS84 = Geod(ellps="WGS84")


def _file(scenario_id: str) -> bytes:
    return (shipped.folder("scenarios") / f"{scenario_id}.geojson").read_bytes()


def _features(scenario_id: str) -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = json.loads(_file(scenario_id))["features"]
    return features


def _geometries(scenario_id: str) -> dict[str, shapely.Geometry]:
    return {f["properties"]["name"]: shape(f["geometry"]) for f in _features(scenario_id)}


def _rings(scenario_id: str) -> Iterator[shapely.LinearRing]:
    for geometry in _geometries(scenario_id).values():
        for part in shapely.get_parts(geometry):
            yield part.exterior
            yield from part.interiors


def _km(a: tuple[float, float], b: tuple[float, float]) -> float:
    return float(WGS84.inv(*a, *b)[2]) / 1000


def _km_to_line(lonlat: tuple[float, float], dense: np.ndarray) -> float:
    count = len(dense)
    lengths = WGS84.inv([lonlat[0]] * count, [lonlat[1]] * count, dense[:, 0], dense[:, 1])[2]
    return float(np.min(lengths)) / 1000


@pytest.fixture(scope="module")
def dnipro() -> LineString:
    """Give the shipped Dnipro, running downstream."""
    return scenarios.read_dnipro()


@pytest.mark.parametrize("scenario_id", IDS)
def test_script_draws_the_shipped_file(scenario_id: str) -> None:
    """The script gives the shipped bytes, and the same bytes again."""
    assert scenarios.render_scenario(scenario_id) == _file(scenario_id)
    assert scenarios.render_scenario(scenario_id) == scenarios.render_scenario(scenario_id)


@pytest.mark.parametrize("scenario_id", IDS)
def test_file_says_what_is_reported_and_what_is_ours(scenario_id: str) -> None:
    """A file carries its place, and what reports differ on, side by side; each basis tells data from choice."""
    about = json.loads(_file(scenario_id))["scenario"]
    assert about["claims"][0] == f"paris-2025-03-27/{LOCATIONS[scenario_id]}"
    assert set(about["claims"]) > DIFFERING
    assert "this project" in about["summary"] or "not say where" in about["summary"]
    for feature in _features(scenario_id):
        assert "Natural Earth" in feature["properties"]["basis"]
        assert "project's choice" in feature["properties"]["basis"]


@pytest.mark.parametrize("scenario_id", IDS)
def test_zones_share_edges_vertex_by_vertex(scenario_id: str) -> None:
    """Neighbouring zones leave no gap between them."""
    assert shapely.coverage_is_valid(list(_geometries(scenario_id).values()))


@pytest.mark.parametrize("scenario_id", IDS)
def test_zones_lie_in_their_country_to_the_last_vertex(scenario_id: str) -> None:
    """A zone drawn from the basemap does not cross the border of the country it names."""
    countries = {
        f["properties"]["iso_a2"]: shape(f["geometry"]) for f in read_basemap().countries["features"]
    }
    for feature in _features(scenario_id):
        outside = shape(feature["geometry"]).difference(countries[feature["properties"]["country"]])
        assert outside.area == 0, feature["properties"]["name"]


def test_western_zones_are_the_oblasts() -> None:
    """Each western zone is one oblast of the basemap, edge for edge."""
    oblasts = {f["properties"]["name"]: shape(f["geometry"]) for f in read_basemap().oblasts["features"]}
    geometries = _geometries("western-ukraine")
    assert set(geometries) == {
        f"{name} oblast"
        for name in ("Volyn", "Rivne", "Lviv", "Ternopil", "Ivano-Frankivsk", "Zakarpattia", "Chernivtsi")
    }
    for name, geometry in geometries.items():
        assert geometry.equals(oblasts[name.removesuffix(" oblast")])


def test_host_areas_are_candidates_beside_ukraine() -> None:
    """Each host area is marked a candidate and shares part of its edge with Ukraine."""
    ukraine = next(
        shape(f["geometry"])
        for f in read_basemap().countries["features"]
        if f["properties"]["iso_a2"] == "UA"
    )
    for feature in _features("neighbouring-country"):
        properties = feature["properties"]
        assert properties["candidate"] is True
        assert properties["name"].endswith("(candidate)")
        assert shape(feature["geometry"]).intersection(ukraine).length > 0.5
    assert {f["properties"]["country"] for f in _features("neighbouring-country")} == {"PL", "SK", "RO"}


def test_corridor_follows_the_river(dnipro: LineString) -> None:
    """Between reservoirs the corridor's river side is the mapped Dnipro vertex by vertex, from Kyiv on."""
    corridor = shapely.coverage_union_all(list(_geometries("dnipro-line").values()))
    on_river = [point for point in corridor.exterior.coords if point in set(dnipro.coords)]
    assert len(on_river) > 45
    lon = [lon for lon, _ in on_river]
    assert min(lon) < 30.6
    assert max(lon) > find_place("Cherkasy").lon
    assert corridor.intersection(dnipro).within(corridor.boundary.buffer(1e-4))


def test_corridor_ends_at_the_shore() -> None:
    """Along a reservoir the river side is its shore vertex by vertex, and the water is nobody's zone."""
    kremenchuk = next(
        shape(f["geometry"])
        for f in read_basemap().lakes["features"]
        if f["properties"]["name"] == "Kremenchuk Reservoir"
    )
    reach = _geometries("dnipro-line")["Cherkasy to Kremenchuk reach"]
    assert len(set(reach.exterior.coords) & set(kremenchuk.exterior.coords)) > 40
    assert not reach.intersects(Point(32.73, 49.29))


def test_corridor_lies_on_the_right_bank(dnipro: LineString) -> None:
    """Every vertex of the corridor is on the river or to the right of it as it runs downstream."""
    for ring in _rings("dnipro-line"):
        for lonlat in ring.coords:
            station = dnipro.project(Point(lonlat))
            if dnipro.distance(Point(lonlat)) < 1e-4:
                continue
            before, after = (dnipro.interpolate(station + step).coords[0] for step in (-0.02, 0.02))
            assert Polygon([before, after, lonlat]).exterior.is_ccw is False


def test_corridor_is_about_30_km_deep(dnipro: LineString) -> None:
    """The land side is 29.5 to 32.5 km from the river as geodesics measure, 30 km in the median."""
    dense = shapely.get_coordinates(dnipro.segmentize(0.002))
    water = dnipro.union(scenarios.read_water())
    land_sides = [
        LineString(pair)
        for ring in _rings("dnipro-line")
        for pair in itertools.pairwise(ring.coords)
        if all(water.distance(Point(end)) > 1e-4 for end in pair)
    ]
    depths = [_km_to_line(point, dense) for side in land_sides for point in side.segmentize(0.03).coords]
    assert len(depths) > 100
    assert min(depths) > 29.5
    assert max(depths) < 32.5
    assert np.median(depths) == pytest.approx(30, abs=0.1)


def test_corridor_is_away_from_the_front() -> None:
    """The corridor keeps more than 110 km from places at the front of March 2025."""
    near_front = [
        find_place(name) for name in ("Enerhodar", "Orikhiv", "Pokrovsk", "Nova Kakhovka", "Nikopol")
    ]
    for ring in _rings("dnipro-line"):
        for lonlat in ring.coords:
            assert min(_km(lonlat, (place.lon, place.lat)) for place in near_front) > 110


def test_reaches_follow_one_another() -> None:
    """Each reach ends where the next begins, at one straight cut from the land side to the water."""
    reaches = _geometries("dnipro-line")
    assert list(reaches) == [
        "Kyiv to Kaniv reach",
        "Kaniv to Cherkasy reach",
        "Cherkasy to Kremenchuk reach",
        "Kremenchuk to Horishni Plavni reach",
    ]
    for upper, lower in itertools.pairwise(reaches.values()):
        cut = upper.intersection(lower)
        assert shapely.get_num_coordinates(cut) == 2
        assert 25 < _km(*cut.coords) < 36


def test_land_side_of_a_straight_river() -> None:
    """Along a straight river the land side is a straight line on its right, running downstream."""
    land = derive_land_side(LineString([(0, 0), (0, -100_000), (0, -200_000)]), 30)
    middle = shapely.get_coordinates(land.intersection(shapely.box(-1e6, -170_000, 1e6, -30_000)))
    assert np.allclose(middle[:, 0], -30_000)
    assert land.coords[0][1] > land.coords[-1][1]


def test_right_bank_of_a_made_up_river() -> None:
    """A river running south has its right bank in the west, cut square at its towns."""
    river = LineString([(10, lat / 10) for lat in range(520, 460, -1)])
    towns = [("Upper", (10.05, 50.0)), ("Middle", (9.95, 49.5)), ("Lower", (10.05, 49.0))]
    first, second = derive_right_bank(river, towns, 20)
    assert (first.upper, first.lower, second.upper, second.lower) == ("Upper", "Middle", "Middle", "Lower")
    for reach in (first, second):
        assert reach.geometry.is_valid
        assert reach.geometry.bounds[2] == 10
        area_km2 = abs(WGS84.geometry_area_perimeter(reach.geometry)[0]) / 1e6
        length_km = _km((10, 50), (10, 49.5))
        assert area_km2 == pytest.approx(20 * length_km, rel=0.01)


def test_readable_files_are_json_again() -> None:
    """What is written for people reads back as the same GeoJSON."""
    square = {"type": "Polygon", "coordinates": [[[i / 10, 0.5] for i in range(40)]]}
    pair = {"type": "MultiPolygon", "coordinates": [square["coordinates"], square["coordinates"]]}
    features = [{"type": "Feature", "properties": {"name": 'a "b"'}, "geometry": g} for g in (square, pair)]
    collection = json.loads(render_readable(features, {"id": "x"}))
    assert collection == {"type": "FeatureCollection", "scenario": {"id": "x"}, "features": features}
