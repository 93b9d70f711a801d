"""The reference layers that ship."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from pathlib import Path

import pytest
import shapely
from shapely.geometry import LineString, Point, shape

from geo.errors import UnknownNameError
from geo.reference.basemap import FOLDER, find_place, nearest_place, read_basemap, read_places
from seeds.build.layers import EXTENT

OBLAST_CENTRES = {
    "Cherkasy", "Chernihiv", "Chernivtsi", "Dnipro", "Donetsk", "Ivano-Frankivsk", "Kharkiv", "Kherson",
    "Khmelnytskyi", "Kropyvnytskyi", "Kyiv", "Luhansk", "Lutsk", "Lviv", "Mykolaiv", "Odesa", "Poltava",
    "Rivne", "Sevastopol", "Simferopol", "Sumy", "Ternopil", "Uzhhorod", "Vinnytsia", "Zaporizhzhia",
    "Zhytomyr",
}  # fmt: skip
EMBEDDED = ("countries", "lines", "rivers", "lakes", "seas", "places")


@pytest.fixture(scope="module")
def countries() -> dict[str, shapely.Geometry]:
    """Give the shipped countries by ISO code."""
    features = read_basemap().countries["features"]
    return {feature["properties"]["iso_a2"]: shape(feature["geometry"]) for feature in features}


@pytest.fixture(scope="module")
def oblasts() -> dict[str, shapely.Geometry]:
    """Give the shipped oblasts by name."""
    return {f["properties"]["name"]: shape(f["geometry"]) for f in read_basemap().oblasts["features"]}


@pytest.mark.parametrize("name", ["Kyiv", "Simferopol", "Sevastopol", "Kerch", "Donetsk", "Luhansk"])
def test_recognised_border(name: str, countries: dict[str, shapely.Geometry]) -> None:
    """The map shows Ukraine within its internationally recognised border, Crimea and Sevastopol included."""
    place = find_place(name)
    assert countries["UA"].contains(Point(place.lon, place.lat))
    assert not countries["RU"].intersects(Point(place.lon, place.lat))


def test_places_lie_in_their_country(countries: dict[str, shapely.Geometry]) -> None:
    """Every place lies in the country it names; a port may stand 500 m off the generalised coast."""
    assert [p.name for p in read_places() if countries[p.country].distance(Point(p.lon, p.lat)) > 0.005] == []
    for place in read_places():
        others = [land for iso, land in countries.items() if iso != place.country]
        assert not shapely.contains(others, Point(place.lon, place.lat)).any(), place.name


def test_places_cover_ukraine(oblasts: dict[str, shapely.Geometry]) -> None:
    """Every oblast centre is there, and every oblast holds a place."""
    ukrainian = [place for place in read_places() if place.country == "UA"]
    assert {place.name for place in ukrainian} >= OBLAST_CENTRES
    assert all(place.rank <= 3 for place in ukrainian if place.name in OBLAST_CENTRES)
    points = shapely.points([(place.lon, place.lat) for place in ukrainian])
    assert [name for name, land in oblasts.items() if not shapely.contains(land, points).any()] == []


def test_places_are_told_apart() -> None:
    """No two places share a name, ranks run from 1 to 5 and are in order, and the first has only capitals."""
    places = read_places()
    assert [name for name, count in Counter(place.name for place in places).items() if count > 1] == []
    assert {place.rank for place in places} == {1, 2, 3, 4, 5}
    assert [place.rank for place in places] == sorted(place.rank for place in places)
    assert all(place.capital for place in places if place.rank == 1)


def test_every_country_has_its_capital(countries: dict[str, shapely.Geometry]) -> None:
    """Each country on the map has its capital, but those whose capital lies beyond the map's edge."""
    outside = {"CH", "FR", "GR", "IR", "KZ"}
    assert {*countries} - outside == {place.country for place in read_places() if place.capital}


