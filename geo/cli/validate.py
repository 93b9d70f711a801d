"""``geo validate``: everything wrong with a file, at once."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geo import numerals
from geo.cli import chosen, messages, options, results
from geo.cli.results import Result
from geo.errors import DataError, GeoError, Problem, show
from geo.files import document, limits
from geo.scenarios import evidence

if TYPE_CHECKING:
    from geo.scenarios.scenario import Scenario


@click.command()
@click.argument("file", nargs=-1, required=True, type=click.Path(path_type=Path))
@options.with_zone_choice
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
        notes = list(finding.notes)
        records.append({"file": str(each), "valid": True, "holds": finding.phrase, "notes": notes})
        if result.form == "table":
            messages.say(show(f"{each}: valid, {finding.phrase}"))
        if notes:
            messages.note(show(f"Note: {each}: {' '.join(notes)}"))
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
    """What a valid file holds, as a phrase, and what of it was left out, mended or guessed."""

    phrase: str
    notes: tuple[str, ...] = ()


def _inspect_file(path: Path) -> _Finding:
    """Read a scenario, front or source file and tell what it holds.

    TOML is a source; a file with a ``front`` member, with nothing but lines or with a day and no names is a front, and
    so is any of which --as-of, --where or --day speak; all else is a scenario. An export may be both.

    Raises
    ------
    DataError
        If anything is wrong with the file; carries every problem found.
    """
    from geo.fronts.reading import read_front
    from geo.scenarios.scenario import read_scenario

    if path.suffix.lower() == ".toml":
        source = evidence.read_source(path)
        claims = "1 claim" if len(source.claims) == 1 else f"{len(source.claims)} claims"
        return _Finding(f"source {source.id} with {claims}")
    content = document.read_content(path, max_bytes=limits.FRONT_BYTES)
    how = chosen.read_how()
    layer = chosen.read_zone_choice()["layer"] or how["choice"].layer
    if how["as_of"] or how["choice"].where or how["choice"].day or _is_front_file(content, layer):
        try:
            front = read_front(content, **how)
        except DataError as error:
            raise DataError(error.file, map(_add_zones, error.problems)) from None
        phrase = f"front {front.id} ({front.kind} of {numerals.format_date(front.as_of)})"
        if layer is None and _holds_zones(content):
            return _Finding(f"{_describe(read_scenario(content))}, and {phrase}", front.notes)
        return _Finding(phrase, front.notes)
    scenario = read_scenario(content, layer=layer, name_column=chosen.read_zone_choice()["name_column"])
    return _Finding(_describe(scenario), scenario.notes)


def _add_zones(problem: Problem) -> Problem:
    """Say at a front without a day what to do if zones were meant: lines alone are taken for a front."""
    from geo.fronts import dating

    if not problem.what.startswith(dating.NO_DAY):
        return problem
    return replace(
        problem, remedy=f"{problem.remedy} If it is meant as zones: they are closed areas, and no lines."
    )


def _describe(scenario: Scenario) -> str:
    zones = "1 zone" if len(scenario.zones) == 1 else f"{len(scenario.zones)} zones"
    return f"scenario {scenario.id} with {zones}"


def _holds_zones(content: document.Content) -> bool:
    """Tell whether a file with a front is an export of ours, which holds zones as well."""
    from geo.files import reading
    from geo.fronts import written
    from geo.scenarios.scenario import KIND

    try:
        return written.are_zones(reading.parse_collection(content, KIND))
    except DataError:
        return False


def _is_front_file(content: document.Content, layer: str | None) -> bool:
    """Tell whether a file is meant as a front, by what it says and holds."""
    from geo.files import formats, reading
    from geo.fronts import dating, reported

    try:
        collection = reading.parse_collection(content, reported.KIND, layer)
    except DataError:  # which the reader of scenarios says as well
        return False
    if "scenario" in collection.members or "front" in collection.members:
        return "scenario" not in collection.members
    kinds = {each.shape.geom_type for each in collection.features if each.shape is not None}
    if kinds and kinds <= set(reported.LINES):
        return True
    tables = [each.properties for each in collection.features]
    is_named = collection.is_geojson and any(isinstance(table.get("name"), str) for table in tables)
    is_dated = dating.derive_days(formats.derive_stem(content.path)) or any(map(dating.read_days, tables))
    return bool(kinds) and not is_named and bool(is_dated)
