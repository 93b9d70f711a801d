"""The names, numbers and distances of zones on a printed map, each where it belongs to its zone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, Point

from geo.briefing.briefing import Briefing
from geo.geodesy import Floats
from geo.measuring.figures import NEAREST
from geo.renderers import style
from geo.renderers.figure import fonts, homeland, lettering, placement
from geo.renderers.figure.fonts import Face
from geo.renderers.figure.lettering import MapLabel, Sizes
from geo.renderers.figure.placement import Box, Costs, Label
from geo.renderers.figure.view import View

_INK = style.PALETTE
_CLEARLY_MM = 1.5
_USUAL_PT = 8.0  # the size of type that widths of names are given for
_MOSTLY_OUTSIDE = 0.3
_NEAR_MM = 2.2  # a name beside its zone stands no farther from it
_MOST_BESIDE, _MOST_LED = (
    0.5,
    0.15,
)  # of a name may stand abroad: beside its zone, and where a line leads from it
_ABROAD = 9.0  # what it costs a name to stand on foreign land, were it allowed to as a whole
_APART_MM = 2.0  # between the names of two zones, which would else read as one
_TINY_MM = 2.0  # a zone no larger has a ring, around which its name stands
_ROUND_TINY_MM = (1.7, 1.9, 2.1)
_AT_END_MM = (
    1.2  # so close to the end of a line stands what it may meet, such as the dot of a town in the zone
)
_LEADERS_MM = (5.0, 8.0, 12.0, 17.0, 23.0)  # from a zone's middle to a name that a line leads from


def keep_off(areas: Sequence[Any]) -> Costs:
    """Return the price of what stands on no zone: infinite on any of these areas."""
    shapes = np.array(areas, dtype=object)[:, None]

    def price(boxes: Floats) -> Floats:
        return np.where(shapely.intersects(shapes, shapely.box(*boxes.T)).any(axis=0), np.inf, 0.0)

    return price


def letter_zones(
    view: View,
    areas: Sequence[Any],
    briefing: Briefing,
    sizes: Sizes,
    placed: Mapping[tuple[str, int], Box],
    codes: Sequence[str],
) -> Iterator[MapLabel]:
    """Yield each zone's name or code, in it where it fits, else beside it: the nearest to the front, then by size."""
    face = Face("sans-bold", sizes.zone, _INK.zone_text, 1.12)
    nearest = briefing.metrics.nearest_first[0]
    sign = 1 if codes else -1  # a code fits a large zone anyhow, a name mostly only there
    for index in sorted(range(len(areas)), key=lambda each: (each != nearest, sign * areas[each].area)):
        if areas[index].is_empty:
            continue
        forms = list(_broken(codes[index], face)) if codes else _forms(briefing, index, face)
        abroad = homeland.find_foreign_land(view, briefing.scenario.zones[index])
        most = 1.0 if index == nearest and not codes else _MOST_BESIDE  # the headline names it
        variants = [
            (_zone_label(index, lines, face, areas, placed, sizes.coarseness, abroad, most), lines)
            for lines in forms
        ]
        yield MapLabel(("zone", index), tuple(variants), face, figures=0 if codes else 1)


def _forms(briefing: Briefing, index: int, face: Face) -> list[tuple[str, ...]]:
    """Return the ways to set a zone's name in lines, its distance below."""
    figure = NEAREST.write(briefing.metrics.zones[index])
    return [(*lines, figure) for lines in _broken(briefing.scenario.zones[index].name, face)]


def _broken(name: str, face: Face) -> Iterator[tuple[str, ...]]:
    """Yield the ways to break a zone's name into lines; one that cuts it only if every one does."""
    forms = [*_break(name, face)]
    whole = [lines for lines in forms if not lines[-1].endswith("…")]
    return iter(whole or forms)


def _break(name: str, face: Face) -> Iterator[tuple[str, ...]]:
    """Yield the ways to break a name into lines, each once; a double name also after its hyphen."""
    seen: set[tuple[str, ...]] = set()
    em = face.size_pt / _USUAL_PT
    for text in (name, name.replace("-", "- ")):
        longest = max((fonts.measure_mm(word, face) for word in fonts.clean(text).split()), default=0)
        for width in (14.0 * em, 21.0 * em, 28.0 * em, 36.0 * em):
            fitting = max(width, min(longest + 0.1, 36.0 * em))
            lines = tuple(fonts.wrap(text, face, fitting, max_lines=4))
            if lines and lines not in seen and not any("- " in line for line in lines):
                seen.add(lines)
                yield lines


