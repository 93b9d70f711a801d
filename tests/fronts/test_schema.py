"""The JSON Schema of front files agrees with their reader."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator, FormatChecker

from geo import shipped
from geo.cli import main
from geo.errors import GeoError
from geo.fronts import schema
from geo.fronts.reading import read_front
from geo.fronts.reported import FRONT_KEYS

FRONT = Draft202012Validator(schema.build_schema(), format_checker=FormatChecker())
LINE = {"type": "LineString", "coordinates": [[34.0, 50.0], [34.5, 48.5], [34.0, 47.0]]}
AREA = {
    "type": "Polygon",
    "coordinates": [[[36, 46.5], [38, 46.5], [38, 48.5], [36, 48.5], [36, 46.5]]],
}
CONTENT: dict[str, Any] = {
    "type": "FeatureCollection",
    "front": {
        "as_of": "2025-04-01",
        "definition": "contact",
        "uncertainty_km": 5,
        "source": "Made for a test.",
    },
    "features": [
        {
            "type": "Feature",
            "properties": {"sector": "A", "precision_km": 3, "status": "reported"},
            "geometry": LINE,
        }
    ],
}


def edit(path: str, value: Any) -> dict[str, Any]:
    """Return a copy of the content with the value at a dotted path replaced."""
    edited = copy.deepcopy(CONTENT)
    *parents, last = [int(key) if key.isdigit() else key for key in path.split(".")]
    item: Any = edited
    for key in parents:
        item = item[key]
    item[last] = value
    return edited


def is_read(content: dict[str, Any], file: Path) -> bool:
    """Ask whether the reader takes it."""
    file.write_text(json.dumps(content), encoding="utf-8")
    try:
        read_front(file)
    except GeoError:
        return False
    return True


def test_keys_are_the_readers() -> None:
    """The schema knows exactly the keys that the reader knows."""
    assert tuple(schema.build_schema()["properties"]["front"]["properties"]) == FRONT_KEYS


def test_what_ships_or_is_derived_fits(tmp_path: Path) -> None:
    """Every shipped front fits, and what ``geo fronts derive`` writes."""
    for file in shipped.fronts().values():
        FRONT.validate(json.loads(file.read_text("utf-8")))
    area, out = tmp_path / "area.geojson", tmp_path / "out.geojson"
    area.write_text(json.dumps(edit("features.0.geometry", AREA)), encoding="utf-8")
    FRONT.validate(json.loads(area.read_text("utf-8")))
    for definition in ("contact", "edge"):
        how = ["--front-definition", definition, "--out", str(out)]
        done = CliRunner().invoke(main, ["fronts", "derive", str(area), *how])
        assert done.exit_code == 0, done.output
        FRONT.validate(json.loads(out.read_text("utf-8")))


PLACE = "features.0.properties"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("type", "Feature"),
        ("features", []),
        ("front", "of today"),
        ("front.as_of", "1 April 2025"),
        ("front.as_of", "2025-02-30"),
        ("front.definition", "line"),
        ("front.uncertainty_km", "5"),
        ("front.uncertainty_km", -1),
        ("front.held_side", "west"),
        ("front.publisher", "x"),
        ("front.source", " "),
        ("features.0.type", "feature"),
        ("features.0.geometry.type", "LineStrings"),
        ("features.0.geometry.coordinates", [[34.0, 50.0]]),
        ("features.0.geometry.coordinates.0", [34.0]),
        ("features.0.geometry.coordinates.0", [340.0, 50.0]),
        (f"{PLACE}.precision_km", "three"),
        (f"{PLACE}.status", "doubtful"),
        (f"{PLACE}.sector", 7),
        ("features", [*CONTENT["features"], CONTENT["features"][0] | {"geometry": AREA}]),
    ],
)
def test_mistakes_do_not_fit(path: str, value: Any, tmp_path: Path) -> None:
    """What the reader refuses for its shape, the schema refuses too."""
    content = edit(path, value)
    assert (is_read(content, tmp_path / "a.geojson"), FRONT.is_valid(content)) == (False, False)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("front.source", None),
        ("front.held_side", "right"),
        ("name", "of another program"),
        (PLACE, None),
        (f"{PLACE}.fid", 1),
        ("features.0.geometry", {"type": "MultiLineString", "coordinates": [LINE["coordinates"]]}),
        ("features.0.geometry", AREA),
    ],
)
def test_what_is_right_fits(path: str, value: Any, tmp_path: Path) -> None:
    """What fits the schema is read."""
    content = edit(path, value)
    FRONT.validate(content)
    assert is_read(content, tmp_path / "a.geojson")
