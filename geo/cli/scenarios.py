"""``geo list``, ``geo new`` and ``geo schema``: the scenario files there are, and making one."""

from __future__ import annotations

import importlib

import click

from geo.cli import messages, results
from geo.cli.results import Offer, Result

_SCHEMAS = {
    "scenario": "geo.scenarios.schema.build_schema",
    "front": "geo.fronts.schema.build_schema",
    "source": "geo.scenarios.schema.build_source_schema",
    "metrics": "geo.briefing.records.build_metrics_schema",
}
"""What builds the schema of each kind of file; loaded when it is asked for."""


@click.command("list")
@results.with_result(results.LISTING)
@messages.with_quiet
def list_scenarios(result: Result) -> None:
    """List the scenarios that ship.

    \b
    Example:
      geo list --json
    """
    from geo.scenarios import headings

    shipped = headings.read_headings()
    if result.form == "json":
        messages.echo_json([heading.record() for heading in shipped])
        return
    width = max(len(heading.id) for heading in shipped)
    for heading in shipped:
        zones = "1 zone" if len(heading.zones) == 1 else f"{len(heading.zones)} zones"
        messages.say(f"{heading.id:<{width}}  {heading.title} ({zones})")


@click.command()
@click.argument("scenario_id", metavar="ID")
@results.with_result(Offer(written=("geojson",), default="geojson", folder="."))
@messages.with_quiet
def new(scenario_id: str, result: Result) -> None:
    """Write ID.geojson, a valid scenario with one example zone to edit.

    \b
    Example:
      geo new odesa-port
    """
    from geo.scenarios import template

    target = result.find_place(f"{scenario_id}.geojson")
    text = template.render_template(scenario_id)
    if target.exists():
        raise click.UsageError(f"{target} is already there. Choose another ID, or move that file away first.")
    result.save(text.encode(), target, says=False)
    if not result.is_printed:
        messages.say(target)


@click.command()
@click.argument("kind", default="scenario", type=click.Choice(tuple(_SCHEMAS)))
@messages.with_quiet
def schema(kind: str) -> None:
    """Print the JSON Schema of a kind of file: of scenarios by default, or of what 'geo metrics --json' prints.

    Editors that know it check while you type.

    \b
    Examples:
      geo schema > scenario.schema.json
      geo schema metrics
    """
    module, _, function = _SCHEMAS[kind].rpartition(".")
    messages.echo_json(getattr(importlib.import_module(module), function)())
