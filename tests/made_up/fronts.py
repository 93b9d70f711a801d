"""Front files made for a test."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

NORTH, SOUTH = [[37.6, 50.2], [37.8, 49.5]], [[37.8, 49.5], [38.0, 48.9]]
MEMBER = {
    "as_of": "2025-03-27",
    "definition": "contact",
    "definition_text": "Where the two sides face each other.",
    "uncertainty_km": 5,
    "source": "Drawn for this test.",
    "licence": "CC0",
    "method": "By hand.",
    "held_side": "right",
}


def save_file(file: Path, *lines: Any, member: Any = None, properties: dict[str, Any] | None = None) -> Path:
    """Write lines, as coordinates or whole geometries, as a front file, with the member if there is one."""
    content: dict[str, Any] = {"type": "FeatureCollection"} | (
        {"front": member} if member is not None else {}
    )
    content["features"] = [
        {
            "type": "Feature",
            "properties": properties or {},
            "geometry": line if isinstance(line, dict) else {"type": "LineString", "coordinates": line},
        }
        for line in lines
    ]
    file.write_text(json.dumps(content), encoding="utf-8")
    return file
