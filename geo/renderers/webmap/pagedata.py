"""The data of one page as one JSON text: coordinates packed small, safe inside a script element."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from shapely.geometry import MultiLineString, MultiPolygon, Polygon, mapping

from geo import numerals
from geo.briefing import legend, notes
from geo.briefing.briefing import Briefing
from geo.briefing.extent import mapped_extent, view_extent
from geo.fronts.front import Front, FrontFacts
from geo.geodesy import Area, LonLat
from geo.geodesy.planes import Extent
from geo.measuring import figures
from geo.measuring.figures import Output
from geo.measuring.isolines import Isoline
from geo.measuring.metrics import ZoneMetrics
from geo.reference.basemap import Basemap, Place
from geo.renderers.webmap import edges, takeaway
from geo.scenarios.scenario import Scenario, Zone

SCALE = 1000
"""Packed units in a degree for reference layers and the uncertainty band: 0.001 degrees is about 100 m."""

FINE_SCALE = 10000
"""Packed units in a degree for front and nearest lines, and for zones, which are given to 4 decimals."""

FINEST_SCALE = 1_000_000
"""Packed units in a degree for zones that are given to more decimals: 0.000001 degrees is about 10 cm."""

_SHOWN = figures.find_figures(Output.TIP)
PHRASES = [figure.phrase for figure in _SHOWN]
"""What a zone on the map says of its figures, with ``{}`` for each."""


def build_page_data(briefing: Briefing) -> dict[str, Any]:
    """Return everything that the scripts of one scenario's page read; positions are lon, lat, shapes are packed."""
    scenario, front = briefing.scenario, briefing.front
    scale = find_scale(scenario.zones)
    zones, beyond = briefing.metrics.zones, briefing.zones_beyond or (None,) * len(scenario.zones)
    return {
        **pack_ground(briefing.basemap, front, front.line, view_extent([briefing]), named=briefing.place),
        # A sketch made on the page asks for the same front, if that is one which every copy of the program has.
        "frontId": front.id if scenario.front == front.id else None,
        "band": pack_band(briefing),
        **pack_sides(briefing),
        "strands": pack_strands(front),
        "sectors": [
            {"text": each.text, "at": _round(each.at)}
            for each in legend.letter_sectors(front, briefing.metrics)
        ],
        "scenario": _scenario(scenario),
        "table": takeaway.pack_table(scenario.id, [(briefing.metrics, front)]),
        "phrases": PHRASES,
        "isolines": [_isoline(isoline) for isoline in briefing.isolines],
        "zoneScale": scale,
        "zones": [
            {
                **pack_zone(zone, scale, far),
                "status": zone.status,
                **({"basis": zone.basis} if zone.basis else {}),
                **pack_way(row),
                **pack_figures(row),
            }
            for zone, row, far in zip(scenario.zones, zones, beyond, strict=True)
        ],
    }


def pack_ground(
    basemap: Basemap, front: FrontFacts, line: MultiLineString, view: Extent, *, named: Place | None = None
) -> dict[str, Any]:
    """Return what every page's map shows: reference layers, a front drawn as ``line``, and what must be in view.

    ``named`` is the place that the key sentence names, whose name then always stands on the map.
    """
    label, day = legend.label_line(front)
    return {
        "scale": SCALE,
        "fineScale": FINE_SCALE,
        "mapped": _round(mapped_extent(basemap)),
        "view": _round(view),
        "basemap": _basemap(basemap, named),
        "front": {
            "label": [f"{label},", day],
            "kind": front.kind,
            "lines": pack(mapping(line)["coordinates"], FINE_SCALE),
        },
    }


def pack_band(briefing: Briefing) -> Any:
    """Return the area within the front's uncertainty of its line."""
    return pack_polygons(briefing.uncertainty_band, SCALE)


def pack_sides(briefing: Briefing) -> dict[str, Any]:
    """Return the ground beyond the front, and what is lettered on either side of it."""
    return {
        "beyond": pack_polygons(briefing.far_ground, SCALE),
        "sides": [
            {"text": each.text, "side": each.side, "isFar": each.is_far}
            for each in legend.letter_sides(briefing.front)
        ],
        **pack_crimea(briefing.crimea),
    }


def pack_crimea(at: LonLat | None) -> dict[str, Any]:
    """Return the name of Crimea with its place, nothing where it does not lie beyond the front."""
    return {} if at is None else {"crimea": {"lines": legend.CRIMEA, "at": _round(at)}}


def pack_strands(front: Front) -> list[dict[str, Any]]:
    """Return the sectors of one precision and status, a line each; the only one there is needs none of its own."""
    strands = front.bounds.strands if front.bounds else ()
    return [
        {
            "km": strand.precision_km,
            **({} if strand.is_reported else {"isDisputed": True}),
            **(
                {}
                if len(strands) == 1
                else {"lines": pack(mapping(strand.line.line)["coordinates"], FINE_SCALE)}
            ),
        }
        for strand in strands
    ]


