"""Whether zones lie in the countries that they name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import shapely

from geo.errors import show
from geo.geodesy import Area
from geo.reference.countries import read_countries

_MOST = 0.5


def describe_strays(zones: Iterable[tuple[str, str | None, Area]]) -> Iterator[str]:
    """Yield a note on each zone, given as name, country code and shape, that lies for the most part in another country.

    The borders are those of the map, which are generalised to about 1 km near Ukraine and 5 km far from it. A zone at
    sea, or in a country that is not mapped, is not doubted.
    """
    countries = read_countries()
    for name, code, geometry in zones:
        stated = code and countries.find(code)
        inside = geometry.representative_point()
        if code is None or (stated is not None and shapely.intersects_xy(stated, inside.x, inside.y)):
            continue
        for number in countries.tree.query(geometry, predicate="intersects"):
            share = shapely.intersection(geometry, countries.shapes[number]).area / geometry.area
            if countries.codes[number] != code and share > _MOST:
                where = f"{countries.names[number]} ({countries.codes[number]})"
                yield (
                    f"{show(name)!r} says that its country is {show(code)}, but it lies in {where} on the map. "
                    "Correct the country, or move the zone."
                )
