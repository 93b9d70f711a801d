"""Who controls each place becomes an occupied area: the cells around places under Russian control, joined.

The table is a CSV file in a zip archive: one row a place and day (``geonameid``, ``date``, ``status``), or one
row a place with a column for each moment (``ctr_20220301120000``). Contested places do not count as occupied.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import DataError
from geo.files import document, formats, limits, packing
from geo.files.document import Content
from geo.fronts import dating
from geo.geodesy import Area

OCCUPIED = "ru"
STATUSES = (OCCUPIED, "ua", "contested", "", "na")
_WIDE = re.compile(r"ctr_(\d{8})(\d{6})?", re.ASCII)
_SHORTENED = re.compile(r"\d(\.\d+)?e\+\d{1,2}", re.ASCII | re.IGNORECASE)
_MOST_WITHOUT_CELL = 0.02
_SCHEMA = "The publisher may have changed its columns; this version reads geonameid, date and status."

Cells = Mapping[str, BaseGeometry]
Wanted = Callable[[date], bool]


def read_control(content: Content, wanted: Wanted | None = None) -> dict[date, frozenset[str]]:
    """Return the ids of the places under Russian control on each day that is wanted; with None, on the newest day.

    Raises
    ------
    DataError
        The file is no such table.
    """
    with _open_table(content) as stream:
        rows = csv.reader(stream, strict=True)
        header = [name.strip().lower() for name in next(rows, [])]
        if "geonameid" in header and {"date", "status"} <= {*header}:
            days = _read_long(content.path, rows, header, wanted)
        elif "geonameid" in header and any(map(_WIDE.fullmatch, header)):
            days = _read_wide(content.path, rows, header, wanted)
        else:
            raise DataError.of(
                content.path, f"The table has other columns: {', '.join(header)[:200]}", _SCHEMA
            )
    return {day: frozenset(days[day]) for day in sorted(days)}


def read_cells(content: Content) -> Cells:
    """Return the ground around each place, by its id; lon, lat degrees.

    Raises
    ------
    DataError
        The file is no FeatureCollection of areas with ids.
    """
    value = document.parse_document(document.read_content(content, max_bytes=limits.CELLS_BYTES)).value
    features = value.get("features") if isinstance(value, dict) else None
    try:
        listed = [(_tidy(each["properties"]["geonameid"]), each["geometry"]) for each in features or ()]
        shapes = shapely.from_geojson([json.dumps(geometry) for _, geometry in listed])
    except (KeyError, TypeError, ValueError, shapely.errors.GEOSException):
        listed, shapes = [], ()
    cells = {name: shape for (name, _), shape in zip(listed, shapes, strict=True)}
    if not cells or any(shape.geom_type not in ("Polygon", "MultiPolygon") for shape in cells.values()):
        raise DataError.of(content.path, "The file does not hold the ground around places", _SCHEMA)
    return cells


def derive_area(names: frozenset[str], cells: Cells, file: str) -> Area:
    """Return the cells of places, joined to one area.

    Raises
    ------
    DataError
        There is no such place, or too many have no cell.
    """
    found = [cells[name] for name in sorted(names) if name in cells]
    if not found:
        raise DataError.of(file, "No place with a cell is under Russian control", "Choose another day.")
    missing = len(names) - len(found)
    if missing > _MOST_WITHOUT_CELL * len(names):
        what = f"{missing:,} of {len(names):,} occupied places have no ground in the file of cells"
        raise DataError.of(file, what, "The two files do not belong together; fetch both again.")
    area: Area = shapely.union_all(shapely.make_valid(found))
    return area


def _read_long(
    path: Path, rows: Iterator[list[str]], header: list[str], wanted: Wanted | None
) -> dict[date, set[str]]:
    place, when, status = (header.index(name) for name in ("geonameid", "date", "status"))
    days: dict[date, set[str]] = {}
    known: dict[str, date] = {}
    newest = date.min
    for number, row in enumerate(rows, start=2):
        if len(row) != len(header):
            raise _refuse_row(path, number, f"has {len(row)} of {len(header)} columns")
        if (day := known.get(row[when])) is None:
            day = known[row[when]] = _read_day(path, number, row[when])
        if wanted is None:
            if day < newest:
                continue
            if day > newest:
                newest, days = day, {}
        elif not wanted(day):
            continue
        if _is_occupied(path, number, row[status]):
            days.setdefault(day, set()).add(_tidy(row[place]))
        else:
            days.setdefault(day, set())
    return days


def _read_wide(
    path: Path, rows: Iterator[list[str]], header: list[str], wanted: Wanted | None
) -> dict[date, set[str]]:
    columns: dict[date, int] = {}
    for index in sorted(range(len(header)), key=header.__getitem__):
        if match := _WIDE.fullmatch(header[index]):
            columns[_read_day(path, 1, match[1])] = index  # of several moments of a day, the last
    if wanted is None:
        wanted = max(columns).__eq__
    chosen = {day: index for day, index in columns.items() if wanted(day)}
    days: dict[date, set[str]] = {day: set() for day in chosen}
    place = header.index("geonameid")
    for number, row in enumerate(rows, start=2):
        if len(row) != len(header):
            raise _refuse_row(path, number, f"has {len(row)} of {len(header)} columns")
        for day, index in chosen.items():
            if _is_occupied(path, number, row[index]):
                days[day].add(_tidy(row[place]))
    return days


def _is_occupied(path: Path, number: int, status: str) -> bool:
    folded = status.strip().lower()
    if folded not in STATUSES:
        raise _refuse_row(path, number, f"has the status {status[:40]!r}, which is not known")
    return folded == OCCUPIED


def _read_day(path: Path, number: int, text: str) -> date:
    day = dating.read_day(text)
    if day is None:
        raise _refuse_row(path, number, f"has {text[:40]!r} for a day")
    return day


def _refuse_row(path: Path, number: int, what: str) -> DataError:
    return DataError.of(path, f"Row {number:,} {what}", _SCHEMA)


def _tidy(value: Any) -> str:
    """Return an id as text; tables that were once of floats write 703448.0, and 7e+05 for 700000."""
    text = str(value).strip().removesuffix(".0")
    return str(int(float(text))) if _SHORTENED.fullmatch(text) else text


@contextmanager
def _open_table(content: Content) -> Iterator[io.TextIOWrapper]:
    """Open the one CSV file of a zip archive as text.

    Raises
    ------
    DataError
        There is none, it is too large or damaged.
    """
    remedy = "Fetch it again, or ask its publisher."
    if (found := formats.recognise(content.data)).key != "zip":
        raise formats.refuse(content.path, found, "a zip archive")
    with packing.open_zip(content) as archive:
        tables = [
            entry
            for entry in archive.infolist()
            if entry.filename.lower().endswith(".csv") and not packing.is_aside(entry.filename)
        ]
        if len(tables) != 1:
            what = f"The archive holds {len(tables)} tables (.csv), not one"
            raise DataError.of(content.path, what, remedy)
        if tables[0].file_size > limits.CONTROL_BYTES:
            what = f"The table unpacks to more than {limits.CONTROL_BYTES / 1e6:,.0f} MB"
            raise DataError.of(content.path, what, remedy)
        try:
            with archive.open(tables[0]) as raw, io.TextIOWrapper(raw, "utf-8-sig", newline="") as text:
                yield text
        except UnicodeDecodeError:
            raise DataError.of(content.path, "The table is no text in UTF-8", remedy) from None
        except csv.Error as error:
            raise DataError.of(content.path, f"The table is damaged ({error})", remedy) from None
