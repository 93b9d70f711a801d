"""The JSON Schema of a scenario file, for editors that check and complete while one types."""

from __future__ import annotations

import json
from typing import Any

from geo.files.fields import ID_PATTERN, LONG, SHORT
from geo.scenarios.scenario import COUNTRY_PATTERN, STATUSES

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def build_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a scenario file, from the limits the reader itself applies.

    A schema cannot see everything: closed rings, crossings, swapped axes, and whether a claim or front exists
    are for `geo.scenarios.scenario.read_scenario`.
    """
    return {
        "$schema": DIALECT,
        "title": "Deployment scenario",
        "description": "An RFC 7946 FeatureCollection of zones with a foreign member 'scenario'.",
        "type": "object",
        "required": ["type", "features"],
        "properties": {
            "type": {"const": "FeatureCollection"},
            "scenario": _build_member(),
            "features": {"type": "array", "minItems": 1, "items": _build_feature()},
        },
        "$defs": {
            "position": {
                "description": "Longitude, latitude in degrees (WGS 84); an altitude is ignored.",
                "type": "array",
                "minItems": 2,
                "prefixItems": [_number(-180, 180), _number(-90, 90)],
            },
            "ring": {"type": "array", "minItems": 4, "items": {"$ref": "#/$defs/position"}},
            "polygon": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/ring"}},
        },
    }


def render_schema() -> str:
    """Return the schema as JSON text, indented, with a line feed at its end."""
    return json.dumps(build_schema(), indent=2, ensure_ascii=False) + "\n"


def _build_member() -> dict[str, Any]:
    return {
        "description": "What the zones stand for. Whatever is left out has a default.",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "id": _text("Lower-case letters, digits and single hyphens; names the outputs.", ID_PATTERN),
            "title": _text("The heading of the map."),
            "summary": _text("What is proposed, in a few sentences.", limit=LONG),
            "claims": {
                "description": "Ids of the claims it rests on, SOURCE/CLAIM, as `geo sources` lists them.",
                "type": ["array", "null"],
                "uniqueItems": True,
                "items": {"type": "string", "pattern": r"\S", "maxLength": SHORT},
            },
            "front": _text("Id of the front to measure against, as `geo fronts` lists them."),
        },
    }


def _build_feature() -> dict[str, Any]:
    polygon = {"$ref": "#/$defs/polygon"}
    return {
        "type": "object",
        "required": ["type", "geometry"],
        "properties": {
            "type": {"const": "Feature"},
            "id": {"type": ["string", "number", "null"]},
            "properties": {
                "type": ["object", "null"],
                "properties": {
                    "name": _text("The zone's own name, different from the others'."),
                    "country": _text("ISO 3166-1 alpha-2 code.", COUNTRY_PATTERN),
                    "status": {"enum": [*STATUSES, None]},
                    "basis": _text("How this outline was drawn, and from what.", limit=LONG),
                    "candidate": {
                        "description": "True for one of several places of which only some are meant.",
                        "type": ["boolean", "null"],
                    },
                },
            },
            "geometry": {
                "oneOf": [
                    _build_geometry("Polygon", polygon),
                    _build_geometry("MultiPolygon", {"type": "array", "minItems": 1, "items": polygon}),
                ]
            },
        },
    }


def _text(description: str, pattern: str = r"\S", *, limit: int = SHORT) -> dict[str, Any]:
    return {"description": description, "type": ["string", "null"], "pattern": pattern, "maxLength": limit}


def _number(least: float, most: float) -> dict[str, Any]:
    return {"type": "number", "minimum": least, "maximum": most}


def _build_geometry(name: str, coordinates: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["type", "coordinates"],
        "properties": {"type": {"const": name}, "coordinates": coordinates},
    }