def letter_zones_apart(
    view: View,
    areas: Sequence[Any],
    briefing: Briefing,
    sizes: Sizes,
    placed: Mapping[tuple[str, int], Box],
    taken: Sequence[Box],
    codes: Sequence[str] = (),
) -> Iterator[MapLabel]:
    """Yield the names or codes that found no place in their zone or beside it, to stand at the end of a line."""
    face = Face("sans-bold", sizes.zone, _INK.zone_text, 1.12)
    leaders: list[LineString] = []
    for index, area in enumerate(areas):
        if ("zone", index) in placed or area.is_empty:
            continue
        to = shapely.maximum_inscribed_circle(area, tolerance=0.5).coords[0]
        others = [each for number, each in enumerate(areas) if number != index]
        abroad = homeland.find_foreign_land(view, briefing.scenario.zones[index])

        def cost(
            box: Box,
            to: tuple[float, float] = to,
            area: Any = area,
            others: Sequence[Any] = others,
        ) -> float:
            line, wide = lettering.find_leader(box, to), box.grow(_APART_MM).shape()
            if any(wide.intersects(each) for each in (area, *others)):
                return float("inf")
            met = (each for each in taken if line.intersects(each.shape()))
            if any(each.shape().distance(Point(to)) > _AT_END_MM for each in met) or any(
                map(line.intersects, leaders)
            ):
                return float("inf")
            return float(0.6 * sum(line.intersection(each).length for each in others))

        def price(
            boxes: Floats, cost: Callable[[Box], float] = cost, abroad: NDArray[np.object_] = abroad
        ) -> Floats:
            costs = _price_abroad(abroad, boxes, most=_MOST_LED)
            asked = np.isfinite(costs)
            costs[asked] += [cost(Box(*box)) for box in boxes[asked].tolist()]
            return costs

        variants = []
        for lines in [(codes[index],)] if codes else _forms(briefing, index, face):
            width, height = lettering.measure_words(lines, face)
            spots = [
                spot._replace(cost=away / 4)
                for away in _LEADERS_MM
                for spot in placement.spots_around(to[0], to[1], width, height, away=away)
            ]
            variants.append((Label(width, height, spots, price, max_cost=30), lines))
        yield MapLabel(("apart", index), tuple(variants), face, figures=0 if codes else 1, leads_to=to)
        if ("apart", index) in placed:
            leaders.append(lettering.find_leader(placed["apart", index], to))


def letter_zones_over(
    areas: Sequence[Any], sizes: Sizes, placed: Mapping[tuple[str, int], Box], codes: Sequence[str]
) -> Iterator[MapLabel]:
    """Yield the codes that found no place yet, to stand as near as may be, whatever else of the map that covers."""
    face = Face("sans-bold", sizes.zone, _INK.zone_text, 1.12)
    for index, area in enumerate(areas):
        if ("zone", index) in placed or ("apart", index) in placed or area.is_empty:
            continue
        to = shapely.maximum_inscribed_circle(area, tolerance=0.5).coords[0]
        around = Box(*to, *to).grow(_LEADERS_MM[-1])
        label = Label(
            *lettering.measure_words((codes[index],), face),
            placement.spots_on_grid(around, step=0.7, toward=to, price=1000.0),
            max_cost=float("inf"),
        )
        yield MapLabel(("apart", index), ((label, (codes[index],)),), face, leads_to=to)


def number_zones(
    view: View,
    briefing: Briefing,
    areas: Sequence[Any],
    sizes: Sizes,
    placed: Mapping[tuple[str, int], Box],
    listed: Collection[int],
) -> Iterator[MapLabel]:
    """Yield the number of each of the zones ``listed`` whose name found no place."""
    face = Face("sans-bold", sizes.zone, _INK.zone_text)
    for index, area in enumerate(areas):
        is_named = ("zone", index) in placed or ("apart", index) in placed
        if index in listed and not is_named and not area.is_empty:
            lines = (str(index + 1),)
            abroad = homeland.find_foreign_land(view, briefing.scenario.zones[index])
            label = _zone_label(index, lines, face, areas, placed, sizes.coarseness, abroad)
            yield MapLabel(("number", index), ((label, lines),), face)


