"""The tracks, routes and waypoints of a GPX file, read by Python's own parser, which opens nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

from shapely.geometry import LineString, MultiLineString, Point
from shapely.geometry.base import BaseGeometry

from geo.files.rows import Row

_COLUMNS = ("name", "desc", "cmt", "type")


def read_rows(data: bytes) -> Iterator[Row]:
    """Yield a line for each track and route, and a point for each waypoint, in lon, lat degrees.

    A line of fewer than two positions is None. Columns are the name, description, comment and type. When it was
    recorded is left out: that is not the day that a front describes.

    Raises
    ------
    ValueError
        This is not GPX, or it declares a document type, which may name other files.
    """
    if b"<!DOCTYPE" in data:
        raise ValueError("it declares a document type")
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, RecursionError, LookupError) as error:
        raise ValueError(str(error)) from None
    if _tag(root) != "gpx":
        raise ValueError("the file's root is not a gpx element")
    for item in root:
        if _tag(item) in ("trk", "rte", "wpt"):
            texts = {_tag(child): (child.text or "").strip() for child in item if _tag(child) in _COLUMNS}
            yield Row(_build(item), {key: value for key, value in texts.items() if value})


def _build(item: ElementTree.Element) -> BaseGeometry | None:
    try:
        if _tag(item) == "wpt":
            return Point(_position(item))
        segments = [child for child in item if _tag(child) == "trkseg"] if _tag(item) == "trk" else [item]
        lines = [
            [_position(point) for point in segment if _tag(point) in ("trkpt", "rtept")]
            for segment in segments
        ]
        lines = [line for line in lines if len(line) > 1]
    except (TypeError, ValueError):
        return None
    if not lines:
        return None
    return LineString(lines[0]) if len(lines) == 1 else MultiLineString(lines)


def _position(item: ElementTree.Element) -> tuple[float, float]:
    return float(item.get("lon", "")), float(item.get("lat", ""))


def _tag(item: ElementTree.Element) -> str:
    return item.tag.rpartition("}")[2] if isinstance(item.tag, str) else ""
