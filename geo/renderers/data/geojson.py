"""A briefing's zones as GeoJSON (RFC 7946), the metrics as properties; still a scenario file."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from shapely.geometry import mapping

from geo import shipped
from geo.briefing.briefing import Briefing
from geo.renderers.data import layers


def render_geojson(briefing: Briefing) -> bytes:
    """Return the zones as a collection that holds the facts of the scenario as well."""
    scenario = briefing.scenario
    front = briefing.front.id
    about = {
        "id": scenario.id,
        "title": scenario.title,
        "summary": scenario.summary,
        "claims": list(scenario.claims),
        **({"front": front} if front in shipped.fronts() else {}),
    }
    features = [
        {"type": "Feature", "properties": _build_properties(row), "geometry": mapping(zone.geometry)}
        for zone, row in zip(scenario.zones, layers.build_zones(briefing).rows, strict=True)
    ]
    collection = {"type": "FeatureCollection", "scenario": about, "features": features}
    return (json.dumps(collection, ensure_ascii=False, allow_nan=False) + "\n").encode()


def _build_properties(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row without its empty values, which GeoJSON need not write and a scenario file may not."""
    return {
        key: value.isoformat() if isinstance(value, date) else value
        for key, value in row.items()
        if value is not None
    }
