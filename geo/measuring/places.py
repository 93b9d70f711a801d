"""Places and points become distances to the front."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from geo import geodesy
from geo.errors import UsageError
from geo.fronts.front import Front
from geo.geodesy import LonLat, validity
from geo.measuring import crossings
from geo.reference import basemap

_NUMBERS = re.compile(r"\s*([^,;\s]+)\s*[,;]\s*([^,;\s]+)\s*")


@dataclass(frozen=True)
class PointDistance:
    """How far one point lies from the front: the geodesic to ``nearest_to`` (lon, lat), leaving at ``bearing_deg``.

    ``place`` is the name, or what the user wrote for a bare point; ``bearing_deg`` is None on the front itself.
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
        }


def measure_points(names: Iterable[str], front: Front) -> list[PointDistance]:
    """Measure places on the map, or points written ``LAT,LON``, in the order given.

    Raises
    ------
    UnknownNameError
        If a name is not on the map; suggests the nearest.
    UsageError
        If a point's numbers are not a latitude and a longitude.
    """
    places = [_read_point(name) for name in names]
    lonlats = np.array([(lon, lat) for _, lon, lat in places])
    nearest = front.polyline.nearest(lonlats)
    distances = geodesy.geodesic_km(lonlats, nearest)
    with validity.blame(front.id, "The front"):
        across = front.sides.are_beyond(lonlats) & (distances > 0)
    bounds = np.full((2, len(places)), np.nan) if front.bounds is None else front.bounds.measure(lonlats)
    return [
        PointDistance(
            name,
            lon,
            lat,
            distance_km=float(km),
            nearest_to=(end := (float(target[0]), float(target[1]))),
            bearing_deg=geodesy.bearing_deg((lon, lat), end) if km > 0 else None,
            is_beyond=bool(is_beyond),
            sector=front.find_sector(end, is_reported=True).name,
            low_km=None if front.bounds is None else float(low),
            high_km=None if front.bounds is None else float(high),
            low_sector=None if front.bounds is None else front.find_low_sector((lon, lat)).name,
        )
        for (name, lon, lat), target, km, is_beyond, low, high in zip(
            places, nearest, distances, across, *bounds, strict=True
        )
    ]


def _read_point(text: str) -> tuple[str, float, float]:
    """Return name, lon and lat of a place or of ``LAT,LON``."""
    pair = _NUMBERS.fullmatch(text)
    if pair is None:
        place = basemap.find_place(text)
        return place.name, place.lon, place.lat
    try:
        lat, lon = float(pair[1]), float(pair[2])
    except ValueError:
        raise _not_a_point(text) from None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise _not_a_point(text)
    return text.strip(), lon, lat


def _not_a_point(text: str) -> UsageError:
    return UsageError(
        f"{text.strip()!r} is not a point: a point is LAT,LON in degrees, latitude (-90 to 90) first and longitude "
        "(-180 to 180) second. For Kyiv: 50.45,30.52."
    )
