"""What the commands say on stderr."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import click

from geo import attachments
from geo.errors import GeoError

if TYPE_CHECKING:
    from geo.briefing import Briefing

SHOWN_PROBLEMS = 50
"""How many lines of one error are printed; a file broken throughout is not fixed by reading thousands."""


def echo_error(error: GeoError) -> None:
    """Print an error to stderr, one line a problem, and how many more there are."""
    lines = str(error).splitlines()
    for line in lines[:SHOWN_PROBLEMS]:
        click.echo(f"Error: {line}", err=True)
    if len(lines) > SHOWN_PROBLEMS:
        click.echo(f"Error: … and {len(lines) - SHOWN_PROBLEMS:,} more like these.", err=True)


def echo_unknown_letters(briefing: Briefing, forms: Collection[str]) -> None:
    """Say it where files of these formats will lack letters of a scenario's texts."""
    sentence = attachments.describe_unknown_letters(briefing) if {*forms} - {"html"} else None
    if sentence:
        click.echo(f"Note: {briefing.scenario.id}: {sentence}", err=True)
