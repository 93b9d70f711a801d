"""Cases in turn, each judged in a worker with limits, and the shortest case of every fault that was found."""

from __future__ import annotations

import random
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from tests.fuzz import worker
from tests.fuzz.case import Case
from tests.fuzz.worker import Fault

CLOCK_S = 300.0
"""Seconds that a command may sleep; what it may compute is limited where it runs."""
MOST_STEPS = 4
MOST_CASES = 200
"""Cases that a process judges: what libraries and caches keep of them counts against its limit."""


class Worker:
    """A process that judges one case after another, and is replaced when it hangs or dies."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="geo-fuzz-")
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._judged = 0

    def judge(self, case: Case) -> list[Fault]:
        """Return what goes wrong in a case."""
        if self._judged >= MOST_CASES:
            self.close(for_good=False)
        if self._process is None:
            self._judged = 0
            context = get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(target=worker.serve, args=(theirs, self._folder.name))
            self._process.start()
            theirs.close()
        assert self._pipe is not None
        command = "building"
        self._judged += 1
        try:
            self._pipe.send(case)
            while self._pipe.poll(CLOCK_S):
                what, value = self._pipe.recv()
                if what == "done":
                    found: list[Fault] = value
                    return found
                command = " ".join(value)[:200]
            found = [Fault(f"{command.split()[0]}: never ends", f"geo {command}")]
        except (EOFError, ConnectionError):
            self._process.join()
            ends = (
                "never ends"
                if self._process.exitcode == -signal.SIGPROF
                else f"dies, {self._process.exitcode}"
            )
            found = [Fault(f"{command.split()[0]}: {ends}", f"geo {command}")]
        self.close(for_good=False)
        return found

    def close(self, *, for_good: bool = True) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process = None
        if for_good:
            self._folder.cleanup()


def draw_cases(names: Sequence[str], seed: int) -> Iterator[Case]:
    """Yield cases for ever, the kinds in turn, with one to four steps each."""
    rng = random.Random(seed)
    while True:
        for name in names:
            steps = range(rng.choice((0, 1, 1, 1, 2, 2, 3, MOST_STEPS)))
            yield Case(name, rng.randrange(10**6), tuple(steps))


def shrink(case: Case, what: str, judge: Callable[[Case], list[Fault]]) -> Case:
    """Return the case with every step left out that the fault does not need."""
    for step in case.steps:
        shorter = Case(case.kind, case.seed, tuple(each for each in case.steps if each != step))
        if any(fault.what == what for fault in judge(shorter)):
            case = shorter
    return case


def keep_input(case: Case, folder: Path) -> None:
    """Write the input of a case into a folder, for a person to look at; no command is run, for one may never end."""
    with tempfile.TemporaryDirectory() as scratch, worker.build_case(case, Path(scratch)) as (_, built):
        shutil.copytree(built / "in", folder, dirs_exist_ok=True)
