"""The halo of a text on a map: the area around its letters, so that the text over it can stay text."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D
from shapely import affinity

from geo.renderers.figure.fonts import MM_PER_POINT, Face

_FINENESS = 8  # outlines are cut into straight pieces at this many times their size
_DETAIL_MM = 0.03
_ROUND = 3  # pieces to a quarter of a circle


def derive_halo(text: str, face: Face, left: float, baseline: float, width_mm: float) -> Any:
    """Return the area within a distance of the letters of a line set at a place of the page, in millimetres, y down."""
    outlines = TextPath((0, 0), text, prop=face.properties(), usetex=False)
    rings = map(np.asarray, outlines.to_polygons(Affine2D().scale(_FINENESS), closed_only=False))
    lines = shapely.MultiLineString([ring for ring in rings if len(ring) > 1])
    scale = MM_PER_POINT / _FINENESS
    placed = affinity.affine_transform(lines, (scale, 0, 0, -scale, left, baseline))
    return shapely.simplify(shapely.buffer(placed, width_mm, quad_segs=_ROUND), _DETAIL_MM)
