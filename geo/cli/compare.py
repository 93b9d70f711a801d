"""``geo compare``: several scenarios side by side, measured against one front."""

from __future__ import annotations

import click

from geo import catalogue
from geo.cli import options

COMPARE_FORMATS = ("table", "json", "csv", "markdown")
"""What can be asked for with ``--format``."""


@click.command()
@options.with_scenario_arguments
@options.with_front
@click.option(
    "--format",
    "form",
    default="table",
    show_default=True,
    type=click.Choice(COMPARE_FORMATS),
    help="What to print.",
)
def compare(scenario: tuple[str, ...], front: str | None, form: str) -> None:
    """Set each SCENARIO, by default all that ship, side by side against one front.

    \b
    Examples:
      geo compare
      geo compare dnipro-line my-zones.geojson --format markdown
    """
    from geo import briefing, tables
    from geo.scenario import find_scenario

    line = options.find_front(front)
    chosen = [find_scenario(name) for name in scenario or catalogue.scenarios()]
    measured = [(briefing.measure_scenario(each, line), line) for each in chosen]
    if form == "json":
        text = tables.render_json([tables.build_record(*pair) for pair in measured])
    elif form == "csv":
        text = tables.render_csv(measured)
    elif form == "markdown":
        text = tables.render_comparison_markdown(measured)
    else:
        text = tables.render_comparison_table(measured)
    click.echo(text, nl=False)
