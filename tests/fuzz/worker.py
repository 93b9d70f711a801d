"""One case in a process of its own with limits on memory and time, all its commands run in it for speed."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sys
import tempfile
import traceback
import warnings
from collections.abc import Container, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from tests.fuzz import judge, kinds
from tests.fuzz.case import Case, Command, build

MEMORY_BYTES = 3_000_000_000
COMMAND_S = 30.0
"""Seconds of processor time that a command may take, after which the system ends the process."""


@dataclass(frozen=True)
class Fault:
    """What went wrong: in few words, the same for the same fault, and in full."""

    what: str
    detail: str


def serve(pipe: Connection, scratch: str) -> None:
    """Answer cases with their faults until there are no more; say before each command which it is."""
    limit = MEMORY_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    warnings.filterwarnings("always", category=RuntimeWarning)
    warnings.filterwarnings("always", category=UserWarning)
    os.environ["COLUMNS"] = "120"
    os.environ["ARROW_DEFAULT_MEMORY_POOL"] = "system"  # others reserve gigabytes that they never use
    os.environ.setdefault("MPLCONFIGDIR", str(Path(tempfile.gettempdir()) / "geo-fuzz-fonts"))  # found once
    while True:
        pipe.send(("done", run_case(pipe.recv(), Path(scratch), pipe)))


def run_case(case: Case, scratch: Path, pipe: Connection | None = None) -> list[Fault]:
    """Build a case in a fresh folder, run its commands, and return what went wrong."""
    with build_case(case, scratch) as (commands, folder):
        given = {file: file.read_bytes() for file in (folder / "in").rglob("*") if file.is_file()}
        faults = _run_all(commands, folder, given, pipe)
        lost = [file.name for file, data in given.items() if not file.is_file() or file.read_bytes() != data]
        return faults + [Fault("a given file was changed", ", ".join(lost))] * bool(lost)


@contextmanager
def build_case(case: Case, scratch: Path) -> Iterator[tuple[list[Command], Path]]:
    """Give the commands of a case and a folder for a while, in whose ``in``, the working directory, its input is."""
    folder = Path(tempfile.mkdtemp(dir=scratch, prefix="case-"))
    for name in ("in", "tmp"):
        (folder / name).mkdir()
    os.environ["TMPDIR"] = tempfile.tempdir = str(folder / "tmp")
    os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
    os.environ["GEO_DATA"] = str(folder / "data")
    before = Path.cwd()
    os.chdir(folder / "in")
    try:
        yield build(case, kinds.KINDS[case.kind], folder / "in"), folder
    finally:
        os.chdir(before)
        tempfile.tempdir = None
        shutil.rmtree(folder, ignore_errors=True)


def _run_all(
    commands: list[Command], folder: Path, given: Container[Path], pipe: Connection | None
) -> list[Fault]:
    faults: list[Fault] = []
    all_done = True
    for command in commands:
        if command.if_valid and not all_done:
            continue
        if pipe:
            pipe.send(("command", command.arguments))
        result = run_command(command.arguments, folder)
        all_done = all_done and result.code == 0
        name = " ".join(command.arguments)[:200]
        for what in [*judge.find_faults(result, command), *judge.find_litter(folder, given)]:
            faults.append(
                Fault(f"{command.arguments[0]}: {what}", f"geo {name} -> {result.code}\n{result.err[-2500:]}")
            )
    return faults


def run_command(arguments: tuple[str, ...], folder: Path) -> judge.Result:
    """Run a command in this process with its output in files, so that what C libraries print is seen, too."""
    from geo.cli import main

    saved, streams = (os.dup(1), os.dup(2)), (sys.stdout, sys.stderr)
    paths, code, failure = (folder / "stdout", folder / "stderr"), 0, None
    for number, path in enumerate(paths, start=1):
        with path.open("wb") as file:
            os.dup2(file.fileno(), number)
    sys.stdout, sys.stderr = (open(n, "w", encoding="utf-8", closefd=False) for n in (1, 2))  # noqa: SIM115
    signal.setitimer(signal.ITIMER_PROF, COMMAND_S)
    try:
        main.main(list(arguments), prog_name="geo")
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else 0 if leaving.code is None else 1
    except BaseException as error:
        failure, code = error, 1
        traceback.print_exc()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        sys.stdout, sys.stderr = streams
        for number, descriptor in enumerate(saved, start=1):
            os.dup2(descriptor, number)
            os.close(descriptor)
    out, err = (path.read_bytes().decode("utf-8", "surrogateescape") for path in paths)
    return judge.Result(code, out, err, failure)
