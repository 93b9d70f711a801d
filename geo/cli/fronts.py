"""``geo fronts``: the fronts that ship."""

from __future__ import annotations

import click

from geo.cli import options


@click.command()
@options.with_json
def fronts(as_json: bool) -> None:
    """List the fronts that ship, newest last.

    \b
    Example:
      geo fronts --json
    """
    from geo import front, listings, tables

    shipped = front.read_fronts().values()
    if as_json:
        click.echo(tables.render_json([listings.build_front_record(each) for each in shipped]), nl=False)
        return
    click.echo("".join(listings.render_front(each) for each in shipped), nl=False)
