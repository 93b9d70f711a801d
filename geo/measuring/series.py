"""The files of a series, one after another: what each reports, and what a scenario measures against it."""

from __future__ import annotations

import contextlib
import functools
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from geo.errors import DataError, GeoError, show
from geo.files import document, formats
from geo.fronts import dating
from geo.fronts.choosing import ALL, Choice
from geo.fronts.reading import derive_front
from geo.fronts.reported import KIND, ReportedFront, read_reported
from geo.measuring import kept
from geo.measuring.cache import Cache, derive_key
from geo.measuring.kept import FrontFile, Measured
from geo.measuring.successive import Successive
from geo.scenarios.scenario import Scenario

SUFFIXES = (*formats.ENDINGS, *formats.PACKED)
"""The endings of files that a series is made of; others in the folder are left alone."""

STEPS = ("read", "derive", "measure")
"""What is timed for each front."""


@dataclass(frozen=True)
class Failure:
    """A file that could not be used, and why, in one sentence."""

    file: str
    reason: str


Outcome: TypeAlias = tuple[FrontFile | Failure, Measured | Failure | None]
"""What a file reports, and what was measured against it; None where that is the same as for a file before it."""


@dataclass(frozen=True)
class Job:
    """What is to be measured against the files of a folder, and how they are read."""

    folder: Path
    scenario: Scenario
    definition: str | None = None
    choice: Choice = ALL
    cache: Cache = field(default_factory=lambda: Cache(None))

    @functools.cached_property
    def _scenario_key(self) -> str:
        zones = [(zone.name, zone.country, zone.geometry.wkb_hex) for zone in self.scenario.zones]
        return derive_key("measured", self.scenario.id, zones)

    def derive_key(self, geometry: str) -> str:
        """Return the key of what is measured against a geometry."""
        return derive_key(self._scenario_key, geometry)


def list_files(folder: Path) -> list[Path]:
    """Return the files of a series in the order of their names, then those in folders that are named after a day.

    Raises
    ------
    DataError
        There is no such folder, or nothing in it that could be a front.
    """
    if not folder.is_dir():
        raise DataError.of(folder, "There is no such folder", "Name the folder that holds the fronts.")
    found = sorted(file for file in folder.iterdir() if _is_front(file))
    days = (within for within in sorted(folder.iterdir()) if _is_day(within))
    found += sorted(file for day in days for file in day.iterdir() if _is_front(file))
    if not found:
        endings = ", ".join(SUFFIXES)
        raise DataError.of(
            folder,
            "The folder holds no fronts",
            f"They end in {endings}, and lie in it or in folders that are named after a day.",
        )
    return found


def recall_file(path: Path, job: Job, seen: set[str]) -> Outcome | None:
    """Return what is kept of a file and of what was measured against it; None where something is missing.

    ``seen`` are geometries for which the latter was recalled before; this one is added to them.
    """
    if job.cache.folder is None:
        return None
    with contextlib.suppress(DataError):
        read = _File(path, job).recall()
        if read and read.geometry in seen:
            return read, None
        measured = kept.recall(job.cache, job.derive_key(read.geometry)) if read else None
        if read and measured:
            seen.add(read.geometry)
            return read, measured
    return None


def process_files(files: Sequence[Path], job: Job) -> Iterator[Outcome]:
    """Read files, measure against each, and yield one outcome after another; equal fronts are measured once.

    A file costs least after one that it differs from in few places.
    """
    seen: set[str] = set()
    for path in files:
        started = time.perf_counter()
        file = _File(path, job)
        try:
            read = file.read()
            measured = None if read.geometry in seen else _measure(read, file, job, started)
            seen.add(read.geometry)
            yield read, measured
        except GeoError as error:
            yield Failure(file.name, _reason(error)), None


class _File:
    """One file of a series, opened once, so that its hash and its geometry are of the same content."""

    def __init__(self, path: Path, job: Job) -> None:
        self.path, self.job = path, job
        self.name = path.relative_to(job.folder).as_posix()

    @functools.cached_property
    def content(self) -> document.Content:
        return document.read_content(self.path, max_bytes=KIND.max_bytes)

    @functools.cached_property
    def reported(self) -> ReportedFront:
        return read_reported(self.content, definition=self.job.definition, choice=self.job.choice)

    @functools.cached_property
    def key(self) -> str:
        called = ascii(str(Path(self.path.parent.name, self.path.name)))  # the folder's name may say the day
        choice = self.job.choice.build_record()
        return derive_key("front", self.content.sha256, called, self.job.definition, choice)

    def recall(self) -> FrontFile | None:
        """Return what the file reports where the same bytes under the same name were read before."""
        with contextlib.suppress(*kept.MISSHAPEN):
            return kept.build_front_file(self.name, self.job.cache.read(self.key))
        return None

    def read(self) -> FrontFile:
        """Return what the file reports, recalled or read."""
        if (recalled := self.recall()) is not None:
            return recalled
        record = kept.describe_reported(self.reported, str(self.path))
        self.job.cache.save(self.key, record)
        return kept.build_front_file(self.name, record)


def _measure(read: FrontFile, file: _File, job: Job, started: float) -> Measured | Failure:
    """Return what is measured against a file, recalled where another process has kept it meanwhile."""
    key = job.derive_key(read.geometry)
    if (recalled := kept.recall(job.cache, key)) is not None:
        return recalled
    try:
        reported = file.reported
        is_read = time.perf_counter()
        derived = derive_front(reported, file=str(file.path))
        is_derived = time.perf_counter()
        metrics = _recall_successive(job.scenario).measure(derived)
    except GeoError as error:
        return Failure(file.name, _reason(error))
    ends = (is_read - started, is_derived - is_read, time.perf_counter() - is_derived)
    line, ground = kept.pack(derived.line.geoms), kept.pack_area(derived.sides.drawn_ground)
    value = Measured(metrics, line, ground, dict(zip(STEPS, ends, strict=True)))
    kept.save_measured(job.cache, key, value)
    return value


@functools.lru_cache(maxsize=1)
def _recall_successive(scenario: Scenario) -> Successive:
    """Return what measures a scenario in this process: it knows the front before."""
    return Successive(scenario)


def _is_front(file: Path) -> bool:
    return file.suffix.lower() in SUFFIXES and not file.name.startswith(".") and file.is_file()


def _is_day(folder: Path) -> bool:
    return folder.is_dir() and len(dating.derive_days(folder.name)) == 1


def _reason(error: GeoError) -> str:
    """Return the first problem of an error in one line, without the file's name, which stands beside it."""
    return show(str(error.problems[0])) if isinstance(error, DataError) else str(error)
