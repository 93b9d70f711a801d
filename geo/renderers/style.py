"""Palette, widths and fonts: the only place with a colour."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """Every colour of every output, as ``#rrggbb``.

    The front is a dark red and the zones a deep blue: the pair stays apart under every common colour
    blindness, and in greyscale the front is the darker and heavier of the two. Everything that is only
    reference is paler than both.
    """

    sea: str = "#d3e0e7"
    land: str = "#ebe8e0"
    ukraine: str = "#faf7ee"
    beyond: str = "#e9dadd"
    coast: str = "#8fa6b2"
    border: str = "#8b867c"
    oblast: str = "#c6bfb0"
    river: str = "#9cbccb"
    river_text: str = "#3a677c"
    sea_text: str = "#3d6478"
    land_text: str = "#6a655f"
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
    sketch: str = "#a65a00"
    unmapped: str = "#d9d8d6"


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
    lake_drained: float = 2.0
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

DARK = Palette(
    sea="#101d26",
    land="#25292d",
    ukraine="#2f3439",
    beyond="#4c3a3c",
    coast="#57707e",
    border="#848a90",
    oblast="#535a61",
    river="#476b7d",
    river_text="#93bdd2",
    sea_text="#86acc0",
    land_text="#b3b0a9",
    place_text="#eceae4",
    halo="#14181b",
    front="#ffa198",
    front_casing="#101315",
    uncertainty="#e0665f",
    zone="#5fa3f2",
    zone_text="#a9d0ff",
    nearest="#e4e1da",
    paper="#16191c",
    panel="#1e2226",
    ink="#f1efe9",
    ink_soft="#b4b6b9",
    rule="#3c4248",
    focus="#7fbaff",
    sketch="#ffd27f",
    unmapped="#1a1b1d",
)
"""The same roles on a dark page, for readers whose system asks for one; paper always takes `PALETTE`."""

WIDTHS = Widths()
OPACITIES = Opacities()

SERIES = ("#265a9c", "#9a5a00", "#0f766e", "#7a3e9d", "#4d5a1f", "#a23b72")
"""Colours of scenarios side by side; none stands on colour alone, each has its hatching and its letter."""

DARK_SERIES = ("#6fb1ff", "#f0b354", "#4fd1c0", "#cf9bf0", "#b9cc6a", "#f28ac0")
"""The same for readers whose system asks for a dark page."""

SANS = ("Source Sans 3", "Source Sans Pro", "Helvetica Neue", "Helvetica", "Arial", "Liberation Sans")
"""Faces for text and labels, first one present is taken; after the last, the system's sans-serif."""

SERIF = ("Source Serif 4", "Georgia", "Liberation Serif", "Times New Roman")
"""Faces for titles, first one present is taken; after the last, the system's serif."""
