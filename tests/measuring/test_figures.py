"""The declaration of the figures: complete, explained, and followed by what shows them."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from geo.fronts.reading import find_front
from geo.measuring import figures, metrics
from geo.measuring.figures import Figure, Output
from geo.measuring.metrics import ZoneMetrics
from geo.scenarios.scenario import find_scenario
from tests.made_up.briefing import build_row

ROW = build_row("North reach", (30.6, 50.2), 300.0)


def test_every_attribute_of_a_row_is_declared_once() -> None:
    """A figure that is measured is explained, and one that is declared is measured."""
    assert sorted(figure.key for figure in figures.FIGURES) == sorted(
        field.name for field in fields(ZoneMetrics)
    )


@pytest.mark.parametrize("figure", figures.FIGURES, ids=lambda figure: figure.key)
def test_a_figure_says_what_it_means_and_has_a_heading_where_it_is_shown(figure: Figure) -> None:
    """The meaning is one sentence; a column has a heading, a chart a title."""
    assert figure.meaning.endswith(".") and figure.meaning.count(". ") == 0
    assert figure.heading or not figure.shown & Output.TABLES
    assert figure.title or not figure.shown & (Output.LEAD | Output.SERIES)


@pytest.mark.parametrize("output", list(Output), ids=lambda output: output.name)
def test_every_output_shows_the_nearest_distance_first(output: Output) -> None:
    """What all outputs for people have in common is the shortest distance, before everything else."""
    assert figures.find_figures(output)[0] is figures.NEAREST


def test_values_are_written_with_or_without_their_unit() -> None:
    """A cell under a heading with the unit leaves it out; a missing value is a dash."""
    assert figures.MEAN.write(ROW) == "360 km"
    assert figures.MEAN.write_bare(ROW) == "360"
    assert figures.MEAN.say(ROW) == "360 km on average"
    bearing = next(figure for figure in figures.FIGURES if figure.key == "bearing_deg")
    assert bearing.write(ROW) == "101°"
    assert bearing.write(replace(ROW, bearing_deg=None)) == figures.NONE


def test_the_total_of_zones_that_lie_apart_is_that_of_their_union() -> None:
    """The row over all zones takes no figure from a single zone, unless it is the nearest point."""
    measured = metrics.measure(find_scenario("dnipro-line"), find_front("2025-03-27"))
    total, zones = measured.total, measured.zones
    assert total.area_km2 == pytest.approx(sum(row.area_km2 for row in zones))
    weighted = sum(row.mean_km * row.area_km2 for row in zones) / total.area_km2
    assert total.mean_km == pytest.approx(weighted, rel=1e-3)
    assert total.farthest_km == max(row.farthest_km for row in zones)
    assert total.nearest_km == min(row.nearest_km for row in zones)
