"""The words on a printed map: zones, distances, front, places, countries, seas, rivers and lakes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from shapely import affinity
from shapely.geometry import LineString, Point

from geo.briefing import legend
from geo.briefing.briefing import Briefing
from geo.measuring.figures import NEAREST
from geo.measuring.metrics import ZoneMetrics
from geo.reference.basemap import Place
from geo.renderers import style
from geo.renderers.figure import fonts, layers, placement
from geo.renderers.figure.fonts import Face
from geo.renderers.figure.placement import Box, Label, Scene, Spot
from geo.renderers.figure.sheet import Sheet
from geo.renderers.figure.view import View

_INK = style.PALETTE
_PILL_RIM = (1.3, 0.35)
_DOT_MM = 0.75
_ROUND_MM = (1.3, 2.4, 3.6, 4.8)  # so far from its dot may the name stand that has to be there
_HALO_MM = 0.32
_CLEARLY_MM = 1.5
_MOSTLY_OUTSIDE = 0.3
_CITY = 2  # the rank of places whose dots no other words should cover
_FOR_RANK_2, _FOR_RANK_3 = (
    12.0,
    25.0,
)  # millimetres of the page for 100 km, from which smaller rivers are named
_APART_MM = 2.0  # between the names of two zones, which would else read as one
_LEADERS_MM = (
    5.0,
    8.0,
    12.0,
    17.0,
    23.0,
)  # so far from its zone's middle may a name stand that a line leads from
MOST_NAMES = 12
"""More zones than this are numbered throughout: names for some and numbers for others would read as two kinds."""


@dataclass(frozen=True)
class MapLabel:
    """A label with its words: lines of text in a face, on a plate (``pill``) or with a halo, a dot beside it.

    ``variants`` are the same words broken into lines differently; the one that finds the best spot is drawn. Those with
    ``turns`` are one line, set in the middle of the box at so many degrees. ``name`` is the label's kind and index. The
    last lines, as many as ``figures``, are set in regular type. A line leads from the label to ``leads_to``.
    """

    name: tuple[str, int]
    variants: tuple[tuple[Label, tuple[str, ...]], ...]
    face: Face
    pill: bool = False
    halo: str = _INK.halo
    turns: tuple[float, ...] = ()
    dot: tuple[float, float] | None = None
    figures: int = 0
    leads_to: tuple[float, float] | None = None


@dataclass(frozen=True)
class Sizes:
    """The type sizes of a map in points."""

    zone: float = 8.0
    distance: float = 7.6
    front: float = 8.0
    side: float = 7.2
    places: tuple[float, ...] = (8.2, 7.2, 6.6, 6.2, 6.0)
    country: float = 7.5
    sea: float = 7.6
    water: float = 7.0


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
    scene = _build_scene(view, briefing, rows, areas, taken)
    placed: dict[tuple[str, int], Box] = {}
    if briefing.place and not codes:
        scene.taken.append(_dot(view, briefing.place))  # what the key sentence leads to is not covered
    are_numbered = listed and len(areas) > MOST_NAMES
    for group in (
        () if codes else _named_place(view, briefing, sizes),
        () if codes else _distances(view, rows, sizes, areas),
        () if are_numbered else _zone_names(areas, briefing, sizes, placed, codes),
        () if are_numbered or codes else _zone_leaders(areas, briefing, sizes, placed, scene.taken),
        _zone_numbers(areas, sizes, placed, listed),
        _named_place(view, briefing, sizes) if codes else (),  # on a small map codes come first
        _distances(view, rows, sizes, areas) if codes else (),
        _front_name(view, briefing, sizes),
        _crimea(view, briefing, sizes),
        ()
        if codes
        else _sector_names(view, briefing, sizes),  # small maps beside each other have no room for them
        _rivers(view, briefing, sizes, ranks=1),
        _places(view, briefing, sizes),
        _side_names(view, briefing, areas, sizes),
        _regions(view, briefing, sizes),
        _lakes(view, briefing, sizes, areas),
        _rivers(view, briefing, sizes, ranks=3),
    ):
        for label in group:
            found = placement.place_label([variant for variant, _ in label.variants], scene)
            if found:
                number, placed[label.name] = found
                _draw(sheet, label, number, placed[label.name])
    return placed


def _draw(sheet: Sheet, label: MapLabel, variant: int, box: Box) -> None:
    face, lines = label.face, label.variants[variant][1]
    if label.turns:
        _draw_turned(sheet, label, lines[0], label.turns[variant], box)
        return
    x, y = box.middle[0], box.top
    if label.pill:
        sheet.plate(box, facecolor=_INK.panel, edgecolor=_INK.nearest, linewidth=0.5)
        y += _PILL_RIM[1]
    if label.leads_to:
        _draw_leader(sheet, box, label.leads_to)
    for number, line in enumerate(lines):
        rim = None if label.pill else (_HALO_MM, label.halo)
        is_figure = number >= len(lines) - label.figures
        cut = replace(face, cut="sans") if is_figure else face
        sheet.text(x, y + 0.8 * face.height_mm, line, cut, align="center", rim=rim)
        y += face.line_mm
    if label.dot:
        width = 0.9 if face.cut == "sans-bold" else 0.5
        look = {"markersize": 2.6, "markeredgewidth": width, "markerfacecolor": _INK.panel}
        sheet.line([label.dot], linestyle="none", marker="o", markeredgecolor=_INK.place_text, **look)


def _draw_leader(sheet: Sheet, box: Box, to: tuple[float, float]) -> None:
    """Draw the line from a label that stands apart to a point of its zone, with a dot at its end."""
    line = _leader(box, to)
    sheet.line(np.array(line.coords), color=_INK.zone_text, linewidth=0.6)
    look = {"markersize": 2.2, "markeredgewidth": 0.4, "markeredgecolor": _INK.halo}
    sheet.line([to], linestyle="none", marker="o", markerfacecolor=_INK.zone_text, **look)


def _leader(box: Box, to: tuple[float, float]) -> LineString:
    """Return the line from the edge of a box to a point."""
    x = min(max(to[0], box.left), box.right)
    y = min(max(to[1], box.top), box.bottom)
    return LineString([(x, y), to])


def _draw_turned(sheet: Sheet, label: MapLabel, words: str, turn: float, box: Box) -> None:
    along = np.array([np.cos(np.radians(turn)), np.sin(np.radians(turn))])
    down = np.array([-along[1], along[0]])
    width, height = _size((words,), label.face)
    x, y = np.array(box.middle) - along * width / 2 + down * 0.3 * height
    sheet.text(float(x), float(y), words, label.face, rim=(_HALO_MM, label.halo), turn=turn)


def _build_scene(
    view: View, briefing: Briefing, rows: Sequence[ZoneMetrics], areas: Sequence[Any], taken: list[Box]
) -> Scene:
    front = _samples(view.to_page(briefing.front.line), 1.0)
    ways = [_samples(LineString(way), 1.5) for way in layers.nearest_ways(view, rows)]
    outlines = [_samples(shapely.boundary(area), 1.0) for area in areas]
    cities = [(place.lon, place.lat) for place in briefing.basemap.places if place.rank <= _CITY]
    return Scene(
        view.frame.grow(-0.8),
        [*taken],
        [
            (front, 1.2),
            (np.concatenate([*ways, np.empty((0, 2))]), 0.35),
            (np.concatenate([*outlines, np.empty((0, 2))]), 0.06),
            (view.points_to_page(cities) if cities else np.empty((0, 2)), 6.0),
        ],
    )


def _samples(line: Any, step_mm: float) -> Any:
    return (
        shapely.get_coordinates(shapely.segmentize(line, step_mm)) if not line.is_empty else np.empty((0, 2))
    )


def _size(lines: tuple[str, ...], face: Face) -> tuple[float, float]:
    width = max(fonts.measure_mm(line, face) for line in lines)
    return width, face.height_mm + (len(lines) - 1) * face.line_mm


def _distances(
    view: View, measured: Sequence[ZoneMetrics], sizes: Sizes, areas: Sequence[Any]
) -> Iterator[MapLabel]:
    """Yield the distance of each row, on its shortest way and on no zone; nearer to the middle is better."""

    def cost(box: Box) -> float:
        return float("inf") if any(shapely.intersects(area, box.shape()) for area in areas) else 0.0

    face = Face("sans-semibold", sizes.distance, _INK.nearest)
    rows = [row for row in measured if row.nearest_km > 0]
    for index, (row, way) in enumerate(zip(rows, layers.nearest_ways(view, rows), strict=True)):
        line = LineString(way)
        words = (NEAREST.write(row),)
        width, height = _size(words, face)
        width, height = width + 2 * _PILL_RIM[0], height + 2 * _PILL_RIM[1]
        spots = [
            Spot(at.x, at.y, 6 * abs(part - 0.45))
            for part in np.linspace(0.06, 0.94, 45).tolist()
            for at in [line.interpolate(part, normalized=True)]
        ]
        label = Label(width, height, spots, cost, max_cost=30)
        yield MapLabel(("distance", index), ((label, words),), face, pill=True)


def _zone_names(
    areas: Sequence[Any],
    briefing: Briefing,
    sizes: Sizes,
    placed: Mapping[tuple[str, int], Box],
    codes: Sequence[str],
) -> Iterator[MapLabel]:
    """Yield each zone's name or code, in it where it fits, else beside it: the nearest to the front, then by size."""
    face = Face("sans-bold", sizes.zone, _INK.zone_text, 1.12)
    nearest = min(range(len(areas)), key=lambda each: briefing.metrics.zones[each].nearest_km)
    sign = 1 if codes else -1  # a code fits a large zone anyhow, a name mostly only there
    for index in sorted(range(len(areas)), key=lambda each: (each != nearest, sign * areas[each].area)):
        if areas[index].is_empty:
            continue
        if codes:
            forms = list(_broken(codes[index], face))
        else:
            figure = NEAREST.write(briefing.metrics.zones[index])
            forms = [(*lines, figure) for lines in _broken(briefing.scenario.zones[index].name, face)]
        variants = [(_zone_label(index, lines, face, areas, placed), lines) for lines in forms]
        yield MapLabel(("zone", index), tuple(variants), face, figures=0 if codes else 1)


