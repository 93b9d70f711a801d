"""A scenario file becomes a `Scenario` of zones; every problem in the file is reported at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shapely.geometry import MultiPolygon, Polygon

from geo import shipped
from geo.errors import Problem
from geo.files import document, geojson, limits
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
from geo.scenarios import evidence

SCENARIO_KEYS = ("id", "title", "summary", "claims", "front")
"""What the foreign member ``scenario`` may hold."""

ZONE_KEYS = ("name", "country", "status", "basis", "candidate")
"""The properties of a feature that mean something here; others, such as QGIS's ``fid``, are left alone."""

STATUSES = ("illustrative",)
"""What a zone's ``status`` may say: every map calls its zones illustrative, so no file may differ."""

COUNTRY_PATTERN = "^[A-Z]{2}$"
"""ISO 3166-1 alpha-2."""

MAX_EXTENT_DEG = 60
"""How far a zone may reach in longitude or latitude; Ukraine reaches over 18°."""

NO_SOURCE = "No source is given for this scenario: its file cites no claim."
NO_SUMMARY = "This scenario has no summary; the claims it cites are listed with it."

KIND = geojson.Kind(
    noun="zone",
    geometries=("Polygon", "MultiPolygon"),
    remedy="Draw the zone as a closed area; a point or a line has none.",
    max_bytes=limits.SCENARIO_BYTES,
    max_positions=limits.SCENARIO_POSITIONS,
    max_features=limits.ZONES,
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

    Zones may overlap: totals are over their union. ``sha256`` is that of the file, None if there is none. ``ignored``
    are properties of a file without the ``scenario`` member that have our names and do not fit them. ``file`` is for
    messages.
    """

    id: str
    title: str
    summary: str
    zones: tuple[Zone, ...]
    claims: tuple[str, ...] = ()
    front: str | None = None
    sha256: str | None = None
    ignored: tuple[Problem, ...] = ()
    file: str | None = field(default=None, compare=False)

    def __repr__(self) -> str:
        zones = "1 zone" if len(self.zones) == 1 else f"{len(self.zones):,} zones"
        return f"<Scenario {shorten(str(self.id))}: {shorten(str(self.title))}, {zones}>"


def read_scenario(path: str | Path | document.Content) -> Scenario:
    """Read a scenario from an RFC 7946 FeatureCollection of polygons.

    What the ``scenario`` member or a zone leaves out has a default: the id and title come from the file name,
    zones are numbered, and the summary says that no source is given. In a file without the member the
    properties are somebody else's: those that fit ours are used, the rest is left alone.

    Raises
    ------
    DataError
        Something in the file is wrong; carries every problem found.
    """
    return build_scenario(parse_zones(document.read_content(path, max_bytes=KIND.max_bytes)))


def parse_zones(content: document.Content) -> geojson.Collection:
    """Parse the zones of a file, unvalidated yet, for `build_scenario`.

    Raises
    ------
    DataError
        There is nothing to go on with.
    """
    return geojson.parse_collection(content, KIND)


def build_scenario(collection: geojson.Collection) -> Scenario:
    """Validate zones, wherever they come from, and make a scenario of them; ``collection.file`` gives it a name.

    Raises
    ------
    DataError
        Something is wrong with them; carries every problem found.
    """
    problems = list(collection.problems)
    is_ours = "scenario" in collection.members
    fields = _read_member(collection.members.get("scenario", {}), problems)
    ignored: list[Problem] = []
    zones = tuple(_read_zones(collection, problems if is_ours else ignored))
    problems += [*_check_names(zones), *_check_extents(zones)]
    stem = derive_id(Path(collection.file).stem, otherwise="scenario")
    name = fields.read_id("id") or stem
    claims, front = _read_references(fields)
    scenario = Scenario(
        id=name,
        title=fields.read_text("title") or derive_title(name),
        summary=fields.read_text("summary", limit=LONG) or (NO_SUMMARY if claims else NO_SOURCE),
        zones=tuple(zone for _, zone in zones if zone),
        claims=claims,
        front=front,
        sha256=collection.sha256,
        ignored=tuple(ignored),
        file=collection.file,
    )
    geojson.validate(collection.file, problems)
    return scenario


def find_scenario(name: str | Path) -> Scenario:
    """Read the scenario with a shipped id, or from a path.

    Raises
    ------
    UnknownNameError
        Nothing that ships has this id and no such file exists; suggests the nearest.
    DataError
        There is something wrong with the file.
    """
    return read_scenario(document.find_file("scenario", name, shipped.scenarios()))


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


def _read_zones(collection: geojson.Collection, problems: list[Problem]) -> Iterator[tuple[int, Zone | None]]:
    """Yield each zone with the index of its feature, None in its place where its geometry has a problem."""
    for number, feature in enumerate(collection.features, start=1):
        fields = Fields(feature.properties, "properties", problems, feature.index, feature.name)
        yield feature.index, _read_zone(fields, feature, f"Zone {number}")


def _read_zone(fields: Fields, feature: geojson.Feature, otherwise: str) -> Zone | None:
    country = fields.read_text("country")
    if country is not None and not re.fullmatch(COUNTRY_PATTERN, country):
        fields.note(
            f"properties.country is {country[:SHORT]!r}",
            "Write the country's two-letter code (ISO 3166-1), as in 'UA'.",
        )
        country = None
    named = "name" if feature.properties.get("name") is not None else "zone"  # as exports call it
    name, basis = fields.read_text(named) or otherwise, fields.read_text("basis", limit=LONG)
    status = fields.read_choice("status", STATUSES) or STATUSES[0]
    candidate = fields.read_boolean("candidate") or False
    if not isinstance(feature.shape, Polygon | MultiPolygon):
        return None
    own = {str(key): value for key, value in feature.properties.items() if key not in (*ZONE_KEYS, named)}
    return Zone(name, feature.shape, country, status, basis, candidate, own)


def _check_extents(zones: tuple[tuple[int, Zone | None], ...]) -> Iterator[Problem]:
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


def _check_names(zones: tuple[tuple[int, Zone | None], ...]) -> Iterator[Problem]:
    """Yield a problem for each zone that has the name of an earlier one: tables and legends go by name."""
    first: dict[str, int] = {}
    for index, zone in zones:
        if zone and (earlier := first.setdefault(zone.name, index)) != index:
            what = f"The name is also that of feature {earlier}"
            yield Problem(what, "Give each zone its own, or make one MultiPolygon of them.", index, zone.name)
