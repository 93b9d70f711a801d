"""The countries of the reference layers as shapes that can be searched."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

import shapely

from geo.reference import basemap


@dataclass(frozen=True)
class Countries:
    """The mapped countries: their ``shapes`` in lon, lat degrees, their ``codes`` (ISO alpha-2) and ``names``.

    ``tree`` finds the numbers of those that something meets.
    """

    shapes: tuple[Any, ...]
    codes: tuple[str, ...]
    names: tuple[str, ...]
    tree: shapely.STRtree

    def find(self, code: str) -> Any:
        """Return the shape of one country; None where it is not mapped."""
        return self.shapes[self.codes.index(code)] if code in self.codes else None


@functools.cache
def read_countries() -> Countries:
    """Read the countries; the second call returns the same value."""
    known = basemap.read_basemap()
    shapes = known.shapes["countries"]
    about = [feature["properties"] for feature in known.countries["features"]]
    codes, names = ([each[key] for each in about] for key in ("iso_a2", "name"))
    return Countries(shapes, tuple(codes), tuple(names), shapely.STRtree(shapes))
