"""How far points of an array or of a GeoDataFrame lie from a front."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.errors import DataError, UsageError
from geo.files import axes, frames
from geo.geodesy import Floats, transforms
from geo.library import given

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from geo.library.given import FrontLike, GeoInterface

_POINTS = "points"


def distance_km(points: ArrayLike | GeoInterface, front: FrontLike | None = None) -> Floats:
    """Return how far points lie from a front: geodesics on WGS 84 in kilometres, one float64 a point.

    Parameters
    ----------
    points
        Positions (n, 2) as lon, lat degrees, or a GeoSeries or GeoDataFrame of points in any reference system. The
        distance of a missing or empty point, and of one that is NaN, is NaN.
    front
        A `Front`, or whatever `geo.front` takes; by default the newest that ships.

    Raises
    ------
    GeoError
        They are no such points, or longitude and latitude look swapped.

    Examples
    --------
    >>> import geo
    >>> geo.distance_km([(30.52, 50.45), (36.23, 49.99)], "2025-03-27").round(0)
    array([416.,  32.])
    """
    lonlats = _read_frame(points) if frames.is_frame(points) else _read_array(points)
    measured: Floats = np.full(len(lonlats), np.nan)
    is_there = ~np.isnan(lonlats).any(axis=1)
    _validate_range(lonlats, is_there)
    if not frames.is_frame(points):
        _validate_order(lonlats[is_there])
    if is_there.any():
        measured[is_there] = given.front(front).polyline.distances_km(lonlats[is_there])
    return measured


def _read_array(points: Any) -> Floats:
    try:
        lonlats = np.asarray(points, dtype=float)
    except (TypeError, ValueError):
        lonlats = np.empty(0)
        if len(points) if hasattr(points, "__len__") else True:
            raise UsageError("Points are pairs of numbers, longitude and latitude in degrees.") from None
    if lonlats.size == 0:
        return np.empty((0, 2))
    if lonlats.ndim != 2 or lonlats.shape[1] != 2:
        shape = " × ".join(map(str, lonlats.shape)) or "no list"
        raise UsageError(
            f"Points are a list of pairs, longitude and latitude in degrees; this has the shape {shape}. "
            "Write one point as [(30.52, 50.45)]."
        )
    return lonlats


def _read_frame(frame: Any) -> Floats:
    """Return the points of a frame as lon, lat (n, 2) in their order, NaN where there is none."""
    crs, shapes = frames.name_crs(frame), np.asarray(frame.geometry.values, dtype=object)
    is_point = shapely.get_type_id(shapes) == shapely.GeometryType.POINT
    is_missing = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    if len(strange := np.flatnonzero(~is_point & ~is_missing)):
        what = f"Row {strange[0]} holds a {shapes[strange[0]].geom_type}, not a point"
        raise DataError.of(_POINTS, what, "Take its centroid or representative_point() first.")
    if not transforms.is_known(crs):
        what = f"The coordinates are in {crs[:80]!r}, which leads to no longitude and latitude"
        raise DataError.of(_POINTS, what, 'Bring them to WGS 84 first, with to_crs("EPSG:4326").')
    lonlats: Floats = np.full((len(shapes), 2), np.nan)
    there = shapely.multipoints(shapely.force_2d(shapes[~is_missing]))
    lonlats[~is_missing] = shapely.get_coordinates(transforms.to_lonlat(there, crs))
    return lonlats


def _validate_order(lonlats: Floats) -> None:
    """Refuse points that lie in Ukraine once their two numbers are exchanged, and where nobody means as they are."""
    if axes.judge(lonlats) == axes.SWAPPED:
        lon, lat = lonlats[axes.are_in_window(lonlats[:, ::-1])][0]
        raise DataError.of(
            _POINTS,
            f"Longitude and latitude look swapped, first in ({lon:g}, {lat:g})",
            "Longitude comes first. If they are meant so, give a GeoSeries, which states its axes.",
        )


def _validate_range(lonlats: Floats, is_there: Any) -> None:
    outside = is_there & ~((np.abs(lonlats[:, 0]) <= 180) & (np.abs(lonlats[:, 1]) <= 90))
    if len(rows := np.flatnonzero(outside)):
        lon, lat = lonlats[rows[0]]
        raise DataError.of(
            _POINTS,
            f"Row {rows[0]}, ({lon:g}, {lat:g}), is no position in degrees",
            "Longitude lies between -180 and 180, latitude between -90 and 90. Metres need a GeoSeries with its crs.",
        )
