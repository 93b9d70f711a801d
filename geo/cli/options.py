"""Arguments and options that several commands share, and what they stand for."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from geo import shipped
from geo.cli import messages
from geo.errors import GeoError
from geo.renderers import attachments

if TYPE_CHECKING:
    from geo.briefing.imprint import Imprint
    from geo.fronts.choosing import Choice
    from geo.fronts.front import Front
    from geo.scenarios.scenario import Scenario

Command = Callable[..., Any]

_FRONT = "GEO_FRONT"


def with_scenarios(command: Command) -> Command:
    """Give a command its SCENARIO arguments, ``--all`` and ``--front``."""
    command = with_front(command)
    command = click.option("--all", "every", is_flag=True, help="Take every scenario that ships.")(command)
    return with_scenario_arguments(command)


def with_scenario_arguments(command: Command) -> Command:
    """Give a command its SCENARIO arguments and the options of `with_zone_choice`."""
    return click.argument(
        "scenario_names", nargs=-1, metavar="[SCENARIO]...", shell_complete=complete_scenario
    )(with_zone_choice(command))


def with_zone_choice(command: Command) -> Command:
    """Give a command ``--zone-layer`` and ``--name-column``, which `find_scenario` obeys."""
    command = click.option(
        "--name-column",
        metavar="COLUMN",
        expose_value=False,
        callback=_keep,
        help="Of a scenario's file: the column with the names of the zones, where it is not found by itself.",
    )(command)
    return click.option(
        "--zone-layer",
        metavar="NAME",
        expose_value=False,
        callback=_keep,
        help="Of a scenario's file with several layers, or folders in KML: the one of this name. --layer does it "
        "too, where --front names no file.",
    )(command)


def with_front(command: Command) -> Command:
    """Give a command ``--front`` and, for `find_front`, ``--front-definition`` and ``--as-of``."""
    command = with_reading(command)
    return click.option(
        "--front",
        "front_name",
        metavar="FRONT",
        shell_complete=_complete_front,
        envvar=_FRONT,
        show_envvar=True,
        help="A date that ships or was fetched (see 'geo fronts'), or a file of lines or of the occupied area: "
        "GeoJSON, GeoPackage, Shapefile (zipped too), KML, FlatGeobuf; 'latest' is the newest that is here. "
        "Default: the one that all scenarios name, else the newest that ships.",
    )(command)


def with_reading(command: Command) -> Command:
    """Give a command ``--front-definition``, ``--as-of``, and the options of `with_choice` and `with_facts`."""
    command = click.option(
        "--as-of",
        metavar="DATE",
        type=click.DateTime(["%Y-%m-%d"]),
        expose_value=False,
        callback=_keep,
        help="The day the front's file describes, where the file does not say it (2025-03-27).",
    )(with_choice(with_facts(command)))
    return click.option(
        "--front-definition",
        type=click.Choice(("contact", "edge")),
        expose_value=False,
        callback=_keep,
        help="What to take of an occupied area: its line of contact (the default), or any edge of it, coasts and "
        "state borders included.",
    )(command)


def with_choice(command: Command) -> Command:
    """Give a command ``--where``, ``--layer`` and ``--day``, which `read_how` returns."""
    command = click.option(
        "--day",
        metavar="DATE",
        type=click.DateTime(["%Y-%m-%d"]),
        expose_value=False,
        callback=_keep,
        help="Of a front's file that holds several days: the features of this one (2025-03-27).",
    )(command)
    command = click.option(
        "--layer",
        metavar="NAME",
        expose_value=False,
        callback=_keep,
        help="Of a front's file with several layers, or folders in KML: the one of this name.",
    )(command)
    return click.option(
        "--where",
        metavar="COLUMN=VALUE",
        multiple=True,
        expose_value=False,
        callback=_keep,
        help="Of a front's file: only features with this value, as in status=occupied. May be given several times.",
    )(command)


def with_facts(command: Command) -> Command:
    """Give a command ``--source``, ``--licence`` and ``--uncertainty-km``, which `find_front` adds to a front."""
    for name, metavar, kind, what in (
        ("--uncertainty-km", "KM", float, "How far the drawn line may lie from the true one"),
        ("--licence", "TEXT", str, "The licence of the front"),
        ("--source", "TEXT", str, "Who drew the front"),
    ):
        command = click.option(
            name,
            metavar=metavar,
            type=kind,
            expose_value=False,
            callback=_keep,
            help=f"{what}, where its file does not say it.",
        )(command)
    return command


def with_page(command: Command) -> Command:
    """Give a command ``--page``."""
    return click.option(
        "--page",
        default=attachments.PAGES[0],
        show_default=True,
        type=click.Choice(attachments.PAGES),
        help="Size of PNG, SVG and PDF: A4 landscape, or a wide screen. A slide is always 16x9.",
    )(command)


def with_marking(command: Command) -> Command:
    """Give a command ``--marking``."""
    return click.option(
        "--marking",
        metavar="TEXT",
        callback=lambda ctx, param, value: attachments.validate_marking(value),
        help="A handling line for the top and bottom of every page and slide. None unless you give one.",
    )(command)


def with_imprint(command: Command) -> Command:
    """Give a command ``--issued`` and ``--contact``, which `read_imprint` returns."""
    command = click.option(
        "--contact",
        metavar="TEXT",
        expose_value=False,
        callback=lambda ctx, param, value: _keep(ctx, param, attachments.validate_contact(value)),
        help="Whom to ask about the file, such as an address; it stands with the credits. None unless you give one.",
    )(command)
    return click.option(
        "--issued",
        metavar="DATE",
        type=click.DateTime(["%Y-%m-%d"]),
        expose_value=False,
        callback=_keep,
        help="The day of issue (2025-04-01). None unless you give one: no clock is read.",
    )(command)


def read_imprint() -> Imprint:
    """Return what ``--issued`` and ``--contact`` say."""
    from geo.briefing.imprint import Imprint

    kept = click.get_current_context().meta
    issued = kept.get(f"{__name__}.issued")
    return Imprint(issued.date() if issued else None, kept.get(f"{__name__}.contact"))


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


def read_how() -> dict[str, Any]:
    """Return what the user said on how to read a front's file, as keywords of `geo.fronts.reading.find_front`."""
    said = click.get_current_context().meta
    moment = said.get(f"{__name__}.as_of")
    return {
        "definition": said.get(f"{__name__}.front_definition"),
        "as_of": moment.date() if moment else None,
        "choice": read_choice(),
    }


