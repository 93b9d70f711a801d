"""The command line: the only room that prints. Results go to stdout, messages to stderr.

Heavy modules are imported inside the command that needs them, so ``geo --help`` answers at once.
"""

from __future__ import annotations

import errno
import sys
from typing import Any

import click

from geo import __version__
from geo.cli import (
    compare,
    distance,
    export,
    fronts,
    history,
    metrics,
    render,
    scenarios,
    sources,
    validate,
    verify,
)
from geo.cli.messages import close_output, echo_error
from geo.errors import GeoError


class _GeoGroup(click.Group):
    """A group that turns this package's errors into messages on stderr and their exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
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


for command in (
    compare.compare,
    distance.distance,
    export.export,
    fronts.fronts,
    history.history,
    metrics.metrics,
    render.render,
    scenarios.list_scenarios,
    scenarios.new,
    scenarios.schema,
    sources.sources,
    validate.validate,
    verify.verify,
):
    main.add_command(command)
