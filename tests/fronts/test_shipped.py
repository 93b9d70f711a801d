"""The line of contact that ships: on the right side of every town, inside Ukraine, off the coasts, in one piece."""

from __future__ import annotations

import tomllib
from typing import Any

import numpy as np
import pytest
import shapely
from shapely.geometry import LineString, Point, shape

from geo import geodesy, shipped
from geo.fronts.front import find_front, read_fronts
from geo.reference import basemap

FRONT = find_front("2025-03-27")
TOWNS = tomllib.loads(
    (shipped.folder("seeds", "fronts") / "2025-03-27.towns.toml").read_text(encoding="utf-8")
)


def country(iso: str) -> Any:
    features = basemap.read_basemap().countries["features"]
    return shape(next(each for each in features if each["properties"]["iso_a2"] == iso)["geometry"])


def side_of(sector: LineString, lon: float, lat: float) -> str:
    """Tell on which side of a line a point lies, by the direction of the edge nearest to it."""
    edges = list(zip(sector.coords[:-1], sector.coords[1:], strict=True))
    start, end = min(edges, key=lambda edge: LineString(edge).distance(Point(lon, lat)))
    turn = (end[0] - start[0]) * (lat - start[1]) - (end[1] - start[1]) * (lon - start[0])
    return "left" if turn > 0 else "right"


def test_every_sector_has_its_towns() -> None:
    """The towns the line was drawn between are listed for every sector, under the sector's name."""
    assert [sector["name"] for sector in TOWNS["sector"]] == [sector.name for sector in FRONT.sectors]
    assert TOWNS["as_of"] == FRONT.as_of


@pytest.mark.parametrize("number", range(len(FRONT.sectors)), ids=[s.name for s in FRONT.sectors])
def test_towns_are_on_their_side(number: int) -> None:
    """Towns held by Ukraine lie on the held side of their sector, occupied ones on the other."""
    line = FRONT.sectors[number].line.geoms[0]
    for name, lon, lat in TOWNS["sector"][number]["held"]:
        assert side_of(line, lon, lat) == FRONT.held_side, name
    for name, lon, lat in TOWNS["sector"][number]["occupied"]:
        assert side_of(line, lon, lat) != FRONT.held_side, name


def test_main_line_is_one_piece_from_the_border_to_the_estuary() -> None:
    """The sectors join into one line of over 800 km and the two border pockets north of Kharkiv."""
    lengths = sorted(geodesy.length_km(part) for part in FRONT.line.geoms)
    assert len(lengths) == 3
    assert lengths[-1] > 800
    assert max(lengths[:2]) < 40


def test_vertices_are_few_and_sectors_state_their_precision() -> None:
    """It is a schematic line: 100 to 200 vertices, and every sector says how precise it is."""
    assert 100 <= shapely.get_num_coordinates(FRONT.line) <= 200
    assert all(sector.precision_km is not None and sector.precision_km <= 5 for sector in FRONT.sectors)
    assert FRONT.uncertainty_km == 5


def test_line_lies_in_ukraine() -> None:
    """Nothing of it lies in Russia or at sea as the reference layers draw them."""
    assert country("UA").contains(FRONT.line)
    assert not country("RU").intersects(FRONT.line)


def test_line_keeps_off_crimea_and_the_azov_coast() -> None:
    """Its southernmost point is on the lower Dnipro, far from the isthmus and from the Sea of Azov."""
    crimea_and_azov = np.array([[33.7, 46.1], [34.8, 46.2], [35.37, 46.85], [36.8, 46.76], [37.55, 47.09]])
    assert FRONT.line.bounds[1] > 46.4
    assert geodesy.Polyline(FRONT.line).distances_km(crimea_and_azov).min() > 50


@pytest.mark.parametrize(
    ("place", "low_km", "high_km"),
    [("Kyiv", 405, 425), ("Dnipro", 95, 120), ("Odesa", 60, 75), ("Kharkiv", 20, 40)],
)
def test_known_places_lie_about_as_far_as_they_should(place: str, low_km: float, high_km: float) -> None:
    """Cities whose distance to the line was public knowledge come out at it."""
    found = basemap.find_place(place)
    distance = geodesy.Polyline(FRONT.line).distances_km(np.array([[found.lon, found.lat]]))[0]
    assert low_km < distance < high_km


def test_every_shipped_front_is_complete() -> None:
    """Each states as-of date, definition, uncertainty, source, licence, method and held side; its id is its date."""
    for name, front in read_fronts().items():
        assert name == front.id == front.as_of.isoformat()
        assert front.uncertainty_km and front.held_side
        assert "not stated" not in (front.source, front.licence, front.method)
