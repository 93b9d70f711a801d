"""What is too large to be drawn: it is refused before the work begins, not when the memory is used up."""

from __future__ import annotations

from collections.abc import Sequence

from geo.briefing.briefing import Briefing
from geo.errors import UsageError
from geo.renderers.figure.sheet import MM_PER_INCH, Page

MOST_PIXELS = 40_000_000
"""More than an A3 page at 300 dpi; drawing needs four bytes for each, twice."""

MOST_ZONES = 500
"""More could not be told apart on a page, and finding room for their names takes time and memory with their square."""


def validate_size(page: Page, dpi: float) -> None:
    """Refuse a picture that would exhaust the memory, before anything is drawn.

    Raises
    ------
    UsageError
        If it would have more than `MOST_PIXELS` pixels, or none.
    """
    width, height = (side / MM_PER_INCH * dpi for side in (page.width_mm, page.height_mm))
    if not (width >= 1 and height >= 1 and width * height <= MOST_PIXELS):
        raise UsageError(
            f"A picture of {width:,.0f} by {height:,.0f} pixels cannot be drawn. "
            f"Choose a page and dots per inch that make at most {MOST_PIXELS:,} pixels in all."
        )


def validate_zones(briefings: Sequence[Briefing]) -> None:
    """Refuse a map of more zones than can be told apart.

    Raises
    ------
    UsageError
        If a scenario has more than `MOST_ZONES`.
    """
    for each in briefings:
        if (count := len(each.scenario.zones)) > MOST_ZONES:
            raise UsageError(
                f"{each.scenario.id}: {count:,} zones cannot be told apart on a page; at most {MOST_ZONES} are drawn. "
                "Render it as html, or export it as data."
            )
