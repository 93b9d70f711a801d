"""Coordinates from one reference system to another: a file's own to lon, lat, and lon, lat to a plane in metres.

The plane is for morphology, which degrees cannot do; no distance shown comes from it. It is a Lambert conformal
conic with standard parallels 46° and 51° N, true to scale within 0.3 % between 44° and 53° N.
"""

from __future__ import annotations

import functools
from typing import TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Proj, Transformer
from pyproj.exceptions import CRSError
from shapely.geometry.base import BaseGeometry

from geo import geodesy

Shape = TypeVar("Shape", bound=BaseGeometry)


def to_plane(shape: Shape) -> Shape:
    """Return a geometry in metres on the plane, its edges straight in lon and lat as they were given."""
    fine: Shape = shapely.transform(shapely.segmentize(shape, geodesy.MAX_PIECE_DEG), _forward)
    return fine


def points_to_plane(lonlats: geodesy.Floats) -> geodesy.Floats:
    """Return points (n, 2) of lon and lat as x and y in metres."""
    return _forward(lonlats)


def is_known(crs: str) -> bool:
    """Ask whether a name or definition of a coordinate reference system is one that can be read."""
    try:
        return bool(CRS.from_user_input(crs))
    except CRSError:
        return False


def to_lonlat(shape: Shape, crs: str) -> Shape:
    """Return a geometry of a known reference system in lon, lat degrees on WGS 84, x first whatever the system says.

    A straight edge of a projected system is cut every 2 km, so that it stays where it was. Positions that the
    system cannot place come out infinite.
    """
    source = CRS.from_user_input(crs)
    if source.is_projected:
        shape = shapely.segmentize(shape, 2000 / source.axis_info[0].unit_conversion_factor)
    transformer = _transformer(crs)
    turned: Shape = shapely.transform(
        shape, lambda xy: np.column_stack(transformer.transform(xy[:, 0], xy[:, 1]))
    )
    return turned


@functools.lru_cache(maxsize=8)
def _transformer(crs: str) -> Transformer:
    return Transformer.from_crs(crs, geodesy.CRS, always_xy=True)


def _forward(lonlats: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.column_stack(_conic()(lonlats[:, 0], lonlats[:, 1]))


@functools.cache
def _conic() -> Proj:
    return Proj(proj="lcc", lat_1=46, lat_2=51, lat_0=48.5, lon_0=33, ellps="WGS84")
