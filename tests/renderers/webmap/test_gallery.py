"""The page that leads to all maps."""

from __future__ import annotations

import re

from geo.briefing.briefing import Briefing
from geo.briefing.comparison import Comparison
from geo.measuring.figures import NEAREST
from geo.renderers import names
from geo.renderers.webmap.gallery import render_gallery


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


def test_small_maps_have_one_extent_names_and_the_nearest_distance(compared: Comparison) -> None:
    """What all scenarios share is drawn in one place on each small map; each says how near it comes, and where to."""
    page = render_gallery(compared.briefings).decode().replace("\u00a0", " ")
    cards = page.split('<li class="card">')[1:]
    assert len({tuple(re.findall(r'<path class="(?:front|land)" d="([^"]*)"', card)) for card in cards}) == 1
    ways = {tuple(re.findall(r'<path class="nearest" d="([^"]*)"', card)) for card in cards}
    assert len(ways) == len(cards)
    assert all(len(way) == 1 for way in ways)
    for card, briefing in zip(cards, compared.briefings, strict=True):
        assert f"<strong>{NEAREST.write(briefing.metrics.total)}</strong>" in card
        assert ">Kyiv</text>" in card


def test_the_small_map_is_a_link(compared: Comparison) -> None:
    """A card has one link, which reaches over its picture."""
    page = render_gallery(compared.briefings).decode()
    assert all(card.count("<a ") == 1 for card in page.split('<li class="card">')[1:])
    assert re.search(r"\.card h2 a::after \{\s*position: absolute;\s*inset: 0;", page)
