"""What other programs read: the schema says what the records hold."""

from __future__ import annotations

import json

from click.testing import CliRunner

from geo.briefing import records
from geo.briefing.briefing import measure_scenario
from geo.cli import main
from geo.fronts.front import find_front
from geo.measuring import figures
from geo.scenarios.scenario import find_scenario
from tests.json_schema import is_valid

FRONT = find_front("2025-03-27")


def test_the_schema_of_metrics_accepts_what_is_printed_and_nothing_else() -> None:
    """A record is valid as it is, and no longer with a key left out or one added."""
    schema = json.loads(CliRunner().invoke(main, ["schema", "metrics"]).stdout)
    record = records.build_record(measure_scenario(find_scenario("dnipro-line"), FRONT), FRONT)
    plain = json.loads(json.dumps(record))
    assert is_valid(plain, schema)
    plain["zones"][0]["more"] = 1
    assert not is_valid(plain, schema)
    del plain["zones"][0]["more"], plain["zones"][0]["median_km"]
    assert not is_valid(plain, schema)


def test_the_schema_explains_every_figure() -> None:
    """Each key of a zone has its meaning beside it."""
    zone = records.build_metrics_schema()["properties"]["total"]["properties"]
    assert {key: value["description"] for key, value in zone.items()} == {
        figure.key: figure.meaning for figure in figures.FIGURES
    }