def _broken(name: str, face: Face) -> Iterator[tuple[str, ...]]:
    """Yield the ways to break a zone's name into lines, each once; a double name also after its hyphen."""
    seen: set[tuple[str, ...]] = set()
    for text in (name, name.replace("-", "- ")):
        longest = max((fonts.measure_mm(word, face) for word in fonts.clean(text).split()), default=0)
        for width in (14.0, 21.0, 28.0, 36.0):
            fitting = max(width, min(longest + 0.1, 36.0))
            lines = tuple(fonts.wrap(text, face, fitting, max_lines=4))
            if lines and lines not in seen and not any("- " in line for line in lines):
                seen.add(lines)
                yield lines


def _zone_leaders(
    areas: Sequence[Any],
    briefing: Briefing,
    sizes: Sizes,
    placed: Mapping[tuple[str, int], Box],
    taken: Sequence[Box],
) -> Iterator[MapLabel]:
    """Yield the names that found no place in their zone or beside it, to stand apart with a line that leads there."""
    face = Face("sans-bold", sizes.zone, _INK.zone_text, 1.12)
    leaders: list[LineString] = []
    for index, area in enumerate(areas):
        if ("zone", index) in placed or area.is_empty:
            continue
        to = shapely.maximum_inscribed_circle(area, tolerance=0.5).coords[0]
        others = [each for number, each in enumerate(areas) if number != index]

        def cost(
            box: Box,
            to: tuple[float, float] = to,
            area: Any = area,
            others: Sequence[Any] = others,
        ) -> float:
            line, wide = _leader(box, to), box.grow(_APART_MM).shape()
            if any(wide.intersects(each) for each in (area, *others)):
                return float("inf")
            if any(line.intersects(each.shape()) for each in taken) or any(map(line.intersects, leaders)):
                return float("inf")
            return float(0.6 * sum(line.intersection(each).length for each in others))

        figure = NEAREST.write(briefing.metrics.zones[index])
        forms = [(*lines, figure) for lines in _broken(briefing.scenario.zones[index].name, face)]
        variants = []
        for lines in forms:
            width, height = _size(lines, face)
            spots = [
                replace(spot, cost=away / 4)
                for away in _LEADERS_MM
                for spot in placement.spots_around(*to, width, height, away=away)
            ]
            variants.append((Label(width, height, spots, cost, max_cost=30), lines))
        yield MapLabel(("zone", index), tuple(variants), face, figures=1, leads_to=to)
        if ("zone", index) in placed:
            leaders.append(_leader(placed[("zone", index)], to))


