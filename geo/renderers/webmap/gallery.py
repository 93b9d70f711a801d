"""The front page of a folder of maps: a card for each, with a small map drawn from the same data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon, box

from geo import geodesy, numerals
from geo.briefing import notes, sections
from geo.briefing.briefing import Briefing
from geo.briefing.extent import view_extent
from geo.geodesy import LonLat
from geo.geodesy.planes import Extent
from geo.measuring.figures import NEAREST
from geo.renderers import names
from geo.renderers.webmap import panel
from geo.renderers.webmap.assets import PageKind
from geo.renderers.webmap.page import encode_page, render_page

WIDTH, HEIGHT = 320, 200
"""Size of a small map in CSS pixels."""

_MARGIN = 14
_NAME_PX = 56  # about the width of a name
_NAMED = ("UA", "PL", "RO", "BY")  # enough to find one's way

_KIND = PageKind("gallery.html", "", ("page", "map", "zones", "panel", "gallery", "marking"))


def render_gallery(briefings: Sequence[Briefing], *, has_comparison: bool = False) -> bytes:
    """Return an HTML page that leads to the page of each scenario, and to the one that compares them if it is there.

    It has no script at all, and the same bytes for the same input.
    """
    frame = _SmallMap(view_extent(briefings))  # the same for all, so that they can be compared
    words = {
        **panel.describe_sides(briefings),
        "kicker": briefings[0].imprint.head(sections.KICKER_SEVERAL),
        "width": WIDTH,
        "height": HEIGHT,
        "cards": [_card(briefing, frame) for briefing in briefings],
        "comparison": names.name_page("compare", *((each.scenario, each.front) for each in briefings))
        if has_comparison
        else None,
        "credits": list(dict.fromkeys(credit for briefing in briefings for credit in briefing.credits)),
        "border_note": briefings[0].basemap.border_note,
    }
    return encode_page(render_page(_KIND, words, marking=briefings[0].marking))


def _card(briefing: Briefing, frame: _SmallMap) -> dict[str, Any]:
    front, total = briefing.front, briefing.metrics.total
    return {
        "link": names.name_page(names.name_map(briefing.scenario), (briefing.scenario, front)),
        "title": briefing.scenario.title,
        "headline": briefing.headline,
        "alt": briefing.alt_short,
        "as_of": numerals.format_date(front.as_of),
        "front_label": notes.label_front(front),
        "shapes": list(_shapes(briefing, frame)),
        "names": list(_names(briefing, frame)),
        "nearest": NEAREST.write(total),
    }


def _shapes(briefing: Briefing, frame: _SmallMap) -> Iterator[tuple[str, str]]:
    """Yield class and SVG path of everything that shows on a small map, from the bottom up."""
    for name, geometry in _geometries(briefing):
        if path := frame.path(geometry):
            yield name, path


def _names(briefing: Briefing, frame: _SmallMap) -> Iterator[tuple[str, float, float]]:
    """Yield the name of each town of the first rank with the place of its dot, none so near another that they touch."""
    taken: list[tuple[float, float]] = []
    places = [place for place in briefing.basemap.places if place.rank == 1 and place.country in _NAMED]
    for place in sorted(places, key=lambda each: each.country != "UA"):
        x, y = frame.place((place.lon, place.lat))
        is_free = all(abs(x - other) > _NAME_PX or abs(y - above) > 14 for other, above in taken)
        if is_free and 8 < x < WIDTH - _NAME_PX and 12 < y < HEIGHT - 6:
            taken.append((x, y))
            yield place.name, round(x, 1), round(y, 1)


def _geometries(briefing: Briefing) -> Iterator[tuple[str, shapely.Geometry]]:
    basemap = briefing.basemap
    for feature, land in zip(basemap.countries["features"], basemap.shapes["countries"], strict=True):
        is_ukraine = feature["properties"]["iso_a2"] == "UA"
        yield "land land-ukraine" if is_ukraine else "land", land
    yield "beyond", briefing.far_ground
    for feature, lake in zip(basemap.lakes["features"], basemap.shapes["lakes"], strict=True):
        yield "lake lake-drained" if "drained" in feature["properties"] else "lake", lake
    for feature, line in zip(basemap.lines["features"], basemap.shapes["lines"], strict=True):
        if feature["properties"]["kind"] == "border":
            yield "line-border", line
    for zone in briefing.scenario.zones:
        yield "zone zone-candidate" if zone.candidate else "zone", zone.geometry
    for part in briefing.zones_beyond:
        yield "zone-cover", part
        yield "zone zone-beyond", part
    yield "front", briefing.front.line
    total = briefing.metrics.total
    yield "nearest", LineString(geodesy.derive_geodesic(total.nearest_from, total.nearest_to))


class _SmallMap:
    """Where positions (lon, lat degrees) of an extent lie on a small map, in pixels."""

    def __init__(self, extent: Extent) -> None:
        west, south, east, north = extent
        # Equirectangular, true along the middle latitude: a thumbnail measures nothing.
        self._shrink = float(np.cos(np.radians((south + north) / 2)))
        across, up = max((east - west) * self._shrink, 0.5), max(north - south, 0.5)
        self._scale = min((WIDTH - 2 * _MARGIN) / across, (HEIGHT - 2 * _MARGIN) / up)
        self._lon, self._lat = (west + east) / 2, (south + north) / 2

    def path(self, geometry: shapely.Geometry) -> str:
        """Return a geometry as the commands of an SVG path, simplified to what can be seen."""
        drawn = shapely.transform(geometry, self._to_pixels)
        seen = shapely.intersection(shapely.make_valid(drawn), box(-40, -40, WIDTH + 40, HEIGHT + 40))
        return "".join(_commands(part) for part in shapely.get_parts(seen.simplify(0.4)))

    def place(self, lonlat: LonLat) -> tuple[float, float]:
        """Return where a position lies, x and y."""
        ((x, y),) = self._to_pixels(np.array([lonlat]))
        return float(x), float(y)

    def _to_pixels(self, lonlats: Any) -> Any:
        x = WIDTH / 2 + (lonlats[:, 0] - self._lon) * self._shrink * self._scale
        return np.column_stack([x, HEIGHT / 2 - (lonlats[:, 1] - self._lat) * self._scale])


def _commands(part: shapely.Geometry) -> str:
    if isinstance(part, Polygon):
        return "".join(f"{_line(ring)}Z" for ring in (part.exterior, *part.interiors) if not ring.is_empty)
    return "" if part.is_empty else _line(part)


def _line(line: shapely.Geometry) -> str:
    return f"M{'L'.join(f'{x:.1f} {y:.1f}' for x, y in shapely.get_coordinates(line))}"
