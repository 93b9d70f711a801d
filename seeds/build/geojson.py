"""GeoJSON layers as they lie on disk: compact for the reference layers, readable for the scenario files."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from geo.reference import basemap

FOLDER = basemap.FOLDER
"""Where the reference layers lie."""
TABLES = Path(__file__).parent
"""Where the tables they are built from lie."""

_LINE_WIDTH = 110


def read_table(name: str) -> list[dict[str, str]]:
    """Read one of the hand-kept CSV tables beside this file as a list of rows, column to text."""
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_layer(name: str) -> list[tuple[dict[str, Any], BaseGeometry]]:
    """Read a built layer as (properties, geometry in lon, lat degrees) pairs, in file order."""
    collection = json.loads((FOLDER / f"{name}.geojson").read_text(encoding="utf-8"))
    return [(feature["properties"], shape(feature["geometry"])) for feature in collection["features"]]


def build_feature(geometry: BaseGeometry, properties: dict[str, Any], *, decimals: int) -> dict[str, Any]:
    """Build a GeoJSON feature: lon, lat rounded to `decimals`, exterior rings counter-clockwise."""
    rounded = shapely.transform(geometry, lambda lonlat: np.round(lonlat, decimals))
    outline = shapely.orient_polygons(rounded)
    return {"type": "Feature", "properties": properties, "geometry": mapping(outline)}


def render_compact(features: list[dict[str, Any]]) -> bytes:
    """Render a FeatureCollection for machines: no spaces, one feature a line to keep a diff readable."""
    lines = [json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features]
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    return text.encode()


def render_readable(features: list[dict[str, Any]], scenario: dict[str, Any]) -> bytes:
    """Render a scenario file for people: indented members, several positions a line, the rings in order."""
    head = json.dumps(scenario, ensure_ascii=False, indent=2).replace("\n", "\n  ")
    body = ",\n".join(_readable_feature(feature) for feature in features)
    text = f'{{\n  "type": "FeatureCollection",\n  "scenario": {head},\n  "features": [\n{body}\n  ]\n}}\n'
    return text.encode()


def _readable_feature(feature: dict[str, Any]) -> str:
    properties = json.dumps(feature["properties"], ensure_ascii=False, indent=2).replace("\n", "\n      ")
    kind = feature["geometry"]["type"]
    coordinates = _readable_coordinates(feature["geometry"]["coordinates"], indent=10)
    return (
        f'    {{\n      "type": "Feature",\n      "properties": {properties},\n      "geometry": {{\n'
        f'        "type": "{kind}",\n        "coordinates": {coordinates}\n      }}\n    }}'
    )


def _readable_coordinates(coordinates: Any, *, indent: int) -> str:
    """Write nested coordinates: one bracket a level, a ring's positions filled to the line width."""
    margin, end = " " * indent, " " * (indent - 2)
    if isinstance(coordinates[0][0], int | float):
        inner = _fill([json.dumps(list(position)) for position in coordinates], margin)
    else:
        parts = [_readable_coordinates(part, indent=indent + 2) for part in coordinates]
        inner = ",\n".join(f"{margin}{part}" for part in parts)
    return f"[\n{inner}\n{end}]"


def _fill(positions: list[str], margin: str) -> str:
    """Fill lines with whole positions, none longer than the line width."""
    lines, line = [], margin + positions[0]
    for position in positions[1:]:
        if len(line) + len(position) + 3 > _LINE_WIDTH:
            lines.append(line + ",")
            line = margin + position
        else:
            line += ", " + position
    return "\n".join([*lines, line])
