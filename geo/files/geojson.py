"""A GeoJSON file becomes checked features; every problem in it is collected with its place and its remedy."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import shapely

from geo.errors import DataError, Problem
from geo.files import document, geometries, limits
from geo.files.fields import describe_value
from geo.geodesy import transforms

GEOMETRIES = (
    "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection",
)  # fmt: skip
"""The geometry types of RFC 7946."""

_WRAP = 'Wrap it: {"type": "FeatureCollection", "features": [...]}, or save it again from QGIS or geojson.io.'
_WGS84 = re.compile(r"(urn:ogc:def:crs:)?(OGC:[\d.]*:?CRS84h?|EPSG:[\d.]*:?4326)", re.IGNORECASE)


@dataclass(frozen=True)
class Kind:
    """What files of one kind may hold: geometry types, the advice for others, and how large they may be.

    ``repair`` says that areas whose rings cross are made valid instead of being reported, and ``any_crs`` that
    coordinates in another reference system, where the older ``crs`` member names one, are brought to WGS 84.
    ``columns`` are the properties wanted of a file that is not GeoJSON; None wants all of them. ``asides`` are
    geometry types, such as those of labels, that are left out and counted where others stand beside them.
    """

    noun: str
    geometries: tuple[str, ...]
    remedy: str
    max_bytes: int
    max_positions: int
    max_features: int
    repair: bool = False
    any_crs: bool = False
    columns: tuple[str, ...] | None = ()
    asides: tuple[str, ...] = ()


@dataclass(frozen=True)
class Feature:
    """One feature: its index in the file from 0, what messages call it (if anything), and what it holds.

    ``shape`` is None where the geometry has a problem. ``layer`` is the folder of a KML file that it lies in, and
    ``is_hidden`` says that the file does not show it.
    """

    index: int
    name: str | None
    properties: dict[str, Any]
    shape: geometries.Shape | None
    layer: str | None = None
    is_hidden: bool = False


@dataclass(frozen=True)
class Collection:
    """A parsed file: the members beside ``features``, the features, and everything found wrong so far.

    ``left_out`` counts by type the geometries that are no part of it, such as the points of labels.
    """

    file: str
    sha256: str
    members: dict[str, Any]
    features: tuple[Feature, ...]
    problems: tuple[Problem, ...]
    left_out: Mapping[str, int] = field(default_factory=dict)


def parse_collection(content: document.Content, kind: Kind) -> Collection:
    """Parse an RFC 7946 FeatureCollection of one kind, in lon, lat degrees.

    What only spoils a part is in ``problems``, so that the caller can add what it finds itself and raise once
    with `validate`.

    Raises
    ------
    DataError
        There is nothing to go on with: no JSON, or no FeatureCollection.
    """
    parsed = document.parse_document(content)
    value, around = _unwrap(parsed.value)
    if problem := _find_wrong_top(value):
        raise DataError(parsed.file, [problem])
    problems = [_build_oddity(*oddity) for oddity in parsed.oddities]
    problems += _check_crs(value.get("crs"), kind)
    crs = _name_of_other_crs(value.get("crs")) if kind.any_crs and not problems else None
    left_out: Counter[str] = Counter()
    built = _read_features(value["features"], kind, crs, problems, left_out)
    features = keep_within(built, kind, problems, left_out)
    members = around | {key: item for key, item in value.items() if key not in ("type", "features")}
    return Collection(parsed.file, parsed.sha256, members, features, tuple(problems), left_out)


def validate(file: str, problems: Iterable[Problem]) -> None:
    """Raise `DataError` if there are problems: those of the whole file first, then feature by feature."""
    ordered = sorted(problems, key=lambda problem: -1 if problem.feature is None else problem.feature)
    if ordered:
        raise DataError(file, ordered)


def _unwrap(value: Any) -> tuple[Any, dict[str, Any]]:
    """Return the one FeatureCollection that an object holds under a name, and what stands beside it there."""
    if isinstance(value, dict) and "type" not in value and "features" not in value:
        inner = [key for key, item in value.items() if _is_collection(item)]
        if len(inner) == 1:
            return value[inner[0]], {key: item for key, item in value.items() if key != inner[0]}
    return value, {}


def _is_collection(value: Any) -> bool:
    return isinstance(value, dict) and value.get("type") == "FeatureCollection"


def _find_wrong_top(value: Any) -> Problem | None:
    """Return why this JSON value is not a FeatureCollection, or None if it is one."""
    if isinstance(value, list):
        return Problem("The file is a bare list, not a FeatureCollection", _WRAP)
    if not isinstance(value, dict):
        return Problem(f"The file is {describe_value(value)}, not a FeatureCollection", _WRAP)
    kind = value.get("type")
    if kind == "Feature":
        return Problem("The file is a single Feature, not a FeatureCollection", _WRAP)
    if isinstance(kind, str) and kind in GEOMETRIES:
        return Problem(f"The file is a bare {kind}, not a FeatureCollection", _WRAP)
    if kind != "FeatureCollection":
        seen = "absent" if kind is None else describe_value(kind)
        return Problem(f"The file's 'type' is {seen}, not FeatureCollection", "Save it again as GeoJSON.")
    features = value.get("features")
    if not isinstance(features, list):
        seen = "absent" if features is None else describe_value(features)
        return Problem(f"The file's 'features' is {seen}, not a list", 'Write "features": [...].')
    return None


def _build_oddity(trail: document.Trail, what: str, remedy: str) -> Problem:
    in_feature = len(trail) > 1 and trail[0] == "features" and isinstance(trail[1], int)
    return Problem(what, remedy, int(trail[1]) if in_feature else None)


def _check_crs(crs: Any, kind: Kind) -> Iterator[Problem]:
    """Yield a problem for the ``crs`` member of older GeoJSON, unless it names WGS 84, as many still do."""
    if crs is None:
        return
    name = _name_of_crs(crs)
    if name is None:
        yield Problem(
            "The 'crs' member names no coordinate reference system", "Take it out if this is WGS 84."
        )
    elif _name_of_other_crs(crs) and not (kind.any_crs and transforms.is_known(name)):
        yield Problem(
            f"The coordinates are in {name[:80]!r}, not in WGS 84 longitude and latitude",
            "Export the layer again with the coordinate reference system WGS 84 (EPSG:4326).",
        )


def _name_of_crs(crs: Any) -> str | None:
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return name if isinstance(name, str) else None


def _name_of_other_crs(crs: Any) -> str | None:
    """Return the name in a ``crs`` member, None where it is that of WGS 84 or there is none."""
    name = _name_of_crs(crs)
    return None if name is None or _WGS84.fullmatch(name.replace("::", ":")) else name


def _read_features(
    raw: list[Any], kind: Kind, crs: str | None, problems: list[Problem], left_out: Counter[str]
) -> Iterator[Feature]:
    seen: dict[tuple[type, Any], int] = {}
    for index, feature in enumerate(raw):
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            seen_type = describe_value(feature.get("type") if isinstance(feature, dict) else feature)
            problems.append(
                Problem(f"This is {seen_type}, not a Feature", 'Give it "type": "Feature".', index)
            )
            continue
        geometry, asides = _set_aside(feature.get("geometry"), kind)
        left_out += Counter(asides)
        if geometry is not None or not asides:
            yield _read_feature(index, feature | {"geometry": geometry}, kind, crs, seen, problems)


def _read_feature(
    index: int,
    feature: dict[str, Any],
    kind: Kind,
    crs: str | None,
    seen: dict[tuple[type, Any], int],
    problems: list[Problem],
) -> Feature:
    properties = feature.get("properties")
    name = properties.get("name", properties.get("sector")) if isinstance(properties, dict) else None
    label = name[:60] if isinstance(name, str) else None

    def note(what: str, remedy: str) -> None:
        problems.append(Problem(what, remedy, index, label))

    if properties is not None and not isinstance(properties, dict):
        note(f"The properties are {describe_value(properties)}, not an object", 'Write "properties": {...}.')
    _check_id(feature.get("id"), index, seen, note)
    outline = _read_geometry(feature.get("geometry"), kind, crs, note)
    return Feature(index, label, properties if isinstance(properties, dict) else {}, outline)


def _set_aside(geometry: Any, kind: Kind) -> tuple[Any, list[str]]:
    """Return a geometry without the parts that stand aside in files of a kind, and the types of those.

    A collection is taken apart: of polygons or of lines alone it becomes one geometry. None where nothing is left.
    """
    if not isinstance(geometry, dict) or not kind.asides:
        return geometry, []
    flat = list(_flatten(geometry))
    asides = [str(part["type"]) for part in flat if part.get("type") in kind.asides]
    rest = [part for part in flat if part.get("type") not in kind.asides]
    if not rest:
        return (None if asides else geometry), asides
    return (rest[0] if len(rest) == 1 else _unite(geometry, rest)), asides


def _flatten(geometry: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the geometries of a collection, of those within it too; anything else is yielded as it is."""
    stack = [geometry]
    while stack:
        each = stack.pop()
        parts = each.get("geometries")
        if each.get("type") == "GeometryCollection" and isinstance(parts, list) and parts:
            stack += [part for part in reversed(parts) if isinstance(part, dict)]
        else:
            yield each


