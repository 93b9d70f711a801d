"""Fronts in other formats and reference systems: the same line whatever carried it, and bad files explained."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import warnings
import zipfile
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely.geometry import LineString, MultiPoint, Point, Polygon

from geo.errors import DataError, UsageError
from geo.fronts.front import DEFINITIONS
from geo.fronts.reading import read_front
from tests.made_up.disguises import save_disguised

LINE = LineString([(37.8, 50.0), (37.6, 49.2), (37.9, 48.5), (36.9, 48.1)])
AREA = Polygon([(36.0, 47.0), (37.0, 47.0), (37.0, 47.5), (36.0, 47.5)])
SUFFIXES = (".gpkg", ".shp", ".zip", ".kml", ".kmz", ".fgb", ".gpx", ".parquet", ".gz")
FORMATS = {
    ".gpkg": "GPKG",
    ".shp": "ESRI Shapefile",
    ".kml": "KML",
    ".fgb": "FlatGeobuf",
    ".geojson": "GeoJSON",
}


def save(file: Path, *shapes: Any, crs: str | None = "EPSG:4326", **columns: Any) -> Path:
    """Write shapes, given in lon, lat, in the format of the file's ending and in any reference system."""
    frame = gpd.GeoDataFrame(columns, geometry=list(shapes), crs="EPSG:4326")
    frame = frame.set_crs(None, allow_override=True) if crs is None else frame.to_crs(crs)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "'crs' was not provided", UserWarning)  # one test wants just that
        frame.to_file(file, driver=FORMATS[file.suffix], engine="pyogrio")
    return file


def pack(file: Path, *, within: str = "") -> Path:
    """Zip a Shapefile with its sidecars, in a folder of the archive if need be."""
    packed = file.with_suffix(".zip")
    with zipfile.ZipFile(packed, "w") as archive:
        for part in file.parent.glob(f"{file.stem}.*"):
            if part != packed:
                archive.write(part, within + part.name)
    return packed


def problem_of(file: Path) -> str:
    with pytest.raises(DataError) as caught:
        read_front(file)
    return str(caught.value)


@pytest.mark.parametrize("suffix", [".gpkg", ".shp", ".kml", ".fgb", ".geojson"])
def test_formats(suffix: str, tmp_path: Path) -> None:
    """Each format gives the line that was written, its id and its day from the file's name."""
    read = read_front(save(tmp_path / f"line_20250327{suffix}", LINE))
    assert shapely.equals_exact(read.line.geoms[0], LINE, 1e-9)
    assert (read.id, read.as_of, read.definition) == ("line-20250327", date(2025, 3, 27), "contact")
    assert len(read.sha256 or "") == 64


@pytest.mark.parametrize("suffix", [".gpkg", ".shp", ".fgb", ".geojson"])
@pytest.mark.parametrize("crs", ["EPSG:3857", "EPSG:32637", "EPSG:6381", "EPSG:4284"])
def test_reference_systems(crs: str, suffix: str, tmp_path: Path) -> None:
    """Any declared system is brought to lon, lat: Web Mercator, UTM, Ukraine's own, and Pulkovo 1942 degrees."""
    read = read_front(save(tmp_path / f"2025-03-27{suffix}", LINE, crs=crs))
    vertices = shapely.points(shapely.get_coordinates(LINE))
    assert shapely.distance(vertices, read.line).max() < 2e-6


@pytest.mark.parametrize("within", ["", "export/2025/"])
def test_zipped_shapefile(within: str, tmp_path: Path) -> None:
    """A zipped Shapefile reads like one that is not, in a folder of the archive too."""
    packed = pack(save(tmp_path / "front-2025-03-27.shp", AREA, crs="EPSG:32637"), within=within)
    read = read_front(packed)
    assert read.occupied is not None
    assert read.as_of == date(2025, 3, 27)
    assert shapely.hausdorff_distance(read.occupied.boundary, AREA.boundary) < 2e-3


