"""Where numbers and days become words for people, rounded as they should be read."""

from __future__ import annotations

import math
import re
from datetime import date

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_BEFORE_UNIT = re.compile(r"(?<=\d) (?=(?:km²?|m|%)(?!\w))")
_DAY = re.compile(rf"\b\d{{1,2}} (?:{'|'.join(_MONTHS)})\b(?: \d{{4}}\b)?")
_IN_RANGE = re.compile(r"(?<=\d)–(?=\d)")


def round_km(km: float) -> int:
    """Round a distance as people should read it: to 1 km below 50 km, to 5 km above."""
    step = _step_km(km)
    return int(step * round(km / step))


def floor_km(km: float) -> int:
    """Round a distance down to the step that people read it in."""
    step = _step_km(km)
    return int(step * math.floor(km / step + 1e-9))


def ceil_km(km: float) -> int:
    """Round a distance up to the step that people read it in."""
    step = _step_km(km)
    return int(step * math.ceil(km / step - 1e-9))


def _step_km(km: float) -> int:
    return 1 if km < 50 else 5


def format_km(km: float) -> str:
    """Write a distance for people: ``7 km``, ``135 km``, ``1,050 km``."""
    return f"{round_km(km):,} km"


def format_range_km(km: float, low_km: float | None, high_km: float | None) -> str:
    """Write between what a distance lies: ``320–330``, rounded outwards; nothing where it lies on neither side."""
    if low_km is None or high_km is None or low_km == high_km == km:
        return ""
    return f"{floor_km(low_km):,}–{ceil_km(high_km):,}"


def format_interval_km(km: float, low_km: float | None, high_km: float | None) -> str:
    """Write a distance and between what it lies: ``325 km (320–330)``."""
    between = format_range_km(km, low_km, high_km)
    return f"{format_km(km)} ({between})" if between else format_km(km)


def format_change_km(km: float) -> str:
    """Write how much a distance has changed, to 1 km: ``+3 km``, ``−12 km``, ``0 km``."""
    whole = round(km)
    return f"{'+' if whole > 0 else '−' if whole < 0 else ''}{abs(whole):,} km"


def format_area_km2(area_km2: float) -> str:
    """Write an area for people with three significant figures: ``12,300 km²``; a tiny one is ``<1 km²``."""
    if area_km2 < 0.5:
        return "<1 km²"
    digits = max(0, len(str(int(area_km2))) - 3)
    return f"{int(round(area_km2, -digits)):,} km²"


def format_count(count: float) -> str:
    """Write a computed number of people with two significant figures: ``1,100``.

    It divides by the front's length, which depends on how finely the front is drawn: more digits would be for show.
    """
    return f"{float(f'{count:.2g}'):,.0f}"


def format_share(share: float) -> str:
    """Write a share (0 to 1) as a percentage; what is there but tiny is ``<1 %``, never ``0 %``."""
    if 0 < share < 0.005:
        return "<1 %"
    if 0.995 < share < 1:
        return ">99 %"
    return f"{share * 100:.0f} %"


def bind_units(text: str) -> str:
    """Keep numbers with their units, days and ranges of a page's text on one line: ``290 km``, ``28 May``, ``5–7``.

    Spaces become no-break spaces, and a word joiner follows the dash of a range. For what a browser lays out. Tables on
    a terminal, JSON and CSV keep their plain spaces.
    """
    text = _BEFORE_UNIT.sub("\u00a0", text)
    text = _DAY.sub(lambda day: day[0].replace(" ", "\u00a0"), text)
    return _IN_RANGE.sub("–\u2060", text)


COMPASS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")


def format_compass(bearing_deg: float) -> str:
    """Write a direction, clockwise from north, as one of the eight points of the compass: ``south-west``."""
    return COMPASS[round(bearing_deg / 45) % 8]


def format_date(day: date) -> str:
    """Write a day for people, the same under every locale: ``27 March 2025``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def format_age(days: int) -> str:
    """Write an age for people: days up to two months, months up to two years, then years, as the page does."""
    months = int(days / 30.44)
    count, unit = (
        (days, "day") if months < 2 else (months, "month") if months < 24 else (months // 12, "year")
    )
    return format_several(count, unit)


def format_several(count: int, noun: str) -> str:
    """Write how many there are of something: ``1 file``, ``1,200 files``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