def _zone_numbers(
    areas: Sequence[Any],
    sizes: Sizes,
    placed: Mapping[tuple[str, int], Box],
    listed: Collection[int],
) -> Iterator[MapLabel]:
    """Yield the number of each of the zones ``listed`` whose name found no place."""
    face = Face("sans-bold", sizes.zone, _INK.zone_text)
    for index, area in enumerate(areas):
        if index in listed and ("zone", index) not in placed and not area.is_empty:
            lines = (str(index + 1),)
            label = _zone_label(index, lines, face, areas, placed)
            yield MapLabel(("number", index), ((label, lines),), face)


def _zone_label(
    index: int,
    lines: tuple[str, ...],
    face: Face,
    areas: Sequence[Any],
    placed: Mapping[tuple[str, int], Box],
) -> Label:
    width, height = _size(lines, face)
    area = areas[index]
    left, top, right, bottom = area.bounds
    around = Box(left, top, right, bottom).grow(max(width, height) / 2 + 3)
    inside = shapely.maximum_inscribed_circle(area, tolerance=0.5).coords[0]
    step = min(1.5, width / 5)
    spots = placement.spots_on_grid(around, step=step, toward=inside, price=0.04)

    def cost(box: Box) -> float:
        wide = replace(box, left=box.left - _APART_MM, right=box.right + _APART_MM)
        if any(kind in ("zone", "number") and wide.is_over(other) for (kind, _), other in placed.items()):
            return float("inf")
        return _belonging_cost(box, index, areas)

    return Label(width, height, spots, cost, max_cost=14)


