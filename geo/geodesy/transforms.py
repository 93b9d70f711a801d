"""Coordinates from a file's own reference system to lon, lat degrees on WGS 84."""

from __future__ import annotations

import functools
import json
import re
import warnings
from typing import Any

import numpy as np
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import ProjError

from geo.geodesy import validity
from geo.geodesy.areas import CRS as LONLAT
from geo.geodesy.ellipsoid import Floats
from geo.geodesy.validity import Shape

_FARTHEST_M, _LONGEST_M = 4e7, 4e8
"""From a system's origin, and along one feature: the earth is 4e7 m around, and every 2 km of an edge take memory."""

_NAME = re.compile(
    r"[A-Z]{2,10}:\w{1,12}"
    r"|urn:(x-)?ogc:def:crs:[A-Z]{2,10}:[\w.]{0,12}:\w{1,12}"
    r"|https?://www\.opengis\.net/def/crs/[A-Z]{2,10}/[\w.]{1,12}/\w{1,12}"
    r"|(GEO|PROJ|COMP|BOUND|LOCAL_CS|ENG|DERIVED)\w*\s*[\[(].*"  # well-known text
    r"|[A-Z][\w ()/.-]{2,79}",  # a name in the EPSG register, such as ETRS89 / UTM zone 36N
    re.ASCII | re.DOTALL | re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\+\s*init|grids\s*=(?!\s*@null)|parameterfile|file\s*=|pipeline|geoid_?model|proj.based",
    re.ASCII | re.IGNORECASE,
)
"""What lets a definition name a file: PROJ would open it."""


def is_known(crs: str) -> bool:
    """Ask whether a definition of a coordinate reference system leads to lon, lat degrees.

    It is an authority's code, such as EPSG:3857, OGC's name or address of one, the name of a system in the register,
    or well-known text. No text of PROJ's own counts, nor one that could name a file, nor heights or positions from the
    earth's centre.
    """
    if not _NAME.fullmatch(crs.strip()) or _ELSEWHERE.search(crs):
        return False
    try:
        found = _read_crs(crs)
        return (found.is_geographic or found.is_projected) and bool(_transformer(crs))
    except ProjError:
        return False


def describe_lonlat() -> dict[str, Any]:
    """Return lon, lat degrees on WGS 84 in PROJ's JSON, as GeoParquet has it."""
    about: dict[str, Any] = CRS(LONLAT).to_json_dict()
    return about


def derive_name(projjson: dict[str, Any]) -> str | None:
    """Return a definition in PROJ's JSON as an authority's code or well-known text; None where it is none."""
    text = json.dumps(projjson)
    if _ELSEWHERE.search(text):
        return None
    try:
        crs = CRS.from_json(text)
    except ProjError:
        return None
    authority = crs.to_authority(min_confidence=100)
    return ":".join(authority) if authority else str(crs.to_wkt())


def is_lonlat(crs: str) -> bool:
    """Ask whether a definition is WGS 84 in degrees, in whatever words: a code, a name of OGC or well-known text."""
    if not is_known(crs):
        return False
    found = _read_crs(crs)
    return found.is_geographic and found.to_2d().equals(_read_crs(LONLAT), ignore_axis_order=True)


def to_lonlat(shape: Shape, crs: str) -> Shape:
    """Return a geometry of a known reference system in lon, lat degrees on WGS 84, x first whatever the system says.

    A straight edge of a projected system is cut every 2 km, so that it stays where it was. Positions that the
    system cannot place come out infinite.
    """
    source = _read_crs(crs)
    if source.is_projected:
        unit_m = source.axis_info[0].unit_conversion_factor
        farthest = np.abs(shapely.get_coordinates(shape)).max(initial=0.0)  # NaN where one position is
        if not farthest * unit_m <= _FARTHEST_M or shape.length * unit_m > _LONGEST_M:
            return validity.move(shape, lambda xy: np.full_like(xy, np.inf))
        shape = validity.segmentize(shape, 2000 / unit_m)
    transformer = _transformer(crs)
    return validity.move(shape, lambda xy: np.column_stack(transformer.transform(xy[:, 0], xy[:, 1])))


def points_to_lonlat(xys: Floats, crs: str) -> Floats:
    """Return points (n, 2) of a known reference system as lon, lat; such as it cannot place come out infinite."""
    return np.column_stack(_transformer(crs).transform(xys[:, 0], xys[:, 1]))


@functools.lru_cache(maxsize=8)
def _read_crs(crs: str) -> CRS:
    with warnings.catch_warnings(action="ignore"):
        return CRS.from_user_input(crs)


@functools.lru_cache(maxsize=8)
def _transformer(crs: str) -> Transformer:
    return Transformer.from_crs(_read_crs(crs), LONLAT, always_xy=True)
