"""``geo render``: scenarios become maps on disk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli import options

if TYPE_CHECKING:
    from geo.briefing import Briefing

RENDERED_FORMATS = ("html",)
"""What can be asked for with ``--format``."""


@click.command()
@options.with_scenarios
@click.option(
    "--format",
    "formats",
    default="html",
    show_default=True,
    metavar="FORMATS",
    help=f"Comma-separated: {', '.join(RENDERED_FORMATS)}.",
)
@click.option(
    "--out",
    default="maps",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Folder the maps are written to; made if it is not there.",
)
@click.option("--open", "launch", is_flag=True, help="Open the maps when they are written.")
def render(
    scenario: tuple[str, ...], every: bool, front: str | None, formats: str, out: Path, launch: bool
) -> None:
    """Write the map of each SCENARIO and print its distances.

    With --all, index.html leads to all of them and compare.html sets them side by side.
    SCENARIO is a shipped id (see 'geo list') or the path of a GeoJSON file.

    \b
    Examples:
      geo render dnipro-line
      geo render --all --out briefing
      geo render my-zones.geojson --front my-line-2025-04-01.geojson --open
    """
    wanted = _parse_formats(formats)
    pairs = options.read_pairs(scenario, every, front)
    targets = [out / f"{each.id}.{suffix}" for each, _ in pairs for suffix in wanted]
    if len(set(targets)) < len(targets):
        raise click.UsageError(
            "Two of these scenarios have the same id and would be written to the same file."
        )

    from geo import briefing, output, tables, webmap

    made = []
    for number, (each, line) in enumerate(pairs, 1):
        if len(pairs) > 1:
            click.echo(f"[{number}/{len(pairs)}] {each.id}", err=True)
        built = briefing.build_briefing(each, line)
        made.append(built)
        target = out / f"{each.id}.html"
        output.save_bytes(webmap.render_html(built), target)
        click.echo(tables.render_table(built.metrics, line))
        click.echo(f"Wrote {target}", err=True)
        if launch:
            click.launch(target.resolve().as_uri())
    if every and "html" in wanted:
        _write_gallery(made, out)


def _write_gallery(briefings: list[Briefing], out: Path) -> None:
    """Write the page that leads to all maps of a folder and, where all have one front, the page that compares them."""
    from geo import comparison, output, webmap

    front = briefings[0].front
    if all(each.front == front for each in briefings):
        built = comparison.combine_briefings(briefings, front)
        page = webmap.render_comparison(built, maps=[each.scenario.id for each in briefings])
        output.save_bytes(page, out / "compare.html")
        click.echo(f"Wrote {out / 'compare.html'}", err=True)
    index = webmap.render_gallery(briefings, has_comparison=(out / "compare.html").is_file())
    output.save_bytes(index, out / "index.html")
    click.echo(f"Wrote {out / 'index.html'}", err=True)


def _parse_formats(text: str) -> list[str]:
    wanted = [name.strip().lower() for name in text.split(",")]
    for name in wanted:
        if name not in RENDERED_FORMATS:
            known = ", ".join(RENDERED_FORMATS)
            raise click.BadParameter(f"{name!r} is not a format this version writes. It writes: {known}.")
    return list(dict.fromkeys(wanted))
