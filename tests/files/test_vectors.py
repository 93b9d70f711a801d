"""Fronts in other formats and reference systems: the same line whatever carried it, and bad files explained."""

from __future__ import annotations

import warnings
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely.geometry import LineString, MultiPoint, Point, Polygon

from geo.errors import DataError, UsageError
from geo.fronts import front
from geo.fronts.front import read_front

LINE = LineString([(37.8, 50.0), (37.6, 49.2), (37.9, 48.5), (36.9, 48.1)])
AREA = Polygon([(36.0, 47.0), (37.0, 47.0), (37.0, 47.5), (36.0, 47.5)])
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
    assert read_front(file).as_of == date(2020, 1, 1)


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
    assert edge.definition_text == front.DEFINITIONS["edge"]
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
    "points": ([Point(37, 49)], "EPSG:4326", "is a Point, and a front is a LineString"),
    "many points": ([MultiPoint([(37, 49), (37, 48)])], "EPSG:4326", "is a Point"),
    "mixed": ([LINE, AREA], "EPSG:4326", "holds both lines and areas"),
    "swapped": ([shapely.transform(LINE, lambda p: p[:, ::-1])], "EPSG:4326", "look swapped in 4 of 4"),
    "no system": ([LINE], None, "declares no coordinate reference system"),
    "empty": ([LineString()], "EPSG:4326", "geometry is empty"),
    "nothing": ([None], "EPSG:4326", "geometry is empty"),
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


def test_not_a_number(tmp_path: Path) -> None:
    """A position that is not a number is a problem with its feature, not a crash."""
    with np.errstate(invalid="ignore"):
        broken = LineString([(37.0, 49.0), (float("nan"), 48.0), (36.0, 48.0)])
        file = save(tmp_path / "2025-03-27.gpkg", broken)
        assert "is not a number" in problem_of(file)


@pytest.mark.parametrize("suffix", [".gpkg", ".shp", ".zip", ".kml", ".fgb"])
def test_not_that_format(suffix: str, tmp_path: Path) -> None:
    """A file that is not what its name says, and one that is cut off, are said to be unreadable."""
    file = tmp_path / f"2025-03-27{suffix}"
    file.write_bytes(b"\x00this is no map" * 50)
    assert "Save it again" in problem_of(file) or "zip archive" in problem_of(file)


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
    assert "holds no Shapefile" in problem_of(tmp_path / "2025-03-27.zip")
