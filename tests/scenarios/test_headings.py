"""The light reading of what ships agrees with the full one."""

from __future__ import annotations

import json

from click.testing import CliRunner

from geo.cli import main
from geo.scenarios import headings, scenario


def test_headings_say_what_the_scenarios_say() -> None:
    """Every heading holds the same words as the scenario that is read, checked and drawn."""
    full = scenario.read_scenarios().values()
    assert [
        (each.id, each.title, each.summary, each.claims, each.front) for each in headings.read_headings()
    ] == [(each.id, each.title, each.summary, each.claims, each.front) for each in full]
    assert [each.zones for each in headings.read_headings()] == [
        tuple(zone.name for zone in each.zones) for each in full
    ]


def test_list_as_json_has_the_documented_keys() -> None:
    """Scripts get id, title, summary, zones, claims and front of each scenario."""
    records = json.loads(CliRunner().invoke(main, ["list", "--json"]).stdout)
    assert [record["id"] for record in records] == sorted(record["id"] for record in records)
    assert list(records[0]) == ["id", "title", "summary", "zones", "claims", "front"]
