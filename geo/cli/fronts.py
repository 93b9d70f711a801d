"""``geo fronts``: the fronts that ship, and ``geo fronts derive``: a line of contact out of an occupied area."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geo import numerals
from geo.cli import messages, options

if TYPE_CHECKING:
    from geo.fronts.front import Front


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
    from geo.fronts.front import read_fronts

    shipped = read_fronts().values()
    if as_json:
        messages.echo_json([_build_record(front) for front in shipped])
        return
    for front in shipped:
        messages.say(_render_front(front), nl=False)
        messages.note_front(front)


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
    from geo.files import saving
    from geo.fronts.front import read_front
    from geo.fronts.writing import render_front

    if out.suffix.lower() not in (".geojson", ".json"):
        raise click.BadParameter(f"{out} would not be GeoJSON. Call it {out.with_suffix('.geojson')}.")
    front = options.add_facts(read_front(file, **options.read_how()))
    saving.save_bytes(render_front(front, file.name).encode(), out)
    messages.say(_render_front(front), nl=False)
    messages.note_front(front)
    if front.rule:
        messages.say(front.rule)
    messages.say(f"Wrote {out}", err=True)


def _build_record(front: Front) -> dict[str, Any]:
    """Return what there is to know about a front, without its geometry."""
    return {
        "id": front.id,
        "as_of": front.as_of.isoformat(),
        "definition": front.definition,
        "definition_text": front.definition_text,
        "uncertainty_km": front.uncertainty_km,
        "length_km": front.length_km,
        "source": front.source,
        "licence": front.licence,
        "method": front.method,
        "rule": front.rule,
        "sectors": [
            {
                "sector": sector.name,
                "precision_km": sector.precision_km,
                "length_km": sector.length_km,
            }
            for sector in front.sectors
        ],
    }


def _render_front(front: Front) -> str:
    """Return one line on a front: its id, what it is, how long and how uncertain it is, who drew it."""
    from geo.briefing import attribution, notes

    length = numerals.format_km(front.length_km)
    source = attribution.name_drawer(front)
    return f"{front.id}  {notes.describe_front(front)}, {length} long. {source}.\n"
