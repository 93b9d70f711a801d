"""``geo history``: a scenario against every dated front of a folder."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geo.cli import messages, options

if TYPE_CHECKING:
    from geo.measuring.history import History

PRINTED = ("table", "json", "csv")
WRITTEN = ("html", "png", "svg")
_STEPS = {"read": "Reading fronts", "measure": "Measuring"}


@click.command()
@click.argument("scenario", shell_complete=options.complete_scenario)
@click.option(
    "--fronts",
    "folder",
    required=True,
    type=click.Path(path_type=Path),
    help="Folder of front files, each dated by its content or its name.",
)
@click.option(
    "--front-definition",
    "definition",
    type=click.Choice(("contact", "edge")),
    help="What to take of an occupied area: its line of contact (the default), or any edge of it.",
)
@click.option(
    "--format",
    "form",
    default="table",
    show_default=True,
    type=click.Choice((*PRINTED, *WRITTEN)),
    help="What to print (table, json, csv) or to write into --out (html, png, svg).",
)
@click.option(
    "--out",
    default="maps",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Folder for html, png and svg; made if it is not there.",
)
@click.option(
    "--cache",
    "cache_folder",
    type=click.Path(path_type=Path),
    help="Folder that keeps results between runs; default: this user's cache folder. It may be deleted at any time.",
)
@click.option("--strict", is_flag=True, help="End with exit code 1 if any file had to be skipped.")
def history(
    scenario: str,
    folder: Path,
    definition: str | None,
    form: str,
    out: Path,
    cache_folder: Path | None,
    strict: bool,
) -> None:
    """Measure a SCENARIO against every dated front in a folder, and show how its distances changed.

    Missing days do no harm, and identical ones are measured once. Files that cannot be used are named and left out. An
    interrupted run goes on where it stopped.

    \b
    Examples:
      geo history dnipro-line --fronts my-fronts
      geo history dnipro-line --fronts my-fronts --format html --out maps
    """
    from geo.files import saving
    from geo.measuring import cache
    from geo.measuring import history as through_time
    from geo.scenarios.scenario import find_scenario

    each = find_scenario(scenario)
    store = cache.Cache(cache_folder or _default_cache())
    told = through_time.measure_history(each, folder, definition=definition, cache=store, tell=_tell)
    if form in PRINTED:
        click.echo(_print(told, form), nl=False)
    else:
        target = out / f"{each.id}-history.{form}"
        saving.save_bytes(_draw(told, form), target)
        click.echo(f"Wrote {target}", err=True)
    _report(told)
    if strict and told.skipped:
        raise click.exceptions.Exit(1)


def _print(told: History, form: str) -> str:
    from geo.briefing import records, tables

    if form == "json":
        return messages.render_json(records.build_history_record(told))
    return records.render_history_csv(told) if form == "csv" else tables.render_history_table(told)


def _draw(told: History, form: str) -> bytes:
    from geo import provenance
    from geo.renderers.figure import chart

    if form == "html":
        from geo.renderers.webmap import historypage

        data = historypage.render_html(told)
    else:
        data = chart.render_chart(told, form)
    return provenance.seal_bytes(data, form, provenance.build_history_manifest(told))


def _report(told: History) -> None:
    messages.note_front(told.days[-1].front)
    for each in told.skipped:
        click.echo(f"Skipped {each.file}: {each.reason}", err=True)
    work = told.work
    spent = "".join(f", {seconds:.2f} s to {step} one" for step, seconds in work.seconds.items())
    click.echo(
        f"{work.files} files, {len(told.skipped)} skipped; {work.fronts} different fronts, "
        f"{work.recalled} of them from the cache{spent}.",
        err=True,
    )


def _default_cache() -> Path:
    import platformdirs

    return Path(platformdirs.user_cache_dir("geo-scenarios", appauthor=False))


def _tell(step: str, done: int, of: int) -> None:
    """Draw one progress bar a step on stderr, where that is a terminal."""
    if not sys.stderr.isatty():
        return
    bars: dict[str, Any] = click.get_current_context().meta.setdefault(__name__, {})
    if step not in bars:
        bars[step] = click.progressbar(length=of, label=_STEPS[step], file=sys.stderr)
    bars[step].update(done - bars[step].pos)
    if done == of:
        bars[step].render_finish()
