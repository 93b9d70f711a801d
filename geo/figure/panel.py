"""The column beside a printed map: distances, shares per band, caveats."""

from __future__ import annotations

from collections.abc import Sequence

from geo import style, wording
from geo.briefing import Briefing
from geo.figure import fonts
from geo.figure.fonts import Face
from geo.figure.placement import Box
from geo.figure.sheet import Sheet
from geo.metrics import ZoneMetrics

_INK = style.PALETTE
HEADING = Face("serif-semibold", 9.5)
_CELL = Face("sans", 7.4)
_CELL_TOTAL = Face("sans-bold", 7.4)
_HEAD = Face("sans", 6.8, _INK.ink_soft)
_NOTE = Face("sans", 6.3, _INK.ink_soft, 1.22)
_BODY = Face("sans", 6.9, _INK.ink, 1.25)
_CELL_MM = (10.6, 9.4, 11.0, 12.0, 12.6)
_GAP_MM = 3.2
_BAR_MM = 2.3
MOST_BARS = 10


def draw_panel(sheet: Sheet, box: Box, briefing: Briefing, numbered: frozenset[int]) -> None:
    """Fill a box: the caveats and the total always, as many zones and bars as there is room for.

    ``numbered`` are the zones that the map names by their number only; then every zone shows its own.
    """
    room = box.height - _caveats_mm(box.width, briefing) - _forces_mm(box.width, briefing)
    names = _names(briefing, bool(numbered))
    rows = list(zip(names, briefing.metrics.zones, strict=True))
    bars = rows if len(rows) <= MOST_BARS else []
    while bars and _table_mm(box.width, rows) + _bars_mm(len(bars)) > room:
        bars = [] if len(bars) == 1 else bars[:1] if len(bars) < 2 else []
    shown = list(rows)
    while len(shown) > 1 and _table_mm(box.width, shown, len(rows)) + _bars_mm(len(bars) or 1) > room:
        shown = shown[:-1]
    y = _draw_table(sheet, box.left, box.top, box.width, shown, briefing)
    total = [("All zones", briefing.metrics.total)]
    y = draw_bars(sheet, box.left, y + _GAP_MM, box.width, [*bars] or total)
    y = _draw_forces(sheet, box.left, y + _GAP_MM, box.width, briefing)
    _draw_caveats(sheet, box.left, y, box.width, briefing)


def _names(briefing: Briefing, with_numbers: bool) -> list[str]:
    return [
        f"{index}  {zone.name}" if with_numbers else zone.name
        for index, zone in enumerate(briefing.scenario.zones, start=1)
    ]


def _name_mm(width: float) -> float:
    return width - sum(_CELL_MM) - 1


def _lines(name: str, width: float) -> list[str]:
    return fonts.wrap(name, _CELL, _name_mm(width), max_lines=2) or ["Unnamed zone"]


def _row_mm(lines: int) -> float:
    return lines * _CELL.line_mm + 1.25


def _table_mm(width: float, rows: Sequence[tuple[str, ZoneMetrics]], total: int | None = None) -> float:
    names = sum(_row_mm(len(_lines(name, width))) for name, _ in rows)
    left_out = 0.0 if total is None or total == len(rows) else _row_mm(1)
    return HEADING.line_mm + 6 + names + left_out + _row_mm(1) + 2 * _NOTE.line_mm


def _draw_table(
    sheet: Sheet,
    x: float,
    y: float,
    width: float,
    rows: Sequence[tuple[str, ZoneMetrics]],
    briefing: Briefing,
) -> float:
    y = sheet.paragraph(x, y, width, "Distance to the front", HEADING) + 0.8
    _draw_cells(sheet, x, y, width, ["Zone"], wording.COLUMNS[1:], _HEAD)
    y += _row_mm(1)
    sheet.rule(x, y - 0.4, width, colour=_INK.ink, line_pt=0.7)
    for name, row in rows:
        lines = _lines(name, width)
        _draw_cells(sheet, x, y, width, lines, wording.describe_cells(row), _CELL)
        y += _row_mm(len(lines))
        sheet.rule(x, y - 0.35, width, colour=_INK.rule, line_pt=0.4)
    rest = len(briefing.metrics.zones) - len(rows)
    if rest:
        words = [f"… and {rest} more; all stand in the PDF's table"]
        _draw_cells(sheet, x, y, width, words, (), _HEAD)
        y += _row_mm(1)
    if len(briefing.metrics.zones) > 1:
        _draw_cells(
            sheet, x, y, width, ["All zones"], wording.describe_cells(briefing.metrics.total), _CELL_TOTAL
        )
        y += _row_mm(1)
    return sheet.paragraph(x, y, width, wording.TABLE_NOTE, _NOTE)