def _belonging_cost(box: Box, own: int, areas: Sequence[Any]) -> float:
    """Return the price of a name at a box: none in its own zone, more beside it, never where it reads as another's."""
    shape, wide = box.shape(), box.grow(3).shape()
    if not shapely.intersects(areas[own], box.grow(2.2).shape()):
        return float("inf")
    inside = areas[own].intersection(shape).area / shape.area
    others: float = sum(
        area.intersection(wide if inside == 0 else shape).area / shape.area
        for index, area in enumerate(areas)
        if index != own and wide.intersects(area)
    )
    if others > (0.25 if inside > 0.6 else 0.02):
        return float("inf")
    if inside < _MOSTLY_OUTSIDE and _is_nearer_to_another(shape, own, areas):
        return float("inf")
    return float(13 * (1 - inside) + 12 * others if inside > 0 else 4.0 + 40 * others)


def _is_nearer_to_another(shape: Any, own: int, areas: Sequence[Any]) -> bool:
    """Tell whether a name beside its area stands as near to another one, or nearer: it would read as that one's."""
    away = shapely.distance(areas[own], shape) + _CLEARLY_MM
    return any(index != own and shapely.dwithin(area, shape, away) for index, area in enumerate(areas))


def _front_name(view: View, briefing: Briefing, sizes: Sizes) -> Iterator[MapLabel]:
    """Yield what the front is and its day, beside its line."""
    front = briefing.front
    face = Face("sans-bold", sizes.front, _INK.front, 1.12)
    kind, day = legend.label_line(front)
    lines = (f"{kind},", day)
    width, height = _size(lines, face)
    line = view.to_page(front.line)
    if line.is_empty:
        return
    spots = [
        Spot(x + dx * (width / 2 + 3), y + dy * (height / 2 + 2.5), 0.02 * number)
        for number, (x, y) in enumerate(_samples(line, 6.0).tolist())
        for dx, dy in ((1, 0), (1, 1), (0, 1), (1, -1), (0, -1), (-1, 0))
    ]
    yield MapLabel(("front", 0), ((Label(width, height, spots, max_cost=40), lines),), face)


