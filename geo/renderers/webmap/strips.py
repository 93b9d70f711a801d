"""How far each zone reaches from the front, as places in per cent along the axis of the panel."""

from __future__ import annotations

from typing import Any

from geo.briefing import notes, strips
from geo.briefing.briefing import Briefing
from geo.briefing.strips import Axis, Strip

MOST = 25
"""So many strips stand on the page, the nearest ones; its table has every zone."""


def describe_strips(briefing: Briefing) -> dict[str, Any]:
    """Return the variables of the strips: plain strings and places, for the template."""
    drawn = strips.build_strips(briefing.metrics.zones)
    shown = drawn[:MOST]
    axis = strips.build_axis(shown)
    return {
        "strips": [_place(strip, axis) for strip in shown],
        "strips_left": len(drawn) - len(shown),
        "strips_note": notes.describe_strips(briefing.front, briefing.metrics.zones),
        "strip_ticks": [(_percent(axis, km), f"{km:,}") for km in axis.ticks_km],
    }


def _place(strip: Strip, axis: Axis) -> dict[str, Any]:
    words = {"name": strip.name, "says": strip.says, "beyond": strip.beyond, "nearest": strip.nearest}
    return {
        **words,
        "x": _percent(axis, strip.nearest_km),
        "width": _width(axis, strip.nearest_km, strip.farthest_km),
        "median": _percent(axis, strip.median_km),
        "ends": strip.ends and (_percent(axis, strip.ends[0]), _width(axis, *strip.ends)),
    }


def _percent(axis: Axis, km: float) -> float:
    return round(100 * axis.place(km), 2)


def _width(axis: Axis, low_km: float, high_km: float) -> float:
    return round(100 * (axis.place(high_km) - axis.place(low_km)), 2)
