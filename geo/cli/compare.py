"""``geo compare``: several scenarios side by side, measured against one front."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo import shipped
from geo.cli import loading, messages, options
from geo.renderers import attachments, formats, names

if TYPE_CHECKING:
    from geo.fronts.front import Front
    from geo.scenarios.scenario import Scenario

PRINTED_FORMATS = ("table", "json", "csv", "markdown")
"""What is printed to stdout; every other format is written to a file."""

COMPARE_FORMATS = (*PRINTED_FORMATS, *formats.find_suffixes("compare"))
"""What can be asked for with ``--format``."""


@click.command()
@options.with_scenario_arguments
@options.with_front
@click.option(
    "--format",
    "listed",
    default="table",
    show_default=True,
    metavar="FORMATS",
    help=f"One to print: {', '.join(PRINTED_FORMATS)}; "
    f"or files to write, comma-separated: {', '.join(formats.find_suffixes('compare'))}.",
)
@options.with_page
@options.with_marking
@options.with_imprint
@options.with_out
def compare(
    scenario_names: tuple[str, ...],
    front_name: str | None,
    listed: str,
    page: str,
    marking: str | None,
    out: Path,
) -> None:
    """Set each SCENARIO, by default all that ship, side by side against one front.

    \b
    Examples:
      geo compare
      geo compare dnipro-line my-zones.geojson --format markdown
      geo compare --format pdf,pptx --out briefing
      geo compare --format html --out briefing
    """
    wanted = options.parse_formats(listed, COMPARE_FORMATS)
    printed = [form for form in wanted if form in PRINTED_FORMATS]
    if printed and len(wanted) > 1:
        raise click.BadParameter(f"{printed[0]!r} is printed; ask for it alone.")
    if marking and printed:
        raise click.BadParameter(f"--marking is for files; {printed[0]!r} is printed without one.")
    attachments.validate_letters(marking, wanted)
    from geo.scenarios.scenario import find_scenario

    scenarios = [find_scenario(name) for name in scenario_names or shipped.scenarios()]
    front = options.choose_front(scenarios, front_name)
    if printed:
        _print(printed[0], scenarios, front)
    else:
        _write(wanted, scenarios, front, page, marking, out)


def _print(form: str, scenarios: list[Scenario], front: Front) -> None:
    from geo.briefing import briefing, records, tables

    measured = [(briefing.measure_scenario(scenario, front), front) for scenario in scenarios]
    if form == "json":
        text = messages.render_json([records.build_record(*pair) for pair in measured])
    elif form == "csv":
        text = records.render_csv(measured)
    elif form == "markdown":
        text = tables.render_comparison_markdown(measured)
    else:
        text = tables.render_comparison_table(measured)
    messages.say(text, nl=False)


def _write(
    wanted: list[str], scenarios: list[Scenario], front: Front, page: str, marking: str | None, out: Path
) -> None:
    from geo.briefing import comparison
    from geo.files import saving

    built = comparison.build_comparison(scenarios, front, marking=marking, imprint=options.read_imprint())
    for each in built.briefings:
        messages.echo_unknown_letters(each, wanted)
    shown = formats.Shown(built, page, names.find_maps_beside(out, scenarios, front))
    if "html" in wanted:
        loading.defer_libraries()
    for form in wanted:
        name = "compare" if form == "html" else "comparison"
        target = out / names.name_file(name, form, page, *((each, front) for each in scenarios))
        saving.save_bytes(formats.render_file(shown, "compare", form), target)
        messages.say(f"Wrote {target}", err=True)
