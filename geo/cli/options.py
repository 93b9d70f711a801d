"""Arguments and options that several commands share, and what they stand for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geo import shipped
from geo.cli import messages
from geo.renderers import attachments

if TYPE_CHECKING:
    from geo.fronts.choosing import Choice
    from geo.fronts.front import Front
    from geo.scenarios.scenario import Scenario

Command = Callable[..., Any]


def with_scenarios(command: Command) -> Command:
    """Give a command its SCENARIO arguments, ``--all`` and ``--front``."""
    command = with_front(command)
    command = click.option("--all", "every", is_flag=True, help="Take every scenario that ships.")(command)
    return with_scenario_arguments(command)


def with_scenario_arguments(command: Command) -> Command:
    """Give a command its SCENARIO arguments alone."""
    return click.argument(
        "scenario_names", nargs=-1, metavar="[SCENARIO]...", shell_complete=complete_scenario
    )(command)


def with_front(command: Command) -> Command:
    """Give a command ``--front`` and, for `find_front`, ``--front-definition`` and ``--as-of``."""
    command = with_reading(command)
    return click.option(
        "--front",
        "front_name",
        metavar="FRONT",
        shell_complete=_complete_front,
        help="A shipped date (see 'geo fronts'), or a file of lines or of the occupied area: GeoJSON, GeoPackage, "
        "Shapefile (zipped too), KML, FlatGeobuf. Default: the one the scenario names, else the newest.",
    )(command)


def with_reading(command: Command) -> Command:
    """Give a command ``--front-definition``, ``--as-of`` and those of `with_choice`, which `read_how` returns."""
    command = click.option(
        "--as-of",
        metavar="DATE",
        type=click.DateTime(["%Y-%m-%d"]),
        expose_value=False,
        callback=_keep,
        help="The day the front's file describes, where the file does not say it (2025-03-27).",
    )(with_choice(command))
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


def with_json(command: Command) -> Command:
    """Give a command ``--json``."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON at full precision.")(command)


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


def with_out(command: Command) -> Command:
    """Give a command ``--out``, the folder that files are written to."""
    return click.option(
        "--out",
        default="maps",
        show_default=True,
        type=click.Path(path_type=Path),
        help="Folder the files are written to; made if it is not there.",
    )(command)


def parse_formats(text: str, known: tuple[str, ...]) -> list[str]:
    """Return the formats of a comma-separated list, each once."""
    wanted = [name.strip().lower() for name in text.split(",")]
    for name in wanted:
        if name not in known:
            raise click.BadParameter(f"{name!r} is not a format of this command. It has: {', '.join(known)}.")
    return list(dict.fromkeys(wanted))


def read_pairs(
    scenario_names: tuple[str, ...], every: bool, front_name: str | None
) -> list[tuple[Scenario, Front]]:
    """Read each scenario named and the front to measure it against, each front once."""
    from geo.scenarios.scenario import find_scenario

    if every and scenario_names:
        raise click.UsageError("Name scenarios or use --all, not both.")
    if not every and not scenario_names:
        raise click.UsageError("Name a scenario ('geo list' shows them) or use --all.")
    fronts: dict[str | None, Front] = {}
    pairs = []
    for scenario in map(find_scenario, shipped.scenarios() if every else scenario_names):
        wanted = front_name or scenario.front
        if wanted not in fronts:
            fronts[wanted] = find_front(wanted)
        pairs.append((scenario, fronts[wanted]))
    return pairs


def read_how() -> dict[str, Any]:
    """Return what the user said on how to read a front's file, as keywords of `geo.fronts.front.find_front`."""
    said = click.get_current_context().meta
    moment = said.get(f"{__name__}.as_of")
    return {
        "definition": said.get(f"{__name__}.front_definition"),
        "as_of": moment.date() if moment else None,
        "choice": read_choice(),
    }


def read_choice() -> Choice:
    """Return what the user said is the front in a file."""
    from geo.fronts.choosing import Choice

    said = click.get_current_context().meta
    where, layer, day = (said.get(f"{__name__}.{name}") for name in ("where", "layer", "day"))
    return Choice(tuple(map(_split_pair, where or ())), layer, day.date() if day else None)


def _split_pair(text: str) -> tuple[str, str]:
    column, equals, value = text.partition("=")
    if not (column.strip() and equals):
        raise click.BadParameter(f"--where {text!r} is no COLUMN=VALUE, as in status=occupied.")
    return column.strip(), value.strip()


def find_front(name: str | None) -> Front:
    """Read the front that ``--front`` names as ``--front-definition`` and ``--as-of`` say."""
    from geo.fronts import front as reading

    front = reading.find_front(name, **read_how())
    messages.note_front(front)
    return front


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
    return [name for name in shipped.fronts() if name.startswith(incomplete)]
