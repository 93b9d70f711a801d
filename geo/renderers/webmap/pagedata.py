"""The data of one page as one JSON text: coordinates packed small, safe inside a script element."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon, mapping

from geo import numerals
from geo.briefing.briefing import Briefing
from geo.measuring.isolines import Isoline
from geo.measuring.metrics import ZoneMetrics
from geo.reference.basemap import Basemap, Place
from geo.renderers.webmap import bars, takeaway
from geo.scenarios.scenario import Scenario, Zone

Extent = tuple[float, float, float, float]
"""West, south, east, north in degrees."""

SCALE = 1000
"""Packed units in a degree for reference layers and the uncertainty band: 0.001 degrees is about 100 m."""

FINE_SCALE = 10000
"""Packed units in a degree for front and nearest lines, and for zones, which are given to 4 decimals."""

FINEST_SCALE = 1_000_000
"""Packed units in a degree for zones that are given to more decimals: 0.000001 degrees is about 10 cm."""


def build_page_data(briefing: Briefing, isolines: tuple[Isoline, ...] = ()) -> dict[str, Any]:
    """Return everything the page's scripts read; positions are lon, lat, shapes are packed.

    ``isolines`` are the lines of equal distance to the front on pages that can draw them.
    """
    rows = {row.zone: row for row in briefing.metrics.zones}
    zones = briefing.scenario.zones
    zone_scale = find_scale(zones)
    table = takeaway.build_table(briefing.scenario.id, [(briefing.metrics, briefing.front)])
    return {
        "scale": SCALE,
        "fineScale": FINE_SCALE,
        "zoneScale": zone_scale,
        "mapped": mapped_extent(briefing.basemap),
        "view": view_extent(briefing),
        "basemap": _basemap(briefing.basemap),
        "front": {
            "label": ["Line of contact,", numerals.format_date(briefing.front.as_of)]
            if briefing.front.definition == "contact"
            else ["Edge of occupied area,", numerals.format_date(briefing.front.as_of)],
            "kind": briefing.front.kind,
            "uncertaintyKm": briefing.front.uncertainty_km,
            "lines": _pack(mapping(briefing.front.line)["coordinates"], FINE_SCALE),
        },
        # A sketch made on the page asks for the same front, if that is one which every copy of the program has.
        "frontId": briefing.front.id if briefing.scenario.front == briefing.front.id else None,
        "band": _polygons(briefing.uncertainty_band, SCALE),
        "scenario": _scenario(briefing.scenario),
        "table": table.pack(),
        "isolines": [_isoline(isoline) for isoline in isolines],
        "zones": [_zone(zone, rows.get(zone.name), zone_scale, index) for index, zone in enumerate(zones)],
    }


def dump_page_data(data: dict[str, Any]) -> str:
    """Return the data as JSON without a character that could end, or begin, markup around it."""
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def view_extent(briefing: Briefing) -> Extent:
    """Return what the first view must show: every zone and the whole front."""
    return join_extents(
        [*(zone.geometry.bounds for zone in briefing.scenario.zones), briefing.front.line.bounds]
    )


def mapped_extent(basemap: Basemap) -> Extent:
    """Return the area that the reference layers cover: beyond it nobody has said what is land and what is sea."""
    return join_extents(
        _bounds(feature["geometry"]["coordinates"]) for feature in basemap.countries["features"]
    )


def find_scale(zones: Sequence[Zone]) -> int:
    """Return the coarsest scale that packs every vertex of the zones as it is, or the finest there is."""
    positions = shapely.get_coordinates([zone.geometry for zone in zones])
    scale = FINE_SCALE
    while scale < FINEST_SCALE and not np.allclose(np.rint(positions * scale) / scale, positions, 0, 1e-9):
        scale *= 10
    return scale


def _scenario(scenario: Scenario) -> dict[str, Any]:
    """Return the scenario's own words, which stand before its zones in the file that the page hands out."""
    about: dict[str, Any] = {
        "id": scenario.id,
        "title": scenario.title,
        "summary": scenario.summary,
        "claims": list(scenario.claims),
    }
    return about if scenario.front is None else {**about, "front": scenario.front}


