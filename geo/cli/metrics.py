"""``geo metrics``: the distances of scenarios as a table, JSON, CSV or Markdown."""

from __future__ import annotations

import click

from geo.cli import messages, options

METRICS_FORMATS = ("table", "json", "csv", "markdown")


@click.command()
@options.with_scenarios
@click.option(
    "--format",
    "form",
    default="table",
    show_default=True,
    type=click.Choice(METRICS_FORMATS),
    help="What to print.",
)
def metrics(scenario_names: tuple[str, ...], every: bool, front_name: str | None, form: str) -> None:
    """Print the distances from each SCENARIO to the front.

    \b
    Examples:
      geo metrics dnipro-line
      geo metrics --all --format csv > distances.csv
    """
    pairs = options.read_pairs(scenario_names, every, front_name)

    from geo.briefing import briefing, records, tables

    measured = [(briefing.measure_scenario(scenario, front), front) for scenario, front in pairs]
    if form == "json":
        objects = [records.build_record(*pair) for pair in measured]
        text = messages.render_json(objects if every or len(objects) > 1 else objects[0])
    elif form == "csv":
        text = records.render_csv(measured)
    else:
        renderer = tables.render_table if form == "table" else tables.render_markdown
        text = "\n".join(renderer(*pair) for pair in measured)
    messages.say(text, nl=False)
