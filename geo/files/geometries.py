"""GeoJSON coordinates become shapely geometries, and what is wrong with them becomes words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

import numpy as np
import shapely
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geo.files import axes
from geo.files.fields import describe_value
from geo.files.remarks import Remarks
from geo.geodesy import Floats, areas, transforms, validity

Note = Callable[[str, str], None]
Shape: TypeAlias = Polygon | MultiPolygon | LineString | MultiLineString

_DEPTHS = {"LineString": 2, "MultiLineString": 3, "Polygon": 3, "MultiPolygon": 4}
_NONE: Floats = np.empty((0, 2))
_TOO_SHORT = "Draw it again, or take it out."
_REASONS = {
    "Self-intersection": "The outline crosses or touches itself",
    "Ring Self-intersection": "The outline touches itself",
    "Hole lies outside shell": "A hole lies outside the outer ring",
    "Holes are nested": "A hole lies inside another hole",
    "Nested shells": "One part lies inside another part",
    "Interior is disconnected": "A hole cuts the area in two",
    "Too few points in geometry component": "A ring encloses no area",
}


def derive_shape(kind: str, coordinates: Any, note: Note, *, crs: str | None = None) -> Shape | None:
    """Turn the coordinates of one GeoJSON geometry into shapely, in lon, lat degrees.

    ``kind`` is Polygon, MultiPolygon, LineString or MultiLineString. Altitudes are dropped. Either winding is
    accepted; the result has its outer rings counter-clockwise. Everything that is wrong goes to ``note`` as
    (what, remedy), and then the result is None. Whether rings cross is for `finish`. Parts without positions add
    nothing. ``crs`` is the reference system of the coordinates, where it is not WGS 84.
    """
    noted: list[str] = []

    def note_here(what: str, remedy: str) -> None:
        noted.append(what)
        note(what, remedy)

    parts = list(_list_parts(kind, coordinates, note_here))
    if crs is None:
        _check_range(np.concatenate([_NONE, *(line for part in parts for line in part)]), note_here)
    if noted or not parts:
        return None
    shape = _build(kind, parts)
    if crs is not None:
        shape = transforms.to_lonlat(shape, crs)
        check_positions([shape], note_here)
        if noted:
            return None
        shape = shapely.orient_polygons(shape)
    return shape


def finish(shape: Any, note: Note, remarks: Remarks, called: str, *, repair: bool) -> Shape | None:
    """Return a shape in lon, lat that is a simple one; None where it encloses nothing, or after noting a problem.

    With ``repair`` an area whose rings cross is made valid, and the remarks say of the feature, as it is ``called``,
    where they did and how its area changed; without, it is noted. What encloses no area is left out, or noted.
    """
    lonlats = shapely.get_coordinates(shape)
    if axes.judge(lonlats) == axes.DOUBTFUL:
        remarks.doubtful.append(f"{called} at lon {lonlats[0, 0]:.4g}, lat {lonlats[0, 1]:.4g}")
    if shape.geom_type.endswith("LineString") or (shape.is_valid and not shape.is_empty):
        return shape
    if not repair:
        _note_fault(shape, note)
        return None
    near = _locate_fault(shape)[1]
    whole = validity.repair_area(shape)
    if whole.is_empty:
        remarks.absent.append(called)
        return None
    remarks.mended.append(f"{called}{near}, {_describe_change(shape, whole)}")
    return whole.geoms[0] if len(whole.geoms) == 1 else whole


def _describe_change(before: Any, after: MultiPolygon) -> str:
    """Say how the area of an outline changed; as drawn it is what QGIS and others compute, lobes taken off."""
    after_km2 = areas.area_km2(after)
    before_km2 = after_km2 * before.area / after.area if after.area else 0.0
    change = after_km2 - before_km2
    if abs(change) < 0.001 * after_km2:
        return "area the same within 0.1 %"
    percent = f" ({change / before_km2:+.1%})" if before_km2 > 0.01 * after_km2 else ""
    return f"area {before_km2:,.4g} to {after_km2:,.4g} km²{percent.replace('%', ' %')}"


def _list_parts(kind: str, coordinates: Any, note: Note) -> Iterator[list[Floats]]:
    """Yield each polygon as its rings, or each line as a list of one; broken rings and lines are left out."""
    multiple = kind.startswith("Multi")
    parts = coordinates if multiple else [coordinates]
    if not isinstance(parts, list):
        note(f"The coordinates are {_describe(parts)}, not those of a {kind}", "Export the geometry again.")
        return
    if (depth := _measure_depth(coordinates)) not in (None, _DEPTHS[kind]):
        note(f"The lists nest {depth} deep; in a {kind} they nest {_DEPTHS[kind]} deep", "Export it again.")
        return
    for i, part in enumerate(parts):
        if multiple and part == []:
            continue
        prefix = f"part {i}, " if multiple else ""
        lines = part if kind.endswith("Polygon") else [part]
        if not isinstance(lines, list) or not lines:
            note(
                f"{prefix}coordinates are {_describe(lines)}, not a list of rings",
                "Export the geometry again.",
            )
            continue
        lines = [line for j, line in enumerate(lines) if line != [] or j == 0]
        yield [
            positions
            for j, line in enumerate(lines)
            if len(
                positions := _read_line(line, prefix + _name(kind, j), note, ring=kind.endswith("Polygon"))
            )
        ]


def _measure_depth(coordinates: Any) -> int | None:
    """Count the lists around the very first number; None where there is no number at that place."""
    depth = 0
    while isinstance(coordinates, list) and coordinates:
        coordinates, depth = coordinates[0], depth + 1
    return depth if isinstance(coordinates, int | float) else None


def _read_line(line: Any, label: str, note: Note, *, ring: bool) -> Floats:
    """Return the positions of a ring or line (n, 2), none if any of them is broken; note what is wrong with it."""
    if not isinstance(line, list):
        note(f"{label} is {describe_value(line)}, not a list of positions", "Export the geometry again.")
        return _NONE
    positions = _read_sound(line)
    bad = (
        []
        if len(positions)
        else [(i, reason) for i, each in enumerate(line) if (reason := _find_fault(each))]
    )
    if bad:
        more = f" ({len(bad) - 1} more like it)" if len(bad) > 1 else ""
        first = f"position {bad[0][0]} {bad[0][1]}"
        note(f"{label}: {first}{more}", "Write each position as [lon, lat], two numbers in degrees.")
        return _NONE
    if not len(positions):
        positions = np.array([(each[0], each[1]) for each in line], dtype=float).reshape(-1, 2)
    least = 4 if ring else 2
    if ring and len(positions) and (positions[0] != positions[-1]).any():
        note(f"{label} is not closed", f"Repeat its first position, {_show(positions[0])}, as its last.")
    elif len(positions) < least:
        note(f"{label} has too few positions ({len(positions)}; it needs at least {least})", _TOO_SHORT)
    elif not ring and (positions == positions[0]).all():
        note(f"{label} has no length: all its positions are the same", _TOO_SHORT)
    return positions  # an open or short one too: its range is still checked, so one run shows both mistakes


def _read_sound(line: list[Any]) -> Floats:
    """Return the positions of a line in which each has as many numbers; none where a fault may have to be found."""
    if {*map(type, line)} != {list} or not {*map(type, itertools.chain.from_iterable(line))} <= {int, float}:
        return _NONE
    try:
        positions = np.array(line, dtype=float)
    except (ValueError, OverflowError):  # not as many numbers in each, or an integer too long for a float
        return _NONE
    is_sound = positions.shape[1] >= 2 and (np.abs(positions) < 1e30).all()
    lonlats: Floats = positions[:, :2] if is_sound else _NONE
    return lonlats


def _find_fault(position: Any) -> str | None:
    """Say why something is not a position, or return None if it is one."""
    if not isinstance(position, list):
        return f"is {describe_value(position)}, not a list of two numbers"
    if len(position) < 2:
        return f"holds only {len(position)} of two numbers"
    for value in position:  # an altitude is dropped, but has to be a number too
        if isinstance(value, bool) or not isinstance(value, int | float):
            return f"holds {describe_value(value)} where a number belongs"
        if not abs(value) < 1e30:  # also catches NaN, and integers too long for a float
            return f"holds {describe_value(value)}, which no coordinate can be"
    return None


def check_positions(shapes: Sequence[BaseGeometry], note: Note) -> None:
    """Note, once, positions of shapes brought to lon, lat that are no numbers, out of range or swapped."""
    lonlats = shapely.get_coordinates(shapes)
    if (abs(lonlats) < 1e30).all():
        _check_range(lonlats, note)
    else:
        note("A position is not a number, or lies outside of its reference system", "Correct that position.")


def _check_range(positions: Floats, note: Note) -> None:
    """Note, once for a geometry, positions (n, 2) that cannot be lon, lat degrees or have their axes swapped."""
    outside = positions[(np.abs(positions) > (180, 90)).any(axis=1)]
    swapped = _find_swapped(positions, outside)
    if (np.abs(outside) > 1000).any():
        note(
            f"{_show(outside[0])} looks like projected metres, not degrees",
            "Export the layer again with the coordinate reference system WGS 84 (EPSG:4326).",
        )
    elif len(swapped):
        note(
            f"Longitude and latitude look swapped in {len(swapped)} of {len(positions)} positions, "
            f"first in {_show(swapped[0])}",
            f"GeoJSON writes longitude first: {_show(swapped[0][::-1])}. Swap the two numbers there.",
        )
    elif len(outside):
        note(
            f"{_show(outside[0])} is out of range",
            "Longitude lies between -180 and 180, latitude between -90 and 90. Correct the position.",
        )


def _find_swapped(positions: Floats, outside: Floats) -> Floats:
    """Return the positions that look exchanged, see `geo.files.axes`.

    Where every single latitude is out of range and would be a longitude, all of them are.
    """
    if axes.judge(positions) == axes.SWAPPED:
        swapped: Floats = positions[axes.are_in_window(positions[:, ::-1])]
        return swapped
    is_all = len(outside) == len(positions) and (np.abs(outside) <= (90, 180)).all()
    return outside if is_all else _NONE


def _build(kind: str, parts: list[list[Floats]]) -> Shape:
    if kind.endswith("Polygon"):
        polygons = [Polygon(part[0], part[1:]) for part in parts]
        whole = MultiPolygon(polygons) if kind == "MultiPolygon" else polygons[0]
        oriented: Shape = shapely.orient_polygons(whole)
        return oriented
    lines = [LineString(part[0]) for part in parts]
    return MultiLineString(lines) if kind == "MultiLineString" else lines[0]


def _note_fault(shape: Shape, note: Note) -> None:
    """Note why an area is not a simple one, and where."""
    if shape.is_empty:
        note("The outline encloses no area", _TOO_SHORT)
        return
    reason, near = _locate_fault(shape)
    note(
        f"{reason}{near}",
        "Redraw it there, or run 'Fix geometries' in QGIS (Processing toolbox, Vector geometry).",
    )


def _locate_fault(shape: Shape) -> tuple[str, str]:
    """Return in words why an area is not a simple one, and near which position."""
    reason, _, where = shapely.is_valid_reason(shape).partition("[")
    numbers = [float(number) for number in re.findall(r"[-+.\deE]+", where)[:2]]
    near = f" near lon {numbers[0]:.4f}, lat {numbers[1]:.4f}" if len(numbers) == 2 else ""
    return _REASONS.get(reason, reason), near


def _name(kind: str, index: int) -> str:
    if kind.endswith("LineString"):
        return "the line"
    return "the outer ring" if index == 0 else f"hole {index}"


def _describe(value: Any) -> str:
    return "an empty list" if value == [] else describe_value(value)


def _show(position: Floats) -> str:
    return f"[{position[0]:.10g}, {position[1]:.10g}]"
