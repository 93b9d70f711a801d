"""The user's own columns of a file of zones, as columns of every table of zones that is handed on."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from geo.briefing import fields
from geo.files import limits
from geo.measuring.columns import Column, Kind
from geo.scenarios import exported
from geo.scenarios.scenario import Zone

_OURS = frozenset(column.key for column in (*fields.TABLE, *fields.ZONES))
_KML = frozenset(("styleurl", "folder"))
"""What every placemark of a KML file of ours has beside its data."""

_RESERVED = _OURS | {"name", "fid", "ogc_fid", "geom", "geometry"}
"""Names that mean something to us or to a format."""

_GREATEST = 2**63


def find_own_columns(zones: Sequence[Zone]) -> tuple[Column, ...]:
    """Return the user's columns in the order of the file, under names that no column of ours has."""
    names = _choose_names(zones)
    return tuple(_declare(zones, key, name) for key, name in names.items())


def describe_renamed(zones: Sequence[Zone]) -> list[str]:
    """Return a note on the columns that were called otherwise, none where there are none."""
    renamed = [(key, name) for key, name in _choose_names(zones).items() if key != name]
    if not renamed:
        return []
    told = ", ".join(f"{key!r} as {name!r}" for key, name in renamed[:5])
    more = f" and {len(renamed) - 5} more" if len(renamed) > 5 else ""
    return [f"columns of your file whose names this program uses are written under others: {told}{more}."]


def _choose_names(zones: Sequence[Zone]) -> dict[str, str]:
    """Return the name that each of the user's columns is written under; many formats tell no case apart."""
    keys = list(dict.fromkeys(key for zone in zones for key in _list_keys(zone.properties)))
    kept = {key for key in keys if key.casefold() not in _RESERVED}
    taken = {*_RESERVED, *(key.casefold() for key in kept)}
    chosen: dict[str, str] = {}
    seen: set[str] = set()
    for key in keys[: limits.COLUMNS]:
        name = plain = "".join(letter for letter in key if letter.isprintable()).strip() or "column"
        number = 1
        if plain.casefold() in seen or plain != key or key not in kept:
            while name.casefold() in taken | seen:
                name, number = f"{plain}_own{number if number > 1 else ''}", number + 1
        seen.add(name.casefold())
        chosen[key] = name
    return chosen


def _list_keys(properties: Mapping[str, Any]) -> Iterable[str]:
    if not exported.is_export(properties):
        return list(properties)
    written = _OURS | _KML if properties.keys() >= _KML else _OURS
    return [key for key in properties if key not in written]


def _declare(zones: Sequence[Zone], key: str, name: str) -> Column:
    kind = _find_kind([value for zone in zones if (value := zone.properties.get(key)) is not None])
    writers: dict[Kind, Callable[[Any], Any]] = {Kind.TEXT: _write_text, Kind.NUMBER: float}
    write = writers.get(kind, lambda value: value)

    def read(row: fields.Row) -> Any:
        value = None if row.zone is None else row.zone.properties.get(key)
        return None if value is None else write(value)

    return Column(name, kind, "A column of your file.", read=read)


def _find_kind(values: Sequence[Any]) -> Kind:
    """Return the narrowest kind that holds all of a column's values."""
    if values and all(isinstance(value, bool) for value in values):
        return Kind.TRUTH
    if not values or not all(_is_number(value) for value in values):
        return Kind.TEXT
    return Kind.WHOLE if all(isinstance(value, int) for value in values) else Kind.NUMBER


def _is_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return abs(value) < _GREATEST if isinstance(value, int) else math.isfinite(value)


def _write_text(value: Any) -> str:
    """Return a value of a column that holds text, whatever it was: lists and objects as JSON."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text.encode("utf-8", "replace").decode()
