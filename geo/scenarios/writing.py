"""A scenario becomes the text of a file again, as the reader takes it."""

from __future__ import annotations

import json
from typing import Any

from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from geo.scenarios.scenario import Scenario, Zone


def render_geojson(scenario: Scenario) -> bytes:
    """Return a scenario as GeoJSON, each value as it is, right or wrong; what is empty is left out."""
    about = {
        key: getattr(scenario, key)
        for key in ("id", "title", "summary", "claims", "front")
        if getattr(scenario, key)
    }
    collection = {
        "type": "FeatureCollection",
        "scenario": about,
        "features": [_build_feature(zone) for zone in scenario.zones],
    }
    return json.dumps(collection, default=str).encode()


def _build_feature(zone: Zone) -> dict[str, Any]:
    own = {str(key): value for key, value in zone.properties.items() if key not in vars(zone)}
    about = {key: value for key, value in vars(zone).items() if key not in ("geometry", "properties")}
    shape = zone.geometry
    geometry = mapping(shape) if isinstance(shape, BaseGeometry) else shape
    return {"type": "Feature", "properties": own | about, "geometry": geometry}
