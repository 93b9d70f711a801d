"""A front becomes a GeoJSON file in this project's own form, which `geo.fronts.front` reads back."""

from __future__ import annotations

import json
from typing import Any

import shapely

from geo.fronts.front import NOT_STATED, Front

_DECIMALS = 6  # 0.1 m: finer than anything published


def render_front(front: Front, file: str) -> str:
    """Return a front as the text of a GeoJSON file, one feature a piece, longest first where it was derived.

    ``file`` is the name of the file that it was read from; it stands in the provenance with its SHA-256.
    """
    member = {
        "as_of": front.as_of.isoformat(),
        "definition": front.definition,
        "definition_text": front.definition_text,
        "uncertainty_km": front.uncertainty_km,
        "source": None if front.source == NOT_STATED else front.source,
        "licence": None if front.licence == NOT_STATED else front.licence,
        "method": _describe_origin(front, file),
        "held_side": front.held_side,
        "rule": front.rule,
    }
    head = json.dumps(
        {key: value for key, value in member.items() if value is not None}, ensure_ascii=False, indent=1
    )
    lines = ",\n".join(
        _render_feature(number, piece) for number, piece in enumerate(front.line.geoms, start=1)
    )
    return f'{{"type": "FeatureCollection",\n"front": {head},\n"features": [\n{lines}\n]}}\n'


def _describe_origin(front: Front, file: str) -> str:
    what = "Derived from the occupied area in" if front.occupied is not None else "Read from"
    before = "" if front.method == NOT_STATED else f" {front.method}"
    return f"{what} {file} (SHA-256 {front.sha256}).{before}"


def _render_feature(number: int, piece: Any) -> str:
    rounded = shapely.set_precision(piece, 10**-_DECIMALS, mode="pointwise")
    feature = {
        "type": "Feature",
        "properties": {"sector": f"Piece {number}"},
        "geometry": {
            "type": "LineString",
            "coordinates": [[round(lon, _DECIMALS), round(lat, _DECIMALS)] for lon, lat in rounded.coords],
        },
    }
    return json.dumps(feature, ensure_ascii=False)
