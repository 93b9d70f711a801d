"""The one-page figure of a briefing: heading, map, column of figures, sources and credits."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from geo.briefing import attribution, citing, sections
from geo.briefing.briefing import Briefing
from geo.briefing.comparison import Comparison
from geo.briefing.extent import describe_gap, view_extent
from geo.errors import UsageError
from geo.geodesy.planes import MercatorPlane, find_parallels
from geo.renderers import style
from geo.renderers.figure import closeup, fonts, furniture, labels, layers, panel, signs
from geo.renderers.figure.fonts import Face
from geo.renderers.figure.lettering import Sizes
from geo.renderers.figure.placement import Box
from geo.renderers.figure.sheet import PAGES, Drawing, PageSize, Sheet
from geo.renderers.figure.signs import Signs
from geo.renderers.figure.view import DETAIL_MM, View

_INK = style.PALETTE
_KICKER = Face("sans-bold", 7.4, _INK.zone_text)
_TITLE = Face("serif-semibold", 19, _INK.ink, 1.12)
_HEADLINE = Face("serif", 11, _INK.ink, 1.2)
_FINE = Face("sans", 5.9, _INK.ink_soft, 1.2)
_MARKING = Face("sans-bold", 8.5, _INK.ink)
_MOST_HEADLINE = 3  # lines
_MOST_FINE = 14  # lines; sources and credits stand at the end and are not to be cut
_PANEL_MM = 94.0
_GUTTER_MM = 5.0
SLIDE_PT = 13.5
"""The size of all type on the map of a slide as it is measured; in the fonts of the reader's machine it is smaller."""
MOST_ZONES = 500
"""More could not be told apart on a page, and finding room for their names takes time and memory with their square."""


@dataclass(frozen=True)
class MapLayout:
    """A map on a page: its view, the boxes of its labels by kind and index in millimetres, what its legend explains."""

    view: View
    labels: Mapping[tuple[str, int], Box]
    signs: Signs

    @property
    def numbered(self) -> frozenset[int]:
        """The zones (from 0) that are named by their number."""
        return frozenset(index for kind, index in self.labels if kind == "number")


@dataclass(frozen=True)
class Printout:
    """A briefing or a comparison laid out on a page, with its maps; immutable, the input of every writer."""

    shown: Briefing | Comparison
    drawing: Drawing
    maps: tuple[MapLayout, ...]


@dataclass(frozen=True)
class Paper:
    """A page laid out around the frame, in millimetres, of a map that something else draws; immutable."""

    drawing: Drawing
    frame: Box


def build_figure(briefing: Briefing, page: PageSize) -> Printout:
    """Build the figure of a briefing on a page."""
    validate_zones([briefing])
    sheet, beside = draw_frame(briefing, page, sections.KICKER)
    plan = panel.plan_panel(beside, briefing)
    drawn = draw_map_beside(sheet, beside, briefing, listed=range(plan.listed))
    panel.draw_panel(sheet, beside, briefing, plan, has_numbers=bool(drawn.numbered))
    return Printout(briefing, sheet.finish(), (drawn,))


def build_paper(briefing: Briefing) -> Paper:
    """Lay out the page of a briefing around its map, which whoever prints it from a screen has already."""
    sheet, beside = draw_frame(replace(briefing, marking=None), PAGES["a4"], sections.KICKER, on_screen=True)
    panel.draw_panel(sheet, beside, briefing, panel.plan_panel(beside, briefing), has_numbers=True)
    return draw_around_map(sheet, beside, briefing)


def draw_around_map(sheet: Sheet, beside: Box, briefing: Briefing) -> Paper:
    """Draw the legend of a map that stands elsewhere, lines of equal distance among its signs; finish the page."""
    ways = briefing.metrics.total.nearest_km > 0
    for gap in (False, True):
        shown = Signs(ways, gap, isolines=True)
        frame = _frame_map(sheet, beside, briefing, shown)
        view = View(view_extent([briefing]), frame, detail_mm=DETAIL_MM, plane=MercatorPlane())
        if not layers.has_gap(view, briefing):
            break
    box = Box(frame.left, frame.bottom + 1.6, frame.right, beside.bottom + 1)
    signs.draw_legend(sheet, box, [briefing], shown)
    return Paper(sheet.finish(), frame)


