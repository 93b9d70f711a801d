"""The page that leads to all maps."""

from __future__ import annotations

from geo.briefing.briefing import Briefing
from geo.renderers.webmap import render_gallery


def test_gallery_without_a_comparison_does_not_link_one(briefing: Briefing) -> None:
    """A link to compare.html stands only where that file does."""
    assert b"compare.html" not in render_gallery([briefing])
    assert b"compare.html" in render_gallery([briefing], has_comparison=True)
