"""Whether longitude and latitude were exchanged: one rule for zones, fronts and points.

A position may lie anywhere, so a real place is not refused because Ukraine would come out of its exchanged numbers:
Armenia, eastern Turkey and the Gulf are such places. `judge` says ``SWAPPED`` only where all exchanged positions lie in
Ukraine and the given ones lie where nobody draws a zone: in Iran, Iraq or Azerbaijan. ``DOUBTFUL`` is worth a note.
"""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import shapely

from geo.geodesy.ellipsoid import Floats
from geo.reference.countries import read_countries

LON_WINDOW, LAT_WINDOW = (12.0, 42.0), (43.0, 60.0)
"""Ukraine and its surroundings, degrees; as the two share no value, a swapped point never looks right."""

FINE, DOUBTFUL, SWAPPED = "fine", "doubtful", "swapped"
"""What `judge` finds."""

_GULF_LAT = 30.0
"""South of it lie the states of the Gulf, whose exchanged numbers are western Ukraine."""
_COAST_DEG = 0.3


def judge(lonlats: Floats) -> str:
    """Say whether positions (n, 2) of lon, lat look exchanged: `FINE`, `DOUBTFUL` or `SWAPPED`.

    They are `DOUBTFUL` where those outside of Ukraine and its surroundings would lie there if exchanged, and `SWAPPED`
    where that is the likelier reading by far. Positions on the map, in Georgia, say, are `FINE` as long as they would
    not lie in Ukraine itself.
    """
    is_swapped = are_in_window(lonlats[:, ::-1])
    if not is_swapped.any() or not (is_swapped | are_in_window(lonlats)).all():
        return FINE
    exchanged = lonlats[is_swapped, ::-1]
    in_ukraine = shapely.contains_xy(_read_ukraine(), exchanged)
    if ((exchanged[:, 0] >= _GULF_LAT) & in_ukraine).all():
        return SWAPPED
    is_likely = in_ukraine.any() or not _are_mapped(lonlats[is_swapped])
    return DOUBTFUL if is_likely else FINE


def are_in_window(lonlats: Floats) -> Any:
    """Return which positions (n, 2) of lon, lat lie in Ukraine or its surroundings."""
    lon, lat = lonlats[:, 0], lonlats[:, 1]
    within_lon = (lon >= LON_WINDOW[0]) & (lon <= LON_WINDOW[1])
    return within_lon & (lat >= LAT_WINDOW[0]) & (lat <= LAT_WINDOW[1])


def is_swapped(lon: float, lat: float) -> bool:
    """Ask whether a position would lie in Ukraine or its surroundings with its two numbers exchanged."""
    return bool(are_in_window(np.array([[lat, lon]]))[0])


def _are_mapped(lonlats: Floats) -> bool:
    """Ask whether all positions lie within what the reference layers cover."""
    west, south, east, north = shapely.total_bounds(read_countries().shapes)
    return bool(((lonlats >= (west, south)) & (lonlats <= (east, north))).all())


@functools.cache
def _read_ukraine() -> Any:
    """Return the outline of Ukraine (lon, lat), with the water along its coast, prepared."""
    wide = shapely.buffer(read_countries().find("UA"), _COAST_DEG, quad_segs=2)
    shapely.prepare(wide)
    return wide
