"""What the options of a command stand for: scenarios, fronts, and what the user says of their files."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from geo import shipped
from geo.cli import messages, options
from geo.cli.options import FRONT_VARIABLE
from geo.errors import GeoError

if TYPE_CHECKING:
    from geo.briefing.imprint import Imprint
    from geo.fronts.choosing import Choice
    from geo.fronts.front import Front
    from geo.scenarios.scenario import Scenario


def read_pairs(
    scenario_names: tuple[str, ...], every: bool, front_name: str | None
) -> list[tuple[Scenario, Front]]:
    """Read each scenario named, and the one front to measure all of them against."""
    if every and scenario_names:
        raise click.UsageError("Name scenarios or use --all, not both.")
    if not every and not scenario_names:
        raise click.UsageError("Name a scenario ('geo list' shows them) or use --all.")
    scenarios = [find_scenario(name) for name in (shipped.scenarios() if every else scenario_names)]
    front = choose_front(scenarios, front_name)
    return [(scenario, front) for scenario in scenarios]


def choose_front(scenarios: Sequence[Scenario], front_name: str | None) -> Front:
    """Read the one front that scenarios are measured to: the one asked for, or that all of them name, or the newest.

    A scenario that names none stands for the newest. Where the front is not the newest, or the scenarios do not agree,
    a note on stderr says so.
    """
    from geo.fronts import fetched

    newest = shipped.latest_front().stem
    named = dict.fromkeys(scenario.front or newest for scenario in scenarios)
    if front_name is not None:
        return find_front(front_name)
    if len(named) > 1:
        messages.note(
            f"Note: the scenarios name different fronts ({', '.join(named)}). All are measured to the newest, "
            f"{newest}. Choose one with --front."
        )
        return find_front(newest)
    (chosen,) = named
    if chosen != newest:
        by = "the scenario names" if len(scenarios) == 1 else "all scenarios name"
        messages.note(
            f"Note: measured to the front of {chosen}, which {by}. The newest is {fetched.find_newest_day()}: "
            "--front latest."
        )
    return find_front(chosen)


def find_scenario(name: str) -> Scenario:
    """Read the scenario that an argument names as the options say, and tell what of its file was left out or mended."""
    from geo.scenarios import scenario as reading

    choice = {} if name in shipped.scenarios() else read_zone_choice()
    found = reading.find_scenario(name, **choice)
    messages.note_scenario(found)
    return found


def find_front(name: str | None) -> Front:
    """Read the front that ``--front`` names as its options say, with what the user says of it."""
    from geo.fronts import reading

    if is_front_of_environment():
        messages.note(
            f"Note: measured to the front that the environment variable {FRONT_VARIABLE} names, {name}."
        )
    with naming_variable():
        front = add_facts(reading.find_front(name, **read_how()))
    messages.note_front(front)
    return front


def find_both_fronts(earlier: str, later: str) -> tuple[Front, Front]:
    """Read the fronts that ``--from`` and ``--to`` name, those that do not ship as the options on reading a front say.

    Raises
    ------
    UsageError
        ``--front`` is given too, or ``--as-of``, which can be true of one of them only.
    """
    from geo.fronts import reading

    context, how = click.get_current_context(), read_how()
    if context.get_parameter_source("front_name") is ParameterSource.COMMANDLINE:
        raise click.UsageError("--front names one front, and --from and --to name two. Leave --front out.")
    if how["as_of"] is not None:
        raise click.UsageError(
            "--as-of is for one front, and here are two. Write the day into each file's name: line-2025-03-27.geojson."
        )
    before, after = (
        reading.find_front(name, definition=how["definition"])
        if name in options.list_fronts()  # its file says all that the options may say
        else add_facts(reading.find_front(name, **how))
        for name in (earlier, later)
    )
    for front in (before, after):
        messages.note_front(front)
    return before, after


def read_how() -> dict[str, Any]:
    """Return what the user said on how to read a front's file, as keywords of `geo.fronts.reading.find_front`."""
    moment = options.recall("as_of")
    return {
        "definition": options.recall("front_definition"),
        "as_of": moment.date() if moment else None,
        "choice": read_choice(),
    }


def read_choice() -> Choice:
    """Return what the user said is the front in a file."""
    from geo.fronts.choosing import Choice

    where, layer, day = (options.recall(name) for name in ("where", "layer", "day"))
    if not _has_front_file():
        layer = None  # it is the scenario's, see `read_zone_choice`
    return Choice(tuple(map(_split_pair, where or ())), layer, day.date() if day else None)


def read_zone_choice() -> dict[str, Any]:
    """Return what the user said on how to read a scenario's file, as keywords of `scenario.find_scenario`.

    ``--layer`` goes for the scenario where there is no file of a front that it could be meant for.
    """
    layer = options.recall("zone_layer")
    if layer is None and not _has_front_file():
        layer = options.recall("layer")
    return {"layer": layer, "name_column": options.recall("name_column")}


def take_layer() -> str | None:
    """Return what ``--layer`` says, and let the front be read without it."""
    layer: str | None = options.recall("layer")
    options.forget("layer")
    return layer


def add_facts(front: Front) -> Front:
    """Return a front with what ``--source``, ``--licence`` and ``--uncertainty-km`` say of it."""
    from geo.fronts import said

    return said.add_facts(front, read_facts())


def read_facts() -> dict[str, Any]:
    """Return what ``--source``, ``--licence`` and ``--uncertainty-km`` say, each None where it is not given.

    Raises
    ------
    UsageError
        A text or number cannot be meant.
    """
    from geo.fronts import said

    return said.validate_facts({key: options.recall(key) for key in said.SAID_KEYS})


def read_imprint() -> Imprint:
    """Return what ``--issued`` and ``--contact`` say."""
    from geo.briefing.imprint import Imprint

    issued = options.recall("issued")
    return Imprint(issued.date() if issued else None, options.recall("contact"))


def is_front_of_environment() -> bool:
    """Ask whether ``--front`` was not given, and an environment variable stands for it."""
    source = click.get_current_context().get_parameter_source("front_name")
    return source is ParameterSource.ENVIRONMENT


@contextlib.contextmanager
def naming_variable() -> Iterator[None]:
    """Let an error in what an environment variable names say so: its user typed no such thing."""
    try:
        yield
    except GeoError as error:
        if is_front_of_environment():
            error.add_note(
                f"The environment variable {FRONT_VARIABLE} names this front. Correct it, or unset it."
            )
        raise


def _has_front_file() -> bool:
    """Ask whether a file of a front is named, or may be in a folder."""
    given = click.get_current_context().params
    named = [given[name] for name in ("front_name", "earlier", "later") if name in given]
    return not named or any(name is not None and name not in options.list_fronts() for name in named)


def _split_pair(text: str) -> tuple[str, str]:
    column, equals, value = text.partition("=")
    if not (column.strip() and equals):
        raise click.BadParameter(f"--where {text!r} is no COLUMN=VALUE, as in status=occupied.")
    return column.strip(), value.strip()
