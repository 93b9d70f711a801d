"""The pieces of a line that was derived from an area: each has a name that says how long it is, and where."""

from __future__ import annotations

import functools

import shapely
from shapely.geometry import LineString, MultiLineString

from geo import geodesy, numerals
from geo.reference import basemap

SHORT_KM = 50.0
"""What a piece shorter than this changes is measured where it decides a nearest distance."""

_LONG_KM = 100.0
_WHOLE = "Whole line"


def name_pieces(line: MultiLineString) -> list[tuple[str, LineString]]:
    """Return each piece of a line (lon, lat), longest first as they come, with its name.

    ``piece 3 of 12, 4 km, near Vovchansk`` names the place of Ukraine nearest to it; a long piece is near many.
    """
    pieces = list(line.geoms)
    if len(pieces) == 1:
        return [(_WHOLE, pieces[0])]
    return [(_name(number, len(pieces), piece), piece) for number, piece in enumerate(pieces, start=1)]


@functools.cache
def _find_places() -> tuple[list[basemap.Place], shapely.STRtree]:
    places = [place for place in basemap.read_places() if place.country == "UA"]
    return places, shapely.STRtree([shapely.Point(place.lon, place.lat) for place in places])


def _name(number: int, count: int, piece: LineString) -> str:
    length, near = geodesy.length_km(piece), ""
    if length <= _LONG_KM:
        places, tree = _find_places()
        near = f", near {places[tree.nearest(piece)].name}"
    return f"piece {number} of {count}, {numerals.format_km(length)}{near}"
