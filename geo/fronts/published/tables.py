"""The occupied area of a day out of a publisher's tables of who controls each place, one table a year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import shapely

from geo import numerals
from geo.errors import DataError
from geo.files.document import Content
from geo.fronts.published import originals, places, wishes
from geo.fronts.published.answers import LeaveError, MissingError
from geo.fronts.published.originals import Original
from geo.fronts.published.places import Cells
from geo.fronts.published.publishers import Publisher
from geo.fronts.published.wishes import Failure, Piece, Pieces, Tell, Wish


def fetch_areas(publisher: Publisher, wish: Wish, tell: Tell) -> Pieces:
    """Yield the occupied area of each day asked for, made of places under Russian control and the cells around them.

    Raises
    ------
    DataError
        The cells, or the one day that is asked for, are not to be had.
    """
    assert publisher.cells
    content, original = wishes.ask(publisher.cells, replace(wish, sha256=None), tell)
    cells = places.read_cells(content)
    originals.keep(original)
    for year in _list_years(publisher, wish):
        try:
            yield from _fetch_year(publisher, year, cells, wish, tell)
        except DataError as error:
            if not wish.since:
                raise
            yield Failure(f"{year}", error)
            if isinstance(error, LeaveError):
                return


def _list_years(publisher: Publisher, wish: Wish) -> range:
    last = wish.day or wish.today
    if not publisher.is_yearly:
        return range(last.year, last.year + 1)
    first = wish.day or max(wish.since or last, publisher.since or date.min)
    return range(first.year, last.year + 1)


def _fetch_year(publisher: Publisher, year: int, cells: Cells, wish: Wish, tell: Tell) -> Pieces:
    content, original = _fetch_table(publisher, year, wish, tell)
    days = places.read_control(content, wish.wants if wish.day or wish.since else None)
    original = originals.keep(original)
    if wish.day and not days:
        raise MissingError.of(content.path, f"The table has no {wish.day}", "Choose another day.")
    for day, names in days.items():
        if wish.since and wishes.is_here(publisher, day):
            continue
        try:
            yield _dissolve(publisher, day, names, cells, content, original)
        except DataError as error:
            if not wish.since:
                raise
            yield Failure(f"{day}", error)


def _fetch_table(publisher: Publisher, year: int, wish: Wish, tell: Tell) -> tuple[Content, Original]:
    """Return the table of a year; of the newest day, that of the old year early in January."""
    try:
        return wishes.ask(publisher.find_address(date(year, 1, 1)), wish, tell)
    except MissingError:
        if wish.day or wish.since:
            raise
        return wishes.ask(publisher.find_address(date(year - 1, 1, 1)), wish, tell)


def _dissolve(
    publisher: Publisher, day: date, names: frozenset[str], cells: Cells, table: Content, original: Original
) -> Piece:
    area = places.derive_area(names, cells, str(table.path))
    method = (
        f"The cells around {numerals.format_count(len(names))} places under Russian control, joined; contested places "
        f"are left out. {wishes.describe_file(publisher, table, original)}"
    )
    data = f'{{"type": "Feature", "properties": {{}}, "geometry": {shapely.to_geojson(area)}}}'.encode()
    return Piece(Content(Path(f"{day}.geojson"), data), original, method, day)
