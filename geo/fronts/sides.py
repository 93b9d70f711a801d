"""The two sides of a front: which part of an area, and which points, lie beyond it."""

from __future__ import annotations

import functools
import threading
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, MultiPolygon, Polygon, shape

from geo import geodesy
from geo.fronts import contact, faces
from geo.geodesy import Area, Floats, Line, LonLat, validity
from geo.reference import basemap

JOIN_DEG = 0.045
"""How near the end of a line has to come to another end, or to Ukraine's outline, to count as joined to it: 5 km."""

_LEFT, _RIGHT = 1, -1
_SIDES = {"left": _LEFT, "right": _RIGHT}
_LOCK = threading.Lock()
_NEAR_DEG = 0.005  # from where a way's arrival is judged: about 500 m before its end
_SPECK_DEG2 = 1e-6  # less than 0.01 km²: what is left where two drawings of one coast cross
_SCRAP = 1e-9  # shares of an area that are only rounding
_SLIVER = 1e-4  # shares of an area that are only the difference between two drawings of one coast
_CELLS = 100  # that say on which side an area lies which the front does not cut


@dataclass(frozen=True)
class Sides:
    """The two sides of a front, in lon, lat degrees: the near one, and the far one that lies beyond it.

    ``line``, ``definition``, ``held_side`` and ``occupied`` are those of the front.
    """

    line: Line
    definition: str
    held_side: str | None = None
    occupied: Area | None = None

    def split(self, area: Area) -> tuple[Area, Area]:
        """Return the part of an area on the near side and the part beyond; either may be empty.

        Beyond is what lies in `far_ground`, and what lies behind it, in Russia or at sea. Where there is no far ground
        the line cuts the area itself, and a part that is not cut is beyond if most of it lies in Ukraine on the other
        side. Where the file does not say which side is held, the side with more of the cut area is near, and so is all
        that the line does not cut.
        """
        if not self._is_cut_off:
            return self._split_along(area)
        shapely.prepare(area)
        polygons, is_beyond, _ = self._faces
        far = self.far_ground if shapely.intersects(area, polygons[is_beyond]).any() else None
        if far is None:
            return area, MultiPolygon()
        inside = shapely.intersection(area, far)
        if inside.area <= _SCRAP * area.area:
            return area, MultiPolygon()
        inside = self._add_ground_behind(area, far, inside)
        near = _polygons_of(shapely.difference(area, inside))
        return (near, _polygons_of(inside)) if near.area > _SLIVER * area.area else (MultiPolygon(), area)

    def _add_ground_behind(self, area: Area, far: Area, inside: Area) -> Area:
        """Return what lies beyond with the ground behind it: in Russia or at sea, cut off from the near side."""
        pieces = shapely.get_parts(_polygons_of(shapely.difference(area, far)))
        behind = [
            piece
            for piece in pieces
            if shapely.distance(piece, inside) == 0
            and shapely.distance(piece, self.line) > JOIN_DEG / 100
            and shapely.intersection(piece, _ukraine()).area <= _SLIVER * piece.area
        ]
        ground: Area = shapely.union_all([inside, *behind])
        return ground

    def are_beyond(self, lonlats: Floats) -> NDArray[np.bool_]:
        """Ask of points (n, 2) whether they lie in Ukraine beyond the front; none does if it names no side."""
        with (
            _LOCK
        ):  # two threads may not do at once what is done once: at the second question GEOS builds an index
            ground = self.far_ground
            shapely.contains_xy(_ukraine() if ground is None else ground, *self._inside)
        beyond: NDArray[np.bool_]
        if ground is not None:
            beyond = shapely.contains_xy(ground, lonlats[:, 0], lonlats[:, 1])
        elif self.held_side is None:
            beyond = np.zeros(len(lonlats), bool)
        else:
            beyond = self.are_across(lonlats) & shapely.contains_xy(_ukraine(), lonlats[:, 0], lonlats[:, 1])
        return beyond

    @functools.cached_property
    def far_ground(self) -> Area | None:
        """The part of Ukraine that lies beyond the front, and the occupied area if its file gives that.

        The line cuts Ukraine's outline, its ends joined to the outline or to each other where they come within
        `JOIN_DEG`. Strips between a publisher's border and that outline then lie beyond like the area behind them.
        None where the line cuts nothing off, or its file does not say which side is held.
        """
        if not self._is_cut_off:
            return None
        polygons, is_beyond, _ = self._faces
        far = polygons[is_beyond].tolist()
        ground: Area = validity.unite(far) if self.occupied is None else shapely.coverage_union_all(far)
        shapely.prepare(ground)
        return ground

    @functools.cached_property
    def drawn_ground(self) -> Area:
        """What of `far_ground` a map tints, within Ukraine as the map draws it; empty where there is none.

        It has the holes of the occupied area, though no line of contact surrounds those.
        """
        if self.occupied is None:
            return _polygons_of(self.far_ground)
        polygons, _, is_drawn = self._faces
        parts = shapely.get_parts(shapely.coverage_union_all(polygons[is_drawn]))
        return MultiPolygon([part for part in parts if part.area > _SPECK_DEG2])

    @property
    def _is_cut_off(self) -> bool:
        """Whether there is ground beyond the front that the line cuts off, or that its file gives."""
        return self.occupied is not None or (self.held_side is not None and bool(self._faces[1].any()))

    @functools.cached_property
    def _faces(self) -> tuple[faces.Faces, faces.Mask, faces.Mask]:
        """The faces that all lines cut Ukraine and the occupied area into, those beyond, and those of them to draw."""
        ukraine, occupied, line = _ukraine(), self.occupied or MultiPolygon(), self.line
        if self.occupied is not None and self.definition == "edge":
            line = contact.derive_contact(occupied)
        tips = self._tips if line is self.line else _tips_of(line)
        lines = [line] if self.occupied is None else faces.lay_along(occupied.boundary, line)
        polygons = faces.cut([ukraine.boundary, *lines, *_joints(tips, ukraine)])
        is_inside, is_taken = (faces.are_in(polygons, area) for area in (ukraine, occupied))
        is_beyond = is_taken.copy()
        if self.held_side is not None:
            sides = faces.find_sides(polygons[is_inside], line, is_taken[is_inside])
            is_beyond[is_inside] |= sides == -_SIDES[self.held_side]
        is_hole = ~is_taken & _are_in_holes(polygons, occupied)
        return polygons, is_beyond, is_beyond & is_inside & ~is_hole

    @functools.cached_property
    def _inside(self) -> tuple[Floats, Floats]:
        """Two points to ask for: their lons and lats."""
        point = (self.far_ground or _ukraine()).representative_point()
        return np.repeat(point.x, 2), np.repeat(point.y, 2)

    def are_across(self, lonlats: Floats) -> NDArray[np.bool_]:
        """Ask of points (n, 2) near the line whether they lie on its far side, in Ukraine, abroad or at sea."""
        if self.held_side is None:
            return np.zeros(len(lonlats), bool)
        across: NDArray[np.bool_] = self._find_sides(lonlats) == -_SIDES[self.held_side]
        return across

    def is_reached_from_beyond(self, origin: LonLat, target: LonLat) -> bool:
        """Tell whether the geodesic from a point to one on the line (lon, lat) arrives from the far side."""
        way = geodesy.derive_geodesic(origin, target)
        last = way[-2] - way[-1]
        length = np.hypot(*last)
        return bool(length > 0 and self.are_across(way[-1:] + last * min(0.5, _NEAR_DEG / length))[0])

    def _find_sides(self, lonlats: Floats) -> NDArray[np.int8]:
        """Return on which side of the line's direction each point lies: 1 left, -1 right, 0 past an end of the line.

        The edge nearest to the point decides. Where that is a vertex, two edges are equally near, and the one the point
        lies more squarely beside decides. To compare distances, degrees of longitude are shortened as at the line's
        middle.
        """
        shorten, starts, ends, tree = self._edges
        points = lonlats * shorten
        which, edge = tree.query_nearest(shapely.points(points))
        way, to = ends[edge] - starts[edge], points[which] - starts[edge]
        length = np.hypot(*way.T)
        across = (way[:, 0] * to[:, 1] - way[:, 1] * to[:, 0]) / length
        along = (way * to).sum(axis=1) / length**2
        tips = self._tips * shorten
        is_past = ((along <= 0) & _is_among(starts[edge], tips)) | (
            (along >= 1) & _is_among(ends[edge], tips)
        )
        order = np.lexsort((-np.abs(across), which))
        first = order[np.flatnonzero(np.diff(which[order], prepend=-1))]
        sides: NDArray[np.int8] = np.where(is_past[first], 0, np.sign(across[first])).astype(np.int8)
        return sides

    @functools.cached_property
    def _tips(self) -> Floats:
        return _tips_of(self.line)

    @functools.cached_property
    def _edges(self) -> tuple[Floats, Floats, Floats, shapely.STRtree]:
        """The factors of lon and lat, and with them the starts and ends of the line's edges and their tree."""
        shorten = np.array([np.cos(np.radians(self.line.centroid.y)), 1.0])
        starts, ends = (points * shorten for points in _edges_of(self.line))
        return shorten, starts, ends, shapely.STRtree(shapely.linestrings(np.stack([starts, ends], axis=1)))

    def _split_along(self, area: Area) -> tuple[Area, Area]:
        """Cut an area along a line that cuts nothing off Ukraine, and tell the near part from the rest."""
        parts: faces.Faces = shapely.get_parts(area)
        if shapely.intersects(area, self.line):
            parts = faces.cut([area.boundary, self.line, *_joints(self._tips)])
            parts = parts[faces.are_in(parts, area)]
        sides = [*zip(parts, faces.find_sides(parts, self.line).tolist(), strict=True)]
        held = _SIDES.get(self.held_side or "") or _larger_side(sides)
        near: list[Polygon] = []
        far: list[Polygon] = []
        for face, side in sides:
            is_far = side == -held if side else self._is_mostly_beyond(face)
            (far if is_far else near).append(face)
        return (shapely.union_all(near), shapely.union_all(far)) if far else (area, MultiPolygon())

    def _is_mostly_beyond(self, face: Polygon) -> bool:
        points, weights = geodesy.equal_area_lattice(face, cells=_CELLS)
        return bool(weights[self.are_beyond(points)].sum() > weights.sum() / 2)


