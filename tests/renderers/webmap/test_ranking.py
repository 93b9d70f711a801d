"""Which figures of a column are the smallest and the largest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from geo.briefing.briefing import Briefing
from geo.renderers.webmap import ranking


def test_figures_that_are_shown_alike_are_not_ranked(make_briefing: Callable[..., Briefing]) -> None:
    """A single row, or rows that all read the same, have neither smallest nor largest."""
    row = make_briefing(("A",)).metrics.zones[0]
    assert {cell.mark for cell in ranking.rank_cells([row])[0]} == {""}
    assert {cell.mark for cells in ranking.rank_cells([row, row]) for cell in cells} == {""}
    closer = replace(row, mean_km=row.mean_km - 0.4)
    assert ranking.rank_cells([row, closer])[1][1].mark == ""
