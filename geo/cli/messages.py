"""What the commands say on stderr."""

from __future__ import annotations

import os
import sys
from datetime import date
from typing import TYPE_CHECKING

import click

from geo.errors import GeoError

if TYPE_CHECKING:
    from geo.front import Front

SHOWN_PROBLEMS = 50
"""How many lines of one error are printed; a file broken throughout is not fixed by reading thousands."""


def echo_age(line: Front) -> None:
    """Say on stderr, once for each front, how old it is today; results carry no clock, so that they stay the same."""
    from geo import style

    told = click.get_current_context().meta.setdefault(__name__, set())
    days = (date.today() - line.as_of).days
    if days > 0 and line.as_of not in told:
        told.add(line.as_of)
        age = f"{style.format_date(line.as_of)}, {style.format_age(days)} old today"
        click.echo(f"The {line.kind} is that of {age}.", err=True)


def close_output() -> None:
    """Send what is still to be printed nowhere, so that leaving does not fail at it once more."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


def echo_error(error: GeoError) -> None:
    """Print an error to stderr, one line a problem, and how many more there are."""
    lines = str(error).splitlines()
    for line in lines[:SHOWN_PROBLEMS]:
        click.echo(f"Error: {line}", err=True)
    if len(lines) > SHOWN_PROBLEMS:
        click.echo(f"Error: … and {len(lines) - SHOWN_PROBLEMS:,} more like these.", err=True)
