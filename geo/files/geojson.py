"""GeoJSON becomes checked features; every problem in it is collected with its place and its remedy."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from geo.errors import DataError, Problem, UsageError
from geo.files import document, geometries, topojson
from geo.files.features import GEOMETRIES, Collection, Feature, Kind, find_label, keep_within
from geo.files.fields import describe_value
from geo.files.remarks import Remarks, label
from geo.geodesy import transforms

_WRAP = 'Wrap it: {"type": "FeatureCollection", "features": [...]}, or save it again from QGIS or geojson.io.'

_WGS84 = re.compile(
    r"(urn:ogc:def:crs:)?(OGC:[\d.]*:?CRS84h?|EPSG:[\d.]*:?(4326|4979))|CRS84h?|(EPSG)?4326|wgs[ _-]?(19)?84",
    re.IGNORECASE,
)
"""What names of WGS 84 in lon, lat look like; pyproj knows the names of all others."""


def parse_collection(content: document.Content, kind: Kind, layer: str | None = None) -> Collection:
    """Parse GeoJSON or TopoJSON of one kind, brought to lon, lat degrees.

    GeoJSON is a FeatureCollection, a Feature, a geometry, or several of these that follow each other, as in files with
    one feature a line; TopoJSON may have several layers. What only spoils a part is in ``problems``, so that the
    caller can add what it finds itself and raise once with `raise_problems`.

    Raises
    ------
    DataError
        There is nothing to go on with: no JSON, or nothing of GeoJSON in it.
    UsageError
        A ``layer`` is asked of a file without layers.
    """
    parsed = document.parse_document(content)
    value, around = _normalise(parsed, kind, layer)
    if problem := _find_wrong_top(value):
        raise DataError(parsed.file, [problem])
    members = around | {key: item for key, item in value.items() if key not in ("type", "features")}
    is_ours = kind.strict_member in members
    remarks = Remarks()
    problems = [_build_oddity(*each) for each in parsed.oddities if not _is_blank(each, remarks, is_ours)]
    problems += _check_crs(value.get("crs"))
    crs = _name_of_other_crs(value.get("crs")) if not problems else None
    built = _read_features(value["features"], kind, crs, problems, remarks, repair=not is_ours)
    features = keep_within(built, kind, problems, remarks)
    notes = remarks.list_sentences(kind.noun, kind.made_of)
    return Collection(parsed.file, parsed.sha256, members, features, tuple(problems), notes)


def _normalise(parsed: document.Document, kind: Kind, layer: str | None) -> tuple[Any, dict[str, Any]]:
    """Return a file as one FeatureCollection, if it can be one, and what stands beside it."""
    value = parsed.value
    if isinstance(value, dict) and value.get("type") == "Topology":
        return topojson.read_collection(value, parsed.file, layer, kind.layer_option), {}
    if layer is not None:
        raise UsageError(f"{parsed.file}: GeoJSON has no layers. Leave the layer {layer[:60]!r} out.")
    if parsed.is_sequence:
        return {"type": "FeatureCollection", "features": [each for item in value for each in _list(item)]}, {}
    if isinstance(value, dict) and _is_geometry_or_feature(value):
        beside = {key: item for key, item in value.items() if key in ("crs", "scenario", "front")}
        return {"type": "FeatureCollection", "features": _list(value), **beside}, {}
    if isinstance(value, dict) and "type" not in value and "features" not in value:
        inner = [key for key, item in value.items() if _is_collection(item)]
        if len(inner) == 1:
            return value[inner[0]], {key: item for key, item in value.items() if key != inner[0]}
    return value, {}


def _list(value: Any) -> list[Any]:
    """Return the features that a GeoJSON text of any type holds."""
    if _is_collection(value) and isinstance(value.get("features"), list):
        return list(value["features"])
    if isinstance(value, dict) and value.get("type") != "Feature" and _is_geometry_or_feature(value):
        return [{"type": "Feature", "properties": {}, "geometry": value}]
    return [value]


def _is_geometry_or_feature(value: dict[str, Any]) -> bool:
    kind = value.get("type")
    return isinstance(kind, str) and kind in ("Feature", *GEOMETRIES)


def _is_collection(value: Any) -> bool:
    return isinstance(value, dict) and value.get("type") == "FeatureCollection"


def _find_wrong_top(value: Any) -> Problem | None:
    """Return why this JSON value is not a FeatureCollection, or None if it is one."""
    if isinstance(value, list):
        return Problem("The file is a bare list, not a FeatureCollection", _WRAP)
    if not isinstance(value, dict):
        return Problem(f"The file is {describe_value(value)}, not a FeatureCollection", _WRAP)
    kind = value.get("type")
    if "geometryType" in value and "spatialReference" in value:
        return Problem("The file is Esri's own JSON, not GeoJSON", "Ask the service for f=geojson.")
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


def _is_blank(oddity: tuple[document.Trail, str, str], remarks: Remarks, is_ours: bool) -> bool:
    """Ask whether an oddity is no number in a column of somebody else's, and remember it if so."""
    trail, what, _ = oddity
    if is_ours or "properties" not in trail[:-1] or not what.startswith("The value"):
        return False
    remarks.blanks[str(trail[trail.index("properties") + 1])] += 1
    return True


