"""The words on one of many small maps: codes and the shortest distance first, then a few names of the ground."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, Point

from geo.briefing.briefing import Briefing
from geo.geodesy import Floats
from geo.measuring.metrics import ZoneMetrics
from geo.renderers import style
from geo.renderers.figure import distances, groundnames, layers, lettering, placement, zonenames
from geo.renderers.figure.fonts import Face
from geo.renderers.figure.lettering import MapLabel, Sizes
from geo.renderers.figure.placement import Box, Costs, Label, Spots
from geo.renderers.figure.view import View

_INK = style.PALETTE
_INSIDE = 0.6  # of a code at least lies in its zone, or none of it does
_ON_OTHERS = 0.25  # of a code at most lies on other zones
_HIDDEN = 0.7  # of a zone, by its own code, at most
_BESIDE = 3.0  # what it costs a code to stand beside its zone
_NEAR_MM, _CLEARLY_MM = 2.2, 1.2  # so near does it stand then, and so much nearer than to others
_STEP_MM = 0.8
_LEADERS_MM = (3.5, 5.0, 7.0, 9.0, 12.0, 15.0, 19.0, 23.0)
_PER_MM, _ACROSS_MM = 0.4, 1.0  # what a millimetre of a line to a code costs, and what one on other zones
_ACROSS = 4.0  # what it costs such a line to cross another
_ASIDE = 10.0  # what it costs a distance to stand aside of its way
_DIRECTIONS = 24
_AT_END_MM = 1.2  # so close to the end of a line stands what it may meet
_MOST_COST = 40.0
_MOST_RANK, _HOME = 2, "UA"  # capitals, and the largest cities of Ukraine


def letter_map(
    view: View,
    briefing: Briefing,
    rows: Sequence[ZoneMetrics],
    sizes: Sizes,
    placed: Mapping[tuple[str, int], Box],
    taken: Sequence[Box],
    codes: Sequence[str],
) -> Iterator[MapLabel]:
    """Yield the code of the nearest zone, the shortest distance, the other codes, then the largest cities and seas.

    The nearest zone has its code whatever that covers; another that finds no place is left out.
    """
    areas = [layers.show_zone(view, zone) for zone in briefing.scenario.zones]  # a tiny one is a ring
    shapely.prepare(areas)
    seen = [index for index in briefing.metrics.nearest_first if not areas[index].is_empty]
    ways = layers.nearest_ways(view, rows)
    face = Face("sans-bold", sizes.zone, _INK.zone_text, 1.12)
    lines = [view.to_page(briefing.front.line), *map(LineString, ways)]
    letters = _Codes(areas, codes, face, lines, taken)
    for index in seen[:1]:
        yield letters.beside(index)
        for label in (letters.led(index), *zonenames.letter_zones_over(areas, sizes, {}, codes)):
            if label.name[1] == index and not _has_code(placed, index):
                yield label
    for label, way in zip(distances.letter_distances(view, rows, sizes, areas), ways, strict=True):
        yield _spread(label, LineString(way).interpolate(0.5, normalized=True))
    others = sorted(seen[1:], key=lambda index: areas[index].area)
    for letter in (letters.beside, letters.led):
        yield from (letter(index) for index in others if not _has_code(placed, index))
    yield from _letter_ground(view, areas, briefing, sizes)


def _has_code(placed: Mapping[tuple[str, int], Box], index: int) -> bool:
    return ("zone", index) in placed or ("apart", index) in placed


@dataclass(frozen=True)
class _Codes:
    """The codes of zones with areas on the page, lines that had better not be crossed, and what is taken already."""

    areas: Sequence[Any]
    codes: Sequence[str]
    face: Face
    lines: Sequence[Any]
    taken: Sequence[Box]

    def beside(self, index: int) -> MapLabel:
        """Return a code that stands in its zone, or on none and clearly nearest to its own."""
        own, size = self.areas[index], self._measure(index)
        middle = shapely.maximum_inscribed_circle(own, tolerance=0.5).coords[0]
        around = Box(*own.bounds).grow(max(size) / 2 + _NEAR_MM)
        spots = placement.spots_on_grid(around, step=_STEP_MM, toward=middle, price=0.04)
        others = self._others(index)

        def price(boxes: Floats) -> Floats:
            places = shapely.box(*boxes.T)
            hidden, of_others = (
                shapely.area(shapely.intersection(shape, places))
                for shape in (own, shapely.unary_union(others))
            )
            share, on_others = hidden / shapely.area(places), of_others / shapely.area(places)
            away = shapely.distance(own, places)
            next_to = shapely.distance(others[:, None], places).min(axis=0, initial=np.inf)
            is_in = (share >= _INSIDE) & (on_others <= _ON_OTHERS) & (hidden <= _HIDDEN * own.area)
            is_beside = (away > 0) & (away <= _NEAR_MM) & (next_to > away + _CLEARLY_MM)
            costs = np.where(is_beside, _BESIDE + away, np.inf)
            return np.where(is_in, 8 * (1 - share) + 12 * on_others, costs)

        return self._label("zone", index, spots, price)

    def led(self, index: int) -> MapLabel:
        """Return a code at the end of a line, on no zone; a short line that crosses little is better."""
        own, (width, height) = self.areas[index], self._measure(index)
        to = shapely.maximum_inscribed_circle(own, tolerance=0.5).coords[0]
        spots = [
            spot
            for away in _LEADERS_MM
            for spot in placement.spots_in_ring(to[0], to[1], width, height, away=away, count=_DIRECTIONS)
        ]
        others = shapely.unary_union(self._others(index))
        off_zones = zonenames.keep_off([shapely.buffer(area, _CLEARLY_MM) for area in self.areas])

        def price(boxes: Floats) -> Floats:
            lines = np.array([lettering.find_leader(Box(*box), to) for box in boxes.tolist()])
            across = sum(shapely.intersects(lines, line).astype(float) for line in self.lines)
            on_others = shapely.length(shapely.intersection(lines, others))
            costs: Floats = _PER_MM * shapely.length(lines) + _ACROSS * across + _ACROSS_MM * on_others
            met = [
                each for each in (box.shape() for box in self.taken) if each.distance(Point(to)) > _AT_END_MM
            ]
            costs[shapely.intersects(lines, shapely.unary_union(met))] = np.inf
            return costs + off_zones(boxes)

        return replace(self._label("apart", index, spots, price), leads_to=to)

    def _measure(self, index: int) -> tuple[float, float]:
        return lettering.measure_words((self.codes[index],), self.face)

    def _others(self, index: int) -> NDArray[np.object_]:
        return np.array([area for other, area in enumerate(self.areas) if other != index], dtype=object)

    def _label(self, kind: str, index: int, spots: Spots, price: Costs) -> MapLabel:
        label = Label(*self._measure(index), spots, price, max_cost=_MOST_COST)
        return MapLabel((kind, index), ((label, (self.codes[index],)),), self.face)


def _spread(label: MapLabel, middle: Point) -> MapLabel:
    """Return a distance that may also stand farther from the middle of its way, where nearer there is no room."""
    ((plate, words),) = label.variants
    ring = [
        spot._replace(cost=_ASIDE + away)
        for away in _LEADERS_MM[:5]
        for spot in placement.spots_in_ring(
            middle.x, middle.y, plate.width, plate.height, away=away, count=_DIRECTIONS
        )
    ]
    return replace(
        label, variants=((replace(plate, spots=[*plate.spots, *ring], max_cost=_MOST_COST), words),)
    )


def _letter_ground(view: View, areas: Sequence[Any], briefing: Briefing, sizes: Sizes) -> Iterator[MapLabel]:
    """Yield capitals and the largest cities of Ukraine on no zone, and seas on no land."""
    for label in groundnames.letter_places(view, briefing, areas, sizes, most_rank=_MOST_RANK):
        place = briefing.basemap.places[label.name[1]]
        if place.capital or place.country == _HOME:
            yield _price(label, zonenames.keep_off(areas))
    land = [view.to_page(country) for country in briefing.basemap.shapes["countries"]]
    for label in groundnames.letter_seas(view, briefing, sizes):
        yield _price(label, zonenames.keep_off(land))


def _price(label: MapLabel, costs: Costs) -> MapLabel:
    """Return a label that costs so much in addition."""

    def price(boxes: Floats, usual: Costs | None) -> Floats:
        return costs(boxes) + (usual(boxes) if usual else 0.0)

    variants = tuple(
        (replace(each, costs=partial(price, usual=each.costs)), words) for each, words in label.variants
    )
    return replace(label, variants=variants)
