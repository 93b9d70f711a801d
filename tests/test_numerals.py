"""How numbers are said: rounded to what they are worth, and never hiding what is there."""

from __future__ import annotations

import pytest

from geo import numerals


@pytest.mark.parametrize(
    ("km", "text"),
    [(0, "0 km"), (7.4, "7 km"), (49.6, "50 km"), (132.4, "130 km"), (132.6, "135 km"), (1052, "1,050 km")],
)
def test_distances_are_rounded_to_what_they_are_worth(km: float, text: str) -> None:
    """One kilometre below 50 km, five above."""
    assert numerals.format_km(km) == text


@pytest.mark.parametrize(
    ("share", "text"), [(0, "0 %"), (0.001, "<1 %"), (0.254, "25 %"), (0.998, ">99 %"), (1, "100 %")]
)
def test_shares_never_hide_what_is_there(share: float, text: str) -> None:
    """A little is not nothing, and almost all is not all."""
    assert numerals.format_share(share) == text


@pytest.mark.parametrize(
    ("area", "text"), [(0.4, "<1 km²"), (3.6, "4 km²"), (725.4, "725 km²"), (12345, "12,300 km²")]
)
def test_areas_have_three_figures(area: float, text: str) -> None:
    """Areas are rounded to three significant figures, and a tiny one is not zero."""
    assert numerals.format_area_km2(area) == text


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        (
            "between 260 and 330 km, 12 % of 8,420 km²",
            "between 260 and 330\u00a0km, 12\u00a0% of 8,420\u00a0km²",
        ),
        ("1 mile, 5 men, route 7 kmh", "1 mile, 5 men, route 7 kmh"),
        ("265–305 km)", "265–\u2060305\u00a0km)"),
        ("12 from 1 May to 27 March 2025", "12 from 1\u00a0May to 27\u00a0March\u00a02025"),
        ("325 km (320–330), Kyiv–Kaniv", "325\u00a0km (320–\u2060330), Kyiv–Kaniv"),
    ],
)
def test_numbers_are_bound_to_what_belongs_to_them(text: str, bound: str) -> None:
    """A page keeps a number and its unit, a day and a range on one line, and lets other words go."""
    assert numerals.bind_units(text) == bound
