"""A front file becomes a `Front`: a dated line of contact with its definition and uncertainty."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import shapely
from shapely.geometry import LineString, MultiLineString
from shapely.geometry.base import BaseGeometry

from geo import catalogue, document, geojson
from geo.errors import Problem
from geo.fields import LONG, Fields, derive_day, derive_id, describe

FRONT_KEYS = (
    "as_of",
    "definition",
    "definition_text",
    "uncertainty_km",
    "source",
    "licence",
    "method",
    "held_side",
)
"""What the foreign member ``front`` may hold."""

DEFINITIONS = {
    "contact": "The line of contact between the two sides; coasts and state borders are no part of it.",
    "edge": "Any edge of the occupied area, coasts and state borders included.",
}
"""What a front can be, each with the sentence used where the file brings none of its own."""

NOT_STATED = "not stated"

KIND = geojson.Kind(
    noun="front",
    geometries=("LineString", "MultiLineString"),
    remedy=(
        "Distances are measured to a line here. Turn the area into its outline (in QGIS: Vector, Geometry "
        "tools, Polygons to lines), cut away what runs along coasts and state borders, and use what is left."
    ),
    max_bytes=50_000_000,
    max_positions=1_000_000,
)

_DATE_IN_NAME = re.compile(r"(?<!\d)(\d{4})(-?)(\d{2})\2(\d{2})(?!\d)", re.ASCII)


@dataclass(frozen=True)
class Sector:
    """One named stretch of a front with its own precision in kilometres (None where the file gives none)."""

    name: str
    line: MultiLineString
    precision_km: float | None = None


@dataclass(frozen=True)
class Front:
    """A dated front: always a line, never the edge of a polygon of control.

    ``line`` is in lon, lat degrees (WGS 84): all sectors, joined where they meet, each running as it was
    drawn. ``definition`` is ``"contact"`` (line of contact) or ``"edge"`` (any edge of the occupied area);
    ``definition_text`` spells it out. ``uncertainty_km`` is how far the drawn line may lie from the true one,
    None where the file does not state it. ``held_side`` says on which side of the line's direction the ground
    held by Ukraine lies (``"left"``, ``"right"``, or None where the file does not say). ``sha256`` is that of
    the file.
    """

    id: str
    as_of: date
    definition: str
    definition_text: str
    uncertainty_km: float | None
    source: str
    licence: str
    method: str
    sectors: tuple[Sector, ...]
    line: MultiLineString
    held_side: str | None = None
    sha256: str | None = None

    @property
    def kind(self) -> str:
        """What the front is, in words: ``line of contact`` or ``edge of the occupied area``."""
        return "line of contact" if self.definition == "contact" else "edge of the occupied area"


def read_front(path: str | Path) -> Front:
    """Read a front from an RFC 7946 FeatureCollection of lines; its id is the file's name.

    A file without the ``front`` member is a line of contact of unstated source, as of the date in its name.

    Raises
    ------
    DataError
        Something in the file is wrong; carries every problem found.
    """
    file = Path(path)
    collection = geojson.read_collection(file, KIND)
    problems = list(collection.problems)
    fields = _read_member(collection.members.get("front", {}), problems)
    sectors = tuple(_read_sectors(collection, "front" in collection.members, problems))
    definition = fields.read_choice("definition", tuple(DEFINITIONS)) or "contact"
    front = Front(
        id=derive_id(file.stem, otherwise="front"),
        as_of=_read_as_of(fields, file),
        definition=definition,
        definition_text=fields.read_text("definition_text", limit=LONG) or DEFINITIONS[definition],
        uncertainty_km=fields.read_number("uncertainty_km"),
        source=fields.read_text("source", limit=LONG) or NOT_STATED,
        licence=fields.read_text("licence", limit=LONG) or NOT_STATED,
        method=fields.read_text("method", limit=LONG) or NOT_STATED,
        sectors=sectors,
        line=_derive_line(sectors),
        held_side=fields.read_choice("held_side", ("left", "right")),
        sha256=collection.sha256,
    )
    geojson.validate(collection.file, problems)
    return front


def find_front(name: str | Path | None = None) -> Front:
    """Read the front with a shipped date, or from a path; None stands for the newest that ships.

    Raises
    ------
    UnknownNameError
        Nothing that ships has this date and no such file exists; suggests the nearest.
    DataError
        There is something wrong with the file.
    """
    if name is None:
        return read_front(catalogue.latest_front())
    return read_front(document.find_file("front", name, catalogue.fronts()))


def read_fronts() -> dict[str, Front]:
    """Read every front that ships, id to front, oldest first."""
    return {name: read_front(file) for name, file in catalogue.fronts().items()}


def _read_member(member: object, problems: list[Problem]) -> Fields:
    """Return the foreign member, its keys checked; an empty one where it is not an object."""
    if not isinstance(member, dict):
        what = f"The 'front' member is {describe(member)}, not an object"
        problems.append(Problem(what, 'Write "front": {"as_of": "2025-03-27"}, or take it out.'))
        member = {}
    fields = Fields(member, "front", problems)
    fields.validate_keys(FRONT_KEYS)
    return fields


def _read_as_of(fields: Fields, file: Path) -> date:
    """Return the day the file gives, else the one in its name; `date.min` once the lack of both is noted."""
    if fields.values.get("as_of") is not None:
        return fields.read_date("as_of") or date.min
    texts = ["-".join(match.group(1, 3, 4)) for match in _DATE_IN_NAME.finditer(file.stem)]
    found = {day for day in map(derive_day, texts) if day is not None}
    if len(found) == 1:
        return found.pop()
    fields.note(
        "The file's name holds more than one date"
        if found
        else "The file does not say which day it describes",
        'Add the member "front": {"as_of": "2025-03-27"}, or call the file after it: 2025-03-27.geojson.',
    )
    return date.min


def _read_sectors(collection: geojson.Collection, is_ours: bool, problems: list[Problem]) -> Iterator[Sector]:
    """Yield each feature as a sector; one whose geometry has a problem is left out, for reading fails."""
    for number, feature in enumerate(collection.features, start=1):
        heard = problems if is_ours else []
        fields = Fields(feature.properties, "properties", heard, feature.index, feature.name)
        name, precision = fields.read_text("sector"), fields.read_number("precision_km")
        if isinstance(feature.shape, LineString | MultiLineString):
            yield Sector(name or f"Sector {number}", _build_multi(feature.shape), precision)


def _derive_line(sectors: tuple[Sector, ...]) -> MultiLineString:
    """Join the sectors where one ends and the next begins, keeping the direction in which they were drawn."""
    parts = [part for sector in sectors for part in sector.line.geoms]
    return _build_multi(shapely.line_merge(MultiLineString(parts), directed=True))


def _build_multi(line: BaseGeometry) -> MultiLineString:
    return MultiLineString([*shapely.get_parts(line)])
