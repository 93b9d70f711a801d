"""Who controls each place, in made-up files of the publisher's shape, long and wide."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import shapely

from geo.errors import DataError
from geo.files import limits
from geo.files.document import Content
from geo.fronts.published import places
from tests.made_up import site

DAYS = {"20260820": 0.0, "20260822": 0.6, "20260821": 0.3}


def read(data: bytes, **more: object) -> dict[date, frozenset[str]]:
    return places.read_control(Content(Path("control_latest_2026.zip"), data), **more)  # type: ignore[arg-type]


def pack_table(*rows: str) -> bytes:
    return site.pack({"control.csv": "\n".join(rows).encode()})


@pytest.mark.parametrize("is_wide", [False, True])
def test_the_newest_day_is_read(is_wide: bool) -> None:
    """Of several days in any order the newest counts, and of its places those under Russian control."""
    days = read(site.build_control(DAYS, is_wide=is_wide))
    assert list(days) == [date(2026, 8, 22)]
    expected = {
        str(name)
        for (name, _), status in zip(site.build_cells()[1], site._call_all(0.6), strict=True)
        if status == "RU"
    }
    assert days[date(2026, 8, 22)] == expected
    assert len(expected) > 100


@pytest.mark.parametrize("is_wide", [False, True])
def test_days_are_chosen(is_wide: bool) -> None:
    """Every day that is wanted comes, in order, each as if it stood alone."""
    data = site.build_control(DAYS, is_wide=is_wide)
    days = read(data, wanted=lambda day: day >= date(2026, 8, 21))
    assert list(days) == [date(2026, 8, 21), date(2026, 8, 22)]
    assert days[date(2026, 8, 21)] == read(site.build_control({"20260821": 0.3}))[date(2026, 8, 21)]
    assert read(data, wanted=date(2020, 1, 1).__eq__) == {}


def test_ids_are_the_same_however_they_are_written() -> None:
    """Tables that were written by a program of numbers have 700000 as 7e+05, and 703448 as 703448.0."""
    rows = ("7e+05,20260820,RU", "703448.0,20260820,RU", "703449,20260820,RU", "7.1e+05,20260820,RU")
    (names,) = read(pack_table("geonameid,date,status", *rows)).values()
    assert names == {"700000", "703448", "703449", "710000"}


def test_the_last_moment_of_a_day_counts() -> None:
    """Of the wide table's several moments of one day the last one is taken."""
    header = "geonameid,ctr_20220301180000,ctr_20220301060000"
    assert read(pack_table(header, "7,UA,RU", "8,RU,UA"))[date(2022, 3, 1)] == {"8"}


def test_cells_become_one_area() -> None:
    """The cells around occupied places are joined: the area is theirs, without edges between them."""
    data, listed = site.build_cells()
    cells = places.read_cells(Content(Path("tess.geojson"), data))
    assert cells.keys() == {str(name) for name, _ in listed}
    (names,) = read(site.build_control({"20260820": 0.0})).values()
    area = places.derive_area(names, cells, "control.zip")
    assert area.area == pytest.approx(0.04 * len(names))
    assert shapely.get_num_geometries(area) < len(names) / 10


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"no archive", "plain text, not a zip archive"),
        (site.pack({"a.txt": b""}), "holds 0 tables"),
        (site.pack({"a.csv": b"", "b.csv": b""}), "holds 2 tables"),
        (pack_table("place,day,holder", "7,20260820,RU"), "other columns: place, day, holder"),
        (pack_table("geonameid,date,status", "7,20260820"), "Row 2 has 2 of 3 columns"),
        (pack_table("geonameid,date,status", "7,yesterday,RU"), "Row 2 has 'yesterday' for a day"),
        (pack_table("geonameid,date,status", "7,20260820,blue"), "Row 2 has the status 'blue'"),
        (site.pack({"a.csv": b"geonameid,date,status\n7,20260820,\xff"}), "no text in UTF-8"),
        (pack_table("geonameid,date,status", '7,20260820,"RU'), "damaged"),
        (site.build_control({"20260820": 0.0})[:-900] + b"\0" * 900, "not a zip archive"),
    ],
)
def test_another_table_is_refused(data: bytes, words: str) -> None:
    """A table of other columns, statuses or shape is refused with its row; nothing is guessed."""
    with pytest.raises(DataError, match=words):
        read(data)


def test_a_zip_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table that unpacks to more than the limit is refused before it is read."""
    monkeypatch.setattr(limits, "CONTROL_BYTES", 1000)
    with pytest.raises(DataError, match="unpacks to more than"):
        read(pack_table("geonameid,date,status", "7,20260820,RU" * 1000))


@pytest.mark.parametrize("data", [b"{}", b"[]", json.dumps({"features": [{"geometry": None}]}).encode()])
def test_other_cells_are_refused(data: bytes) -> None:
    """A file that is no collection of areas with ids is refused."""
    with pytest.raises(DataError, match="does not hold the ground around places"):
        places.read_cells(Content(Path("tess.geojson"), data))


def test_files_that_do_not_belong_together_are_refused() -> None:
    """Where many occupied places have no cell, or none has one, no area is made."""
    cells = {str(number): shapely.box(number, 0, number + 1, 1) for number in range(9)}
    with pytest.raises(DataError, match="1 of 10 occupied places"):
        places.derive_area(frozenset(map(str, range(10))), cells, "control.zip")
    with pytest.raises(DataError, match="No place with a cell"):
        places.derive_area(frozenset(["99"]), cells, "control.zip")
