"""Made-up daily files of occupied area, with the traits of public ones, and the line of contact they must give.

The area is drawn from our own schematic front and the reference outline of Ukraine, moved and roughened as another
publisher's would differ: borders and coasts by a few kilometres, a Crimea, pockets on the border, islands, holes,
cracks between parts. Lengths are in metres on a plane of another projection than the one under test.
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from pyproj import Proj
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, mapping, shape

from geo.fronts import reading
from geo.reference import basemap

PLANE = Proj(proj="laea", lon_0=35, lat_0=48, ellps="WGS84")

ESTUARY = [
    *((31.30, 46.62), (31.52, 46.53), (31.75, 46.44), (32.3, 46.40)),
    *((32.7, 46.62), (32.3, 46.70), (31.6, 46.75)),
]
"""A rough outline around the waters of the Dnipro-Buh estuary, its corners on land; lon, lat."""

BORDER_TOWNS = [
    *((34.75, 51.17), (35.15, 51.05), (35.35, 50.75), (35.5, 50.45)),
    *((36.0, 50.4), (36.45, 50.31), (36.9, 50.33)),
]
"""Where pockets may lie, on the border of the Sumy and Kharkiv oblasts; lon, lat."""

SYVASH = [(34.2, 46.1), (34.7, 46.05), (34.8, 45.8), (34.5, 45.7)]
CRACKS = [[(33.3, 46.13), (34.1, 46.13)], [(36.7, 47.95), (37.9, 47.9), (38.3, 47.2)]]
"""Where parts of one area meet with 60 m between them: at Perekop, and from the front to the sea of Azov."""


@dataclass(frozen=True)
class Day:
    """A made-up day: the occupied area, and the true line of contact; lon, lat degrees."""

    area: MultiPolygon
    contact: Any


def to_plane(geometry: Any) -> Any:
    return shapely.transform(geometry, lambda p: np.column_stack(PLANE(p[:, 0], p[:, 1])))


def to_lonlat(geometry: Any) -> Any:
    return shapely.transform(geometry, lambda p: np.column_stack(PLANE(p[:, 0], p[:, 1], inverse=True)))


def build_day(seed: int, *, reach_km: float = 3.0, push_km: float = 0.0, pockets: int = 5) -> Day:
    """Build a day: borders off by up to ``reach_km``, the front moved west by ``push_km``, so many pockets."""
    rng = np.random.default_rng(seed)
    land = build_land(rng, reach_km * 1000)
    ground = shapely.union(land, to_plane(Polygon(ESTUARY)))
    taken = shapely.union_all([build_side_beyond(rng, push_km * 1000), *build_pockets(rng, land, pockets)])
    cracks = shapely.union_all([to_plane(LineString(crack)).buffer(30) for crack in CRACKS])
    holes = [cracks, to_plane(Point(38.6, 48.2)).buffer(4e3), to_plane(Polygon(SYVASH))]
    area = shapely.difference(shapely.intersection(ground, taken), shapely.union_all(holes))
    islands = [to_plane(Point(32.55 + 0.1 * k, 46.635 + 0.05 * k)).buffer(900) for k in range(2)]
    area = shapely.union_all([area, *(island for island in islands if island.distance(area) > 300)])
    parts = [part for part in shapely.get_parts(area) if part.geom_type == "Polygon" and part.area > 4e5]
    outer = shapely.union_all([part.exterior for part in parts])
    contact = shapely.difference(shapely.intersection(outer, ground.buffer(-60)), cracks.buffer(50))
    return Day(to_lonlat(MultiPolygon(parts)), to_lonlat(contact))


@functools.cache
def reference_outline() -> Any:
    """Return the outline of Ukraine's mainland on the plane, as our own reference has it."""
    (found,) = (c for c in basemap.read_basemap().countries["features"] if c["properties"]["iso_a2"] == "UA")
    mainland = max(shapely.get_parts(shape(found["geometry"])), key=lambda part: part.area)
    return shapely.get_coordinates(to_plane(shapely.segmentize(mainland.exterior, 0.05)))


