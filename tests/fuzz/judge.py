"""What a command may never do, whatever it is given."""

from __future__ import annotations

import re
import traceback
import unicodedata
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.case import Command

_WARNING = re.compile(r"\w+Warning\b|^ERROR \d", re.MULTILINE)
_FAR = "another part of the world"  # the one thing that a valid file may be refused for: it fits no front
LONGEST_LINE = 3000
MOST_LINES = 60


@dataclass(frozen=True)
class Result:
    """What a command did; ``failure`` is what it let through, which a person would see as a traceback."""

    code: int
    out: str
    err: str
    failure: BaseException | None


def find_faults(result: Result, command: Command) -> Iterator[str]:
    """Yield what is wrong with a result, in words that are the same for the same fault."""
    if result.failure is not None:
        yield f"traceback, {_place(result.failure)}"
        return
    if result.code not in (0, 1, 2):
        yield f"exit code {result.code}"
    if found := _WARNING.search(result.err):
        yield f"prints {found[0]}"
    if bad := next(
        (c for c in result.out + result.err if c not in "\n\t\r" and unicodedata.category(c) == "Cc"), None
    ):
        yield f"prints the raw character U+{ord(bad):04X}"
    if result.code and "Error: " not in result.err and command.arguments[0] != "verify":
        yield "fails without a word"
    lines = result.err.splitlines()
    longest = LONGEST_LINE + sum(map(len, command.arguments))
    if len(lines) > MOST_LINES or max(map(len, lines), default=0) > longest:
        yield "says too much"
    if result.code not in command.expected and _FAR not in result.err:
        reason = re.sub(r"\S*\d\S*|'[^']*'", "…", next(iter(lines), ""))[:120]
        yield f"ends with {result.code}, not {'/'.join(map(str, sorted(command.expected)))}: {reason}"
    elif result.code == 0 and command.check:
        yield from command.check(result.out)


def find_litter(folder: Path, given: Container[Path]) -> Iterator[str]:
    """Yield what a command left behind that is neither a result nor was there before."""
    left = [file for file in (folder / "in").rglob("*") if file not in given]
    if odd := [file for file in left if file.name.startswith(".") or file.suffix in (".part", ".parts")]:
        yield f"leaves {odd[0].suffix or 'a hidden file'}"
    if next((folder / "tmp").iterdir(), None):
        yield "leaves a temporary file"
    if any(file.is_file() and not file.stat().st_size for file in left):
        yield "writes an empty file"


def _place(failure: BaseException) -> str:
    """Return the type of an error and the last function of the package that it went through."""
    frames = [
        f for f in traceback.extract_tb(failure.__traceback__) if re.search(r"/geo/(?!errors)", f.filename)
    ]
    last = f"{'/'.join(Path(frames[-1].filename).parts[-3:])}:{frames[-1].name}" if frames else "outside"
    return f"{type(failure).__name__} in {last}"
