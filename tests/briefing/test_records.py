"""What other programs read: the schema says what the records hold."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator, FormatChecker

from geo.briefing import records
from geo.briefing.briefing import measure_scenario
from geo.cli import main
from geo.fronts.reading import find_front
from geo.measuring import figures
from geo.scenarios.scenario import find_scenario

FRONT = find_front("2025-03-27")


def test_the_schema_of_metrics_accepts_what_is_printed_and_nothing_else() -> None:
    """A record is valid as it is, and no longer with a key left out or one added."""
    is_valid = Draft202012Validator(records.build_metrics_schema(), format_checker=FormatChecker()).is_valid
    record = records.build_record(measure_scenario(find_scenario("dnipro-line"), FRONT), FRONT)
    plain = json.loads(json.dumps(record))
    assert is_valid(plain)
    plain["zones"][0]["more"] = 1
    assert not is_valid(plain)
    del plain["zones"][0]["more"], plain["zones"][0]["median_km"]
    assert not is_valid(plain)


@pytest.mark.parametrize(
    "arguments",
    [
        ("metrics", "dnipro-line", "--json"),
        ("metrics", "dnipro-line", "western-ukraine", "--json"),
        ("compare", "dnipro-line", "--json"),
    ],
)
def test_the_printed_schema_accepts_the_printed_metrics(arguments: tuple[str, ...]) -> None:
    """One record or a list of them fits what ``geo schema metrics`` prints; a list within a list does not."""
    schema = json.loads(CliRunner().invoke(main, ["schema", "metrics"]).stdout)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    printed = json.loads(CliRunner().invoke(main, arguments).stdout)
    validator.validate(printed)
    assert not validator.is_valid([[printed]])


def test_the_schema_explains_every_figure() -> None:
    """Each key of a zone has its meaning beside it."""
    zone = records.build_metrics_schema()["properties"]["total"]["properties"]
    assert {key: value["description"] for key, value in zone.items()} == {
        figure.key: figure.meaning for figure in figures.FIGURES
    }
