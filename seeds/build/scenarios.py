"""The scenarios of March 2025, drawn from the reference layers.

The source names a river, a part of Ukraine and "a neighbouring country", never a coordinate. Each outline is
this project's reading of those words, by a rule that stands in its ``basis``. The words are in
``scenarios.toml`` beside this file; the same layers and words give the same bytes.
"""

from __future__ import annotations

import functools
import tomllib
from typing import Any

import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from geo.reference.basemap import find_place
from seeds.build.corridor import derive_right_bank
from seeds.build.geojson import TABLES, build_feature, read_layer, render_readable

DECIMALS = 4
"""Decimals of a degree in a scenario file: about 10 m."""

FRONT = "2025-03-27"

Features = list[dict[str, Any]]


def read_words() -> dict[str, dict[str, Any]]:
    """Read the scenarios' texts and choices, id to table."""
    return tomllib.loads((TABLES / "scenarios.toml").read_text(encoding="utf-8"))


def build_dnipro_line(words: dict[str, Any]) -> Features:
    """Build the right-bank corridor of the Dnipro, one zone a reach."""
    places = [find_place(name) for name in words["towns"]]
    towns = [(place.name, (place.lon, place.lat)) for place in places]
    return [
        _zone(
            f"{reach.upper} to {reach.lower} reach",
            "UA",
            words["basis"].format(upper=reach.upper, lower=reach.lower),
            reach.geometry,
        )
        for reach in derive_right_bank(read_dnipro(), towns, words["depth_km"])
    ]


def build_western_ukraine(words: dict[str, Any]) -> Features:
    """Build one zone for each western oblast."""
    outlines = {properties["name"]: geometry for properties, geometry in read_layer("oblasts")}
    return [_zone(f"{name} oblast", "UA", words["basis"], outlines[name]) for name in words["oblasts"]]


def build_neighbouring_country(words: dict[str, Any]) -> Features:
    """Build the candidate host areas, one zone a group of regions."""
    outlines = {(p["country"], p["name"]): geometry for p, geometry in read_layer("regions")}
    return [
        _zone(
            area["name"],
            area["country"],
            area["basis"],
            shapely.coverage_union_all([outlines[area["country"], name] for name in area["regions"]]),
            candidate=True,
        )
        for area in words["areas"]
    ]


BUILDERS = {
    "dnipro-line": build_dnipro_line,
    "western-ukraine": build_western_ukraine,
    "neighbouring-country": build_neighbouring_country,
}


def render_scenario(scenario_id: str) -> bytes:
    """Render one of these scenario files from the reference layers."""
    words = read_words()[scenario_id]
    about = {"id": scenario_id, **{key: words[key] for key in ("title", "summary", "claims")}, "front": FRONT}
    return render_readable(BUILDERS[scenario_id](words), about)


def read_dnipro() -> LineString:
    """Read the Dnipro running downstream, lon, lat degrees."""
    river: LineString = {p["name"]: geometry for p, geometry in read_layer("rivers")}["Dnipro"]
    first_lat, last_lat = river.coords[0][1], river.coords[-1][1]
    return river if first_lat > last_lat else shapely.reverse(river)


@functools.cache
def read_water() -> BaseGeometry:
    """Read the lakes and reservoirs as one area, lon, lat degrees; a drained reservoir is land."""
    return shapely.union_all([geometry for about, geometry in read_layer("lakes") if "drained" not in about])


def _zone(name: str, country: str, basis: str, geometry: BaseGeometry, **more: Any) -> dict[str, Any]:
    """Build a zone that ends at the shore of the lakes it meets: nobody deploys on water."""
    water = read_water()
    land = geometry.difference(water) if geometry.intersects(water) else geometry
    properties = {"name": name, "country": country, "status": "illustrative", **more, "basis": basis}
    return build_feature(land, properties, decimals=DECIMALS)
