"""How much of each zone lies how far away, as bars of native shapes under a key of the distance bands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from geo.briefing import notes, sections
from geo.measuring import figures
from geo.measuring.metrics import ZoneMetrics
from geo.renderers import style
from geo.renderers.slides import fitting, shapes
from geo.renderers.slides.shapes import Area

_INK = style.PALETTE
_HEADING_PT, _WORDS_PT = 11.0, 8.0
_KEY_COLUMNS = 3
_KEY_MM = 4.2
ROWS_MM = (4.9, 3.9, 3.4)
"""How much room a bar may have, the usual one first."""
_BAR_MM = 2.7
_NAME_SHARE = 0.36


def height_mm(rows: int, row_mm: float) -> float:
    """Return the height of heading, key and so many bars."""
    return fitting.line_mm(_HEADING_PT) + 1 + 2 * _KEY_MM + 1.4 + rows * row_mm


def add_bars(
    slide: Any,
    rows: Sequence[tuple[str, ZoneMetrics]],
    left: float,
    top: float,
    width: float,
    row_mm: float,
) -> float:
    """Add the bars of some zones; return the y below."""
    heading = fitting.fit(sections.BANDS, width, [(_HEADING_PT, 1)])
    y = shapes.add_text(slide, "Bands, heading", left, top, width, heading, bold=True) + 1
    group = slide.shapes.add_group_shape()
    for index, (band, colour) in enumerate(zip(rows[0][1].bands, style.BAND_RAMP, strict=True)):
        x = left + index % _KEY_COLUMNS * width / _KEY_COLUMNS
        row = y + index // _KEY_COLUMNS * _KEY_MM
        shapes.add_bar(group, Area(x, row + 0.5, 3.2, 2.4), colour)
        words = fitting.fit(figures.name_band(band), width / _KEY_COLUMNS - 6, [(_WORDS_PT, 1)])
        shapes.add_text(group, "Band", x + 4.4, row, width / _KEY_COLUMNS - 6, words, colour=_INK.ink_soft)
    y += 2 * _KEY_MM + 1.4
    for name, measured in rows:
        label = fitting.fit(name, width * _NAME_SHARE - 3, [(_WORDS_PT, 1)])
        shapes.add_text(group, "Zone", left, y, width * _NAME_SHARE - 2, label)
        _add_bar(
            group, measured, Area(left + width * _NAME_SHARE, y + 0.2, width * (1 - _NAME_SHARE), _BAR_MM)
        )
        y += row_mm
    shares = "; ".join(f"{name}: {', '.join(notes.describe_shares(measured))}" for name, measured in rows)
    shapes.set_alternative(group, "Bands", sections.BANDS, shares)
    return y


def _add_bar(group: Any, row: ZoneMetrics, area: Area) -> None:
    left = area.left
    for band, colour in zip(row.bands, style.BAND_RAMP, strict=True):
        if (width := band.share * area.width) > 0.05:
            shapes.add_bar(group, Area(left, area.top, width, area.height), colour)
        left += width
