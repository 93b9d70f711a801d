"""Metrics as JSON, CSV, Markdown and terminal text."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from geo import numerals
from geo.briefing import notes, records, tables
from geo.briefing.briefing import measure_scenario
from geo.briefing.comparison import Comparison
from geo.cli import messages
from geo.fronts.reading import find_front
from geo.measuring import figures, metrics
from geo.measuring.figures import Output
from geo.scenarios.scenario import Scenario, Zone, find_scenario

FRONT = find_front("2025-03-27")
MEASURED = measure_scenario(find_scenario("dnipro-line"), FRONT)

ZONE_KEYS = [
    "zone", "country", "area_km2", "nearest_km", "nearest_from", "nearest_to", "bearing_deg",
    "mean_km", "median_km", "farthest_km", "bands",
]  # fmt: skip


def hostile(name: str) -> metrics.Metrics:
    zone = find_scenario("dnipro-line").zones[0]
    return metrics.measure(Scenario("test", "Test", "A test.", (Zone(name, zone.geometry),)), FRONT)


def test_record_has_the_documented_keys_in_order() -> None:
    """The JSON object is the one other people's scripts read."""
    record = json.loads(messages.render_json(records.build_record(MEASURED, FRONT)))
    assert list(record) == ["scenario", "front", "method", "zones", "total", "force"]
    assert list(record["front"]) == [
        "id", "as_of", "definition", "uncertainty_km", "length_km", "source"
    ]  # fmt: skip
    for row in [*record["zones"], record["total"]]:
        assert list(row)[: len(ZONE_KEYS)] == ZONE_KEYS
        assert [list(band) for band in row["bands"]] == [
            ["from_km", "to_km", "share", "share_low", "share_high"]
        ] * 6
    assert {tuple(force) for force in record["force"]} == {("claim", "troops", "per_100_km_of_front")}
    assert {force["troops"] for force in record["force"]} == {10000, 30000}
    assert len({force["claim"] for force in record["force"]}) == len(record["force"])


def test_json_has_full_precision() -> None:
    """Nothing is rounded on the way to a script."""
    record = json.loads(messages.render_json(records.build_record(MEASURED, FRONT)))
    assert record["zones"][0]["nearest_km"] == MEASURED.zones[0].nearest_km


def test_csv_has_one_row_a_zone_and_the_front_in_each() -> None:
    """Every row says which front, definition and uncertainty its numbers go with."""
    rows = list(csv.DictReader(io.StringIO(records.render_csv([(MEASURED, FRONT), (MEASURED, FRONT)]))))
    assert len(rows) == 2 * (len(MEASURED.zones) + 1)
    assert {(row["front"], row["front_definition"], row["front_uncertainty_km"]) for row in rows} == {
        ("2025-03-27", "contact", "5.0")
    }
    assert float(rows[0]["nearest_km"]) == MEASURED.zones[0].nearest_km


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1"])
def test_csv_cells_are_not_formulas(name: str) -> None:
    """A zone name that a spreadsheet would run comes with an apostrophe before it."""
    rows = list(csv.DictReader(io.StringIO(records.render_csv([(hostile(name), FRONT)]))))
    assert rows[0]["zone"] == f"'{name}"


def test_markdown_keeps_markup_as_text() -> None:
    """A zone name with pipes, links or tags stays one cell of plain text."""
    text = tables.render_markdown(hostile("a|b [x](y) <b> *z*\nnew"), FRONT)
    row = next(line for line in text.splitlines() if "a\\|b" in line)
    assert "\\[x\\](y) \\<b\\> \\*z\\* new" in row
    assert (
        row.replace("\\|", "").count("|")
        == len(["Zone", "Country", *figures.find_figures(Output.MARKDOWN)]) + 1
    )


def test_table_rounds_for_people_and_says_what_it_measured() -> None:
    """The terminal table shows steps of 5 km, the definition, the uncertainty and that zones are illustrative."""
    text = tables.render_table(MEASURED, FRONT)
    assert numerals.format_km(MEASURED.total.nearest_km) in text
    assert "line of contact of 27 March 2025 (±3–5 km by sector)" in text
    assert "illustrative" in text
    assert "10,000 troops" in text


def test_front_without_uncertainty_says_so() -> None:
    """A front that states no uncertainty is not given one."""
    assert "uncertainty not stated" in notes.describe_front(replace(FRONT, precisions_km=()))


def test_zone_beyond_the_front_is_named_under_the_table() -> None:
    """What lies across the front is said in words beside the figures."""
    crossing = replace(MEASURED.zones[0], nearest_km=0.0, beyond_share=0.25)
    text = tables.render_table(replace(MEASURED, zones=(crossing, *MEASURED.zones[1:])), FRONT)
    assert "crosses the front: 25 % of its area lies beyond it" in text
    apart = replace(MEASURED.zones[0], beyond_share=0.25, nearest_beyond=True)
    text = tables.render_table(replace(MEASURED, zones=(apart, *MEASURED.zones[1:])), FRONT)
    assert "25 % of the area of Kyiv to Kaniv reach lies beyond the front" in text
    assert "its shortest way reaches the front from the far side" in text
    behind = replace(MEASURED.zones[0], nearest_beyond=True)
    text = tables.render_table(replace(MEASURED, zones=(behind, *MEASURED.zones[1:])), FRONT)
    assert "The shortest way of Kyiv to Kaniv reach reaches the front from the far side." in text


def test_comparison_groups_the_zones_of_each_scenario() -> None:
    """One table holds every scenario's rows, each under its scenario's id, and the notes once."""
    other = measure_scenario(find_scenario("western-ukraine"), FRONT)
    text = tables.render_comparison_table([(MEASURED, FRONT), (other, FRONT)])
    named = [
        line.split()[0] for line in text.splitlines() if line.startswith(("dnipro-line", "western-ukraine"))
    ]
    assert named == ["dnipro-line"] * len(MEASURED.rows) + ["western-ukraine"] * len(other.rows)
    assert text.count("line of contact of") == 1
    markdown = tables.render_comparison_markdown([(MEASURED, FRONT), (other, FRONT)])
    assert markdown.splitlines()[0].startswith("| Scenario | Zone |")


def test_comparison_csv_has_every_row(compared: Comparison) -> None:
    """Each zone and each total is one line of the file that the page hands out."""
    text = records.render_csv([(each.metrics, compared.front) for each in compared.briefings])
    assert text.count("\n") == 1 + sum(len(each.metrics.rows) for each in compared.briefings)
