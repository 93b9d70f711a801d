"""Close-ups of tiny zones on a printed map."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import shapely
from pyproj import Geod

from geo.briefing.briefing import build_briefing
from geo.fronts.reading import find_front
from geo.renderers.figure import layout
from geo.renderers.figure.sheet import PAGES, Drawing
from tests.made_up.options import build_options


def read_marks(drawing: Drawing, kind: str) -> list[Any]:
    """Return the content of the marks of a kind that belong to close-ups."""
    return [mark.content for mark in drawing.marks if mark.part[0] == "closeup" and mark.kind == kind]


def test_a_tiny_zone_has_a_close_up_beside_front_and_names() -> None:
    """Its shape is as large as its scale says, and its box covers neither front, zones nor names."""
    briefing = build_briefing(build_options()["tiny"], find_front("2025-03-27"))
    printout = layout.build_figure(briefing, PAGES["a4"])
    (drawn,) = printout.maps
    west, south, east, north = briefing.scenario.zones[0].geometry.bounds
    _, _, width_m = Geod(ellps="WGS84").inv(west, (south + north) / 2, east, (south + north) / 2)
    shape, *_ = [points for points, _ in read_marks(printout.drawing, "path")]
    ((x, _),) = read_marks(printout.drawing, "line")
    words = [words for _, _, words, _ in read_marks(printout.drawing, "text")]
    assert words == ["Port of Odesa", "1 km"]
    assert np.ptp(shape[:, 0]) / np.ptp(x) == pytest.approx(width_m / 1000, rel=0.01)
    ((box,),) = read_marks(printout.drawing, "rectangle")
    assert drawn.view.frame.shape().contains(box.shape())
    assert not shapely.intersects(drawn.view.to_page(briefing.front.line), box.shape())
    assert not any(box.is_over(other) for other in drawn.labels.values())
