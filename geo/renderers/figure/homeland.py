"""How much of a zone's name stands on land of other countries, where it would read as lying there."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.geodesy import Floats
from geo.reference.countries import read_countries
from geo.renderers.figure.view import View
from geo.scenarios.scenario import Zone

_PARTS = np.array([0.05, 0.35, 0.65, 0.95])  # where a box is looked at, across and down


def find_foreign_land(view: View, zone: Zone) -> NDArray[np.object_]:
    """Return the countries in view that are not the zone's: neither the one it names nor the one its middle lies in.

    A zone at sea that names no country has no foreign land.
    """
    countries = read_countries()
    middle = shapely.point_on_surface(zone.geometry)
    home = {zone.country, *(countries.codes[at] for at in countries.tree.query(middle, "intersects"))}
    if home.isdisjoint(countries.codes):
        return np.array([], dtype=object)
    placed = (
        view.to_page(shape)
        for code, shape in zip(countries.codes, countries.shapes, strict=True)
        if code not in home
    )
    land = np.array([shape for shape in placed if not shape.is_empty], dtype=object)
    shapely.prepare(land)
    return land


def share_abroad(land: NDArray[np.object_], boxes: Floats) -> Floats:
    """Return how much of each box (n, 4) lies on foreign land, from 0 to 1, judged by points all over it."""
    left, top, right, bottom = boxes.T[:, :, None, None]
    x = left + _PARTS[:, None] * (right - left)
    y = top + _PARTS * (bottom - top)
    is_abroad = np.zeros(np.broadcast_shapes(x.shape, y.shape), dtype=bool)
    for country in _meeting(land, boxes):
        is_abroad |= shapely.contains_xy(country, x, y)
    shares: Floats = is_abroad.mean(axis=(1, 2))
    return shares


def _meeting(land: NDArray[np.object_], boxes: Floats) -> list[Any]:
    """Return the countries whose bounds meet those of all boxes."""
    if not len(land) or not len(boxes):
        return []
    low, high, bounds = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0), shapely.bounds(land)
    return list(land[((bounds[:, :2] <= high) & (bounds[:, 2:] >= low)).all(axis=1)])