def draw_frame(
    briefing: Briefing, page: PageSize, kicker: str, *, on_screen: bool = False
) -> tuple[Sheet, Box]:
    """Draw heading, fine print and handling line of a page; return it, and the box of the column beside the map.

    The map of a page that comes from a screen is in the projection ``on_screen``.
    """
    sheet = Sheet(page)
    right = page.width_mm - page.margin_mm
    top = draw_heading(sheet, briefing.imprint.head(kicker), briefing.scenario.title, briefing.headline)
    fine = fine_print(briefing, on_screen=on_screen)
    bottom = draw_footer(sheet, " ".join([*describe_gap([briefing]), fine]))
    draw_marking(sheet, briefing.marking)
    return sheet, Box(right - _PANEL_MM, top, right, bottom - 1)


def draw_map_beside(sheet: Sheet, beside: Box, briefing: Briefing, *, listed: Collection[int]) -> MapLayout:
    """Draw the map of a page and its legend, in the room that the column beside it leaves."""
    frame = _frame_map(sheet, beside, briefing)
    crop = Box(0, frame.top - 2, beside.left - 1, frame.bottom + 3)
    drawn = draw_map(sheet, frame, briefing, crop=crop, listed=listed)
    box = Box(frame.left, frame.bottom + 1.6, frame.right, beside.bottom + 1)
    signs.draw_legend(sheet, box, [briefing], drawn.signs)
    return drawn


def _frame_map(sheet: Sheet, beside: Box, briefing: Briefing, shown: Signs | None = None) -> Box:
    """Return the box of the map: left of the column, above the legend, which explains the signs ``shown`` if known."""
    left, right = sheet.page.margin_mm, beside.left - _GUTTER_MM
    height = signs.legend_mm([briefing], right - left, shown=shown)
    return Box(left, beside.top, right, beside.bottom + 1 - height)


def build_map(briefing: Briefing, width_mm: float, height_mm: float, *, listed: Collection[int]) -> Printout:
    """Build the map with its legend on a page of the given size, for a slide that has the other words itself.

    ``listed`` are the zones (from 0) that stand in the slide's table, so that a number on the map can be looked up.
    """
    validate_zones([briefing])
    sheet = Sheet(PageSize("map", width_mm, height_mm, 0))
    least, most = (
        signs.legend_mm(
            [briefing], width_mm - 0.6, type_pt=SLIDE_PT, shown=Signs(ways=True, gap=gap, borders=False)
        )
        for gap in (False, True)
    )
    frame = Box(0.2, 0.2, width_mm - 0.2, height_mm - least)
    if layers.has_gap(View(view_extent([briefing]), frame), briefing):
        frame = replace(frame, bottom=height_mm - most)
    drawn = draw_map(sheet, frame, briefing, crop=frame.grow(1.4), listed=listed, type_pt=SLIDE_PT)
    below = Box(0.3, frame.bottom + 1.6, width_mm - 0.3, height_mm)
    signs.draw_legend(sheet, below, [briefing], replace(drawn.signs, borders=False), type_pt=SLIDE_PT)
    return Printout(briefing, sheet.finish(), (drawn,))


def validate_zones(briefings: Sequence[Briefing]) -> None:
    """Refuse a map of more zones than can be told apart.

    Raises
    ------
    UsageError
        If a scenario has more than `MOST_ZONES`.
    """
    for briefing in briefings:
        if (count := len(briefing.scenario.zones)) > MOST_ZONES:
            raise UsageError(
                f"{briefing.scenario.id}: {count:,} zones cannot be told apart on a page; "
                f"at most {MOST_ZONES} are drawn. Render it as html, or export it as data."
            )


