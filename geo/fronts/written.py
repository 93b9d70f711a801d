"""The front in an export of this program: its columns say what the member ``front`` of a front file says."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from geo.errors import DataError
from geo.files.features import Collection, Feature
from geo.fronts import dating

_SECTOR = ("sector", "status", "definition", "as_of")
"""Columns that every sector of an export fills."""
_MEMBER = ("as_of", "definition", "uncertainty_km", "source", "licence", "held_side")
"""Columns that say the same of every sector: what the file's member would say."""
_NUMBERS = ("precision_km", "uncertainty_km")
_SHORT = {name[:10]: name for name in _NUMBERS}
"""What a Shapefile, whose columns have ten letters, calls them."""
_ZONE = ("zone", "nearest_km", "front_as_of", "front_definition")
"""Columns that every zone of an export fills."""


def restore_member(collection: Collection) -> Collection:
    """Return an export's sectors as a front file has them, with the member that their columns make.

    Any other file is returned as it is: one with a member of its own, of areas, or with other columns. KML has every
    value as text, so numbers are read; where a format knows no small letters, columns are called by them.

    Raises
    ------
    DataError
        The file holds the zones of an export, and no front.
    """
    tables = [_read_columns(feature) for feature in collection.features]
    if "front" in collection.members or not tables:
        return collection
    if are_zones(collection) and all(_is_area(feature) for feature in collection.features):
        what = "The file holds zones that this program measured, and no front"
        raise DataError.of(
            collection.file, what, "Export GeoPackage, KML or KMZ, which hold the front as well."
        )
    if not _fill(tables, _SECTOR) or any(_is_area(feature) for feature in collection.features):
        return collection
    members = [{key: table[key] for key in _MEMBER if table.get(key) not in (None, "")} for table in tables]
    if any(member != members[0] for member in members):
        return collection
    features = tuple(
        replace(feature, properties=table) for feature, table in zip(collection.features, tables, strict=True)
    )
    return replace(collection, members=collection.members | {"front": members[0]}, features=features)


def are_zones(collection: Collection) -> bool:
    """Ask whether all that a file of zones holds are those of an export."""
    tables = [_read_columns(feature) for feature in collection.features]
    return bool(tables) and _fill(tables, _ZONE)


def _read_columns(feature: Feature) -> dict[str, Any]:
    """Return the columns of a feature by small letters, numbers as numbers and the day as in 2025-03-27."""
    lower = {str(key).lower(): value for key, value in feature.properties.items()}
    table = {_SHORT.get(key, key): value for key, value in lower.items()}
    for key in _NUMBERS:
        if isinstance(value := table.get(key), str):
            table[key] = _read_number(value)
    if day := dating.read_day(table.get("as_of", "")):
        table["as_of"] = day.isoformat()
    return table


def _read_number(text: str) -> float | str | None:
    try:
        number = float(text)
    except ValueError:
        return text or None
    return number if math.isfinite(number) else None


def _fill(tables: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> bool:
    return all(table.get(column) not in (None, "") for table in tables for column in columns)


def _is_area(feature: Feature) -> bool:
    return feature.shape is not None and feature.shape.area > 0
