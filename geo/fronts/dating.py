"""Which day a front describes: its member, its features, the name of its file, or what the user says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from geo.errors import UsageError
from geo.files.fields import Fields, derive_day
from geo.files.geojson import Feature

DAY_KEYS = ("as_of", "date")
"""Properties of features that may say the day."""

_DATE_IN_NAME = re.compile(r"(?<!\d)(\d{4})([-_.]?)(\d{2})\2(\d{2})(?!\d)", re.ASCII)


def read_as_of(fields: Fields, file: Path, features: Iterable[Feature], said: date | None = None) -> date:
    """Return the day the member gives, else the features, else the file's name, else ``said``.

    `date.min` once the lack of all is noted.

    Raises
    ------
    UsageError
        What the file says and ``said`` are different days.
    """
    found = _find_days(fields, file, features)
    if len(found) == 1:
        (day,) = found
        if said not in (None, day, date.min) and day != date.min:
            raise UsageError(
                f"{file} says that it describes {day}, and --as-of says {said}. Leave --as-of out."
            )
        return day
    if said is not None:
        return said
    fields.note(
        "The file's name holds more than one date"
        if found
        else "The file does not say which day it describes",
        'Add the member "front": {"as_of": "2025-03-27"}, call the file after it (2025-03-27.geojson), '
        "or say it with --as-of.",
    )
    return date.min


def derive_days(text: str) -> set[date]:
    """Return the days written in a text such as a file name: 2025-03-27, 2025_03_27 or 20250327."""
    texts = ("-".join(match.group(1, 3, 4)) for match in _DATE_IN_NAME.finditer(text))
    return {day for day in map(derive_day, texts) if day is not None}


def mask_days(text: str) -> str:
    """Return a text such as a file name with every day in it replaced by an asterisk."""
    return _DATE_IN_NAME.sub("*", text)


def _find_days(fields: Fields, file: Path, features: Iterable[Feature]) -> set[date]:
    if fields.values.get("as_of") is not None:
        return {fields.read_date("as_of") or date.min}
    values = [value for feature in features for key in DAY_KEYS if (value := feature.properties.get(key))]
    days = {derive_day(str(value)[:10].replace("/", "-")) for value in values}
    if len(days) == 1 and (day := days.pop()) is not None:
        return {day}
    return derive_days(file.stem.removesuffix(".shp"))
