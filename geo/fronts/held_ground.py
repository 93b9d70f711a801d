"""The ground that may be held: the reference outline of Ukraine, estuaries included, less an occupied area."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo.geodesy import planes
from geo.reference import basemap

RIM_KM = 6.0
"""How far inside the reference outline a publisher's border or coast may still run."""
SLIVER_KM = 6.0
"""Strips in the rim that are narrower than this are the difference between two outlines, not ground."""
ESTUARY_KM = 18.0
"""Arms of the sea that are narrower than this belong to the ground between the two sides."""
LEAST_INSIDE, LARGE_KM2 = 0.2, 500.0
"""A part larger than this, with less than this share of it inside Ukraine, is not about Ukraine."""
CRACK_KM = 0.5
"""Gaps between parts of one file that are narrower than this are drawing errors."""

_CORE_M = 10_000.0  # at least so far inside the land its core lies
_MARGIN = 1.002  # arcs of sixteen segments a quarter fall short of their circle by 0.1 %


@dataclass(frozen=True)
class Reference:
    """Ukraine on the plane: its land, the land with its narrow arms of the sea, and that without the rim.

    ``neighbours`` are the countries around it but Russia, into which areas occupied at the border spill over.
    ``core`` is a coarse area within the land.
    """

    land: BaseGeometry
    neighbours: BaseGeometry
    ground: BaseGeometry
    interior: BaseGeometry
    core: BaseGeometry


@functools.cache
def read_reference() -> Reference:
    """Read Ukraine from the reference layers, once."""
    land = _union(lambda iso: iso == "UA")
    neighbours = _near(_union(lambda iso: iso not in ("UA", "RU")), land)
    abroad = shapely.union(neighbours, _near(_union(lambda iso: iso == "RU"), land))
    closed = _buffer(_buffer(land, ESTUARY_KM * 500), -ESTUARY_KM * 500)
    ground = shapely.union(land, shapely.difference(closed, abroad))
    shapely.prepare([land, neighbours])
    core = shapely.simplify(_buffer(land, -2 * _CORE_M), _CORE_M)
    return Reference(land, neighbours, ground, _buffer(ground, -RIM_KM * 1000), core)


def is_about_ukraine(part: BaseGeometry) -> bool:
    """Ask whether a part of an occupied area (plane) is about Ukraine; Transnistria, for one, is not."""
    reference = read_reference()
    least = LEAST_INSIDE * part.area if part.area > LARGE_KM2 * 1e6 else 0.0
    is_abroad = shapely.intersects(reference.neighbours, part)
    if not is_abroad and _is_surely_inside(part, least):
        return True
    inside = shapely.intersection(part, reference.land).area
    if is_abroad and shapely.intersection(part, reference.neighbours).area > inside:
        return False
    return bool(inside >= least and inside > 0)


def _is_surely_inside(part: BaseGeometry, least_m2: float) -> bool:
    """Tell whether more than this of a part lies in Ukraine, where that shows without cutting it along the border."""
    reference = read_reference()
    if least_m2:
        return bool(shapely.intersection(part, reference.core).area > least_m2)
    return bool(shapely.contains_xy(reference.land, shapely.get_coordinates(part)).any())


def derive_left(ground: BaseGeometry, interior: BaseGeometry, occupied: BaseGeometry) -> BaseGeometry:
    """Return what of the ground lies outside an occupied area (all on the plane), without the slivers of the rim.

    ``interior`` is the ground without the rim. What is left at a place depends on what lies within 6.6 km of
    it, and where there is no rim within 0.6 km.
    """
    left = shapely.difference(interior, occupied)
    if interior.area < ground.area:  # elsewhere there is no rim
        left = shapely.union(_open(shapely.difference(ground, occupied), SLIVER_KM * 1000), left)
    return _open(left, CRACK_KM * 1000)


def _open(area: BaseGeometry, width_m: float) -> BaseGeometry:
    """Take away whatever of an area is narrower than a width (morphological opening)."""
    return shapely.intersection(area, _buffer(_buffer(area, -width_m / 2), width_m / 2 * _MARGIN))


def _buffer(area: BaseGeometry, by_m: float) -> BaseGeometry:
    return shapely.buffer(area, by_m, quad_segs=16)


def _near(countries: BaseGeometry, land: BaseGeometry) -> BaseGeometry:
    return shapely.union_all([part for part in shapely.get_parts(countries) if part.distance(land) < 1e5])


def _union(is_wanted: Callable[[str], bool]) -> BaseGeometry:
    countries = basemap.read_basemap().countries["features"]
    chosen = [item["geometry"] for item in countries if is_wanted(item["properties"]["iso_a2"])]
    return shapely.union_all([planes.to_plane(shape(geometry)) for geometry in chosen])
