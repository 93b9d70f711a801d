"""The JSON Schema of a front file in this project's own form."""

from __future__ import annotations

from typing import Any

from geo.files import schema
from geo.files.fields import LONG
from geo.fronts.front import ALLOWED, DEFINITIONS, DISPUTED, FORBIDDEN, HELD_SIDES, REPORTED
from geo.fronts.reported import AREAS, KIND, LINES


def build_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a front file with the member ``front``, as this project writes it.

    Files of others are read without that member, in many more shapes; whether a line lies in Ukraine or crosses itself
    too often is for `geo.fronts.reading.read_front`.
    """
    sector = {
        "sector": schema.describe_text("The sector's own name."),
        "precision_km": schema.describe_number("How far the true line may lie from this sector, in km."),
        "status": schema.describe_choice("Whether reports of the day agree on it.", (REPORTED, DISPUTED)),
    }
    body = schema.describe_collection(
        "front", _describe_member(), schema.describe_feature(sector, (*LINES, *AREAS)), most=KIND.max_features
    )
    body["required"] = ["type", "front", "features"]
    body["oneOf"] = [
        {"properties": {"features": {"items": {"properties": {"geometry": _describe_types(types)}}}}}
        for types in (LINES, AREAS)
    ]
    about = {"description": "A FeatureCollection of the sectors of a dated line, or of an occupied area."}
    return schema.build_schema("front", "Dated front", about | body | schema.DEFINITIONS)


def _describe_member() -> dict[str, Any]:
    return schema.describe_object(
        {
            "as_of": schema.describe_date("The day that the front describes.", is_required=True),
            "definition": schema.describe_choice("What the line is.", tuple(DEFINITIONS)),
            "definition_text": schema.describe_text("What the line is, in a sentence.", limit=LONG),
            "uncertainty_km": schema.describe_number(
                "How far the true line may lie from the drawn one, in km."
            ),
            "source": schema.describe_text("Who drew it.", limit=LONG),
            "licence": schema.describe_text("Its licence.", limit=LONG),
            "method": schema.describe_text("How it was drawn, and from what.", limit=LONG),
            "held_side": schema.describe_choice(
                "On which side of the line, in its direction, the ground held by Ukraine lies.", HELD_SIDES
            ),
            "redistribution": schema.describe_choice(
                "Whether its terms let a map that shows it be passed on.", (ALLOWED, FORBIDDEN)
            ),
            "rule": schema.describe_text("How it was derived from an occupied area.", limit=LONG),
        },
        required=("as_of",),
        description="What is known of the front.",
    )


def _describe_types(types: tuple[str, ...]) -> dict[str, Any]:
    return {"properties": {"type": {"enum": list(types)}}}
