"""One file of a series: what it reports, and what a scenario measures against it; work for a pool of processes."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import LinearRing, LineString, MultiLineString, MultiPolygon, Polygon

from geo.errors import DataError, GeoError, show
from geo.files import document, formats
from geo.fronts import dating
from geo.fronts.choosing import ALL, Choice
from geo.fronts.front import NOT_STATED, FrontFacts, Sector
from geo.fronts.reading import derive_front
from geo.fronts.reported import KIND, ReportedFront, read_reported
from geo.geodesy import Area
from geo.measuring.cache import Cache, derive_key
from geo.measuring.metrics import Band, Metrics, ZoneMetrics
from geo.measuring.successive import Successive
from geo.scenarios.scenario import Scenario

SUFFIXES = (*formats.ENDINGS, *formats.PACKED)
"""The endings of files that a series is made of; others in the folder are left alone."""

STEPS = ("read", "derive", "measure")
"""What is timed for each front."""

LINE_SCALE = 10_000
"""Units in a degree of the lines that are kept for drawing: about 10 m. Measuring uses full precision."""

Packed = list[list[int]]

_MISSHAPEN = (KeyError, TypeError, ValueError, AttributeError)
"""What reading a cache entry of another shape raises."""


@dataclass(frozen=True)
class FrontFile:
    """One file of a series: the facts of its front, and the key of its geometry.

    ``origin`` names where it came from: the stated source, else the file's name without its date.
    """

    file: str
    front: FrontFacts
    geometry: str
    origin: str


@dataclass(frozen=True)
class Measured:
    """A scenario measured against one geometry; ``seconds`` went into each step.

    Packed for drawing are ``line`` and ``ground``, the rings of what lies beyond it.
    """

    metrics: Metrics
    line: Packed
    ground: Packed
    seconds: Mapping[str, float]


@dataclass(frozen=True)
class Failure:
    """A file that could not be used, and why, in one sentence."""

    file: str
    reason: str


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
        raise DataError.of(folder, "The folder holds no fronts", f"They end in {endings}.")
    return found


def read_front_file(
    file: Path, definition: str | None, cache: Cache, choice: Choice = ALL, within: str | None = None
) -> FrontFile | Failure:
    """Read what a file reports, or recall it where the same bytes under the same name were read before.

    ``within`` is its path in the folder of the series, where that is not its name.
    """
    name = within or file.name
    try:
        content = document.read_content(file, max_bytes=KIND.max_bytes)
    except DataError as error:
        return Failure(name, _reason(error))
    called = ascii(str(Path(file.parent.name, file.name)))  # the folder's name may say the day
    key = derive_key("front", content.sha256, called, definition, choice.build_record())
    with contextlib.suppress(*_MISSHAPEN):
        return _build_front_file(name, cache.read(key))
    try:
        record = _describe_reported(read_reported(content, definition=definition, choice=choice), str(file))
    except GeoError as error:
        return Failure(name, _reason(error))
    cache.save(key, record)
    return _build_front_file(name, record)


def measure_front_file(
    file: Path,
    definition: str | None,
    scenario: Scenario,
    cache: Cache,
    key: str,
    sha256: str | None,
    choice: Choice = ALL,
) -> Measured | Failure:
    """Derive the line of a file and measure a scenario against it; the result is kept under ``key``.

    What another process has kept there meanwhile is recalled. ``sha256`` is that of the content that the key was
    made of: a file that has another one by now is a failure.
    """
    if (kept := recall(cache, key)) is not None:
        return kept
    try:
        started = time.perf_counter()
        reported = read_reported(file, definition=definition, choice=choice)
        if reported.facts.sha256 != sha256:
            return Failure(
                file.name, "The file was replaced while it was being measured. Run the command again."
            )
        read = time.perf_counter()
        derived_front = derive_front(reported, file=str(file))
        derived = time.perf_counter()
        measured = _recall_successive(scenario).measure(derived_front)
    except GeoError as error:
        return Failure(file.name, _reason(error))
    seconds = dict(zip(STEPS, (read - started, derived - read, time.perf_counter() - derived), strict=True))
    rings = _list_rings(derived_front.sides.drawn_ground)
    value = Measured(measured, _pack(derived_front.line.geoms), _pack(rings), seconds)
    cache.save(key, {"metrics": asdict(measured), "line": value.line, "ground": value.ground})
    return value


@functools.lru_cache(maxsize=1)
def _recall_successive(scenario: Scenario) -> Successive:
    """Return what measures a scenario in this process: it knows the front before."""
    return Successive(scenario)


def recall(cache: Cache, key: str) -> Measured | None:
    """Return what was measured before under this key, if it still can be read."""
    kept: Any = cache.read(key)
    with contextlib.suppress(*_MISSHAPEN):
        return Measured(_build_metrics(kept["metrics"]), kept["line"], kept["ground"], {})
    return None


def unpack(line: Packed) -> MultiLineString:
    """Return a line kept for drawing as lon, lat degrees."""
    return MultiLineString(
        [[(x / LINE_SCALE, y / LINE_SCALE) for x, y in zip(p[::2], p[1::2], strict=True)] for p in line]
    )


def _is_front(file: Path) -> bool:
    return file.suffix.lower() in SUFFIXES and not file.name.startswith(".") and file.is_file()


def _is_day(folder: Path) -> bool:
    return folder.is_dir() and len(dating.derive_days(folder.name)) == 1


def _reason(error: GeoError) -> str:
    """Return the first problem of an error in one line, without the file's name, which stands beside it."""
    return show(str(error.problems[0])) if isinstance(error, DataError) else str(error)


