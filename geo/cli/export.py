"""``geo export``: a scenario with its metrics as data for other programs."""

from __future__ import annotations

import click

from geo.cli import chosen, messages, options, results
from geo.cli.results import Offer, Result
from geo.renderers import formats, names


@click.command()
@click.argument("scenario_name", metavar="SCENARIO", shell_complete=options.complete_scenario)
@options.with_zone_choice
@options.with_front
@results.with_result(Offer(written=formats.find_suffixes("export")))
@options.with_imprint
@messages.with_quiet
def export(scenario_name: str, front_name: str | None, result: Result) -> None:
    """Write SCENARIO with its metrics as attributes, for GIS, globes and spreadsheets.

    \b
    Examples:
      geo export dnipro-line --out dnipro-line.gpkg
      geo export dnipro-line --format gpkg,kml --out briefing
      geo export dnipro-line --out - > dnipro-line.geojson
    """
    from geo.briefing import briefing, owncolumns

    scenario = chosen.find_scenario(scenario_name)
    front = chosen.choose_front([scenario], front_name)
    built = briefing.build_briefing(scenario, front, imprint=chosen.read_imprint())
    for note in owncolumns.describe_renamed(scenario.zones):
        messages.note(f"Note: {note}")
    for form in result.forms:
        place = result.find_place(names.name_file(names.name_map(scenario), form, "a4", (scenario, front)))
        result.save(formats.render_file(formats.Shown(built), "export", form), place)
