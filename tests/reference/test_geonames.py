"""Towns by name from GeoNames: the one that is meant, or the choice."""

from __future__ import annotations

import re

import pytest

from geo.errors import UsageError
from geo.reference import geonames


def test_a_single_town_is_found_by_either_alphabet() -> None:
    """Its own name, an older one and the Ukrainian one lead to one town, with its oblast."""
    towns = {geonames.find_town(name) for name in ("Brovary", "бровари", "BROVARY")}
    (town,) = towns
    assert town is not None
    assert (town.name, town.region, town.country) == ("Brovary", "Kyiv", "UA")
    assert (town.lon, town.lat) == pytest.approx((30.79, 50.51), abs=0.01)


def test_several_towns_of_one_name_are_listed_with_points_to_paste() -> None:
    """The largest comes first, each with latitude, longitude and oblast."""
    with pytest.raises(UsageError, match=r"There are \d+ places called 'Mykolaivka'") as caught:
        geonames.find_town("Mykolaivka")
    points = re.findall(r"(\d+\.\d{4}),(\d+\.\d{4}) \(Mykolaivka, (\w+)", str(caught.value))
    assert len(points) > 3
    assert points[0][2] == "Donetsk"


def test_home_comes_first_and_a_capital_before_its_namesakes() -> None:
    """Pokrovsk is the one in Ukraine, and Paris the one with ten times more people than any other."""
    found = [geonames.find_town(name) for name in ("Pokrovsk", "Paris", "no such town")]
    assert [town and town.region for town in found] == ["Donetsk", "France", None]