def draw_map(
    sheet: Sheet,
    frame: Box,
    briefing: Briefing,
    *,
    crop: Box,
    sizes: Sizes | None = None,
    type_pt: float | None = None,
    listed: Collection[int] = (),
    beside: Sequence[Briefing] = (),
    codes: Sequence[str] = (),
    is_furnished: bool = True,
    is_sparse: bool = False,
) -> MapLayout:
    """Draw a whole map into a frame: layers, scale bar, north arrow, labels.

    The shortest distance of all zones is drawn. One of several maps ``beside`` each other has the extent of all of them
    and no numbers of zones.
    ``codes``, one a zone, stand on the map instead of names. ``sizes`` has the size of each kind of type,
    ``type_pt`` that of all. Without ``is_furnished`` there is no scale bar and no north arrow: another map of the same
    scale has them. A map that ``is_sparse`` has few names beside codes and distance.
    """
    together = beside or [briefing]
    detail_mm = 3 * DETAIL_MM if beside else DETAIL_MM
    view = View(view_extent(together), frame, detail_mm=detail_mm)
    rows = (briefing.metrics.total,)
    layers.draw_layers(sheet, view, briefing, rows, crop=crop)
    taken = furniture.draw_furniture(sheet, view, together, type_pt=type_pt) if is_furnished else []
    if not beside and not type_pt:  # small maps and slides have no room for it
        taken += closeup.draw_closeups(sheet, view, briefing, taken)
    sizes = sizes or (Sizes.all_of(type_pt) if type_pt else None)
    placed = labels.draw_labels(
        sheet, view, briefing, rows, taken, sizes=sizes, listed=listed, codes=codes, is_sparse=is_sparse
    )
    has_ways = any(row.nearest_km > 0 for row in rows)
    return MapLayout(view, placed, Signs(has_ways, layers.has_gap(view, briefing)))


def draw_heading(sheet: Sheet, kicker: str, title: str, headline: str, briefs: Sequence[str] = ()) -> float:
    """Set kicker, title and key sentence across the top, or the first of its ``briefs`` that fits; return the y.

    That is where the next thing may begin.
    """
    page = sheet.page
    x, y, width = page.margin_mm, page.margin_mm, page.width_mm - 2 * page.margin_mm
    y = sheet.paragraph(x, y, width, kicker, _KICKER) + 0.2
    y = sheet.paragraph(x, y, width, title, _TITLE, max_lines=2) + 0.8
    forms = [headline, *briefs]
    fitting = (form for form in forms if len(fonts.wrap(form, _HEADLINE, width)) <= _MOST_HEADLINE)
    said = next(fitting, forms[-1])
    balanced = fonts.balance(said, _HEADLINE, width)
    y = sheet.paragraph(x, y, balanced, said, _HEADLINE, max_lines=_MOST_HEADLINE)
    return y + 3.2


def draw_footer(sheet: Sheet, text: str) -> float:
    """Set the fine print at the foot of the page, growing upwards; return the y above it."""
    page = sheet.page
    width = page.width_mm - 2 * page.margin_mm
    lines = len(fonts.wrap(text, _FINE, width, max_lines=_MOST_FINE))
    y = page.height_mm - page.margin_mm - lines * _FINE.line_mm
    sheet.rule(page.margin_mm, y - 1.2, width, colour=_INK.rule, line_pt=0.6)
    sheet.paragraph(page.margin_mm, y - 0.6, width, text, _FINE, max_lines=_MOST_FINE)
    return y - 3


def draw_marking(sheet: Sheet, marking: str | None) -> None:
    """Set the handling line that was asked for at the top and the bottom of the page, whole however long it is."""
    if not marking:
        return
    page = sheet.page
    room = page.width_mm - 2 * page.margin_mm
    size_pt = min(_MARKING.size_pt, _MARKING.size_pt * room / fonts.measure_mm(marking, _MARKING))
    face = replace(_MARKING, size_pt=size_pt)
    for y in (page.margin_mm * 0.62, page.height_mm - page.margin_mm * 0.38):
        sheet.text(page.width_mm / 2, y, marking, face, align="center")


def fine_print(shown: Briefing | Comparison, *, on_screen: bool = False) -> str:
    """Return what stands at the foot: what the distances are, sources, borders, credits, and what drew the page."""
    briefings = shown.briefings if isinstance(shown, Comparison) else (shown,)
    first = briefings[0]
    return " ".join(
        [
            shown.front.definition_text,
            shown.distance_note,
            citing.describe_sources(shown.sources),
            first.basemap.border_note,
            attribution.SCREEN
            if on_screen
            else attribution.describe_projection(find_parallels(view_extent(briefings))),
            *shown.credits,
            attribution.DRAWN_BY,
        ]
    )
