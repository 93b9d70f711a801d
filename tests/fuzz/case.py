"""What a case is: a kind of input, a seed, and the steps by which a valid input was broken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

ANY = frozenset({0, 1, 2})
DONE, REFUSED = frozenset({0}), frozenset({1, 2})


@dataclass(frozen=True)
class Case:
    """Steps are numbers that seed one mutation each, so leaving one out leaves the others as they are."""

    kind: str
    seed: int
    steps: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.kind}:{self.seed}:{','.join(map(str, self.steps))}"

    @classmethod
    def parse(cls, text: str) -> Case:
        """Read a case from the form in which it is reported."""
        kind, seed, steps = text.split(":")
        return cls(kind, int(seed), tuple(int(step) for step in steps.split(",") if step))


@dataclass(frozen=True)
class Command:
    """One command of a case.

    ``expected`` are the exit codes it may have. One that is ``if_valid`` runs only where all commands before it
    ended with 0. ``check`` looks at what was printed and yields what is wrong with it.
    """

    arguments: tuple[str, ...]
    expected: frozenset[int] = ANY
    if_valid: bool = False
    check: Callable[[str], Sequence[str]] | None = None


@dataclass(frozen=True)
class Kind:
    """A kind of input: a valid one, what may be done to it, and how it is written and used.

    ``start`` and each mutation are given a `Random` that repeats. A mutation changes the content in place. ``write``
    puts it into the folder that is the working directory of the commands, and returns those.
    """

    start: Callable[[Random], Any]
    mutations: tuple[Callable[[Any, Random], None], ...]
    write: Callable[[Any, Path], list[Command]]


def build(case: Case, kind: Kind, folder: Path) -> list[Command]:
    """Write the input of a case and return its commands."""
    content = kind.start(Random(f"{case.kind} {case.seed}"))
    for step in case.steps:
        rng = Random(f"{case.kind} {case.seed} {step}")
        with suppress(
            LookupError, TypeError, AttributeError, ValueError
        ):  # it no longer fits what another left
            rng.choice(kind.mutations)(content, rng)
    return kind.write(content, folder)
