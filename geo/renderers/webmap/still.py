"""The opening view of a page as SVG: what is seen before the scripts run, and without them."""

from __future__ import annotations

import math
from xml.sax.saxutils import escape

from geo.geodesy.planes import WEB_RADIUS_M
from geo.renderers.figure import inline, still
from geo.renderers.figure.still import PX_MM, WIDER, Layer, Still, Subject

MOST_BYTES = 60_000
_COARSENESS = (1.0, 1.5, 2.2, 3.2, 5.0)
_UNIT_PX, _GROUND_UNIT_PX = 0.5, 1.0
_TILE_PX = 256.0
"""How wide the whole world is at zoom 0."""


def render_still(subject: Subject, alt: str = "") -> str:
    """Return an opening view as SVG of at most `MOST_BYTES`, its ground as fine as there is room for.

    It is called ``alt``, without one by what the briefing calls its map.

    ``data-world`` says how it lies in the world at zoom 0: how many pixels of that one of the picture takes, and
    where its corner is.
    """
    view = still.build_still(subject)
    above = _write_above(view)
    picture = ""
    for coarseness in _COARSENESS:
        ground = inline.write_marks(
            still.build_ground(subject, view, coarseness=coarseness), _GROUND_UNIT_PX * PX_MM
        )
        picture = _write_picture(alt or subject.briefing.alt_short, view, ground + above)
        if len(picture.encode(errors="replace")) <= MOST_BYTES:
            break
    return picture


def _write_picture(alt: str, view: Still, content: str) -> str:
    frame = view.view.frame
    label = escape(alt, {'"': "&quot;"})
    about = f'viewBox="0 0 {frame.width / PX_MM:.1f} {frame.height / PX_MM:.1f}" data-world="{_place_in_world(view)}"'
    name = " ".join(["still", *(f"has-numbers-{size}" for size in view.numbered)])
    said = f'role="img" aria-label="{label}" aria-describedby="map-description"'
    return f'<svg class="{name}" {about} {said}>{content}</svg>'


def _place_in_world(view: Still) -> str:
    """Return how many pixels of the world at zoom 0 one of the picture takes, and where its upper left corner lies."""
    lon, lat = view.view.point_of(0, 0)
    per_m = _TILE_PX / (2 * math.pi * WEB_RADIUS_M)
    scale = PX_MM / view.view.mm_per_m * per_m
    x = _TILE_PX * (lon + 180) / 360
    y = _TILE_PX / 2 - per_m * WEB_RADIUS_M * math.asinh(math.tan(math.radians(lat)))
    return f"{scale:.9f} {x:.6f} {y:.6f}"


def _write_above(view: Still) -> str:
    """Return what lies on the ground, from the zones up to the names for each size."""
    width = view.view.frame.width
    shapes = "".join(_write_shapes(layer) for layer in view.shapes)
    front = _scale(inline.write_marks(view.front.drawing, _UNIT_PX * PX_MM), "front", _UNIT_PX)
    names = "".join(
        _scale(
            inline.write_marks(layer.drawing, _UNIT_PX * PX_MM, type_scale=1 / WIDER),
            layer.name,
            _UNIT_PX * width / layer.frame.width,
        )
        for layer in view.names
    )
    return shapes + front + names


def _write_shapes(layer: Layer) -> str:
    """Return shapes in whole pixels: their pattern would be scaled with them."""
    return inline.write_shapes(layer.drawing, PX_MM).replace("<path", f'<path class="{layer.name}"', 1)


def _scale(content: str, name: str, scale: float) -> str:
    return f'<g class="still-{name}" transform="scale({scale:.4g})">{content}</g>'