def _sector_names(view: View, briefing: Briefing, sizes: Sizes) -> Iterator[MapLabel]:
    """Yield the sector that decides the shortest distance, and disputed ones that lower a distance, beside the line."""
    face = Face("serif-italic", sizes.side, _INK.front, 1.1)
    for index, name in enumerate(legend.letter_sectors(briefing.front, briefing.metrics)):
        x, y = view.point_to_page(name.at)
        if view.frame.shape().contains(Point(x, y)):
            lines = tuple(fonts.wrap(name.text, face, 34, max_lines=3))
            width, height = _size(lines, face)
            spots = [
                replace(spot, cost=spot.cost + away / 4)
                for away in (2.0, 4.0, 7.0)
                for spot in placement.spots_around(x, y, width, height, away=away)
            ]
            yield MapLabel(("sector", index), ((Label(width, height, spots, max_cost=20), lines),), face)


def _crimea(view: View, briefing: Briefing, sizes: Sizes) -> Iterator[MapLabel]:
    """Yield the name of Crimea and since when it is occupied, where it lies beyond the front."""
    if briefing.crimea is None or not view.frame.shape().contains(Point(view.point_to_page(briefing.crimea))):
        return
    face = Face("serif-italic", sizes.side, _INK.ink_soft, 1.12)
    beyond = view.to_page(briefing.far_ground)
    for label in _region(("crimea", 0), legend.CRIMEA, face, view, briefing.crimea, beyond):
        yield replace(label, halo=_INK.beyond)


def _side_names(view: View, briefing: Briefing, areas: Sequence[Any], sizes: Sizes) -> Iterator[MapLabel]:
    """Yield who holds which side, along the front where it runs straight for long enough, clear of it and of zones."""
    face = Face("serif-italic", sizes.side, _INK.ink_soft)
    lines = [
        LineString(points)
        for part in briefing.front.line.geoms
        for points in [view.points_to_page(np.array(part.coords)[:, :2])]
        if LineString(points).intersects(view.frame.shape())
    ]
    rows = [
        shapely.get_coordinates(shapely.line_interpolate_point(line, np.arange(0, line.length)))
        for line in lines
    ]
    front = shapely.MultiPoint(np.concatenate([*rows, np.empty((0, 2))]))
    for index, name in enumerate(legend.letter_sides(briefing.front)):
        width, height = _size((name.text,), face)
        turned = [
            (spot, turn)
            for row in rows
            for spot, turn in _spots_beside(row, width, height, name.side)
            for text in [_turned_box(spot, width + 1, height + 0.6, turn)]
            if view.frame.shape().contains(text)
            and not text.intersects(front)
            and not any(text.intersects(area) for area in areas)
        ]
        variants = []
        for spot, turn in turned:
            left, top, right, bottom = _turned_box(spot, width, height, turn).bounds
            variants.append((Label(right - left, bottom - top, [spot], max_cost=60), (name.text,)))
        halo = _INK.beyond if name.is_far else _INK.halo
        turns = tuple(turn for _, turn in turned)
        if variants:
            yield MapLabel(("side", index), tuple(variants), face, halo=halo, turns=turns)


def _spots_beside(points: Any, width: float, height: float, side: int) -> Iterator[tuple[Spot, float]]:
    """Yield spots and turns beside a line of a point a millimetre: right of its direction (``side`` 1) or left."""
    for start in range(0, len(points), 2):
        apart = np.hypot(*(points[start:] - points[start]).T)
        span = int(np.argmax(apart > width + 3))
        if not span:
            continue  # the line ends before
        stretch = points[start : start + span + 1]
        along = (stretch[-1] - stretch[0]) / apart[span]
        right = np.array([-along[1], along[0]])  # y runs down the page
        offsets = (stretch - stretch[0]) @ right
        gap = (offsets.max() if side > 0 else -offsets.min()) + height / 2 + 1.6
        x, y = (stretch[0] + stretch[-1]) / 2 + right * gap * side
        turn = float(np.degrees(np.arctan2(along[1], along[0])))
        turn = turn - 180 if turn > 90 else turn + 180 if turn < -90 else turn
        cost = float(offsets.max() - offsets.min()) + abs(turn) / 20
        yield Spot(float(x), float(y), cost + 3 * abs((start + span / 2) / len(points) - 0.5)), turn


