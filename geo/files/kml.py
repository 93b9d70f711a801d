"""The lines and areas of a KML file, read by Python's own parser: a KML file can tell GDAL to be something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree

import shapely
from shapely.geometry import GeometryCollection, LinearRing, LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from geo.errors import DataError
from geo.files.rows import Row

_HEAD = re.compile(
    rb"(\xef\xbb\xbf)?\s*(<\?xml[^>]*\?>)?\s*(<!--(?:(?!-->).)*-->\s*)*<(\w+:)?kml[\s/>]", re.DOTALL
)

_LINK = re.compile(rb"<(?:\w+:)?NetworkLink[\s>]")
_CONTAINERS = ("kml", "Document", "Folder")


class _Place(NamedTuple):
    """Where an element lies: its folder, whether that is hidden, and the time that goes for all in it.

    ``day`` is a time stamp, or where a time span begins that goes on ``until`` another time.
    """

    folder: str | None = None
    is_hidden: bool = False
    day: str | None = None
    until: str | None = None


def read_rows(data: bytes) -> Iterator[Row]:
    """Yield the geometry, in lon, lat degrees, and the columns of every placemark, in the file's order.

    The geometry is None where there is none that can be read. Columns are the extended data and, where that has no such
    key, the ``name``, ``folder`` and ``styleurl`` of the placemark and the ``date`` of its time stamp; for a time span,
    where it begins, and ``until`` when it goes on. Pictures laid on the globe are no placemarks.

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
    for placemark, place in _walk(root):
        columns = {
            str(item.get("name")): "".join(item.itertext()).strip()
            for kind in ("Data", "SimpleData")
            for item in _find(placemark, kind)
        }
        own = {
            "name": _text_of(placemark, "name"),
            "styleurl": _text_of(placemark, "styleUrl"),
            "folder": place.folder,
            "date": place.day,
            "until": None if place.until == place.day else place.until,
        }
        said = {key.lower() for key in columns}
        columns = {key: value for key, value in own.items() if value and key not in said} | columns
        shapes = [shape for item in placemark if (shape := _build(item)) is not None]
        yield Row(shapes[0] if shapes else None, columns, place.folder, place.is_hidden)


def refuse_link(data: bytes, path: object) -> None:
    """Refuse a file without placemarks that holds the address of a map.

    Raises
    ------
    DataError
        It does.
    """
    if _LINK.search(data):
        what = "The file only links to a map on the net (NetworkLink)"
        remedy = "Export it without “keep data up to date”, so that it holds the map itself."
        raise DataError.of(path, what, remedy)


def _walk(root: ElementTree.Element) -> Iterator[tuple[ElementTree.Element, _Place]]:
    """Yield every placemark and where it lies; a folder's name, hiding and time stamp go for all within it."""
    stack = [(root, _Place())]
    while stack:
        item, place = stack.pop()
        tag = _tag_of(item)
        if tag not in (*_CONTAINERS, "Placemark"):
            stack += [(child, place) for child in reversed(item)]
            continue
        day, until = _read_time(item) or (place.day, place.until)
        folder = _text_of(item, "name") if tag == "Folder" else None
        here = _Place(
            folder or place.folder,
            place.is_hidden or _text_of(item, "visibility") == "0",
            day,
            until,
        )
        if tag == "Placemark":
            yield item, here
        else:
            stack += [(child, here) for child in reversed(item)]


def _read_time(item: ElementTree.Element) -> tuple[str, str] | None:
    """Return from when to when an element is, by its time stamp or time span; None where it has neither."""
    for kind in ("TimeStamp", "TimeSpan"):
        for stamp in item:
            names = ("when", "begin", "end") if _tag_of(stamp) == kind else ()
            times = [text for name in names if (text := _text_of(stamp, name))]
            if times:
                return times[0], times[-1]
    return None


def _tag_of(item: ElementTree.Element) -> str:
    return item.tag.rpartition("}")[2] if isinstance(item.tag, str) else ""


def _text_of(item: ElementTree.Element, name: str) -> str | None:
    """Return the text of a child element."""
    return next(((child.text or "").strip() for child in item if _tag_of(child) == name), None)


def _find(item: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    return (found for found in item.iter() if found.tag.rpartition("}")[2] == name)


def _build(item: ElementTree.Element) -> BaseGeometry | None:
    """Return the geometry of an element; None where it is no geometry, or a broken one."""
    kind = item.tag.rpartition("}")[2]
    try:
        if kind == "MultiGeometry":
            return GeometryCollection([shape for part in _list_parts(item) if (shape := _build(part))])
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


def _list_parts(item: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """Yield what a MultiGeometry is made of, those in it taken apart: they can nest deeper than functions may."""
    stack = [item]
    while stack:
        part = stack.pop()
        if _tag_of(part) == "MultiGeometry":
            stack += reversed(part)
        else:
            yield part


def _read_positions(item: ElementTree.Element) -> list[tuple[float, float]]:
    """Return the lon, lat of an element's coordinates; altitudes are dropped."""
    texts = [found.text or "" for found in _find(item, "coordinates")]
    pairs = [text.split(",")[:2] for text in re.sub(r"\s*,\s*", ",", texts[0]).split()]
    return [(float(lon), float(lat)) for lon, lat in pairs]
