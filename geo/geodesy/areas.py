"""Lengths, areas and equal-area lattices of shapes, and how near and how far an area lies from a line.

Geometry comes in and goes out as lon, lat degrees on WGS 84. An edge between two vertices is the straight line in
lon and lat that RFC 7946 (section 3.1.1) says it is, not a geodesic: over a 400 km east-west edge at 48° N the two
lie 3.5 km apart.

How a nearest point is found stands in `geo.geodesy.nearest`: in earth-centred coordinates, exactly,
without a projection. The distance itself is then the WGS 84 geodesic between the two points (`geo.geodesy.ellipsoid`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Proj
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Polygon

from geo.geodesy import validity
from geo.geodesy.ellipsoid import GEOD, Floats, earth_centred, geodesic_km
from geo.geodesy.nearest import MAX_PIECE_DEG, Polyline

CRS = "EPSG:4326"
"""What lon, lat degrees are called where a file format or a GeoDataFrame wants a name."""

LonLat: TypeAlias = tuple[float, float]
Line: TypeAlias = LineString | MultiLineString
Area: TypeAlias = Polygon | MultiPolygon

CELLS = 2000
"""The least number of lattice cells a zone is measured with; squares are halved until there are as many."""
FARTHEST_TOLERANCE_KM = 0.05
"""How far below the true maximum `farthest_km` may stay."""

_BOUNDARY_STEP_DEG, _MOST_STEPS = 0.002, 100_000
_EDGES_ONCE = 64
_MANY_PARTS = 100
_TANGLE_DEG = 300.0  # no front is so long that does not run many times on one course
_FEW_POINTS, _RUN = 1024, 32


@dataclass(frozen=True)
class NearestPair:
    """The two points, (lon, lat), at which two geometries come nearest, and the geodesic between them.

    ``bearing_deg`` is the direction at ``origin`` towards ``target``, clockwise from north in [0, 360); None where the
    two touch and there is no direction.
    """

    distance_km: float
    origin: LonLat
    target: LonLat
    bearing_deg: float | None


def bearing_deg(origin: LonLat, target: LonLat) -> float:
    """Return the direction of the geodesic from one (lon, lat) to another, clockwise from north in [0, 360)."""
    azimuth, _, _ = GEOD.inv(*origin, *target)
    return float(azimuth) % 360


def length_km(line: Line) -> float:
    """Return the length of a line in kilometres, its edges straight in lon and lat."""
    parts = (
        shapely.get_coordinates(part) for part in shapely.get_parts(validity.segmentize(line, MAX_PIECE_DEG))
    )
    return float(sum(GEOD.line_length(*points.T) for points in parts)) / 1000


def area_km2(area: Area) -> float:
    """Return the area of polygons in square kilometres on the ellipsoid, holes taken off, whatever their winding."""
    oriented = shapely.orient_polygons(validity.segmentize(area, MAX_PIECE_DEG))
    return abs(float(GEOD.geometry_area_perimeter(oriented)[0])) / 1e6


def nearest_pair(area: Area, line: Polyline, outline: Polyline | None = None) -> NearestPair:
    """Return the shortest geodesic between any point of an area and any point of a line.

    Distance 0, with the same point twice, where they touch or cross. Two edges that do not cross are nearest at an
    end of one of them, so all ends of each side are held against all edges of the other. ``outline`` is the area's, if
    it is prepared already.
    """
    if shapely.intersects(area, line.line):
        shared = shapely.point_on_surface(shapely.intersection(area, line.line))
        point = (float(shared.x), float(shared.y))
        return NearestPair(0.0, point, point, None)
    outline = outline or Polyline(area.boundary)
    line = line.narrow(outline.starts)
    from_outline = _keep_extreme(np.concatenate([outline.starts, outline.ends]), line, sign=-1)
    from_line = _keep_extreme(np.concatenate([line.starts, line.ends]), outline, sign=-1)
    origins = np.concatenate([from_outline, outline.nearest(from_line)])
    targets = np.concatenate([line.nearest(from_outline), from_line])
    distances = geodesic_km(origins, targets)
    best = int(distances.argmin())
    origin, end = _lon_lat(origins[best]), _lon_lat(targets[best])
    return NearestPair(float(distances[best]), origin, end, bearing_deg(origin, end))


def split_edges(lines: list[LineString]) -> NDArray[np.object_]:
    """Return the edges of lines, each as a line of its own, in their order."""
    positions, part_of = shapely.get_coordinates(lines, return_index=True)
    joined = part_of[:-1] == part_of[1:]
    edges: NDArray[np.object_] = shapely.linestrings(
        np.stack([positions[:-1][joined], positions[1:][joined]], axis=1)
    )
    return edges


def count_crossings(lines: list[LineString], *, most: int, most_near: int) -> tuple[int, int]:
    """Return how often edges of lines meet that do not follow each other, and how often the boxes around them do.

    Counting ends past either of the two limits.
    """
    edges = split_edges(lines)
    tree, count, near = shapely.STRtree(edges), 0, 0
    for low in range(0, len(edges), _EDGES_ONCE):
        which, other = tree.query(edges[low : low + _EDGES_ONCE])
        ahead = other > which + low + 1
        near += int(ahead.sum())
        if near > most_near:
            break
        count += int(shapely.intersects(edges[low + which[ahead]], edges[other[ahead]]).sum())
        if count > most:
            break
    return count, near


def equal_area_lattice(area: Area, *, cells: int = CELLS) -> tuple[Floats, Floats]:
    """Return points (n, 2) of lon and lat that stand for equal-area cells of an area, and each cell's weight in km².

    The cells are squares in a Lambert azimuthal equal-area projection centred on the area, clipped at its outline; a
    clipped cell weighs its remaining area and is represented by its centroid. ``cells`` is the number wanted.
    """
    plane = _EqualAreaPlane(area)
    shapely.prepare(plane.area)
    wanted = max(float(np.sqrt(plane.area.area / cells)), plane.area.length / (5 * cells))
    squares = plane.cover()
    is_whole = np.zeros(1, bool)  # where a square lies in the area, all that it is split into do
    while squares.size > wanted:
        squares, is_whole = squares.split(), np.repeat(is_whole, 4)
        rest = np.flatnonzero(~is_whole)
        boxes, is_met = squares.keep(~is_whole).boxes(), is_whole.copy()
        is_met[rest] = shapely.intersects(plane.area, boxes)
        is_whole[rest] = shapely.contains_properly(plane.area, boxes)
        squares, is_whole = squares.keep(is_met), is_whole[is_met]
    centroids, weights = squares.centres, np.full(len(squares.centres), squares.size**2)
    clip = _clip_parts if shapely.get_num_geometries(plane.area) > _MANY_PARTS else _clip
    weights[~is_whole], centroids[~is_whole] = clip(plane.area, squares.keep(~is_whole).boxes())
    kept = weights > 0
    return plane.to_lonlat(centroids[kept]), weights[kept] / 1e6


def _clip(area: Area, boxes: NDArray[np.object_]) -> tuple[Floats, Floats]:
    """Return the size of what each box leaves of an area, and its centroid (n, 2); where nothing is left, no number."""
    parts = shapely.intersection(area, boxes)
    centroids = shapely.centroid(parts)
    return shapely.area(parts), np.column_stack([shapely.get_x(centroids), shapely.get_y(centroids)])


def _clip_parts(area: Area, boxes: NDArray[np.object_]) -> tuple[Floats, Floats]:
    """Return the same for an area of very many parts, of which each box meets few."""
    parts = shapely.get_parts(area)
    which, part = shapely.STRtree(parts).query(boxes, predicate="intersects")
    sizes, centroids = _clip(parts[part], boxes[which])
    counted = sizes > 0
    total, east, north = (
        np.bincount(which[counted], weights=values[counted], minlength=len(boxes))
        for values in (sizes, sizes * centroids[:, 0], sizes * centroids[:, 1])
    )
    with np.errstate(invalid="ignore"):
        middles: Floats = np.column_stack([east, north]) / total[:, None]
    return np.asarray(total, dtype=float), middles


def farthest_km(area: Area, line: Polyline) -> float:
    """Return the largest distance to a line that any point of an area has, in kilometres."""
    step = max(_BOUNDARY_STEP_DEG, area.length / _MOST_STEPS)  # only a first guess: the squares find the rest
    outline = shapely.get_coordinates(validity.segmentize(area, step))
    line = line.narrow(outline)
    known = line.distances_km(_keep_extreme(outline, line, sign=1)).max()
    return find_largest(area, lambda lonlats: (line.distances_km(lonlats),), (float(known),))[0]


def find_largest(
    area: Area, measure: Callable[[Floats], tuple[Floats, ...]], known_km: tuple[float, ...]
) -> tuple[float, ...]:
    """Return the largest value in an area of each of several distances, at most `FARTHEST_TOLERANCE_KM` too small.

    Branch and bound: a distance cannot grow by more than the way walked, so a square whose centre distance plus half
    diagonal does not beat the best value known so far is dropped, and the others are split, until none can beat it by
    the tolerance. Where the area is thinner than squares of metres no centre lies in it, but every square holds a point
    of it, at most half a diagonal from the centre. ``measure`` returns the distances in kilometres of points (n, 2) of
    lon and lat; ``known_km`` is a value that each of them reaches somewhere in the area.
    """
    plane = _EqualAreaPlane(area)
    best = np.array(known_km)
    shapely.prepare(plane.area)
    squares = plane.cover()
    while len(squares.centres):
        distances = np.stack(measure(plane.to_lonlat(squares.centres)))
        inside = shapely.contains_xy(plane.area, squares.centres[:, 0], squares.centres[:, 1])
        best = np.maximum(best, distances[:, inside].max(axis=1, initial=0.0))
        # 1.02 covers how much the projection shrinks true lengths within 20° of its centre
        reach_km = 1.02 * squares.size / np.sqrt(2) / 1000
        if reach_km < FARTHEST_TOLERANCE_KM / 4:
            best = np.maximum(best, distances.max(axis=1) - reach_km)
        can_beat = distances + reach_km > best[:, None] + FARTHEST_TOLERANCE_KM
        squares = squares.keep(can_beat.any(axis=0)).split()
        squares = squares.keep(shapely.intersects(plane.area, squares.boxes()))
    return tuple(best.tolist())


def _keep_extreme(points: Floats, line: Polyline, *, sign: int) -> Floats:
    """Return those points (n, 2) among which the farthest from a line is, or with ``sign`` -1 the nearest.

    The points come in runs of neighbours. No point of a run is farther or nearer than its middle by more than the way
    between the two, which is at most π/2 times the chord; a run that cannot beat the best middle is left out.
    """
    if len(points) <= _FEW_POINTS:
        return points
    starts = np.arange(0, len(points), _RUN)
    counts = np.diff(starts, append=len(points))
    middles = points[starts + counts // 2]
    chords = earth_centred(points) - np.repeat(earth_centred(middles), counts, axis=1)
    reach_km = np.maximum.reduceat(np.sqrt((chords**2).sum(axis=0)), starts) / 1000 * np.pi / 2
    away = sign * line.distances_km(middles)
    kept: Floats = points[np.repeat(away + reach_km >= away.max() - 1e-3, counts)]
    return kept


def thin(line: Line) -> Line:
    """Return a line for drawing: of one so long that it runs many times on one course, what lies within 10 m is one."""
    if line.length < _TANGLE_DEG:
        return line
    thinned: Line = shapely.line_merge(shapely.union_all(line, grid_size=1e-4))
    return thinned


def derive_band(line: Line, half_width_km: float) -> Area:
    """Return the area within a distance of a line, for drawing (accurate to about 1 %, vertices every 0.3 km)."""
    line = thin(line)
    lon, lat = shapely.get_coordinates(line.envelope.centroid)[0]
    local = Proj(proj="aeqd", lon_0=lon, lat_0=lat, ellps="WGS84")
    flat = validity.transform(
        validity.segmentize(line, MAX_PIECE_DEG), lambda lonlats: _to_plane(local, lonlats)
    )
    band: Area = shapely.simplify(shapely.buffer(flat, half_width_km * 1000, quad_segs=6), 300)
    return validity.transform(band, lambda xy: _to_lonlat(local, xy))


def _to_plane(projection: Proj, lonlats: Floats) -> Floats:
    return np.column_stack(projection(lonlats[:, 0], lonlats[:, 1]))


def _to_lonlat(projection: Proj, xy: Floats) -> Floats:
    return np.column_stack(projection(xy[:, 0], xy[:, 1], inverse=True))


def _lon_lat(point: Floats) -> LonLat:
    return float(point[0]), float(point[1])


@dataclass(frozen=True)
class _Squares:
    """Equal squares of a quadtree level: centres (n, 2) and side length in metres."""

    centres: Floats
    size: float

    def split(self) -> _Squares:
        offsets = self.size / 4 * np.array([[-1, -1], [1, -1], [-1, 1], [1, 1]])
        return _Squares((self.centres[:, None, :] + offsets).reshape(-1, 2), self.size / 2)

    def keep(self, mask: NDArray[np.bool_]) -> _Squares:
        return _Squares(self.centres[mask], self.size)

    def boxes(self) -> NDArray[np.object_]:
        low, high = self.centres - self.size / 2, self.centres + self.size / 2
        boxes: NDArray[np.object_] = shapely.box(low[:, 0], low[:, 1], high[:, 0], high[:, 1])
        return boxes


class _EqualAreaPlane:
    """An area in its own Lambert azimuthal equal-area projection, x and y in metres."""

    def __init__(self, area: Area) -> None:
        west, south, east, north = area.bounds
        self._proj = Proj(proj="laea", lon_0=(west + east) / 2, lat_0=(south + north) / 2, ellps="WGS84")
        fine = validity.segmentize(area, MAX_PIECE_DEG)
        self.area: Area = validity.transform(fine, lambda lonlats: _to_plane(self._proj, lonlats))

    def to_lonlat(self, xy: Floats) -> Floats:
        return _to_lonlat(self._proj, xy)

    def cover(self) -> _Squares:
        """Return the one square that covers the area."""
        west, south, east, north = self.area.bounds
        centre = np.array([[(west + east) / 2, (south + north) / 2]])
        return _Squares(centre, max(east - west, north - south) * 1.0001)
