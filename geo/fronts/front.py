"""A front file becomes a `Front`: a dated line of contact with its definition and uncertainty."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Point
from shapely.geometry.base import BaseGeometry

from geo import geodesy, numerals, shipped
from geo.errors import DataError, Problem, UsageError
from geo.files import document, formats, geojson, limits, reading
from geo.files.fields import LONG, Fields, derive_id, describe_value, shorten
from geo.fronts import choosing, contact, dating, fetched, pieces, recognition, written
from geo.fronts.bounds import Bounds, Strand
from geo.fronts.choosing import ALL, Choice
from geo.fronts.sides import Sides
from geo.geodesy import Area, LonLat, Polyline, validity

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

DEFINITIONS = {
    "contact": "The line of contact between the two sides; coasts and state borders are no part of it.",
    "edge": "Any edge of the occupied area, coasts and state borders included.",
}
"""What a front can be, each with the sentence used where the file brings none of its own."""

KINDS = {"contact": "line of contact", "edge": "edge of the occupied area"}
"""What a front of each definition is called."""

HELD_SIDES = ("left", "right")
"""On which side of the line's direction the ground held by Ukraine may lie."""

NOT_STATED = "not stated"

ALLOWED, FORBIDDEN = "allowed", "forbidden"
"""Whether the terms of a front let a map that shows it be passed on."""

PERIMETER = (
    "The line closes on itself, so it is the perimeter of an area; the line of contact was derived from that area. "
    "--front-definition edge keeps all of it."
)
"""The note on a line that was taken for an area."""

LINES = ("LineString", "MultiLineString")
AREAS = ("Polygon", "MultiPolygon")

KIND = geojson.Kind(
    noun="front",
    geometries=(*LINES, *AREAS),
    remedy="Give the front as lines, or the occupied area as polygons, and nothing else in the file.",
    max_bytes=limits.FRONT_BYTES,
    max_positions=limits.FRONT_POSITIONS,
    max_features=limits.FRONT_FEATURES,
    made_of="lines or areas",
    layer="front",
)


REPORTED, DISPUTED = "reported", "disputed"
"""What a sector can be: a stretch of the front, or one that reports of its day contradict each other on."""


@dataclass(frozen=True)
class Sector:
    """One named stretch of a front.

    ``precision_km`` is how far the true line may lie from it: its own precision, else the uncertainty of the front;
    None where the file states neither. A ``status`` of
    ``"disputed"`` says that reports of the day disagree on whether the front ran here.
    """

    name: str
    line: MultiLineString
    precision_km: float | None = None
    status: str = REPORTED

    @property
    def is_reported(self) -> bool:
        """Whether figures are measured to it; a disputed one only counts in their intervals."""
        return self.status == REPORTED

    @property
    def length_km(self) -> float:
        """The length of the line in kilometres."""
        return geodesy.length_km(self.line)


@dataclass(frozen=True, kw_only=True, repr=False)
class FrontFacts:
    """What is known of a dated front beside its geometry.

    ``definition`` is ``"contact"`` (line of contact) or ``"edge"`` (any edge of the occupied area);
    ``definition_text`` spells it out. ``uncertainty_km`` is how far the drawn line may lie from the true one,
    None where the file does not state it. ``held_side`` says on which side of the line's direction the ground
    held by Ukraine lies (``"left"``, ``"right"``, or None where the file does not say). ``sha256`` is that of
    the file. ``rule`` says how the line was derived from an occupied area, None where it was drawn as a line.
    ``precisions_km`` are those of its sectors, each once and sorted; empty where not all of them have one.
    ``disputed`` names the disputed ones of its ``sector_count`` sectors.
    ``choice`` is what the user chose of the file, and ``notes`` say what of it was left out, a sentence each.
    ``is_restricted`` says that its terms do not allow to pass on a map that shows it.
    """

    id: str
    as_of: date
    definition: str
    definition_text: str
    uncertainty_km: float | None
    source: str
    licence: str
    method: str
    held_side: str | None = None
    sha256: str | None = None
    rule: str | None = None
    precisions_km: tuple[float, ...] = ()
    disputed: tuple[str, ...] = ()
    sector_count: int = 1
    choice: Choice = ALL
    notes: tuple[str, ...] = ()
    is_restricted: bool = False

    def __repr__(self) -> str:
        return (
            f"<{type(self).__name__} {shorten(self.id)}: {self.kind} of {numerals.format_date(self.as_of)}>"
        )

    @property
    def kind(self) -> str:
        """What the front is, in words: ``line of contact`` or ``edge of the occupied area``."""
        return KINDS[self.definition]

    @property
    def noun(self) -> str:
        """What the front is in a short sentence: ``front``, or ``edge of the occupied area``."""
        return "front" if self.definition == "contact" else self.kind


