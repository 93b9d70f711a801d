"""What a straight line to the front crosses on its way: seas, and countries that neither end belongs to."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import numpy as np
import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from geo import geodesy
from geo.geodesy import LonLat
from geo.reference.countries import read_countries

LEAST_LAND_KM = 10.0
"""A third country is named from this length of the line on; less may lie between two drawings of one border."""
LEAST_SEA_KM = 25.0
"""A sea is named from this length on; less is a strait or an estuary, such as that of the Dnipro at Kinburn."""

_SEAS = {
    "the Sea of Azov": (34.6, 45.3, 39.4, 47.4),
    "the Black Sea": (27.4, 42.0, 41.8, 46.9),
    "the Baltic Sea": (13.0, 53.5, 30.3, 62.0),
    "the Adriatic Sea": (12.2, 40.0, 20.1, 46.0),
    "the Caspian Sea": (46.6, 38.0, 50.0, 47.3),
    "the Aegean Sea": (22.9, 38.0, 27.4, 41.1),
}
"""West, south, east and north of each sea, as far as the reference layers go; what lies elsewhere is not named."""
_HOME = "UA"  # every front is in Ukraine or on its border, so that way is no third country's
_STEP_KM = 5.0  # a straight line of degrees is then within a metre of the geodesic


@functools.lru_cache(maxsize=4096)
def find_crossed(origin: LonLat, target: LonLat, home: str | None = None) -> tuple[str, ...]:
    """Return the seas and third countries on the geodesic between two points (lon, lat), in the order of the way.

    ``home`` is the ISO code of the country the way begins in; without one, that of the country around ``origin``.
    """
    way = LineString(geodesy.derive_geodesic(origin, target, step_km=_STEP_KM))
    countries = read_countries()
    tree, names, codes = countries.tree, countries.names, countries.codes
    hits = tree.query(way, predicate="intersects").tolist()
    if home is None:
        around = tree.query(shapely.Point(origin), predicate="intersects").tolist()
        home = codes[around[0]] if around else None
    pieces = {names[hit]: way.intersection(tree.geometries[hit]) for hit in hits if codes[hit] != home}
    pieces.pop(names[codes.index(_HOME)], None)
    lengths = {name: (geodesy.length_km(_lines(piece)), LEAST_LAND_KM) for name, piece in pieces.items()}
    for name, piece in _find_seas(way, shapely.union_all(tree.geometries[hits])):
        pieces[name] = piece
        lengths[name] = (geodesy.length_km(piece), LEAST_SEA_KM)
    crossed = [name for name, (length_km, least_km) in lengths.items() if length_km >= least_km]
    return tuple(sorted(crossed, key=lambda name: _begins_at(way, pieces[name])))


def _find_seas(way: LineString, land: BaseGeometry) -> Iterator[tuple[str, BaseGeometry]]:
    """Yield each sea with the part of a way that lies in it."""
    parts = shapely.get_parts(_lines(shapely.difference(way, land)))
    middles = [part.interpolate(0.5, normalized=True) for part in parts]
    seen = np.zeros(len(parts), dtype=bool)
    for name, box in _SEAS.items():
        inside = ~seen & shapely.intersects(middles, shapely.box(*box))
        seen |= inside
        if inside.any():
            yield name, shapely.MultiLineString(parts[inside].tolist())


def _lines(shape: BaseGeometry) -> shapely.MultiLineString:
    """Return the lines of a shape without the points where a way only touches something."""
    parts = shapely.get_parts(shape)
    return shapely.MultiLineString(
        [part for part in parts if part.geom_type == "LineString" and not part.is_empty]
    )


def _begins_at(way: LineString, piece: BaseGeometry) -> float:
    """Return how far along a way a piece of it begins, in degrees."""
    return float(min(way.project(shapely.Point(position)) for position in shapely.get_coordinates(piece)))
