"""``geo metrics``: the distances of scenarios as a table, JSON, CSV or Markdown."""

from __future__ import annotations

import click

from geo.cli import messages, options, results
from geo.cli.results import Offer, Result

OFFER = Offer(printed=("table", "json", "csv", "markdown"), default="table")


@click.command()
@options.with_scenarios
@results.with_result(OFFER)
@messages.with_quiet
def metrics(scenario_names: tuple[str, ...], every: bool, front_name: str | None, result: Result) -> None:
    """Print the distances from each SCENARIO to the front.

    \b
    Examples:
      geo metrics dnipro-line
      geo metrics --all --json
      geo metrics --all --out distances.csv
    """
    pairs = options.read_pairs(scenario_names, every, front_name)

    from geo.briefing import briefing, records, tables

    measured = [(briefing.measure_scenario(scenario, front), front) for scenario, front in pairs]
    if result.form == "json":
        objects = [records.build_record(*pair) for pair in measured]
        text = messages.render_json(objects if every or len(objects) > 1 else objects[0])
    elif result.form == "csv":
        text = records.render_csv(measured)
    else:
        renderer = tables.render_table if result.form == "table" else tables.render_markdown
        text = "\n".join(renderer(*pair) for pair in measured)
    result.say(text)
