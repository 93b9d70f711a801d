"""TopoJSON becomes GeoJSON: its arcs, which neighbours share, are put together to the rings of each object."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from geo.errors import DataError
from geo.files import limits, packing

_DEPTHS = {"LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
_REMEDY = "Save it again from the program it came from, or as GeoJSON."

_MOST_POSITIONS = 4 * limits.FRONT_POSITIONS

Position = list[float]


def read_collection(
    topology: dict[str, Any], file: str, layer: str | None, option: str = "--layer"
) -> dict[str, Any]:
    """Return the features of a topology's one object, or of the one that is called like ``layer``.

    ``option`` chooses it on the command line.

    Raises
    ------
    DataError
        It has several objects and none is chosen, or its arcs are not what they should be.
    """
    objects = topology.get("objects")
    if not isinstance(objects, dict) or not objects:
        raise DataError.of(file, "The TopoJSON file holds no objects", _REMEDY)
    names = {str(name): str(name) for name in objects}
    if layer is not None:
        names = {"": packing.choose(Path(file), layer, names)}
    elif len(names) > 1:
        what = f"The file holds {packing.list_layers('layers', list(names))}"
        raise DataError.of(file, what, f"Choose one with {option} {next(iter(names))[:40]!r}.")
    (name,) = names.values()
    try:
        arcs = _Arcs(topology)
        features = [_build_feature(item, arcs) for item in _list(objects[name])]
    except (TypeError, ValueError, KeyError, IndexError, AttributeError, OverflowError, RecursionError):
        raise DataError.of(file, "The arcs of the TopoJSON file are damaged", _REMEDY) from None
    members: dict[str, Any] = {key: topology[key] for key in ("crs", "scenario", "front") if key in topology}
    return {"type": "FeatureCollection", "features": features, **members}


class _Arcs:
    """The arcs of a topology, unpacked; at most so many positions are made of them, however often each is named."""

    def __init__(self, topology: dict[str, Any]) -> None:
        self.transform = topology.get("transform")
        self.left = _MOST_POSITIONS
        self.arcs = [self._unpack(arc) for arc in topology.get("arcs", [])]

    def _unpack(self, arc: list[Any]) -> list[Position]:
        """Return an arc's positions: as they stand, or added up and scaled where the topology is quantised."""
        if self.transform is None:
            return [[*map(float, position[:2])] for position in arc]
        positions, x, y = [], 0.0, 0.0
        for position in arc:
            x, y = x + float(position[0]), y + float(position[1])
            positions.append(self.scale([x, y]))
        return positions

    def scale(self, position: list[Any]) -> Position:
        if self.transform is None:
            return position
        (a, b), (c, d) = self.transform["scale"], self.transform["translate"]
        return [float(position[0]) * a + c, float(position[1]) * b + d]

    def stitch(self, indices: list[Any], depth: int) -> list[Any]:
        """Return the positions of a line or ring made of arcs; a negative number means an arc the other way."""
        if depth > 1:
            return [self.stitch(each, depth - 1) for each in indices]
        positions: list[Position] = []
        for index in indices:
            arc = self.arcs[index] if index >= 0 else self.arcs[~index][::-1]
            self.left -= len(arc) + 1
            if self.left < 0:
                raise ValueError("too many positions")
            positions += arc[1:] if positions else arc
        return positions


def _list(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the geometries of an object; a collection is taken apart, as each of its parts has its own properties."""
    if item.get("type") == "GeometryCollection" and isinstance(item.get("geometries"), list):
        yield from item["geometries"]
    else:
        yield item


def _build_feature(item: dict[str, Any], arcs: _Arcs) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": item.get("properties"),
        "geometry": _build_geometry(item, arcs),
    }


def _build_geometry(item: dict[str, Any], arcs: _Arcs) -> dict[str, Any] | None:
    kind = item.get("type")
    if kind is None:
        return None
    if kind == "GeometryCollection":
        parts = [_build_geometry(part, arcs) for part in item["geometries"]]
        return {"type": kind, "geometries": [part for part in parts if part]}
    if kind == "Point":
        return {"type": kind, "coordinates": arcs.scale(item["coordinates"])}
    if kind == "MultiPoint":
        return {"type": kind, "coordinates": [arcs.scale(each) for each in item["coordinates"]]}
    return {"type": kind, "coordinates": arcs.stitch(item["arcs"], _DEPTHS[kind])}
