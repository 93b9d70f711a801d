"""Made-up scenarios of the kinds that a map has to bear: tiny and huge zones, many, far, odd and oddly named ones."""

from __future__ import annotations

import functools

import shapely
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box

from geo.reference.countries import read_countries
from geo.scenarios.scenario import Scenario, Zone


def _area(lon: float, lat: float, km: float) -> Polygon:
    """Return a round area about a position, lon, lat; its radius is meant, not measured."""
    round_area = shapely.affinity.scale(Point(0, 0).buffer(km / 111, quad_segs=6), xfact=1.5)
    return shapely.affinity.translate(round_area, lon, lat)


def _build(name: str, *zones: tuple[str, str, Polygon | MultiPolygon]) -> Scenario:
    rows = tuple(
        Zone(called, shapely.orient_polygons(shape), country or None) for called, country, shape in zones
    )
    return Scenario(name, name.replace("-", " ").capitalize(), "Made up to be looked at.", rows)


@functools.cache
def build_options() -> dict[str, Scenario]:
    """Return the scenarios by their ids."""
    corridor = LineString([(22.5, 49.0), (24.7, 49.6), (27.0, 49.4), (28.7, 49.9), (30.2, 50.0)]).buffer(0.15)
    slovakia = read_countries().find("SK")
    ring = _area(26.6, 49.5, 60).difference(_area(26.6, 49.5, 25))
    pontic = MultiPolygon([_area(31.7, 46.45, 7), _area(30.1, 45.6, 6), _area(30.2, 45.25, 4)])
    grid = [
        (f"Area {5 * row + column + 1}", "UA", _area(23.5 + 1.6 * column, 47.9 + 0.75 * row, 22))
        for row in range(5)
        for column in range(5)
    ]
    return {
        each.id: each
        for each in (
            _build("tiny", ("Port of Odesa", "UA", _area(30.75, 46.5, 0.6))),
            _build("country-sized", ("Slovakia", "SK", slovakia)),
            _build("crowd", *grid),
            _build(
                "overlapping",
                ("Wide", "UA", _area(25.5, 49.4, 90)),
                ("Inner", "UA", _area(25.9, 49.5, 30)),
                ("Eastern", "UA", _area(27.0, 49.3, 60)),
            ),
            _build(
                "cyrillic",
                ("Київ і лівий берег Дніпра", "UA", _area(31.0, 50.4, 30)),
                ("Кам’янець-Подільський", "UA", _area(26.6, 48.7, 25)),
                ("Біла Церква", "UA", _area(30.1, 49.8, 20)),
            ),
            _build(
                "georgia",
                ("Kutaisi plain", "GE", box(42.3, 42.0, 43.0, 42.4)),
                ("Kakheti", "GE", box(45.3, 41.6, 46.2, 42.0)),
            ),
            _build(
                "estonia",
                ("Tapa", "EE", box(25.5, 59.1, 26.3, 59.4)),
                ("Võru", "EE", box(26.8, 57.7, 27.3, 58.0)),
            ),
            _build(
                "crossing-the-front",
                ("Zaporizhzhia on both sides", "UA", box(34.6, 47.2, 36.2, 48.0)),
                ("Beyond", "UA", box(38.2, 48.2, 39.2, 48.9)),
            ),
            _build("islands", ("Three shores", "UA", pontic)),
            _build("hole", ("Around Khmelnytskyi", "UA", ring)),
            _build("corridor", ("Along the railway from Przemyśl to Fastiv", "UA", corridor)),
            _build(
                "three-countries",
                ("Lublin", "PL", _area(22.7, 51.2, 35)),
                ("Suceava", "RO", _area(26.0, 47.6, 30)),
                ("Košice", "SK", _area(21.4, 48.7, 25)),
                ("Lutsk", "UA", _area(25.3, 50.7, 30)),
            ),
        )
    }