def read_zone_choice() -> dict[str, Any]:
    """Return what the user said on how to read a scenario's file, as keywords of `scenario.find_scenario`.

    ``--layer`` goes for the scenario where there is no file of a front that it could be meant for.
    """
    said = click.get_current_context().meta
    layer = said.get(f"{__name__}.zone_layer")
    if layer is None and not _has_front_file():
        layer = said.get(f"{__name__}.layer")
    return {"layer": layer, "name_column": said.get(f"{__name__}.name_column")}


def find_scenario(name: str) -> Scenario:
    """Read the scenario that an argument names as the options say, and tell what of its file was left out or mended."""
    from geo.scenarios import scenario as reading

    choice = {} if name in shipped.scenarios() else read_zone_choice()
    found = reading.find_scenario(name, **choice)
    messages.note_scenario(found)
    return found


def take_layer() -> str | None:
    """Return what ``--layer`` says, and let the front be read without it."""
    layer: str | None = click.get_current_context().meta.pop(f"{__name__}.layer", None)
    return layer


def read_choice() -> Choice:
    """Return what the user said is the front in a file."""
    from geo.fronts.choosing import Choice

    said = click.get_current_context().meta
    where, layer, day = (said.get(f"{__name__}.{name}") for name in ("where", "layer", "day"))
    if not _has_front_file():
        layer = None  # it is the scenario's, see `read_zone_choice`
    return Choice(tuple(map(_split_pair, where or ())), layer, day.date() if day else None)


def _has_front_file() -> bool:
    """Ask whether a file of a front is named, or may be in a folder."""
    given = click.get_current_context().params
    named = [given[name] for name in ("front_name", "earlier", "later") if name in given]
    return not named or any(name is not None and name not in _list_fronts() for name in named)


def _split_pair(text: str) -> tuple[str, str]:
    column, equals, value = text.partition("=")
    if not (column.strip() and equals):
        raise click.BadParameter(f"--where {text!r} is no COLUMN=VALUE, as in status=occupied.")
    return column.strip(), value.strip()


def find_front(name: str | None) -> Front:
    """Read the front that ``--front`` names as its options say, with what the user says of it."""
    from geo.fronts import reading

    if is_front_of_environment():
        messages.note(f"Note: measured to the front that the environment variable {_FRONT} names, {name}.")
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
        if name in _list_fronts()  # its file says all that the options may say
        else add_facts(reading.find_front(name, **how))
        for name in (earlier, later)
    )
    for front in (before, after):
        messages.note_front(front)
    return before, after


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
            error.add_note(f"The environment variable {_FRONT} names this front. Correct it, or unset it.")
        raise


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

    kept = click.get_current_context().meta
    return said.validate_facts({key: kept.get(f"{__name__}.{key}") for key in said.SAID_KEYS})


def complete_place(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Complete the name of a place on the map."""
    from geo.reference import basemap

    return [place.name for place in basemap.read_places() if place.name.startswith(incomplete)]


def _keep(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
    """Keep an option's value for `read_how`, so that commands need not hand it on."""
    ctx.meta[f"{__name__}.{param.name}"] = value
    return value


def complete_scenario(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Complete the id of a shipped scenario."""
    return [name for name in shipped.scenarios() if name.startswith(incomplete)]


def _complete_front(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    return [name for name in _list_fronts() if name.startswith(incomplete)]


def _list_fronts() -> tuple[str, ...]:
    """Return every name of a front that is no file of the user."""
    from geo.fronts import fetched

    return (*fetched.list_names(), "latest")
