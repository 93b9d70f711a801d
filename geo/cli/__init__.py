"""The command line: the only room that prints. Results go to stdout, messages to stderr.

A command's file is loaded when the command is asked for, and heavy modules in its function, so all answer at once.
"""

from __future__ import annotations

import atexit
import errno
import gc
import importlib
import io
import os
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
    "changes": (
        "changes.changes",
        "Say what changed for a SCENARIO between two fronts: its distances, and the ground gained and lost.",
    ),
    "compare": (
        "compare.compare",
        "Set each SCENARIO, by default all that ship, side by side against one front.",
    ),
    "distance": (
        "distance.distance",
        "Print how far places or points lie from the front, or add distances to a file of points.",
    ),
    "export": (
        "export.export",
        "Write SCENARIO with its metrics as attributes, for GIS, globes and spreadsheets.",
    ),
    "fronts": ("fronts.fronts", "List the fronts that ship, and those that were fetched, newest last."),
    "history": (
        "history.history",
        "Measure a SCENARIO against every dated front in a folder, and show how its distances changed.",
    ),
    "list": ("scenarios.list_scenarios", "List the scenarios that ship."),
    "metrics": ("metrics.metrics", "Print the distances from each SCENARIO to the front."),
    "new": ("scenarios.new", "Write ID.geojson, a valid scenario with one example zone to edit."),
    "render": ("render.render", "Write the map of each SCENARIO and print its distances."),
    "schema": (
        "scenarios.schema",
        "Print the JSON Schema of a kind of file: of scenarios by default, or of what 'geo metrics --json' prints.",
    ),
    "sources": ("sources.sources", "List the sources and the claims reported in them."),
    "validate": (
        "validate.validate",
        "Check scenario, front or source files and report everything wrong with them at once.",
    ),
    "verify": (
        "verify.verify",
        "Say what each FILE shows, and whether scenario, front and figures here are still the same.",
    ),
}
"""Each command's file beside this one and its function, loaded when it is asked for, and its first sentence."""


_OBJECTS = 50_000
"""New ones between two searches for unused cycles: pages and sheets make many objects and drop few of them early."""

_MEND = "Run 'Fix geometries' in QGIS (Processing toolbox, Vector geometry) on your files."


class _GeoGroup(click.Group):
    """A group that loads a command when it is asked for, and turns errors into messages on stderr and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        file, _, function = _COMMANDS[name][0].partition(".")
        command: click.Command = getattr(importlib.import_module(f"geo.cli.{file}"), function)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each command with its sentence; none is loaded for that."""
        room = formatter.width - 6 - max(map(len, _COMMANDS))
        with formatter.section("Commands"):
            formatter.write_dl(
                [
                    (name, click.Command(name, help=about).get_short_help_str(room))
                    for name, (_, about) in sorted(_COMMANDS.items())
                ]
            )

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
            gc.set_threshold(_OBJECTS)
            atexit.register(gc.freeze)  # what is left goes with the process, and need not be searched
            os.environ.setdefault(
                "OPENBLAS_NUM_THREADS", "1"
            )  # numpy starts as many, and nothing here needs them
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
