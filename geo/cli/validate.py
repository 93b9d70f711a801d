"""``geo validate``: everything wrong with a file, at once."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click

from geo import numerals
from geo.cli import messages, options, results
from geo.cli.results import Result
from geo.errors import DataError, GeoError, Problem, show
from geo.files import document, limits
from geo.scenarios import evidence


@click.command()
@click.argument("file", nargs=-1, required=True, type=click.Path(path_type=Path))
@options.with_reading
@results.with_result(results.LISTING)
@messages.with_quiet
def validate(file: tuple[Path, ...], result: Result) -> None:
    """Check scenario, front or source files and report everything wrong with them at once.

    A scenario may hold 1,000 zones with 200,000 positions, a front 5,000 lines with 300,000 positions.

    \b
    Example:
      geo validate my-zones.geojson
    """
    records: list[dict[str, Any]] = []
    for each in file:
        try:
            finding = _inspect_file(each)
        except GeoError as error:
            messages.echo_error(error)
            records.append({"file": str(each), "valid": False, "problems": _list_problems(error)})
            continue
        notes = [*(f"{problem} It was left out." for problem in finding.ignored), *finding.notes]
        records.append({"file": str(each), "valid": True, "holds": finding.phrase, "notes": notes})
        if result.form == "table":
            messages.say(show(f"{each}: valid, {finding.phrase}"))
        for words in notes:
            messages.note(show(f"Note: {each}: {words}"))
    if result.form == "json":
        messages.echo_json(records)
    if not all(record["valid"] for record in records):
        raise click.exceptions.Exit(1)


def _list_problems(error: GeoError) -> list[dict[str, Any]]:
    """Return what is wrong with a file as plain data, feature by feature."""
    if isinstance(error, DataError):
        return [asdict(problem) for problem in error.problems]
    return [asdict(Problem(str(error), ""))]


@dataclass(frozen=True)
class _Finding:
    """What a valid file holds, as a phrase, and what in it was left alone though it has a name we use."""

    phrase: str
    ignored: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


def _inspect_file(path: Path) -> _Finding:
    """Read a scenario, front or source file and tell what it holds.

    TOML is a source; JSON with a ``front`` member or with nothing but lines is a front, and so is every vector format
    but GeoJSON, and any file of which --where, --layer or --day choose; all else is a scenario.

    Raises
    ------
    DataError
        If anything is wrong with the file; carries every problem found.
    """
    from geo.fronts.front import read_front
    from geo.scenarios.scenario import read_scenario

    if path.suffix.lower() == ".toml":
        source = evidence.read_source(path)
        claims = "1 claim" if len(source.claims) == 1 else f"{len(source.claims)} claims"
        return _Finding(f"source {source.id} with {claims}")
    content = document.read_content(path, max_bytes=limits.FRONT_BYTES)
    how = options.read_how()
    if _is_front_file(content) or how["as_of"] or how["choice"].build_record():
        front = read_front(content, **how)
        phrase = f"front {front.id} ({front.kind} of {numerals.format_date(front.as_of)})"
        return _Finding(phrase, notes=front.notes)
    scenario = read_scenario(content)
    zones = "1 zone" if len(scenario.zones) == 1 else f"{len(scenario.zones)} zones"
    return _Finding(f"scenario {scenario.id} with {zones}", scenario.ignored)


def _is_front_file(content: document.Content) -> bool:
    """Tell whether a file is meant as a front, by what it says and holds."""
    from geo.files import vectors
    from geo.fronts import dating, front

    if vectors.is_vector_file(content.path):
        return True
    value = document.parse_document(content).value
    if not isinstance(value, dict) or "scenario" in value:
        return False
    listed = value.get("features")
    features = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    shapes = [each["geometry"] for each in features if isinstance(each.get("geometry"), dict)]
    kinds = {str(shape.get("type")) for shape in shapes}
    if "front" in value or (kinds and kinds <= set(front.LINES)):
        return True
    properties = [each["properties"] for each in features if isinstance(each.get("properties"), dict)]
    is_named = any(isinstance(each.get("name"), str) for each in properties)
    is_dated = dating.derive_days(content.path.stem) or any(map(dating.read_days, properties))
    return bool(kinds) and not is_named and bool(is_dated)
