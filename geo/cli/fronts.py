"""``geo fronts``: the fronts that are here, and ``geo fronts derive``: a line of contact out of an occupied area."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geo import numerals
from geo.cli import chosen, messages, options, results
from geo.cli.fetch import fetch
from geo.cli.results import Offer, Result

if TYPE_CHECKING:
    from geo.fronts.fetched import Record
    from geo.fronts.front import Front

_MOST_DAYS = 7
"""Of one source that are listed one by one."""


@click.group(invoke_without_command=True)
@results.with_result(results.LISTING)
@messages.with_quiet
@click.pass_context
def fronts(ctx: click.Context, result: Result) -> None:
    """List the fronts that ship, and those that were fetched, newest last.

    'geo fronts fetch' gets a newer one, and 'geo fronts derive' makes one of your own.

    \b
    Example:
      geo fronts --json
    """
    if ctx.invoked_subcommand:
        return
    from geo.fronts.reading import read_fronts

    shipped = read_fronts().values()
    records = _read_records()
    if result.form == "json":
        messages.echo_json(
            [_build_record(front) | {"name": front.id, "origin": "shipped"} for front in shipped]
            + [_build_fetched(name, record) for name, record in records]
        )
        return
    for front in shipped:
        messages.say(_render_front(front), nl=False)
        messages.note_front(front)
    for line in _render_fetched(records):
        messages.say(line)


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
    from geo.fronts.reading import read_front
    from geo.fronts.writing import render_front

    front = chosen.add_facts(read_front(file, **chosen.read_how()))
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


def _read_records() -> list[tuple[str, Record]]:
    """Return what is known of each fetched front, with the name it goes by, oldest first; none of them is measured."""
    from geo.fronts import fetched

    found = ((name, fetched.read_record(file)) for file, name in fetched.name_files().items())
    return [(name, record) for name, record in found if record]


def _build_fetched(name: str, record: Record) -> dict[str, Any]:
    """Return what there is to know about a fetched front, under the keys of one that ships and some more."""
    return {
        "id": record.as_of,
        "as_of": record.as_of,
        "definition": record.definition,
        "length_km": record.length_km,
        "source": record.drawn_by,
        "licence": record.licence,
        "name": name,
        "origin": "fetched",
        "fetched_from": record.source,
        "publisher": record.publisher,
        "address": record.address,
        "retrieved": record.retrieved,
        "sha256": record.sha256,
        "redistribution": record.redistribution,
    }


def _render_fetched(records: Sequence[tuple[str, Record]]) -> Iterator[str]:
    """Yield a line on each fetched front; of a source with many days, one on all of them."""
    from geo.briefing import fetching

    sources: dict[str, list[tuple[str, Record]]] = {}
    for name, record in records:
        sources.setdefault(record.source, []).append((name, record))
    for found in sources.values():
        if len(found) > _MOST_DAYS:
            yield fetching.describe_series([record for _, record in found], found[-1][0])
        else:
            yield from (fetching.describe_record(name, record) for name, record in found)


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


fronts.add_command(fetch)
