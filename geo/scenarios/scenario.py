"""A scenario file becomes a `Scenario` of zones; every problem in the file is reported at once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from shapely.geometry import MultiPolygon, Polygon

from geo import shipped
from geo.errors import Problem, show
from geo.files import document, formats, limits, reading
from geo.files.features import Collection, Feature, Kind, derive_plain, leave_hidden, raise_problems
from geo.files.fields import (
    LONG,
    SHORT,
    Fields,
    derive_id,
    derive_title,
    describe_unknown,
    describe_value,
    shorten,
)
from geo.scenarios import columns, evidence, exported, homes

SCENARIO_KEYS = ("id", "title", "summary", "claims", "front")
"""What the foreign member ``scenario`` may hold."""

ZONE_KEYS = ("name", "country", "status", "basis", "candidate")
"""The properties of a feature that mean something here; others, such as QGIS's ``fid``, are left alone."""

NAME_KEYS = ("name", "zone")
"""Where a zone's name stands: as files written by hand have it, and as our exports do."""

STATUSES = ("illustrative",)
"""What a zone's ``status`` may say: every map calls its zones illustrative, so no file may differ."""

COUNTRY_PATTERN = "^[A-Z]{2}$"
"""ISO 3166-1 alpha-2."""

MAX_EXTENT_DEG = 60
"""How far a zone may reach in longitude or latitude; Ukraine reaches over 18°."""

NO_SOURCE = "No source is given for this scenario: its file cites no claim."
NO_SUMMARY = "This scenario has no summary; the claims it cites are listed with it."

KIND = Kind(
    noun="zone",
    geometries=("Polygon", "MultiPolygon"),
    remedy="Draw the zone as a closed area; a point or a line has none.",
    max_bytes=limits.SCENARIO_BYTES,
    max_positions=limits.SCENARIO_POSITIONS,
    max_features=limits.ZONES,
    strict_member="scenario",
    layer="zones",
    layer_option="--zone-layer",
)


@dataclass(frozen=True, repr=False)
class Zone:
    """One proposed deployment area.

    ``geometry`` is in lon, lat degrees (WGS 84), valid, non-empty, outer rings counter-clockwise. ``status``
    is ``"illustrative"`` because the sources give no coordinates; ``basis`` says how the outline was drawn;
    ``candidate`` marks one of several places of which only some are meant. ``properties`` are the other columns of
    the file, in its order, as plain values of JSON.
    """

    name: str
    geometry: Polygon | MultiPolygon
    country: str | None = None
    status: str = "illustrative"
    basis: str | None = None
    candidate: bool = False
    properties: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def __repr__(self) -> str:
        country = f" in {shorten(str(self.country), 12)}" if self.country else ""
        return f"<Zone {shorten(str(self.name))}{country}>"


@dataclass(frozen=True, repr=False)
class Scenario:
    """One deployment scenario: zones, the ids of the claims it rests on, and the front it asks for (or None).

    Zones may overlap: totals are over their union. ``sha256`` is that of the file, None if there is none. ``notes`` say
    what of the file was left out, mended or guessed, a sentence each. ``file`` is for messages.
    """

    id: str
    title: str
    summary: str
    zones: tuple[Zone, ...]
    claims: tuple[str, ...] = ()
    front: str | None = None
    sha256: str | None = None
    notes: tuple[str, ...] = field(default=(), compare=False)
    file: str | None = field(default=None, compare=False)

    def __repr__(self) -> str:
        zones = "1 zone" if len(self.zones) == 1 else f"{len(self.zones):,} zones"
        return f"<Scenario {shorten(str(self.id))}: {shorten(str(self.title))}, {zones}>"


def read_scenario(
    path: str | Path | document.Content, *, layer: str | None = None, name_column: str | None = None
) -> Scenario:
    """Read a scenario from the polygons of a file, in any format and reference system of `geo.files.reading`.

    What the ``scenario`` member or a zone leaves out has a default: the id and title come from the file name,
    zones are numbered, and the summary says that no source is given. In a file without the member the
    properties are somebody else's: those that fit ours are used, names are found where publishers keep them, and what
    is odd is left out or mended; ``notes`` say what. ``layer`` chooses one of several layers, ``name_column`` says
    where the names of the zones stand.

    Raises
    ------
    DataError
        Something in the file is wrong; carries every problem found.
    UsageError
        There is no such column, or a layer is asked of a file without any.
    """
    content = document.read_content(path, max_bytes=KIND.max_bytes)
    return build_scenario(parse_zones(content, layer=layer), name_column=name_column)


