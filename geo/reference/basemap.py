"""The embedded reference layers: countries, oblasts, rivers, lakes and places, with their credits."""

from __future__ import annotations

import functools
import json
import math
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.errors import UnknownNameError

FOLDER = Path(__file__).parent
"""Where the reference layers lie."""

CREDITS = (
    "Land, borders, rivers, lakes and most places: Natural Earth (public domain), simplified.",
    "The former Kakhovka reservoir, drained in June 2023, is drawn as a dotted outline.",
    "Names follow present-day usage; places that Natural Earth lacks: GeoNames (CC BY 4.0).",
)
"""The sentences that every map shows."""

DISCLAIMER = "Borders and names shown imply no endorsement and no opinion on any territory's status."
BORDER_NOTE = (
    "The map shows Ukraine's internationally recognised border (UN General Assembly resolution 68/262). "
    "Natural Earth's default assigns Crimea and Sevastopol to Russia; that was changed here. "
    f"{DISCLAIMER}"
)
"""Whose borders these are, and where they differ from the source."""

_UNDECOMPOSED = str.maketrans({"ł": "l", "đ": "d", "ø": "o"})


@dataclass(frozen=True)
class Place:
    """A named settlement at lon, lat degrees.

    ``rank`` is 1 for the most important (Kyiv and neighbouring capitals), growing to 5 for small towns;
    ``country`` is the ISO alpha-2 code; ``aliases`` are older or foreign spellings, accepted as input and
    never shown.
    """

    name: str
    lon: float
    lat: float
    rank: int
    country: str
    capital: bool = False
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Basemap:
    """Reference layers in lon, lat degrees, as parsed GeoJSON FeatureCollections (treat as read-only).

    ``countries``: land polygons, properties ``iso_a2`` and ``name`` and a label point ``label`` [lon, lat].
    ``oblasts``: polygons of Ukraine's first-level units, property ``name``.
    ``lines``: every edge of those polygons once, one MultiLineString for each ``kind``: ``"coast"``,
    ``"border"``, ``"oblast"``.
    ``rivers``: LineStrings or MultiLineStrings, properties ``name`` and ``rank`` (1 for the Dnipro and the
    Danube, then 2, 3).
    ``lakes``: Polygons or MultiPolygons of lakes, lagoons and reservoirs of 100 km² and more near Ukraine, and the
    large ones elsewhere; properties ``name`` (or None), a label point ``label`` and, where a reservoir is drained,
    ``drained``, which says since when.
    ``seas``: label points, property ``name``.
    ``places``: by rank, those of Ukraine first. ``credits``: the sentences that every map shows.
    """

    countries: dict[str, Any]
    oblasts: dict[str, Any]
    lines: dict[str, Any]
    rivers: dict[str, Any]
    lakes: dict[str, Any]
    seas: dict[str, Any]
    places: tuple[Place, ...]
    credits: tuple[str, ...]
    border_note: str

    @functools.cached_property
    def shapes(self) -> Mapping[str, tuple[Any, ...]]:
        """The geometry of each feature of a layer, countries, lines, rivers or lakes, as shapely has it; made once."""
        from shapely.geometry import shape

        return {
            layer: tuple(shape(feature["geometry"]) for feature in getattr(self, layer)["features"])
            for layer in ("countries", "lines", "rivers", "lakes")
        }


@functools.cache
def read_basemap() -> Basemap:
    """Read the reference layers that ship with the package; the second call returns the same value."""
    return Basemap(
        countries=_read("countries"),
        oblasts=_read("oblasts"),
        lines=_read("lines"),
        rivers=_read("rivers"),
        lakes=_read("lakes"),
        seas=_read("seas"),
        places=read_places(),
        credits=CREDITS,
        border_note=BORDER_NOTE,
    )


@functools.cache
def read_places() -> tuple[Place, ...]:
    """Read the shipped places alone, most important first."""
    return tuple(_place(feature) for feature in _read("places")["features"])


def has_place(name: str) -> bool:
    """Ask whether a shipped place has this name or older spelling."""
    return fold(name) in _spellings()


def find_place(name: str) -> Place:
    """Find a shipped place by its name or an older spelling; case, diacritics and apostrophes do not matter.

    Raises
    ------
    UnknownNameError
        With the nearest names.
    """
    known = _spellings()
    place = known.get(fold(name))
    if place is None:
        raise UnknownNameError("place", name, [candidate.name for candidate in read_places()])
    return place


def nearest_place(
    lon: float, lat: float, *, country: str | None = None, max_rank: int | None = None
) -> Place:
    """Choose the place to name a point by ("near Kremenchuk"), in one country or down to a rank if given.

    Compares great-circle distances, which is enough to choose a name; nothing shown is measured with them.

    Raises
    ------
    UnknownNameError
        Where no shipped place has that country and rank.
    """
    choice = [
        place
        for place in read_places()
        if country in (None, place.country) and (max_rank is None or place.rank <= max_rank)
    ]
    if not choice:
        countries = sorted({place.country for place in read_places()})
        raise UnknownNameError("country with such places", str(country), countries)
    return min(choice, key=lambda place: _central_angle(lon, lat, place.lon, place.lat))


def find_oblast(lon: float, lat: float) -> str | None:
    """Return the name of the oblast of Ukraine that a position lies in; None elsewhere."""
    import shapely

    at = shapely.Point(lon, lat)
    for feature in read_basemap().oblasts["features"]:
        if shapely.geometry.shape(feature["geometry"]).covers(at):
            return str(feature["properties"]["name"])
    return None


def _read(layer: str) -> dict[str, Any]:
    collection: dict[str, Any] = json.loads((FOLDER / f"{layer}.geojson").read_text(encoding="utf-8"))
    return collection


def _place(feature: dict[str, Any]) -> Place:
    lon, lat = feature["geometry"]["coordinates"]
    properties = feature["properties"]
    return Place(
        name=properties["name"],
        lon=lon,
        lat=lat,
        rank=properties["rank"],
        country=properties["country"],
        capital=properties.get("capital", False),
        aliases=tuple(properties.get("aliases", ())),
    )


@functools.cache
def _spellings() -> dict[str, Place]:
    """Map every folded spelling to its place; a proper name wins over another place's older one."""
    places = read_places()
    aliases = {fold(alias): place for place in places for alias in place.aliases}
    return aliases | {fold(place.name): place for place in reversed(places)}


def fold(name: str) -> str:
    """Return a name as it is compared: letters only, lower case, without diacritics."""
    letters = unicodedata.normalize("NFKD", name.casefold().translate(_UNDECOMPOSED))
    return "".join(letter for letter in letters if letter.isalpha())


def _central_angle(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Return the angle between two points on a sphere, in radians (haversine formula)."""
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    half = math.sin((phi2 - phi1) / 2) ** 2
    half += math.cos(phi1) * math.cos(phi2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * math.asin(math.sqrt(half))
