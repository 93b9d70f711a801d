"""The workbook, read back cell by cell from its own XML, and by a reader of Excel files."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import python_calamine

from geo.briefing import fields
from geo.briefing.briefing import Briefing
from geo.renderers.data import workbook

NAME = "=HYPERLINK(1)"


@pytest.fixture(scope="module")
def made(make_briefing: Callable[..., Briefing]) -> Briefing:
    made = make_briefing((NAME, "Зона"), "<b>&")
    zones = [
        replace(zone, properties={"url": "https://example.org/", "count": index or None})
        for index, zone in enumerate(made.scenario.zones)
    ]
    return replace(made, scenario=replace(made.scenario, zones=tuple(zones)))


@pytest.fixture(scope="module")
def book(made: Briefing) -> bytes:
    return workbook.render_xlsx(made)


def read_sheet(book: bytes, name: str) -> list[list[Any]]:
    return (
        python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_name(name).to_python()
    )


def test_zones_are_a_tidy_table_with_the_total_below(book: bytes) -> None:
    """One heading, a row a zone, then the total; figures are numbers, days days, and truth values such."""
    head, *rows = read_sheet(book, "zones")
    assert head == [*(column.key for column in fields.TABLE), "url", "count"]
    zone, _, total = (dict(zip(map(str, head), row, strict=True)) for row in rows)
    assert (zone["zone"], zone["is_total"], total["is_total"]) == (NAME, False, True)
    assert isinstance(zone["nearest_km"], float)
    assert isinstance(zone["front_as_of"], date)
    assert (total["status"], total["count"]) == ("", "")


def test_every_sheet_is_there_and_the_fields_explain_all_columns(book: bytes, made: Briefing) -> None:
    """Zones first, then what they rest on, the claims, and the dictionary of both."""
    names = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(book)).sheet_names
    assert names == ["zones", "about", "sources", "fields"]
    explained = [row[:2] for row in read_sheet(book, "fields")[1:]]
    for name in ("zones", "sources"):
        assert [key for sheet, key in explained if sheet == name] == read_sheet(book, name)[0]
    words = [row[1] for row in read_sheet(book, "about")]
    assert {made.headline, made.distance_note, *made.caveats, *made.credits} <= set(words)


def test_nothing_in_it_runs(book: bytes) -> None:
    """No cell is a formula or a link, whatever its text begins with."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if "worksheets/sheet" in name]
        assert not any("rels" in name and "worksheets" in name for name in archive.namelist())
    assert sheets and not any(re.search(rb"<f[ >]|<hyperlink", sheet) for sheet in sheets)


def test_the_heading_stays_and_filters_leave_the_total_out(book: bytes) -> None:
    """The first row and two columns are frozen; the filter ends above the total."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert 'xSplit="2" ySplit="1"' in sheet and 'state="frozen"' in sheet
    assert re.search(r'<autoFilter ref="A1:[A-Z]+3"/>', sheet)
