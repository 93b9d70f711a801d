"""Maps side by side, of one extent and scale, with one legend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo.briefing.comparison import Comparison, code_zones
from geo.briefing.extent import view_extent
from geo.renderers import style
from geo.renderers.figure import fonts, layout, signs
from geo.renderers.figure.fonts import Face
from geo.renderers.figure.layout import MapLayout
from geo.renderers.figure.lettering import Sizes
from geo.renderers.figure.placement import Box
from geo.renderers.figure.sheet import Sheet
from geo.renderers.figure.signs import Signs
from geo.renderers.figure.view import shape_of

GUTTER_MM = 5.0
"""Between two maps, and between what is said below them."""

MOST_IN_A_ROW = 3
"""Maps that have room for their key sentences beneath them."""

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
_TITLE_GAP_MM, _GAP_MM = 0.8, 3.0  # between a title and its map, and below a map before the next row
_LEGEND_MM = 15.0
_WORTH_A_ROW = 1.25  # so much larger the maps have to be for two rows of them, which are long and low
_MOST_FURNISHED = 3  # of more maps, which are smaller, the first has scale bar and north arrow for all
_BARE_MM = 60.0  # on narrower maps in the large type of a slide neither leaves room for zones


@dataclass(frozen=True)
class Setting:
    """How maps side by side are set: on a sheet in several sizes, on a slide in one (``type_pt``).

    Of more maps than ``most_furnished`` the first alone has scale bar and north arrow.
    """

    name: Face
    sizes: Sizes
    most_furnished: int
    type_pt: float | None = None

    def legend_mm(self, comparison: Comparison, width: float) -> float:
        """Return the height of the legend: on a slide as short as it is beside a single map."""
        if not self.type_pt:
            return _LEGEND_MM
        return signs.legend_mm(comparison.briefings, width, type_pt=self.type_pt)

    def count_columns(self, count: int) -> int | None:
        """Return the columns of the legend under so many maps; on a slide it has as many as fit."""
        if self.type_pt:
            return None
        return MOST_IN_A_ROW if count == MOST_IN_A_ROW else MOST_IN_A_ROW + 1

    def is_furnished(self, index: int, count: int, width_mm: float) -> bool:
        """Tell whether a map of this width, one of so many, has scale bar and north arrow."""
        if self.type_pt and width_mm < _BARE_MM:
            return False
        return index == 0 or count <= self.most_furnished


ON_SHEET = Setting(_NAME, _SMALL, _MOST_FURNISHED)
ON_SLIDE = Setting(replace(_NAME, size_pt=layout.SLIDE_PT), Sizes.all_of(layout.SLIDE_PT), 1, layout.SLIDE_PT)


def draw_maps(
    sheet: Sheet, box: Box, comparison: Comparison, setting: Setting
) -> tuple[float, list[MapLayout]]:
    """Draw a map for each scenario, all of one extent and scale, and one legend; return the y below, and the maps."""
    count, shape = len(comparison.briefings), shape_of(view_extent(comparison.briefings))
    title_mm = setting.name.line_mm + _TITLE_GAP_MM
    room = Box(box.left, box.top, box.right, box.bottom - setting.legend_mm(comparison, box.width))
    one, two = (_fit_maps(room, -(-count // rows), rows, shape, title_mm) for rows in (1, 2))
    drawn_mm = [min(width, (height - title_mm) * shape) for _, width, height in (one, two)]
    columns, width, height = two if drawn_mm[1] > _WORTH_A_ROW * drawn_mm[0] else one
    rows = -(-count // columns)
    maps: list[MapLayout] = []
    codes = iter(code_zones(comparison))
    for index, briefing in enumerate(comparison.briefings):
        left = box.left + (index % columns) * (width + GUTTER_MM)
        top = box.top + (index // columns) * (height + _GAP_MM)
        frame = Box(left, top + title_mm, left + width, top + height)
        drawn = layout.draw_map(
            sheet,
            frame,
            briefing,
            crop=frame.grow(1.4),
            sizes=setting.sizes,
            type_pt=setting.type_pt,
            beside=comparison.briefings,
            codes=[next(codes) for _ in briefing.scenario.zones],
            is_furnished=setting.is_furnished(index, count, width),
        )
        maps.append(drawn)
        with sheet.part("title", briefing.scenario.title):
            title = fonts.shorten(briefing.scenario.title, setting.name, width)
            sheet.paragraph(left, top, width, title, setting.name)
    below = box.top + rows * (height + _GAP_MM) - _GAP_MM
    return _draw_legend(
        sheet, Box(box.left, below + 1.6, box.right, box.bottom), comparison, maps, setting
    ), maps


def _draw_legend(
    sheet: Sheet, box: Box, comparison: Comparison, maps: Sequence[MapLayout], setting: Setting
) -> float:
    """Draw one legend for all maps, of what any of them shows; return the y below."""
    shown = Signs(
        any(each.signs.ways for each in maps),
        any(each.signs.gap for each in maps),
        borders=setting.type_pt is None,
    )
    return signs.draw_legend(
        sheet,
        box,
        comparison.briefings,
        shown,
        columns=setting.count_columns(len(maps)),
        gutter_mm=GUTTER_MM,
        type_pt=setting.type_pt,
    )


def _fit_maps(room: Box, columns: int, rows: int, shape: float, title_mm: float) -> tuple[int, float, float]:
    """Return the columns, and width and height of a map with its title, where maps stand in so many rows."""
    width = (room.width + GUTTER_MM) / columns - GUTTER_MM
    height = (room.height + _GAP_MM) / rows - _GAP_MM
    # no higher than its width asks for: the reference layers end not far beyond
    return columns, width, min(height, title_mm + width / shape * 1.12)
