"""Coordinates from a file's own reference system to lon, lat degrees on WGS 84."""

from __future__ import annotations

import functools
from typing import TypeVar

import numpy as np
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError
from shapely.geometry.base import BaseGeometry

from geo.geodesy.areas import CRS as LONLAT

Shape = TypeVar("Shape", bound=BaseGeometry)


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
    return Transformer.from_crs(crs, LONLAT, always_xy=True)