def _zone_label(
    index: int,
    lines: tuple[str, ...],
    face: Face,
    areas: Sequence[Any],
    placed: Mapping[tuple[str, int], Box],
    coarseness: float,
    abroad: NDArray[np.object_],
    most_abroad: float = _MOST_BESIDE,
) -> Label:
    width, height = lettering.measure_words(lines, face)
    area = areas[index]
    left, top, right, bottom = area.bounds
    around = Box(left, top, right, bottom).grow(max(width, height) / 2 + 3)
    inside = shapely.maximum_inscribed_circle(area, tolerance=0.5).coords[0]
    step = min(1.5, width / 5) * coarseness
    spots: placement.Spots = placement.spots_on_grid(around, step=step, toward=inside, price=0.04)
    if max(right - left, bottom - top) < _TINY_MM:  # a grid would miss what room there is
        spots = [
            spot
            for away in _ROUND_TINY_MM
            for spot in placement.spots_around(inside[0], inside[1], width, height, away=away)
        ]

    def fits(boxes: Floats) -> NDArray[np.bool_]:
        wide = shapely.box(*(boxes + _NEAR_MM * np.array([-1, -1, 1, 1])).T)
        is_near: NDArray[np.bool_] = shapely.intersects(area, wide)
        return is_near

    def price(boxes: Floats) -> Floats:
        named = [box for (kind, _), box in placed.items() if kind in ("zone", "apart", "number")]
        costs = np.full(len(boxes), np.inf)
        free = ~placement.are_over(boxes + _APART_MM * np.array([-1, 0, 1, 0]), named)
        costs[free] = _price_abroad(abroad, boxes[free], most=most_abroad)
        left = np.flatnonzero(np.isfinite(costs))
        costs[left] += _price_belonging(boxes[left], index, areas)
        return costs

    return Label(width, height, spots, price, max_cost=14, fits=fits)


def _price_abroad(land: NDArray[np.object_], boxes: Floats, *, most: float = _MOST_BESIDE) -> Floats:
    """Return the price of a name on boxes (n, 4) that stand on foreign land: infinite where more does than ``most``."""
    shares = homeland.share_abroad(land, boxes)
    return np.where(shares > most, np.inf, _ABROAD * shares)


def _price_belonging(boxes: Floats, own: int, areas: Sequence[Any]) -> Floats:
    """Return the price of a name on boxes (n, 4) near its zone: infinite where it reads as another's."""
    shapes = shapely.box(*boxes.T)
    inside = _share_inside(areas[own], boxes, shapes)
    around = boxes + np.where(inside == 0, 3.0, 0.0)[:, None] * np.array([-1, -1, 1, 1])
    wide = shapely.box(*around.T)
    times = shapely.area(wide) / shapely.area(shapes)
    others, most = np.zeros(len(boxes)), np.where(inside > 0.6, 0.25, 0.02)
    for index in _find_near(around, areas):
        if index != own:
            left = np.flatnonzero(others <= most)  # what is on others enough is not looked at again
            others[left] += _share_inside(areas[index], around[left], wide[left]) * times[left]
    costs = np.where(inside > 0, 13 * (1 - inside) + 12 * others, 4.0 + 40 * others)
    costs[others > most] = np.inf
    doubtful = np.flatnonzero(np.isfinite(costs) & (inside < _MOSTLY_OUTSIDE))
    costs[doubtful[are_nearer_to_another(shapes[doubtful], own, areas)]] = np.inf
    return costs


def _find_near(boxes: Floats, areas: Sequence[Any]) -> list[int]:
    """Return the indices of the areas that may meet any of some boxes (n, 4): their bounds do."""
    if not len(boxes):
        return []
    bounds = shapely.bounds(np.array(areas, dtype=object))
    low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
    return np.flatnonzero(((bounds[:, :2] <= high) & (bounds[:, 2:] >= low)).all(axis=1)).tolist()


def _share_inside(area: Any, boxes: Floats, shapes: NDArray[np.object_]) -> Floats:
    """Return how much of each box (n, 4), given as polygons too, lies in an area that is prepared, from 0 to 1."""
    shares = np.zeros(len(boxes))
    met = np.flatnonzero(shapely.intersects(area, shapes))
    whole = shapely.contains_properly(area, shapes[met])
    shares[met[whole]] = 1.0
    cut = met[~whole]
    kept = [shapely.clip_by_rect(area, *box) for box in boxes[cut].tolist()]
    shares[cut] = shapely.area(kept) / shapely.area(shapes[cut])
    return shares


def are_nearer_to_another(shapes: NDArray[np.object_], own: int, areas: Sequence[Any]) -> NDArray[np.bool_]:
    """Tell which names beside their area stand as near to another one, or nearer: they would read as that one's."""
    away = shapely.distance(areas[own], shapes) + _CLEARLY_MM
    others = np.array([area for index, area in enumerate(areas) if index != own], dtype=object)
    nearer: NDArray[np.bool_] = shapely.dwithin(others[:, None], shapes, away).any(axis=0)
    return nearer
