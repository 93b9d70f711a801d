"""A made-up `Briefing`, whose numbers mean nothing."""

from __future__ import annotations

import functools
from dataclasses import replace
from datetime import date
from typing import Any

from shapely.geometry import LineString, MultiLineString, Polygon, box

from geo.briefing.briefing import Briefing
from geo.fronts.front import Front, Sector
from geo.measuring.figures import (
    BANDS,
    DEGREES,
    DISTANCES,
    ENDS,
    FIGURES,
    KM,
    KM2,
    NAMES,
    POSITION,
    SHARE,
    TEXT,
    TRUTH,
    name_end,
)
from geo.measuring.isolines import Isoline, find_isolines
from geo.measuring.metrics import Force, Metrics, ZoneMetrics
from geo.measuring.spread import BAND_EDGES_KM, Band
from geo.reference.basemap import Basemap, Place
from geo.scenarios.evidence import Claim, Source
from geo.scenarios.scenario import Scenario, Zone

FRONT_LINE = LineString([(37.9, 50.1), (37.6, 48.9), (37.3, 48.0), (36.2, 47.5), (34.4, 47.4), (32.4, 46.6)])
TOWNS = (
    ("Kyiv", 30.52, 50.45, 1),
    ("Lviv", 24.03, 49.84, 2),
    ("Odesa", 30.73, 46.48, 2),
    ("Kharkiv", 36.23, 49.99, 2),
    ("Dnipro", 35.05, 48.46, 2),
    ("Kremenchuk", 33.41, 49.07, 3),
    ("Cherkasy", 32.06, 49.44, 3),
    ("Zaporizhzhia", 35.14, 47.84, 3),
    ("Pavlohrad", 35.87, 48.53, 4),
    ("Kaniv", 31.46, 49.75, 5),
)


@functools.cache
def build_basemap() -> Basemap:
    """Return two square countries, a river that winds, ten towns and a sea."""
    ukraine = {"iso_a2": "UA", "name": "Ukraine", "label": [30.5, 48.6]}
    other = {"iso_a2": "PL", "name": "Poland", "label": [20.0, 51.0]}
    winding = [[30.5 + step * 0.1, 50.4 - step * 0.06 + 0.05 * (step % 3)] for step in range(45)]
    return Basemap(
        countries=_collection(
            (ukraine, _polygon(box(22.1, 46.2, 40.1, 52.2))), (other, _polygon(box(14.0, 45.0, 22.1, 54.0)))
        ),
        oblasts=_collection(({"name": "West"}, _polygon(box(22.1, 46.2, 30, 52.2)))),
        lines=_collection(
            ({"kind": "coast"}, {"type": "LineString", "coordinates": [[22.1, 46.2], [40.1, 46.2]]}),
            ({"kind": "border"}, {"type": "LineString", "coordinates": [[22.1, 46.2], [22.1, 52.2]]}),
            ({"kind": "oblast"}, {"type": "MultiLineString", "coordinates": [[[30, 46.2], [30, 52.2]]]}),
        ),
        rivers=_collection(
            ({"name": "Dnipro", "rank": 1}, {"type": "LineString", "coordinates": winding}),
        ),
        lakes=_collection(
            ({"name": "Round Lake", "label": [33.0, 49.5]}, _polygon(box(32.5, 49.2, 33.5, 49.8))),
            (
                {"name": "Square reservoir", "label": [35.0, 47.0], "drained": "May 2024"},
                _polygon(box(34.6, 46.8, 35.4, 47.2)),
            ),
        ),
        seas=_collection(({"name": "Black Sea"}, {"type": "Point", "coordinates": [33.5, 45.6]})),
        places=tuple(Place(name, lon, lat, rank, "UA", rank == 1) for name, lon, lat, rank in TOWNS),
        credits=("Natural Earth (public domain).",),
        border_note="Internationally recognised borders.",
    )


@functools.cache
def build_front() -> Front:
    """Return a front of one sector in the east."""
    line = MultiLineString([FRONT_LINE])
    return Front(
        id="2025-03-27",
        as_of=date(2025, 3, 27),
        definition="contact",
        definition_text="The line along which the two sides face each other.",
        uncertainty_km=5.0,
        precisions_km=(5.0,),
        source="Made for a test.",
        licence="CC0",
        method="Drawn by hand.",
        sectors=(Sector("All of it", line, 5.0),),
        line=line,
    )


@functools.cache
def _trace_isolines() -> tuple[Isoline, ...]:
    return find_isolines(build_front())


