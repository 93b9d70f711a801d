"""The one place where areas are made valid, as moving and cutting make them cross themselves; what stays is blamed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry, BaseMultipartGeometry

from geo.errors import DataError
from geo.geodesy.ellipsoid import Floats

Shape = TypeVar("Shape", bound=BaseGeometry)


def move(shape: Shape, turn: Callable[[Floats], Floats]) -> Shape:
    """Return a geometry with its positions (n, 2) turned into others, as it comes."""
    moved: Shape = shapely.transform(shape, turn)
    return moved


def segmentize(shape: Shape, longest: float) -> Shape:
    """Return a geometry with positions put into its edges until none is longer; an area stays as valid as it is.

    GEOS itself mends areas after that in a way that may lose them: a ring that then crossed itself within a rounding
    came out empty, and one with thousands of crossings took minutes. It also crashes where a part is empty, and gives
    up where the positions of a line are all the same.
    """
    fine: Any
    if shape.length == 0:
        return shape
    if shape.geom_type == "Polygon":
        rings = shapely.get_rings(shape)
        has_length = shapely.length(rings) > 0
        rings[has_length] = shapely.segmentize(rings[has_length], longest)
        fine = shapely.polygons(rings[0], rings[1:]) if len(rings) else shape
    elif isinstance(shape, BaseMultipartGeometry):
        fine = type(shape)([segmentize(part, longest) for part in shape.geoms if not part.is_empty])
    else:
        fine = shapely.segmentize(shape, longest)
    whole: Shape = fine
    return whole


def transform(shape: Shape, turn: Callable[[Floats], Floats]) -> Shape:
    """Return a geometry with its positions (n, 2) turned into others; areas come out valid.

    A ring that touches itself within a rounding here may cross itself there.
    """
    moved: Any = move(shape, turn)
    is_crossed = moved.geom_type.endswith("Polygon") and not moved.is_valid
    valid: Shape = repair_area(moved) if is_crossed else moved
    return valid


def repair_area(area: Any) -> MultiPolygon:
    """Return an area as valid polygons covering what was drawn, also where rings cross; left-over lines are dropped."""
    with np.errstate(all="ignore"):  # GEOS divides by nothing on a ring without extent
        if not area.is_valid:
            area = shapely.make_valid(area, method="structure", keep_collapsed=False)
    flat = [part for piece in shapely.get_parts(area) for part in shapely.get_parts(piece)]
    return MultiPolygon([part for part in flat if isinstance(part, Polygon) and not part.is_empty])


def unite(areas: Sequence[Any]) -> Any:
    """Return valid areas as one; those that lie apart, as they do in most files, need not be worked on."""
    whole = MultiPolygon([*shapely.get_parts(areas)])
    return whole if len(areas) == 1 or whole.is_valid else shapely.union_all(whole.geoms)


@contextmanager
def blame(file: object, what: str) -> Iterator[None]:
    """Turn what GEOS gives up on into an error that names a file and what of it is computed with.

    Raises
    ------
    DataError
        GEOS gave up.
    """
    try:
        yield
    except shapely.errors.GEOSException as error:
        found = f"{what} cannot be computed with ({str(error).partition(':')[0]})"
        remedy = "Run 'Fix geometries' in QGIS (Processing toolbox, Vector geometry)."
        raise DataError.of(file, found, remedy) from error
