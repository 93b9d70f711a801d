"""``geo history``: a scenario against every dated front of a folder."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli import chosen, interruption, loading, messages, options, results, watching
from geo.cli.progress import Progress
from geo.cli.results import Offer, Result
from geo.errors import DataError
from geo.renderers import formats, names

if TYPE_CHECKING:
    from geo.measuring.history import History

OFFER = Offer(
    printed=("table", "json", "csv"),
    written=formats.find_suffixes("history"),
    default="table",
    folder="maps",
)
_STRICT = "Mend or remove what is named above, or leave --strict out."
_STEPS = {"read": "Reading fronts", "measure": "Measuring"}


@click.command()
@click.argument("scenario_name", metavar="SCENARIO", shell_complete=options.complete_scenario)
@click.option(
    "--fronts",
    "folder",
    required=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Folder of front files, each dated by its content or its name.",
)
@click.option(
    "--front-definition",
    "definition",
    type=click.Choice(("contact", "edge")),
    help="What to take of an occupied area: its line of contact (the default), or any edge of it.",
)
@options.with_choice
@options.with_zone_choice
@results.with_result(OFFER)
@options.with_imprint
@click.option(
    "--cache",
    "cache_folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Folder that keeps results between runs; default: this user's cache folder. It may be deleted at any time.",
)
@click.option("--strict", is_flag=True, help="End with exit code 1 if any file had to be skipped.")
@watching.with_watch
@messages.with_quiet
def history(
    scenario_name: str,
    folder: Path,
    definition: str | None,
    result: Result,
    cache_folder: Path | None,
    strict: bool,
    watch: bool,
) -> None:
    """Measure a SCENARIO against every dated front in a folder, and show how its distances changed.

    Missing days do no harm, and identical ones are measured once. Files that cannot be used are named and left out. An
    interrupted run goes on where it stopped.

    \b
    Examples:
      geo history dnipro-line --fronts my-fronts
      geo history dnipro-line --fronts my-fronts --format html --out maps
      geo history my-zones.geojson --fronts my-fronts --format html --watch
    """
    interruption.promise_resumption()
    measure = functools.partial(_measure, scenario_name, folder, definition, cache_folder)
    if watch:
        watching.validate_watch(result, [scenario_name])
        _watch(measure, scenario_name, folder, result)
        return
    history = measure()
    if result.form in OFFER.printed:
        result.say(_render_text(history, result.form))
    else:
        for _, data, place in _render(history, result):
            result.save(data, place)
    _echo_work(history, strict=strict)
    if strict and history.skipped:
        raise DataError.of(folder, f"{len(history.skipped)} of its files could not be used", _STRICT)


def _measure(scenario_name: str, folder: Path, definition: str | None, cache_folder: Path | None) -> History:
    from geo.measuring.cache import Cache
    from geo.measuring.history import measure_history

    scenario = chosen.find_scenario(scenario_name)
    with contextlib.closing(Progress()) as progress:
        return measure_history(
            scenario,
            folder,
            definition=definition,
            choice=chosen.read_choice(),
            cache=Cache(cache_folder or _default_cache()),
            tell=lambda step, done, of: progress.tell(_STEPS[step], done, of),
        )


def _render(history: History, result: Result) -> Iterator[tuple[str, bytes, Path]]:
    """Yield each format with its bytes and the file they go to."""
    loading.prepare(result.forms)
    shown = formats.Shown(history, imprint=chosen.read_imprint())
    for form in result.forms:
        data = formats.render_file(shown, "history", form)
        yield form, data, result.find_place(names.name_history(history, form))


def _watch(measure: Callable[[], History], scenario_name: str, folder: Path, result: Result) -> None:
    """Write page and chart with every save, always under the names that they had at first."""
    places: dict[str, Path] = {}

    def build() -> bytes:
        history = measure()
        rendered = list(_render(history, result))
        for form, data, place in rendered:
            result.save(data, places.setdefault(form, place))
        _echo_work(history, strict=False)
        return next(data for form, data, _ in rendered if form == "html")

    title = chosen.find_scenario(scenario_name).title
    watching.watch(build, watching.list_places(scenario_name, folder), title)


def _render_text(history: History, form: str) -> str:
    from geo.briefing import records, tables

    if form == "json":
        return messages.render_json(records.build_history_record(history))
    return records.render_history_csv(history) if form == "csv" else tables.render_history_table(history)


def _echo_work(history: History, *, strict: bool) -> None:
    """Say what was skipped, which is part of an error where the user is strict, and how much work was done."""
    messages.note_front(history.days[-1].front)
    noted = sum(bool(day.front.notes) for day in history.days[:-1])
    if noted:
        messages.note(f"Note: of the files of {noted} other days something was left out as well.")
    for failure in history.skipped:
        words = f"Skipped {failure.file}: {failure.reason}"
        messages.say(words, err=True) if strict else messages.note(words)
    work = history.work
    spent = "".join(f", {seconds:.2f} s to {step} one" for step, seconds in work.seconds.items())
    messages.note(
        f"{_count(work.files, 'file')}, {len(history.skipped)} skipped; {_count(work.fronts, 'front', 'different ')}, "
        f"{work.recalled} from the cache{spent}."
    )


def _count(count: int, noun: str, which: str = "") -> str:
    """Return how many there are; of several, ``which`` says of what sort."""
    return f"1 {noun}" if count == 1 else f"{count} {which}{noun}s"


def _default_cache() -> Path:
    import platformdirs

    return Path(platformdirs.user_cache_dir("geo-scenarios", appauthor=False))