def parse_zones(content: document.Content, *, layer: str | None = None) -> Collection:
    """Parse the zones of a file, unvalidated yet, for `build_scenario`.

    Raises
    ------
    DataError
        There is nothing to go on with.
    """
    return reading.parse_collection(content, KIND, layer)


def build_scenario(collection: Collection, *, name_column: str | None = None) -> Scenario:
    """Validate zones, wherever they come from, and make a scenario of them; ``collection.file`` gives it a name.

    Raises
    ------
    DataError
        Something is wrong with them; carries every problem found.
    UsageError
        There is no column of that name.
    """
    problems, notes = list(collection.problems), list(collection.notes)
    is_ours = "scenario" in collection.members
    origin = exported.read_origin([feature.properties for feature in collection.features])
    fields = _read_member(collection.members.get("scenario", origin), problems)
    features = exported.leave_totals(leave_hidden(collection.features, notes), notes)
    if is_ours:
        zones = [_read_zone(each, problems, name_column) for each in features]
    else:
        zones = list(_read_foreign(collection.file, features, notes, name_column))
    found = [
        (each.index, zone and (zone if zone.name else replace(zone, name=f"Zone {number}")))
        for number, (each, zone) in enumerate(zip(features, zones, strict=True), start=1)
    ]
    problems += _check_extents(found)
    if is_ours:
        problems += _check_names(found)
    else:
        found = _number_names(found, notes)
    notes += homes.describe_strays(
        (zone.name, zone.country, zone.geometry) for _, zone in found if zone and not problems
    )
    name = fields.read_id("id") or derive_id(formats.derive_stem(Path(collection.file)), otherwise="scenario")
    claims, front = _read_references(fields)
    scenario = Scenario(
        id=name,
        title=fields.read_text("title") or derive_title(name),
        summary=fields.read_text("summary", limit=LONG) or (NO_SUMMARY if claims else NO_SOURCE),
        zones=tuple(zone for _, zone in found if zone),
        claims=claims,
        front=front,
        sha256=collection.sha256,
        notes=tuple(notes),
        file=collection.file,
    )
    raise_problems(collection.file, problems)
    return scenario


def find_scenario(name: str | Path, *, layer: str | None = None, name_column: str | None = None) -> Scenario:
    """Read the scenario with a shipped id, or from a path, as `read_scenario` does; ``-`` is standard input.

    Raises
    ------
    UnknownNameError
        Nothing that ships has this id and no such file exists; suggests the nearest.
    DataError
        There is something wrong with the file.
    """
    file = document.find_file("scenario", name, shipped.scenarios())
    return read_scenario(file, layer=layer, name_column=name_column)


def read_scenarios() -> dict[str, Scenario]:
    """Read every scenario that ships, id to scenario, in alphabetical order."""
    return {name: read_scenario(file) for name, file in shipped.scenarios().items()}


def _read_member(member: object, problems: list[Problem]) -> Fields:
    """Return the foreign member, its keys checked; an empty one where it is not an object."""
    if not isinstance(member, dict):
        what = f"The 'scenario' member is {describe_value(member)}, not an object"
        problems.append(Problem(what, 'Write "scenario": {"id": "...", "title": "..."}, or take it out.'))
        member = {}
    fields = Fields(member, "scenario", problems)
    fields.validate_keys(SCENARIO_KEYS)
    return fields


def _read_references(fields: Fields) -> tuple[tuple[str, ...], str | None]:
    """Return the cited claims and the front asked for, having noted those that do not exist."""
    claims, front = fields.read_texts("claims", most=limits.CLAIMS), fields.read_text("front")
    known = evidence.read_claims() if claims else {}
    for claim in claims:
        if claim not in known:
            fields.note(*describe_unknown("claim", claim, list(known)))
    if front is not None and front not in shipped.fronts():
        fields.note(*describe_unknown("front", front, list(shipped.fronts())))
    return claims, front


def _read_zone(feature: Feature, problems: list[Problem], name_column: str | None = None) -> Zone | None:
    """Return a zone as its file describes it in our words; None where its geometry has a problem.

    Its name is empty where it has none. ``zone`` is what our exports call the name.
    """
    fields = Fields(feature.properties, "properties", problems, feature.index, feature.name)
    country = fields.read_text("country")
    if country is not None and not re.fullmatch(COUNTRY_PATTERN, country):
        fields.note(
            f"properties.country is {country[:SHORT]!r}",
            "Write the country's two-letter code (ISO 3166-1), as in 'UA'.",
        )
        country = None
    named = name_column or next((key for key in NAME_KEYS if feature.properties.get(key) is not None), "name")
    name, basis = fields.read_text(named), fields.read_text("basis", limit=LONG)
    status = fields.read_choice("status", STATUSES) or STATUSES[0]
    candidate = fields.read_boolean("candidate") or False
    if not isinstance(feature.shape, Polygon | MultiPolygon):
        return None
    own = {str(key): value for key, value in feature.properties.items() if key not in (*ZONE_KEYS, named)}
    return Zone(name or "", feature.shape, country, status, basis, candidate, own)