def _draw_cells(
    sheet: Sheet, x: float, y: float, width: float, name: Sequence[str], cells: Sequence[str], face: Face
) -> None:
    for number, line in enumerate(name):
        sheet.text(x, y + face.size_pt * fonts.MM_PER_POINT + number * face.line_mm, line, face)
    right = x + width
    for cell, cell_mm in zip(reversed(cells), reversed(_CELL_MM[: len(cells)]), strict=True):
        sheet.text(right, y + face.size_pt * fonts.MM_PER_POINT, cell, face, align="right")
        right -= cell_mm


def _bars_mm(bars: int) -> float:
    return _GAP_MM + HEADING.line_mm + 2 * 3.6 + 1.4 + bars * (_BAR_MM + 3.9)


def draw_bars(
    sheet: Sheet, x: float, y: float, width: float, rows: Sequence[tuple[str, ZoneMetrics]]
) -> float:
    """Draw how much of each zone lies how far away, with the key of the bands above; return the y below."""
    y = sheet.paragraph(x, y, width, "How much of each zone lies how far away", HEADING) + 0.6
    y = _draw_key(sheet, x, y, width, rows[0][1])
    for name, row in rows:
        words = fonts.shorten(name, _NOTE, width * 0.45)
        sheet.text(x, y + 2.4, words, _NOTE)
        shares = fonts.shorten(_leading_shares(row), _NOTE, width * 0.54)
        sheet.text(x + width, y + 2.4, shares, _NOTE, align="right")
        y += 3.3
        left = x
        for band, colour in zip(row.bands, style.BAND_RAMP, strict=True):
            right = left + band.share * width
            look = {"facecolor": colour, "edgecolor": _INK.paper, "linewidth": 0.3}
            sheet.rectangle(Box(left, y, right, y + _BAR_MM), **look)
            left = right
        sheet.rectangle(
            Box(x, y, x + width, y + _BAR_MM), facecolor="none", edgecolor=_INK.border, linewidth=0.3
        )
        y += _BAR_MM + 0.6
    return y


def _leading_shares(row: ZoneMetrics) -> str:
    """Return the two largest shares in words: ``200–300 km 75 %, 100–200 km 25 %``."""
    large = sorted((band for band in row.bands if band.share > 0), key=lambda band: -band.share)[:2]
    return ", ".join(f"{wording.describe_band(band)} {style.format_share(band.share)}" for band in large)


def _draw_key(sheet: Sheet, x: float, y: float, width: float, row: ZoneMetrics) -> float:
    step = width / 3
    for index, (band, colour) in enumerate(zip(row.bands, style.BAND_RAMP, strict=True)):
        left, top = x + (index % 3) * step, y + (index // 3) * 3.6
        look = {"facecolor": colour, "edgecolor": _INK.border, "linewidth": 0.25}
        sheet.rectangle(Box(left, top + 0.4, left + 2.4, top + 2.8), **look)
        sheet.text(left + 3.4, top + 2.5, wording.describe_band(band), _NOTE)
    return y + 2 * 3.6 + 0.8


def _forces_mm(width: float, briefing: Briefing) -> float:
    sentences = wording.describe_forces(briefing)
    if not sentences:
        return _GAP_MM
    lines = sum(len(fonts.wrap(words, _BODY, width)) for words in sentences)
    return _GAP_MM + HEADING.line_mm + lines * _BODY.line_mm + 2 * _NOTE.line_mm + 2


def _draw_forces(sheet: Sheet, x: float, y: float, width: float, briefing: Briefing) -> float:
    sentences = wording.describe_forces(briefing)
    if not sentences:
        return y
    y = sheet.paragraph(x, y, width, "Reported force sizes, spread along the front", HEADING) + 0.5
    for words in sentences:
        y = sheet.paragraph(x, y, width, words, _BODY)
    return sheet.paragraph(x, y, width, wording.NOT_A_POSITION, _NOTE) + _GAP_MM


def _caveats_mm(width: float, briefing: Briefing) -> float:
    lines = sum(len(fonts.wrap(words, _BODY, width)) for words in briefing.caveats)
    return HEADING.line_mm + lines * _BODY.line_mm + 1 + len(briefing.caveats) * 0.5


def _draw_caveats(sheet: Sheet, x: float, y: float, width: float, briefing: Briefing) -> None:
    y = sheet.paragraph(x, y, width, "Read with care", HEADING) + 0.5
    for words in briefing.caveats:
        y = sheet.paragraph(x, y, width, words, _BODY) + 0.5
