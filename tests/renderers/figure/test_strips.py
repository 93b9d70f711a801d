"""Strips on a printed page: at their place on the axis, apart from each other, in their column."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest

from geo.briefing import sections
from geo.briefing.briefing import Briefing, build_briefing
from geo.fronts.reading import find_front
from geo.renderers import style
from geo.renderers.figure import fonts, layout, strips
from geo.renderers.figure.placement import Box
from geo.renderers.figure.sheet import PAGES, Drawing, Mark, Sheet
from tests.made_up.options import build_options

ROOM = Box(180.0, 20.0, 280.0, 200.0)


def draw(briefing: Briefing, row_mm: float) -> Drawing:
    sheet = Sheet(PAGES["a4"])
    rows = [(row.zone, row) for row in briefing.metrics.zones]
    bottom = strips.draw_strips(sheet, ROOM, briefing, rows, len(rows), row_mm)
    height = strips.strips_mm(ROOM.width, briefing, len(rows), row_mm)
    assert bottom == pytest.approx(ROOM.top + height, abs=0.01)
    return sheet.finish()


def read_texts(drawing: Drawing) -> list[tuple[str, Box]]:
    """Return every text with its box."""

    def read(mark: Mark) -> tuple[str, Box]:
        x, y, words, face = mark.content
        width = fonts.measure_mm(words, face)
        left = x - {"left": 0.0, "center": width / 2, "right": width}[mark.look["align"]]
        return words, Box(left, y - face.size_pt * fonts.MM_PER_POINT * 0.7, left + width, y)

    return [read(mark) for mark in drawing.marks if mark.kind == "text"]


def read_bars(drawing: Drawing) -> list[Box]:
    return [
        mark.content[0]
        for mark in drawing.marks
        if mark.kind == "rectangle" and mark.look["facecolor"] == style.PALETTE.zone
    ]


@pytest.mark.parametrize("name", ["tiny", "crowd", "crossing-the-front", "three-countries", "estonia"])
@pytest.mark.parametrize("row_mm", strips.ROWS_MM)
def test_strips_stand_at_their_distances(name: str, row_mm: float) -> None:
    """Measured by the round distances on the axis, each strip begins and ends where its zone does."""
    briefing = build_briefing(build_options()[name], find_front("2025-03-27"))
    drawing = draw(briefing, row_mm)
    texts = read_texts(drawing)
    at = {words: box.middle[0] for words, box in texts if box.bottom < ROOM.top + 9 and words[0].isdigit()}
    last = max(at, key=lambda words: int(words.replace(",", "")))
    per_km = (at[last] - at["0"]) / int(last.replace(",", ""))
    zones = sorted(
        (row for row in briefing.metrics.zones if not row.is_overrun), key=lambda row: row.nearest_km
    )
    bars = read_bars(drawing)
    assert len(bars) == len(zones)
    for row, bar in zip(zones, bars, strict=True):
        assert bar.left == pytest.approx(at["0"] + per_km * row.nearest_km, abs=0.02)
        assert bar.right == pytest.approx(at["0"] + per_km * row.farthest_km, abs=0.32)
    for (_, one), (_, other) in itertools.combinations(texts, 2):
        assert not one.is_over(other)
    assert all(box.left >= ROOM.left - 0.01 and box.right <= ROOM.right + 0.01 for _, box in texts)


def test_what_lies_beyond_is_said_beside_the_strip() -> None:
    """A zone on both sides begins at the front, and how much of it lies beyond stands right of its strip, whole."""
    briefing = build_briefing(build_options()["crossing-the-front"], find_front("2025-03-27"))
    texts = dict(read_texts(draw(briefing, strips.ROWS_MM[0])))
    assert texts["36 % beyond the front"].right <= ROOM.right
    bar, _ = read_bars(draw(briefing, strips.ROWS_MM[0]))
    assert bar.left == pytest.approx(texts["0"].right, abs=2)
    assert bar.right < texts["36 % beyond the front"].left


@pytest.mark.parametrize("count", [1, 4, 8, 12, 25, 60])
def test_column_has_a_strip_for_every_zone_while_there_is_room(
    make_briefing: Callable[..., Briefing], count: int
) -> None:
    """Few zones stand in table and strips, more in strips alone, too many in a key; what is left out is counted."""
    briefing = make_briefing(tuple(f"Area {number}" for number in range(1, count + 1)))
    drawing = layout.build_figure(briefing, PAGES["a4"]).drawing
    words = [words for words, _ in read_texts(drawing)]
    assert sections.STRIPS in words
    bars = len(read_bars(drawing))
    assert bars == {12: 5, 60: 1}.get(count, count)
    left_out = [line for line in words if line.startswith(f"… and {count - bars} more; the table")]
    assert len(left_out) == (count == 12)
    lowest = max(box.bottom for _, box in read_texts(drawing))
    assert lowest <= PAGES["a4"].height_mm - PAGES["a4"].margin_mm