def _read_foreign(
    file: str, features: Sequence[Feature], notes: list[str], name_column: str | None
) -> Iterator[Zone | None]:
    """Yield the zones of somebody else's file, and note which columns were taken, and what did not fit ours."""
    tables = [feature.properties for feature in features]
    named = [columns.find_column(file, tables, name_column)] if name_column else []
    named = named or columns.list_name_columns(tables)
    unfit: dict[str, list[str]] = {}
    taken: Counter[str] = Counter()
    for feature in features:
        problems: list[Problem] = []
        zone = _read_zone(replace(feature, properties=exported.read_truths(feature.properties)), problems)
        names = ((key, columns.read_name(feature.properties.get(key))) for key in named)
        key, name = next((each for each in names if each[1]), ("", None))
        taken.update([key] if name else [])
        country = columns.read_country(feature.properties)
        for what in (problem.what for problem in problems):
            about = what.split()[0].removeprefix("properties.")
            if about not in NAME_KEYS and not (about == "country" and country):
                unfit.setdefault(about, []).append(what)
        yield zone and replace(
            zone,
            name=name or "",
            country=country,
            properties={str(key): derive_plain(value) for key, value in zone.properties.items()},
        )
    if unfit:
        listed = "; ".join(f"{found[0]} ({len(found)})" for found in unfit.values())
        notes.append(f"What means something else here was left out: {listed}.")
    guessed = [key for key in taken if key.strip().casefold() not in NAME_KEYS]
    if guessed and not name_column:
        listed = ", ".join(repr(show(key[:40])) for key in guessed[:3])
        notes.append(f"The names are those in {listed}; --name-column takes another column.")
    own = dict.fromkeys(
        str(key)
        for table in tables
        for key, value in table.items()
        if isinstance(value, str) and key not in ZONE_KEYS
    )
    if own and not taken:
        listed = ", ".join(repr(show(key[:40])) for key in list(own)[:6])
        notes.append(f"No column of names was found among {listed}; --name-column takes one.")


def _number_names(
    zones: Sequence[tuple[int, Zone | None]], notes: list[str]
) -> list[tuple[int, Zone | None]]:
    """Return zones whose names differ: the second of one name has (2) behind it, for tables and legends go by name."""
    names = {zone.name for _, zone in zones if zone}
    seen: Counter[str] = Counter()
    numbered: list[tuple[int, Zone | None]] = []
    for index, zone in zones:
        if zone is not None:
            seen[zone.name] += 1
            if seen[zone.name] > 1:
                name = f"{zone.name[: SHORT - 8]} ({seen[zone.name]})"
                while name in names:
                    seen[zone.name] += 1
                    name = f"{zone.name[: SHORT - 8]} ({seen[zone.name]})"
                names.add(name)
                zone = replace(zone, name=name)
        numbered.append((index, zone))
    if repeated := [name for name, times in seen.items() if times > 1]:
        more = f" and {len(repeated) - 3} more" if len(repeated) > 3 else ""
        listed = ", ".join(repr(show(name)) for name in repeated[:3])
        notes.append(f"Numbered the zones that share a name: {listed}{more}.")
    return numbered


def _check_extents(zones: Sequence[tuple[int, Zone | None]]) -> Iterator[Problem]:
    """Yield a problem for each zone that is no area of deployment but a good part of the globe."""
    for index, zone in zones:
        if zone is None:
            continue
        west, south, east, north = zone.geometry.bounds
        if east - west > MAX_EXTENT_DEG or north - south > MAX_EXTENT_DEG:
            what = (
                f"The zone reaches over {east - west:.0f}° of longitude and {north - south:.0f}° of latitude"
            )
            remedy = f"Draw it within {MAX_EXTENT_DEG}° either way, and cut it where it crosses the 180th meridian."
            yield Problem(what, remedy, index, zone.name)


def _check_names(zones: Sequence[tuple[int, Zone | None]]) -> Iterator[Problem]:
    """Yield a problem for each zone that has the name of an earlier one: tables and legends go by name."""
    first: dict[str, int] = {}
    for index, zone in zones:
        if zone and (earlier := first.setdefault(zone.name, index)) != index:
            what = f"The name is also that of feature {earlier}"
            yield Problem(what, "Give each zone its own, or make one MultiPolygon of them.", index, zone.name)
