"""``geo verify``: what a written file says about its origin, and whether it still holds."""

from __future__ import annotations

from pathlib import Path

import click

from geo.cli.messages import echo_error, say
from geo.errors import GeoError


@click.command()
@click.argument("file", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--scenario",
    metavar="FILE",
    multiple=True,
    help="A scenario that does not ship. May be given several times.",
)
@click.option("--front", metavar="FILE", help="A front that does not ship.")
def verify(file: tuple[Path, ...], scenario: tuple[str, ...], front: str | None) -> None:
    """Say what each FILE shows, and whether scenario, front and figures here are still the same.

    FILE is what 'geo render', 'compare', 'history' or 'export' wrote: HTML, PNG, SVG, PDF, PPTX, GeoJSON, KML or
    GeoPackage. Exit code 1 if anything has changed or cannot be checked. The seal tells that a file was changed; it is
    no signature. That of a GeoPackage is over the rows of its layers, outlines and all. CSV has no manifest.

    \b
    Examples:
      geo verify maps/dnipro-line_front-2025-03-27.pdf
      geo verify comparison_front-2025-03-27.pdf --scenario mine.geojson --scenario yours.geojson
    """
    from geo.provenance import verification
    from geo.renderers.formats import CONTAINERS

    shelf = verification.read_shelf(scenario, front)
    failed = False
    for each in file:
        try:
            verdict = verification.verify_file(each, CONTAINERS, shelf)
        except GeoError as error:
            failed = True
            echo_error(error)
            continue
        say(f"{each}: {verdict.summary}")
        lines = [*verdict.shows, *((check.what, check.found) for check in verdict.checks)]
        for what, words in lines:
            say(f"  {what}: {words}")
        failed = failed or not verdict.holds
    if failed:
        raise click.exceptions.Exit(1)
