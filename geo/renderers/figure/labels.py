"""The words on a printed map, the most needed first, each clear of the others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np
import shapely
from shapely.geometry import LineString

from geo.briefing.briefing import Briefing
from geo.measuring.metrics import ZoneMetrics
from geo.renderers.figure import (
    distances,
    frontnames,
    groundnames,
    layers,
    lettering,
    placement,
    sparse,
    zonenames,
)
from geo.renderers.figure.lettering import MapLabel, Sizes
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
    is_sparse: bool = False,
) -> dict[tuple[str, int], Box]:
    """Place and draw the labels clear of the boxes in ``taken``; return the box of each that found a place.

    Keys are kind and index. A zone too small for its name gets its number instead, kind ``"number"``, if it is one of
    those ``listed`` (from 0), whose numbers can be looked up beside the map; of more than `MOST_NAMES` zones all do.
    With ``codes``, one a zone, the zones have those instead of their names. A map that ``is_sparse`` has them, the
    distance and a few names of the ground.
    """
    sizes = sizes or Sizes()
    areas = [view.to_page(zone.geometry) for zone in briefing.scenario.zones]
    shapely.prepare(areas)
    ways = layers.nearest_ways(view, rows)
    scene = _build_scene(view, briefing, ways, areas, taken, sizes)
    placed: dict[tuple[str, int], Box] = {}
    if briefing.place and not codes:  # what the key sentence leads to is not covered
        scene.taken.append(groundnames.find_dot(view, briefing.place))
    groups = (
        [sparse.letter_map(view, briefing, rows, sizes, placed, scene.taken, codes)]
        if is_sparse
        else _order_groups(view, areas, briefing, rows, ways, sizes, placed, scene, listed, codes)
    )
    for label in chain.from_iterable(groups):
        found = placement.place_label([variant for variant, _ in label.variants], scene)
        if found:
            number, placed[label.name] = found
            kind, index = label.name
            name = briefing.scenario.zones[index].name if kind in ("zone", "apart", "number") else ""
            with sheet.part(f"label {kind}", name or " ".join(label.variants[number][1])):
                lettering.draw_label(sheet, label, number, placed[label.name])
            scene.taken += lettering.find_leader_boxes(label, placed[label.name])
    return placed


def _order_groups(
    view: View,
    areas: Sequence[Any],
    briefing: Briefing,
    rows: Sequence[ZoneMetrics],
    ways: Sequence[Any],
    sizes: Sizes,
    placed: Mapping[tuple[str, int], Box],
    scene: Scene,
    listed: Collection[int],
    codes: Sequence[str],
) -> Iterator[Iterable[MapLabel]]:
    """Yield the labels of a whole map in groups, the most needed first."""
    are_numbered = bool(listed) and len(areas) > MOST_NAMES
    named = groundnames.letter_named_place(view, briefing, areas, sizes)
    lengths = distances.letter_distances(view, rows, sizes, areas)
    names = zonenames.letter_zones(view, areas, briefing, sizes, placed, codes)
    apart = zonenames.letter_zones_apart(view, areas, briefing, sizes, placed, scene.taken, codes)
    numbers = zonenames.number_zones(view, briefing, areas, sizes, placed, listed)
    if codes:  # on a small map codes come first, and there is no room for sectors
        on_zones = zonenames.letter_zones_over(areas, sizes, placed, codes)
        # in large type the name of the place would end far from its dot
        yield from [names, apart, on_zones, numbers, *([named] if sizes.zone < _LARGE_PT else []), lengths]
    else:
        zones = [*([] if are_numbered else [names, apart]), numbers]
        is_short = min((LineString(way).length for way in ways), default=0) < _SHORT_WAY * sizes.distance
        has_tiny = any(map(layers.is_tiny, areas))  # there are few spots around a ring
        start = [*zones, named] if has_tiny else [named, *zones]
        yield from [*start, lengths] if is_short else [named, lengths, *zones]
    yield frontnames.letter_front(view, briefing, areas, sizes)
    yield frontnames.letter_crimea(view, briefing, sizes)
    if not codes:
        yield frontnames.letter_sectors(view, briefing, areas, scene.weighted[1][0], sizes)
    yield groundnames.letter_rivers(view, briefing, areas, sizes, ranks=1)
    yield groundnames.letter_places(view, briefing, areas, sizes, besides=briefing.place)
    yield frontnames.letter_sides(view, briefing, areas, sizes)
    yield groundnames.letter_regions(view, briefing, areas, sizes)
    yield groundnames.letter_lakes(view, briefing, sizes, areas)
    yield groundnames.letter_rivers(view, briefing, areas, sizes, ranks=3)


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
