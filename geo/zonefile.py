"""A `Scenario` becomes the text of a scenario file again, one feature a line."""

from __future__ import annotations

import json
from typing import Any

from shapely.geometry import mapping

from geo.scenario import Scenario, Zone


def render_zonefile(scenario: Scenario) -> str:
    """Return a scenario as a GeoJSON file (RFC 7946; lon, lat) that reads back as the same zones and words."""
    about: dict[str, Any] = {
        "id": scenario.id,
        "title": scenario.title,
        "summary": scenario.summary,
        "claims": list(scenario.claims),
    }
    if scenario.front is not None:
        about["front"] = scenario.front
    features = ",\n".join(_dump(_feature(zone)) for zone in scenario.zones)
    head = f'{{"type": "FeatureCollection",\n"scenario": {_dump(about)},\n"features": [\n'
    return f"{head}{features}\n]}}\n"


def _feature(zone: Zone) -> dict[str, Any]:
    given = {"name": zone.name, "country": zone.country, "status": zone.status, "basis": zone.basis}
    properties: dict[str, Any] = {key: value for key, value in given.items() if value is not None}
    if zone.candidate:
        properties["candidate"] = True
    return {"type": "Feature", "properties": properties, "geometry": mapping(zone.geometry)}


def _dump(value: Any) -> str:
    # Letters as they are; a lone surrogate, which has no UTF-8 form, becomes a question mark as it does on the page.
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8", errors="replace").decode("utf-8")
