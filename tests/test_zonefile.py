"""A scenario written back to a file is the scenario that was read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from geo.scenario import read_scenario, read_scenarios
from geo.zonefile import render_zonefile
from tests.hostile import PRINTABLE

SHIPPED = read_scenarios()


@pytest.mark.parametrize("name", SHIPPED)
def test_what_ships_reads_back_the_same(name: str, tmp_path: Path) -> None:
    """Zones, words, claims and front survive; the text is the same each time."""
    file = tmp_path / f"{name}.geojson"
    file.write_text(render_zonefile(SHIPPED[name]), encoding="utf-8")
    assert replace(read_scenario(file), sha256=None) == replace(SHIPPED[name], sha256=None)
    assert render_zonefile(read_scenario(file)) == file.read_text(encoding="utf-8")


def test_hostile_names_read_back_the_same(tmp_path: Path) -> None:
    """Quotes, markup and scripts of any language in names and texts come back letter for letter."""
    scenario = SHIPPED["western-ukraine"]
    zones = tuple(
        replace(scenario.zones[index % 7], name=text, basis=text) for index, text in enumerate(PRINTABLE)
    )
    scenario = replace(scenario, title=PRINTABLE[0], summary=PRINTABLE[1], zones=zones, sha256=None)
    file = tmp_path / "western-ukraine.geojson"
    file.write_text(render_zonefile(scenario), encoding="utf-8")
    assert replace(read_scenario(file), sha256=None) == scenario