@pytest.mark.parametrize(
    ("name", "country"),
    [("Sukhumi", "GE"), ("Tskhinvali", "GE"), ("Tiraspol", "MD"), ("Kaliningrad", "RU"), ("Pristina", "XK")],
)
def test_places_whose_status_is_disputed(name: str, country: str) -> None:
    """Abkhazia, South Ossetia and Transnistria lie in the countries that United Nations maps put them in."""
    assert find_place(name).country == country


def test_labels_lie_where_they_name(countries: dict[str, shapely.Geometry]) -> None:
    """A country's label point lies in the country, a sea's in no country."""
    basemap = read_basemap()
    for feature in basemap.countries["features"]:
        properties = feature["properties"]
        assert countries[properties["iso_a2"]].contains(Point(properties["label"])), properties["name"]
    for feature in basemap.seas["features"]:
        assert not any(land.intersects(shape(feature["geometry"])) for land in countries.values())


def test_oblasts_are_a_coverage(
    countries: dict[str, shapely.Geometry], oblasts: dict[str, shapely.Geometry]
) -> None:
    """The 27 oblasts share their edges vertex by vertex and add up to Ukraine, without gap or overlap."""
    land = list(oblasts.values())
    assert len(land) == 27
    assert shapely.is_valid(land).all()
    assert shapely.coverage_is_valid(land)
    assert shapely.coverage_union_all(land).symmetric_difference(countries["UA"]).area == 0


def test_countries_are_a_coverage(countries: dict[str, shapely.Geometry]) -> None:
    """Countries share their edges vertex by vertex."""
    assert shapely.coverage_is_valid(list(countries.values()))


def test_lines_are_the_edges_of_the_land(countries: dict[str, shapely.Geometry]) -> None:
    """Coast and border lines lie on the edges of countries, and no piece of line is drawn twice."""
    lines = {f["properties"]["kind"]: shape(f["geometry"]) for f in read_basemap().lines["features"]}
    assert set(lines) == {"coast", "border", "oblast"}
    edges = shapely.union_all([land.boundary for land in countries.values()])
    assert lines["coast"].difference(edges).length == 0
    assert lines["border"].difference(edges).length == 0
    pieces = Counter(
        frozenset(pair)
        for kind in lines.values()
        for line in kind.geoms
        for pair in itertools.pairwise(line.coords)
    )
    assert max(pieces.values()) == 1


def test_rivers_are_whole() -> None:
    """The Dnipro is one line from Russia to the sea, and the ranks say which rivers matter most."""
    courses = {f["properties"]["name"]: f for f in read_basemap().rivers["features"]}
    dnipro = shape(courses["Dnipro"]["geometry"])
    assert isinstance(dnipro, LineString)
    assert dnipro.distance(Point(30.57, 50.45)) < 0.05  # Kyiv
    assert dnipro.distance(Point(32.6, 46.6)) < 0.1  # Kherson
    ranks = {name: feature["properties"]["rank"] for name, feature in courses.items()}
    assert {name for name, rank in ranks.items() if rank == 1} == {"Dnipro", "Danube"}
    assert {"Dniester", "Southern Buh", "Siverskyi Donets", "Desna", "Prypiat"} <= set(ranks)


def test_lakes_lie_on_land_under_their_names(countries: dict[str, shapely.Geometry]) -> None:
    """Lakes have at least about 100 km², lie in countries, and hold the point of their name; one is drained."""
    land = shapely.union_all(list(countries.values()))
    lakes = {f["properties"]["name"]: f for f in read_basemap().lakes["features"]}
    for feature in read_basemap().lakes["features"]:
        lake = shape(feature["geometry"])
        assert lake.is_valid
        assert lake.difference(land).area < 1e-4
        assert lake.contains(Point(feature["properties"]["label"]))
    assert {"Kyiv", "Kaniv", "Kremenchuk", "Kamianske"} <= {
        str(name).removesuffix(" Reservoir") for name in lakes
    }
    assert [name for name, f in lakes.items() if "drained" in f["properties"]] == ["Kakhovka reservoir"]
    assert lakes["Kakhovka reservoir"]["properties"]["drained"] == "June 2023"


