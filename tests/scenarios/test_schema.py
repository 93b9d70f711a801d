"""The JSON Schemas of scenario and source files agree with their readers."""

from __future__ import annotations

import copy
import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator, FormatChecker

from geo import shipped
from geo.cli import main
from geo.errors import GeoError
from geo.scenarios import evidence, schema
from geo.scenarios.scenario import SCENARIO_KEYS, ZONE_KEYS, read_scenario
from geo.scenarios.template import render_template

SCENARIO = Draft202012Validator(schema.build_schema(), format_checker=FormatChecker())
SOURCE = Draft202012Validator(schema.build_source_schema(), format_checker=FormatChecker())


def edit(content: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """Return a copy of a file's content with the value at a dotted path replaced, or taken out where it is ``...``."""
    edited = copy.deepcopy(content)
    *parents, last = [int(key) if key.isdigit() else key for key in path.split(".")]
    item: Any = edited
    for key in parents:
        item = item[key]
    if value is ...:
        del item[last]
    else:
        item[last] = value
    return edited


def read_toml(file: Path) -> dict[str, Any]:
    """Return a source file as JSON has it, dates as the texts that TOML writes."""
    plain = json.dumps(tomllib.loads(file.read_text("utf-8")), default=date.isoformat)
    content: dict[str, Any] = json.loads(plain)
    return content


def test_keys_are_the_readers() -> None:
    """The schemas know exactly the keys that the readers know."""
    properties = schema.build_schema()["properties"]
    assert tuple(properties["scenario"]["properties"]) == SCENARIO_KEYS
    zone = properties["features"]["items"]["properties"]["properties"]["properties"]
    assert {*ZONE_KEYS} <= {*zone}
    properties = schema.build_source_schema()["properties"]
    assert {*properties["source"]["properties"]} == {*evidence.SOURCE_KEYS}
    assert tuple(properties["claim"]["items"]["properties"]) == evidence.CLAIM_KEYS


def test_what_ships_or_is_written_fits(tmp_path: Path) -> None:
    """A new scenario, every shipped one, an export, and every shipped source fit their schemas."""
    export = tmp_path / "out.geojson"
    CliRunner().invoke(main, ["export", "dnipro-line", "--out", str(export)])
    CliRunner().invoke(main, ["new", "my-plan", "--out", str(tmp_path)])
    for file in (export, tmp_path / "my-plan.geojson", *shipped.scenarios().values()):
        SCENARIO.validate(json.loads(file.read_text("utf-8")))
    for file in shipped.sources().values():
        SOURCE.validate(read_toml(file))


TEMPLATE: dict[str, Any] = json.loads(render_template("my-plan"))
CORNER, PLACE = "features.0.geometry.coordinates.0.1", "features.0.properties"
MISTAKES: list[tuple[str, Any]] = [
    ("type", "Feature"),
    ("features", ...),
    ("features", []),
    ("scenario", "my-plan"),
    ("scenario.id", "My Plan"),
    ("scenario.titel", "x"),
    ("scenario.title", " "),
    ("scenario.title", 7),
    ("scenario.title", "x" * 121),
    ("scenario.title", "a\u202eb"),
    ("scenario.summary", "a\x1bb"),
    ("scenario.claims", ["a", "a"]),
    ("scenario.claims", "a"),
    ("scenario.claims", [f"a/{number}" for number in range(201)]),
    ("features.0.type", "feature"),
    ("features.0.id", True),
    ("features.0.geometry", None),
    ("features.0.geometry.type", "Point"),
    ("features.0.geometry.coordinates", []),
    ("features.0.geometry.coordinates.0", [[30, 49]]),
    (CORNER, [200, 49]),
    (CORNER, ["30", 49]),
    (CORNER, [30]),
    (CORNER, [30, 49, "0"]),
    (PLACE, "none"),
    (f"{PLACE}.name", 7),
    (f"{PLACE}.country", "Ukraine"),
    (f"{PLACE}.status", "official"),
    (f"{PLACE}.candidate", "yes"),
]


@pytest.mark.parametrize(("path", "value"), MISTAKES)
def test_mistakes_in_a_scenario_do_not_fit(path: str, value: Any) -> None:
    """What is no scenario as this project writes them is told while one types."""
    assert not SCENARIO.is_valid(edit(TEMPLATE, path, value))


HARMLESS: list[tuple[str, Any]] = [
    ("scenario", ...),
    ("scenario.title", None),
    ("scenario.summary", "Two\nlines."),
    ("scenario.claims", None),
    ("features.0.id", 7),
    ("more", {"of": "others"}),
    (PLACE, None),
    (f"{PLACE}.fid", 3),
    (f"{PLACE}.status", None),
    (CORNER, [28.9, 48.95, 120]),
]


def test_what_fits_is_read_and_what_is_refused_does_not_fit(tmp_path: Path) -> None:
    """Whatever the schema takes, the reader takes; so what the reader refuses, the schema refuses."""
    file = tmp_path / "plan.geojson"
    taken = []
    for change in (*MISTAKES, *HARMLESS):
        content = edit(TEMPLATE, *change)
        file.write_text(json.dumps(content), encoding="utf-8")
        try:
            read_scenario(file)
        except GeoError:
            assert not SCENARIO.is_valid(content), change
        else:
            taken.append(change)
    assert all(SCENARIO.is_valid(edit(TEMPLATE, *change)) for change in HARMLESS)
    assert [change for change in HARMLESS if change not in taken] == []


WRITTEN = """
[source]
publisher = "The Paper"
title = "A report"
published = 2025-03-27
cites = ["An agency"]
url = "https://example.org/report"

[[claim]]
id = "size"
about = "size"
attributed_to = "An official"
reported = 2025-03-26
statement = "Ten thousand."
value = 10000
unit = "troops"
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('publisher = "The Paper"\n', ""),
        ('publisher = "The Paper"', "publisher = 7"),
        ('title = "A report"', 'title = " "'),
        ("published = 2025-03-27", "published = 2025"),
        ("published = 2025-03-27", 'published = "27 March"'),
        ('cites = ["An agency"]', 'cites = ["An agency", "An agency"]'),
        ('cites = ["An agency"]', 'cites = "An agency"'),
        ("https://example.org/report", "http://example.org/report"),
        ("https://example.org/report", "https://example.org:8080/"),
        ('url = "', 'uri = "'),
        ("[[claim]]", "[claim]"),
        ("[[claim]]", "[[claims]]"),
        ('id = "size"', 'id = "The Size"'),
        ('about = "size"', 'about = "weather"'),
        ('statement = "Ten thousand."\n', ""),
        ('unit = "troops"\n', ""),
        ("value = 10000\n", ""),
        ("value = 10000", "value = -1"),
        ("value = 10000", "value = true"),
    ],
)
def test_mistakes_in_a_source_do_not_fit(old: str, new: str, tmp_path: Path) -> None:
    """What the reader of sources refuses for its shape, the schema refuses too."""
    file = tmp_path / "a-source.toml"
    file.write_text(WRITTEN, encoding="utf-8")
    evidence.read_source(file)
    SOURCE.validate(read_toml(file))
    assert old in WRITTEN
    file.write_text(WRITTEN.replace(old, new), encoding="utf-8")
    with pytest.raises(GeoError):
        evidence.read_source(file)
    assert not SOURCE.is_valid(read_toml(file))


@pytest.mark.parametrize("kind", ["scenario", "front", "source", "metrics"])
def test_a_schema_has_its_dialect_and_its_own_id(kind: str) -> None:
    """What ``geo schema`` prints is a schema of draft 2020-12 with an id that names kind and version."""
    printed = CliRunner().invoke(main, ["schema", kind]).stdout
    content = json.loads(printed)
    Draft202012Validator.check_schema(content)
    assert printed.endswith("}\n")
    assert content["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert content["$id"] == f"urn:geo-scenarios:schema:{kind}:1"


def test_scenario_is_the_default_kind() -> None:
    """``geo schema`` alone prints the schema of a scenario."""
    assert json.loads(CliRunner().invoke(main, ["schema"]).stdout) == schema.build_schema()