def find_crimea(ground: Area) -> LonLat | None:
    """Return a place in the middle of Crimea, lon and lat, if it lies in the ground beyond a front."""
    oblasts = basemap.read_basemap().oblasts["features"]
    outline = next(shape(each["geometry"]) for each in oblasts if each["properties"]["name"] == "Crimea")
    middle = outline.centroid
    return (middle.x, middle.y) if shapely.contains(ground, middle) else None


def _joints(tips: Floats, outline: Area | None = None) -> list[LineString]:
    """Return what joins tips of a line to each other, or else a little past an outline, where they nearly meet."""
    points = shapely.points(tips)
    nearest = shapely.STRtree(points).query_nearest(
        points, max_distance=JOIN_DEG, exclusive=True, all_matches=False
    )
    other = dict(nearest.T.tolist())
    joints = [LineString([tips[one], tips[another]]) for one, another in other.items()]
    if outline is not None:
        alone = points[[index for index in range(len(tips)) if index not in other]]
        ends = shapely.get_coordinates(shapely.shortest_line(alone, outline.boundary)).reshape(-1, 2, 2)
        lengths = np.hypot(*(ends[:, 1] - ends[:, 0]).T)
        ends = ends[(lengths > 0) & (lengths <= JOIN_DEG)]
        # past a vertex a joint would cross both edges of the outline within a rounding, which GEOS does twice over
        past = np.where(_is_among(ends[:, 1], shapely.get_coordinates(outline)), 0.0, 0.01)[:, None]
        ends[:, 1] += past * (ends[:, 1] - ends[:, 0])
        joints += shapely.linestrings(ends).tolist()
    return joints


