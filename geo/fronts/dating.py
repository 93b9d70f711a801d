"""Which day a front describes: its member, its features, the name of its file or folder, or what the user says."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from geo import numerals
from geo.errors import UsageError
from geo.files import formats
from geo.files.fields import Fields, derive_day, describe_value

DAY_KEYS = ("as_of", "asof", "date", "day", "datetime", "timestamp", "дата", "день")
"""Columns of features, in any case, that may say the day."""

UNTIL_KEY = "until"
"""The column that may say how long a feature holds from its day on, as the time spans of KML do."""

NO_DAY = "The file does not say which day it describes"

_YEARS = range(2000, 2100)
_DATE = r"(\d{4})([-_./]?)(\d{2})\2(\d{2})(?!\d)|(\d{1,2})([-_.])(\d{1,2})\6(\d{4})(?!\d)"
"""2025-03-27, 2025_03_27, 2025/03/27 or 20250327, and day first 27.03.2025 or 27-03-2025."""
_DATE_IN_NAME = re.compile(rf"(?<!\d)(?:{_DATE})", re.ASCII)
_MIDNIGHT = re.compile(r"[T ]00:00(:00(\.0*)?)?(Z|[+-]\d\d:?\d\d)?$", re.ASCII)
_SECONDS = re.compile(r"(\d{10})(\d{3})?(\.0*)?", re.ASCII)


class OtherDayError(UsageError):
    """A file says another ``day`` than the one that was said of it."""

    def __init__(self, file: Path, day: date, said: date) -> None:
        super().__init__(f"{file} says that it describes {day}, and --as-of says {said}. Leave --as-of out.")
        self.day = day


def read_as_of(
    fields: Fields,
    file: Path,
    members: Mapping[str, Any],
    features: Iterable[Mapping[str, Any]],
    said: date | None = None,
) -> tuple[date, list[str]]:
    """Return the day that the member gives, else the features, else the file's name, its folder's, else ``said``.

    ``members`` are those beside the features, and ``features`` the properties of each. The day is `date.min` once the
    lack of all is noted. With it come notes on what says another day and does not count.

    Raises
    ------
    OtherDayError
        What the file says and ``said`` are different days.
    """
    tables = list(features)
    whose, named = _find_named(file)
    found = _find_days(fields, members, tables) or named
    if len(found) != 1:
        if said is None:
            _note_lack(fields, f"The {whose} holds more than one date" if found else "", tables)
        return said or date.min, []
    (day,) = found
    if said not in (None, day, date.min) and day != date.min:
        raise OtherDayError(file, day, said)
    stated = {each for properties in tables for each in read_days(properties)}
    ends = (_read_end(properties) for properties in tables if day in read_days(properties))
    latest = max([day, *filter(None, ends)])
    for what, days in (
        (f"The {whose} says", named),
        ("Its features say", stated),
        ("Its time span ends on", {latest}),
    ):
        if len(days) == 1 and day not in days and day != date.min:
            other = numerals.format_date(*days)
            return day, [f"{what} {other}; it was read as the front of {numerals.format_date(day)}."]
    return day, []


def find_hints(fields: Fields, file: Path, said: date | None) -> set[date]:
    """Return the days that the user, else the member, else the name of a file says, before its features are asked."""
    if said is not None:
        return {said}
    member = read_day(fields.values.get("as_of", ""))
    return {member} if member else _find_named(file)[1]


def read_days(properties: Mapping[str, Any]) -> set[date]:
    """Return the days that properties state in a column such as ``date``; what is no day is passed over."""
    values = (value for key, value in properties.items() if str(key).strip().casefold() in DAY_KEYS)
    return {day for day in map(read_day, values) if day is not None}


def _read_end(properties: Mapping[str, Any]) -> date | None:
    """Return the last day that properties hold; a span up to midnight ends with the day before."""
    text = str(properties.get(UNTIL_KEY, "")).strip()
    end = read_day(text)
    return end - timedelta(1) if end and _MIDNIGHT.search(text) else end


def read_day(value: object) -> date | None:
    """Read a day as data files write it, None where it is none.

    Year first, or day first with points or hyphens; a time may follow. Numbers are a day without hyphens, or the
    seconds or milliseconds since 1970 (UTC). A day with slashes is read only with the year first: 03/04/2025 is
    in April or in March.
    """
    if isinstance(value, bool):
        return None
    text = str(value).strip()
    if match := _SECONDS.fullmatch(text):
        return datetime.fromtimestamp(int(match[1]), UTC).date()
    match = _DATE_IN_NAME.match(text.removesuffix(".0"))
    return _build_day(match) if match else None


def derive_days(text: str) -> set[date]:
    """Return the days written in a text such as a file name: 2025-03-27, 20250327 or 27.03.2025."""
    return {day for day in map(_build_day, _DATE_IN_NAME.finditer(text)) if day is not None}


def mask_days(text: str) -> str:
    """Return a text such as a file name with every day in it replaced by an asterisk."""
    return _DATE_IN_NAME.sub("*", text)


def _find_named(file: Path) -> tuple[str, set[date]]:
    """Return the days that a file's name says, else its folder's, and which of the two that is."""
    if days := derive_days(formats.derive_stem(file)):
        return "file's name", days
    return "name of its folder", derive_days(file.parent.name)


def _build_day(match: re.Match[str]) -> date | None:
    year, month, day = match.group(1, 3, 4) if match[1] else match.group(8, 7, 5)
    found = derive_day(f"{year}-{month:0>2}-{day:0>2}")
    return found if found is not None and found.year in _YEARS else None


def _find_days(
    fields: Fields, members: Mapping[str, Any], features: Collection[Mapping[str, Any]]
) -> set[date]:
    if fields.values.get("as_of") is not None:
        return {fields.read_date("as_of") or date.min}
    days = {day for properties in features for day in read_days(properties)}
    if len(days) != 1:
        days = read_days(members) or days
    if not days and not set(members) - {"id"} and (day := read_day(members.get("id"))):
        days = {day}  # an archive's number of a day, which is its time
    return days if len(days) == 1 else set()


def _note_lack(fields: Fields, doubt: str, features: Collection[Mapping[str, Any]]) -> None:
    unread = next(
        (
            f", and its {key!r} is {describe_value(value)}"
            for properties in features
            for key, value in properties.items()
            if str(key).strip().casefold() in DAY_KEYS and value not in (None, "") and not read_day(value)
        ),
        "",
    )
    fields.note(
        doubt or f"{NO_DAY}{unread}",
        'Add the member "front": {"as_of": "2025-03-27"}, call the file after it (2025-03-27.geojson), '
        "or say it with --as-of.",
    )
