"""What the commands print: records as JSON on stdout, and all that they say on stderr."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

import click

from geo.errors import GeoError, show

if TYPE_CHECKING:
    from geo.briefing.briefing import Briefing
    from geo.fronts.front import FrontFacts
    from geo.scenarios.scenario import Scenario

_QUIET = f"{__name__}.quiet"

_OLD_DAYS = 60
"""After which a front's age comes with where to get a newer one."""

SHOWN_PROBLEMS = 50
"""How many lines of one error are printed; a file broken throughout is not fixed by reading thousands."""


def say(text: object, *, err: bool = False, nl: bool = True) -> None:
    """Print a text in which nothing acts on a terminal, whatever data it was made of: the one way to print.

    A message on stderr that nobody reads is no reason to stop.
    """
    with contextlib.suppress(*[OSError] if err else []):
        click.echo(show(str(text), lines=True), err=err, nl=nl)


def note(text: object) -> None:
    """Say on stderr what a user may want to know and no result depends on; silent with ``--quiet``."""
    if not is_quiet():
        say(text, err=True)


def is_quiet() -> bool:
    """Ask whether the command was told to be quiet."""
    context = click.get_current_context(silent=True)
    return bool(context and context.meta.get(_QUIET))


def with_quiet(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command ``--quiet``, which may also stand before the command's name."""
    return click.option(
        "-q",
        "--quiet",
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=_keep_quiet,
        help="Say nothing but results and errors.",
    )(command)


def _keep_quiet(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    ctx.meta[_QUIET] = value or ctx.meta.get(_QUIET, False)


def render_json(record: Any) -> str:
    """Return plain data as indented JSON with the keys in the order given; what could act on a terminal is escaped."""
    import json

    text = json.dumps(record, indent=2, ensure_ascii=False, allow_nan=False)
    odd = {letter for letter in set(text) if show(letter, lines=True) != letter}
    return text.translate({ord(letter): json.dumps(letter)[1:-1] for letter in odd}) + "\n"


def echo_json(record: Any) -> None:
    """Print plain data as indented JSON."""
    say(render_json(record), nl=False)


def note_front(front: FrontFacts) -> None:
    """Remember a front that a command measures to, for `echo_ages`, and say what of its file was left out."""
    click.get_current_context().meta.setdefault(__name__, {})[front.as_of] = front.kind
    if front.notes:
        note(f"Note: {front.id}: {' '.join(front.notes)}")
    if front.is_restricted:
        from geo.briefing import attribution

        note(f"Warning: {front.id}: {attribution.describe_licence(front)}")


def note_scenario(scenario: Scenario) -> None:
    """Say what of a scenario's file was left out, mended or guessed."""
    if scenario.notes:
        note(f"Note: {scenario.id}: {' '.join(scenario.notes)}")


def echo_ages(ctx: click.Context) -> None:
    """Say on stderr how old the fronts are today; results carry no clock, so that they stay the same."""
    for as_of, kind in sorted(ctx.meta.get(__name__, {}).items()):
        from datetime import date  # here, because every command starts with this module

        from geo import numerals
        from geo.fronts import fetched

        days = (date.today() - as_of).days
        if days > 0:
            newer = ""
            if fetched.find_newest_day() > as_of.isoformat():
                newer = " A newer one is here: --front latest."
            elif days > _OLD_DAYS:
                newer = " 'geo fronts fetch' tells where newer ones are published."
            note(
                f"The {kind} is that of {numerals.format_date(as_of)}, {numerals.format_age(days)} old today.{newer}"
            )


def open_streams() -> None:
    """Let standard streams that are closed lead nowhere: the next file to be opened would take their numbers.

    What a library says on stderr would end in a map then.
    """
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # it gets the lowest number that is free, this one
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8", closefd=False))


def close_output() -> None:
    """Send what is still to be printed nowhere, so that leaving does not fail at it once more."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


def echo_error(error: GeoError) -> None:
    """Print an error to stderr, one line a problem, and how many more there are."""
    lines = str(error).splitlines()
    for line in lines[:SHOWN_PROBLEMS]:
        say(f"Error: {line}", err=True)
    if len(lines) > SHOWN_PROBLEMS:
        say(f"Error: … and {len(lines) - SHOWN_PROBLEMS:,} more like these.", err=True)
    for remark in getattr(error, "__notes__", ()):
        say(f"Error: {remark}", err=True)


def echo_unknown_letters(briefing: Briefing, forms: Collection[str]) -> None:
    """Say it where files of these formats will lack letters of a scenario's texts."""
    from geo.renderers import attachments

    sentence = attachments.describe_unknown_letters(briefing) if {*forms} - {"html"} else None
    if sentence:
        note(f"Note: {briefing.scenario.id}: {sentence}")
