"""A `Front`: a dated line of contact with its definition, its sectors and how far the true line may lie from it."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date

import numpy as np
import shapely
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Point
from shapely.geometry.base import BaseGeometry

from geo import geodesy, numerals
from geo.files.fields import shorten
from geo.fronts import pieces
from geo.fronts.bounds import Bounds, Strand
from geo.fronts.choosing import ALL, Choice
from geo.fronts.sides import Sides
from geo.geodesy import Area, LonLat, Polyline

DEFINITIONS = {
    "contact": "The line of contact between the two sides; coasts and state borders are no part of it.",
    "edge": "Any edge of the occupied area, coasts and state borders included.",
}
"""What a front can be, each with the sentence used where the file brings none of its own."""

KINDS = {"contact": "line of contact", "edge": "edge of the occupied area"}
"""What a front of each definition is called."""

HELD_SIDES = ("left", "right")
"""On which side of the line's direction the ground held by Ukraine may lie."""

NOT_STATED = "not stated"

ALLOWED, FORBIDDEN = "allowed", "forbidden"
"""Whether the terms of a front let a map that shows it be passed on."""

REPORTED, DISPUTED = "reported", "disputed"
"""What a sector can be: a stretch of the front, or one that reports of its day contradict each other on."""


@dataclass(frozen=True)
class Sector:
    """One named stretch of a front.

    ``precision_km`` is how far the true line may lie from it: its own precision, else the uncertainty of the front;
    None where the file states neither. A ``status`` of
    ``"disputed"`` says that reports of the day disagree on whether the front ran here.
    """

    name: str
    line: MultiLineString
    precision_km: float | None = None
    status: str = REPORTED

    @property
    def is_reported(self) -> bool:
        """Whether figures are measured to it; a disputed one only counts in their intervals."""
        return self.status == REPORTED

    @functools.cached_property
    def length_km(self) -> float:
        """The length of the line in kilometres."""
        return geodesy.length_km(self.line)


@dataclass(frozen=True, kw_only=True, repr=False)
class FrontFacts:
    """What is known of a dated front beside its geometry.

    ``definition`` is ``"contact"`` (line of contact) or ``"edge"`` (any edge of the occupied area);
    ``definition_text`` spells it out. ``uncertainty_km`` is how far the drawn line may lie from the true one,
    None where the file does not state it. ``held_side`` says on which side of the line's direction the ground
    held by Ukraine lies (``"left"``, ``"right"``, or None where the file does not say). ``sha256`` is that of
    the file. ``rule`` says how the line was derived from an occupied area, None where it was drawn as a line.
    ``precisions_km`` are those of its sectors, each once and sorted; empty where not all of them have one.
    ``disputed`` names the disputed ones of its ``sector_count`` sectors.
    ``choice`` is what the user chose of the file, and ``notes`` say what of it was left out, a sentence each.
    ``is_restricted`` says that its terms do not allow to pass on a map that shows it.
    """

    id: str
    as_of: date
    definition: str
    definition_text: str
    uncertainty_km: float | None
    source: str
    licence: str
    method: str
    held_side: str | None = None
    sha256: str | None = None
    rule: str | None = None
    precisions_km: tuple[float, ...] = ()
    disputed: tuple[str, ...] = ()
    sector_count: int = 1
    choice: Choice = ALL
    notes: tuple[str, ...] = ()
    is_restricted: bool = False

    @property
    def is_sourced(self) -> bool:
        """Whether its file, or the user, says who drew it."""
        return self.source != NOT_STATED

    def __repr__(self) -> str:
        return (
            f"<{type(self).__name__} {shorten(self.id)}: {self.kind} of {numerals.format_date(self.as_of)}>"
        )

    @property
    def kind(self) -> str:
        """What the front is, in words: ``line of contact`` or ``edge of the occupied area``."""
        return KINDS[self.definition]

    @property
    def noun(self) -> str:
        """What the front is in a short sentence: ``front``, or ``edge of the occupied area``."""
        return "front" if self.definition == "contact" else self.kind


