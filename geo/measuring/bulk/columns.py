"""The columns of a table that hold positions, found by what people and programs call them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from geo.errors import DataError

LON_NAMES = ("lon", "longitude", "lng", "long", "decimallongitude", "longitudewgs84", "довгота", "долгота")
LAT_NAMES = ("lat", "latitude", "decimallatitude", "latitudewgs84", "широта")
"""What columns of degrees are called, in any case; what stands in brackets, as a unit, is no matter."""

_PLANE_NAMES = (("x", "y"), ("xcoord", "ycoord"), ("pointx", "pointy"), ("coordx", "coordy"))
_TEXT_NAMES = ("wkt", "geometry", "geom", "thegeom", "wktgeom", "wktgeometry", "ewkt")
_PAIR_NAMES = (
    "latlon", "latlong", "latlng", "latitudelongitude", "coordinates", "coords", "coordinate", "gps", "gpscoordinates",
    "location", "position", "geopoint", "координати", "координаты",
)  # fmt: skip
_BACKWARD_NAMES = ("lonlat", "longlat", "lnglat", "longitudelatitude")
_LON_END = re.compile(r"[_ .:+/-](lon|long|lng|longitude)$")
_LAT_END = re.compile(r"[_ .:+/-](lat|latitude)$")
_SHOWN = 40  # letters of a name in a message


class Columns(NamedTuple):
    """Where the positions of a table stand: in the columns ``lon`` and ``lat``, or in one column ``text``.

    A text is well-known, as in ``POINT (30.52 50.45)``, or ``is_pair`` says that it is two numbers, and
    ``is_lon_first`` in which order.
    """

    lon: str = ""
    lat: str = ""
    text: str = ""
    is_pair: bool = False
    is_lon_first: bool = False


def find_columns(names: Sequence[str], file: object) -> Columns:
    """Return which columns hold the positions.

    Raises
    ------
    DataError
        There are none, or one of them stands twice, in capitals perhaps.
    """
    found = _find(names)
    if found is None:
        shown = ", ".join(map(quote, names[:12]))
        what = f"There are no columns of longitude and latitude among {shown}"
        raise DataError.of(file, what, "Call them lon and lat, in degrees.")
    for name in filter(None, (found.lon, found.lat, found.text)):
        validate_single(names, name, file)
        if other := next((each for each in names if _fold(each) == _fold(name) and each != name), None):
            what = f"The columns {quote(name)} and {quote(other)} have one name"
            raise DataError.of(file, what, "Rename the one that is not meant.")
    return found


def has_columns(names: Sequence[str]) -> bool:
    """Ask whether some of these columns can hold positions."""
    return _find(names) is not None


def validate_single(names: Sequence[str], name: str, file: object) -> None:
    """Raise `DataError` if a column stands twice, so that nobody can say which of the two is meant."""
    if list(names).count(name) > 1:
        raise DataError.of(file, f"The column {quote(name)} stands twice", "Rename one of the two.")


def quote(text: str) -> str:
    """Return a text from a file in quotation marks, cut to a readable length."""
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")


def _find(names: Sequence[str]) -> Columns | None:
    known = {_fold(name): name for name in reversed(names)}
    pairs = [
        (
            next((known[name] for name in LON_NAMES if name in known), None) or _find_end(names, _LON_END),
            next((known[name] for name in LAT_NAMES if name in known), None) or _find_end(names, _LAT_END),
        ),
        *((known.get(x), known.get(y)) for x, y in _PLANE_NAMES),
    ]
    for lon, lat in pairs:
        if lon is not None and lat is not None:
            return Columns(lon, lat)
    for group in (_TEXT_NAMES, _PAIR_NAMES, _BACKWARD_NAMES):
        for name in group:
            if name in known:
                return Columns(
                    text=known[name],
                    is_pair=group is not _TEXT_NAMES,
                    is_lon_first=group is _BACKWARD_NAMES,
                )
    return None


def _find_end(names: Sequence[str], end: re.Pattern[str]) -> str | None:
    """Return the only name with an end such as _lon; where several have it, none of them is meant."""
    found = [name for name in names if end.search(_strip(name))]
    return found[0] if len(found) == 1 else None


def _strip(name: str) -> str:
    return re.sub(r"\s*[(\[].*?[)\]]\s*$", "", name.lower().lstrip("\ufeff").strip())


def _fold(name: str) -> str:
    return "".join(letter for letter in _strip(name) if letter.isalnum())
