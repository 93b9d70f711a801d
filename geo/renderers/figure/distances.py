"""The distances on a printed map, each on a plate on its shortest way to the front."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from shapely.geometry import LineString

from geo.measuring.figures import NEAREST
from geo.measuring.metrics import ZoneMetrics
from geo.renderers import style
from geo.renderers.figure import layers, lettering, placement, zonenames
from geo.renderers.figure.fonts import Face
from geo.renderers.figure.lettering import MapLabel, Sizes
from geo.renderers.figure.placement import Label, Spot
from geo.renderers.figure.view import View

_INK = style.PALETTE
_PLATE_MM, _BESIDE_WAY = (0.5, 2.5, 4.5), 8.0  # a plate so far beside its way, and what that costs


def letter_distances(
    view: View, measured: Sequence[ZoneMetrics], sizes: Sizes, areas: Sequence[Any]
) -> Iterator[MapLabel]:
    """Yield the distance of each row, on its shortest way and on no zone; nearer to the middle is better.

    Where the way is too short to carry it, it may stand beside it.
    """
    face = Face("sans-semibold", sizes.distance, _INK.nearest)
    rows = [row for row in measured if row.nearest_km > 0]
    for index, (row, way) in enumerate(zip(rows, layers.nearest_ways(view, rows), strict=True)):
        line = LineString(way)
        words = (NEAREST.write(row),)
        width, height = lettering.measure_words(words, face)
        width, height = width + 2 * lettering.PLATE_RIM[0], height + 2 * lettering.PLATE_RIM[1]
        spots = [
            Spot(at.x, at.y, 6 * abs(part - 0.45))
            for part in np.linspace(0.06, 0.94, 45).tolist()
            for at in [line.interpolate(part, normalized=True)]
        ]
        if line.length < 2 * width:
            middle = line.interpolate(0.5, normalized=True)
            spots += [
                spot._replace(cost=spot.cost + _BESIDE_WAY + away / 2)
                for away in _PLATE_MM
                for spot in placement.spots_around(middle.x, middle.y, width, height, away=away)
            ]
        label = Label(width, height, spots, zonenames.keep_off(areas), max_cost=30, is_plate=True)
        yield MapLabel(("distance", index), ((label, words),), face, pill=True)
