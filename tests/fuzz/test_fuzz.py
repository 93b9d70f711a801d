"""A minute of broken inputs, the same ones on every run; `python -m tests.fuzz` goes on for as long as wished."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from tests.fuzz import hunt
from tests.fuzz.kinds import KINDS

CASES = 4
"""How many cases of each kind are tried."""


@pytest.fixture(scope="module")
def worker() -> Iterator[hunt.Worker]:
    made = hunt.Worker()
    yield made
    made.close()


@pytest.mark.parametrize("kind", KINDS)
def test_no_broken_input_breaks_a_command(kind: str, worker: hunt.Worker) -> None:
    """No traceback, hang, warning or litter, an error in words, and what is called valid can be used."""
    for case in itertools.islice(hunt.draw_cases([kind], seed=1), CASES):
        found = worker.judge(case)
        assert not found, (
            f"--case {hunt.shrink(case, found[0].what, worker.judge)}: {found[0].what}\n{found[0].detail}"
        )
