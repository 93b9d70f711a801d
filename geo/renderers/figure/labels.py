"""The words on a printed map, the most needed first, each clear of the others."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import shapely
from shapely.geometry import LineString

from geo.briefing.briefing import Briefing
from geo.measuring.metrics import ZoneMetrics
from geo.renderers.figure import distances, frontnames, groundnames, layers, lettering, placement, zonenames
from geo.renderers.figure.lettering import Sizes
from geo.renderers.figure.placement import Box, Scene
from geo.renderers.figure.sheet import Sheet
from geo.renderers.figure.view import View

_CITY = 2  # the rank of places whose dots no other words should cover
_LARGE_PT = 10.0
"""In type from this size on a zone's name may take the place of a city's in it: beside the zone it would be far off."""
_SPACE = 0.16
"""Millimetres for each point of a zone's name between one name and the next: more than a space between two words."""
_SHORT_WAY = 2.5
"""Millimetres for each point of a plate's type: on a shorter way the plate leaves no room for the zone's name."""
MOST_NAMES = 12
"""More zones than this are numbered throughout: names for some and numbers for others would read as two kinds."""


def draw_labels(
    sheet: Sheet,
    view: View,
    briefing: Briefing,
    rows: Sequence[ZoneMetrics],
    taken: list[Box],
    *,
    sizes: Sizes | None = None,
    listed: Collection[int] = (),
    codes: Sequence[str] = (),
) -> dict[tuple[str, int], Box]:
    """Place and draw the labels clear of the boxes in ``taken``; return the box of each that found a place.

    Keys are kind and index. A zone too small for its name gets its number instead, kind ``"number"``, if it is one of
    those ``listed`` (from 0), whose numbers can be looked up beside the map; of more than `MOST_NAMES` zones all do.
    With ``codes``, one a zone, the zones have those instead of their names.
    """
    sizes = sizes or Sizes()
    areas = [view.to_page(zone.geometry) for zone in briefing.scenario.zones]
    shapely.prepare(areas)
    ways = layers.nearest_ways(view, rows)
    scene = _build_scene(view, briefing, ways, areas, taken, sizes)
    placed: dict[tuple[str, int], Box] = {}
    if briefing.place and not codes:  # what the key sentence leads to is not covered
        scene.taken.append(groundnames.find_dot(view, briefing.place))
    are_numbered = bool(listed) and len(areas) > MOST_NAMES
    named = groundnames.letter_named_place(view, briefing, areas, sizes)
    lengths = distances.letter_distances(view, rows, sizes, areas)
    names = zonenames.letter_zones(view, areas, briefing, sizes, placed, codes)
    apart = zonenames.letter_zones_apart(view, areas, briefing, sizes, placed, scene.taken, codes)
    numbers = zonenames.number_zones(view, briefing, areas, sizes, placed, listed)
    sectors = frontnames.letter_sectors(view, briefing, areas, scene.weighted[1][0], sizes)
    if codes:  # on a small map codes come first, and there is no room for sectors
        on_zones = zonenames.letter_zones_over(areas, sizes, placed, codes)
        # in large type the name of the place would end far from its dot
        first = [names, apart, on_zones, numbers, *([named] if sizes.zone < _LARGE_PT else []), lengths]
    else:
        zones = [*([] if are_numbered else [names, apart]), numbers]
        is_short = min((LineString(way).length for way in ways), default=0) < _SHORT_WAY * sizes.distance
        has_tiny = any(map(layers.is_tiny, areas))  # there are few spots around a ring
        start = [*zones, named] if has_tiny else [named, *zones]
        first = [*start, lengths] if is_short else [named, lengths, *zones]
    for group in (
        *first,
        frontnames.letter_front(view, briefing, areas, sizes),
        frontnames.letter_crimea(view, briefing, sizes),
        *([] if codes else [sectors]),
        groundnames.letter_rivers(view, briefing, areas, sizes, ranks=1),
        groundnames.letter_places(view, briefing, areas, sizes),
        frontnames.letter_sides(view, briefing, areas, sizes),
        groundnames.letter_regions(view, briefing, areas, sizes),
        groundnames.letter_lakes(view, briefing, sizes, areas),
        groundnames.letter_rivers(view, briefing, areas, sizes, ranks=3),
    ):
        for label in group:
            found = placement.place_label([variant for variant, _ in label.variants], scene)
            if found:
                number, placed[label.name] = found
                kind, index = label.name
                name = briefing.scenario.zones[index].name if kind in ("zone", "apart", "number") else ""
                with sheet.part(f"label {kind}", name or " ".join(label.variants[number][1])):
                    lettering.draw_label(sheet, label, number, placed[label.name])
    return placed


def _build_scene(
    view: View, briefing: Briefing, drawn: Sequence[Any], areas: Sequence[Any], taken: list[Box], sizes: Sizes
) -> Scene:
    front = lettering.sample_line(view.to_page(briefing.front.line), 1.0)
    ways = [lettering.sample_line(LineString(way), 1.5) for way in drawn]
    outlines = [lettering.sample_line(shapely.boundary(area), 1.0) for area in areas]
    city = 6.0 if sizes.zone < _LARGE_PT else 1.0
    cities = [(place.lon, place.lat) for place in briefing.basemap.places if place.rank <= _CITY]
    return Scene(
        view.frame.grow(-0.8),
        [*taken],
        [
            (front, 1.2),
            (np.concatenate([*ways, np.empty((0, 2))]), 0.35),
            (np.concatenate([*outlines, np.empty((0, 2))]), 0.06),
            (view.points_to_page(cities) if cities else np.empty((0, 2)), city),
        ],
        space_mm=_SPACE * sizes.zone,
    )
