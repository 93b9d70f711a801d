"""``geo metrics``: the distances of scenarios as a table, JSON, CSV, Markdown or a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from geo.cli import chosen, messages, options, results
from geo.cli.results import Offer, Result
from geo.renderers import formats

if TYPE_CHECKING:
    from geo.fronts.front import Front
    from geo.scenarios.scenario import Scenario

OFFER = Offer(
    printed=("table", "json", "csv", "markdown"), written=formats.find_suffixes("metrics"), default="table"
)


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
      geo metrics --all --out distances.xlsx
    """
    pairs = chosen.read_pairs(scenario_names, every, front_name)
    if result.form in OFFER.printed:
        result.say(_render_text(result.form, pairs, is_list=every or len(pairs) > 1))
        return

    from geo.briefing import briefing

    built = tuple(briefing.build_briefing(*pair) for pair in pairs)
    data = formats.render_file(formats.Shown(built), "metrics", result.form)
    result.save(data, result.find_place(f"distances.{result.form}"))


def _render_text(form: str, pairs: Sequence[tuple[Scenario, Front]], *, is_list: bool) -> str:
    from geo.briefing import briefing, records, tables

    measured = [(briefing.measure_scenario(scenario, front), front) for scenario, front in pairs]
    if form == "json":
        objects = [records.build_record(*pair) for pair in measured]
        return messages.render_json(objects if is_list else objects[0])
    if form == "csv":
        return records.render_csv(measured)
    renderer = tables.render_table if form == "table" else tables.render_markdown
    return "\n".join(renderer(*pair) for pair in measured)
