"""Which part of the world has to be seen, and which part the reference layers cover."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from geo.briefing import notes
from geo.briefing.briefing import Briefing
from geo.geodesy.planes import Extent
from geo.reference.basemap import Basemap


def view_extent(briefings: Sequence[Briefing]) -> Extent:
    """Return what a map has to show: every zone of every briefing, and every sector of each front."""
    return find_extent(
        shape
        for briefing in briefings
        for shape in (
            *(sector.line for sector in briefing.front.sectors),
            *(zone.geometry for zone in briefing.scenario.zones),
            *([briefing.since.line] if briefing.since else []),
        )
    )


def mapped_extent(basemap: Basemap) -> Extent:
    """Return what the reference layers cover; beyond it, nothing says what is land and what is sea."""
    return find_extent(basemap.shapes["countries"])


def describe_gap(briefings: Sequence[Briefing]) -> list[str]:
    """Return the caveat on zones or a front that lie outside the reference layers, none where all lie within."""
    known = mapped_extent(briefings[0].basemap)
    if shapely.box(*known).covers(shapely.box(*view_extent(briefings))):
        return []
    return [notes.describe_gap(known)]


def find_extent(shapes: Iterable[BaseGeometry]) -> Extent:
    """Return the smallest extent that holds all of these shapes."""
    west, south, east, north = shapely.total_bounds(list(shapes)).tolist()
    return west, south, east, north
