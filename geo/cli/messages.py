"""What the commands say on stderr."""

from __future__ import annotations

import os
import sys

import click

from geo.errors import GeoError

SHOWN_PROBLEMS = 50
"""How many lines of one error are printed; a file broken throughout is not fixed by reading thousands."""


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
