"""A file becomes a `ReportedFront`: its facts checked, and the lines or the occupied area that it holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import shapely
from shapely.geometry import LineString, MultiLineString, MultiPolygon
from shapely.geometry.base import BaseGeometry

from geo import geodesy, shipped
from geo.errors import DataError, Problem, UsageError
from geo.files import document, formats, limits, reading
from geo.files.features import Collection, Kind, raise_problems
from geo.files.fields import LONG, Fields, derive_id, describe_value
from geo.fronts import choosing, contact, dating, recognition, written
from geo.fronts.choosing import ALL, Choice
from geo.fronts.front import (
    ALLOWED,
    DEFINITIONS,
    DISPUTED,
    FORBIDDEN,
    HELD_SIDES,
    NOT_STATED,
    REPORTED,
    FrontFacts,
    Sector,
    build_multi,
)
from geo.geodesy import validity

FRONT_KEYS = (
    "as_of",
    "definition",
    "definition_text",
    "uncertainty_km",
    "source",
    "licence",
    "method",
    "held_side",
    "redistribution",
    "rule",
)
"""What the foreign member ``front`` may hold."""

PERIMETER = (
    "The line closes on itself, so it is the perimeter of an area; the line of contact was derived from that area. "
    "--front-definition edge keeps all of it."
)
"""The note on a line that was taken for an area."""

LINES = ("LineString", "MultiLineString")

AREAS = ("Polygon", "MultiPolygon")

KIND = Kind(
    noun="front",
    geometries=(*LINES, *AREAS),
    remedy="Give the front as lines, or the occupied area as polygons, and nothing else in the file.",
    max_bytes=limits.FRONT_BYTES,
    max_positions=limits.FRONT_POSITIONS,
    max_features=limits.FRONT_FEATURES,
    made_of="lines or areas",
    layer="front",
)


@dataclass(frozen=True)
class ReportedFront:
    """A front as its file reports it: the facts, and its sectors, or the occupied area to derive a line from."""

    facts: FrontFacts
    shape: tuple[Sector, ...] | MultiPolygon


def read_reported(
    path: str | Path | document.Content,
    *,
    definition: str | None = None,
    as_of: date | None = None,
    choice: Choice = ALL,
) -> ReportedFront:
    """Read what a file reports of a front, as `read_front` does, without deriving a line from an area."""
    content = document.read_content(path, max_bytes=KIND.max_bytes)
    file = content.path
    parsed = reading.parse_collection(content, KIND, choice.layer)
    collection = written.restore_member(parsed)
    is_written = collection is not parsed
    problems = list(collection.problems)
    fields = _read_member(collection.members.get("front", {}), problems)
    notes: tuple[str, ...] = ()
    if not problems:
        hints = dating.find_hints(fields, file, as_of)
        features, notes = choosing.choose_features(collection, choice, hints)
        collection = replace(collection, features=features)
    is_area = _holds_areas(collection, problems)
    stated = fields.read_choice("definition", tuple(DEFINITIONS)) or "contact"
    wanted = (definition or "contact") if is_area else stated
    tables = [feature.properties for feature in collection.features]
    day, dated = dating.read_as_of(fields, file, collection.members, tables, as_of)
    facts = FrontFacts(
        id=derive_id(formats.derive_stem(file), otherwise="front"),
        as_of=day,
        definition=wanted,
        definition_text=fields.read_text("definition_text", limit=LONG) or DEFINITIONS[wanted],
        uncertainty_km=fields.read_number("uncertainty_km"),
        source=fields.read_text("source", limit=LONG) or NOT_STATED,
        licence=fields.read_text("licence", limit=LONG) or NOT_STATED,
        method=fields.read_text("method", limit=LONG) or NOT_STATED,
        held_side=fields.read_choice("held_side", HELD_SIDES),
        sha256=collection.sha256,
        rule=fields.read_text("rule", limit=LONG),
        choice=choice,
        notes=(*notes, *dated),
        is_restricted=fields.read_choice("redistribution", (ALLOWED, FORBIDDEN)) == FORBIDDEN,
    )
    sectors = tuple(_read_sectors(collection, facts.uncertainty_km, problems))
    if not problems:
        problems += _check_lines(sectors)
    raise_problems(collection.file, problems)
    if is_area:
        areas = [feature.shape for feature in collection.features]
        return _report_area(facts, validity.unite(areas), definition, collection)
    if is_written or facts.rule or facts.definition == "edge" or file in shipped.fronts().values():
        _check_definition(facts, definition)
        return ReportedFront(_add_sectors(facts, sectors), sectors)
    return _recognise_lines(facts, sectors, definition, collection)


def _report_area(
    facts: FrontFacts, area: BaseGeometry, definition: str | None, collection: Collection
) -> ReportedFront:
    """Return an occupied area as reported: the line that is derived runs with it on its left."""
    if fault := recognition.find_fault(area):
        remedy = f"Give the occupied area.{choosing.describe_differences(collection.features)}"
        raise DataError.of(collection.file, fault, remedy)
    wanted = definition or "contact"
    derived = replace(
        facts,
        definition=wanted,
        definition_text=DEFINITIONS[wanted],
        held_side="right",
        rule=contact.RULE if wanted == "contact" else None,
        precisions_km=() if facts.uncertainty_km is None else (facts.uncertainty_km,),
    )
    return ReportedFront(derived, MultiPolygon([*shapely.get_parts(shapely.orient_polygons(area))]))


def _recognise_lines(
    facts: FrontFacts, sectors: tuple[Sector, ...], definition: str | None, collection: Collection
) -> ReportedFront:
    """Return lines as reported: without the border, unless the edge is wanted; a perimeter as the area within it."""
    parts = [part for sector in sectors if sector.is_reported for part in sector.line.geoms]
    if area := recognition.find_perimeter(parts):
        said = () if definition == "edge" else (PERIMETER,)
        return _report_area(replace(facts, notes=(*facts.notes, *said)), area, definition, collection)
    border = recognition.find_border(parts)
    if border is None:
        _check_definition(facts, definition)
        return ReportedFront(_add_sectors(facts, sectors), sectors)
    what = recognition.describe_border(border)
    if definition == "edge":
        facts = replace(facts, definition="edge", definition_text=DEFINITIONS["edge"])
        return ReportedFront(_add_sectors(facts, sectors), sectors)
    if border.whole_km - border.length_km < recognition.LEAST_SHARE * border.whole_km:
        remedy = "Give the line between the two sides, or the occupied area, from which it is derived."
        raise DataError.of(collection.file, what, remedy)
    cut = [
        replace(sector, line=recognition.cut_border(sector.line, border)) if sector.is_reported else sector
        for sector in sectors
    ]
    kept = tuple(sector for sector in cut if not sector.line.is_empty)
    note = f"{what} and were left out; --front-definition edge keeps them."
    return ReportedFront(_add_sectors(replace(facts, notes=(*facts.notes, note)), kept), kept)


def _read_member(member: object, problems: list[Problem]) -> Fields:
    """Return the foreign member, its keys checked; an empty one where it is not an object."""
    if not isinstance(member, dict):
        what = f"The 'front' member is {describe_value(member)}, not an object"
        problems.append(Problem(what, 'Write "front": {"as_of": "2025-03-27"}, or take it out.'))
        member = {}
    fields = Fields(member, "front", problems)
    fields.validate_keys(FRONT_KEYS)
    return fields


def _holds_areas(collection: Collection, problems: list[Problem]) -> bool:
    """Tell whether a file holds areas; lines beside them are a problem, for one of them is not the front."""
    types = {feature.shape.geom_type for feature in collection.features if feature.shape is not None}
    if types & {*LINES} and types & {*AREAS}:
        what = "The file holds both lines and areas"
        problems.append(Problem(what, "Keep the lines of the front, or the occupied area."))
    return bool(types & {*AREAS})


def _add_sectors(facts: FrontFacts, sectors: Sequence[Sector]) -> FrontFacts:
    """Return the facts with what the sectors say of precision and dispute."""
    stated = {sector.precision_km for sector in sectors}
    return replace(
        facts,
        precisions_km=() if None in stated else tuple(sorted(km for km in stated if km is not None)),
        disputed=tuple(sector.name for sector in sectors if not sector.is_reported),
        sector_count=len(sectors),
    )


def _check_lines(sectors: Sequence[Sector]) -> Iterator[Problem]:
    """Yield a problem where lines are so many, or cross so often, that no sides can be told, or all are disputed."""
    lines = [part for sector in sectors for part in sector.line.geoms]
    if sectors and not any(sector.is_reported for sector in sectors):
        what = "Every sector is disputed, so there is nothing to measure to"
        yield Problem(what, 'Give at least one sector "status": "reported".')
    if len(lines) > limits.FRONT_LINES:
        what = f"The file holds {len(lines):,} lines; the limit is {limits.FRONT_LINES:,}"
        yield Problem(what, "Join those that continue each other.")
        return
    count, near = geodesy.count_crossings(lines, most=limits.CROSSINGS, most_near=limits.NEIGHBOURS)
    if count > limits.CROSSINGS:
        what = f"The lines cross more than {limits.CROSSINGS:,} times, the limit"
        yield Problem(what, "Leave out what is no front, such as a hatching.")
    elif near > limits.NEIGHBOURS:
        what = f"Edges of the lines lie beside each other more than {limits.NEIGHBOURS:,} times, the limit"
        yield Problem(what, "Keep one of the lines that follow the same course.")


def _check_definition(facts: FrontFacts, wanted: str | None) -> None:
    if wanted not in (None, facts.definition):
        raise UsageError(
            f"{facts.id} holds a line, the {facts.kind}, and --front-definition {wanted} needs the occupied area. "
            "Give a file of polygons, or leave the option out."
        )


def _read_sectors(
    collection: Collection, uncertainty_km: float | None, problems: list[Problem]
) -> Iterator[Sector]:
    """Yield each feature as a sector; one whose geometry has a problem is left out, for reading fails.

    Of sectors with one name, all but the first have their number behind it, so that each can be told.
    """
    is_ours = "front" in collection.members
    names: set[str] = set()
    for number, feature in enumerate(collection.features, start=1):
        heard = problems if is_ours else []
        columns = (
            feature.properties
            if collection.is_geojson
            else {key.lower(): value for key, value in feature.properties.items()}
        )
        fields = Fields(columns, "properties", heard, feature.index, feature.name)
        name, precision = fields.read_text("sector"), fields.read_number("precision_km")
        if isinstance(feature.shape, LineString | MultiLineString):
            status = fields.read_choice("status", (REPORTED, DISPUTED))
            name = name or f"Sector {number}"
            name = f"{name} ({number})" if name in names else name
            names.add(name)
            yield Sector(
                name,
                build_multi(feature.shape),
                uncertainty_km if precision is None else precision,
                status or REPORTED,
            )
