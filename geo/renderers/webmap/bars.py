"""The share of a zone per distance band, as the parts of a bar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from geo import numerals
from geo.briefing import notes
from geo.measuring.metrics import ZoneMetrics

LABELLED_PERCENT = 12.0
"""The narrowest part that has room for its percentage."""

DRAWN = 12
"""So many bars stand in the page as they are; those of further zones are drawn when a reader comes to them."""


@dataclass(frozen=True)
class Part:
    """One band's part of a bar: where it begins and how wide it is, in per cent, and what is written on it."""

    band: int
    x: float
    width: float
    text: str


@dataclass(frozen=True)
class Bar:
    """One zone's distance bands, near to far, and the same in words, a phrase for each."""

    name: str
    parts: tuple[Part, ...]
    words: tuple[str, ...]


def build_bar(row: ZoneMetrics) -> Bar:
    """Return the bar of a zone; what lies beyond the front is named in words only, for it has no place in it."""
    parts: list[Part] = []
    start = 0.0
    for index, band in enumerate(row.bands):
        if band.share > 0:
            share, width = numerals.format_share(band.share), round(100 * band.share, 2)
            text = share if width >= LABELLED_PERCENT else ""
            parts.append(Part(index, round(100 * start, 2), width, text))
        start += band.share
    return Bar(row.zone, tuple(parts), tuple(notes.describe_shares(row)))


def pack_bar(row: ZoneMetrics) -> dict[str, Any]:
    """Return what the page's script draws the bar of a zone from: for each part its band, width and share in words."""
    parts = [
        [index, round(100 * band.share, 2), _say(band.share)]
        for index, band in enumerate(row.bands)
        if band.share > 0
    ]
    beyond = {"beyond": _say(row.beyond_share)} if row.beyond_share > 0 else {}
    return {"parts": parts, **beyond}


def _say(share: float) -> str:
    return numerals.bind_units(numerals.format_share(share))
