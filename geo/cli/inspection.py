"""Tells what kind of file one is, reads it as that, and says in a phrase what it holds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from geo import numerals
from geo.errors import Problem
from geo.files import document, vectors
from geo.fronts import front
from geo.scenarios import evidence, scenario


@dataclass(frozen=True)
class Finding:
    """What a valid file holds, as a phrase, and what in it was left alone though it has a name we use."""

    phrase: str
    ignored: tuple[Problem, ...] = ()


def inspect_file(path: Path) -> Finding:
    """Read a scenario, front or source file and tell what it holds.

    TOML is a source; JSON with a ``front`` member or with nothing but lines is a front, and so is every vector format
    but GeoJSON; all else is a scenario.

    Raises
    ------
    DataError
        If anything is wrong with the file; carries every problem found.
    """
    if path.suffix.lower() == ".toml":
        source = evidence.read_source(path)
        claims = "1 claim" if len(source.claims) == 1 else f"{len(source.claims)} claims"
        return Finding(f"source {source.id} with {claims}")
    if is_front_file(path):
        line = front.read_front(path)
        return Finding(f"front {line.id} ({line.kind} of {numerals.format_date(line.as_of)})")
    read = scenario.read_scenario(path)
    phrase = f"scenario {read.id} with {len(read.zones)} zone{'' if len(read.zones) == 1 else 's'}"
    return Finding(phrase, read.ignored)


def is_front_file(path: Path) -> bool:
    """Tell whether a file is meant as a front: it says so, all of its geometries are lines, or it is no GeoJSON."""
    if vectors.is_vector_file(path):
        return True
    value = document.read_document(path, max_bytes=front.KIND.max_bytes).value
    if not isinstance(value, dict) or "scenario" in value:
        return False
    features = value.get("features")
    geometries = (
        [feature.get("geometry") for feature in features if isinstance(feature, dict)]
        if isinstance(features, list)
        else []
    )
    kinds = {geometry.get("type") for geometry in geometries if isinstance(geometry, dict)}
    return "front" in value or (bool(kinds) and kinds <= set(front.LINES))
