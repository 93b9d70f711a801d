"""The command line: the only room that prints. Results go to stdout, messages to stderr.

A command's file is loaded when the command is asked for, and heavy modules in its function, so all answer at once.
"""

from __future__ import annotations

import errno
import importlib
import io
import sys
import warnings
from collections.abc import Sequence
from typing import Any

import click

from geo import __version__
from geo.cli.interruption import EXIT_CODE, Interruption
from geo.cli.messages import close_output, echo_ages, echo_error, open_streams, say, with_quiet
from geo.errors import GeoError

_COMMANDS = {
    "changes": "changes.changes",
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


_MEND = "Run 'Fix geometries' in QGIS (Processing toolbox, Vector geometry) on your files."


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

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command to its exit code, whatever happens in it, in its help or while it prints."""
        interruption = Interruption()
        if args is None:  # this is a process of its own
            open_streams()
            interruption.watch()
            if not sys.warnoptions:
                warnings.simplefilter("ignore")  # of libraries; what a user has to know is said in words
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode, **extra)
        try:
            code = super().main(args, prog_name, complete_var, False, obj=interruption, **extra) or 0
        except click.Abort:  # Ctrl-C; the interruption says so
            interruption.wait()
            code = EXIT_CODE
        except click.ClickException as error:
            words = io.StringIO()
            error.show(words)
            say(words.getvalue(), err=True, nl=False)
            code = error.exit_code
        except GeoError as error:
            echo_error(error)
            code = error.exit_code
        except OSError as error:
            code = 1
            close_output()
            if error.errno != errno.EPIPE:  # the reader has left, as `head` does
                say(f"Error: the output could not be written: {error.strerror or error}.", err=True)
        except Exception as error:
            if type(error).__name__ != "GEOSException":  # which is too heavy to import for its name
                raise
            reason = str(error).partition(":")[0]
            say(f"Error: A geometry cannot be computed with ({reason}). {_MEND}", err=True)
            code = 1
        sys.exit(code)

    def invoke(self, ctx: click.Context) -> Any:
        result = super().invoke(ctx)
        echo_ages(ctx)
        return result


@click.group(cls=_GeoGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="geo")
@with_quiet
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
