"""The chart of a history: the same bytes each time, and no source spliced into another."""

from __future__ import annotations

import pytest

from geo.measuring.history import History
from geo.renderers import style
from geo.renderers.figure import chart


@pytest.mark.parametrize("form", ["png", "svg"])
def test_chart_bytes(form: str, spliced: History) -> None:
    """The chart is the same bytes on every run."""
    one, two = chart.render_chart(spliced, form), chart.render_chart(spliced, form)
    assert one == two
    assert one.startswith(b"\x89PNG" if form == "png" else b"<?xml")


def test_chart_says_what_it_shows(spliced: History) -> None:
    """Each run is a line of its own, the change of source is marked, and no text leaves the picture."""
    figure = chart.build_chart(spliced)
    upper, _ = figure.axes
    dashed = [line for line in upper.lines if line.get_color() == style.PALETTE.ink_soft]
    assert len(dashed) == 1
    assert len(upper.lines) - 1 == len(spliced.runs)
    assert any("other source: The Other Institute" in text.get_text() for text in upper.texts)
    texts = " ".join(text.get_text() for text in [*figure.texts, *upper.texts])
    assert "1 March 2025 to 10 April 2025" in texts
    assert "±2 km" in texts
