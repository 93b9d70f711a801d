"""The planes in metres: three that maps are drawn in, one to tell sides and neighbourhoods in.

No distance shown comes from any of them. x runs to the east, y to the north.
"""

from __future__ import annotations

import functools
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from pyproj import Proj
from shapely.geometry import MultiPolygon

from geo.geodesy import validity
from geo.geodesy.areas import LonLat
from geo.geodesy.ellipsoid import GEOD, Floats
from geo.geodesy.nearest import MAX_PIECE_DEG
from geo.geodesy.validity import Shape

Extent: TypeAlias = tuple[float, float, float, float]
"""West, south, east, north in degrees."""

WEB_RADIUS_M = 6_378_137.0
"""The radius of the sphere of maps on the web."""

_PIECE_DEG = 0.1  # longest edge that is drawn straight: at no scale of these maps is its bend seen
_SIXTH = 1 / 6
_STEP_M = 20_000.0


class Plane:
    """A projection to draw in; x and y in metres, x to the east, y to the north. Nothing is measured in it."""

    def __init__(self, proj: Proj) -> None:
        self._proj = proj

    def project(self, geometry: Any) -> Any:
        """Return a shapely geometry of lon, lat degrees as one of x, y metres, its long edges cut to bend."""
        return validity.transform(validity.segmentize(geometry, _PIECE_DEG), self.project_points)

    def project_points(self, lonlats: Floats) -> Floats:
        """Return x, y metres, shape (n, 2), of points (n, 2) of lon, lat."""
        return np.column_stack(self._proj(lonlats[:, 0], lonlats[:, 1]))

    def unproject_point(self, x: float, y: float) -> LonLat:
        """Return the (lon, lat) of one point of the plane."""
        lon, lat = self._proj(x, y, inverse=True)
        return float(lon), float(lat)

    def unproject_points(self, metres: Floats) -> Floats:
        """Return lon, lat, shape (n, 2), of points (n, 2) of x, y metres."""
        return np.column_stack(self._proj(metres[:, 0], metres[:, 1], inverse=True))

    def scale_at(self, x: float, y: float) -> float:
        """Return how many metres of the plane one metre of the ground takes at a point, east to west."""
        _, _, ground = GEOD.inv(
            *self.unproject_point(x - _STEP_M / 2, y), *self.unproject_point(x + _STEP_M / 2, y)
        )
        return _STEP_M / float(ground)

    def north_at(self, x: float, y: float) -> tuple[float, float]:
        """Return the unit vector (x, y) of the plane that points to true north at a point."""
        lon, lat = self.unproject_point(x, y)
        ends = self.project_points(np.array([[lon, lat], [lon, lat + 0.01]]))
        step = ends[1] - ends[0]
        length = float(np.hypot(*step))
        return float(step[0]) / length, float(step[1]) / length


class ConicPlane(Plane):
    """A Lambert conformal conic projection fitted to an extent.

    The standard parallels lie a sixth of the extent's height inside its southern and northern edge, the rule of
    Kavrayskiy for conic projections (Snyder 1987, Map Projections: A Working Manual, USGS PP 1395, p. 99). Angles are
    true everywhere; over Ukraine and its neighbours lengths are true to about 1 %.
    """

    def __init__(self, extent: Extent) -> None:
        west, south, east, north = extent
        parallels = find_parallels(extent)
        super().__init__(
            Proj(
                proj="lcc",
                lon_0=(west + east) / 2,
                lat_0=(south + north) / 2,
                lat_1=parallels[0],
                lat_2=parallels[1],
                ellps="WGS84",
            )
        )


class DegreePlane(Plane):
    """Longitude and latitude themselves, so wide that lengths are true at the middle latitude of an extent.

    Degrees lie evenly in it, as in the plots of other libraries, so that those can be drawn over it.
    """

    def __init__(self, extent: Extent) -> None:
        self.latitude = (extent[1] + extent[3]) / 2
        super().__init__(Proj(proj="eqc", lat_ts=self.latitude, R=6_371_008.8))


class MercatorPlane(Plane):
    """The projection of maps on the web, in which a latitude of the ellipsoid is taken for one of a sphere."""

    def __init__(self) -> None:
        super().__init__(Proj(proj="merc", R=WEB_RADIUS_M))


def find_parallels(extent: Extent) -> tuple[float, float]:
    """Return the standard parallels of the plane of an extent in degrees, the southern one first."""
    _, south, _, north = extent
    inset = max((north - south) * _SIXTH, 0.01)
    middle = (south + north) / 2
    return min(south + inset, middle), max(north - inset, middle + 0.001)


def to_plane(shape: Shape) -> Shape:
    """Return a geometry in metres on the plane, its edges straight in lon and lat as they were given."""
    return validity.transform(validity.segmentize(shape, MAX_PIECE_DEG), _forward)


def parts_to_plane(parts: NDArray[np.object_]) -> tuple[NDArray[np.object_], bool]:
    """Return polygons that lie apart in metres on the plane, each valid, and whether they lie apart there, too."""
    moved = validity.move(np.array([validity.segmentize(part, MAX_PIECE_DEG) for part in parts]), _forward)
    are_apart = MultiPolygon(moved.tolist()).is_valid
    return moved if are_apart else np.array([validity.repair_area(part) for part in moved]), are_apart


def points_to_plane(lonlats: Floats) -> Floats:
    """Return points (n, 2) of lon and lat as x and y in metres."""
    return _forward(lonlats)


def _forward(lonlats: Floats) -> Floats:
    return np.column_stack(_conic()(lonlats[:, 0], lonlats[:, 1]))


@functools.cache
def _conic() -> Proj:
    """Return the plane for sides: standard parallels 46° and 51° N, true within 0.3 % from 44° to 53° N."""
    return Proj(proj="lcc", lat_1=46, lat_2=51, lat_0=48.5, lon_0=33, ellps="WGS84")
