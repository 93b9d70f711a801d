"""The military grid (MGRS) and UTM to lon, lat degrees and back, on WGS 84."""

from __future__ import annotations

import re
import warnings
from typing import NamedTuple

import numpy as np
import pyproj

from geo.geodesy.ellipsoid import Floats

LONGEST = 15
"""Letters and digits of a square of one metre."""

BANDS = "CDEFGHJKLMNPQRSTUVWX"
"""The letters of the bands of 8 degrees of latitude from 80° S on; the last one reaches to 84° N."""

_SQUARE = re.compile(rf"(\d{{1,2}})([{BANDS}])([A-HJ-NP-Z]{{2}})((?:\d\d){{0,5}})")


class Square(NamedTuple):
    """A square of the grid: its middle in lon, lat degrees, and how long its sides are."""

    lon: float
    lat: float
    side_m: int


def derive_mgrs(lonlats: Floats) -> np.ndarray[tuple[int], np.dtype[np.bytes_]]:
    """Return the squares of one metre that positions lie in, as ASCII such as ``36UUA2418291607``.

    ``lonlats`` has shape (n, 2), lon and lat in degrees; near the poles the grid is UPS.
    """
    from mgrs import MGRS

    if not len(lonlats):
        return np.zeros(0, f"S{LONGEST}")
    return np.frombuffer(MGRS().toMGRSArray(np.ascontiguousarray(lonlats[:, ::-1])), f"S{LONGEST}")


def read_mgrs(text: str) -> Square:
    """Return the square that an MGRS reference names, written without spaces and in capitals.

    Raises
    ------
    ValueError
        There is no such square; the message says why.
    """
    from mgrs import MGRS
    from mgrs.core import MGRSError

    found = _SQUARE.fullmatch(text)
    if found is None or not 1 <= int(found[1]) <= 60:
        raise ValueError(
            "MGRS is a zone from 1 to 60, a letter for its band, two letters for the square of 100 km (none of "
            "them is I or O), and 2 to 10 digits, half of them east and half north"
        )
    try:
        with warnings.catch_warnings(action="error"):
            lat, lon = MGRS().toLatLon(text)
    except RuntimeWarning:
        raise ValueError(f"the square does not lie in band {found[2]}") from None
    except MGRSError:
        raise ValueError(f"zone {found[1]}{found[2]} has no square {found[3]}") from None
    return Square(lon, lat, 10 ** (5 - len(found[4]) // 2))


def read_utm(
    zone: int, easting_m: float, northing_m: float, *, is_south: bool = False
) -> tuple[float, float]:
    """Return lon, lat of UTM coordinates.

    Raises
    ------
    ValueError
        There is no such zone, or nothing lies there; the message says why.
    """
    if not 1 <= zone <= 60:
        raise ValueError("UTM zones go from 1 to 60")
    if not (100_000 <= easting_m < 1_000_000 and 0 <= northing_m <= 10_000_000):
        raise ValueError(
            "a UTM easting has six digits before the point, and a northing lies between 0 and 10,000,000; east "
            "comes first"
        )
    utm = pyproj.Proj(proj="utm", zone=zone, south=is_south, ellps="WGS84")
    lon, lat = utm(easting_m, northing_m, inverse=True)
    if not -80 <= lat <= 84:
        raise ValueError("UTM reaches from 80° S to 84° N")
    return float(lon), float(lat)


def find_band(lat: float) -> str:
    """Return the letter of the band that a latitude between -80 and 84 degrees lies in."""
    return BANDS[min(int((lat + 80) // 8), len(BANDS) - 1)]
