"""Which part of the world a printed map shows, and where a place on it lies on the page."""

from __future__ import annotations

import copy
import functools
from typing import Any

import numpy as np
import shapely

from geo.geodesy import Floats, LonLat, validity
from geo.geodesy.planes import ConicPlane, Extent, Plane
from geo.renderers.figure.placement import Box

_PADDING = 0.06  # of the larger side, kept free around zones and front
DETAIL_MM = 0.04  # a third of a dot at 200 to the inch: what is finer only makes files larger
_PROBES, _SPARE_DEG = 17, 1.0  # across and up; between them the ground bends less than is spared
_LEAST_M = 60_000.0  # a single small zone at the front is not blown up beyond what the reference layers hold


class View:
    """A frame on a page, in millimetres, filled with a part of the world around what has to be seen.

    What is drawn reaches out of the frame by ``rim_mm``, across and up: outlines of what is cut run there, hidden.
    """

    def __init__(
        self,
        extent: Extent,
        frame: Box,
        *,
        detail_mm: float = DETAIL_MM,
        plane: Plane | None = None,
        rim_mm: tuple[float, float] = (1.0, 1.0),
    ) -> None:
        self._detail_mm = detail_mm
        self.frame, self.drawn = frame, frame.grow(*rim_mm)
        self.plane = plane or ConicPlane(extent)
        outline = self.plane.project(validity.segmentize(shapely.box(*extent), 0.1))
        west, south, east, north = outline.bounds
        self._centre = ((west + east) / 2, (south + north) / 2)
        rim = 1 + 2 * _PADDING
        width, height = max(east - west, _LEAST_M) * rim, max(north - south, _LEAST_M) * rim
        self.mm_per_m: float = min(frame.width / width, frame.height / height)
        self._placed: dict[int, tuple[Any, Any]] = {}
        self._larger: View | None = None

    def shrink(self, by: float) -> View:
        """Return a view of the same ground on a page so many times as large: nothing is projected for it again."""
        small = copy.copy(self)
        small.frame, small.drawn = self.frame.scale(by), self.drawn.scale(by)
        small.mm_per_m = self.mm_per_m * by
        small._placed, small._larger = {}, self
        return small

    def to_page(self, geometry: Any) -> Any:
        """Return a shapely geometry of lon, lat degrees in millimetres of the page, cut at its rim.

        Of one geometry this is worked out once: it is drawn, named, and named around.
        """
        _, placed = self._placed.get(id(geometry)) or self._placed.setdefault(
            id(geometry), (geometry, self._place(geometry))
        )
        return placed

    def _place(self, geometry: Any) -> Any:
        if self._larger:
            by = self.mm_per_m / self._larger.mm_per_m
            return self._simplify(shapely.transform(self._larger.to_page(geometry), lambda mm: mm * by))
        west, south, east, north = geometry.bounds
        left, lower, right, upper = self._ground
        if west > right or east < left or south > upper or north < lower:  # projecting it would take longest
            return type(geometry)()
        drawn = shapely.transform(self.plane.project(geometry), self._to_mm)
        drawn, box = self._simplify(drawn), self.drawn
        if "Polygon" in drawn.geom_type:
            return shapely.intersection(shapely.make_valid(drawn), box.shape())
        return shapely.clip_by_rect(drawn, box.left, box.top, box.right, box.bottom)

    def _simplify(self, drawn: Any) -> Any:
        """Leave out what is too fine to be seen; a line, unlike an area, may cross itself after that."""
        return shapely.simplify(drawn, self._detail_mm, preserve_topology="Polygon" in drawn.geom_type)

    @functools.cached_property
    def _ground(self) -> Extent:
        """Bounds, in degrees, of all that can be drawn; endless where the plane does not tell."""
        x = np.linspace(self.drawn.left, self.drawn.right, _PROBES)
        y = np.linspace(self.drawn.top, self.drawn.bottom, _PROBES)
        places = np.column_stack([each.ravel() for each in np.meshgrid(*self._to_plane(x, y))])
        lonlats = self.plane.unproject_points(places)
        if not np.isfinite(lonlats).all():
            return -np.inf, -np.inf, np.inf, np.inf
        west, south = (lonlats.min(axis=0) - _SPARE_DEG).tolist()
        east, north = (lonlats.max(axis=0) + _SPARE_DEG).tolist()
        return west, south, east, north

    def points_to_page(self, lonlats: Any) -> Floats:
        """Return points (n, 2) of lon, lat in millimetres of the page."""
        return self._to_mm(self.plane.project_points(np.asarray(lonlats, dtype=float)))

    def point_to_page(self, point: LonLat) -> tuple[float, float]:
        """Return one (lon, lat) in millimetres of the page."""
        x, y = self.points_to_page([point])[0]
        return float(x), float(y)

    def point_of(self, x_mm: float, y_mm: float) -> LonLat:
        """Return the (lon, lat) at a place of the page."""
        return self.plane.unproject_point(*self._to_plane(x_mm, y_mm))

    def mm_per_km_at(self, x_mm: float, y_mm: float) -> float:
        """Return how many millimetres a kilometre of the ground takes at a place of the page."""
        return self.mm_per_m * 1000 * self.plane.scale_at(*self._to_plane(x_mm, y_mm))

    def north_at(self, x_mm: float, y_mm: float) -> tuple[float, float]:
        """Return the unit vector (x, y down) of the page that points to true north at a place of it."""
        x, y = self.plane.north_at(*self._to_plane(x_mm, y_mm))
        return x, -y

    def _to_mm(self, xy: Floats) -> Floats:
        x, y = self.frame.middle
        right = (xy[:, 0] - self._centre[0]) * self.mm_per_m
        down = (self._centre[1] - xy[:, 1]) * self.mm_per_m
        return np.column_stack([x + right, y + down])

    def _to_plane(self, x_mm: Any, y_mm: Any) -> tuple[Any, Any]:
        x, y = self.frame.middle
        return (
            self._centre[0] + (x_mm - x) / self.mm_per_m,
            self._centre[1] - (y_mm - y) / self.mm_per_m,
        )


def shape_of(extent: Extent, plane: Plane | None = None) -> float:
    """Return how wide an extent is drawn for its height."""
    west, south, east, north = (plane or ConicPlane(extent)).project(shapely.box(*extent)).bounds
    return float((east - west) / (north - south))
