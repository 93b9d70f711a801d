"""``geo export``: a scenario with its metrics as data for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from geo.cli import options


@click.command()
@click.argument("scenario_name", metavar="SCENARIO", shell_complete=options.complete_scenario)
@options.with_front
@click.option(
    "--out",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="File to write; its ending tells the format: .geojson, .gpkg, .kml or .csv.",
)
def export(scenario_name: str, front_name: str | None, out: Path) -> None:
    """Write SCENARIO with its metrics as attributes, for GIS, globes and spreadsheets.

    \b
    Example:
      geo export dnipro-line --out dnipro-line.gpkg
    """
    from geo.renderers import exports

    renderer = exports.find_renderer(out)

    from geo.briefing import briefing
    from geo.files import saving
    from geo.scenarios.scenario import find_scenario

    scenario = find_scenario(scenario_name)
    built = briefing.build_briefing(scenario, options.find_front(front_name or scenario.front))
    saving.save_bytes(renderer(built), out)
    click.echo(f"Wrote {out}", err=True)