def test_day_in_a_column(tmp_path: Path) -> None:
    """A column as_of or date that says one and the same day everywhere goes before the file's name."""
    file = save(tmp_path / "front-2020-01-01.gpkg", LINE, LINE.reverse(), as_of=["2025-03-27"] * 2)
    assert read_front(file).as_of == date(2025, 3, 27)
    file = save(tmp_path / "b-2020-01-01.gpkg", LINE, LINE.reverse(), date=["2025-03-27", "2025-03-28"])
    assert "holds the front of 2 days: 2025-03-27, 2025-03-28. Choose one with --day" in problem_of(file)


def test_day_said_by_the_user(tmp_path: Path) -> None:
    """--as-of helps where the file says nothing, and may not contradict a file that does."""
    assert read_front(save(tmp_path / "a.gpkg", LINE), as_of=date(2025, 4, 1)).as_of == date(2025, 4, 1)
    assert "or say it with --as-of" in problem_of(tmp_path / "a.gpkg")
    dated = save(tmp_path / "2025-03-27.gpkg", LINE)
    with pytest.raises(UsageError, match="describes 2025-03-27, and --as-of says 2025-04-01"):
        read_front(dated, as_of=date(2025, 4, 1))


def test_altitude_is_dropped(tmp_path: Path) -> None:
    """A third number at each position does not matter."""
    read = read_front(save(tmp_path / "2025-03-27.gpkg", shapely.force_3d(LINE, 120.0)))
    assert not read.line.has_z
    assert shapely.equals(read.line, LINE)


def test_crossing_rings_are_repaired(tmp_path: Path) -> None:
    """An outline that crosses itself is made valid and keeps both of its lobes."""
    bow = Polygon([(36.0, 47.0), (37.0, 47.5), (37.0, 47.0), (36.0, 47.5)])
    for suffix in (".gpkg", ".geojson"):
        read = read_front(save(tmp_path / f"2025-03-27{suffix}", bow))
        assert read.occupied is not None
        assert read.occupied.is_valid
        assert read.occupied.area == pytest.approx(0.25)


def test_edge_and_contact(tmp_path: Path) -> None:
    """An area gives its contact, or with ``edge`` all of its outline; each says what it is."""
    file = save(tmp_path / "2025-03-27.fgb", AREA)
    edge = read_front(file, definition="edge")
    assert (edge.definition, edge.rule, edge.held_side) == ("edge", None, "right")
    assert edge.definition_text == DEFINITIONS["edge"]
    assert edge.line.length == pytest.approx(3.0)
    assert read_front(file).rule is not None


def test_a_line_has_no_edge(tmp_path: Path) -> None:
    """Asking for the edge of an area where the file holds a line is refused."""
    file = save(tmp_path / "2025-03-27.gpkg", LINE)
    with pytest.raises(UsageError, match="needs the occupied area"):
        read_front(file, definition="edge")


def test_many_lines_one_front(tmp_path: Path) -> None:
    """Several features of a file make one front, joined where they meet."""
    halves = [LineString(LINE.coords[:2]), LineString(LINE.coords[1:])]
    assert len(read_front(save(tmp_path / "2025-03-27.gpkg", *halves)).line.geoms) == 1


BAD: dict[str, tuple[list[Any], str | None, str]] = {
    "points": ([Point(37, 49)], "EPSG:4326", "Every geometry is a point, and a front is made of lines"),
    "many points": ([MultiPoint([(37, 49), (37, 48)])], "EPSG:4326", "is a point, and a front"),
    "mixed": ([LINE, AREA], "EPSG:4326", "holds both lines and areas"),
    "swapped": ([shapely.transform(LINE, lambda p: p[:, ::-1])], "EPSG:4326", "look swapped in 4 of 4"),
    "no system": (
        [shapely.transform(LINE, lambda p: p * 1000)],
        None,
        "declares no coordinate reference system",
    ),
    "empty": ([LineString()], "EPSG:4326", "Every geometry is missing"),
    "nothing": ([None], "EPSG:4326", "Every geometry is missing"),
    "abroad": ([Polygon([(20, 52), (21, 52), (21, 53)])], "EPSG:4326", "faces ground held by Ukraine"),
}


