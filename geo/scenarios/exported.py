"""What a file of ours says of its scenario where its format has no place for more than columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from geo import numerals, shipped
from geo.files.features import Feature
from geo.files.fields import is_id

MARKS = frozenset(("nearest_km", "front_as_of", "front_definition", "method"))
"""Who has all of these columns has a file that this program wrote; the figures in it are not the user's."""

_TRUTHS = {"true": True, "false": False, "1": True, "0": False, "1.0": True, "0.0": False}
"""How formats write the truth, and GeoPandas where it is missing in some rows."""


def is_export(properties: Mapping[str, Any]) -> bool:
    """Ask whether the columns of a zone are those of a file that this program wrote."""
    return properties.keys() >= MARKS


def read_origin(tables: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the id and the front that all zones of an export name, as the member ``scenario`` says them."""
    if not tables or not all(map(is_export, tables)):
        return {}
    said = {
        key: str(tables[0].get(column))
        for key, column in (("id", "scenario"), ("front", "front"))
        if len({str(table.get(column)) for table in tables}) == 1
    }
    is_known = {"id": is_id, "front": shipped.fronts().__contains__}
    return {key: value for key, value in said.items() if is_known[key](value)}


def read_truths(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Return the properties of a zone, true and false as such where a format holds nothing but text."""
    candidate = properties.get("candidate")
    if candidate is None or not is_export(properties):
        return dict(properties)
    return {**properties, "candidate": _TRUTHS.get(str(candidate).lower(), candidate)}


def leave_totals(features: Sequence[Feature], notes: list[str]) -> Sequence[Feature]:
    """Return the features without the rows of an export that are about all zones together, and note how many."""
    zones = [feature for feature in features if not _is_total(feature.properties)]
    left = len(features) - len(zones)
    if not left or not zones:
        return features
    notes.append(f"Left out: {numerals.format_several(left, 'row')} about all zones together.")
    return zones


def _is_total(properties: Mapping[str, Any]) -> bool:
    return is_export(properties) and _TRUTHS.get(str(properties.get("is_total")).lower(), False)
