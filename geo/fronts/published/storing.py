"""A fetched front is stored: one file of this project's own form a day, whole, and nothing else of that day lost."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import MultiPolygon

from geo.errors import OutputError
from geo.files import atomic
from geo.files.document import Content
from geo.files.fields import LONG
from geo.fronts import fetched, writing
from geo.fronts.fetched import Record
from geo.fronts.front import FORBIDDEN, Front
from geo.fronts.published.originals import Original
from geo.fronts.published.publishers import Publisher, strip_address
from geo.fronts.reading import read_front
from geo.fronts.reported import ReportedFront

NEW, SAME, CHANGED = "new", "same", "changed"
"""What became of a day: it was not there, it was there already, or its publisher replaced it."""

_PATIENCE_S = 60.0
"""To wait for another run that stores a front of the same source."""


@dataclass(frozen=True)
class Stored:
    """A front as it is stored: its file, what became of the day, and where the replaced version is kept."""

    front: Front
    file: Path
    state: str
    earlier: Path | None = None


def store(reported: ReportedFront, publisher: Publisher, original: Original, method: str) -> Stored:
    """Store a front for its day and source, and return it as it is read back from there.

    The file names who drew it, under which licence, and the SHA-256 of what it was made of; no time stands in it. A
    version that its publisher replaced is kept beside the shelf.

    Raises
    ------
    DataError
        No line of contact can be derived from it; nothing was stored.
    OutputError
        The user's folder cannot be written.
    """
    series = fetched.find_series(publisher.id)
    file = series / f"{reported.facts.as_of.isoformat()}.geojson"
    data = render_stored(reported, publisher, method)
    front = read_front(Content(file, data))
    with _alone(series):
        before = file.read_bytes() if file.is_file() else None
        earlier = None
        if before is None:
            state = NEW
        elif _is_alike(before, data):
            state, data, front = SAME, before, read_front(Content(file, before))
        else:
            digest = hashlib.sha256(before).hexdigest()[:12]
            earlier = fetched.find_earlier(publisher.id) / f"{file.stem}_{digest}.geojson"
            fetched.save(before, earlier)
            state = CHANGED
        if state != SAME:
            fetched.save(data, file)
        record = _describe(front, data, publisher, original).render()
        fetched.save(record, fetched.side_file(file), fetched.RECORD)
    return Stored(front, file, state, earlier)


def render_stored(reported: ReportedFront, publisher: Publisher, method: str) -> bytes:
    """Return the bytes of a front file: the occupied area that the line is derived from, or the sectors of a line."""
    facts, shape = reported.facts, reported.shape
    is_area = isinstance(shape, MultiPolygon)
    member = {
        "as_of": facts.as_of.isoformat(),
        "definition": None if is_area else facts.definition,
        "uncertainty_km": facts.uncertainty_km,
        "source": publisher.citation or writing.find_stated(facts.source) or publisher.origin,
        "licence": publisher.licence or writing.find_stated(facts.licence),
        "redistribution": publisher.redistribution or (FORBIDDEN if facts.is_restricted else None),
        "method": " ".join(filter(None, [writing.find_stated(facts.method), method, *facts.notes]))[:LONG],
        "held_side": None if is_area else facts.held_side,
        "rule": None if is_area else facts.rule,
    }
    if isinstance(shape, MultiPolygon):
        features = [_describe_feature({}, shape)]
    else:
        features = [
            _describe_feature(
                {"sector": each.name, "precision_km": each.precision_km, "status": each.status}, each.line
            )
            for each in shape
        ]
    return writing.render_collection(member, features).encode()


def _describe_feature(properties: dict[str, Any], shape: shapely.Geometry) -> str:
    kept = {key: value for key, value in properties.items() if value is not None}
    text = json.dumps(kept, ensure_ascii=False)
    return f'{{"type": "Feature", "properties": {text},\n"geometry": {shapely.to_geojson(shape)}}}'


def _is_alike(before: bytes, now: bytes) -> bool:
    """Ask whether two files hold the same front; of which file of the publisher it was made does not count."""
    try:
        one, other = json.loads(before), json.loads(now)
        for each in (one, other):
            each["front"].pop("method", None)
    except (ValueError, KeyError, TypeError, AttributeError):
        return False
    return bool(one == other)


def _describe(front: Front, data: bytes, publisher: Publisher, original: Original) -> Record:
    address = strip_address(publisher.find_address(front.as_of)) if publisher.address else str(publisher.file)
    return Record(
        source=publisher.id,
        publisher=publisher.publisher,
        address=address,
        retrieved=original.retrieved,
        as_of=front.as_of.isoformat(),
        sha256=hashlib.sha256(data).hexdigest(),
        original_sha256=original.sha256,
        drawn_by=front.source,
        licence=front.licence,
        redistribution=publisher.redistribution,
        definition=front.definition,
        length_km=round(front.length_km, 1),
    )


@contextmanager
def _alone(series: Path) -> Iterator[None]:
    """Wait until no other run stores a front of this source.

    Raises
    ------
    OutputError
        The folder cannot be written, or the other run does not end.
    """
    try:
        series.mkdir(parents=True, exist_ok=True)
        stream = (series / ".lock").open("ab")
    except OSError as error:
        raise OutputError(
            f"{series}: could not be written: {error.strerror or error}. Choose another folder with {fetched.VARIABLE}."
        ) from None
    with stream:
        end = time.monotonic() + _PATIENCE_S
        while not _lock(stream):
            if time.monotonic() > end:
                raise OutputError(
                    f"{series}: another run is storing a front there. Try again when it is done."
                )
            time.sleep(0.05)
        yield


def _lock(stream: Any) -> bool:
    try:
        return atomic.lock(stream)
    except OSError:  # a file system without locks: files are still whole
        return True
