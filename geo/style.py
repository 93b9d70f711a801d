"""Palette, widths, fonts and number formats: the only place with a colour, and where numbers become words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


def round_km(km: float) -> int:
    """Round a distance as people should read it: to 1 km below 50 km, to 5 km above."""
    step = 1 if km < 50 else 5
    return int(step * round(km / step))


def format_km(km: float) -> str:
    """Write a distance for people: ``7 km``, ``135 km``, ``1,050 km``."""
    return f"{round_km(km):,} km"


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
    """Write a computed number of people with three significant figures: ``1,150``."""
    digits = max(0, len(str(int(count))) - 3)
    return f"{int(round(count, -digits)):,}"


def format_share(share: float) -> str:
    """Write a share (0 to 1) as a percentage; what is there but tiny is ``<1 %``, never ``0 %``."""
    if 0 < share < 0.005:
        return "<1 %"
    if 0.995 < share < 1:
        return ">99 %"
    return f"{share * 100:.0f} %"


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def format_date(day: date) -> str:
    """Write a day for people, the same under every locale: ``27 March 2025``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


@dataclass(frozen=True)
class Palette:
    """Every colour of every output, as ``#rrggbb``.

    The front is a dark red and the zones a deep blue: the pair stays apart under every common colour
    blindness, and in greyscale the front is the darker and heavier of the two. Everything that is only
    reference is paler than both.
    """

    sea: str = "#d6e2e8"
    land: str = "#ebe8e0"
    ukraine: str = "#faf7ee"
    coast: str = "#8fa6b2"
    border: str = "#8b867c"
    oblast: str = "#c6bfb0"
    river: str = "#9cbccb"
    river_text: str = "#4f7d92"
    sea_text: str = "#5b8296"
    land_text: str = "#75706a"
    place_text: str = "#2b2e33"
    halo: str = "#fdfbf5"
    front: str = "#74101e"
    front_casing: str = "#ffffff"
    uncertainty: str = "#b23a48"
    zone: str = "#265a9c"
    zone_text: str = "#173b66"
    nearest: str = "#33302c"
    paper: str = "#fffdf9"
    panel: str = "#ffffff"
    ink: str = "#1d1f23"
    ink_soft: str = "#585b61"
    rule: str = "#dcd7cc"
    focus: str = "#0a5bb5"


@dataclass(frozen=True)
class Widths:
    """Line widths in CSS pixels on screen (1/96 inch), so that print formats can convert them."""

    front: float = 3.0
    front_casing: float = 6.0
    zone: float = 1.6
    nearest: float = 1.3
    border: float = 1.2
    oblast: float = 0.7
    coast: float = 0.8
    rivers: tuple[float, float, float] = (1.8, 1.1, 0.7)
    hatch: float = 1.3
    hatch_step: float = 7.0


@dataclass(frozen=True)
class Opacities:
    """How much of a filled area covers what lies below it, from 0 to 1."""

    zone_fill: float = 0.13
    zone_hatch: float = 0.55
    uncertainty: float = 0.28


PALETTE = Palette()
WIDTHS = Widths()
OPACITIES = Opacities()

BAND_RAMP = ("#4d1420", "#84353c", "#b4645a", "#d79a80", "#ebc9ad", "#f4e7d6")
"""One colour for each distance band, near to far: dark to pale, so that the order survives greyscale."""

SERIES = ("#265a9c", "#b8641f", "#2f7f6f", "#8a3f7d", "#6b6b1e", "#4f4f9e", "#7a4a33", "#3a7fa5")
"""One colour for each line of a chart, told apart also by its label; past the last they start again, dashed."""

SANS = ("Source Sans 3", "Source Sans Pro", "Helvetica Neue", "Helvetica", "Arial", "Liberation Sans")
"""Faces for text and labels, first one present is taken; after the last, the system's sans-serif."""

SERIF = ("Source Serif 4", "Georgia", "Liberation Serif", "Times New Roman")
"""Faces for titles, first one present is taken; after the last, the system's serif."""
