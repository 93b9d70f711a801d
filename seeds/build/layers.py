"""The reference layers, built from Natural Earth and GeoNames.

What is called how, what is drawn how finely and which places are shown stands in the CSV tables beside this file.
The same inputs give the same bytes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import geopandas
from shapely.geometry import Point

from seeds.build import gazetteer, rivers
from seeds.build.coverage import (
    DECIMALS,
    Extent,
    Region,
    derive_countries,
    derive_coverage,
    derive_lines,
    derive_regions,
)
from seeds.build.geojson import build_feature, read_table

EXTENT: Extent = (8.0, 38.0, 50.0, 62.0)
"""West, south, east, north in degrees: Europe from the Rhine to the Caspian, so that zones have land around them."""

PARTS = {"AX": "FI"}
"""Records with a code of their own that are parts of a country: Åland is Finland's."""

SEAS = {
    "Adriatic Sea": (14.9, 43.3),
    "Aegean Sea": (25.1, 39.2),
    "Baltic Sea": (18.6, 55.6),
    "Black Sea": (32.0, 44.2),
    "Caspian Sea": (49.0, 43.4),
    "Sea of Azov": (36.6, 46.1),
    "Tyrrhenian Sea": (12.4, 39.7),
}
"""Label points, lon, lat."""

Features = list[dict[str, Any]]


def read_layers(qgis: Path, magics: Path) -> dict[str, Features]:
    """Read Natural Earth's files and build every layer from them: the file world_map.gpkg and the folder 10m."""
    courses = rivers.read_courses(magics / "ne_10m_rivers_lake_centerlines.shp", EXTENT)
    places = gazetteer.build_places(magics / "ne_10m_populated_places_simple.shp")
    return build_layers(read_regions(qgis), courses, places)


def read_regions(file: Path) -> list[Region]:
    """Read Natural Earth's first-level units of the extent, with the countries and names of our tables."""
    table = geopandas.read_file(file, layer="states_provinces", bbox=EXTENT)
    return [
        assign_region(iso, fips, geometry)
        for iso, fips, geometry in zip(table["iso_a2"], table["fips"], table.geometry, strict=True)
    ]


def assign_region(iso_a2: str, fips: str | None, geometry: Any) -> Region:
    """Give one record its country and name.

    The table goes by FIPS code and wins over the record's own country: so Crimea (UP11) and Sevastopol
    (UP20), which Natural Earth's default gives to Russia, are Ukraine, as UN General Assembly resolution
    68/262 affirms.
    """
    row = {row["fips"]: row for row in read_table("regions.csv")}.get(fips or "")
    return (
        Region(row["country"], row["name"], geometry)
        if row
        else Region(PARTS.get(iso_a2, iso_a2), None, geometry)
    )


def build_layers(records: list[Region], courses: rivers.Courses, places: Features) -> dict[str, Features]:
    """Build every layer, name to features, from records in lon, lat degrees."""
    countries = {row["iso_a2"]: row for row in read_table("countries.csv")}
    layer_of = {(row["country"], row["name"]): row["layer"] for row in read_table("regions.csv")}
    coarse = {iso for iso, row in countries.items() if row["detail"] == "coarse"}
    regions = derive_coverage(derive_regions(records, EXTENT), EXTENT, coarse)
    layers: dict[str, Features] = {
        "countries": [
            _feature(
                r.geometry,
                iso_a2=r.country,
                name=countries[r.country]["name"],
                label=[float(countries[r.country][key]) for key in ("label_lon", "label_lat")],
            )
            for r in derive_countries(regions)
        ],
        "lines": [_feature(line, kind=kind) for kind, line in derive_lines(regions, EXTENT).items()],
        "rivers": rivers.build_rivers(courses, EXTENT),
        "seas": [_feature(Point(lonlat), name=name) for name, lonlat in SEAS.items()],
        "places": places,
    }
    named = sorted((r for r in regions if r.name), key=lambda r: (r.country, r.name))
    layers["oblasts"] = [
        _feature(r.geometry, name=r.name) for r in named if layer_of[r.country, str(r.name)] == "oblast"
    ]
    layers["regions"] = [
        _feature(r.geometry, country=r.country, name=r.name)
        for r in named
        if layer_of[r.country, str(r.name)] == "region"
    ]
    return layers


def _feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return build_feature(geometry, properties, decimals=DECIMALS)