def build_row(name: str, at: tuple[float, float], nearest_km: float) -> ZoneMetrics:
    """Return a row of plausible numbers; the nearest line runs from the zone to a vertex of the front."""
    to = (36.2, 47.5)
    shares = (0.0, 0.0, 0.25, 0.75, 0.0, 0.0)
    bands = tuple(
        Band(low, high, share)
        for low, high, share in zip(BAND_EDGES_KM, (*BAND_EDGES_KM[1:], None), shares, strict=True)
    )
    by_unit = {
        KM: nearest_km + 30,
        KM2: 12345.0,
        DEGREES: 101.0,
        SHARE: 0.0,
        TEXT: "made up",
        POSITION: to,
        NAMES: (),
        TRUTH: False,
        BANDS: bands,
    }
    # A figure that is declared later takes the value of its unit, so every test here goes on.
    made_up: dict[str, Any] = {figure.key: by_unit[figure.unit] for figure in FIGURES}
    made_up |= {"zone": name, "country": "UA", "nearest_km": nearest_km, "nearest_from": at}
    made_up |= {"mean_km": nearest_km + 60, "median_km": nearest_km + 55, "farthest_km": nearest_km + 140}
    for figure in DISTANCES:
        made_up |= {
            name_end(figure.key, end): made_up[figure.key] + off
            for end, off in zip(ENDS, (-5, 5), strict=True)
        }
    return ZoneMetrics(**made_up)


def build_briefing(
    zone_names: tuple[str, ...] = ("North reach", "Middle reach"), text: str | None = None
) -> Briefing:
    """Return a briefing with one square zone for each name; ``text`` replaces every other string of data."""
    zones, rows = [], []
    for index, name in enumerate(zone_names):
        west, south = 30.2 + 0.42 * (index % 8), 50.2 - 0.42 * (index // 8)
        shape = box(west, south, west + 0.4, south + 0.4)
        zones.append(
            Zone(name, shape, "UA", "illustrative", text if text is not None else "Drawn as a square.")
        )
        rows.append(build_row(name, (west + 0.4, south), 300.0 - index))
    said = (date(2025, 3, 26), "A force may be sent.", 10000, "troops")
    claim = Claim("paper/size", "size", "an official", None, *said)
    front, basemap = build_front(), build_basemap()
    scenario = Scenario(
        "test", "Force along the river", "A corridor of zones.", tuple(zones), ("paper/size",)
    )
    force = Force("paper/size", 10000, 952.4)
    source = Source("paper", "The Paper", "On the force", date(2025, 3, 27), (), (claim,))
    briefing = Briefing(
        scenario=scenario,
        front=front,
        metrics=Metrics("test", 1050.0, tuple(rows), replace(rows[0], zone="All zones"), (force,)),
        claims=(claim,),
        sources=(source,),
        basemap=basemap,
        uncertainty_band=Polygon(front.line.buffer(0.06).exterior),
        headline="The nearest zone lies 300 km from the front.",
        distance_note="Shortest distance on the WGS 84 ellipsoid.",
        caveats=("Zones are illustrative.",),
        credits=("Natural Earth (public domain).",),
        alt_short="Map of two zones west of the front.",
        alt_long="Two square zones stand along the river, 300 km west of the front.",
        isolines=_trace_isolines(),
    )
    return briefing if text is None else _with_text(briefing, text)


def _with_text(briefing: Briefing, text: str) -> Briefing:
    claim = replace(briefing.claims[0], attributed_to=text, reported_by=text, statement=text)
    front = replace(briefing.front, definition_text=text, source=text, licence=text, method=text)
    basemap = replace(
        briefing.basemap,
        places=tuple(replace(place, name=text) for place in briefing.basemap.places),
        rivers=_renamed(briefing.basemap.rivers, text),
        seas=_renamed(briefing.basemap.seas, text),
        countries=_renamed(briefing.basemap.countries, text),
        border_note=text,
    )
    return replace(
        briefing,
        scenario=replace(briefing.scenario, title=text, summary=text),
        front=front,
        basemap=basemap,
        claims=(claim,),
        headline=text,
        distance_note=text,
        caveats=(text,),
        credits=(text,),
        alt_short=text,
        alt_long=text,
    )


def _renamed(layer: dict[str, Any], text: str) -> dict[str, Any]:
    features = [{**item, "properties": {**item["properties"], "name": text}} for item in layer["features"]]
    return {**layer, "features": features}


def _collection(*items: tuple[dict[str, Any], dict[str, Any]]) -> dict[str, Any]:
    features = [{"type": "Feature", "properties": about, "geometry": shape} for about, shape in items]
    return {"type": "FeatureCollection", "features": features}


def _polygon(shape: Polygon) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [[list(position) for position in shape.exterior.coords]]}
