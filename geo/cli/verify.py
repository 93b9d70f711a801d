"""``geo verify``: what a written file says about its origin, and whether it still holds."""

from __future__ import annotations

from pathlib import Path

import click

from geo.cli.messages import echo_error
from geo.errors import GeoError


@click.command()
@click.argument("file", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--scenario", metavar="FILE", help="Where to find a scenario that does not ship.")
@click.option("--front", metavar="FILE", help="Where to find a front that does not ship.")
def verify(file: tuple[Path, ...], scenario: str | None, front: str | None) -> None:
    """Say what each FILE shows, and whether scenario, front and figures here are still the same.

    FILE is what 'geo render' or 'geo compare' wrote: HTML, PNG, SVG, PDF or PPTX. Exit code 1 if anything has changed
    or cannot be checked. The seal tells that a file was changed; it is no signature.

    \b
    Example:
      geo verify maps/dnipro-line_a4_20250327.pdf
    """
    from geo import verification

    failed = False
    for each in file:
        try:
            verdict = verification.verify_file(each, scenario_file=scenario, front_file=front)
        except GeoError as error:
            failed = True
            echo_error(error)
            continue
        click.echo(f"{each}: {'as it was written' if verdict.holds else 'NOT as it was written'}")
        lines = [*verdict.shows, *((check.what, check.found) for check in verdict.checks)]
        for what, words in lines:
            click.echo(f"  {what}: {words}")
        failed = failed or not verdict.holds
    if failed:
        raise click.exceptions.Exit(1)
