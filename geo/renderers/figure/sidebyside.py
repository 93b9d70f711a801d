"""Maps side by side, of one extent and scale, with one legend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo.briefing.comparison import Comparison, code_scenario, code_zones
from geo.briefing.extent import view_extent
from geo.renderers import style
from geo.renderers.figure import furniture, grids, layers, layout, signs
from geo.renderers.figure.fonts import Face
from geo.renderers.figure.grids import Grid
from geo.renderers.figure.layout import MapLayout
from geo.renderers.figure.lettering import Sizes
from geo.renderers.figure.placement import Box
from geo.renderers.figure.sheet import Sheet
from geo.renderers.figure.signs import Signs
from geo.renderers.figure.view import shape_of

MOST_IN_A_ROW = 3
"""Maps that have room for their key sentences beneath them, and on a slide for their zones and a whole table."""

_INK = style.PALETTE
_NAME = Face("serif-semibold", 9.5, _INK.ink, 1.15)
_SMALL = Sizes(
    zone=6.4,
    distance=6.6,
    front=6.6,
    side=6.0,
    places=(6.8, 6.0, 5.6, 5.4, 5.2),
    country=6.2,
    sea=6.2,
    water=5.8,
)
_LEGEND_MM = 15.0
_WORTH_A_ROW = 1.25  # so much larger the maps have to be for two rows of them, which are long and low
_MOST_FURNISHED = 3  # maps on a sheet; more are smaller


@dataclass(frozen=True)
class Setting:
    """How maps side by side are set: on a sheet in several sizes, on a slide in one (``type_pt``).

    Of more maps than ``most_furnished`` on a slide the first alone has scale bar and north arrow, on a sheet none has.
    Nor have maps that ``are_stacked``: they stand in two rows, each titled with its letter. The legend has the scale.
    """

    name: Face
    sizes: Sizes
    most_furnished: int
    type_pt: float | None = None
    are_stacked: bool = False

    def name_maps(self, comparison: Comparison) -> list[str]:
        """Return what stands above each map."""
        titles = [each.scenario.title for each in comparison.briefings]
        if not self.are_stacked:
            return titles
        return [f"{code_scenario(index)}: {title}" for index, title in enumerate(titles)]

    def legend_mm(self, comparison: Comparison, width: float, shown: Signs | None = None) -> float:
        """Return the height of the legend: on a slide as short as it is beside a single map."""
        if not self.type_pt:
            return _LEGEND_MM
        return signs.legend_mm(comparison.briefings, width, type_pt=self.type_pt, shown=shown)

    def count_columns(self, count: int) -> int | None:
        """Return the columns of the legend under so many maps; on a slide it has as many as fit."""
        if self.type_pt:
            return None
        return MOST_IN_A_ROW if count == MOST_IN_A_ROW else MOST_IN_A_ROW + 1

    def has_bar(self, count: int) -> bool:
        """Tell whether the legend of so many maps has their scale: they are too small for plates on them."""
        return self.are_stacked or (not self.type_pt and count > self.most_furnished)

    def is_furnished(self, index: int, count: int) -> bool:
        """Tell whether a map, one of so many, has scale bar and north arrow."""
        return not self.has_bar(count) and (index == 0 or count <= self.most_furnished)


ON_SHEET = Setting(_NAME, _SMALL, _MOST_FURNISHED)
ON_SLIDE = Setting(replace(_NAME, size_pt=layout.SLIDE_PT), Sizes.all_of(layout.SLIDE_PT), 1, layout.SLIDE_PT)


def draw_maps(
    sheet: Sheet, box: Box, comparison: Comparison, setting: Setting
) -> tuple[float, list[MapLayout]]:
    """Draw a map for each scenario, all of one extent and scale, and one legend; return the y below, and the maps."""
    room = replace(box, bottom=box.bottom - setting.legend_mm(comparison, box.width))
    one, two = (build_grid(room, comparison, setting, rows) for rows in (1, 2))
    grid = two if two.drawn_mm > _WORTH_A_ROW * one.drawn_mm else one
    return draw_grid(sheet, grid, replace(box, top=grid.below + 1.6), comparison, setting)


def build_grid(
    room: Box, comparison: Comparison, setting: Setting, rows: int, *, free_mm: float = 0.0
) -> Grid:
    """Return where the maps stand in so many rows; see `grids.build_grid`."""
    titles, shape = setting.name_maps(comparison), shape_of(view_extent(comparison.briefings))
    return grids.build_grid(room, titles, setting.name, shape, rows, free_mm=free_mm)


def draw_grid(
    sheet: Sheet, grid: Grid, legend: Box, comparison: Comparison, setting: Setting
) -> tuple[float, list[MapLayout]]:
    """Draw the maps where they stand, and their legend; return the y below that, and the maps."""
    maps: list[MapLayout] = []
    codes = iter(code_zones(comparison))
    for index, (briefing, cell) in enumerate(zip(comparison.briefings, grid.cells, strict=True)):
        drawn = layout.draw_map(
            sheet,
            cell.frame,
            briefing,
            crop=cell.frame.grow(1.4),
            sizes=setting.sizes,
            type_pt=setting.type_pt,
            beside=comparison.briefings,
            codes=[next(codes) for _ in briefing.scenario.zones],
            is_furnished=setting.is_furnished(index, len(grid.cells)),
            is_sparse=setting.has_bar(len(grid.cells)),
        )
        maps.append(drawn)
        with sheet.part("title", briefing.scenario.title):
            grids.draw_title(sheet, cell, setting.name)
    return _draw_legend(sheet, legend, comparison, maps, setting), maps


def _draw_legend(
    sheet: Sheet, box: Box, comparison: Comparison, maps: Sequence[MapLayout], setting: Setting
) -> float:
    """Draw one legend for all maps, of what any of them shows; return the y below."""
    shown = Signs(
        any(each.signs.ways for each in maps),
        any(each.signs.gap for each in maps),
        borders=setting.type_pt is None,
    )
    view = maps[0].view
    if setting.has_bar(len(maps)):
        shown = replace(shown, bar=furniture.find_bar(view, signs.KEY_MM))
    if setting.are_stacked:
        shown = replace(shown, band=layers.is_band_seen(view, comparison.briefings[0]))
    return signs.draw_legend(
        sheet,
        box,
        comparison.briefings,
        shown,
        columns=setting.count_columns(len(maps)),
        gutter_mm=grids.GUTTER_MM,
        type_pt=setting.type_pt,
    )
