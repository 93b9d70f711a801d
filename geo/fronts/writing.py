"""A front becomes a GeoJSON file in this project's own form, which `geo.fronts.front` reads back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import LineString

from geo.errors import show
from geo.files.document import Content
from geo.files.fields import LONG
from geo.fronts.front import FORBIDDEN, NOT_STATED, Front
from geo.fronts.reading import read_front

_DECIMALS = 6  # 0.1 m: finer than anything published


def render_front(front: Front, file: str) -> str:
    """Return a front as the text of a GeoJSON file, one feature a piece, longest first where it was derived.

    ``file`` is the name of the file that it was read from; it stands in the provenance with its SHA-256.

    Raises
    ------
    DataError
        The line is too short to be written: nothing is left of it, or it no longer parts the two sides.
    """
    member = {
        "as_of": front.as_of.isoformat(),
        "definition": front.definition,
        "definition_text": front.definition_text,
        "uncertainty_km": front.uncertainty_km,
        "source": find_stated(front.source),
        "licence": find_stated(front.licence),
        "redistribution": FORBIDDEN if front.is_restricted else None,
        "method": _describe_origin(front, file),
        "held_side": front.held_side,
        "rule": front.rule,
    }
    pieces = (_round(piece) for piece in front.line.geoms)
    kept = [positions for positions in pieces if len(set(positions)) > 1]  # others are shorter than a decimal
    text = render_collection(
        member, [_render_feature(number, piece) for number, piece in enumerate(kept, start=1)]
    )
    read_front(
        Content(Path(show(file)).with_suffix(".geojson"), text.encode())
    )  # what is written can be read
    return text


def render_collection(member: Mapping[str, Any], features: Iterable[str]) -> str:
    """Return the text of a front file: what is known of the front, but what is None, and its features, a line each."""
    known = {key: value for key, value in member.items() if value is not None}
    head, body = json.dumps(known, ensure_ascii=False, indent=1), ",\n".join(features)
    return f'{{"type": "FeatureCollection",\n"front": {head},\n"features": [\n{body}\n]}}\n'


def find_stated(text: str) -> str | None:
    """Return what a file says of its front; None where it says nothing."""
    return None if text == NOT_STATED else text


def _describe_origin(front: Front, file: str) -> str:
    what = "Derived from the occupied area in" if front.occupied is not None else "Read from"
    before = "" if front.method == NOT_STATED else f" {front.method}"
    return f"{what} {show(file)} (SHA-256 {front.sha256}).{before}"[:LONG]


def _round(piece: LineString) -> list[tuple[float, float]]:
    rounded = shapely.set_precision(piece, 10**-_DECIMALS, mode="pointwise")
    return [(round(lon, _DECIMALS), round(lat, _DECIMALS)) for lon, lat in rounded.coords]


def _render_feature(number: int, positions: list[tuple[float, float]]) -> str:
    feature = {
        "type": "Feature",
        "properties": {"sector": f"Piece {number}"},
        "geometry": {"type": "LineString", "coordinates": positions},
    }
    return json.dumps(feature, ensure_ascii=False)