@dataclass(frozen=True, kw_only=True, repr=False)
class Front(FrontFacts):
    """A dated front: always a line, never the edge of a polygon of control.

    ``line`` is in lon, lat degrees (WGS 84): all reported sectors, joined where they meet, each running as it was
    drawn. ``occupied`` is the area that the line was derived from, None where it was drawn as a line. What
    distances and sides are asked of is prepared once, when it is first asked for.
    """

    sectors: tuple[Sector, ...]
    line: MultiLineString
    occupied: MultiPolygon | None = None

    @functools.cached_property
    def polyline(self) -> Polyline:
        """The line, prepared for distance questions."""
        return Polyline(self.line)

    @functools.cached_property
    def sides(self) -> Sides:
        """The two sides of the line."""
        return Sides(self.line, self.definition, self.held_side, self.occupied)

    @functools.cached_property
    def bounds(self) -> Bounds | None:
        """How near and how far the true line may lie; None where its precision is not stated."""
        if not self.precisions_km:
            return None
        lines: dict[tuple[float, bool], list[LineString]] = {}
        for sector in self.sectors:
            lines.setdefault((sector.precision_km or 0.0, sector.is_reported), []).extend(sector.line.geoms)
        return Bounds(tuple(Strand(Polyline(MultiLineString(parts)), *kind) for kind, parts in lines.items()))

    @functools.cached_property
    def disputed_ground(self) -> Area | None:
        """The ground whose side depends on whether the disputed sectors are part of the front; None without any."""
        if not self.disputed:
            return None
        line = _build_multi(shapely.union_all([sector.line for sector in self.sectors]))
        both = (self.sides, Sides(line, self.definition, self.held_side, self.occupied))
        ground: Area = shapely.symmetric_difference(*(sides.far_ground or MultiPolygon() for sides in both))
        shapely.prepare(ground)
        return ground

    @functools.cached_property
    def length_km(self) -> float:
        """The length of the line in kilometres."""
        return geodesy.length_km(self.line)

    def find_low_sector(self, point: LonLat) -> Sector:
        """Return the sector, disputed ones included, that sets the least distance of a point (lon, lat)."""
        at = np.array([point])
        least = [
            Polyline(each.line).distances_km(at)[0] - (each.precision_km or 0.0) for each in self.sectors
        ]
        return self.sectors[int(np.argmin(least))]

    def find_sector(self, point: LonLat, *, is_reported: bool = False) -> Sector:
        """Return the sector that a point of the front (lon, lat) lies on; on request only a reported one."""
        sectors = [sector for sector in self.sectors if sector.is_reported or not is_reported]
        distances = shapely.distance([sector.line for sector in sectors], Point(point))
        return sectors[int(distances.argmin())]

    def build_without(self, name: str) -> Polyline | None:
        """Return a derived line without the piece of that name; None where it is long, or all there is."""
        if self.occupied is None or len(self.sectors) == 1:
            return None
        if name not in self._shortened:
            piece = next(sector for sector in self.sectors if sector.name == name)
            rest = [part for sector in self.sectors if sector is not piece for part in sector.line.geoms]
            is_short = piece.length_km < pieces.SHORT_KM
            self._shortened[name] = Polyline(MultiLineString(rest)) if is_short else None
        return self._shortened[name]

    @functools.cached_property
    def _shortened(self) -> dict[str, Polyline | None]:
        return {}


@dataclass(frozen=True)
class ReportedFront:
    """A front as its file reports it: the facts, and its sectors, or the occupied area to derive a line from."""

    facts: FrontFacts
    shape: tuple[Sector, ...] | MultiPolygon


def read_front(
    path: str | Path | document.Content,
    *,
    definition: str | None = None,
    as_of: date | None = None,
    choice: Choice = ALL,
) -> Front:
    """Read a front from lines, or derive it from the polygons of an occupied area; its id is the file's name.

    Every format of `geo.files.reading` is read, in any reference system that it declares.
    A file without the ``front`` member is of unstated source, as of the date in its features or in its name, else
    ``as_of``. ``definition`` says what to take of an area: ``"contact"`` (also with None) or ``"edge"``. ``choice``
    says which features of the file are the front.

    Raises
    ------
    DataError
        Something in the file is wrong; carries every problem found.
    UsageError
        ``definition`` or ``as_of`` contradicts what the file says of itself, or the ``choice`` fits nothing in it.
    """
    content = document.read_content(path, max_bytes=KIND.max_bytes)
    reported = read_reported(content, definition=definition, as_of=as_of, choice=choice)
    return derive_front(reported, file=str(content.path))


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
    geojson.validate(collection.file, problems)
    if is_area:
        area = shapely.union_all([feature.shape for feature in collection.features])
        return _report_area(facts, area, definition, collection)
    if is_written or facts.rule or facts.definition == "edge" or file in shipped.fronts().values():
        _check_definition(facts, definition)
        return ReportedFront(_add_sectors(facts, sectors), sectors)
    return _recognise_lines(facts, sectors, definition, collection)


