"""``geo distance``: how far places and points lie from a front."""

from __future__ import annotations

import click

from geo.cli import options

_FAR_KM = 2000  # farther than any place a user of this front is likely to mean


@click.command()
@click.argument(
    "place", nargs=-1, required=True, metavar="PLACE|LAT,LON ...", shell_complete=options.complete_place
)
@options.with_front
@options.with_json
def distance(place: tuple[str, ...], front: str | None, as_json: bool) -> None:
    """Print how far places or points lie from the front.

    A place is a name on the map; a point is latitude, comma, longitude in degrees.

    \b
    Examples:
      geo distance Kyiv Odesa
      geo distance 48.47,35.04 --json
    """
    from geo import listings, points, tables

    line = options.find_front(front)
    rows = points.measure_points(place, line)
    if as_json:
        click.echo(tables.render_json([row.record() for row in rows]), nl=False)
    else:
        click.echo(listings.render_distances(rows, line), nl=False)
    for row in rows:
        if row.distance_km > _FAR_KM:
            click.echo(
                f"Note: {row.place} is far from this front. A point is LAT,LON, latitude first.", err=True
            )
