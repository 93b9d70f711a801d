"""Every front that ships: complete, inside Ukraine, off the coasts, on the right side of every town listed for it."""

from __future__ import annotations

import tomllib
from typing import Any

import numpy as np
import pytest
import shapely
from shapely.geometry import LineString, Point, shape

from geo import geodesy, shipped
from geo.fronts.front import Front
from geo.fronts.reading import read_fronts
from geo.reference import basemap

FRONTS = read_fronts()
TOWNS = {
    file.name.removesuffix(".towns.toml"): tomllib.loads(file.read_text(encoding="utf-8"))
    for file in shipped.folder("seeds", "fronts").glob("*.towns.toml")
}
"""The towns each front was drawn between, front id to table; a front taken from published data has none."""
SECTORS = [
    pytest.param(FRONTS[front_id], number, id=f"{front_id} {sector['name']}")
    for front_id, table in TOWNS.items()
    for number, sector in enumerate(table["sector"])
]
every_front = pytest.mark.parametrize("front", FRONTS.values(), ids=FRONTS)


def country(iso: str) -> Any:
    features = basemap.read_basemap().countries["features"]
    return shape(next(each for each in features if each["properties"]["iso_a2"] == iso)["geometry"])


def side_of(sector: LineString, lon: float, lat: float) -> str:
    """Tell on which side of a line a point lies, by the direction of the edge nearest to it."""
    edges = list(zip(sector.coords[:-1], sector.coords[1:], strict=True))
    start, end = min(edges, key=lambda edge: LineString(edge).distance(Point(lon, lat)))
    turn = (end[0] - start[0]) * (lat - start[1]) - (end[1] - start[1]) * (lon - start[0])
    return "left" if turn > 0 else "right"


@pytest.mark.parametrize("front_id", TOWNS)
def test_every_sector_has_its_towns(front_id: str) -> None:
    """A list of towns belongs to a front that ships, and has every sector under its name."""
    front, table = FRONTS[front_id], TOWNS[front_id]
    assert table["as_of"] == front.as_of
    assert [sector["name"] for sector in table["sector"]] == [sector.name for sector in front.sectors]


@pytest.mark.parametrize(("front", "number"), SECTORS)
def test_towns_are_on_their_side(front: Front, number: int) -> None:
    """Towns held by Ukraine lie on the held side of their sector, occupied ones on the other."""
    line, towns = front.sectors[number].line.geoms[0], TOWNS[front.id]["sector"][number]
    for name, lon, lat in towns["held"]:
        assert side_of(line, lon, lat) == front.held_side, name
    for name, lon, lat in towns["occupied"]:
        assert side_of(line, lon, lat) != front.held_side, name


@every_front
def test_front_says_what_it_is(front: Front) -> None:
    """A front is called by its day and states uncertainty, source, licence, method and held side."""
    assert FRONTS[front.as_of.isoformat()] is front
    assert front.id == front.as_of.isoformat()
    assert front.uncertainty_km and front.held_side
    assert "not stated" not in (front.source, front.licence, front.method)


@every_front
def test_sectors_state_their_precision(front: Front) -> None:
    """Every sector says how precise it is."""
    assert all(sector.precision_km is not None for sector in front.sectors)


@every_front
def test_front_lies_in_ukraine(front: Front) -> None:
    """Nothing of it lies in Russia or at sea as the reference layers draw them."""
    assert country("UA").contains(front.line)
    assert not country("RU").intersects(front.line)


@every_front
def test_front_keeps_off_crimea_and_the_azov_coast(front: Front) -> None:
    """It is no edge of an occupied area: the isthmus and the coast of the Sea of Azov are far from it."""
    crimea_and_azov = np.array([[33.7, 46.1], [34.8, 46.2], [35.37, 46.85], [36.8, 46.76], [37.55, 47.09]])
    assert geodesy.Polyline(front.line).distances_km(crimea_and_azov).min() > 50


def test_line_of_march_2025_is_one_piece_from_the_border_to_the_estuary() -> None:
    """Its sectors join into one line of over 800 km and the two border pockets north of Kharkiv."""
    lengths = sorted(geodesy.length_km(part) for part in FRONTS["2025-03-27"].line.geoms)
    assert len(lengths) == 3
    assert lengths[-1] > 800
    assert max(lengths[:2]) < 40


def test_line_of_march_2025_is_schematic() -> None:
    """It has 100 to 200 vertices, every sector is good to 5 km, and it ends on the lower Dnipro."""
    front = FRONTS["2025-03-27"]
    assert 100 <= shapely.get_num_coordinates(front.line) <= 200
    assert all(sector.precision_km is not None and sector.precision_km <= 5 for sector in front.sectors)
    assert front.uncertainty_km == 5
    assert front.line.bounds[1] > 46.4


@pytest.mark.parametrize(
    ("place", "low_km", "high_km"),
    [("Kyiv", 405, 425), ("Dnipro", 95, 120), ("Odesa", 60, 75), ("Kharkiv", 20, 40)],
)
def test_known_places_lie_about_as_far_as_they_should(place: str, low_km: float, high_km: float) -> None:
    """Cities whose distance to the line of March 2025 was public knowledge come out at it."""
    found = basemap.find_place(place)
    polyline = geodesy.Polyline(FRONTS["2025-03-27"].line)
    distance = polyline.distances_km(np.array([[found.lon, found.lat]]))[0]
    assert low_km < distance < high_km