@functools.cache
def front_line() -> Any:
    """Return our own front from the north to the estuary, on the plane; what is held lies right of it."""
    line = max(reading.find_front("2025-03-27").line.geoms, key=lambda part: part.length)
    return shapely.get_coordinates(to_plane(line))


def build_land(rng: np.random.Generator, reach_m: float) -> Polygon:
    """Return Ukraine as another publisher has it: shifted, swaying, and with more detail."""
    points = wander(reference_outline(), rng, reach_m)
    points[-1] = points[0]
    whole = shapely.make_valid(Polygon(roughen(points, rng, until_m=1500, share=0.12)))
    return max(shapely.get_parts(whole), key=lambda part: part.area)


def build_side_beyond(rng: np.random.Generator, push_m: float) -> Polygon:
    """Return all that lies beyond the front, roughened, out to sea and far into Russia."""
    line = roughen(front_line() - np.array([push_m, 0.0]), rng, until_m=800, share=0.16)
    north, south = line[0], line[-1]
    around = np.array([[90, 60], [14, 9], [-9, -2], [-60, -30], [-60, -400], [600, -400], [600, 60]]) * 1e3
    return shapely.make_valid(
        Polygon(np.vstack([north + around[:2], line, south + around[2:6], north + around[6]]))
    )


def build_pockets(rng: np.random.Generator, land: Polygon, count: int) -> list[Polygon]:
    """Return rough discs of 3.5 to 11 km radius on the border."""
    chosen = rng.choice(len(BORDER_TOWNS), size=count, replace=False)
    towns = [to_plane(Point(BORDER_TOWNS[number])) for number in chosen]
    centres = [land.exterior.interpolate(land.exterior.project(town)) for town in towns]
    discs = [centre.buffer(rng.uniform(3.5e3, 11e3), quad_segs=4).exterior for centre in centres]
    rings = [roughen(shapely.get_coordinates(disc), rng, until_m=900, share=0.1) for disc in discs]
    return [shapely.make_valid(Polygon(ring)) for ring in rings]


def wander(points: Any, rng: np.random.Generator, reach_m: float) -> Any:
    """Return points moved by a constant shift and by waves of 60 to 300 km, together about ``reach_m`` at most."""
    turn = rng.uniform(0, 2 * np.pi)
    move = np.zeros_like(points) + 0.5 * reach_m * np.array([np.cos(turn), np.sin(turn)])
    for _ in range(3):
        turn = rng.uniform(0, 2 * np.pi)
        wave = 2 * np.pi / rng.uniform(60e3, 300e3) * np.array([np.cos(turn), np.sin(turn)])
        push = rng.uniform(-1, 1, 2) * reach_m / 8
        move += np.sin(points @ wave + rng.uniform(0, 2 * np.pi))[:, None] * push
    return points + move


def roughen(points: Any, rng: np.random.Generator, *, until_m: float, share: float) -> Any:
    """Return a line with midpoints pushed aside until no edge is longer than ``until_m``: as coasts are."""
    while (lengths := np.hypot(*np.diff(points, axis=0).T)).max() > until_m:
        aside = rng.normal(0, share, len(lengths)).clip(-0.4, 0.4)[:, None]
        middle = (points[1:] + points[:-1]) / 2 + np.diff(points, axis=0)[:, ::-1] * [1, -1] * aside
        joined = np.empty((len(points) + len(middle), 2))
        joined[::2], joined[1::2] = points, middle
        keep = np.ones(len(joined), dtype=bool)
        keep[1::2] = lengths > until_m
        points = joined[keep]
    return points


def build_collection(area: MultiPolygon) -> dict[str, Any]:
    """Return an area as the daily files have it: one feature, EMPTY properties, a legacy crs, clockwise shells."""
    rounded = shapely.set_precision(area, 1e-6, mode="pointwise")
    turned = shapely.orient_polygons(rounded, exterior_cw=True)
    return {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}},
        "features": [{"type": "Feature", "properties": {}, "geometry": mapping(turned)}],
    }


