"""The maps of many scenarios in two rows on a slide, with room beside them for a table."""

from __future__ import annotations

from dataclasses import dataclass, replace

from geo.briefing.comparison import Comparison
from geo.briefing.extent import view_extent
from geo.renderers import style
from geo.renderers.figure import layers, layout, sidebyside, signs
from geo.renderers.figure.fonts import Face
from geo.renderers.figure.grids import Grid
from geo.renderers.figure.layout import Printout
from geo.renderers.figure.placement import Box
from geo.renderers.figure.sheet import PageSize, Sheet
from geo.renderers.figure.signs import Signs
from geo.renderers.figure.view import View

_NAME = Face("sans-bold", layout.SLIDE_PT, style.PALETTE.ink, 1.15)
_SETTING = replace(sidebyside.ON_SLIDE, name=_NAME, are_stacked=True)
_RIM_MM, _TOP_MM = 0.3, 1.6  # left and right of all, and above a legend


@dataclass(frozen=True)
class Stack:
    """Where the maps of a page stand, and the room of their legend: beneath all, or where a row of theirs is short."""

    page: PageSize
    grid: Grid
    legend: Box
    is_beneath: bool

    @property
    def beside_mm(self) -> float:
        """The height of what may stand beside the maps, which ends above a legend beneath all."""
        return self.legend.top - _TOP_MM if self.is_beneath else self.page.height_mm


def plan_stack(comparison: Comparison, width_mm: float, height_mm: float, beside_mm: float) -> Stack:
    """Return where the maps of a page stand, as large as may be, with so much room beside them to the right."""
    page = PageSize("maps", width_mm, height_mm, 0)
    shown = Signs(ways=True, gap=False, borders=False, bar=signs.LONGEST_BAR, band=False)
    stack = _fit(page, comparison, beside_mm, shown)
    seen = _look(stack.grid, comparison, shown)
    return stack if seen == shown else _fit(page, comparison, beside_mm, seen)


def build_stack(comparison: Comparison, stack: Stack) -> Printout:
    """Build the maps with their legend, all type of a slide's size."""
    sheet = Sheet(stack.page)
    _, maps = sidebyside.draw_grid(sheet, stack.grid, stack.legend, comparison, _SETTING)
    return Printout(comparison, sheet.finish(), tuple(maps))


def _look(grid: Grid, comparison: Comparison, shown: Signs) -> Signs:
    """Return which signs there are besides on maps so large."""
    view, first = View(view_extent(comparison.briefings), grid.cells[0].frame), comparison.briefings[0]
    return replace(shown, gap=layers.has_gap(view, first), band=layers.is_band_seen(view, first))


def _fit(page: PageSize, comparison: Comparison, beside_mm: float, shown: Signs) -> Stack:
    whole = Box(_RIM_MM, 0, page.width_mm - _RIM_MM, page.height_mm)
    room = replace(whole, right=whole.right - beside_mm)
    beneath_mm = _SETTING.legend_mm(comparison, whole.width, shown)
    grid = sidebyside.build_grid(replace(room, bottom=room.bottom - beneath_mm), comparison, _SETTING, 2)
    if grid.free:  # a legend there leaves the maps what is beneath them
        free_mm = _SETTING.legend_mm(comparison, grid.free.width, shown)
        beside = sidebyside.build_grid(room, comparison, _SETTING, 2, free_mm=free_mm)
        if beside.free and beside.drawn_mm >= grid.drawn_mm:
            return Stack(page, beside, replace(beside.free, top=beside.free.top + _TOP_MM), False)
    return Stack(page, grid, replace(whole, top=whole.bottom - beneath_mm + _TOP_MM), True)
