"""The JSON Schema agrees with the reader about every scenario file."""

import json
from typing import Any

import pytest

from geo import shipped
from geo.scenarios import schema
from geo.scenarios.scenario import SCENARIO_KEYS, ZONE_KEYS
from geo.scenarios.template import render_template
from tests.json_schema import is_valid

SCHEMA = schema.build_schema()


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
