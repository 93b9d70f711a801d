"""``geo export``: a scenario with its metrics as data for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from geo.cli import messages, options
from geo.renderers import formats

ENDINGS = [f".{suffix}" for suffix in formats.find_suffixes("export")]


@click.command()
@click.argument("scenario_name", metavar="SCENARIO", shell_complete=options.complete_scenario)
@options.with_front
@options.with_imprint
@click.option(
    "--out",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=f"File to write; its ending tells the format: {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}.",
)
def export(scenario_name: str, front_name: str | None, out: Path) -> None:
    """Write SCENARIO with its metrics as attributes, for GIS, globes and spreadsheets.

    \b
    Example:
      geo export dnipro-line --out dnipro-line.gpkg
    """
    suffix = formats.find_suffix(str(out), "export")

    from geo.briefing import briefing
    from geo.files import saving
    from geo.scenarios.scenario import find_scenario

    scenario = find_scenario(scenario_name)
    built = briefing.build_briefing(
        scenario, options.choose_front([scenario], front_name), imprint=options.read_imprint()
    )
    saving.save_bytes(formats.render_file(formats.Shown(built), "export", suffix), out)
    messages.say(f"Wrote {out}", err=True)