def _basemap(basemap: Basemap) -> dict[str, Any]:
    lines: dict[str, list[Any]] = {"coast": [], "border": [], "oblast": []}
    for feature in basemap.lines["features"]:
        lines.setdefault(feature["properties"]["kind"], []).append(_geometry(feature))
    return {
        "countries": [
            {
                "iso": feature["properties"]["iso_a2"],
                "name": feature["properties"]["name"],
                "at": feature["properties"].get("label"),
                "shape": _geometry(feature),
            }
            for feature in basemap.countries["features"]
        ],
        "lines": lines,
        "rivers": [
            {
                "name": feature["properties"].get("name"),
                "rank": feature["properties"]["rank"],
                "shape": _geometry(feature),
            }
            for feature in basemap.rivers["features"]
        ],
        "seas": [
            {"name": feature["properties"]["name"], "at": feature["geometry"]["coordinates"]}
            for feature in basemap.seas["features"]
        ],
        "places": [_place(place) for place in basemap.places],
    }


def _place(place: Place) -> dict[str, Any]:
    at = [round(place.lon, 4), round(place.lat, 4)]
    return {"name": place.name, "at": at, "rank": place.rank, "capital": place.capital}


def _zone(zone: Zone, row: ZoneMetrics | None, scale: int, index: int) -> dict[str, Any]:
    inside = zone.geometry.representative_point()
    told = {"name": zone.name, "country": zone.country, "status": zone.status, "basis": zone.basis}
    packed: dict[str, Any] = {
        **{key: value for key, value in told.items() if value is not None},
        **({"candidate": True} if zone.candidate else {}),
        "at": [round(inside.x, 4), round(inside.y, 4)],
        "shape": _polygons(zone.geometry, scale),
    }
    if row is not None:
        lengths = (row.nearest_km, row.mean_km, row.farthest_km)
        packed["nearest"] = {
            "km": round(row.nearest_km, 3),
            "from": [round(degrees, 4) for degrees in row.nearest_from],
            "to": [round(degrees, 4) for degrees in row.nearest_to],
        }
        packed["roundKm"] = [numerals.round_km(km) for km in lengths]
        packed["area"] = numerals.format_area_km2(row.area_km2)
        if index >= bars.DRAWN:
            packed["bar"] = bars.pack_bar(row)
    return packed


def _isoline(isoline: Isoline) -> dict[str, Any]:
    return {
        "text": numerals.format_km(isoline.distance_km),
        "lines": _pack(mapping(isoline.line)["coordinates"], SCALE),
    }


def _polygons(geometry: Polygon | MultiPolygon, scale: int) -> Any:
    parts = geometry.geoms if isinstance(geometry, MultiPolygon) else [geometry]
    return [_pack(mapping(part)["coordinates"], scale) for part in parts if not part.is_empty]


def _geometry(feature: dict[str, Any]) -> Any:
    return _pack(feature["geometry"]["coordinates"], SCALE)


def _pack(coordinates: Sequence[Any], scale: int) -> Any:
    """Pack nested positions: a line becomes one flat list lon, lat, differences, in 1/scale degrees."""
    if not _is_line(coordinates):
        return [_pack(part, scale) for part in coordinates]
    packed: list[int] = []
    before = (0, 0)
    for index, (lon, lat, *_) in enumerate(coordinates):
        here = (round(lon * scale), round(lat * scale))
        if index and here == before and index < len(coordinates) - 1:
            continue  # rounding has made two vertices one
        packed += [here[0] - before[0], here[1] - before[1]]
        before = here
    return packed


def _is_line(coordinates: Sequence[Any]) -> bool:
    return bool(coordinates) and isinstance(coordinates[0][0], int | float)


def _bounds(coordinates: Sequence[Any]) -> Extent:
    if not _is_line(coordinates):
        return join_extents([_bounds(part) for part in coordinates])
    lons, lats = [position[0] for position in coordinates], [position[1] for position in coordinates]
    return min(lons), min(lats), max(lons), max(lats)


def join_extents(boxes: Iterable[Extent]) -> Extent:
    """Return the smallest extent that holds all of these, to 4 decimals."""
    wests, souths, easts, norths = zip(*boxes, strict=True)
    return (
        round(min(wests), 4),
        round(min(souths), 4),
        round(max(easts), 4),
        round(max(norths), 4),
    )
