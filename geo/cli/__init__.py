"""The command line: the only room that prints. Results go to stdout, messages to stderr.

A command's file is loaded when the command is asked for, and heavy modules in its function, so all answer at once.
"""

from __future__ import annotations

import errno
import importlib
import sys
from typing import Any

import click

from geo import __version__
from geo.cli.messages import close_output, echo_ages, echo_error
from geo.errors import GeoError

_COMMANDS = {
    "compare": "compare.compare",
    "distance": "distance.distance",
    "export": "export.export",
    "fronts": "fronts.fronts",
    "history": "history.history",
    "list": "scenarios.list_scenarios",
    "metrics": "metrics.metrics",
    "new": "scenarios.new",
    "render": "render.render",
    "schema": "scenarios.schema",
    "sources": "sources.sources",
    "validate": "validate.validate",
    "verify": "verify.verify",
}
"""Each command's file beside this one, and its function; loaded when it is asked for."""


class _GeoGroup(click.Group):
    """A group that loads a command when it is asked for, and turns errors into messages on stderr and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        file, _, function = _COMMANDS[name].partition(".")
        command: click.Command = getattr(importlib.import_module(f"geo.cli.{file}"), function)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            result = super().invoke(ctx)
            echo_ages(ctx)
            return result
        except GeoError as error:
            echo_error(error)
            ctx.exit(error.exit_code)
        except OSError as error:
            if error.errno == errno.EPIPE:  # the reader has left, as `head` does: click knows what to do
                raise
            close_output()
            click.echo(f"Error: the output could not be written: {error.strerror or error}.", err=True)
            ctx.exit(1)


@click.group(cls=_GeoGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="geo")
def main() -> None:
    """Map deployment scenarios and measure how far they lie from a dated front line.

    \b
    Examples:
      geo list
      geo render dnipro-line
      geo metrics --all --format json
      geo distance Kyiv 49.07,33.42
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal without these letters is no reason to fail
