"""Briefings as an Excel workbook: a tidy sheet of zones, then what it rests on, its sources and its fields."""

from __future__ import annotations

import io
import operator
from collections.abc import Sequence
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from geo.briefing import about, fields, owncolumns, sections
from geo.briefing.briefing import Briefing
from geo.measuring import columns
from geo.measuring.columns import Column, Kind
from geo.renderers import style
from geo.renderers.data import layers

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_MOST_LETTERS = 32_767  # of a cell
_WIDEST, _WIDEST_WRAPPED, _NARROWEST, _WORDS_WIDTH = 40, 80, 9, 110  # characters
_ARROW = 4  # characters, of the filter beside a heading
_LINE_PT = 15
_WRAPPED = ("statement", "meaning")
"""Columns of text that is read; a row of them is as high as need be, which office programs do not find out alone."""
_NUMBERS = {"km": "#,##0.0", "km²": "#,##0", "°": "0.0000", columns.SHARE_UNIT: "0.0%"}
_BEARING = "0"
_FORMATS = {
    Kind.DAY: "yyyy-mm-dd",
    Kind.WHOLE: "#,##0",
    Kind.TRUTH: '"TRUE";"TRUE";"FALSE"',  # LibreOffice would show 1 and 0
}
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def render_xlsx(briefing: Briefing) -> bytes:
    """Return the workbook of one briefing."""
    return render_table((briefing,))


def render_table(briefings: Sequence[Briefing]) -> bytes:
    """Return the workbook of several briefings: the zones of all of them in one sheet, then the totals.

    Numbers, days and truth values are typed, and every text is a text, whatever it begins with.
    """
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    front = briefings[0].front
    with Workbook(stream, _OPTIONS) as book:
        book.set_size(2400, 1400)
        book.set_properties(
            {
                "title": "; ".join(each.scenario.title for each in briefings),
                "comments": sections.KICKER if len(briefings) == 1 else sections.KICKER_SEVERAL,
                "created": datetime.combine(front.as_of, time()),  # no clock is read
            }
        )
        tables = [layers.build_table(each) for each in briefings]
        own = owncolumns.find_own_columns([zone for each in briefings for zone in each.scenario.zones])
        declared = (*fields.TABLE, *own)
        items = [item for table in tables for item in table.items]
        zones = [item for item in items if item.zone is not None]
        totals = [item for item in items if item.zone is None]
        _add_table(book, "zones", declared, zones, totals)
        _add_words(book, "about", [row for each in briefings for row in about.list_facts(each)])
        statements = dict.fromkeys(
            each for briefing in briefings for each in layers.build_statements(briefing)
        )
        _add_table(book, "sources", fields.CLAIMS, [*statements])
        _add_dictionary(book, {"zones": declared, "sources": fields.CLAIMS})
    return stream.getvalue()


def _add_table(
    book: Workbook, name: str, declared: Sequence[Column], items: Sequence[Any], totals: Sequence[Any] = ()
) -> None:
    """Add a sheet with a heading that stays, filters over the items, and totals below, told apart."""
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bg_color": style.PALETTE.rule, "bottom": 1})
    for index, column in enumerate(declared):
        sheet.write_string(0, index, column.key, head)
        plain, total = (book.add_format(_look(column, is_total=each)) for each in (False, True))
        values = [column.read(item) for item in (*items, *totals)]
        for row, value in enumerate(values, start=1):
            _write(sheet, row, index, value, plain if row <= len(items) else total)
        width = _find_width(column, values)
        sheet.set_column(index, index, width)
        if column.key in _WRAPPED:
            for row, value in enumerate(values, start=1):
                sheet.set_row(row, _LINE_PT * _count_lines(str(value), width))
    sheet.autofilter(0, 0, max(len(items), 1), len(declared) - 1)
    sheet.freeze_panes(1, 2)
    sheet.repeat_rows(0)
    _set_paper(sheet, is_wide=name != "fields")


def _look(column: Column, *, is_total: bool) -> dict[str, Any]:
    look: dict[str, Any] = {"valign": "top", "text_wrap": column.key in _WRAPPED}
    if column.kind is Kind.NUMBER:
        look["num_format"] = _BEARING if column.key == "bearing_deg" else _NUMBERS.get(column.unit, "General")
    elif column.kind in _FORMATS:
        look["num_format"] = _FORMATS[column.kind]
    if column.kind in (Kind.DAY, Kind.TRUTH):
        look["align"] = "center"
    return {**look, "bold": True, "top": 1, "bg_color": style.PALETTE.paper} if is_total else look


def _find_width(column: Column, values: Sequence[Any]) -> int:
    """Return a width in characters that shows the heading, and what a column holds unless that is long."""
    longest = max((len(str(value)) for value in values if value is not None), default=0)
    held = (
        min(longest, _WIDEST_WRAPPED if column.key in _WRAPPED else _WIDEST)
        if column.kind is Kind.TEXT
        else 0
    )
    return max(_NARROWEST, len(column.key) + _ARROW, held + 1)


def _count_lines(words: str, width: int) -> int:
    return sum(max(1, -(-len(line) // (width - 4))) for line in words.split("\n"))


def _write(sheet: Worksheet, row: int, index: int, value: Any, look: Format) -> None:
    if value is None:
        sheet.write_blank(row, index, None, look)
    elif isinstance(value, bool):
        sheet.write_boolean(row, index, value, look)
    elif isinstance(value, int | float):
        sheet.write_number(row, index, value, look)
    elif isinstance(value, str):
        text = value if len(value) <= _MOST_LETTERS else f"{value[: _MOST_LETTERS - 1]}…"
        sheet.write_string(row, index, text, look)
    else:
        sheet.write_datetime(row, index, datetime.combine(value, time()), look)


def _add_words(book: Workbook, name: str, rows: Sequence[tuple[str, str]]) -> None:
    """Add a sheet of two columns, what is said and the words."""
    sheet = book.add_worksheet(name)
    bold, plain = (
        book.add_format({"text_wrap": True, "valign": "top", "bold": each}) for each in (True, False)
    )
    for row, (what, words) in enumerate(rows):
        sheet.write_string(row, 0, what, bold)
        sheet.write_string(row, 1, words[:_MOST_LETTERS], plain)
        sheet.set_row(row, _LINE_PT * _count_lines(words, _WORDS_WIDTH))
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, 1, _WORDS_WIDTH)
    _set_paper(sheet)


def _add_dictionary(book: Workbook, described: dict[str, Sequence[Column]]) -> None:
    """Add the sheet that explains every column of the others."""
    keys = ("sheet", "field", "type", "unit", "meaning")
    rows = [
        dict(zip(keys, (sheet, each.key, each.kind.value, each.unit, each.meaning), strict=True))
        for sheet, declared in described.items()
        for each in declared
    ]
    declared = [Column(key, Kind.TEXT, "", "", operator.itemgetter(key)) for key in keys]
    _add_table(book, "fields", declared, rows)


def _set_paper(sheet: Worksheet, *, is_wide: bool = False) -> None:
    """Set A4 landscape; all columns on one page unless a sheet is wide."""
    sheet.set_paper(9)
    sheet.set_landscape()
    if not is_wide:
        sheet.fit_to_pages(1, 0)
