"""``geo compare``: several scenarios side by side, measured against one front."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo import catalogue
from geo.cli import options

if TYPE_CHECKING:
    from geo.front import Front
    from geo.scenario import Scenario

COMPARE_FORMATS = ("table", "json", "csv", "markdown", "html")
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
    help="What to print; html writes compare.html instead.",
)
@click.option(
    "--out",
    default="maps",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Folder compare.html is written to; maps of these scenarios that lie in it are linked.",
)
def compare(scenario: tuple[str, ...], front: str | None, form: str, out: Path) -> None:
    """Set each SCENARIO, by default all that ship, side by side against one front.

    \b
    Examples:
      geo compare
      geo compare dnipro-line my-zones.geojson --format markdown
      geo compare --format html --out briefing
    """
    from geo import briefing, tables
    from geo.front import find_front
    from geo.scenario import find_scenario

    line = find_front(front)
    chosen = [find_scenario(name) for name in scenario or catalogue.scenarios()]
    if form == "html":
        _write_page(chosen, line, out)
        return
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


def _write_page(scenarios: list[Scenario], front: Front, out: Path) -> None:
    """Write the comparison as a page, with links to the maps that lie beside it."""
    from geo import comparison, output, webmap

    built = comparison.build_comparison(scenarios, front)
    there = [each.id for each in scenarios if (out / f"{each.id}.html").is_file()]
    output.save_bytes(webmap.render_comparison(built, maps=there), out / "compare.html")
    click.echo(f"Wrote {out / 'compare.html'}", err=True)