def _larger_side(faces: list[tuple[Polygon, int]]) -> int:
    sizes = {side: sum(face.area for face, its in faces if its == side) for side in (_LEFT, _RIGHT)}
    return _LEFT if sizes[_LEFT] >= sizes[_RIGHT] else _RIGHT


@functools.cache
def _ukraine() -> Area:
    countries = basemap.read_basemap().countries["features"]
    outline: Area = shape(
        next(country["geometry"] for country in countries if country["properties"]["iso_a2"] == "UA")
    )
    shapely.prepare(outline)
    return outline


def _tips_of(line: Line) -> Floats:
    """Return the ends of a line that no other part of it meets, (n, 2) of lon and lat."""
    ends = np.concatenate(_edges_of(line))
    joints = ends[np.lexsort(ends.T[::-1])]
    differs = np.ones(len(joints) + 1, bool)
    differs[1:-1] = (joints[1:] != joints[:-1]).any(axis=1)
    tips: Floats = joints[differs[:-1] & differs[1:]]
    return tips


def _is_among(points: Floats, others: Floats) -> NDArray[np.bool_]:
    return np.isin(points @ [1, 1j], others @ [1, 1j])


def _edges_of(line: Any) -> tuple[Floats, Floats]:
    """Return the starts and ends, each (n, 2), of the edges of a lineal geometry, those without a length left out."""
    coordinates, part_of = shapely.get_coordinates(shapely.get_parts(line), return_index=True)
    joined = (part_of[:-1] == part_of[1:]) & (coordinates[:-1] != coordinates[1:]).any(axis=1)
    return coordinates[:-1][joined], coordinates[1:][joined]


def _are_in_holes(polygons: faces.Faces, area: Area) -> NDArray[np.bool_]:
    """Ask of each polygon whether it lies in a hole of an area, which may be filled by another of its parts."""
    rings = [Polygon(ring) for part in shapely.get_parts(area) for ring in part.interiors]
    holes = shapely.STRtree([ring for ring in rings if ring.area > _SPECK_DEG2])
    found = np.zeros(len(polygons), bool)
    found[holes.query(shapely.point_on_surface(polygons), predicate="within")[0]] = True
    return found


def _polygons_of(shape: Any) -> MultiPolygon:
    """Return the polygons of a geometry; the points and lines that an intersection can leave have no area."""
    return MultiPolygon([part for part in shapely.get_parts(shape) if isinstance(part, Polygon)])
