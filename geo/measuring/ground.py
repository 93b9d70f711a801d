"""The ground that changed sides between two fronts: which, how much, how much of it for sure, and by which sector."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon, Polygon, shape

from geo import geodesy
from geo.fronts.front import Front
from geo.geodesy import Floats, Polyline
from geo.reference import basemap

LEAST_KM2 = 0.01
"""A smaller piece is left out: it lies between two drawings of one coast, or comes of rounding."""

SECTOR, OBLAST = "sector", "oblast"
"""What ground is shared out among: drawn sectors, or oblasts where neither front has any."""


@dataclass(frozen=True)
class Share:
    """How much of the ground belongs to one sector or oblast, in square kilometres."""

    name: str
    gained_km2: float
    lost_km2: float


@dataclass(frozen=True)
class Ground:
    """What lies beyond the later of two fronts and did not before (gained), and the reverse (lost); lon, lat degrees.

    Both are within Ukraine. ``gained_sure_km2`` and ``lost_sure_km2`` lie on their sides of the two fronts whatever
    lines their files allow; None where one of the files states no precision. ``shares`` are by ``shared_by``, the
    largest first, and those with nothing are left out.
    """

    gained: MultiPolygon
    lost: MultiPolygon
    gained_km2: float
    lost_km2: float
    gained_sure_km2: float | None
    lost_sure_km2: float | None
    shared_by: str
    shares: tuple[Share, ...]


@dataclass(frozen=True)
class _Part:
    """The gained or the lost ground: its area, how much of it is sure, and how much belongs to each name."""

    area_km2: float
    sure_km2: float | None
    by_name: dict[str, float]


def measure_ground(before: Front, after: Front) -> Ground | None:
    """Measure which ground of Ukraine lies beyond one front and not beyond another.

    A hole in an occupied area lies beyond neither: what is freed inside the area is lost.
    None where one of them has no far side: its line cuts nothing off, or its file does not say which side is held.
    """
    if before.sides.far_ground is None or after.sides.far_ground is None:
        return None
    grounds = before.sides.drawn_ground, after.sides.drawn_ground
    gained, lost = _subtract(grounds[1], grounds[0]), _subtract(*grounds)
    divided = find_divided(before, after)
    parts = [_measure_part(area, before, after, divided) for area in (gained, lost)]
    names = dict.fromkeys(name for part in parts for name in part.by_name)
    shares = [Share(name, *(part.by_name.get(name, 0.0) for part in parts)) for name in names]
    return Ground(
        gained=gained,
        lost=lost,
        gained_km2=parts[0].area_km2,
        lost_km2=parts[1].area_km2,
        gained_sure_km2=parts[0].sure_km2,
        lost_sure_km2=parts[1].sure_km2,
        shared_by=SECTOR if divided else OBLAST,
        shares=tuple(sorted(shares, key=lambda each: (-each.gained_km2 - each.lost_km2, each.name))),
    )


def find_divided(before: Front, after: Front) -> Front | None:
    """Return the front whose sectors ground is shared out among: of those drawn in several, that of the later day.

    The pieces of a derived line are no sectors: they have no names by which anybody knows them.
    """
    drawn = [each for each in (before, after) if each.occupied is None and each.sector_count > 1]
    return max(drawn, key=lambda each: (each.as_of, each.id), default=None)


def _subtract(ground: MultiPolygon | Polygon, other: MultiPolygon | Polygon) -> MultiPolygon:
    rest = shapely.get_parts(shapely.difference(ground, other))
    return MultiPolygon(
        [part for part in rest if isinstance(part, Polygon) and geodesy.area_km2(part) >= LEAST_KM2]
    )


def _measure_part(area: MultiPolygon, before: Front, after: Front, divided: Front | None) -> _Part:
    is_known = before.bounds is not None and after.bounds is not None
    if area.is_empty:
        return _Part(0.0, 0.0 if is_known else None, {})
    points, weights = geodesy.equal_area_lattice(area)
    area_km2 = geodesy.area_km2(area)
    weights *= area_km2 / weights.sum()
    names = _name_sectors(points, divided) if divided else _name_oblasts(points)
    by_name = {str(name): float(weights[names == name].sum()) for name in np.unique(names)}
    sure = float(weights[_are_sure(points, (before, after))].sum()) if is_known else None
    return _Part(area_km2, sure, by_name)


def _are_sure(points: Floats, fronts: Sequence[Front]) -> NDArray[np.bool_]:
    """Ask of points (n, 2) whether they lie on one side of each front, whatever line its file allows."""
    sure = np.ones(len(points), bool)
    for front in fronts:
        assert front.bounds is not None
        sure &= front.bounds.measure(points)[0] > 0
        if front.disputed_ground is not None:
            sure &= ~shapely.contains_xy(front.disputed_ground, points[:, 0], points[:, 1])
    return sure


def _name_sectors(points: Floats, front: Front) -> NDArray[np.str_]:
    """Return the name of the sector nearest to each of the points (n, 2), a reported one."""
    sectors = [sector for sector in front.sectors if sector.is_reported]
    away_km = np.stack([Polyline(sector.line).distances_km(points) for sector in sectors])
    names: NDArray[np.str_] = np.array([sector.name for sector in sectors])[away_km.argmin(axis=0)]
    return names


def _name_oblasts(points: Floats) -> NDArray[np.str_]:
    """Return the name of the oblast that each of the points (n, 2) lies in, or else is nearest to."""
    oblasts = basemap.read_basemap().oblasts["features"]
    tree = shapely.STRtree([shape(oblast["geometry"]) for oblast in oblasts])
    nearest = tree.nearest(shapely.points(points))
    names: NDArray[np.str_] = np.array([oblast["properties"]["name"] for oblast in oblasts])[nearest]
    return names
