"""How maps of one size stand in rows, with their titles above them and their legend beneath them or in a free cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo.renderers.figure import fonts
from geo.renderers.figure.fonts import Face
from geo.renderers.figure.placement import Box
from geo.renderers.figure.sheet import Sheet

GUTTER_MM = 5.0
"""Between two maps, and between what is said below them."""

_TITLE_GAP_MM, _GAP_MM = 0.8, 3.0  # between a title and its map, and below a map before the next row
_MOST_LINES = 4  # of a title
_SPARE = 1.12  # no map is higher than its width asks for by more: the reference layers end not far beyond


@dataclass(frozen=True)
class Cell:
    """The room of one map: its frame, and the lines of the title that stands on it."""

    frame: Box
    title: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """Where maps stand, how wide they are drawn, and the room below them."""

    cells: tuple[Cell, ...]
    drawn_mm: float
    below: float
    free: Box | None

    @property
    def width(self) -> float:
        """The width of a map."""
        return self.cells[0].frame.width


def build_grid(
    room: Box, titles: Sequence[str], face: Face, shape: float, rows: int, *, free_mm: float = 0.0
) -> Grid:
    """Stand a map for each title in so many rows; ``shape`` is how wide what they show is for its height.

    A title has as many lines as it takes, a row the height of its longest. A row that is not full leaves ``free`` the
    room from its end, and from the row before, to the lower edge; it is at least ``free_mm`` high.
    """
    columns = -(-len(titles) // rows)
    width = (room.width + GUTTER_MM) / columns - GUTTER_MM
    broken = [
        tuple(fonts.wrap(title, face, fonts.balance(title, face, width), max_lines=_MOST_LINES))
        for title in titles
    ]
    titles_mm = [
        max(map(len, broken[start : start + columns])) * face.line_mm + _TITLE_GAP_MM
        for start in range(0, len(titles), columns)
    ]
    height = (room.height - (rows - 1) * _GAP_MM - sum(titles_mm)) / rows
    height = min(height, width / shape * _SPARE)
    if rows > 1:
        above_mm = (room.height - free_mm - sum(titles_mm[:-1])) / (rows - 1) - _GAP_MM
        height = min(height, above_mm)
    cells = []
    top = room.top
    for index, title in enumerate(broken):
        row, column = divmod(index, columns)
        left = room.left + column * (width + GUTTER_MM)
        top = room.top + sum(titles_mm[: row + 1]) + row * (height + _GAP_MM)
        cells.append(Cell(Box(left, top, left + width, top + height), title))
    spare = len(titles) % columns
    upper = top - titles_mm[-1]
    free = Box(cells[-1].frame.right + GUTTER_MM, upper, room.right, room.bottom) if spare else None
    return Grid(tuple(cells), min(width, height * shape), top + height, free)


def draw_title(sheet: Sheet, cell: Cell, face: Face) -> None:
    """Set the title of a map, its last line next to the map."""
    frame = cell.frame
    y = frame.top - _TITLE_GAP_MM - len(cell.title) * face.line_mm
    for line in cell.title:
        y = sheet.paragraph(frame.left, y, frame.width, line, face)