def _turned_box(spot: Spot, width: float, height: float, turn: float) -> Any:
    box = shapely.box(spot.x - width / 2, spot.y - height / 2, spot.x + width / 2, spot.y + height / 2)
    return affinity.rotate(box, turn, origin=(spot.x, spot.y))


def _places(view: View, briefing: Briefing, sizes: Sizes) -> Iterator[MapLabel]:
    """Yield the places in view, by rank, each with its dot; how many ranks depends on the scale."""
    ranks = 3 if view.mm_per_m * 1e5 < 16 else 4 if view.mm_per_m * 1e5 < 30 else 5
    for index, place in enumerate(briefing.basemap.places):
        if place.rank <= ranks and place != briefing.place:
            yield _place(view, index, place, sizes)


def _named_place(view: View, briefing: Briefing, sizes: Sizes) -> Iterator[MapLabel]:
    """Yield the place that the key sentence names, wherever there is room for its name."""
    for index, place in enumerate(briefing.basemap.places):
        if place == briefing.place:
            label = _place(view, index, place, sizes)
            spots = [
                spot for away in _ROUND_MM for spot in _spots_of(view, place, label.variants[0][0], away)
            ]
            near = replace(label.variants[0][0], spots=spots, max_cost=1000.0, anchor=None)
            yield replace(label, variants=((near, label.variants[0][1]),))


def _dot(view: View, place: Place) -> Box:
    x, y = view.point_to_page((place.lon, place.lat))
    return Box(x - _DOT_MM, y - _DOT_MM, x + _DOT_MM, y + _DOT_MM)


def _spots_of(view: View, place: Place, label: Label, away: float) -> list[Spot]:
    """Return the spots around a place that its name takes so far from the dot; the farther, the dearer."""
    x, y = view.point_to_page((place.lon, place.lat))
    spots = placement.spots_around(x, y, label.width, label.height, away=away)
    return [replace(spot, cost=spot.cost + 3 * (away - _ROUND_MM[0])) for spot in spots]


def _place(view: View, index: int, place: Place, sizes: Sizes) -> MapLabel:
    """Return the name of a place with its dot."""
    x, y = view.point_to_page((place.lon, place.lat))
    size = sizes.places[min(place.rank, len(sizes.places)) - 1]
    cut = "sans-bold" if place.capital else "sans-semibold" if place.rank <= 2 else "sans"
    face = Face(cut, size, _INK.place_text)
    width, height = _size((fonts.clean(place.name),), face)
    spots = placement.spots_around(x, y, width, height, away=1.3)
    limit = 7.0 if place.rank == 1 else 4.0 if place.rank == 2 else 2.2
    label = Label(width, height, spots, max_cost=limit, anchor=_dot(view, place))
    return MapLabel(("place", index), ((label, (place.name,)),), face, dot=(x, y))


def _regions(view: View, briefing: Briefing, sizes: Sizes) -> Iterator[MapLabel]:
    """Yield countries and seas, spaced out, where there is room."""
    country = Face("sans", sizes.country, _INK.land_text)
    sea = Face("serif-italic", sizes.sea, _INK.sea_text)
    for index, feature in enumerate(briefing.basemap.countries["features"]):
        about = feature["properties"]
        words: tuple[str, ...] = (_spaced(about["name"]),)
        land = view.to_page(shapely.geometry.shape(feature["geometry"]))
        yield from _region(("country", index), words, country, view, about.get("label"), land)
    for index, feature in enumerate(briefing.basemap.seas["features"]):
        words = tuple(fonts.wrap(feature["properties"]["name"], sea, 16))
        yield from _region(("sea", index), words, sea, view, feature["geometry"]["coordinates"], None)


