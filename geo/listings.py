"""Point distances, fronts and sources as plain data, and as text for the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from geo import geodesy, style
from geo.evidence import Claim, Source
from geo.front import Front
from geo.points import PointDistance
from geo.tables import describe_front

_COMPASS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")


def render_distances(rows: Sequence[PointDistance], front: Front) -> str:
    """Return one line a point with the rounded distance and the direction of the front, then what was measured."""
    width = max(len(row.place) for row in rows)
    lines = [
        f"{row.place:<{width}}  {style.format_km(row.distance_km):>9}  {_direction(row.bearing_deg)}".rstrip()
        for row in rows
    ]
    notes = [f"Shortest WGS 84 geodesic to the {describe_front(front)}."]
    if front.rule:
        notes.append(f"The line was derived from an occupied area. {front.rule}")
    return "\n".join([*lines, "", *notes, ""])


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
    length = style.format_km(geodesy.length_km(front.line))
    return f"{front.id}  {describe_front(front)}, {length} long. {front.source}.\n"


def build_source_record(source: Source) -> dict[str, Any]:
    """Return a source and its claims as plain data, dates in ISO form."""
    record = asdict(source)
    record["published"] = source.published.isoformat()
    for claim in record["claims"]:
        claim["reported"] = claim["reported"].isoformat()
    return record


def render_source(source: Source) -> str:
    """Return a source and its claims, each with who said it and who reported it."""
    head = [source.id, f"{source.title}. {source.publisher}, {style.format_date(source.published)}."]
    if source.note:
        head.append(source.note)
    lines = [line for text in head for line in _wrapped(text, 0)]
    for claim in source.claims:
        lines += ["", *_claim_lines(claim)]
    return "\n".join(lines) + "\n"


def _claim_lines(claim: Claim) -> Iterator[str]:
    yield f"  {claim.id}  [{claim.about}]"
    yield from _wrapped(claim.statement, 4)
    reporter = f", reported by {claim.reported_by}" if claim.reported_by else ""
    when = f"said {claim.said}" if claim.said else f"reported {style.format_date(claim.reported)}"
    yield from _wrapped(f"— {claim.attributed_to}{reporter}, {when}", 4)


def _wrapped(text: str, indent: int) -> list[str]:
    margin = " " * indent
    return textwrap.wrap(text, 100, initial_indent=margin, subsequent_indent=margin)


def _direction(bearing_deg: float | None) -> str:
    """Return the direction of the front as a compass point and degrees; nothing on the front itself."""
    if bearing_deg is None:
        return ""
    point = _COMPASS[round(bearing_deg / 45) % 8]
    return f"{point} ({bearing_deg:.0f}°)"
