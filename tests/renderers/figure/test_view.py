"""Where places lie on a printed map."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
import shapely
from shapely import affinity

from geo.geodesy.planes import ConicPlane, MercatorPlane, Plane
from geo.renderers.figure.placement import Box
from geo.renderers.figure.view import View

UKRAINE = (22.0, 44.0, 41.0, 53.0)
FRAME = Box(10, 20, 190, 130)


@pytest.fixture(params=[ConicPlane(UKRAINE), MercatorPlane()], ids=["conic", "Mercator"])
def view(request: pytest.FixtureRequest) -> View:
    """A map of Ukraine."""
    return View(UKRAINE, FRAME, plane=request.param)


def count_projected(view: View, *geometries: Any) -> int:
    """Return how many geometries are projected to bring some to the page."""
    with patch.object(Plane, "project", autospec=True, side_effect=Plane.project) as project:
        for geometry in geometries:
            view.to_page(geometry)
    return project.call_count


def test_one_geometry_is_worked_out_once(view: View) -> None:
    """What is drawn and then named is projected, simplified and cut one time."""
    river = shapely.LineString([(30, 50), (33, 47)])
    assert view.to_page(river) is view.to_page(river)
    assert count_projected(view, river) == 0


@pytest.mark.parametrize("far", [shapely.Point(150, 50).buffer(3), shapely.LineString([(30, 10), (33, 12)])])
def test_what_lies_far_outside_is_not_projected(view: View, far: Any) -> None:
    """It comes out empty, and of its own kind."""
    assert count_projected(view, far) == 0
    assert view.to_page(far).is_empty
    assert view.to_page(far).geom_type == far.geom_type


def test_nothing_that_is_drawn_is_left_out(view: View) -> None:
    """Every spot of a page comes from ground that is not taken for far outside."""
    rim = view.drawn
    x, y = np.meshgrid(np.linspace(rim.left, rim.right, 60), np.linspace(rim.top, rim.bottom, 60))
    for left, top in zip(x.ravel().tolist(), y.ravel().tolist(), strict=True):
        ground = shapely.Point(view.point_of(left, top)).buffer(0.01)
        assert count_projected(view, ground) == 1


def test_a_map_of_the_whole_world_leaves_nothing_out() -> None:
    """Where the corners of a page lie on no ground, all is projected."""
    view = View((-179, -60, 179, 80), FRAME, rim_mm=(40.0, 40.0))
    assert count_projected(view, shapely.box(-1, -80, 1, -79)) == 1


def test_a_smaller_view_projects_nothing_again(view: View) -> None:
    """It shows the same ground, and what was placed on the larger page is only scaled."""
    country = shapely.Point(30, 49).buffer(2)
    large, small = view.to_page(country), view.shrink(0.5)
    assert count_projected(small, country) == 0
    assert (
        small.to_page(country).symmetric_difference(affinity.scale(large, 0.5, 0.5, origin=(0, 0))).area < 1
    )
    np.testing.assert_allclose(small.point_to_page((30, 49)), np.array(view.point_to_page((30, 49))) / 2)
