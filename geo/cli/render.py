"""``geo render``: scenarios become maps, pages and slides on disk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli import loading, messages, options
from geo.renderers import attachments, formats, names

if TYPE_CHECKING:
    from geo.briefing.briefing import Briefing

FORMATS = formats.find_suffixes("render")


@click.command()
@options.with_scenarios
@click.option(
    "--format",
    "listed",
    default="html",
    show_default=True,
    metavar="FORMATS",
    help=f"Comma-separated: {', '.join(FORMATS)}.",
)
@options.with_page
@options.with_marking
@options.with_imprint
@options.with_out
@click.option("--open", "launch", is_flag=True, help="Open the files when they are written.")
def render(
    scenario_names: tuple[str, ...],
    every: bool,
    front_name: str | None,
    listed: str,
    page: str,
    marking: str | None,
    out: Path,
    launch: bool,
) -> None:
    """Write the map of each SCENARIO and print its distances.

    SCENARIO is a shipped id (see 'geo list') or the path of a GeoJSON file. HTML opens offline in a browser; PNG, SVG,
    PDF and PPTX are for attaching, printing and presenting.
    With --all, index.html leads to all of them and compare.html sets them side by side.
    A page against a front that is not the scenario's own says so in its name: dnipro-line_front-2026-08-22-1f3a9c.html.
    So no page takes the place of another front's.

    \b
    Examples:
      geo render dnipro-line
      geo render dnipro-line --format png,pdf,pptx --page 16x9
      geo render --all --out briefing
      geo render my-zones.geojson --front my-line-2025-04-01.geojson --open
    """
    wanted = options.parse_formats(listed, FORMATS)
    attachments.validate_letters(marking, wanted)
    pairs = options.read_pairs(scenario_names, every, front_name)
    files = [
        [
            (form, out / names.name_file(names.name_map(scenario), form, page, (scenario, front)))
            for form in wanted
        ]
        for scenario, front in pairs
    ]
    targets = [target for group in files for _, target in group]
    if len(set(targets)) < len(targets):
        raise click.UsageError(
            "Two of these scenarios have the same id and would be written to the same file."
        )

    from geo.briefing import briefing, tables
    from geo.files import saving

    if "html" in wanted:
        loading.defer_libraries()
    imprint = options.read_imprint()
    made = []
    for number, ((scenario, front), group) in enumerate(zip(pairs, files, strict=True), 1):
        if len(pairs) > 1:
            messages.say(f"[{number}/{len(pairs)}] {scenario.id}", err=True)
        built = briefing.build_briefing(scenario, front, marking=marking, imprint=imprint)
        made.append(built)
        shown = formats.Shown(built, page)
        messages.echo_unknown_letters(built, wanted)
        for form, target in group:
            saving.save_bytes(formats.render_file(shown, "render", form), target)
            messages.say(f"Wrote {target}", err=True)
            if launch:
                click.launch(target.resolve().as_uri())
    if every and "html" in wanted:
        _write_gallery(made, out)
    # after the files, which are written even where nobody reads the tables
    messages.say("\n".join(tables.render_table(each.metrics, each.front) for each in made), nl=False)


def _write_gallery(briefings: list[Briefing], out: Path) -> None:
    """Write the page that leads to all maps of a folder and, where all have one front, the page that compares them."""
    from geo.briefing import comparison
    from geo.files import saving

    front, shown = briefings[0].front, [(each.scenario, each.front) for each in briefings]
    has_comparison = all(each.front == front for each in briefings)
    if has_comparison:
        built = comparison.combine_briefings(briefings, front)
        page = formats.Shown(built, beside=frozenset(each.scenario.id for each in briefings))
        target = out / names.name_page("compare", *shown)
        saving.save_bytes(formats.render_file(page, "compare", "html"), target)
        messages.say(f"Wrote {target}", err=True)
    target = out / names.name_page("index", *shown)
    saving.save_bytes(attachments.render_gallery(briefings, has_comparison=has_comparison), target)
    messages.say(f"Wrote {target}", err=True)