def _check_crs(crs: Any) -> Iterator[Problem]:
    """Yield a problem for the ``crs`` member of older GeoJSON that names no system that is known."""
    if crs is None:
        return
    name = _name_of_crs(crs)
    if name is None:
        yield Problem(
            "The 'crs' member names no coordinate reference system", "Take it out if this is WGS 84."
        )
    elif _name_of_other_crs(crs) and not transforms.is_known(name):
        yield Problem(
            f"The coordinates are in {name[:80]!r}, a reference system that is not known",
            "Export the layer again with the coordinate reference system WGS 84 (EPSG:4326).",
        )


def _name_of_crs(crs: Any) -> str | None:
    properties = crs.get("properties") if isinstance(crs, dict) else None
    if not isinstance(properties, dict):
        return None
    name, code = properties.get("name"), properties.get("code")
    if name is None and crs.get("type") == "EPSG" and isinstance(code, int | str):
        name = f"EPSG:{code}"  # as the first drafts of GeoJSON had it
    return name if isinstance(name, str) and name.strip() else None


def _name_of_other_crs(crs: Any) -> str | None:
    """Return the name in a ``crs`` member, None where it is that of WGS 84 or there is none."""
    name = _name_of_crs(crs)
    if name is None or _WGS84.fullmatch(name.strip().replace("::", ":")) or transforms.is_lonlat(name):
        return None
    return name.strip()


def _read_features(
    raw: list[Any],
    kind: Kind,
    crs: str | None,
    problems: list[Problem],
    remarks: Remarks,
    *,
    repair: bool,
) -> Iterator[Feature]:
    for index, feature in enumerate(raw):
        if len(problems) > kind.max_features:
            return  # nobody reads more
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            seen_type = describe_value(feature.get("type") if isinstance(feature, dict) else feature)
            problems.append(
                Problem(f"This is {seen_type}, not a Feature", 'Give it "type": "Feature".', index)
            )
            continue
        properties = feature.get("properties")
        name = find_label(properties) if isinstance(properties, dict) else None
        if properties is not None and not isinstance(properties, dict):
            what = f"The properties are {describe_value(properties)}, not an object"
            problems.append(Problem(what, 'Write "properties": {...}.', index, name))
        properties = properties if isinstance(properties, dict) else {}
        geometry, asides = _set_aside(feature.get("geometry"), kind)
        remarks.asides += Counter(asides)
        if not kind.is_strict and _is_empty(geometry):
            if not asides:
                remarks.absent.append(label(index, name))
            continue
        noted = len(problems)
        note = _noting(problems, index, name)
        shape = _read_geometry(geometry, kind, crs, note)
        if shape is not None:
            shape = geometries.finish(
                shape, note, remarks, label(index, name), repair=repair and not kind.is_strict
            )
        if shape is not None or len(problems) > noted:
            yield Feature(index, name, properties, shape)


def _noting(problems: list[Problem], index: int, name: str | None) -> geometries.Note:
    return lambda what, remedy: problems.append(Problem(what, remedy, index, name))


def _is_empty(geometry: Any) -> bool:
    """Ask whether nothing is drawn: no geometry, or one without positions."""
    if geometry is None:
        return True
    if not isinstance(geometry, dict) or geometry.get("type") not in GEOMETRIES:
        return False
    held = geometry.get("geometries" if geometry["type"] == "GeometryCollection" else "coordinates")
    return held is None or (isinstance(held, list) and _holds_nothing(held))


def _holds_nothing(value: list[Any]) -> bool:
    return all(isinstance(each, list) and _holds_nothing(each) for each in value)


def _set_aside(geometry: Any, kind: Kind) -> tuple[Any, list[str]]:
    """Return a geometry without the parts that stand aside in files of a kind, and the types of those.

    A collection is taken apart: of polygons or of lines alone it becomes one geometry. None where nothing is left.
    """
    if not isinstance(geometry, dict) or kind.is_strict:
        return geometry, []
    flat = [part for part in _flatten(geometry) if not _is_empty(part)]
    asides = [str(part["type"]) for part in flat if part.get("type") in kind.asides]
    rest = [part for part in flat if part.get("type") not in kind.asides]
    if not rest:
        return (None if asides or _is_empty(geometry) else geometry), asides
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
    elif name == "GeometryCollection" and not isinstance(held := geometry.get("geometries"), list):
        seen = "absent" if held is None else describe_value(held)
        note(
            f"The 'geometries' of the GeometryCollection is {seen}, not a list", 'Write "geometries": [...].'
        )
    elif name not in kind.geometries:
        note(f"The geometry is a {name}, and a {kind.noun} is a {' or '.join(kind.geometries)}", kind.remedy)
    elif coordinates is None or coordinates == []:
        note("The geometry is empty", "Draw one, or take the feature out.")
    else:
        return geometries.derive_shape(name, coordinates, note, crs=crs)
    return None
