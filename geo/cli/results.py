"""Where a command's results go, and in which formats: ``--format``, ``--json`` and ``--out``, the same everywhere."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from geo.cli import messages
from geo.renderers.formats import FORMATS

Command = Callable[..., Any]

STDOUT = Path("-")
"""What ``--out`` calls standard output."""

_ENDINGS = {"table": "txt", "markdown": "md"}
"""The endings of formats that are not called by theirs."""

_OTHERS = ("gif", "jpg", "jpeg", "tif", "tiff", "webp", "docx", "odt", "xls", "shp")
"""Endings that nobody gives a folder, and that no command writes."""


@dataclass(frozen=True)
class Result:
    """What a command is to make of its result: the formats, and one file or a folder for them.

    ``out`` is None where nothing is written to a file, and `STDOUT` where a file's bytes go to standard output.
    """

    forms: tuple[str, ...]
    out: Path | None
    is_file: bool = False

    @property
    def form(self) -> str:
        """The one format of a command that has one."""
        return self.forms[0]

    @property
    def is_printed(self) -> bool:
        """Whether standard output takes a file's bytes, so that nothing else may stand there."""
        return self.out == STDOUT

    def validate_single(self, count: int, what: str) -> None:
        """Refuse one file for several results.

        Raises
        ------
        UsageError
            There are more of them than one, and ``--out`` names a file or standard output.
        """
        if count > 1 and self.is_file:
            raise click.UsageError(
                f"--out {self.out} is for one {what}, and here are {count}. Name a folder."
            )

    def find_place(self, name: str) -> Path:
        """Return where a file goes that has this name of its own: into the folder, or to the file that is asked for."""
        assert self.out is not None
        return self.out if self.is_file else self.out / name

    @property
    def folder(self) -> Path:
        """Where the files lie that are written."""
        return (self.out or STDOUT).parent if self.is_file else (self.out or STDOUT)

    def say(self, text: str) -> None:
        """Print a text, or write it to the file that is asked for; Excel takes CSV for UTF-8 by a mark at its start."""
        if self.is_file and not self.is_printed:
            self.save(text.encode("utf-8-sig" if self.form == "csv" else "utf-8"), self.find_place(""))
        else:
            messages.say(text, nl=False)

    def save(self, data: bytes, place: Path, *, says: bool = True) -> None:
        """Write a file and say so, or send its bytes to standard output.

        Raises
        ------
        OutputError
            It cannot be written.
        UsageError
            Standard output is a terminal, and these bytes are no text.
        """
        from geo.files import saving

        if not self.is_printed:
            refuse_input(place)
            saving.save_bytes(data, place)
            if says:
                messages.note(f"Wrote {place}")
            return
        if sys.stdout.isatty() and not _is_text(data):
            raise click.UsageError(
                f"{self.form.upper()} is not for a terminal. Send it on with '> FILE', or name a file with --out."
            )
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


@dataclass(frozen=True)
class Offer:
    """What a command can do with its result: formats that it prints, and those that it writes to files.

    ``folder`` is where files go by default; None where ``--out`` has to be given, or only takes what is printed.
    ``default`` is the format by default; None where the ending of ``--out`` tells it.
    """

    printed: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    default: str | None = None
    folder: str | None = None

    @property
    def known(self) -> tuple[str, ...]:
        """Every format of the command."""
        return self.printed + self.written

    @property
    def endings(self) -> str:
        """The endings of files that ``--out`` may name, in words."""
        return ", ".join(f".{_ENDINGS.get(form, form)}" for form in self.known)


def refuse_input(place: Path) -> None:
    """Refuse to write in the place of a file that the command was given to read.

    Raises
    ------
    UsageError
        It was.
    """
    context = click.get_current_context(silent=True)
    named = (
        (value for key, value in context.params.items() if key not in ("out", "target")) if context else ()
    )
    for value in named:
        for file in value if isinstance(value, tuple) else (value,):
            # any text may stand there, also one that no file system takes for a path
            is_file = isinstance(file, str | Path) and os.path.exists(file) and place.exists()  # noqa: PTH110
            if is_file and place.samefile(file):
                what = f"{place} is what is read here"
                raise click.UsageError(f"{what}. Write to another place, or it would be lost.")


LISTING = Offer(printed=("table", "json"), default="table")
"""What a command offers that lists things for people or for scripts."""


def with_result(offer: Offer) -> Callable[[Command], Command]:
    """Give a command ``--format``, ``--json`` and ``--out`` as far as they fit its offer, and their `Result`."""

    def decorate(command: Command) -> Command:
        @functools.wraps(command)
        def call(
            *args: Any,
            listed: str | None = None,
            as_json: bool = False,
            target: str | None = None,
            **more: Any,
        ) -> Any:
            return command(*args, result=_choose(offer, listed, as_json, target), **more)

        if offer.written or "markdown" in offer.printed:
            call = _option_out(offer)(call)
        if "json" in offer.printed:
            call = click.option("--json", "as_json", is_flag=True, help="The same as --format json.")(call)
        return _option_format(offer)(call) if len(offer.known) > 1 else call

    return decorate


