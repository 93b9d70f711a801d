"""The palettes: text that can be read, and lines and areas that stay apart for every kind of colour vision."""

from __future__ import annotations

import itertools

import pytest

from geo.renderers import style
from geo.renderers.style import Palette
from tests.colours import VISIONS, contrast, difference, luminance, over

PALETTES = {"light": style.PALETTE, "dark": style.DARK}

TEXT = [
    *itertools.product(("ink", "ink_soft", "zone_text", "front", "sketch"), ("paper", "panel")),
    *itertools.product(("place_text", "ink_soft"), ("ukraine", "land", "beyond", "halo")),
    *itertools.product(("zone_text", "front", "river_text"), ("halo", "ukraine", "land", "beyond")),
    ("land_text", "land"),
    ("land_text", "ukraine"),
    ("sea_text", "sea"),
    ("nearest", "panel"),
    ("ink", "land"),
    ("zone_text", "land"),
    ("panel", "ink"),
    ("panel", "sketch"),
]
"""Every text with the grounds it stands on, by role."""

GRAPHICS = [
    *itertools.product(("front", "zone", "nearest", "sketch"), ("ukraine", "land", "beyond")),
    *itertools.product(("front", "zone", "nearest", "sketch"), ("sea",)),
    ("focus", "paper"),
    ("focus", "panel"),
    ("focus", "ukraine"),
    ("focus", "sea"),
    ("ink_soft", "paper"),
]
"""Every line and edge that carries meaning, with its grounds."""

APART = [
    *itertools.combinations(("front", "zone", "sketch"), 2),
    *itertools.product(("front", "zone", "sketch"), ("ukraine", "land", "beyond", "sea", "river", "border")),
    ("ukraine", "sea"),
    ("land", "sea"),
    ("border", "ukraine"),
    ("river", "ukraine"),
]
"""What must not be taken for each other on the map."""


def colours(palette: Palette, one: str, other: str) -> tuple[str, str]:
    """Return the colours of two roles."""
    return getattr(palette, one), getattr(palette, other)


@pytest.mark.parametrize(("text", "ground"), TEXT)
@pytest.mark.parametrize("palette", PALETTES)
def test_text_is_legible(palette: str, text: str, ground: str) -> None:
    """Every text has a contrast of at least 4.5 on every ground it stands on (WCAG 2.2, 1.4.3, level AA)."""
    assert contrast(*colours(PALETTES[palette], text, ground)) >= 4.5


@pytest.mark.parametrize(("mark", "ground"), GRAPHICS)
@pytest.mark.parametrize("palette", PALETTES)
def test_marks_are_visible(palette: str, mark: str, ground: str) -> None:
    """Every line that carries meaning has a contrast of at least 3 on its grounds (WCAG 2.2, 1.4.11, level AA)."""
    assert contrast(*colours(PALETTES[palette], mark, ground)) >= 3


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize(("one", "other"), APART)
@pytest.mark.parametrize("palette", PALETTES)
def test_marks_stay_apart_for_every_eye(palette: str, one: str, other: str, vision: str) -> None:
    """Two marks differ clearly for each kind of vision, or faintly where their patterns tell them apart."""
    patterned = {"front", "zone", "sketch"}  # a heavy cased line, a hatch, dots: shape says it without colour
    least = 5.0 if {one, other} <= patterned or vision == "greyscale" else 8.0
    if {one, other} & {"river", "sea", "land"} and not {one, other} & patterned:
        least = 3.0  # reference layers are faint on purpose, and coasts and borders are lines as well
    assert difference(*colours(PALETTES[palette], one, other), vision) >= least


@pytest.mark.parametrize("palette", PALETTES)
def test_zone_fill_is_told_from_its_ground_for_every_eye(palette: str) -> None:
    """The hatch, as faint as it is drawn, still differs from the land between its lines."""
    chosen = PALETTES[palette]
    line = over(chosen.zone, style.OPACITIES.zone_hatch, chosen.ukraine)
    fill = over(chosen.zone, style.OPACITIES.zone_fill, chosen.ukraine)
    assert all(difference(line, fill, vision) >= 12 for vision in VISIONS)


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("palette", PALETTES)
def test_ground_beyond_is_quiet_and_seen_by_every_eye(palette: str, vision: str) -> None:
    """Its tint differs from the ground before the front, and the band along the line is told from both."""
    chosen = PALETTES[palette]
    assert 5 <= difference(chosen.beyond, chosen.ukraine, vision) <= 16
    for ground in (chosen.ukraine, chosen.beyond):
        band = over(chosen.uncertainty, style.OPACITIES.uncertainty, ground)
        assert difference(band, chosen.beyond, vision) >= 4
        assert difference(band, ground, vision) >= 8


def test_dark_palette_is_dark() -> None:
    """Grounds are darker than what stands on them, the other way round than on paper, and no role was forgotten."""
    for ground in ("paper", "panel", "sea", "land", "ukraine", "halo"):
        assert luminance(getattr(style.DARK, ground)) < 0.05 < luminance(getattr(style.PALETTE, ground))
    same = {role for role, colour in vars(style.DARK).items() if colour == getattr(style.PALETTE, role)}
    assert same == set()
