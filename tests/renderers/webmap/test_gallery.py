"""The page that leads to all maps."""

from __future__ import annotations

from geo.briefing.briefing import Briefing
from geo.renderers import names
from geo.renderers.webmap import render_gallery


def test_small_maps_show_lakes(briefing: Briefing) -> None:
    """A lake is water on a small map too, and a drained one an outline."""
    page = render_gallery([briefing])
    assert page.count(b'<path class="lake"') == 1
    assert page.count(b'<path class="lake lake-drained"') == 1


def test_gallery_without_a_comparison_does_not_link_one(briefing: Briefing) -> None:
    """A link to the page that compares the scenarios stands only where that file does."""
    name = names.name_page("compare", (briefing.scenario, briefing.front)).encode()
    assert name not in render_gallery([briefing])
    assert name in render_gallery([briefing], has_comparison=True)
