"""KML as drawing programs write it: nested folders, holes, days in extended data."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest

from geo.errors import DataError
from geo.fronts.reading import read_front

LINE = "<LineString><coordinates>37.8,50.0,0 37.6,49.2,0\n 37.9 , 48.5</coordinates></LineString>"
RING = "<LinearRing><coordinates>{0},47 {1},47 {1},47.5 {0},47.5 {0},47</coordinates></LinearRing>"
HOLED = (
    f"<Polygon><outerBoundaryIs>{RING.format(36, 37)}</outerBoundaryIs>"
    f"<innerBoundaryIs>{RING.format(36.2, 36.4).replace('47.5', '47.3').replace(',47 ', ',47.1 ')}</innerBoundaryIs>"
    "</Polygon>"
)
DAY = '<ExtendedData><Data name="AS_OF"><value>2025-03-26</value></Data></ExtendedData>'


def save(file: Path, *placemarks: str) -> Path:
    """Write placemarks in two nested folders."""
    marks = "".join(f"<Placemark>{mark}</Placemark>" for mark in placemarks)
    text = f'<?xml version="1.0"?>\n<!-- drawn --><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder>{marks}</Folder></Document></kml>'
    if file.suffix == ".kmz":
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("doc.kml", text)
    else:
        file.write_text(text)
    return file


@pytest.mark.parametrize("suffix", [".kml", ".kmz"])
def test_lines_and_their_day(suffix: str, tmp_path: Path) -> None:
    """Placemarks in folders are lines without altitudes, and a day in their extended data counts."""
    read = read_front(save(tmp_path / f"a{suffix}", DAY + LINE, f"<MultiGeometry>{LINE}</MultiGeometry>"))
    assert read.as_of == date(2025, 3, 26)
    assert read.line.geoms[0].coords[0] == (37.8, 50.0)


def test_holes(tmp_path: Path) -> None:
    """A polygon keeps its holes."""
    read = read_front(save(tmp_path / "2025-03-27.kml", HOLED), definition="edge")
    assert read.occupied is not None
    assert len(read.occupied.geoms[0].interiors) == 1


@pytest.mark.parametrize("broken", ["", "<LineString/>", LINE.replace("49.2", "north"), "<Model/>"])
def test_broken_placemark(broken: str, tmp_path: Path) -> None:
    """A placemark without a geometry that can be read is left out, and named by its number."""
    read = read_front(save(tmp_path / "2025-03-27.kml", LINE, broken))
    assert read.notes == ("Left out, without a geometry: feature 1.",)


@pytest.mark.parametrize("odd", ["nan", "1e400", "-inf"])
def test_positions_that_are_no_numbers(odd: str, tmp_path: Path) -> None:
    """They are told as what is wrong with the file, without a warning of a library's."""
    file = save(tmp_path / "2025-03-27.kml", LINE.replace("37.6", odd))
    with pytest.raises(DataError, match=r"position is not a number|lies outside"):
        read_front(file)


@pytest.mark.parametrize("text", ["<kml>", "<kml/><kml/>", "<gpx/>", "<kml>&a;</kml>", "<kml>" * 100_000])
def test_not_kml(text: str, tmp_path: Path) -> None:
    """What is not one whole kml element is refused in one line."""
    (tmp_path / "2025-03-27.kml").write_text(text)
    with pytest.raises(DataError, match=r"is damaged|holds no features") as caught:
        read_front(tmp_path / "2025-03-27.kml")
    assert "\n" not in str(caught.value)
