"""What straight lines cross, against points sampled along the geodesic."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from pyproj import Geod

from geo import shipped
from geo.fronts.reading import find_front
from geo.measuring import crossings, metrics
from geo.reference import basemap
from geo.scenarios.scenario import find_scenario

GEOD = Geod(ellps="WGS84")
STEP_KM = 0.2
LAND = {
    (feature["properties"]["iso_a2"], feature["properties"]["name"]): shapely.geometry.shape(
        feature["geometry"]
    )
    for feature in basemap.read_basemap().countries["features"]
}
BLACK_SEA = shapely.box(27.4, 42.0, 41.8, 45.2)
Position = tuple[float, float]


def sample(origin: Position, target: Position, home: str | None) -> dict[str, float]:
    """Return how many kilometres of a geodesic lie in each third country, by points a fifth of a kilometre apart."""
    _, _, metres = GEOD.inv(*origin, *target)
    count = max(int(metres / 1000 / STEP_KM), 3)
    points = np.array(GEOD.npts(*origin, *target, count))
    lengths = {}
    for (code, name), shape in LAND.items():
        inside = shapely.contains_xy(shape, points).sum() * metres / 1000 / count
        if inside and code not in ("UA", home):
            lengths[name] = inside
    return lengths


@pytest.mark.parametrize("name", [*shipped.scenarios()])
def test_shipped_ways_cross_what_points_along_them_lie_in(name: str) -> None:
    """Every third country with 10 km of the way is named, and no other."""
    for row in metrics.measure(find_scenario(name), find_front("2025-03-27")).zones:
        lengths = sample(row.nearest_from, row.nearest_to, row.country)
        expected = {country for country, km in lengths.items() if km >= crossings.LEAST_LAND_KM}
        assert {name for name in row.nearest_across if not name.startswith("the ")} == expected


def test_random_ways_cross_what_points_along_them_lie_in() -> None:
    """The same holds for lines anywhere on the map."""
    random = np.random.default_rng(7)
    for origin in zip(random.uniform(14, 40, 60).tolist(), random.uniform(43, 56, 60).tolist(), strict=True):
        around = [code for (code, _), shape in LAND.items() if shape.contains(shapely.Point(origin))]
        lengths = sample(origin, (36.0, 48.0), around[0] if around else None)
        found = {each for each in crossings.find_crossed(origin, (36.0, 48.0)) if not each.startswith("the ")}
        unsure = {each for each, km in lengths.items() if abs(km - crossings.LEAST_LAND_KM) < 1}
        assert found ^ {each for each, km in lengths.items() if km >= crossings.LEAST_LAND_KM} <= unsure


@pytest.mark.parametrize(
    ("origin", "target", "expected"),
    [
        ((29.7, 45.2), (31.6, 46.5), ("the Black Sea",)),
        ((27.92, 43.21), (31.6, 46.5), ("Romania", "the Black Sea")),
        ((31.2, 46.9), (31.6, 46.5), ()),  # over the estuary of the Dnipro and Southern Buh
        ((36.8, 46.7), (38.2, 46.7), ("the Sea of Azov",)),
        ((30.5, 50.4), (36.0, 48.0), ()),
        ((-30.0, 45.0), (-20.0, 45.0), ()),  # outside of the reference layers nothing has a name
    ],
)
def test_seas_are_named_from_25_km_on(origin: Position, target: Position, expected: tuple[str, ...]) -> None:
    """A strait or an estuary is not the sea; names come in the order of the way."""
    assert crossings.find_crossed(origin, target) == expected


def test_the_total_crosses_what_its_nearest_zone_does() -> None:
    """The row over all zones has the shortest way of one of them, so it says the same of it."""
    measured = metrics.measure(find_scenario("neighbouring-country"), find_front("2025-03-27"))
    assert measured.total.nearest_across == ("the Black Sea",)
    assert [row.nearest_across for row in measured.zones][1] == ("Romania", "Moldova")
