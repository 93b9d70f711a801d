"""Coordinates from a file's own reference system to lon, lat degrees on WGS 84."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TypeVar

import numpy as np
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import ProjError
from shapely.geometry.base import BaseGeometry

from geo.geodesy.areas import CRS as LONLAT
from geo.geodesy.ellipsoid import Floats

Shape = TypeVar("Shape", bound=BaseGeometry)

_FARTHEST_M = (
    1e8  # from a system's origin: the earth is 4e7 m around, and cutting a longer edge would take all memory
)


def is_known(crs: str) -> bool:
    """Ask whether a name or definition of a coordinate reference system leads to lon, lat degrees."""
    try:
        return bool(_transformer(crs))
    except ProjError:
        return False


def to_lonlat(shape: Shape, crs: str) -> Shape:
    """Return a geometry of a known reference system in lon, lat degrees on WGS 84, x first whatever the system says.

    A straight edge of a projected system is cut every 2 km, so that it stays where it was. Positions that the
    system cannot place come out infinite.
    """
    source = CRS.from_user_input(crs)
    if source.is_projected:
        unit_m = source.axis_info[0].unit_conversion_factor
        if (np.abs(shapely.get_coordinates(shape)) > _FARTHEST_M / unit_m).any():
            return _transform(shape, lambda xy: np.full_like(xy, np.inf))
        shape = shapely.segmentize(shape, 2000 / unit_m)
    transformer = _transformer(crs)
    return _transform(shape, lambda xy: np.column_stack(transformer.transform(xy[:, 0], xy[:, 1])))


def _transform(shape: Shape, turn: Callable[[Floats], Floats]) -> Shape:
    turned: Shape = shapely.transform(shape, turn)
    return turned


@functools.lru_cache(maxsize=8)
def _transformer(crs: str) -> Transformer:
    return Transformer.from_crs(crs, LONLAT, always_xy=True)
