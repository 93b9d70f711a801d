"""In what two written files differ, as their manifests tell."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from geo.errors import DataError
from geo.measuring import figures
from geo.provenance import differences
from geo.renderers import formats
from geo.renderers.formats import Shown, render_file
from tests.made_up.briefing import build_briefing

CONTAINERS = formats.find_containers("render", "metrics")


def save(file: Path, *names: str) -> Path:
    file.write_bytes(render_file(Shown(build_briefing(names)), "render", file.suffix[1:]))
    return file


def test_equal_files(tmp_path: Path) -> None:
    """A file and itself differ in nothing, and neither do two formats of one briefing."""
    page, picture = save(tmp_path / "a.html", "North"), save(tmp_path / "b.svg", "North")
    for other in (page, picture):
        found = differences.compare_outputs(page, other, CONTAINERS)
        assert found == [] and differences.render(found) == "Nothing changed.\n"


def test_zones_and_figures_that_differ(tmp_path: Path) -> None:
    """A zone that only one file shows is named, and each figure of those that both show; for people by its heading."""
    old, new = save(tmp_path / "a.html", "North", "South"), save(tmp_path / "b.html", "South")
    found = differences.compare_outputs(old, new, CONTAINERS)
    assert found is not None
    told = {each.what: (each.before, each.after) for each in found}
    assert told["test, North"] == ("there", None)
    assert told["test, South, nearest_km"] == (299.0, 300.0)
    text = differences.render(found)
    assert "test, South, nearest: 299.000 km before, 300.000 km after\n" in text
    assert "_km" not in text
    record = differences.build_record(found)["differences"]
    assert {"what": "test, South, nearest_km", "before": 299.0, "after": 300.0} in record


def test_figures_that_json_has_no_number_for() -> None:
    """A figure that somebody made infinite, or no number, is told as text."""
    found = [
        differences.Difference("A", 299.0, math.inf, figures.NEAREST),
        differences.Difference("B", [math.nan], None),
    ]
    assert "A, nearest: 299.000 km before, inf km after" in differences.render(found)
    record = json.loads(json.dumps(differences.build_record(found), allow_nan=False))
    assert [(each["before"], each["after"]) for each in record["differences"]] == [
        (299.0, "inf"),
        ("[nan]", None),
    ]


def test_a_file_without_a_manifest(tmp_path: Path) -> None:
    """What geo did not write is no output to compare; a manifest that somebody emptied is an error."""
    page, other = save(tmp_path / "a.html", "North"), tmp_path / "other.html"
    other.write_text("<!doctype html><p>Hello")
    assert differences.compare_outputs(page, other, CONTAINERS) is None
    text = page.read_text(encoding="utf-8")
    start = text.index('{"manifest"')
    manifest, end = json.JSONDecoder().raw_decode(text[start:])
    del manifest["scenarios"]
    other.write_text(text[:start] + json.dumps(manifest) + text[start + end :], encoding="utf-8")
    with pytest.raises(DataError, match="not complete"):
        differences.compare_outputs(page, other, CONTAINERS)
