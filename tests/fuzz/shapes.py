"""What a step does to coordinates, and the valid shapes that cases start from."""

from __future__ import annotations

import copy
import functools
import json
import math
from random import Random
from typing import Any

import shapely
from shapely.geometry import box, mapping, shape

from geo.reference import basemap

Geometry = dict[str, Any]


@functools.cache
def _layer(name: str) -> list[Any]:
    features = json.loads((basemap.FOLDER / f"{name}.geojson").read_text(encoding="utf-8"))["features"]
    return [shape(feature["geometry"]) for feature in features]


@functools.cache
def _ukraine() -> Any:
    return shapely.make_valid(shapely.union_all(_layer("oblasts")))


def draw_area(rng: Random, west: float = 22.0, east: float = 40.0) -> Geometry:
    """Return an area as people have them: an oblast, a country, a box, a box cut at the border, a cell of a grid."""
    lon, lat, width = rng.uniform(west, east - 0.5), rng.uniform(44.5, 52.0), rng.choice((0.01, 0.3, 1, 4))
    here = box(lon, lat, lon + width, lat + width * rng.uniform(0.3, 1))
    chosen = rng.choice(("oblast", "country", "box", "cut", "cut", "blob", "grid"))
    area = here
    if chosen in ("oblast", "country"):
        layer = _layer("oblasts" if chosen == "oblast" else "countries")
        near = [item for item in layer if item.intersects(box(west, 44, east, 53)) and item.area < 100]
        area = rng.choice(near)
    elif chosen == "cut" and here.intersects(_ukraine()):
        area = here.intersection(_ukraine())
    elif chosen == "blob":
        angles = sorted(rng.uniform(0, 2 * math.pi) for _ in range(rng.choice((4, 12, 200))))
        radii = [width * rng.uniform(0.3, 1) for _ in angles]
        points = [(lon + r * math.cos(a), lat + r * math.sin(a)) for a, r in zip(angles, radii, strict=True)]
        area = shapely.make_valid(shapely.Polygon(points))
    elif chosen == "grid":
        area = box(*(round(value * 4) / 4 for value in (lon, lat, lon + 1, lat + 1)))
    flat = [part for part in shapely.get_parts(area) if part.geom_type == "Polygon" and part.area > 0]
    return to_plain(mapping(shapely.MultiPolygon(flat) if len(flat) > 1 else flat[0] if flat else here))


def draw_line(rng: Random) -> Geometry:
    """Return a line from north to south through the east of Ukraine, in one part or several."""
    lons = [37.5 + rng.uniform(-1.5, 1.5) for _ in range(rng.choice((2, 5, 60)))]
    line = [[round(lon, 5), round(51 - 5 * i / (len(lons) - 1), 5)] for i, lon in enumerate(lons)]
    if len(line) > 4 and rng.random() < 0.5:
        return {"type": "MultiLineString", "coordinates": [line[:3], line[2:]]}
    return {"type": "LineString", "coordinates": line}


def to_plain(geometry: Any) -> Geometry:
    """Return a geometry as lists, as JSON has them."""
    plain: Geometry = json.loads(json.dumps(geometry))
    return plain


def mutate(features: list[Any], rng: Random) -> None:
    """Change the coordinates of one feature in one way; what is no geometry any more is left alone."""
    feature = rng.choice(features) if features else None
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    lines = list(_lines(geometry.get("coordinates"))) if isinstance(geometry, dict) else []
    if geometry and lines:
        rng.choice(_CHANGES)(geometry, rng.choice(lines), rng)


def _lines(value: Any) -> Any:
    """Yield the lists of positions in coordinates."""
    if isinstance(value, list) and value and all(_is_position(item) for item in value):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _lines(item)


def _is_position(item: Any) -> bool:
    return (
        isinstance(item, list) and len(item) >= 2 and all(isinstance(number, int | float) for number in item)
    )


def _move_one(geometry: Geometry, line: list[Any], rng: Random) -> None:
    point = rng.choice(line)
    point[rng.randrange(2)] += rng.choice((1e-13, 1e-9, 1e-5, 0.01, 1, 30)) * rng.choice((-1, 1))


