"""``geo fronts``: the fronts that ship, and ``geo fronts derive``: a line of contact out of an occupied area."""

from __future__ import annotations

from pathlib import Path

import click

from geo.cli import messages, options


@click.group(invoke_without_command=True)
@options.with_json
@click.pass_context
def fronts(ctx: click.Context, as_json: bool) -> None:
    """List the fronts that ship, newest last; 'geo fronts derive' makes one of your own.

    \b
    Example:
      geo fronts --json
    """
    if ctx.invoked_subcommand:
        return
    from geo.cli import listings
    from geo.fronts import front

    shipped = front.read_fronts().values()
    if as_json:
        messages.echo_json([listings.build_front_record(each) for each in shipped])
        return
    for each in shipped:
        click.echo(listings.render_front(each), nl=False)
        messages.note_front(each)


@fronts.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The GeoJSON file to write.",
)
@options.with_reading
def derive(file: Path, out: Path) -> None:
    """Save the line of contact of the occupied area in FILE, with the rule and the file it came from.

    FILE is GeoJSON, GeoPackage, Shapefile (zipped too), KML or FlatGeobuf, in any coordinate reference system.

    \b
    Example:
      geo fronts derive occupied_20250327.geojson --out contact-2025-03-27.geojson
    """
    from geo.cli import listings
    from geo.files import saving
    from geo.fronts import front, writing

    if out.suffix.lower() not in (".geojson", ".json"):
        raise click.BadParameter(f"{out} would not be GeoJSON. Call it {out.with_suffix('.geojson')}.")
    line = front.read_front(file, **options.read_how())
    saving.save_bytes(writing.render_front(line, file.name).encode(), out)
    click.echo(listings.render_front(line), nl=False)
    messages.note_front(line)
    if line.rule:
        click.echo(line.rule)
    click.echo(f"Wrote {out}", err=True)
