"""A front file becomes a `Front`: a dated line of contact with its definition and uncertainty."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import shapely
from shapely.geometry import LineString, MultiLineString, MultiPolygon
from shapely.geometry.base import BaseGeometry

from geo import shipped
from geo.errors import DataError, Problem, UsageError
from geo.files import document, geojson, vectors
from geo.files.fields import LONG, Fields, derive_id, describe
from geo.fronts import contact, dating

FRONT_KEYS = (
    "as_of",
    "definition",
    "definition_text",
    "uncertainty_km",
    "source",
    "licence",
    "method",
    "held_side",
    "rule",
)
"""What the foreign member ``front`` may hold."""

DEFINITIONS = {
    "contact": "The line of contact between the two sides; coasts and state borders are no part of it.",
    "edge": "Any edge of the occupied area, coasts and state borders included.",
}
"""What a front can be, each with the sentence used where the file brings none of its own."""

NOT_STATED = "not stated"

LINES = ("LineString", "MultiLineString")
AREAS = ("Polygon", "MultiPolygon")

KIND = geojson.Kind(
    noun="front",
    geometries=(*LINES, *AREAS),
    remedy="Give the front as lines, or the occupied area as polygons, and nothing else in the file.",
    max_bytes=50_000_000,
    max_positions=1_000_000,
    repair=True,
    any_crs=True,
    columns=dating.DAY_KEYS,
)


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
    the file. ``rule`` says how the line was derived from an occupied area, None where it was drawn as a line;
    ``occupied`` is that area where the file holds it.
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
    rule: str | None = None
    occupied: MultiPolygon | None = None

    @property
    def kind(self) -> str:
        """What the front is, in words: ``line of contact`` or ``edge of the occupied area``."""
        return "line of contact" if self.definition == "contact" else "edge of the occupied area"


def read_front(path: str | Path, *, definition: str | None = None, as_of: date | None = None) -> Front:
    """Read a front from lines, or derive it from the polygons of an occupied area; its id is the file's name.

    GeoJSON, GeoPackage, Shapefile (zipped too), KML and FlatGeobuf are read, in any reference system they declare.
    A file without the ``front`` member is of unstated source, as of the date in its features or in its name, else
    ``as_of``. ``definition`` says what to take of an area: ``"contact"`` (also with None) or ``"edge"``.

    Raises
    ------
    DataError
        Something in the file is wrong; carries every problem found.
    UsageError
        ``definition`` or ``as_of`` contradicts what the file says of itself.
    """
    reported = read_reported(path, definition=definition, as_of=as_of)
    return derive_line(reported, file=str(path))


def read_reported(path: str | Path, *, definition: str | None = None, as_of: date | None = None) -> Front:
    """Read what a file reports, as `read_front` does; where that is an occupied area, the line is still empty."""
    file = Path(path)
    reader = vectors if vectors.is_vector_file(file) else geojson
    collection = reader.read_collection(file, KIND)
    problems = list(collection.problems)
    fields = _read_member(collection.members.get("front", {}), problems)
    kind = _read_kind(collection, problems)
    stated = fields.read_choice("definition", tuple(DEFINITIONS)) or "contact"
    wanted = stated if kind == "lines" else definition or "contact"
    front = Front(
        id=derive_id(file.stem, otherwise="front"),
        as_of=dating.read_as_of(fields, file, collection.features, as_of),
        definition=wanted,
        definition_text=fields.read_text("definition_text", limit=LONG) or DEFINITIONS[wanted],
        uncertainty_km=fields.read_number("uncertainty_km"),
        source=fields.read_text("source", limit=LONG) or NOT_STATED,
        licence=fields.read_text("licence", limit=LONG) or NOT_STATED,
        method=fields.read_text("method", limit=LONG) or NOT_STATED,
        sectors=tuple(_read_sectors(collection, "front" in collection.members, problems)),
        line=MultiLineString(),
        held_side=fields.read_choice("held_side", ("left", "right")),
        sha256=collection.sha256,
        rule=fields.read_text("rule", limit=LONG),
    )
    geojson.validate(collection.file, problems)
    if kind == "areas":
        area = shapely.union_all([feature.shape for feature in collection.features])
        return replace(front, occupied=MultiPolygon([*shapely.get_parts(shapely.orient_polygons(area))]))
    _check_definition(front, definition)
    return replace(front, line=_derive_line(front.sectors))


def derive_line(front: Front, *, file: str) -> Front:
    """Complete a front that was read as an occupied area: its line is the contact, or all of the edge.

    ``file`` is what an error names.

    Raises
    ------
    DataError
        No part of the area faces ground held by Ukraine.
    """
    if front.occupied is None:
        return front
    is_contact = front.definition == "contact"
    try:
        line = contact.derive_contact(front.occupied) if is_contact else _build_multi(front.occupied.boundary)
    except shapely.errors.GEOSException as error:
        what = f"The outlines cannot be computed with ({str(error).partition(':')[0]})"
        remedy = "Run 'Fix geometries' in QGIS (Processing toolbox, Vector geometry)."
        raise DataError(file, [Problem(what, remedy)]) from error
    if line.is_empty:
        what = "No part of this area faces ground held by Ukraine"
        raise DataError(file, [Problem(what, "Give the area occupied in Ukraine, longitude first.")])
    return replace(
        front,
        definition_text=DEFINITIONS[front.definition],
        line=line,
        sectors=(Sector("Whole line", line),),
        held_side="right",
        rule=rule_of(front.definition),
    )


def rule_of(definition: str) -> str | None:
    """Return the rule by which a line of this definition is derived from an occupied area, None for its whole edge."""
    return contact.RULE if definition == "contact" else None


def find_front(
    name: str | Path | None = None, *, definition: str | None = None, as_of: date | None = None
) -> Front:
    """Read the front with a shipped date, or from a path; None stands for the newest that ships.

    ``definition`` and ``as_of`` are those of `read_front`.

    Raises
    ------
    UnknownNameError
        Nothing that ships has this date and no such file exists; suggests the nearest.
    DataError
        There is something wrong with the file.
    """
    if name is None:
        return read_front(shipped.latest_front(), definition=definition, as_of=as_of)
    file = document.find_file("front", name, shipped.fronts())
    return read_front(file, definition=definition, as_of=as_of)


def read_fronts() -> dict[str, Front]:
    """Read every front that ships, id to front, oldest first."""
    return {name: read_front(file) for name, file in shipped.fronts().items()}


def _read_member(member: object, problems: list[Problem]) -> Fields:
    """Return the foreign member, its keys checked; an empty one where it is not an object."""
    if not isinstance(member, dict):
        what = f"The 'front' member is {describe(member)}, not an object"
        problems.append(Problem(what, 'Write "front": {"as_of": "2025-03-27"}, or take it out.'))
        member = {}
    fields = Fields(member, "front", problems)
    fields.validate_keys(FRONT_KEYS)
    return fields


def _read_kind(collection: geojson.Collection, problems: list[Problem]) -> str:
    """Return whether a file holds ``"lines"`` or ``"areas"``; both is a problem, for one of them is not the front."""
    types = {feature.shape.geom_type for feature in collection.features if feature.shape is not None}
    if types & {*LINES} and types & {*AREAS}:
        problems.append(
            Problem(
                "The file holds both lines and areas", "Keep the lines of the front, or the occupied area."
            )
        )
    return "areas" if types & {*AREAS} else "lines"


def _check_definition(front: Front, wanted: str | None) -> None:
    if wanted not in (None, front.definition):
        raise UsageError(
            f"{front.id} holds a line, the {front.kind}, and --front-definition {wanted} needs the occupied area. "
            "Give a file of polygons, or leave the option out."
        )


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
