"""A scenario measured against every dated front of a folder: the `History` that tables, chart and page draw."""

from __future__ import annotations

import os
import signal
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from multiprocessing import active_children, get_context, parent_process
from pathlib import Path

from shapely.geometry import MultiLineString

from geo import numerals
from geo.errors import DataError, GeoError, Problem
from geo.files.fields import shorten
from geo.fronts.choosing import ALL, Choice
from geo.fronts.front import FrontFacts
from geo.measuring import kept, series
from geo.measuring.cache import Cache
from geo.measuring.kept import FrontFile, Measured
from geo.measuring.metrics import Metrics
from geo.measuring.series import Failure, Job, Outcome
from geo.scenarios.scenario import Scenario

WORKERS = 2
"""How many processes measure at a time, where the machine has as many cores."""
LONGEST_GAP_DAYS = 14
"""Over a longer gap between two days no line is drawn: nothing is known there."""
_FEW = 64  # files that take a few seconds in one process; a second one would start, and work out a first day, too
_TOGETHER = 200  # files in a row for one process, which works out only what has changed since the file before

Tell = Callable[[str, int, int], None]
"""Told the step (``read`` or ``measure``), how much of it is done, and how much there is."""


@dataclass(frozen=True)
class Day:
    """One day of a history: the facts of its front, the figures, and for drawing the line and the ground beyond it.

    ``geometry`` is the same for days whose fronts are identical; ``file`` is the file's name.
    """

    file: str
    front: FrontFacts
    metrics: Metrics
    line: kept.Packed
    ground: kept.Packed
    geometry: str
    origin: str

    @property
    def as_of(self) -> date:
        """The day that the front describes."""
        return self.front.as_of

    def draw_line(self) -> MultiLineString:
        """Return the front as lon, lat degrees, as precise as drawing needs."""
        return kept.unpack(self.line)

    def draw_ground(self) -> MultiLineString:
        """Return the rings around the ground beyond the front, as lon, lat degrees; empty where there is none."""
        return kept.unpack(self.ground)


@dataclass(frozen=True)
class Work:
    """What it took: files seen, different fronts in them, those recalled from the cache, mean seconds by step."""

    files: int
    fronts: int
    recalled: int
    seconds: dict[str, float]


@dataclass(frozen=True, repr=False)
class History:
    """A scenario against the fronts of a folder, oldest first, one a day; ``skipped`` are files that were not used."""

    scenario: Scenario
    days: tuple[Day, ...]
    skipped: tuple[Failure, ...]
    work: Work

    def __repr__(self) -> str:
        first, last = (self.days[end].as_of.isoformat() for end in (0, -1))
        days = numerals.format_several(len(self.days), "day")
        skipped = numerals.format_several(len(self.skipped), "file")
        return f"<History of {shorten(self.scenario.id)}: {days} from {first} to {last}, {skipped} skipped>"

    @property
    def changes(self) -> tuple[int, ...]:
        """Indices of the days whose front comes from another source, or by another definition, than the day before."""
        pairs = enumerate(pairwise(self.days), start=1)
        return tuple(index for index, (before, day) in pairs if _kind_of(before) != _kind_of(day))

    def start_of(self, index: int) -> Day:
        """Return the first day of the source that a day's front is from: what its change is counted from."""
        return self.days[max((cut for cut in self.changes if cut <= index), default=0)]

    @property
    def runs(self) -> tuple[tuple[Day, ...], ...]:
        """The days in runs that a line may join: from one source, without a gap of over `LONGEST_GAP_DAYS`."""
        gaps = (
            index
            for index, (before, day) in enumerate(pairwise(self.days), start=1)
            if (day.as_of - before.as_of).days > LONGEST_GAP_DAYS
        )
        cuts = sorted({0, *self.changes, *gaps, len(self.days)})
        return tuple(self.days[start:stop] for start, stop in pairwise(cuts))


def measure_history(
    scenario: Scenario,
    folder: Path,
    *,
    definition: str | None = None,
    choice: Choice = ALL,
    cache: Cache | None = None,
    tell: Tell = lambda step, done, of: None,
    workers: int = WORKERS,
) -> History:
    """Measure a scenario against every dated front in a folder.

    ``definition`` and ``choice`` are those of `geo.fronts.reading.read_front`, for each file. Identical geometry is
    measured once by each process; missing days are no matter; of two files for one day the first by name counts. With
    one of ``workers`` no process is started, which a script would have to be written for.

    Raises
    ------
    DataError
        There is no such folder, or not one usable front in it.
    """
    files = series.list_files(folder)
    job = Job(folder, scenario, definition, choice, cache or Cache(None))
    outcomes = _process(files, job, workers, tell)
    read, repeated = _sort([found for found, _ in outcomes])
    measured: dict[str, Measured | Failure] = {}
    for found, value in outcomes:
        if isinstance(found, FrontFile) and value is not None:
            measured.setdefault(found.geometry, value)
    measured = {each.geometry: measured[each.geometry] for each in read}
    days, failed = _assemble(read, measured)
    skipped = sorted([*repeated, *failed], key=lambda failure: failure.file)
    if not days:
        raise DataError(str(folder), [Problem(f"{each.file}: {each.reason}", "") for each in skipped])
    return History(scenario, days, tuple(skipped), _sum_up(len(files), measured))


