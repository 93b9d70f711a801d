"""``geo verify``: what a written file says about its origin, and whether it still holds."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geo.cli import messages, results
from geo.cli.results import Result
from geo.errors import GeoError

if TYPE_CHECKING:
    from geo.provenance.verification import Verdict


@click.command()
@click.argument("file", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--scenario",
    metavar="FILE",
    multiple=True,
    help="A scenario that does not ship. May be given several times.",
)
@click.option(
    "--front",
    metavar="FILE",
    multiple=True,
    type=click.Path(),
    envvar="GEO_FRONT",
    show_envvar=True,
    help="A front that does not ship. May be given several times.",
)
@results.with_result(results.LISTING)
@messages.with_quiet
def verify(file: tuple[Path, ...], scenario: tuple[str, ...], front: tuple[str, ...], result: Result) -> None:
    """Say what each FILE shows, and whether scenario, front and figures here are still the same.

    FILE is what 'geo render', 'compare', 'changes', 'history', 'metrics' or 'export' wrote: HTML, PNG, SVG, PDF, PPTX,
    XLSX, GeoJSON, GeoPackage, FlatGeobuf, GeoParquet, KML or KMZ. CSV has no manifest. Exit code 1 if anything has
    changed or cannot be checked. The seal tells that a file was changed; it is no signature. That of a GeoPackage is
    over the rows of its layers, outlines and all. --scenario and --front name files of any map format that 'geo render'
    takes.

    \b
    Examples:
      geo verify maps/dnipro-line_front-2025-03-27.pdf
      geo verify comparison_front-2025-03-27.pdf --scenario mine.geojson --scenario yours.geojson
    """
    from geo.provenance import verification
    from geo.renderers.formats import CONTAINERS

    shelf = verification.read_shelf(scenario, front)
    records: list[dict[str, Any]] = []
    for each in file:
        try:
            verdict = verification.verify_file(each, CONTAINERS, shelf)
        except GeoError as error:
            messages.echo_error(error)
            records.append({"file": str(each), "holds": False, "error": str(error)})
            continue
        records.append(_build_record(each, verdict))
        if result.form == "table":
            messages.say(f"{each}: {verdict.summary}")
            for what, words in (*verdict.shows, *((check.what, check.found) for check in verdict.checks)):
                messages.say(f"  {what}: {words}")
    if result.form == "json":
        messages.echo_json(records)
    if not all(record["holds"] for record in records):
        raise click.exceptions.Exit(1)


def _build_record(file: Path, verdict: Verdict) -> dict[str, Any]:
    """Return what became of a file as plain data."""
    return {
        "file": str(file),
        "holds": verdict.holds,
        "unchanged": verdict.is_unchanged,
        "summary": verdict.summary,
        "shows": [{"what": what, "found": words} for what, words in verdict.shows],
        "checks": [asdict(check) for check in verdict.checks],
    }
