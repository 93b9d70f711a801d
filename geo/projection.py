"""The plane a printed map is drawn in: a Lambert conformal conic fitted to what the map shows."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Proj

from geo.geodesy import GEOD, LonLat

Floats: TypeAlias = NDArray[np.float64]
Extent: TypeAlias = tuple[float, float, float, float]
"""West, south, east, north in degrees."""

_PIECE_DEG = (
    0.1  # longest edge that is drawn straight; a straighter one would cut corners visibly at no map scale
)
_SIXTH = 1 / 6
_STEP_M = 20_000.0


class ConicPlane:
    """A Lambert conformal conic projection fitted to an extent; x and y in metres, x to the east, y to the north.

    The standard parallels lie a sixth of the extent's height inside its southern and northern edge, the rule of
    Kavrayskiy for conic projections (Snyder 1987, Map Projections: A Working Manual, USGS PP 1395, p. 99). Angles are
    true everywhere; over Ukraine and its neighbours lengths are true to about 1 %. Nothing is measured in it.
    """

    def __init__(self, extent: Extent) -> None:
        west, south, east, north = extent
        inset = max((north - south) * _SIXTH, 0.01)
        self._proj = Proj(
            proj="lcc",
            lon_0=(west + east) / 2,
            lat_0=(south + north) / 2,
            lat_1=min(south + inset, (south + north) / 2),
            lat_2=max(north - inset, (south + north) / 2 + 0.001),
            ellps="WGS84",
        )

    def project(self, geometry: Any) -> Any:
        """Return a shapely geometry of lon, lat degrees as one of x, y metres, its long edges cut to bend."""
        return shapely.transform(shapely.segmentize(geometry, _PIECE_DEG), self.project_points)

    def project_points(self, lonlats: Floats) -> Floats:
        """Return x, y metres, shape (n, 2), of points (n, 2) of lon, lat."""
        return np.column_stack(self._proj(lonlats[:, 0], lonlats[:, 1]))

    def unproject_point(self, x: float, y: float) -> LonLat:
        """Return the (lon, lat) of one point of the plane."""
        lon, lat = self._proj(x, y, inverse=True)
        return float(lon), float(lat)

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


def derive_geodesic(origin: LonLat, target: LonLat, *, step_km: float = 25.0) -> Floats:
    """Return points (n, 2) of lon, lat along the WGS 84 geodesic between two points, both ends included."""
    _, _, metres = GEOD.inv(*origin, *target)
    between = GEOD.npts(*origin, *target, max(1, int(metres / 1000 / step_km)))
    return np.array([origin, *between, target], dtype=float)
