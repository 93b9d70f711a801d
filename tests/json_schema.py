"""Whether a value fits a JSON Schema, by the few keywords that ours use."""

from __future__ import annotations

import re
from typing import Any

TYPES: dict[str, Any] = {
    "object": dict, "array": list, "string": str, "number": (int, float), "integer": int,
    "boolean": bool, "null": type(None),
}  # fmt: skip


def has_type(value: Any, name: str) -> bool:
    """Ask whether a value has the JSON type of this name; true and false are not numbers."""
    return isinstance(value, TYPES[name]) and (name != "number" or not isinstance(value, bool))


def is_valid(value: Any, rules: dict[str, Any], schema: dict[str, Any] | None = None) -> bool:
    """Apply the few keywords that our schemas use, as JSON Schema 2020-12 defines them.

    ``rules`` are a part of ``schema``, or all of it.
    """
    whole = schema or rules
    if "$ref" in rules:
        return is_valid(value, whole["$defs"][rules["$ref"].rsplit("/", 1)[1]], whole)
    names = rules.get("type", list(TYPES))
    checks = [any(has_type(value, name) for name in ([names] if isinstance(names, str) else names))]
    checks += [value == rules["const"]] if "const" in rules else []
    checks += [value in rules["enum"]] if "enum" in rules else []
    checks += [sum(is_valid(value, rule, whole) for rule in rules["oneOf"]) == 1] if "oneOf" in rules else []
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
        checks += [is_valid(item, rule, whole) for item, rule in zip(value, first, strict=False)]
        checks += (
            [is_valid(item, rules["items"], whole) for item in value[len(first) :]]
            if "items" in rules
            else []
        )
        checks += [len(value) == len(set(map(str, value)))] if rules.get("uniqueItems") else []
    if isinstance(value, dict):
        known = rules.get("properties", {})
        checks += [key in value for key in rules.get("required", [])]
        checks += [is_valid(value[key], rule, whole) for key, rule in known.items() if key in value]
        checks.append(rules.get("additionalProperties", True) or value.keys() <= known.keys())
    return all(checks)