@pytest.mark.parametrize(("shapes", "crs", "said"), BAD.values(), ids=BAD)
def test_bad_front(shapes: list[Any], crs: str | None, said: str, tmp_path: Path) -> None:
    """What cannot be a front is explained in one message that names the file."""
    text = problem_of(save(tmp_path / "2025-03-27.gpkg", *shapes, crs=crs))
    assert said in text
    assert "2025-03-27.gpkg" in text


def test_no_features(tmp_path: Path) -> None:
    """A layer without features is said to be one."""
    empty = gpd.GeoDataFrame(geometry=gpd.GeoSeries([], crs="EPSG:4326"))
    empty.to_file(tmp_path / "2025-03-27.gpkg", driver="GPKG", geometry_type="LineString")
    assert "holds no features" in problem_of(tmp_path / "2025-03-27.gpkg")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e300])
@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:32637"])
@pytest.mark.parametrize("suffix", [".gpkg", ".fgb"])
def test_not_a_number(suffix: str, crs: str, value: float, tmp_path: Path) -> None:
    """A position that is not a number is a problem with its feature; no library warns of it."""
    with np.errstate(all="ignore"), warnings.catch_warnings(action="ignore"):
        frame = gpd.GeoDataFrame(geometry=[LineString([(37, 49), (value, 48), (36, 48)])], crs=crs)
        frame.to_file(tmp_path / f"2025-03-27{suffix}", engine="pyogrio")
    found = problem_of(tmp_path / f"2025-03-27{suffix}")
    assert "is not a number" in found or "looks like projected metres" in found


@pytest.mark.parametrize("suffix", [".gpkg", ".shp", ".zip", ".kml", ".fgb"])
def test_not_that_format(suffix: str, tmp_path: Path) -> None:
    """A file that is no map, whatever its name says, is told so, and not to be saved as UTF-8."""
    file = tmp_path / f"2025-03-27{suffix}"
    file.write_bytes(b"\x00this is no map" * 50)
    assert "no map format that is known here. Save the map" in problem_of(file)
    assert "UTF-8" not in problem_of(file)


def test_absent_file(tmp_path: Path) -> None:
    """A file that is not there is said to be missing."""
    assert "no such file" in problem_of(tmp_path / "2025-03-27.gpkg")


def test_two_layers(tmp_path: Path) -> None:
    """Of a GeoPackage with several layers the right one cannot be guessed; the message names them."""
    file = tmp_path / "2025-03-27.gpkg"
    for layer in ("march", "april"):
        gpd.GeoDataFrame(geometry=[LINE], crs="EPSG:4326").to_file(file, layer=layer, driver="GPKG")
    assert "2 layers: 'march', 'april'" in problem_of(file)


def test_archive_without_a_map(tmp_path: Path) -> None:
    """A zip archive without a Shapefile, or with two maps, is explained."""
    with zipfile.ZipFile(tmp_path / "2025-03-27.zip", "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert "holds no map" in problem_of(tmp_path / "2025-03-27.zip")


def test_nothing_but_what_was_named_is_opened(tmp_path: Path, listener: tuple[str, list[str]]) -> None:
    """A file that is another format than its ending says is refused; no address is asked, and no other file opened."""
    url, asked = listener
    files = save_disguised(tmp_path, url, SUFFIXES)
    secret = save(tmp_path / "secret.geojson", LINE)
    for file in files:
        assert problem_of(file)
    assert asked == []
    if (strace := shutil.which("strace")) is None:
        return
    trace = tmp_path / "trace"
    code = (
        "import sys\nfrom geo.errors import DataError\nfrom geo.fronts.reading import read_front\n"
        "for name in sys.argv[1:]:\n try: read_front(name)\n except DataError: pass"
    )
    command = [strace, "-f", "-e", "trace=open,openat,connect", "-o", str(trace), sys.executable, "-c", code]
    subprocess.run([*command, *map(str, files)], check=True, cwd=tmp_path, capture_output=True)
    calls = trace.read_text(errors="replace")
    assert files[0].name in calls
    assert secret.name not in calls
    assert "AF_INET" not in calls


def save_geopackage(file: Path, *statements: str) -> Path:
    """Write a line to a GeoPackage, and change it by SQL statements."""
    save(file, LINE)
    with closing(sqlite3.connect(file)) as database:
        for name in [
            row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type='trigger'")
        ]:
            database.execute(f'DROP TRIGGER "{name}"')
        for statement in statements:
            database.execute(statement)
        database.commit()
    return file


ENDLESS = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x FROM c) SELECT x AS fid, NULL AS geom FROM c"
STRANGE = {
    "endless view": ['DROP TABLE "2025-03-27"', f'CREATE VIEW "2025-03-27" AS {ENDLESS}'],
    "endless contents": [
        "ALTER TABLE gpkg_contents RENAME TO other",
        f"CREATE VIEW gpkg_contents AS {ENDLESS}",
    ],
    "system in a file": [
        'UPDATE gpkg_spatial_ref_sys SET definition = \'PROJCS[EXTENSION["PROJ4","+init=/a:1"]]\''
    ],
    "computed column": ["ALTER TABLE \"2025-03-27\" ADD COLUMN date AS (printf('%1000000000d', 1))"],
}


