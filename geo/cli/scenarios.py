"""``geo list``, ``geo new`` and ``geo schema``: the scenario files there are, and making one."""

from __future__ import annotations

from pathlib import Path

import click

from geo.cli import messages, options


@click.command("list")
@options.with_json
def list_scenarios(as_json: bool) -> None:
    """List the scenarios that ship.

    \b
    Example:
      geo list --json
    """
    from geo.scenarios import headings

    shipped = headings.read_headings()
    if as_json:
        messages.echo_json([heading.record() for heading in shipped])
        return
    width = max(len(heading.id) for heading in shipped)
    for heading in shipped:
        zones = "1 zone" if len(heading.zones) == 1 else f"{len(heading.zones)} zones"
        messages.say(f"{heading.id:<{width}}  {heading.title} ({zones})")


@click.command()
@click.argument("scenario_id", metavar="ID")
@click.option(
    "--out",
    default=".",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Folder the file is written to.",
)
def new(scenario_id: str, out: Path) -> None:
    """Write ID.geojson, a valid scenario with one example zone to edit.

    \b
    Example:
      geo new odesa-port
    """
    from geo.files import saving
    from geo.scenarios import template

    target = out / f"{scenario_id}.geojson"
    text = template.render_template(scenario_id)
    if target.exists():
        raise click.UsageError(f"{target} is already there. Choose another ID, or move that file away first.")
    saving.save_bytes(text.encode(), target)
    messages.say(target)


@click.command()
@click.argument("kind", default="scenario", type=click.Choice(("scenario", "metrics")))
def schema(kind: str) -> None:
    """Print the JSON Schema of a scenario file, for editors that check while you type, or of 'geo metrics'.

    \b
    Examples:
      geo schema > scenario.schema.json
      geo schema metrics
    """
    if kind == "metrics":
        from geo.briefing import records

        messages.echo_json(records.build_metrics_schema())
        return
    from geo.scenarios import schema as scenario_schema

    messages.say(scenario_schema.render_schema(), nl=False)