def _describe_reported(reported: ReportedFront, file: str) -> dict[str, Any]:
    facts, shape = reported.facts, reported.shape
    drawn = shape if isinstance(shape, MultiPolygon) else derive_front(reported, file=file).line
    digest = hashlib.sha256(shapely.to_wkb(shapely.normalize(drawn)))
    digest.update(f"{facts.definition} {facts.held_side}".encode())
    sectors = () if isinstance(shape, MultiPolygon) else shape
    digest.update(repr(sorted(map(_describe_sector, sectors)) or facts.precisions_km).encode())
    plain = {"as_of": facts.as_of.isoformat(), "choice": facts.choice.build_record()}
    return {"geometry": digest.hexdigest(), "front": vars(facts) | plain}


def _describe_sector(sector: Sector) -> tuple[str, str]:
    """Return what decides figures and their intervals, as texts that can be sorted."""
    return shapely.normalize(sector.line).wkb_hex, repr((sector.name, sector.precision_km, sector.status))


def _build_front_file(file: str, record: Any) -> FrontFile:
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in record["front"].items()
    }
    built = {"as_of": date.fromisoformat(values["as_of"]), "choice": Choice.of_record(values["choice"])}
    facts = FrontFacts(**values | built)
    stated = facts.source != NOT_STATED
    origin = facts.source if stated else show(f"files named {dating.mask_days(Path(file).stem)}")
    return FrontFile(file, facts, record["geometry"], origin)


def _build_metrics(record: dict[str, Any]) -> Metrics:
    zones = tuple(_build_row(row) for row in record["zones"])
    return Metrics(
        record["scenario"],
        record["front_length_km"],
        zones,
        _build_row(record["total"]),
        (),
        record["method"],
    )


def _build_row(record: dict[str, Any]) -> ZoneMetrics:
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in record.items()
    }
    values["bands"] = tuple(Band(**band) for band in record["bands"])
    return ZoneMetrics(**values)


def _list_rings(area: Area) -> list[LinearRing]:
    """Return the rings of an area, each from its westernmost point on, so that those of two days can be compared."""
    parts: list[Polygon] = [*shapely.get_parts(shapely.normalize(area))]
    return [ring for part in parts for ring in (part.exterior, *part.interiors) if not ring.is_empty]


def _pack(lines: Iterable[LineString]) -> Packed:
    return [[round(value * LINE_SCALE) for at in line.coords for value in at] for line in lines]