def _option_format(offer: Offer) -> Command:
    printed, written = ", ".join(offer.printed), ", ".join(offer.written)
    if printed and written:
        words = f"One to print: {printed}; or files to write, comma-separated: {written}."
    else:
        words = f"One to print: {printed}." if printed else f"Files to write, comma-separated: {written}."
    return click.option(
        "--format",
        "listed",
        metavar="FORMAT" if printed and not written else "FORMATS",
        help=f"{words} Default: {offer.default or 'what the ending of --out tells'}.",
    )


def _option_out(offer: Offer) -> Command:
    files = f"a file ({offer.endings})"
    if offer.folder:
        words = f"The folder for files, made if it is not there; or {files}; or - for stdout. Default: {offer.folder}."
    elif offer.printed:
        words = f"Write to {files} what would be printed."
    else:
        words = f"Write to {files}, to a folder, or with - to stdout."
    takes_folder = offer.folder is not None or not offer.printed
    return click.option(
        "--out",
        "target",
        metavar="FILE|DIR" if takes_folder else "FILE",
        envvar="GEO_OUT" if takes_folder else None,
        show_envvar=takes_folder,
        required=takes_folder and offer.folder is None,
        help=words,
    )


def _choose(offer: Offer, listed: str | None, as_json: bool, out: str | None) -> Result:
    """Return what the three options say together.

    Raises
    ------
    UsageError
        They contradict each other, or one of them is nothing that the command offers.
    """
    wanted = None if listed is None else _parse_formats(offer, listed)
    if as_json:
        if wanted not in (None, ("json",)):
            raise click.UsageError(f"--json and --format {listed} contradict each other. Give one of them.")
        wanted = ("json",)
    place = _read_place(offer, out)
    if place.is_file and place.forms:
        if wanted not in (None, place.forms):
            raise click.UsageError(
                f"--out {out} and --format {','.join(wanted or ())} contradict each other: "
                f"the ending of a file tells its format. Leave --format out, or name a folder."
            )
        wanted = place.forms
    if wanted is None and offer.default is None and place.is_file:
        wanted = offer.known[:1]
    if wanted is None and offer.default is None:
        raise click.UsageError(
            f"{out}: the ending of a file tells its format: {offer.endings}. For a folder, say it with --format."
        )
    result = replace(place, forms=wanted or (offer.default or "",))
    printed = [form for form in result.forms if form in offer.printed]
    if printed and len(result.forms) > 1:
        raise click.BadParameter(f"{printed[0]!r} is printed; ask for it alone.", param_hint="'--format'")
    result.validate_single(len(result.forms), "format")
    if printed and not result.is_file:
        return replace(result, out=None)
    return replace(result, out=STDOUT, is_file=True) if result.out is None else result


def _parse_formats(offer: Offer, text: str) -> tuple[str, ...]:
    """Return the formats of a comma-separated list, each once."""
    wanted = [name.strip().lower() for name in text.split(",")]
    for name in wanted:
        if name not in offer.known:
            raise click.BadParameter(
                f"{name!r} is not a format of this command. It has: {', '.join(offer.known)}.",
                param_hint="'--format'",
            )
    return tuple(dict.fromkeys(wanted))


def _read_place(offer: Offer, text: str | None) -> Result:
    """Return what ``--out`` means: standard output, a file with a format by its ending, or a folder."""
    if text is None:
        return Result((), None if offer.folder is None else Path(offer.folder))
    place = Path(text)
    if text == "-":
        _refuse_variable(text, "it has to be a folder for all commands")
        return Result((), STDOUT, is_file=True)
    ending = place.suffix.lower().removeprefix(".")
    by_ending = {_ENDINGS.get(form, form): form for form in reversed(offer.known)}
    if "geojson" in offer.written:
        by_ending.setdefault("json", "geojson")
    is_folder = place.is_dir() or text.endswith(("/", "\\"))
    is_file = ending in by_ending or ending in _OTHERS or ending in FORMATS or ending in _ENDINGS.values()
    if is_file and not is_folder:
        _refuse_variable(text, "it names a file, and has to be a folder for all commands")
        if ending in by_ending:
            return Result((by_ending[ending],), place, is_file=True)
        raise click.BadParameter(
            f"{text}: the ending tells the format. It has to be one of {offer.endings}.", param_hint="'--out'"
        )
    if place.exists() and not is_folder:
        _refuse_variable(text, "it is there, and is no folder")
    if offer.folder is None and offer.printed:
        raise click.BadParameter(
            f"{text}: what is printed goes to a file that ends in one of {offer.endings}.",
            param_hint="'--out'",
        )
    return Result((), place)


def _refuse_variable(text: str, why: str) -> None:
    """Raise where what is wrong comes from the environment, which the user has to be told."""
    if click.get_current_context().get_parameter_source("target") is ParameterSource.ENVIRONMENT:
        raise click.UsageError(f"GEO_OUT is {text!r}: {why}. Correct the environment variable, or unset it.")


def _is_text(data: bytes) -> bool:
    try:
        return "\0" not in data.decode()
    except UnicodeDecodeError:
        return False
