"""What a map shows beside its own front: an earlier one, and the ground that changed sides between the two."""

from __future__ import annotations

from dataclasses import dataclass

from shapely.geometry import MultiLineString, MultiPolygon

from geo.fronts.front import FrontFacts


@dataclass(frozen=True)
class Since:
    """A front that a map compares its own with: its line, and the ground gained and lost since (lon, lat degrees).

    ``is_other_source``: another source drew it, so that what lies between the two lines is not all movement.
    On a map of two versions of a scenario ``line`` are outlines of the older one, and the ground is what only the newer
    and only the older one cover. Then ``words`` say so, and ``pale`` are the names of zones that both have as they are.
    """

    front: FrontFacts
    line: MultiLineString
    gained: MultiPolygon
    lost: MultiPolygon
    is_other_source: bool = False
    words: tuple[str, str, str] | None = None
    pale: frozenset[str] = frozenset()