def _unite(geometry: dict[str, Any], parts: list[dict[str, Any]]) -> dict[str, Any]:
    """Return parts of one kind as one geometry with several parts; the geometry itself where they are of several."""
    bases = {str(part.get("type")).removeprefix("Multi") for part in parts}
    if len(bases) > 1 or any(not isinstance(part.get("coordinates"), list) for part in parts):
        return geometry
    base = bases.pop()
    lists = [part["coordinates"] if part["type"] != base else [part["coordinates"]] for part in parts]
    return {"type": f"Multi{base}", "coordinates": [each for several in lists for each in several]}


def _check_id(value: Any, index: int, seen: dict[tuple[type, Any], int], note: geometries.Note) -> None:
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        note(f"The feature id is {describe_value(value)}", "Write a text or a number, or take it out.")
    elif (first := seen.setdefault((type(value), value), index)) != index:
        note(
            f"The feature id, {describe_value(value)}, is also that of feature {first}",
            "Give each its own, or none.",
        )


def _read_geometry(
    geometry: Any, kind: Kind, crs: str | None, note: geometries.Note
) -> geometries.Shape | None:
    if not isinstance(geometry, dict):
        seen = "null" if geometry is None else describe_value(geometry)
        note(f"The geometry is {seen}", "Draw one, or take the feature out.")
        return None
    name, coordinates = geometry.get("type"), geometry.get("coordinates")
    if not isinstance(name, str) or name not in GEOMETRIES:
        note(f"The geometry type is {describe_value(name)}", f"Write one of {', '.join(kind.geometries)}.")
    elif name not in kind.geometries:
        note(f"The geometry is a {name}, and a {kind.noun} is a {' or '.join(kind.geometries)}", kind.remedy)
    elif coordinates is None or coordinates == []:
        note("The geometry is empty", "Draw one, or take the feature out.")
    else:
        return geometries.derive_shape(name, coordinates, note, repair=kind.repair, crs=crs)
    return None


