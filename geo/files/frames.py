"""A GeoDataFrame, a dict of GeoJSON or a shapely geometry becomes the text of a file, which the reader then judges."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from geo.errors import DataError
from geo.files.document import Content

_FRAME = "GeoDataFrame"


def render_content(value: Any) -> Content | None:
    """Return what stands in memory as if it had been read from a file; None for what is no map data.

    A GeoDataFrame or GeoSeries, in any reference system, keeps its columns as properties. Else it is a dict of GeoJSON,
    or anything with a ``__geo_interface__``, such as a shapely geometry, in lon, lat degrees.

    Raises
    ------
    DataError
        A frame has no geometry or no reference system, or a dict holds what JSON cannot.
    """
    if is_frame(value):
        return _render_frame(value)
    name = "GeoJSON"
    if isinstance(value, BaseGeometry):
        name, value = "geometry", mapping(value)
    elif not isinstance(value, Mapping):
        value = getattr(value, "__geo_interface__", None)
    if not isinstance(value, Mapping):
        return None
    return _dump(name, value)


def is_frame(value: Any) -> bool:
    """Ask whether something is a GeoDataFrame or a GeoSeries, without loading geopandas for it."""
    geopandas = sys.modules.get("geopandas")
    return geopandas is not None and isinstance(value, geopandas.GeoDataFrame | geopandas.GeoSeries)


def name_crs(frame: Any) -> str:
    """Return the reference system of a GeoDataFrame or GeoSeries as an authority's code or well-known text.

    Raises
    ------
    DataError
        It has no geometry, or no reference system.
    """
    try:
        crs = frame.geometry.crs
    except AttributeError:
        remedy = "Say with set_geometry() which column it is."
        raise DataError.of(_FRAME, "It has no column of geometry", remedy) from None
    if crs is None:
        remedy = 'Say which it is with set_crs(), "EPSG:4326" for longitude and latitude.'
        raise DataError.of(_FRAME, "It declares no coordinate reference system", remedy)
    authority = crs.to_authority(min_confidence=100)
    return ":".join(authority) if authority else str(crs.to_wkt())


def _render_frame(frame: Any) -> Content:
    crs = name_crs(frame)
    columns: dict[str, list[Any]] = {}
    if hasattr(frame, "columns"):
        for index, name in enumerate(frame.columns):
            column = frame.iloc[:, index]
            if not hasattr(column, "crs") and str(name) not in columns:
                columns[str(name)] = [_build_value(value) for value in column.tolist()]
    features = [
        {
            "type": "Feature",
            "properties": {name: values[row] for name, values in columns.items()},
            "geometry": None if shape is None else mapping(shape),
        }
        for row, shape in enumerate(frame.geometry)
    ]
    collection = {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": crs}},
        "features": features,
    }
    return _dump(_FRAME, collection)


def _dump(name: str, value: Any) -> Content:
    try:
        return Content(Path(name), json.dumps(value, default=_build_plain).encode())
    except (TypeError, ValueError, RecursionError) as error:
        raise DataError.of(name, f"It cannot be written as JSON ({error})", "Use plain values.") from None


def _build_value(value: Any) -> Any:
    """Return a cell as JSON can hold it, None where it is missing."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return None
    if type(value).__name__ in ("NAType", "NaTType"):
        return None
    return value


def _build_plain(value: Any) -> Any:
    """Return what JSON has no kind for: numbers of numpy as numbers, days in ISO form, all else as text."""
    for method in ("tolist", "isoformat"):
        if hasattr(value, method):
            return getattr(value, method)()
    return str(value)
