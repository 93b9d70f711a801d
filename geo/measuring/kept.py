"""What is kept of a file of a series, between runs too: its facts, its figures, and its lines as drawing needs them."""

from __future__ import annotations

import base64
import contextlib
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import LinearRing, LineString, MultiLineString, MultiPolygon, Polygon

from geo.errors import show
from geo.fronts import dating
from geo.fronts.choosing import Choice
from geo.fronts.front import NOT_STATED, FrontFacts, Sector
from geo.fronts.reading import derive_front
from geo.fronts.reported import ReportedFront
from geo.geodesy import Area
from geo.measuring.cache import Cache
from geo.measuring.metrics import Metrics, ZoneMetrics
from geo.measuring.spread import Band

LINE_SCALE = 10_000
"""Units in a degree of the lines that are kept for drawing: about 10 m. Measuring uses full precision."""

Packed = list[list[int]]

MISSHAPEN = (KeyError, TypeError, ValueError, AttributeError)
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


def save_measured(cache: Cache, key: str, value: Measured) -> None:
    """Keep what was measured under a key."""
    drawn = {"line": _encode(value.line), "ground": _encode(value.ground)}
    cache.save(key, {"metrics": value.metrics, **drawn})


def recall(cache: Cache, key: str) -> Measured | None:
    """Return what was measured before under this key, if it still can be read."""
    kept: Any = cache.read(key)
    with contextlib.suppress(*MISSHAPEN):
        drawn = _decode(kept["line"]), _decode(kept["ground"])
        return Measured(_build_metrics(kept["metrics"]), *drawn, {})
    return None


def _encode(lines: Packed) -> list[str]:
    """Return packed lines as texts, which are read back many times as fast as lists of numbers."""
    return [base64.b64encode(np.array(line, "<i4").tobytes()).decode() for line in lines]


def _decode(texts: list[str]) -> Packed:
    return [np.frombuffer(base64.b64decode(text, validate=True), "<i4").tolist() for text in texts]


def unpack(line: Packed) -> MultiLineString:
    """Return a line kept for drawing as lon, lat degrees."""
    return MultiLineString(
        [[(x / LINE_SCALE, y / LINE_SCALE) for x, y in zip(p[::2], p[1::2], strict=True)] for p in line]
    )


def describe_reported(reported: ReportedFront, file: str) -> dict[str, Any]:
    """Return what is kept of a file that was read: its facts, and the key of its geometry."""
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


def build_front_file(file: str, record: Any) -> FrontFile:
    """Return a file by what was kept of it.

    Raises
    ------
    KeyError, TypeError, ValueError, AttributeError
        The record is of another shape.
    """
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


def pack_area(area: Area) -> Packed:
    """Return the rings of an area, each from its westernmost point on, so that those of two days can be compared."""
    parts: list[Polygon] = [*shapely.get_parts(shapely.normalize(area))]
    return pack(ring for part in parts for ring in (part.exterior, *part.interiors) if not ring.is_empty)


def pack(lines: Iterable[LineString | LinearRing]) -> Packed:
    """Return lines as `unpack` reads them, each as lon and lat in turn."""
    return [
        np.rint(shapely.get_coordinates(line) * LINE_SCALE).astype(int).ravel().tolist() for line in lines
    ]
