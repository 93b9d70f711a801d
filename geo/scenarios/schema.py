"""The JSON Schemas of scenario and source files, for editors that check and complete while one types."""

from __future__ import annotations

from typing import Any

from geo.files import limits, schema
from geo.files.fields import LONG
from geo.scenarios import evidence
from geo.scenarios.scenario import COUNTRY_PATTERN, KIND, STATUSES


def build_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a scenario file, from the limits the reader itself applies.

    A schema cannot see everything: closed rings, crossings, swapped axes, and whether a claim or front exists
    are for `geo.scenarios.scenario.read_scenario`.
    """
    zone = {
        "name": schema.describe_text("The zone's own name, different from the others'."),
        "country": schema.describe_text("ISO 3166-1 alpha-2 code.", COUNTRY_PATTERN),
        "status": schema.describe_choice("Every zone here is drawn by us.", STATUSES),
        "basis": schema.describe_text("How this outline was drawn, and from what.", limit=LONG),
        "candidate": {
            "description": "True for one of several places of which only some are meant.",
            "type": ["boolean", "null"],
        },
    }
    feature = schema.describe_feature(zone, KIND.geometries)
    body = schema.describe_collection("scenario", _describe_member(), feature, most=KIND.max_features)
    about = {"description": "An RFC 7946 FeatureCollection of zones with a foreign member 'scenario'."}
    return schema.build_schema("scenario", "Deployment scenario", about | body | schema.DEFINITIONS)


def build_source_schema() -> dict[str, Any]:
    """Return the JSON Schema of a source file, which is TOML: tables are objects, and dates are texts as TOML has them.

    Whether a claim was reported before its source was published is for `geo.scenarios.evidence.read_source`, and so
    is it that no two claims have one id and that dates stand without quotes.
    """
    head = schema.describe_object(
        {
            "publisher": schema.describe_text("Who published the text.", is_required=True),
            "title": schema.describe_text("Its title in our words.", limit=LONG, is_required=True),
            "published": schema.describe_date("The day it was published.", is_required=True),
            "cites": schema.describe_texts("The outlets that it relies on itself.", most=limits.NAMES),
            "url": schema.describe_address("Its public address."),
            "archive": schema.describe_address("The address of a copy that stays as it is."),
            "note": schema.describe_text("What has to be known about our copy of it.", limit=LONG),
        },
        required=evidence.SOURCE_REQUIRED,
    )
    claim = schema.describe_object(
        {
            "id": schema.describe_id("The claim's own id within its source.", is_required=True),
            "about": schema.describe_choice("What it is about.", evidence.ABOUT, is_required=True),
            "attributed_to": schema.describe_text("Who said it.", is_required=True),
            "reported_by": schema.describe_text("Who published it, if not the source's own publisher."),
            "reported": schema.describe_date("The day of that report.", is_required=True),
            "said": schema.describe_text("When it was said, as finely as the source dates it."),
            "statement": schema.describe_text("A paraphrase.", limit=LONG, is_required=True),
            "value": schema.describe_number("The number that it holds."),
            "unit": schema.describe_text("What that is a number of, such as troops."),
        },
        required=evidence.CLAIM_REQUIRED,
        dependentRequired={"value": ["unit"], "unit": ["value"]},
    )
    body = schema.describe_object(
        {"source": head, "claim": {"type": "array", "items": claim}}, required=("source", "claim")
    )
    about = {
        "description": "A TOML file with a table [source] and a table [[claim]] for each reported statement."
    }
    return schema.build_schema("source", "Source with its claims", about | body)


def _describe_member() -> dict[str, Any]:
    return schema.describe_object(
        {
            "id": schema.describe_id("Lower-case letters, digits and single hyphens; names the outputs."),
            "title": schema.describe_text("The heading of the map."),
            "summary": schema.describe_text("What is proposed, in a few sentences.", limit=LONG),
            "claims": schema.describe_texts(
                "Ids of the claims it rests on, SOURCE/CLAIM, as `geo sources` lists them.",
                most=limits.CLAIMS,
            ),
            "front": schema.describe_text("Id of the front to measure against, as `geo fronts` lists them."),
        },
        description="What the zones stand for. Whatever is left out has a default.",
    )
