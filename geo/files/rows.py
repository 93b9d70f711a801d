"""The rows of a file that is not GeoJSON become the same checked features that a GeoJSON file does."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import Problem
from geo.files import geometries
from geo.files.document import Content
from geo.files.features import Collection, Feature, Kind, find_label, keep_within
from geo.files.remarks import Remarks, label
from geo.geodesy import transforms

BROKEN = (RuntimeError, ValueError, OverflowError, shapely.errors.GEOSException)
"""What libraries raise at geometries that are none."""


class Row(NamedTuple):
    """One feature of a file that is not GeoJSON: its geometry, its columns, its layer, and whether it is hidden."""

    shape: BaseGeometry | None
    columns: dict[str, Any]
    layer: str | None = None
    is_hidden: bool = False


def build_collection(content: Content, rows: Iterable[Row], kind: Kind, remarks: Remarks) -> Collection:
    """Return checked features of rows, whose geometries are in lon, lat degrees.

    Altitudes and measures are dropped, rings that cross are made valid, and what stands aside is left out. What only
    spoils a part is in ``problems``.
    """
    problems: list[Problem] = []
    built = (_build_feature(index, row, kind, problems, remarks) for index, row in enumerate(rows))
    features = keep_within(filter(None, built), kind, problems, remarks)
    notes = remarks.list_sentences(kind.noun, kind.made_of)
    return Collection(
        str(content.path), content.sha256, {}, features, tuple(problems), notes, is_geojson=False
    )


def bring(shape: BaseGeometry | None, crs: str) -> BaseGeometry | None:
    """Return a geometry of a known reference system in lon, lat degrees; None where it is empty or cannot be moved."""
    if shape is None or shape.is_empty:
        return None
    try:
        return transforms.to_lonlat(shapely.force_2d(shape), crs)
    except BROKEN:
        return None


def derive_plain(value: Any) -> Any:
    """Return a cell as a plain value of JSON: a text, a number, true or false, or nothing; a day as text."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value.isoformat() if isinstance(value, date) else value


def _build_feature(
    index: int, row: Row, kind: Kind, problems: list[Problem], remarks: Remarks
) -> Feature | None:
    """Return a feature; None where all of it stands aside in files of this kind, or there is nothing of it."""
    noted, name = len(problems), find_label(row.columns)
    called = label(index, name)
    flat = [] if row.shape is None else list(_flatten(row.shape))
    parts = [part for part in flat if _type_of(part) not in kind.asides]
    remarks.asides += Counter(_type_of(part) for part in flat if _type_of(part) in kind.asides)
    if not parts:
        if not flat:
            remarks.absent.append(called)
        return None
    for what, remedy in _find_faults(parts, kind):
        problems.append(Problem(what, remedy, index, name))
    shape: geometries.Shape | None = None
    if len(problems) == noted:
        is_line = _type_of(parts[0]) == "LineString"
        drawn = shapely.multilinestrings(parts) if is_line else _unite(parts)
        shape = geometries.finish(drawn, lambda *_: None, remarks, called, repair=True)
        if shape is None:
            return None
    return Feature(index, name, row.columns, shape, row.layer, row.is_hidden)


def _unite(parts: list[BaseGeometry]) -> BaseGeometry:
    oriented = shapely.orient_polygons(parts)
    return oriented[0] if len(oriented) == 1 else shapely.multipolygons(oriented)


def _type_of(part: BaseGeometry) -> str:
    return str(part.geom_type).replace("LinearRing", "LineString")


def _flatten(shape: BaseGeometry) -> Iterator[BaseGeometry]:
    """Yield the simple parts of a geometry; KML nests collections in collections."""
    for part in shapely.get_parts(shape):
        if hasattr(part, "geoms"):
            yield from _flatten(part)
        elif not part.is_empty:
            yield part


def _find_faults(parts: list[BaseGeometry], kind: Kind) -> Iterator[tuple[str, str]]:
    if len({_type_of(part) for part in parts}) > 1:
        yield "The geometry mixes lines and areas", f"Keep the one that is the {kind.noun}."
    faults: list[tuple[str, str]] = []
    geometries.check_positions(parts, lambda *fault: faults.append(fault))
    yield from faults
