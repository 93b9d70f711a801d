"""The one-page figure of a briefing: heading, map, column of figures, sources and credits."""

from __future__ import annotations

from dataclasses import dataclass

from geo import __version__, style, wording
from geo.briefing import Briefing
from geo.figure import fonts, furniture, labels, layers, panel
from geo.figure.fonts import Face
from geo.figure.labels import Sizes
from geo.figure.placement import Box
from geo.figure.sheet import Page, Sheet
from geo.figure.view import DETAIL_MM, View, view_extent
from geo.projection import Extent

_INK = style.PALETTE
_KICKER = Face("sans-bold", 7.4, _INK.zone_text)
_TITLE = Face("serif-semibold", 19, _INK.ink, 1.12)
_HEADLINE = Face("serif", 11, _INK.ink, 1.2)
_FINE = Face("sans", 5.9, _INK.ink_soft, 1.2)
_MARKING = Face("sans-bold", 8.5, _INK.ink)
_PANEL_MM = 90.0
_GUTTER_MM = 6.0
_LEGEND_MM = 12.0
MOST_WAYS = 12
"""With more zones than this, their shortest distances would hide the map; the table has them."""


@dataclass(frozen=True)
class Built:
    """A finished figure and the boxes of the labels on its map, by kind and index, in millimetres."""

    sheet: Sheet
    view: View
    labels: dict[tuple[str, int], Box]


def build_figure(briefing: Briefing, page: Page) -> Built:
    """Build the figure of a briefing on a page."""
    sheet = Sheet(page)
    left, right = page.margin_mm, page.width_mm - page.margin_mm
    top = draw_heading(
        sheet, "Deployment scenario · illustrative", briefing.scenario.title, briefing.headline
    )
    bottom = draw_footer(sheet, fine_print(briefing))
    draw_marking(sheet, briefing.marking)
    map_box = Box(left, top, right - _PANEL_MM - _GUTTER_MM, bottom - _LEGEND_MM)
    view, placed = draw_map(
        sheet, map_box, briefing, crop=Box(0, top - 2, right - _PANEL_MM - 1, map_box.bottom + 3)
    )
    furniture.draw_legend(sheet, map_box.left, map_box.bottom + 1.6, map_box.width, [briefing])
    numbered = frozenset(index for kind, index in placed if kind == "number")
    panel.draw_panel(sheet, Box(right - _PANEL_MM, top, right, bottom - 1), briefing, numbered)
    return Built(sheet, view, placed)


def build_map(briefing: Briefing, width_mm: float, height_mm: float) -> Built:
    """Build the map with its legend on a page of the given size, for a slide that has the other words itself."""
    sheet = Sheet(Page("map", width_mm, height_mm, 0))
    frame = Box(0.2, 0.2, width_mm - 0.2, height_mm - _LEGEND_MM)
    sizes = Sizes(zone=9.5, distance=9, front=9.5, places=(9.5, 8.6, 8, 7.6, 7.4), country=8.5, sea=8.6)
    crop = Box(0, 0, width_mm, height_mm)
    view, placed = draw_map(sheet, frame, briefing, crop=crop, sizes=sizes)
    furniture.draw_legend(sheet, 0.3, frame.bottom + 1.6, width_mm - 0.6, [briefing])
    return Built(sheet, view, placed)


def draw_map(
    sheet: Sheet,
    frame: Box,
    briefing: Briefing,
    *,
    crop: Box,
    sizes: Sizes | None = None,
    extent: Extent | None = None,
    is_small: bool = False,
) -> tuple[View, dict[tuple[str, int], Box]]:
    """Draw a whole map into a frame: layers, scale bar, north arrow, labels.

    A small one, or one of more than `MOST_WAYS` zones, has the shortest distance of all zones together instead of
    each; a small one has no numbers of zones.
    """
    detail_mm = 3 * DETAIL_MM if is_small else DETAIL_MM
    view = View(extent or view_extent([briefing]), frame, detail_mm=detail_mm)
    zones = briefing.metrics.zones
    rows = (briefing.metrics.total,) if is_small or len(zones) > MOST_WAYS else zones
    layers.draw_layers(sheet, view, briefing, rows, crop=crop)
    taken = [furniture.draw_scale_bar(sheet, view), furniture.draw_north_arrow(sheet, view)]
    placed = labels.draw_labels(sheet, view, briefing, rows, taken, sizes=sizes, has_numbers=not is_small)
    return view, placed


def draw_heading(sheet: Sheet, kicker: str, title: str, headline: str) -> float:
    """Set kicker, title and key sentence across the top; return the y below."""
    page = sheet.page
    x, y, width = page.margin_mm, page.margin_mm, page.width_mm - 2 * page.margin_mm
    y = sheet.paragraph(x, y, width, kicker, _KICKER) + 0.2
    y = sheet.paragraph(x, y, width, title, _TITLE, max_lines=2) + 0.8
    y = sheet.paragraph(x, y, fonts.balance(headline, _HEADLINE, width), headline, _HEADLINE, max_lines=3)
    return y + 3.2


def draw_footer(sheet: Sheet, text: str) -> float:
    """Set the fine print at the foot of the page, growing upwards; return the y above it."""
    page = sheet.page
    width = page.width_mm - 2 * page.margin_mm
    lines = len(fonts.wrap(text, _FINE, width, max_lines=9))
    y = page.height_mm - page.margin_mm - lines * _FINE.line_mm
    sheet.rule(page.margin_mm, y - 1.2, width, colour=_INK.rule, line_pt=0.6)
    sheet.paragraph(page.margin_mm, y - 0.6, width, text, _FINE, max_lines=9)
    return y - 3


def draw_marking(sheet: Sheet, marking: str | None) -> None:
    """Set the handling line that was asked for at the top and the bottom of the page."""
    if not marking:
        return
    page = sheet.page
    words = fonts.shorten(marking, _MARKING, page.width_mm - 2 * page.margin_mm)
    for y in (page.margin_mm * 0.62, page.height_mm - page.margin_mm * 0.38):
        sheet.text(page.width_mm / 2, y, words, _MARKING, align="center")


def fine_print(briefing: Briefing) -> str:
    """Return what stands at the foot: what the distances are, sources, borders, credits, and what drew the page."""
    return " ".join(
        [
            briefing.front.definition_text,
            briefing.distance_note,
            wording.describe_sources(briefing),
            briefing.basemap.border_note,
            *briefing.credits,
            f"Drawn by geo {__version__}.",
        ]
    )