@dataclass(frozen=True, kw_only=True, repr=False)
class Front(FrontFacts):
    """A dated front: always a line, never the edge of a polygon of control.

    ``line`` is in lon, lat degrees (WGS 84): all reported sectors, joined where they meet, each running as it was
    drawn. ``occupied`` is the area that the line was derived from, None where it was drawn as a line. What
    distances and sides are asked of is prepared once, when it is first asked for.
    """

    sectors: tuple[Sector, ...]
    line: MultiLineString
    occupied: MultiPolygon | None = None

    @functools.cached_property
    def polyline(self) -> Polyline:
        """The line, prepared for distance questions."""
        return Polyline(self.line)

    @functools.cached_property
    def sides(self) -> Sides:
        """The two sides of the line."""
        return Sides(self.line, self.definition, self.held_side, self.occupied)

    @functools.cached_property
    def bounds(self) -> Bounds | None:
        """How near and how far the true line may lie; None where its precision is not stated."""
        if not self.precisions_km:
            return None
        lines: dict[tuple[float, bool], list[LineString]] = {}
        for sector in self.sectors:
            lines.setdefault((sector.precision_km or 0.0, sector.is_reported), []).extend(sector.line.geoms)
        return Bounds(tuple(Strand(Polyline(MultiLineString(parts)), *kind) for kind, parts in lines.items()))

    @functools.cached_property
    def disputed_ground(self) -> Area | None:
        """The ground whose side depends on whether the disputed sectors are part of the front; None without any."""
        if not self.disputed:
            return None
        line = build_multi(shapely.union_all([sector.line for sector in self.sectors]))
        both = (self.sides, Sides(line, self.definition, self.held_side, self.occupied))
        ground: Area = shapely.symmetric_difference(*(sides.far_ground or MultiPolygon() for sides in both))
        shapely.prepare(ground)
        return ground

    @functools.cached_property
    def length_km(self) -> float:
        """The length of the line in kilometres; a derived one is made of its pieces."""
        if self.occupied is None:
            return geodesy.length_km(self.line)
        return sum(piece.length_km for piece in self.sectors)

    def find_low_sector(self, point: LonLat) -> Sector:
        """Return the sector, disputed ones included, that sets the least distance of a point (lon, lat)."""
        at = np.array([point])
        least = [
            Polyline(each.line).distances_km(at)[0] - (each.precision_km or 0.0) for each in self.sectors
        ]
        return self.sectors[int(np.argmin(least))]

    def find_sector(self, point: LonLat, *, is_reported: bool = False) -> Sector:
        """Return the sector that a point of the front (lon, lat) lies on; on request only a reported one."""
        if (point, is_reported) not in self._found:
            sectors = [sector for sector in self.sectors if sector.is_reported or not is_reported]
            distances = shapely.distance([sector.line for sector in sectors], Point(point))
            self._found[point, is_reported] = sectors[int(distances.argmin())]
        return self._found[point, is_reported]

    @functools.cached_property
    def _found(self) -> dict[tuple[LonLat, bool], Sector]:
        return {}

    def build_without(self, name: str) -> Polyline | None:
        """Return a derived line without the piece of that name; None where it is long, or all there is."""
        if self.occupied is None or len(self.sectors) == 1:
            return None
        if name not in self._shortened:
            piece = next(sector for sector in self.sectors if sector.name == name)
            rest = [part for sector in self.sectors if sector is not piece for part in sector.line.geoms]
            is_short = piece.length_km < pieces.SHORT_KM
            self._shortened[name] = Polyline(MultiLineString(rest)) if is_short else None
        return self._shortened[name]

    @functools.cached_property
    def _shortened(self) -> dict[str, Polyline | None]:
        return {}


def build_multi(line: BaseGeometry) -> MultiLineString:
    """Return lines of any type, or none, as one geometry of several parts."""
    return MultiLineString([*shapely.get_parts(line)])
