"""``geo render``: scenarios become maps, pages and slides on disk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli import chosen, loading, messages, options, results, watching
from geo.cli.results import Offer, Result
from geo.renderers import attachments, formats, names

if TYPE_CHECKING:
    from geo.briefing.briefing import Briefing
    from geo.fronts.front import Front
    from geo.scenarios.scenario import Scenario


@click.command()
@options.with_scenarios
@results.with_result(Offer(written=formats.find_suffixes("render"), default="html", folder="maps"))
@options.with_page
@options.with_marking
@options.with_imprint
@click.option("--open", "launch", is_flag=True, help="Open the files when they are written.")
@watching.with_watch
@messages.with_quiet
def render(
    scenario_names: tuple[str, ...],
    every: bool,
    front_name: str | None,
    result: Result,
    page: str,
    marking: str | None,
    launch: bool,
    watch: bool,
) -> None:
    """Write the map of each SCENARIO and print its distances.

    SCENARIO is a shipped id (see 'geo list') or the path of a file of zones: GeoJSON, GeoPackage, Shapefile, KML,
    FlatGeobuf, GeoParquet, TopoJSON, packed ones too. HTML opens offline in a browser; PNG, SVG, PDF and PPTX are for
    attaching, printing and presenting.
    With --all, index.html leads to all of them and compare.html sets them side by side.
    A page against a front that is not the scenario's own says so in its name: dnipro-line_front-2026-08-22-1f3a9c.html.
    So no page takes the place of another front's.

    \b
    Examples:
      geo render dnipro-line
      geo render dnipro-line --format png,pdf,pptx --page 16x9
      geo render dnipro-line --out for-tomorrow.pdf
      geo render --all --out briefing
      geo render my-zones.geojson --front my-line-2025-04-01.geojson --open
      geo render my-zones.geojson --watch --open
    """
    attachments.validate_letters(marking, result.forms)
    if launch and result.is_printed:
        raise click.UsageError("--open opens files, and with --out - there are none.")
    if watch:
        watching.validate_watch(result, (*scenario_names, front_name))
    pairs = chosen.read_pairs(scenario_names, every, front_name)
    result.validate_single(len(pairs), "scenario")
    files = [
        [
            (
                form,
                result.find_place(names.name_file(names.name_map(scenario), form, page, (scenario, front))),
            )
            for form in result.forms
        ]
        for scenario, front in pairs
    ]
    targets = [target for group in files for _, target in group]
    if len(set(targets)) < len(targets):
        raise click.UsageError(
            "Two of these scenarios have the same id and would be written to the same file."
        )

    from geo.briefing import tables

    loading.prepare(result.forms)
    if watch:
        if len(pairs) > 1:
            raise click.UsageError(f"--watch is for one scenario, and here are {len(pairs)}.")
        _watch(scenario_names, front_name, pairs, files[0], result, page, marking, launch=launch)
        return
    made = []
    for number, ((scenario, front), group) in enumerate(zip(pairs, files, strict=True), 1):
        if len(pairs) > 1:
            messages.note(f"[{number}/{len(pairs)}] {scenario.id}")
        built = _build(scenario, front, result, marking)
        made.append(built)
        for _, data, target in _render(built, group, page):
            result.save(data, target)
            if launch:
                click.launch(target.resolve().as_uri())
    if every and "html" in result.forms and not result.is_file:
        _write_gallery(made, result)
    # after the files, which are written even where nobody reads the tables
    if not result.is_printed:
        messages.say("\n".join(tables.render_table(each.metrics, each.front) for each in made), nl=False)


def _build(scenario: Scenario, front: Front, result: Result, marking: str | None) -> Briefing:
    from geo.briefing import briefing

    built = briefing.build_briefing(scenario, front, marking=marking, imprint=chosen.read_imprint())
    messages.echo_unknown_letters(built, result.forms)
    return built


def _render(
    built: Briefing, group: Sequence[tuple[str, Path]], page: str
) -> Iterator[tuple[str, bytes, Path]]:
    """Yield each format with its bytes and the file they go to."""
    shown = formats.Shown(built, page)
    for form, target in group:
        yield form, formats.render_file(shown, "render", form), target


def _watch(
    scenario_names: tuple[str, ...],
    front_name: str | None,
    pairs: list[tuple[Scenario, Front]],
    group: Sequence[tuple[str, Path]],
    result: Result,
    page: str,
    marking: str | None,
    *,
    launch: bool,
) -> None:
    """Write the files of one scenario with every save, always under the names that they had at first."""
    title, first = pairs[0][0].title, iter(pairs)

    def build() -> bytes:
        pair = next(first, None) or chosen.read_pairs(scenario_names, False, front_name)[0]
        rendered = list(_render(_build(*pair, result, marking), group, page))
        for _, data, target in rendered:
            result.save(data, target)
        return next(data for form, data, _ in rendered if form == "html")

    watching.watch(build, watching.list_places(*scenario_names, front_name), title, launch=launch)


def _write_gallery(briefings: list[Briefing], result: Result) -> None:
    """Write the page that leads to all maps of a folder and, where all have one front, the page that compares them."""
    from geo.briefing import comparison

    front, shown = briefings[0].front, [(each.scenario, each.front) for each in briefings]
    has_comparison = all(each.front == front for each in briefings)
    if has_comparison:
        built = comparison.combine_briefings(briefings, front)
        page = formats.Shown(built, beside=frozenset(each.scenario.id for each in briefings))
        target = result.find_place(names.name_page("compare", *shown))
        result.save(formats.render_file(page, "compare", "html"), target)
    target = result.find_place(names.name_page("index", *shown))
    result.save(attachments.render_gallery(briefings, has_comparison=has_comparison), target)
