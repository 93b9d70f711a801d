"""Places and points become distances to the front."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from geo import geodesy
from geo.errors import UnknownNameError
from geo.fronts.front import Front
from geo.geodesy import LonLat, grid, validity
from geo.measuring import crossings, notation
from geo.reference import basemap, geonames


@dataclass(frozen=True)
class PointDistance:
    """How far one point lies from the front: the geodesic to ``nearest_to`` (lon, lat), leaving at ``bearing_deg``.

    ``place`` is the name, or what the user wrote for a bare point, and ``label`` says beside it what was understood;
    ``mgrs`` is the square of one metre; ``bearing_deg`` is None on the front itself. Where the user wrote a square of
    the military grid, ``side_m`` is how long its sides are, and the point is its middle.
    ``is_beyond`` is True where the point lies in Ukraine on the far side of the front, and False where the front's
    file does not say which side is held. ``sector`` names the one that ``nearest_to`` lies on. ``low_km`` and
    ``high_km`` are the least and the greatest distance that the front's file allows, ``low_sector`` sets the least one;
    all are None where it states no precision.
    """

    place: str
    lon: float
    lat: float
    distance_km: float
    nearest_to: LonLat
    bearing_deg: float | None
    is_beyond: bool
    sector: str
    low_km: float | None = None
    high_km: float | None = None
    low_sector: str | None = None
    label: str = ""
    mgrs: str = ""
    side_m: int = 0

    @property
    def nearest_across(self) -> tuple[str, ...]:
        """The seas and third countries that the geodesic crosses on a good length."""
        return crossings.find_crossed((self.lon, self.lat), self.nearest_to)

    def record(self) -> dict[str, Any]:
        """Return what `geo distance --json` prints of it as plain data."""
        return {
            "place": self.place,
            "lon": self.lon,
            "lat": self.lat,
            "distance_km": self.distance_km,
            "nearest_to": list(self.nearest_to),
            "bearing_deg": self.bearing_deg,
            "beyond": self.is_beyond,
            "nearest_across": list(self.nearest_across),
            "nearest_sector": self.sector,
            "distance_low_km": self.low_km,
            "distance_high_km": self.high_km,
            "nearest_low_sector": self.low_sector,
            "mgrs": self.mgrs,
        }


class _Point(NamedTuple):
    """A place or a point as it was read."""

    place: str
    label: str
    lon: float
    lat: float
    side_m: int = 0


def measure_points(names: Iterable[str], front: Front) -> list[PointDistance]:
    """Measure places by name, or points in any way of writing that `notation` reads, in the order given.

    Raises
    ------
    UnknownNameError
        If nothing has a name; suggests the nearest.
    UsageError
        If a point's numbers are no position, or several places have a name.
    """
    points = [_read_point(name) for name in names]
    lonlats = np.array([(point.lon, point.lat) for point in points])
    nearest = front.polyline.nearest(lonlats)
    distances = geodesy.geodesic_km(lonlats, nearest)
    with validity.blame(front.id, "The front"):
        across = front.sides.are_beyond(lonlats) & (distances > 0)
    bounds = np.full((2, len(points)), np.nan) if front.bounds is None else front.bounds.measure(lonlats)
    return [
        PointDistance(
            point.place,
            point.lon,
            point.lat,
            distance_km=float(km),
            nearest_to=(end := (float(target[0]), float(target[1]))),
            bearing_deg=geodesy.bearing_deg((point.lon, point.lat), end) if km > 0 else None,
            is_beyond=bool(is_beyond),
            sector=front.find_sector(end, is_reported=True).name,
            low_km=None if front.bounds is None else float(low),
            high_km=None if front.bounds is None else float(high),
            low_sector=None if front.bounds is None else front.find_low_sector((point.lon, point.lat)).name,
            label=point.label,
            mgrs=square.decode(),
            side_m=point.side_m,
        )
        for point, target, km, is_beyond, low, high, square in zip(
            points, nearest, distances, across, *bounds, grid.derive_mgrs(lonlats), strict=True
        )
    ]


def _read_point(text: str) -> _Point:
    """Return a place by its name, or a point, with what was understood."""
    found = notation.read_position(text)
    if found is None:
        return _find_place(text)
    written = text.strip()
    label = written if found.is_plain else f"{written} ({found.lat:.5f},{found.lon:.5f})"
    return _Point(written, label, found.lon, found.lat, found.side_m)


def _find_place(name: str) -> _Point:
    """Return a place on the map, or else a town of GeoNames."""
    if basemap.has_place(name):
        place = basemap.find_place(name)
        return _Point(place.name, place.name, place.lon, place.lat)
    known = [place.name for place in basemap.read_places()]
    if not geonames.is_installed():
        more = 'Thousands more come with: pip install "geo-scenarios[places]"'
        raise UnknownNameError("place", name, known, more)
    town = geonames.find_town(name)
    if town is None:
        raise UnknownNameError("place", name, list(dict.fromkeys([*known, *geonames.list_names()])))
    label = f"{town.name}, {town.region} ({town.lat:.4f},{town.lon:.4f})"
    return _Point(town.name, label, town.lon, town.lat)
