"""The lines and areas of a KML file, read by Python's own parser: a KML file can tell GDAL to be something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import shapely
from shapely.geometry import GeometryCollection, LinearRing, LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

_HEAD = re.compile(
    rb"(\xef\xbb\xbf)?\s*(<\?xml[^>]*\?>)?\s*(<!--(?:(?!-->).)*-->\s*)*<(\w+:)?kml[\s/>]", re.DOTALL
)

Row = tuple[BaseGeometry | None, dict[str, Any]]


def read_rows(data: bytes) -> Iterator[Row]:
    """Yield the geometry, in lon, lat degrees, and the extended data of every placemark, in the file's order.

    The geometry is None where there is none that can be read. Keys of the data are in lower case.

    Raises
    ------
    ValueError
        This is not KML, or it declares a document type, which may name other files.
    """
    if not _HEAD.match(data) or b"<!DOCTYPE" in data:
        raise ValueError("the file's root is not a kml element")
    try:
        root = ElementTree.fromstring(data)  # without a document type there are no entities
    except (ElementTree.ParseError, RecursionError, LookupError) as error:
        raise ValueError(str(error)) from None
    for placemark in _find(root, "Placemark"):
        columns = {
            str(item.get("name")).lower(): "".join(item.itertext()).strip()
            for kind in ("Data", "SimpleData")
            for item in _find(placemark, kind)
        }
        shapes = [shape for item in placemark if (shape := _build(item)) is not None]
        yield (shapes[0] if shapes else None), columns


def _find(item: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    return (found for found in item.iter() if found.tag.rpartition("}")[2] == name)


def _build(item: ElementTree.Element) -> BaseGeometry | None:
    """Return the geometry of an element; None where it is no geometry, or a broken one."""
    kind = item.tag.rpartition("}")[2]
    try:
        if kind == "MultiGeometry":
            parts = [shape for child in item if (shape := _build(child)) is not None]
            return GeometryCollection(parts)
        if kind == "Polygon":
            outer, holes = (
                [_read_positions(ring) for ring in _find(item, f"{side}BoundaryIs")]
                for side in ("outer", "inner")
            )
            return Polygon(outer[0], holes)
        build = {"Point": Point, "LineString": LineString, "LinearRing": LinearRing}.get(kind)
        return None if build is None else build(_read_positions(item))
    except (ValueError, IndexError, shapely.errors.GEOSException):
        return None


def _read_positions(item: ElementTree.Element) -> list[tuple[float, float]]:
    """Return the lon, lat of an element's coordinates; altitudes are dropped."""
    texts = [found.text or "" for found in _find(item, "coordinates")]
    pairs = [text.split(",")[:2] for text in re.sub(r"\s*,\s*", ",", texts[0]).split()]
    return [(float(lon), float(lat)) for lon, lat in pairs]
