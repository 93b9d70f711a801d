"""Zones that lie in another country than they name."""

from __future__ import annotations

import pytest
from shapely.geometry import box

from geo import shipped
from geo.scenarios.homes import describe_strays
from geo.scenarios.scenario import read_scenario

SUCEAVA = box(25.5, 47.2, 26.4, 47.8)


def test_zone_in_another_country_is_told() -> None:
    """A zone marked UA that lies in Romania gets a note that names both; marked RO, or not at all, none."""
    (note,) = describe_strays([("Plain", "UA", SUCEAVA), ("Same", "RO", SUCEAVA), ("Open", None, SUCEAVA)])
    assert note.startswith("'Plain' says that its country is UA, but it lies in Romania (RO) on the map.")


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        ("UA", box(30.6, 46.2, 30.9, 46.4)),  # roads off Odesa
        ("UA", box(25.9, 47.8, 26.1, 48.3)),  # across the border, the more of it in Ukraine
        ("GB", box(-1, 51, 0, 52)),  # not on the map
        ("US", box(31, 44, 32, 45)),  # at sea
    ],
)
def test_what_may_be_meant_is_not_doubted(code: str, zone: box) -> None:
    """A zone at sea, astride a border or beyond the map gets no note."""
    assert list(describe_strays([("Zone", code, zone)])) == []


def test_country_that_is_not_mapped_is_doubted_on_land() -> None:
    """A zone of a country far away that lies in Romania gets a note, too."""
    assert len(list(describe_strays([("Zone", "FJ", SUCEAVA)]))) == 1


def test_shipped_scenarios_lie_where_they_say() -> None:
    """No zone that ships gets a note."""
    assert [read_scenario(file).notes for file in shipped.scenarios().values()] == [(), (), ()]