def keep_within(
    features: Iterable[Feature], kind: Kind, problems: list[Problem], left_out: Mapping[str, int]
) -> tuple[Feature, ...]:
    """Return the features up to the limits of their kind; note it where there are more of them, or they are longer.

    ``left_out`` is what else the file holds, for a file that holds nothing else.
    """
    kept: list[Feature] = []
    positions, length = 0, 0.0
    for feature in features:
        kept.append(feature)
        if feature.shape is not None:
            positions += int(shapely.count_coordinates(feature.shape))
            length += feature.shape.length
        for found, most, what in (
            (len(kept), kind.max_features, "features"),
            (positions, kind.max_positions, "positions"),
            (length, limits.DEGREES, "degrees of outlines and lines"),
        ):
            if found > most:
                remedy = (
                    "Simplify its outlines (in QGIS: Vector, Geometry tools, Simplify), or split the file."
                )
                problems.append(Problem(f"The file holds more than {most:,} {what}, the limit", remedy))
                return tuple(kept)
    if not kept and left_out:
        allowed = " or ".join(kind.geometries)
        what = f"Every geometry is a {' or '.join(sorted(left_out))}, and a {kind.noun} is a {allowed}"
        problems.append(Problem(what, kind.remedy))
    elif not kept and not problems:
        problems.append(
            Problem("The file holds no features", f"Draw at least one {kind.noun} and save again.")
        )
    return tuple(kept)