def _report_area(
    facts: FrontFacts, area: BaseGeometry, definition: str | None, collection: geojson.Collection
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
    facts: FrontFacts, sectors: tuple[Sector, ...], definition: str | None, collection: geojson.Collection
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


def derive_front(reported: ReportedFront, *, file: str) -> Front:
    """Make a front of what its file reports: join its sectors, or derive the line from the occupied area.

    ``file`` is what an error names.

    Raises
    ------
    DataError
        No part of the area faces ground held by Ukraine.
    """
    facts, shape = reported.facts, reported.shape
    if not isinstance(shape, MultiPolygon):
        drawn = Front(**vars(facts), sectors=shape, line=_join(shape))
        _check_held_side(drawn, file)
        return drawn
    with validity.blame(file, "The occupied area"):
        line = (
            contact.derive_contact(shape) if facts.definition == "contact" else _build_multi(shape.boundary)
        )
    if line.is_empty:
        what = "No part of this area faces ground held by Ukraine"
        raise DataError.of(file, what, "Give the area occupied in Ukraine, longitude first.")
    return Front(
        **vars(facts) | {"sector_count": len(line.geoms)},
        sectors=tuple(
            Sector(name, _build_multi(piece), facts.uncertainty_km)
            for name, piece in pieces.name_pieces(line)
        ),
        line=line,
        occupied=shape,
    )


def _check_held_side(front: Front, file: str) -> None:
    if front.held_side is None or front.rule or Path(file) in shipped.fronts().values():
        return
    names, lonlats = recognition.locate_cities()
    beyond = dict(zip(names, front.sides.are_beyond(lonlats).tolist(), strict=True))
    if fault := recognition.find_held_beyond(beyond):
        other = "right" if front.held_side == "left" else "left"
        raise DataError.of(
            file,
            fault,
            f'Write "held_side": "{other}" or turn the line round. If that does not help, the line is not '
            'whole: leave "held_side" out.',
        )


def find_front(
    name: str | Path | None = None,
    *,
    definition: str | None = None,
    as_of: date | None = None,
    choice: Choice = ALL,
) -> Front:
    """Read the front with the date of one that ships or was fetched, or from a path.

    None stands for the newest that ships, so that nothing changes where nothing is chosen; ``latest`` for the newest
    that ships or was fetched. Of one day, a front that ships is taken. ``definition``, ``as_of`` and ``choice`` are
    those of `read_front`.

    Raises
    ------
    UnknownNameError
        No front that is here has this date and no such file exists; suggests the nearest.
    UsageError
        Several sources have the day.
    DataError
        There is something wrong with the file.
    """
    if name is None:
        file = shipped.latest_front()
    elif name == "latest":
        file = fetched.find_latest()
    else:
        fetched.validate_single(str(name))
        file = document.find_file("front", name, fetched.list_names())
    fetched.validate_file(file)
    return read_front(file, definition=definition, as_of=as_of, choice=choice)


def read_fronts() -> dict[str, Front]:
    """Read every front that ships, id to front, oldest first."""
    return {name: read_front(file) for name, file in shipped.fronts().items()}


def _read_member(member: object, problems: list[Problem]) -> Fields:
    """Return the foreign member, its keys checked; an empty one where it is not an object."""
    if not isinstance(member, dict):
        what = f"The 'front' member is {describe_value(member)}, not an object"
        problems.append(Problem(what, 'Write "front": {"as_of": "2025-03-27"}, or take it out.'))
        member = {}
    fields = Fields(member, "front", problems)
    fields.validate_keys(FRONT_KEYS)
    return fields


def _holds_areas(collection: geojson.Collection, problems: list[Problem]) -> bool:
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
    elif geodesy.count_crossings(lines, most=limits.CROSSINGS) > limits.CROSSINGS:
        what = f"The lines cross more than {limits.CROSSINGS:,} times, the limit"
        yield Problem(what, "Leave out what is no front, such as a hatching.")


def _check_definition(facts: FrontFacts, wanted: str | None) -> None:
    if wanted not in (None, facts.definition):
        raise UsageError(
            f"{facts.id} holds a line, the {facts.kind}, and --front-definition {wanted} needs the occupied area. "
            "Give a file of polygons, or leave the option out."
        )


def _read_sectors(
    collection: geojson.Collection, uncertainty_km: float | None, problems: list[Problem]
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
                _build_multi(feature.shape),
                uncertainty_km if precision is None else precision,
                status or REPORTED,
            )


def _join(sectors: tuple[Sector, ...]) -> MultiLineString:
    """Join the reported sectors where one ends and the next begins, keeping the direction in which they were drawn."""
    parts = [part for sector in sectors if sector.is_reported for part in sector.line.geoms]
    return _build_multi(shapely.line_merge(MultiLineString(parts), directed=True))


def _build_multi(line: BaseGeometry) -> MultiLineString:
    return MultiLineString([*shapely.get_parts(line)])
