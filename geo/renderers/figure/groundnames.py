"""The names of the ground on a printed map: places, countries, seas, rivers and lakes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import shapely
from shapely.geometry import Point

from geo.briefing import legend
from geo.briefing.briefing import Briefing
from geo.geodesy import Floats
from geo.reference.basemap import Place
from geo.renderers import style
from geo.renderers.figure import fonts, layers, lettering, placement, zonenames
from geo.renderers.figure.fonts import Face
from geo.renderers.figure.lettering import MapLabel, Sizes
from geo.renderers.figure.placement import Box, Costs, Label, Spot
from geo.renderers.figure.view import View

_INK = style.PALETTE
_DOT_MM = 0.75
_LAKE_MM = 22 / 7  # so wide is a line of a lake's name, for each point of its size
_ROUND_MM = (1.3, 2.4, 3.6, 4.8)  # so far from its dot may the name stand that has to be there
_ACROSS = 1.2  # what it costs a place's name to stand across the outline of a zone
_ON_TINY = 100.0  # to hide a zone so small that it is a ring
_FOR_RANK_2, _FOR_RANK_3 = (
    12.0,
    25.0,
)  # millimetres of the page for 100 km, from which smaller rivers are named


def letter_places(
    view: View,
    briefing: Briefing,
    areas: Sequence[Any],
    sizes: Sizes,
    *,
    besides: Place | None = None,
    most_rank: int = 5,
) -> Iterator[MapLabel]:
    """Yield the places in view, by rank, each with its dot and rather across no outline of a zone.

    How many ranks depends on the scale. ``besides`` is a place that has its name already.
    """
    outlines = shapely.boundary(np.array(areas, dtype=object))[:, None]

    def across(boxes: Floats) -> Floats:
        is_across = shapely.intersects(outlines, shapely.box(*boxes.T)).any(axis=0)
        return np.where(is_across, _ACROSS, 0.0)

    ranks = min(most_rank, 3 if view.mm_per_m * 1e5 < 16 else 4 if view.mm_per_m * 1e5 < 30 else 5)
    places, frame = briefing.basemap.places, view.frame
    at = view.points_to_page(np.array([(place.lon, place.lat) for place in places]).reshape(-1, 2))
    in_view = ((at > (frame.left, frame.top)) & (at < (frame.right, frame.bottom))).all(axis=1)
    for index in np.flatnonzero(in_view).tolist():
        if places[index].rank <= ranks and places[index] != besides:
            label = _place(view, index, places[index], sizes)
            off = [(replace(each, costs=across), words) for each, words in label.variants]
            yield replace(label, variants=tuple(off))


def letter_named_place(
    view: View, briefing: Briefing, areas: Sequence[Any], sizes: Sizes
) -> Iterator[MapLabel]:
    """Yield the place that the key sentence names, wherever there is room for its name, rather over no tiny zone."""
    zones = zip(briefing.scenario.zones, areas, strict=True)
    tiny = shapely.unary_union([layers.show_zone(view, zone) for zone, area in zones if layers.is_tiny(area)])

    def price(boxes: Floats) -> Floats:
        return np.where(shapely.intersects(tiny, shapely.box(*boxes.T)), _ON_TINY, 0.0)

    for index, place in enumerate(briefing.basemap.places):
        if place == briefing.place:
            label = _place(view, index, place, sizes)
            spots = [
                spot for away in _ROUND_MM for spot in _spots_of(view, place, label.variants[0][0], away)
            ]
            near = replace(label.variants[0][0], spots=spots, costs=price, max_cost=1000.0, anchor=None)
            yield replace(label, variants=((near, label.variants[0][1]),))


def find_dot(view: View, place: Place) -> Box:
    """Return the box of the dot of a place."""
    x, y = view.point_to_page((place.lon, place.lat))
    return Box(x - _DOT_MM, y - _DOT_MM, x + _DOT_MM, y + _DOT_MM)


def _spots_of(view: View, place: Place, label: Label, away: float) -> list[Spot]:
    """Return the spots around a place that its name takes so far from the dot; the farther, the dearer."""
    x, y = view.point_to_page((place.lon, place.lat))
    spots = placement.spots_around(x, y, label.width, label.height, away=away)
    return [spot._replace(cost=spot.cost + 3 * (away - _ROUND_MM[0])) for spot in spots]


def _place(view: View, index: int, place: Place, sizes: Sizes) -> MapLabel:
    """Return the name of a place with its dot."""
    x, y = view.point_to_page((place.lon, place.lat))
    size = sizes.places[min(place.rank, len(sizes.places)) - 1]
    cut = "sans-bold" if place.capital else "sans-semibold" if place.rank <= 2 else "sans"
    face = Face(cut, size, _INK.place_text)
    width, height = lettering.measure_words((fonts.clean(place.name),), face)
    spots = placement.spots_around(x, y, width, height, away=1.3)
    limit = 7.0 if place.rank == 1 else 4.0 if place.rank == 2 else 2.2
    label = Label(width, height, spots, max_cost=limit, anchor=find_dot(view, place))
    return MapLabel(("place", index), ((label, (place.name,)),), face, dot=(x, y))


def letter_regions(view: View, briefing: Briefing, areas: Sequence[Any], sizes: Sizes) -> Iterator[MapLabel]:
    """Yield countries, on no zone, and seas, spaced out, where there is room."""
    off_zones = zonenames.keep_off(areas)
    country = Face("sans", sizes.country, _INK.land_text)
    for index, feature in enumerate(briefing.basemap.countries["features"]):
        about = feature["properties"]
        words: tuple[str, ...] = (_spaced(about["name"]),)
        land = view.to_page(briefing.basemap.shapes["countries"][index])
        yield from letter_region(
            ("country", index),
            words,
            country,
            view,
            about.get("label"),
            land,
            sizes.coarseness,
            off=off_zones,
        )
    yield from letter_seas(view, briefing, sizes)


def letter_seas(view: View, briefing: Briefing, sizes: Sizes) -> Iterator[MapLabel]:
    """Yield the seas where there is room."""
    sea = Face("serif-italic", sizes.sea, _INK.sea_text)
    for index, feature in enumerate(briefing.basemap.seas["features"]):
        name = feature["properties"]["name"]
        longest = max((fonts.measure_mm(word, sea) for word in name.split()), default=0.0)
        words = tuple(fonts.wrap(name, sea, max(16.0, longest + 0.1)))
        yield from letter_region(
            ("sea", index), words, sea, view, feature["geometry"]["coordinates"], None, sizes.coarseness
        )


def letter_region(
    name: tuple[str, int],
    words: tuple[str, ...],
    face: Face,
    view: View,
    at: Any,
    land: Any,
    coarseness: float,
    *,
    off: Costs | None = None,
) -> Iterator[MapLabel]:
    """Yield a label near its given point, or, where that is out of the frame, anywhere on what is seen of the land.

    ``off`` is what it costs beside that to stand somewhere.
    """
    if at is None or not any(words):
        return
    width, height = lettering.measure_words(words, face)
    x, y = view.point_to_page((at[0], at[1]))
    around = Box(x - 14, y - 10, x + 14, y + 10)
    if land is not None and not land.is_empty and not view.frame.shape().contains(Point(x, y)):
        seen = shapely.intersection(land, view.frame.shape())
        if seen.is_empty:
            return
        x, y = shapely.maximum_inscribed_circle(seen, tolerance=1).coords[0]
        around = Box(*seen.bounds)

    shapely.prepare(land)

    def price(boxes: Floats) -> Floats:
        if land is None:
            return np.zeros(len(boxes))
        shapes = shapely.box(*boxes.T)
        costs = np.zeros(len(boxes))
        cut = np.flatnonzero(~shapely.contains_properly(land, shapes))
        kept = [shapely.clip_by_rect(land, *box) for box in boxes[cut].tolist()]
        costs[cut] = 30 * (1 - shapely.area(kept) / shapely.area(shapes[cut]))
        return costs + off(boxes) if off else costs

    spots = placement.spots_on_grid(around, step=2.5 * coarseness, toward=(x, y), price=0.06)
    yield MapLabel(name, ((Label(width, height, spots, price, max_cost=3.0), words),), face)


def letter_rivers(
    view: View, briefing: Briefing, areas: Sequence[Any], sizes: Sizes, *, ranks: int
) -> Iterator[MapLabel]:
    """Yield the rivers in view of so many ranks, each once, beside its line and across no outline of a zone.

    The smaller the scale, the fewer ranks.
    """
    off_outlines = zonenames.keep_off([shapely.boundary(area) for area in areas])
    face = Face("serif-italic", sizes.water, _INK.river_text)
    shown = 1 if view.mm_per_m * 1e5 < _FOR_RANK_2 else 2 if view.mm_per_m * 1e5 < _FOR_RANK_3 else 3
    for index, feature in enumerate(briefing.basemap.rivers["features"]):
        about = feature["properties"]
        if not about.get("name") or min(about["rank"], 3) > shown or (about["rank"] == 1) != (ranks == 1):
            continue
        width, height = lettering.measure_words((fonts.clean(about["name"]),), face)
        at = lettering.sample_line(view.to_page(briefing.basemap.shapes["rivers"][index]), 1.0)
        if len(at) * 1.0 < 1.5 * width:
            continue
        spots = [
            Spot(x + dx * (width / 2 + 1.4), y + dy * (height / 2 + 1.2), cost)
            for x, y in at[::3].tolist()
            for dx, dy, cost in ((1, 0, 0.0), (-1, 0, 0.2), (0, -1, 0.4), (0, 1, 0.4))
        ]

        def price(boxes: Floats, at: Any = at) -> Floats:
            return placement.count_inside(boxes, at) + off_outlines(boxes)

        label = Label(width, height, spots, price, max_cost=3.0)
        yield MapLabel(("river", index), ((label, (about["name"],)),), face)


def letter_lakes(view: View, briefing: Briefing, sizes: Sizes, areas: Sequence[Any]) -> Iterator[MapLabel]:
    """Yield the lakes in view that are about as wide as their name, in them or beside them, on no zone."""
    face = Face("serif-italic", sizes.water, _INK.river_text)
    features = briefing.basemap.lakes["features"]
    shapes = [view.to_page(lake) for lake in briefing.basemap.shapes["lakes"]]
    for index, (feature, lake) in enumerate(zip(features, shapes, strict=True)):
        name = legend.name_lake(feature["properties"])
        if not name or lake.is_empty:
            continue
        lines = tuple(fonts.wrap(name, face, _LAKE_MM * sizes.water, max_lines=3))
        width, height = lettering.measure_words(lines, face)
        left, top, right, bottom = lake.bounds
        if right - left < 0.6 * width:
            continue
        around = Box(left, top, right, bottom).grow(width / 2 + 2)
        middle = shapely.maximum_inscribed_circle(lake, tolerance=1).coords[0]

        def price(boxes: Floats, index: int = index, lake: Any = lake) -> Floats:
            places = shapely.box(*boxes.T)
            is_wrong = zonenames.are_nearer_to_another(places, index, shapes)
            is_wrong |= shapely.intersects(np.array(areas, dtype=object)[:, None], places).any(axis=0)
            shore = shapely.length(shapely.intersection(shapely.boundary(lake), places))
            return np.where(is_wrong, np.inf, 1.5 * shapely.distance(lake, places) + 0.15 * shore)

        spots = placement.spots_on_grid(around, step=1.5 * sizes.coarseness, toward=middle, price=0.05)
        yield MapLabel(("lake", index), ((Label(width, height, spots, price, max_cost=8.0), lines),), face)


def _spaced(name: str) -> str:
    return "\N{HAIR SPACE}".join(fonts.clean(name).upper()).replace("\N{HAIR SPACE} \N{HAIR SPACE}", "  ")
