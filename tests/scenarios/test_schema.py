"""The JSON Schema agrees with the reader about every scenario file."""

import json
import re
from typing import Any

import pytest

from geo import shipped
from geo.scenarios import schema
from geo.scenarios.scenario import SCENARIO_KEYS, ZONE_KEYS
from geo.scenarios.template import render_template

SCHEMA = schema.build_schema()
TYPES: dict[str, Any] = {
    "object": dict, "array": list, "string": str, "number": (int, float), "boolean": bool, "null": type(None),
}  # fmt: skip


def has_type(value: Any, name: str) -> bool:
    """Ask whether a value has the JSON type of this name; true and false are not numbers."""
    return isinstance(value, TYPES[name]) and (name != "number" or not isinstance(value, bool))


def is_valid(value: Any, rules: dict[str, Any]) -> bool:
    """Apply the few keywords that the schema uses, as JSON Schema 2020-12 defines them."""
    if "$ref" in rules:
        return is_valid(value, SCHEMA["$defs"][rules["$ref"].rsplit("/", 1)[1]])
    names = rules.get("type", list(TYPES))
    checks = [any(has_type(value, name) for name in ([names] if isinstance(names, str) else names))]
    checks += [value == rules["const"]] if "const" in rules else []
    checks += [value in rules["enum"]] if "enum" in rules else []
    checks += [sum(is_valid(value, rule) for rule in rules["oneOf"]) == 1] if "oneOf" in rules else []
    if isinstance(value, str):
        checks += [
            re.search(rules.get("pattern", ""), value) is not None,
            len(value) <= rules.get("maxLength", len(value)),
        ]
    if isinstance(value, int | float):
        checks.append(rules.get("minimum", value) <= value <= rules.get("maximum", value))
    if isinstance(value, list):
        first = rules.get("prefixItems", [])
        checks += [len(value) >= rules.get("minItems", 0)]
        checks += [is_valid(item, rule) for item, rule in zip(value, first, strict=False)]
        checks += [is_valid(item, rules["items"]) for item in value[len(first) :]] if "items" in rules else []
        checks += [len(value) == len(set(map(str, value)))] if rules.get("uniqueItems") else []
    if isinstance(value, dict):
        known = rules.get("properties", {})
        checks += [key in value for key in rules.get("required", [])]
        checks += [is_valid(value[key], rule) for key, rule in known.items() if key in value]
        checks.append(rules.get("additionalProperties", True) or value.keys() <= known.keys())
    return all(checks)


def edit(path: str, value: Any) -> dict[str, Any]:
    """Return the template's content with the value at a dotted path replaced."""
    content: dict[str, Any] = json.loads(render_template("my-plan"))
    *parents, last = [int(key) if key.isdigit() else key for key in path.split(".")]
    item: Any = content
    for key in parents:
        item = item[key]
    item[last] = value
    return content


def test_keys_are_the_readers() -> None:
    """The schema knows exactly the keys that the reader knows."""
    properties = SCHEMA["properties"]
    assert tuple(properties["scenario"]["properties"]) == SCENARIO_KEYS
    assert tuple(properties["features"]["items"]["properties"]["properties"]["properties"]) == ZONE_KEYS


def test_template_and_shipped_scenarios_fit() -> None:
    """A new scenario and every shipped one fit the schema."""
    for text in (render_template("x"), *(file.read_text("utf-8") for file in shipped.scenarios().values())):
        assert is_valid(json.loads(text), SCHEMA)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("type", "Feature"),
        ("features", []),
        ("scenario.id", "My Plan"),
        ("scenario.titel", "x"),
        ("scenario.title", " "),
        ("scenario.title", "x" * 121),
        ("scenario.claims", ["a", "a"]),
        ("features.0.type", "feature"),
        ("features.0.geometry", None),
        ("features.0.geometry.type", "Point"),
        ("features.0.geometry.coordinates.0.0", [200, 49]),
        ("features.0.geometry.coordinates.0.0", ["30", 49]),
        ("features.0.geometry.coordinates.0", [[30, 49]]),
        ("features.0.properties.country", "Ukraine"),
        ("features.0.properties.status", "official"),
        ("features.0.properties.candidate", "yes"),
    ],
)
def test_mistakes_do_not_fit(path: str, value: Any) -> None:
    """What the reader would refuse, the schema refuses too, as far as a schema can see it."""
    assert not is_valid(edit(path, value), SCHEMA)


def test_text_is_json_with_its_dialect() -> None:
    """The printed schema is the built one, names its dialect, and ends with a line feed."""
    text = schema.render_schema()
    assert text.endswith("}\n")
    assert json.loads(text) == SCHEMA
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