def _set_one(geometry: Geometry, line: list[Any], rng: Random) -> None:
    rng.choice(line)[rng.randrange(2)] = rng.choice(
        (0, 180, -180, 90, 91, 360, 1e300, math.nan, math.inf, 5e6)
    )


def _reorder(geometry: Geometry, line: list[Any], rng: Random) -> None:
    """Cut a line short, turn it, exchange two positions, or go over a stretch or back over it again."""
    i, j = sorted(rng.randrange(len(line)) for _ in range(2))
    swapped = [*line[:i], line[j], *line[i + 1 : j], line[i], *line[j + 1 :]]
    again, back = [*line[:j], *line[i:]], [*line[:j], *line[i:j][::-1], *line[i:]]
    line[:] = copy.deepcopy(rng.choice((line[:i], line[::-1], swapped, swapped, again, back)))


def _spike(geometry: Geometry, line: list[Any], rng: Random) -> None:
    i = rng.randrange(len(line))
    away = [line[i][0] + rng.choice((1e-9, 0.5, 40)), line[i][1]]
    line[i + 1 : i + 1] = [away, list(line[i])]


def _transform(geometry: Geometry, line: list[Any], rng: Random) -> None:
    """Scale, move or exchange the axes of a whole geometry."""
    factor = rng.choice((1e-12, 1e-6, 0.1, 1, 1, 8))
    dx, dy = rng.choice(((0, 0), (150, 0), (-60, 10), (0, 38), (0, -60), (1e-9, 0), (-8, 2)))
    lon, lat = line[0][0], line[0][1]
    swap = rng.random() < 0.1
    for each in _lines(geometry["coordinates"]):
        for point in each:
            x, y = lon + (point[0] - lon) * factor + dx, lat + (point[1] - lat) * factor + dy
            point[:2] = (y, x) if swap else (x, y)


def _round(geometry: Geometry, line: list[Any], rng: Random) -> None:
    digits = rng.choice((0, 1, 3))
    for each in _lines(geometry["coordinates"]):
        for point in each:
            point[:] = [round(number, digits) if math.isfinite(number) else number for number in point]


def _lift(geometry: Geometry, line: list[Any], rng: Random) -> None:
    height = rng.choice((0, 100.5, math.nan, None, "high"))
    for point in line if rng.random() < 0.5 else line[:1]:
        point.append(height)


def _add_hole(geometry: Geometry, line: list[Any], rng: Random) -> None:
    factor, at = rng.choice((0.0, 1e-7, 0.5, 1.0, 1.5)), line[rng.randrange(len(line))]
    hole = [[at[0] + (x - at[0]) * factor, at[1] + (y - at[1]) * factor] for x, y, *_ in line]
    coordinates = geometry["coordinates"]
    (coordinates[0] if geometry.get("type") == "MultiPolygon" else coordinates).append(hole)


def _add_parts(geometry: Geometry, line: list[Any], rng: Random) -> None:
    """Make many parts of a geometry: the same one again, or shifted so that they overlap, touch or lie apart."""
    name = str(geometry.get("type"))
    step, count = rng.choice((0.0, 1e-7, 0.05, 1.0)), rng.choice((2, 40, 400))
    single = geometry["coordinates"][0] if name.startswith("Multi") else geometry["coordinates"]
    if sum(len(each) for each in _lines(single)) * count < 20_000 and not name.startswith("Multi"):
        parts = [copy.deepcopy(single) for _ in range(count)]
        for number, part in enumerate(parts):
            for each in _lines(part):
                for point in each:
                    point[0] += step * number
        geometry.update(type=f"Multi{name}", coordinates=parts)


def _refine(geometry: Geometry, line: list[Any], rng: Random) -> None:
    """Put thousands of positions between two."""
    i, count = rng.randrange(len(line)), rng.choice((500, 5000))
    (x, y), (u, v) = line[i - 1][:2], line[i][:2]
    wave = rng.choice((0.0, 1e-4))
    for k in range(1, count) if i else ():
        line.insert(i + k - 1, [x + (u - x) * k / count, y + (v - y) * k / count + wave * math.sin(k)])


_CHANGES = (
    *(_move_one, _set_one, _reorder, _reorder, _spike, _transform),
    *(_round, _lift, _add_hole, _add_parts, _refine),
)
