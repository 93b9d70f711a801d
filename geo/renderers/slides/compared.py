"""What fills the slide of a comparison: maps above a wide table, or of many scenarios maps beside a narrow one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from geo.briefing import notes, sections
from geo.briefing.briefing import Briefing
from geo.briefing.comparison import Comparison, code_scenario, name_zones
from geo.measuring import figures
from geo.measuring.figures import Output
from geo.renderers import figure, style
from geo.renderers.slides import column, fitting, natives, shapes, table
from geo.renderers.slides.fitting import Fitted
from geo.renderers.slides.shapes import LEAST_PT, Area
from geo.renderers.slides.table import SlideTable
from geo.renderers.slides.words import Words

_HEADINGS = tuple(f"{each.heading}, {each.unit.symbol}" for each in figures.find_figures(Output.COMPARISON))
_MOST_LINES = 3  # of codes and names below a map
_GUTTER_MM = 7.0
_FIGURES_MM, _NARROW_FIGURES_MM = 24.0, 19.0
_WIDTHS_MM = (84.0, 91.0, 98.0, 105.0, 112.0, 119.0, 126.0, 133.0, 140.0)  # of a table beside maps
_MOST_TITLE = 5  # lines
_AS_LARGE = 0.98  # maps that are so large beside a wider table are as large as beside the narrowest
_INK = style.PALETTE


def add_rows(slide: Any, comparison: Comparison, words: Words, body: Area) -> None:
    """Add the maps in a row, below each its zones, and a table of all figures."""
    rows = [
        [
            each.scenario.title,
            str(len(each.scenario.zones)),
            *map(_set_in_line, figures.write_cells(each.metrics.total, Output.COMPARISON)),
        ]
        for each in comparison.briefings
    ]
    headings = (sections.SCENARIO, sections.ZONES, *_HEADINGS)
    content = SlideTable(headings, rows, False, body.width, LEAST_PT, _FIGURES_MM, 2)
    step = (body.width + figure.GUTTER_MM) / len(rows)
    zones = [
        _fit_zones(names, each, step - figure.GUTTER_MM)
        for names, each in zip(name_zones(comparison), comparison.briefings, strict=True)
    ]
    zones_mm = max(each.height_mm for each in zones)
    room = Area(body.left, body.top, body.width, body.height - sum(content.heights_mm) - zones_mm - 4)
    drawing = figure.build_comparison_maps(comparison, room.width, room.height).drawing
    natives.add_map(slide, drawing, room, words.alt_short, words.alt_long)
    for index, (each, fitted) in enumerate(zip(comparison.briefings, zones, strict=True)):
        name, left = f"Zones of {each.scenario.title}", body.left + index * step
        shapes.add_text(
            slide, name, left, room.bottom + 1, step - figure.GUTTER_MM, fitted, colour=_INK.zone_text
        )
    table.add_table(slide, content, body.left, room.bottom + zones_mm + 3, words.alt_long)


def add_stack(slide: Any, comparison: Comparison, words: Words, body: Area) -> None:
    """Add the maps in two rows, and beside them a table of the scenarios with their zones, the nearest first."""
    figure.validate_count(comparison)
    stack, content = _plan(comparison, body)
    drawing, alternative = figure.build_stack(comparison, stack).drawing, (words.alt_short, words.alt_long)
    left = body.left + body.width - content.width_mm
    maps_mm = left - _GUTTER_MM - body.left
    if stack.is_beneath:
        natives.add_map_and_key(slide, drawing, body, stack.beside_mm, maps_mm, *alternative)
    else:
        natives.add_map(slide, drawing, replace(body, width=maps_mm), *alternative)
    table.add_table(slide, content, left, body.top, words.alt_long)


def _plan(comparison: Comparison, body: Area) -> tuple[figure.Stack, SlideTable]:
    """Return a table with all zones, else with the nearest of each scenario, else with titles alone, and the maps.

    It is as wide as makes no map smaller; where it would not fit, it is wider.
    """
    stacks = {
        width: figure.plan_stack(comparison, body.width, body.height, width + _GUTTER_MM)
        for width in _WIDTHS_MM
    }
    largest = max(stack.grid.drawn_mm for stack in stacks.values())
    widths = [*stacks]
    while len(widths) > 1 and stacks[widths[1]].grid.drawn_mm > _AS_LARGE * largest:
        widths.pop(0)
    most = max(len(each.scenario.zones) for each in comparison.briefings)
    for count, tried in ((most, widths[:1]), (1, widths), (0, widths)):
        for width in tried:
            content = _build_table(comparison, width, count)
            if sum(content.heights_mm) <= stacks[width].beside_mm:
                return stacks[width], content
    for lines in range(_MOST_TITLE - 1, 0, -1):
        content = replace(content, name_lines=lines)
        if sum(content.heights_mm) <= stacks[width].beside_mm:
            break
    return stacks[width], content


def _build_table(comparison: Comparison, width_mm: float, count: int) -> SlideTable:
    """Return a row for each scenario: its letter and title, beneath them at most so many zones, and its distances."""
    rows = []
    for index, each in enumerate(comparison.briefings):
        zones = _list_zones(each, code_scenario(index), count) if count else []
        title = f"{code_scenario(index)}: {each.scenario.title}"
        rows.append(["\v".join([title, *zones]), *column.write_cells(each.metrics.total, Output.SLIDE)])
    beneath = {0: [], 1: [sections.NEAREST_ZONE]}.get(count, [sections.NEAREST_FIRST])
    headings = ("\v".join([sections.SCENARIO, *beneath]), *column.HEADINGS)
    return SlideTable(headings, rows, False, width_mm, LEAST_PT, _NARROW_FIGURES_MM, _MOST_TITLE)


def _list_zones(briefing: Briefing, letter: str, count: int) -> list[str]:
    """Return the nearest zones in one text, each with its code, which an only one does not need."""
    zones = briefing.metrics.zones
    if len(zones) == 1:
        return [zones[0].zone]
    nearest = briefing.metrics.nearest_first[:count]
    return [" · ".join(f"{letter}{index + 1} {zones[index].zone}" for index in nearest)]


def _set_in_line(cell: figures.Cell) -> str:
    """Return a figure with what it lies between beside it, so that a row takes one line."""
    figure, interval = cell
    return f"{figure} ({interval})" if interval else figure


def _fit_zones(names: Sequence[str], briefing: Briefing, width_mm: float) -> Fitted:
    """Return as many codes with names as fit below a map, the nearest zone among them, and how many more there are."""
    most = LEAST_PT, _MOST_LINES
    fitted = fitting.fit_most(names, " · ", width_mm, most, notes.REST)
    nearest = names[briefing.metrics.nearest_first[0]]
    if nearest in fitted.text:
        return fitted
    others = [name for name in names if name != nearest]
    return fitting.fit_most([nearest, *others], " · ", width_mm, most, notes.REST)
