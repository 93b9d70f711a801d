"""What data files may hold, as parts of a JSON Schema: the counterparts of `geo.files.fields` and of geometries."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from geo.files.fields import ADDRESS_PATTERN, ID_PATTERN, LONG, SHORT

DIALECT = "https://json-schema.org/draft/2020-12/schema"

LINES = ("LineString", "MultiLineString")
AREAS = ("Polygon", "MultiPolygon")

_LARGEST = 1e12
_CONTROL = r"[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]"
_CONTROL_BUT_BREAKS = _CONTROL.replace(r"\u0000-\u001f", r"\u0000-\u0008\u000b-\u001f")
_POSITION = {
    "description": "Longitude, latitude in degrees (WGS 84); an altitude is ignored.",
    "type": "array",
    "minItems": 2,
    "prefixItems": [
        {"type": "number", "minimum": -180, "maximum": 180},
        {"type": "number", "minimum": -90, "maximum": 90},
    ],
    "items": {"type": "number"},
}


def build_schema(kind: str, title: str, body: Mapping[str, Any], *, version: int = 1) -> dict[str, Any]:
    """Return a whole schema, with its dialect and the id of this version of the format.

    The id is a name and no address: nothing is to be found there. Its number changes where a file of the older format
    would no longer fit.
    """
    return {
        "$schema": DIALECT,
        "$id": f"urn:geo-scenarios:schema:{kind}:{version}",
        "title": title,
        **body,
    }


def describe_object(
    properties: Mapping[str, Any], *, required: Collection[str] = (), is_open: bool = False, **more: Any
) -> dict[str, Any]:
    """Describe an object; one that ``is_open`` may have other keys too."""
    return {
        "type": "object",
        **more,
        **({"required": list(required)} if required else {}),
        **({} if is_open else {"additionalProperties": False}),
        "properties": dict(properties),
    }


def describe_text(
    description: str, pattern: str | None = None, *, limit: int = SHORT, is_required: bool = False
) -> dict[str, Any]:
    """Describe what `Fields.read_text` takes: neither empty nor overlong, and without control characters."""
    return {
        "description": description,
        "type": "string" if is_required else ["string", "null"],
        "pattern": pattern or r"\S",
        "maxLength": limit,
        "not": {"type": "string", "pattern": _CONTROL_BUT_BREAKS if limit > SHORT else _CONTROL},
    }


def describe_id(description: str, *, is_required: bool = False) -> dict[str, Any]:
    """Describe what `Fields.read_id` takes."""
    return describe_text(description, ID_PATTERN, is_required=is_required)


def describe_address(description: str) -> dict[str, Any]:
    """Describe what `Fields.read_address` takes."""
    return describe_text(description, f"^{ADDRESS_PATTERN}$", limit=LONG)


def describe_choice(
    description: str, allowed: Collection[str], *, is_required: bool = False
) -> dict[str, Any]:
    """Describe what `Fields.read_choice` takes."""
    return {"description": description, "enum": [*allowed, *([] if is_required else [None])]}


def describe_texts(description: str, *, most: int) -> dict[str, Any]:
    """Describe what `Fields.read_texts` takes: so many different texts at most."""
    text = describe_text("One of them.", is_required=True)
    return {
        "description": description, "type": ["array", "null"], "uniqueItems": True, "maxItems": most, "items": text,
    }  # fmt: skip


def describe_number(description: str) -> dict[str, Any]:
    """Describe what `Fields.read_number` takes."""
    return {"description": description, "type": ["number", "null"], "minimum": 0, "maximum": _LARGEST}


def describe_date(description: str, *, is_required: bool = False) -> dict[str, Any]:
    """Describe what `Fields.read_date` takes."""
    return {
        "description": description,
        "type": "string" if is_required else ["string", "null"],
        "format": "date",
        "pattern": r"^\d{4}-\d{2}-\d{2}$",
    }


def describe_collection(
    member: str, about: Mapping[str, Any], feature: Mapping[str, Any], *, most: int
) -> dict[str, Any]:
    """Describe a FeatureCollection with a foreign member; the caller says whether the member has to be there."""
    return describe_object(
        {
            "type": {"const": "FeatureCollection"},
            member: about,
            "features": {"type": "array", "minItems": 1, "maxItems": most, "items": feature},
        },
        required=("type", "features"),
        is_open=True,
    )


def describe_feature(properties: Mapping[str, Any], geometries: Collection[str]) -> dict[str, Any]:
    """Describe a feature whose properties have meanings here, others beside them, with one of these geometries."""
    own = describe_object(properties, is_open=True) | {"type": ["object", "null"]}
    return describe_object(
        {
            "type": {"const": "Feature"},
            "id": {"type": ["string", "number", "null"]},
            "properties": own,
            "geometry": {"oneOf": [_describe_geometry(name) for name in geometries]},
        },
        required=("type", "geometry"),
        is_open=True,
    )


def _describe_geometry(name: str) -> dict[str, Any]:
    line = {"type": "array", "minItems": 2, "items": {"$ref": "#/$defs/position"}}
    ring = {"type": "array", "minItems": 4, "items": {"$ref": "#/$defs/position"}}
    one = {"type": "array", "minItems": 1, "items": ring} if name in AREAS else line
    coordinates = {"type": "array", "minItems": 1, "items": one} if name.startswith("Multi") else one
    return describe_object(
        {"type": {"const": name}, "coordinates": coordinates}, required=("type", "coordinates"), is_open=True
    )


DEFINITIONS = {"$defs": {"position": _POSITION}}
"""What the geometries of a schema refer to."""
