"""The panel beside the compared maps: figures marked, force sizes divided."""

from __future__ import annotations

from geo import numerals
from geo.briefing.comparison import Comparison
from geo.renderers.webmap import comparisonpanel, ranking
from geo.renderers.webmap.comparison import render_comparison


def test_smallest_and_largest_are_marked_in_words_and_signs(compared: Comparison) -> None:
    """In each column what is shown as the smallest and the largest figure is marked, and nothing between."""
    for rows in (
        comparisonpanel.describe_comparison_panel(compared, frozenset())[key]
        for key in ("scenario_rows", "zone_rows")
    ):
        for column in range(len(ranking.COLUMNS)):
            cells = sorted((row.cells[column] for row in rows), key=lambda cell: cell.value)
            assert cells[0].mark == "smallest" and cells[-1].mark == "largest"
            for cell in cells:
                assert (cell.mark == "smallest") == (cell.text == cells[0].text)
                assert (cell.mark == "largest") == (cell.text == cells[-1].text)
    text = render_comparison(compared).decode()
    assert "▼" in text and "(smallest)" in text and "▲" in text and "(largest)" in text


def test_force_sizes_are_divided_by_front_and_by_area(compared: Comparison) -> None:
    """10,000 troops are so many for every 100 km of front and for every 1,000 km² of each scenario, once each."""
    forces = comparisonpanel.describe_comparison_panel(compared, frozenset())["forces"]
    assert [force["troops"] for force in forces] == ["10,000", "30,000"]
    areas = [each.metrics.total.area_km2 for each in compared.briefings]
    assert forces[0]["over"] == [numerals.format_count(10_000 / area * 1000) for area in areas]
    length = compared.briefings[0].metrics.front_length_km
    assert forces[0]["along"] == numerals.format_count(10_000 / length * 100)