def _region(
    name: tuple[str, int], words: tuple[str, ...], face: Face, view: View, at: Any, land: Any
) -> Iterator[MapLabel]:
    """Yield a label near its given point, or, where that is out of the frame, anywhere on what is seen of the land."""
    if at is None or not any(words):
        return
    width, height = _size(words, face)
    x, y = view.point_to_page((at[0], at[1]))
    around = Box(x - 14, y - 10, x + 14, y + 10)
    if land is not None and not land.is_empty and not view.frame.shape().contains(Point(x, y)):
        seen = shapely.intersection(land, view.frame.shape())
        if seen.is_empty:
            return
        x, y = shapely.maximum_inscribed_circle(seen, tolerance=1).coords[0]
        around = Box(*seen.bounds)

    def cost(box: Box) -> float:
        if land is None:
            return 0.0
        return float(30 * (1 - land.intersection(box.shape()).area / (box.width * box.height)))

    spots = placement.spots_on_grid(around, step=2.5, toward=(x, y), price=0.06)
    yield MapLabel(name, ((Label(width, height, spots, cost, max_cost=3.0), words),), face)


def _rivers(view: View, briefing: Briefing, sizes: Sizes, *, ranks: int) -> Iterator[MapLabel]:
    """Yield the rivers in view of so many ranks, each once, beside its line; the fewer ranks the smaller the scale."""
    face = Face("serif-italic", sizes.water, _INK.river_text)
    shown = 1 if view.mm_per_m * 1e5 < _FOR_RANK_2 else 2 if view.mm_per_m * 1e5 < _FOR_RANK_3 else 3
    for index, feature in enumerate(briefing.basemap.rivers["features"]):
        about = feature["properties"]
        if not about.get("name") or min(about["rank"], 3) > shown or (about["rank"] == 1) != (ranks == 1):
            continue
        width, height = _size((fonts.clean(about["name"]),), face)
        at = _samples(view.to_page(shapely.geometry.shape(feature["geometry"])), 1.0)
        if len(at) * 1.0 < 1.5 * width:
            continue
        spots = [
            Spot(x + dx * (width / 2 + 1.4), y + dy * (height / 2 + 1.2), cost)
            for x, y in at[::3].tolist()
            for dx, dy, cost in ((1, 0, 0.0), (-1, 0, 0.2), (0, -1, 0.4), (0, 1, 0.4))
        ]

        def cost(box: Box, at: Any = at) -> float:
            inside = (
                (at[:, 0] > box.left)
                & (at[:, 0] < box.right)
                & (at[:, 1] > box.top)
                & (at[:, 1] < box.bottom)
            )
            return float(inside.sum())

        label = Label(width, height, spots, cost, max_cost=3.0)
        yield MapLabel(("river", index), ((label, (about["name"],)),), face)


def _lakes(view: View, briefing: Briefing, sizes: Sizes, areas: Sequence[Any]) -> Iterator[MapLabel]:
    """Yield the lakes in view that are about as wide as their name, in them or beside them, on no zone."""
    face = Face("serif-italic", sizes.water, _INK.river_text)
    features = briefing.basemap.lakes["features"]
    shapes = [view.to_page(shapely.geometry.shape(feature["geometry"])) for feature in features]
    for index, (feature, lake) in enumerate(zip(features, shapes, strict=True)):
        name = legend.name_lake(feature["properties"])
        if not name or lake.is_empty:
            continue
        lines = tuple(fonts.wrap(name, face, 22, max_lines=3))
        width, height = _size(lines, face)
        left, top, right, bottom = lake.bounds
        if right - left < 0.6 * width:
            continue
        around = Box(left, top, right, bottom).grow(width / 2 + 2)
        middle = shapely.maximum_inscribed_circle(lake, tolerance=1).coords[0]

        def cost(box: Box, index: int = index, lake: Any = lake) -> float:
            if (
                _is_nearer_to_another(box.shape(), index, shapes)
                or shapely.intersects(areas, box.shape()).any()
            ):
                return float("inf")
            apart: float = shapely.distance(lake, box.shape())
            shore: float = shapely.boundary(lake).intersection(box.shape()).length
            return 1.5 * apart + 0.15 * shore

        spots = placement.spots_on_grid(around, step=1.5, toward=middle, price=0.05)
        yield MapLabel(("lake", index), ((Label(width, height, spots, cost, max_cost=8.0), lines),), face)


def _spaced(name: str) -> str:
    return "\N{HAIR SPACE}".join(fonts.clean(name).upper()).replace("\N{HAIR SPACE} \N{HAIR SPACE}", "  ")
