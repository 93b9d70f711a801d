"""``geo fronts``: the fronts that ship, and ``geo fronts derive``: a line of contact out of an occupied area."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geo import numerals
from geo.cli import messages, options, results
from geo.cli.results import Offer, Result

if TYPE_CHECKING:
    from geo.fronts.front import Front


@click.group(invoke_without_command=True)
@results.with_result(results.LISTING)
@messages.with_quiet
@click.pass_context
def fronts(ctx: click.Context, result: Result) -> None:
    """List the fronts that ship, newest last; 'geo fronts derive' makes one of your own.

    \b
    Example:
      geo fronts --json
    """
    if ctx.invoked_subcommand:
        return
    from geo.fronts.front import read_fronts

    shipped = read_fronts().values()
    if result.form == "json":
        messages.echo_json([_build_record(front) for front in shipped])
        return
    for front in shipped:
        messages.say(_render_front(front), nl=False)
        messages.note_front(front)


@fronts.command()
@click.argument("file", type=click.Path(path_type=Path))
@options.with_reading
@results.with_result(Offer(written=("geojson",), default="geojson"))
@messages.with_quiet
def derive(file: Path, result: Result) -> None:
    """Save the line of contact of the occupied area in FILE, with the rule and the file it came from.

    FILE is GeoJSON, GeoPackage, Shapefile (zipped too), KML or FlatGeobuf, in any coordinate reference system.

    \b
    Example:
      geo fronts derive occupied_20250327.geojson --out contact-2025-03-27.geojson
    """
    from geo.fronts.front import read_front
    from geo.fronts.writing import render_front

    front = options.add_facts(read_front(file, **options.read_how()))
    data = render_front(front, file.name).encode()
    place = result.find_place(f"{front.definition}-{front.as_of}.geojson")
    result.save(data, place, says=False)
    messages.note_front(front)
    if result.is_printed:
        return
    messages.say(_render_front(front), nl=False)
    if front.rule:
        messages.say(front.rule)
    messages.note(f"Wrote {place}")


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