def _sum_up(files: int, measured: dict[str, Measured | Failure]) -> Work:
    values = [each for each in measured.values() if isinstance(each, Measured)]
    fresh = [each.seconds for each in values if each.seconds]
    means = {step: sum(each[step] for each in fresh) / len(fresh) for step in series.STEPS} if fresh else {}
    return Work(files, len(measured), len(values) - len(fresh), means)


def _kind_of(day: Day) -> tuple[str, str, str | None]:
    return day.origin, day.front.definition, day.front.rule


@contextmanager
def _pool(count: int, workers: int) -> Iterator[ProcessPoolExecutor | None]:
    """Yield a pool of processes, None where there is too little to do, or only one core to do it."""
    workers = min(workers, os.cpu_count() or 1)
    if count <= _FEW or workers < 2:
        yield None
        return
    # Spawned processes share nothing by accident, and are the same on every system.
    others = {*active_children()}
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_follow_parent)
    try:
        yield pool
    except BaseException:
        for worker in {*active_children()} - others:
            worker.kill()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _follow_parent() -> None:
    """Let a worker end when its parent is gone, killed perhaps; Ctrl-C and words are the parent's to answer with."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warnings.simplefilter("ignore")
    parent = parent_process()
    assert parent is not None

    def follow() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Keep Ctrl-C from processes that start meanwhile; here it waits until they have."""
    if not hasattr(signal, "pthread_sigmask"):  # on Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _process(files: Sequence[Path], job: Job, workers: int, tell: Tell) -> list[Outcome]:
    """Return the outcome of each file, in their order: what is kept is recalled, the rest is worked out."""
    outcomes: dict[Path, Outcome] = {}
    seen: set[str] = set()
    for number, file in enumerate(files, start=1):
        if (outcome := series.recall_file(file, job, seen)) is not None:
            outcomes[file] = outcome
        tell("read", number, len(files))
    todo = [file for file in files if file not in outcomes]
    turn = os.getpid() % max(1, len(todo))
    todo = todo[turn:] + todo[:turn]  # of two processes each begins elsewhere
    with _pool(len(todo), workers) as pool:
        fresh = _work(pool, todo, job, lambda done: tell("measure", done, len(todo)))
    outcomes |= dict(zip(todo, fresh, strict=True))
    return [outcomes[file] for file in files]


def _work(
    pool: ProcessPoolExecutor | None, files: Sequence[Path], job: Job, tell: Callable[[int], None]
) -> list[Outcome]:
    """Return the outcome of each file, in their order, telling how many are done."""
    if pool is None:
        outcomes = []
        for number, outcome in enumerate(series.process_files(files, job), start=1):
            outcomes.append(outcome)
            tell(number)
        return outcomes
    step = min(_TOGETHER, -(-len(files) // (2 * WORKERS)))
    runs = [files[start : start + step] for start in range(0, len(files), step)]
    with _without_interrupts():
        futures = {pool.submit(_process_run, runs[number], job): number for number in _deal(len(runs))}
    done = 0
    for future in as_completed(futures):
        done += len(runs[futures[future]])
        tell(done)
    try:
        return [outcome for future in sorted(futures, key=futures.__getitem__) for outcome in future.result()]
    except BrokenProcessPool:
        lost = [str(runs[number][0]) for future, number in futures.items() if future.exception()]
        raise GeoError(
            f"A process that measured was ended from outside, for want of memory perhaps, at "
            f"{' or '.join(lost[:WORKERS])}. What was measured is kept, and the next run goes on from there."
        ) from None


def _deal(count: int) -> list[int]:
    """Return runs in such an order that processes which take them in turn, equally fast, go on where they were."""
    each = -(-count // WORKERS)
    return sorted(range(count), key=lambda number: number % each)


def _process_run(files: Sequence[Path], job: Job) -> list[Outcome]:
    return [*series.process_files(files, job)]


def _sort(found: Sequence[FrontFile | Failure]) -> tuple[list[FrontFile], list[Failure]]:
    """Put files in the order of their days, one a day; the others of a day are failures that say so."""
    failures = [each for each in found if isinstance(each, Failure)]
    kept: dict[date, FrontFile] = {}
    for read in (each for each in found if isinstance(each, FrontFile)):
        day = read.front.as_of
        first = kept.setdefault(day, read)
        if first is not read:
            same = "identical to it" if first.geometry == read.geometry else "and differs from it"
            failures.append(Failure(read.file, f"{first.file} is of {day}, too, {same}. Keep one of them."))
    return [kept[day] for day in sorted(kept)], failures


def _assemble(
    read: Sequence[FrontFile], measured: dict[str, Measured | Failure]
) -> tuple[tuple[Day, ...], list[Failure]]:
    days, failures = [], []
    for each in read:
        value = measured[each.geometry]
        if isinstance(value, Failure):
            failures.append(replace(value, file=each.file))
        else:
            drawn = (value.line, value.ground)
            days.append(Day(each.file, each.front, value.metrics, *drawn, each.geometry, each.origin))
    return tuple(days), failures
