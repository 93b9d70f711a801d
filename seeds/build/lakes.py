"""The lakes and reservoirs of the theatre, clipped to the land of the other layers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import geopandas
import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geo.errors import DataError, Problem
from seeds.build.coverage import DECIMALS, Extent
from seeds.build.geojson import build_feature, read_table

TABLE = "lakes.csv"

FINE_DECIMALS = 4
"""Decimals of a degree of a shore with every vertex: as many as zones have, which end there vertex by vertex."""


def read_shapes(file: Path, extent: Extent) -> list[BaseGeometry]:
    """Read Natural Earth's lakes within the extent, lon, lat degrees; the file has no names."""
    return list(geopandas.read_file(file, bbox=extent).geometry)


def build_lakes(
    shapes: Sequence[BaseGeometry], rows: Sequence[dict[str, str]], land: BaseGeometry
) -> list[dict[str, Any]]:
    """Build one feature a row of our table: the shape that holds its point, simplified and clipped to the land.

    Reservoirs of the Dnipro keep every vertex, since scenario outlines end there. A drained one says since when.

    Raises
    ------
    DataError
        Where no shape holds the point of a row.
    """
    problems: list[Problem] = []
    features = []
    for row in rows:
        at = Point(float(row["lon"]), float(row["lat"]))
        found = [shape for shape in shapes if shape.contains(at)]
        if not found:
            what = f"no lake lies at {row['lon']}, {row['lat']} ({row['name'] or 'without a name'})"
            problems.append(Problem(what, f"Correct the point in {TABLE}."))
            continue
        tolerance = float(row["tolerance_deg"])
        shape = shapely.simplify(found[0], tolerance)
        decimals = DECIMALS if tolerance else FINE_DECIMALS
        clipped = shapely.intersection(shape, land)
        if tolerance:  # a simplified bay may touch itself when it is rounded
            clipped = shapely.set_precision(clipped, 10**-DECIMALS)
        clipped = _polygons(clipped)
        middle = clipped.representative_point()
        about = {"name": row["name"] or None, "label": [round(middle.x, 3), round(middle.y, 3)]}
        drained = {"drained": row["drained"]} if row["drained"] else {}
        features.append(build_feature(clipped, {**about, **drained}, decimals=decimals))
    if problems:
        raise DataError(TABLE, problems)
    return features


def _polygons(geometry: BaseGeometry) -> BaseGeometry:
    """Return the areas of a geometry without the lines and points that clipping leaves."""
    return shapely.union_all([part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"])


def read_rows() -> list[dict[str, str]]:
    """Read which lakes are shown, by which name, how finely, and since when one is drained."""
    return read_table(TABLE)