@pytest.mark.parametrize("statements", STRANGE.values(), ids=STRANGE)
def test_geopackage_of_plain_tables(statements: list[str], tmp_path: Path) -> None:
    """A GeoPackage in which a view or a computed column is, or a system that names a file, is refused at once."""
    file = save_geopackage(tmp_path / "2025-03-27.gpkg", *statements)
    assert "is not a plain table" in problem_of(file)


def test_geopackage_in_use(tmp_path: Path) -> None:
    """One that was written with a log beside it is read; one whose log still holds changes is refused."""
    file = save_geopackage(tmp_path / "2025-03-27.gpkg", "PRAGMA journal_mode=WAL")
    assert read_front(file).line.geoms[0].equals(LINE)
    with closing(sqlite3.connect(file)) as database:
        database.execute('UPDATE gpkg_contents SET identifier = "other"')
        database.commit()
        assert "open in another program" in problem_of(file)


def test_encoding_that_is_not_true(tmp_path: Path) -> None:
    """A Shapefile whose texts are not in the encoding that its .cpg names is read: only days are wanted of it."""
    file = save(tmp_path / "2025-03-27.shp", LINE, name=["Ukraine"])
    table = file.with_suffix(".dbf")
    table.write_bytes(table.read_bytes().replace(b"Ukraine", "Україна".encode("cp1251")))
    assert read_front(file).line.geoms[0].equals(LINE)


def test_name_that_is_no_text(tmp_path: Path) -> None:
    """A file may have a name with brackets, or one that is not UTF-8."""
    packed = pack(save(tmp_path / "2025-03-27.shp", LINE))
    for name in ("a}b-2025-03-27.zip", os.fsdecode(b"front-\xff-2025-03-27.zip")):
        assert read_front(packed.rename(tmp_path / name)).as_of == date(2025, 3, 27)
        packed = tmp_path / name


def test_shapefile_in_capitals(tmp_path: Path) -> None:
    """The files that belong to a Shapefile are found in capitals, too, and all of them count in its hash."""
    file = save(tmp_path / "2025-03-27.shp", LINE)
    before = read_front(file).sha256
    for part in list(tmp_path.glob("2025-03-27.*")):
        part.rename(part.with_suffix(part.suffix.upper()))
    assert read_front(tmp_path / "2025-03-27.SHP").sha256 == before
    (tmp_path / "2025-03-27.CPG").write_text("UTF-16")
    assert read_front(tmp_path / "2025-03-27.SHP").sha256 != before


@pytest.mark.parametrize("ending", [".gpkg", ".fgb"])
def test_heights_and_positions_that_are_no_numbers(ending: str, tmp_path: Path) -> None:
    """They are told as what is wrong with the file, without a warning of a library's."""
    with np.errstate(all="ignore"):
        odd = LineString([(37.8, 50, 0), (np.nan, 49, 0), (37.9, 48, np.nan)])
    file = tmp_path / f"2025-03-27{ending}"
    gpd.GeoDataFrame(geometry=[odd], crs="EPSG:4326").to_file(file)
    with pytest.raises(DataError, match=r"position is not a number|lies outside"):
        read_front(file)
