"""Point distances and fronts as plain data, and as text for the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from geo import geodesy, numerals
from geo.briefing import attribution, notes
from geo.fronts.front import Front
from geo.measuring.places import PointDistance

_COMPASS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")


def render_distances(rows: Sequence[PointDistance], front: Front) -> str:
    """Return one line a point with the rounded distance and the direction of the front, then what was measured."""
    width = max(len(row.place) for row in rows)
    lines = [
        f"{row.place:<{width}}  {numerals.format_km(row.distance_km):>9}  {_direction(row)}".rstrip()
        for row in rows
    ]
    return "\n".join([*lines, "", *notes.describe_points(front), ""])


def build_front_record(front: Front) -> dict[str, Any]:
    """Return what there is to know about a front, without its geometry."""
    return {
        "id": front.id,
        "as_of": front.as_of.isoformat(),
        "definition": front.definition,
        "definition_text": front.definition_text,
        "uncertainty_km": front.uncertainty_km,
        "length_km": geodesy.length_km(front.line),
        "source": front.source,
        "licence": front.licence,
        "method": front.method,
        "rule": front.rule,
        "sectors": [
            {
                "sector": sector.name,
                "precision_km": sector.precision_km,
                "length_km": geodesy.length_km(sector.line),
            }
            for sector in front.sectors
        ],
    }


def render_front(front: Front) -> str:
    """Return one line on a front: its id, what it is, how long and how uncertain it is, who drew it."""
    length = numerals.format_km(geodesy.length_km(front.line))
    source = attribution.name_drawer(front)
    return f"{front.id}  {notes.describe_front(front)}, {length} long. {source}.\n"


def _direction(row: PointDistance) -> str:
    """Return the direction of the front as a compass point and degrees, and whether the point lies beyond it."""
    if row.bearing_deg is None:
        return ""
    point = _COMPASS[round(row.bearing_deg / 45) % 8]
    return f"{point} ({row.bearing_deg:.0f}°)" + (", from beyond the front" if row.is_beyond else "")
