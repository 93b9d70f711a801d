"""``geo compare``: several scenarios side by side, measured against one front."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from geo import shipped
from geo.cli import chosen, loading, messages, options, results
from geo.cli.results import Offer, Result
from geo.renderers import attachments, formats, names

if TYPE_CHECKING:
    from geo.fronts.front import Front
    from geo.scenarios.scenario import Scenario

OFFER = Offer(
    printed=("table", "json", "csv", "markdown"),
    written=formats.find_suffixes("compare"),
    default="table",
    folder="maps",
)


@click.command()
@options.with_scenario_arguments
@options.with_front
@results.with_result(OFFER)
@options.with_page
@options.with_marking
@options.with_imprint
@messages.with_quiet
def compare(
    scenario_names: tuple[str, ...],
    front_name: str | None,
    result: Result,
    page: str,
    marking: str | None,
) -> None:
    """Set each SCENARIO, by default all that ship, side by side against one front.

    \b
    Examples:
      geo compare
      geo compare dnipro-line my-zones.geojson --format markdown
      geo compare --format pdf,pptx --out briefing
      geo compare --format html --out briefing
    """
    is_text = result.form in OFFER.printed
    if marking and is_text:
        raise click.BadParameter(
            f"--marking is for pages and slides; {result.form!r} is printed without one."
        )
    attachments.validate_letters(marking, result.forms)

    scenarios = [chosen.find_scenario(name) for name in scenario_names or shipped.scenarios()]
    front = chosen.choose_front(scenarios, front_name)
    if is_text:
        result.say(_render_text(result.form, scenarios, front))
    else:
        _write(result, scenarios, front, page, marking)


def _render_text(form: str, scenarios: list[Scenario], front: Front) -> str:
    from geo.briefing import briefing, records, tables

    measured = [(briefing.measure_scenario(scenario, front), front) for scenario in scenarios]
    if form == "json":
        return messages.render_json([records.build_record(*pair) for pair in measured])
    if form == "csv":
        return records.render_csv(measured)
    if form == "markdown":
        return tables.render_comparison_markdown(measured)
    return tables.render_comparison_table(measured)


def _write(result: Result, scenarios: list[Scenario], front: Front, page: str, marking: str | None) -> None:
    from geo.briefing import comparison

    built = comparison.build_comparison(scenarios, front, marking=marking, imprint=chosen.read_imprint())
    for each in built.briefings:
        messages.echo_unknown_letters(each, result.forms)
    shown = formats.Shown(built, page, names.find_maps_beside(result.folder, scenarios, front))
    loading.prepare(result.forms)
    for form in result.forms:
        name = "compare" if form == "html" else "comparison"
        place = result.find_place(names.name_file(name, form, page, *((each, front) for each in scenarios)))
        result.save(formats.render_file(shown, "compare", form), place)