def test_the_dnipro_runs_through_its_reservoirs() -> None:
    """River and reservoirs fit: the line enters each of them and leaves it again."""
    dnipro = next(
        shape(f["geometry"]) for f in read_basemap().rivers["features"] if f["properties"]["name"] == "Dnipro"
    )
    for feature in read_basemap().lakes["features"][:5]:
        lake = shape(feature["geometry"])
        assert dnipro.intersection(lake).length > 0.3 * (lake.bounds[2] - lake.bounds[0])


def test_what_a_page_embeds_is_small() -> None:
    """The layers stay under 400 kB together; a page packs them smaller."""
    assert sum((FOLDER / f"{name}.geojson").stat().st_size for name in EMBEDDED) < 400_000


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.geojson")), ids=lambda file: file.stem)
def test_layer_files(file: Path) -> None:
    """A layer is UTF-8 with plain line ends, within the extent, to 3 decimals; zones end at lakes, to 4."""
    raw = file.read_bytes()
    assert b"\r" not in raw
    geometries = [shape(feature["geometry"]) for feature in json.loads(raw)["features"]]
    lonlat = shapely.get_coordinates(geometries)
    west, south, east, north = EXTENT
    assert ((lonlat >= (west, south)) & (lonlat <= (east, north))).all()
    assert (lonlat == lonlat.round(4 if file.stem == "lakes" else 3)).all()


def test_credits_name_the_sources() -> None:
    """Credits and border note name Natural Earth, GeoNames with its licence, and the resolution."""
    basemap = read_basemap()
    assert "Natural Earth (public domain)" in " ".join(basemap.credits)
    assert "GeoNames (CC BY 4.0)" in " ".join(basemap.credits)
    assert "68/262" in basemap.border_note


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("kyiv", "Kyiv"), ("Kiev", "Kyiv"), ("Odessa", "Odesa"), ("LVOV", "Lviv"), ("Kharkov", "Kharkiv"),
        ("Dnepr", "Dnipro"), ("L'viv", "Lviv"), ("lodz", "Łódź"), ("Chisinau", "Chișinău"),
        ("bila tserkva", "Bila Tserkva"), ("rostov on don", "Rostov-on-Don"), ("Iaşi", "Iași"),
    ],
)  # fmt: skip
def test_find_place(typed: str, name: str) -> None:
    """A place is found whatever the case, diacritics and apostrophes, and by older spellings."""
    assert find_place(typed).name == name


@pytest.mark.parametrize("typed", ["Atlantis", "", "?!"])
def test_find_place_unknown(typed: str) -> None:
    """A name that no place has is an error that says so."""
    with pytest.raises(UnknownNameError, match="There is no place"):
        find_place(typed)


def test_find_place_suggests() -> None:
    """A slip of the pen is answered with the nearest names."""
    with pytest.raises(UnknownNameError, match="Did you mean 'Kremenchuk'"):
        find_place("Kremenchik")


def test_no_spelling_is_ambiguous() -> None:
    """Each spelling leads to one place."""
    spellings = [spelling.casefold() for p in read_places() for spelling in {p.name, *p.aliases}]
    assert [spelling for spelling, count in Counter(spellings).items() if count > 1] == []


def test_nearest_place() -> None:
    """A point is named after the nearest place, among those of the country and rank asked for."""
    assert nearest_place(33.3, 49.1).name == "Svitlovodsk"
    assert nearest_place(33.3, 49.1, max_rank=3).name == "Kremenchuk"
    assert nearest_place(22.6, 48.9, country="PL").name == "Przemyśl"
    with pytest.raises(UnknownNameError):
        nearest_place(0, 0, country="XX")


def test_reading_gives_one_value() -> None:
    """The layers are read once and shared."""
    assert read_basemap() is read_basemap()


def test_shapes_stand_in_the_order_of_their_features_and_are_made_once() -> None:
    """So that what was worked out for a shape is found again, by name and place."""
    known = read_basemap()
    for layer, shapes in known.shapes.items():
        assert [shapely.geometry.mapping(each)["type"] for each in shapes] == [
            feature["geometry"]["type"] for feature in getattr(known, layer)["features"]
        ]
    assert known.shapes is known.shapes
