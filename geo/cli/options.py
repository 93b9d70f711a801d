"""Arguments and options that several commands share; `chosen` beside it reads what they stand for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from geo import shipped
from geo.renderers import attachments

Command = Callable[..., Any]

FRONT_VARIABLE = "GEO_FRONT"
"""The environment variable that stands for ``--front``."""


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
    """Give a command ``--zone-layer`` and ``--name-column``, which `chosen.find_scenario` obeys."""
    command = _keep_option(
        "--name-column",
        metavar="COLUMN",
        help="Of a scenario's file: the column with the names of the zones, where it is not found by itself.",
    )(command)
    return _keep_option(
        "--zone-layer",
        metavar="NAME",
        help="Of a scenario's file with several layers, or folders in KML: the one of this name. --layer does it "
        "too, where --front names no file.",
    )(command)


def with_front(command: Command) -> Command:
    """Give a command ``--front`` and, for `chosen.find_front`, ``--front-definition`` and ``--as-of``."""
    command = with_reading(command)
    return click.option(
        "--front",
        "front_name",
        metavar="FRONT",
        shell_complete=_complete_front,
        envvar=FRONT_VARIABLE,
        show_envvar=True,
        help="A date that ships or was fetched (see 'geo fronts'), or a file of lines or of the occupied area: "
        "GeoJSON, GeoPackage, Shapefile (zipped too), KML, FlatGeobuf; 'latest' is the newest that is here. "
        "Default: the one that all scenarios of the command name, else, and for places, the newest that ships.",
    )(command)


def with_reading(command: Command) -> Command:
    """Give a command ``--front-definition``, ``--as-of``, and the options of `with_choice` and `with_facts`."""
    command = _keep_option(
        "--as-of",
        metavar="DATE",
        type=click.DateTime(["%Y-%m-%d"]),
        help="The day the front's file describes, where the file does not say it (2025-03-27).",
    )(with_choice(with_facts(command)))
    return _keep_option(
        "--front-definition",
        type=click.Choice(("contact", "edge")),
        help="What to take of an occupied area: its line of contact (the default), or any edge of it, coasts and "
        "state borders included.",
    )(command)


def with_choice(command: Command) -> Command:
    """Give a command ``--where``, ``--layer`` and ``--day``, which `chosen.read_how` returns."""
    command = _keep_option(
        "--day",
        metavar="DATE",
        type=click.DateTime(["%Y-%m-%d"]),
        help="Of a front's file that holds several days: the features of this one (2025-03-27).",
    )(command)
    command = _keep_option(
        "--layer",
        metavar="NAME",
        help="Of a front's file with several layers, or folders in KML: the one of this name.",
    )(command)
    return _keep_option(
        "--where",
        metavar="COLUMN=VALUE",
        multiple=True,
        help="Of a front's file: only features with this value, as in status=occupied. May be given several times.",
    )(command)


def with_facts(command: Command) -> Command:
    """Give a command ``--source``, ``--licence`` and ``--uncertainty-km``, which `chosen.read_facts` returns."""
    for name, metavar, kind, what in (
        ("--uncertainty-km", "KM", float, "How far the drawn line may lie from the true one"),
        ("--licence", "TEXT", str, "The licence of the front"),
        ("--source", "TEXT", str, "Who drew the front"),
    ):
        command = _keep_option(
            name,
            metavar=metavar,
            type=kind,
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
        help="Size of PNG, SVG and PDF: A4 or US Letter in landscape, or a wide screen. A slide is always 16x9.",
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
    """Give a command ``--issued`` and ``--contact``, which `chosen.read_imprint` returns."""
    command = click.option(
        "--contact",
        metavar="TEXT",
        expose_value=False,
        callback=lambda ctx, param, value: _keep(ctx, param, attachments.validate_contact(value)),
        help="Whom to ask about the file, such as an address; it stands with the credits. None unless you give one.",
    )(command)
    return _keep_option(
        "--issued",
        metavar="DATE",
        type=click.DateTime(["%Y-%m-%d"]),
        help="The day of issue (2025-04-01). None unless you give one: no clock is read.",
    )(command)


def complete_place(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Complete the name of a place on the map."""
    from geo.reference import basemap

    return [place.name for place in basemap.read_places() if place.name.startswith(incomplete)]


def _keep_option(name: str, **how: Any) -> Callable[[Command], Command]:
    """Return the decorator of an option whose value is kept for `recall`, so that commands need not hand it on."""
    return click.option(name, expose_value=False, callback=_keep, **how)


def _keep(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
    ctx.meta[f"{__name__}.{param.name}"] = value
    return value


def recall(name: str) -> Any:
    """Return the value that was kept of an option; None where it was not given."""
    return click.get_current_context().meta.get(f"{__name__}.{name}")


def forget(name: str) -> None:
    """Let an option count as not given."""
    click.get_current_context().meta.pop(f"{__name__}.{name}", None)


def complete_scenario(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Complete the id of a shipped scenario."""
    return [name for name in shipped.scenarios() if name.startswith(incomplete)]


def _complete_front(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    return [name for name in list_fronts() if name.startswith(incomplete)]


def list_fronts() -> tuple[str, ...]:
    """Return every name of a front that is no file of the user."""
    from geo.fronts import fetched

    return (*fetched.list_names(), "latest")