def pack_zone(zone: Zone, scale: int, beyond: Area | None = None) -> dict[str, Any]:
    """Return what every page's map shows of a zone; its shape, and its part beyond, are packed in 1/scale degrees."""
    inside = zone.geometry.representative_point()
    return {
        "name": zone.name,
        **({"country": zone.country} if zone.country else {}),
        **({"candidate": True} if zone.candidate else {}),
        "at": _round((inside.x, inside.y)),
        "shape": pack_polygons(zone.geometry, scale),
        **({"beyond": pack_polygons(beyond, scale)} if beyond is not None and not beyond.is_empty else {}),
    }


def pack_figures(row: ZoneMetrics) -> dict[str, Any]:
    """Return a zone's figures in the order of `PHRASES`, between what they lie, and what its way crosses."""
    return {
        "figures": [figure.write(row) for figure in _SHOWN],
        "ranges": [between and f" ({between})" for between in (figure.write_range(row) for figure in _SHOWN)],
        "way": notes.describe_way(row),
    }


def pack_way(row: ZoneMetrics) -> dict[str, Any]:
    """Return a zone's shortest way to the front."""
    return {
        "nearest": {
            "km": round(row.nearest_km, 3),
            "from": _round(row.nearest_from),
            "to": _round(row.nearest_to),
        }
    }


def dump_page_data(data: dict[str, Any]) -> str:
    """Return the data as JSON without a character that could end, or begin, markup around it."""
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


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


def _basemap(basemap: Basemap, named: Place | None) -> dict[str, Any]:
    countries = basemap.countries["features"]
    lines = {
        feature["properties"]["kind"]: _list_lines(feature["geometry"])
        for feature in basemap.lines["features"]
    }
    drawn, spans, outlines = edges.share_edges(
        [feature["geometry"]["coordinates"] for feature in countries], lines, SCALE
    )
    return {
        "edges": [pack(edge, 1) for edge in drawn],
        "countries": [
            {
                "iso": feature["properties"]["iso_a2"],
                "name": feature["properties"]["name"],
                "at": feature["properties"].get("label"),
                "outline": outline,
            }
            for feature, outline in zip(countries, outlines, strict=True)
        ],
        "lines": spans,
        "oblasts": pack(lines["oblast"], SCALE),
        "rivers": [
            {
                "name": feature["properties"].get("name"),
                "rank": feature["properties"]["rank"],
                "shape": _geometry(feature),
            }
            for feature in basemap.rivers["features"]
        ],
        "lakes": [_lake(feature) for feature in basemap.lakes["features"]],
        "seas": [
            {"name": feature["properties"]["name"], "at": feature["geometry"]["coordinates"]}
            for feature in basemap.seas["features"]
        ],
        "places": [_place(place, is_named=place == named) for place in basemap.places],
    }


def _list_lines(geometry: dict[str, Any]) -> list[Any]:
    lines: list[Any] = geometry["coordinates"]
    return lines if geometry["type"] == "MultiLineString" else [lines]


def _lake(feature: dict[str, Any]) -> dict[str, Any]:
    about = feature["properties"]
    lake = {"name": legend.name_lake(about), "at": _round(about["label"]), "shape": _geometry(feature)}
    return {**lake, "isDrained": True} if "drained" in about else lake


def _place(place: Place, *, is_named: bool) -> dict[str, Any]:
    at = _round((place.lon, place.lat))
    about = {"name": place.name, "at": at, "rank": place.rank, "capital": place.capital}
    return {**about, "named": True} if is_named else about


def _round(degrees: LonLat | Extent) -> list[float]:
    return [round(each, 4) for each in degrees]


def _isoline(isoline: Isoline) -> dict[str, Any]:
    return {
        "text": numerals.format_km(isoline.distance_km),
        "lines": pack(mapping(isoline.line)["coordinates"], SCALE),
    }


def pack_polygons(geometry: Polygon | MultiPolygon, scale: int) -> Any:
    """Pack areas, those that are empty left out."""
    parts = geometry.geoms if isinstance(geometry, MultiPolygon) else [geometry]
    return [pack(mapping(part)["coordinates"], scale) for part in parts if not part.is_empty]


def _geometry(feature: dict[str, Any]) -> Any:
    return pack(feature["geometry"]["coordinates"], SCALE)


def pack(coordinates: Sequence[Any], scale: int) -> Any:
    """Pack nested positions: a line becomes one flat list lon, lat, differences, in 1/scale degrees."""
    if not _is_line(coordinates):
        return [pack(part, scale) for part in coordinates]
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
