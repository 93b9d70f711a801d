"""``geo validate``: everything wrong with a file, at once."""

from __future__ import annotations

from pathlib import Path

import click

from geo.cli.messages import echo_error
from geo.errors import DataError


@click.command()
@click.argument("file", nargs=-1, required=True, type=click.Path(path_type=Path))
def validate(file: tuple[Path, ...]) -> None:
    """Check scenario, front or source files and report everything wrong with them at once.

    \b
    Example:
      geo validate my-zones.geojson
    """
    from geo.cli import inspection

    failed = False
    for each in file:
        try:
            finding = inspection.inspect_file(each)
            click.echo(f"{each}: valid, {finding.phrase}")
            for problem in finding.ignored:
                click.echo(f"Note: {each}: {problem} It was left out.", err=True)
        except DataError as error:
            failed = True
            echo_error(error)
    if failed:
        raise click.exceptions.Exit(1)
