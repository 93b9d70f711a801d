"""Files of points cut into chunks: at the same rows each time, and none held longer than needed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest

from geo.files import vectors
from geo.files.document import Content
from geo.measuring.bulk import chunking
from tests.made_up.disguises import save_disguised
from tests.made_up.points import LONLATS, save_csv


def test_long_row_groups_are_not_held(tmp_path: Path) -> None:
    """What Arrow holds while a row group of 48 MB is read piece by piece is less than half of it."""
    numbers = np.random.default_rng(20250327).uniform(44, 52, size=chunking.LONGEST_GROUP * 2)
    table = pa.table({"lon": numbers, "lat": numbers, "more": numbers})
    pyarrow.parquet.write_table(table, tmp_path / "in.parquet", row_group_size=len(numbers))
    assert (tmp_path / "in.parquet").stat().st_size > 48 * 10**6
    del table
    before = pa.total_allocated_bytes()
    held = [pa.total_allocated_bytes() - before for _ in chunking.read_chunks(tmp_path / "in.parquet")]
    assert max(held) < 24 * 10**6


def test_chunks_are_cut_at_the_same_rows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A CSV file is cut every so many rows, whatever the reader's blocks are, and nothing is lost between."""
    monkeypatch.setattr(chunking, "ROWS", 300)
    points = save_csv(tmp_path / "in.csv", "lon,lat\n" + "".join(f"{lon},{lat}\n" for lon, lat in LONLATS))
    found = list(chunking.read_chunks(points))
    assert [chunk.read().num_rows for chunk in found] == [300, 300, 300, 100]
    assert [chunk.number for chunk in chunking.read_chunks(points, without={0, 2})] == [1, 3]


def test_nothing_but_the_points_is_opened(tmp_path: Path, listener: tuple[str, list[str]]) -> None:
    """Points that are another format than their ending says are refused; no address is asked, no other file opened."""
    url, asked = listener
    files = save_disguised(tmp_path, url, (".gpkg", ".csv", ".parquet"))
    files = [file for file in files if file.suffix in (".gpkg", ".csv", ".parquet")]
    (tmp_path / "secret.geojson").write_text("{}")
    code = (
        "import sys\nfrom pathlib import Path\nfrom geo.errors import DataError\n"
        "from geo.measuring.bulk import chunking\nfor name in sys.argv[1:]:\n"
        " try: print([chunk.read() for chunk in chunking.read_chunks(Path(name))])\n except DataError: pass"
    )
    strace, trace = shutil.which("strace"), tmp_path / "trace"
    watch = [strace, "-f", "-e", "trace=open,openat,connect", "-o", str(trace)] if strace else []
    command = [*watch, sys.executable, "-c", code, *map(str, files)]
    done = subprocess.run(command, check=True, cwd=tmp_path, capture_output=True, text=True)
    assert (set(done.stdout.split()), asked) <= ({"[]"}, [])
    if strace:
        calls = trace.read_text(errors="replace")
        assert all(file.name in calls for file in files)
        assert "secret.geojson" not in calls
        assert "AF_INET" not in calls


def test_a_geopackage_that_is_replaced_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The points are those that were checked, whatever takes the file's name right after."""
    points = tmp_path / "points.gpkg"
    gpd.GeoDataFrame(geometry=gpd.points_from_xy([30.5], [50.4]), crs="EPSG:4326").to_file(points)
    checked = vectors.read_geopackage

    def check(content: Content) -> bytes:
        data = checked(content)
        points.write_text("<OGRVRTDataSource/>")
        return data

    monkeypatch.setattr(vectors, "read_geopackage", check)
    (chunk,) = chunking.read_chunks(points)
    assert chunk.read().num_rows == 1


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    """A GeoPackage of points may have a name that is not UTF-8."""
    points = tmp_path / "points.gpkg"
    gpd.GeoDataFrame(geometry=gpd.points_from_xy([30.5], [50.4]), crs="EPSG:4326").to_file(points)
    (chunk,) = chunking.read_chunks(points.rename(tmp_path / "p\udcff.gpkg"))
    assert chunk.read().num_rows == 1