def save_day(day: Day, file: Path) -> Path:
    """Write a day as a daily file."""
    file.write_text(json.dumps(build_collection(day.area)), encoding="utf-8")
    return file


COARSE = Polygon(
    [(33.4, 46.7), (34.2, 46.0), (36.9, 46.7), (38.3, 47.0), (37.6, 48.3), (36.5, 47.6), (35.0, 47.4)]
)
"""A coarse area between the lower Dnipro, the Azov coast and Donetsk; lon, lat."""


def save_coarse_area(file: Path) -> Path:
    """Write the coarse area as a daily file."""
    return save_day(Day(MultiPolygon([COARSE]), None), file)


def save_features(file: Path, *features: tuple[Any, dict[str, Any]], **members: Any) -> Path:
    """Write shapes with their properties as GeoJSON, and further members beside them."""
    listed = [
        {"type": "Feature", "properties": properties, "geometry": None if shape is None else mapping(shape)}
        for shape, properties in features
    ]
    file.write_text(
        json.dumps({"type": "FeatureCollection", **members, "features": listed}), encoding="utf-8"
    )
    return file


def read_ukraine() -> Any:
    """Return Ukraine as our own reference has it, lon, lat degrees."""
    countries = basemap.read_basemap().countries["features"]
    return shape(next(c["geometry"] for c in countries if c["properties"]["iso_a2"] == "UA"))


def build_sound_areas() -> dict[str, Any]:
    """Return areas of other years and other coarseness that are sound, by name; lon, lat."""
    ukraine = read_ukraine()
    crimea = shapely.intersection(
        ukraine, Polygon([(32, 44), (37, 44), (37, 46.1), (34.6, 46.1), (33.6, 46.12), (32, 46.1)])
    )
    donbas = Polygon(
        [(37.55, 47.1), (38.3, 47.0), (40.3, 47.7), (40.2, 49.6), (39.4, 48.75), (38.0, 48.4), (37.6, 48.0)]
    )
    north = shapely.intersection(
        ukraine, Polygon([(29.2, 51.6), (30.2, 50.55), (30.75, 51.0), (31.0, 52.2), (29.2, 52.2)])
    )
    east = shapely.intersection(
        ukraine, Polygon([(30.9, 52.5), (31.1, 50.7), (33, 50.9), (34.5, 50.8), (36.5, 52), (33, 53)])
    )
    march = shapely.union_all([crimea, donbas, north, east, COARSE, Point(32.4, 46.65).buffer(0.5)])
    return {
        "Crimea alone": crimea,
        "Donbas of 2014 to 2021": donbas,
        "Crimea and Donbas": shapely.union_all([crimea, donbas]),
        "March 2022": march,
        "coarse": COARSE,
        "spilling far into Russia and the sea": shapely.union_all(
            [COARSE, Polygon([(36, 45), (42, 45), (42, 50), (38.5, 49.8)])]
        ),
        "one pocket on the Sumy border": to_lonlat(to_plane(Point(34.9, 51.1)).buffer(9e3)),
        "a day's many parts": build_day(5).area,
    }


def save_series(folder: Path, days: int, *, seed: int = 1, first: date = date(2024, 1, 1)) -> list[Path]:
    """Write a series of daily files: the front creeps forward; one day in three is identical, one in 41 missing."""
    rng = np.random.default_rng(seed)
    start = build_day(seed, reach_km=2.0)
    area, points = to_plane(start.area), shapely.get_coordinates(to_plane(start.contact))
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    centres = [Point(points[index]) for index in rng.choice(len(points), 12, replace=False)]
    radii = np.zeros(len(centres))
    for number in range(days):
        if rng.random() > 1 / 3:
            hot = int(rng.integers(len(centres)))
            radii[hot] += rng.uniform(300, 900)
            area = shapely.union(area, centres[hot].buffer(radii[hot], quad_segs=6))
        day = first + timedelta(days=number + number // 40)
        files.append(save_day(Day(to_lonlat(area), None), folder / f"occupied_{day:%Y%m%d}.geojson"))
    return files
