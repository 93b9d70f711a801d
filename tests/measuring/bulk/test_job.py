"""Files of points, measured: every format in and out, what is refused, and where a killed run goes on."""

from __future__ import annotations

import codecs
import contextlib
import errno
import os
import re
import sqlite3
import sys
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest
import shapely
from click.testing import CliRunner, Result

from geo import shipped
from geo.cli import main
from geo.errors import DataError, OutputError, UsageError
from geo.files import atomic
from geo.fronts.reading import find_front, read_front
from geo.geodesy import ellipsoid
from geo.measuring.bulk import chunking
from geo.measuring.bulk.job import Job, measure_job
from tests import brute_force
from tests.made_up import occupied
from tests.made_up.points import LONLATS, save_csv, save_folder, save_layer

FRONT = find_front("2025-03-27")


def measure(*arguments: object) -> Result:
    front = () if {"--front", "--fronts"} & {*arguments} else ("--front", FRONT.id)
    return CliRunner().invoke(main, ["distance", *map(str, arguments), *front])


@pytest.mark.parametrize("name", ["points.parquet", "points.gpkg"])
def test_layers_keep_their_columns_and_gain_distances(name: str, tmp_path: Path) -> None:
    """GeoParquet and GeoPackage come back as GeoParquet with all columns, geometry, order and 2 m accuracy."""
    out = tmp_path / "out.parquet"
    assert measure("--points", save_layer(tmp_path / name), "--out", out).exit_code == 0
    result = gpd.read_parquet(out)
    assert result["code"].tolist() == [f"{i:04d}" for i in range(len(LONLATS))]
    assert np.allclose(shapely.get_coordinates(result.geometry), LONLATS)
    chosen = np.arange(0, len(LONLATS), 100)
    true = np.array(
        [
            brute_force.pairwise_km(LONLATS[i : i + 1], brute_force.dense_points(FRONT.line, 0.04)).min()
            for i in chosen
        ]
    )
    assert np.abs(result["distance_km"].to_numpy()[chosen] - true).max() < 0.002
    nearest = result[["nearest_lon", "nearest_lat"]].to_numpy()
    assert np.allclose(ellipsoid.geodesic_km(LONLATS, nearest), result["distance_km"], atol=1e-4)


def test_csv_keeps_its_text_as_it_is(tmp_path: Path) -> None:
    """Codes keep their leading zeros, quoted commas stay, and rows without a position are left empty and counted."""
    points = save_csv(
        tmp_path / "in.csv",
        'code,name,lat,lon\n007,"Kyiv, city",50.4501,30.5234\n012,nowhere,,\n013,odd,NaN,30\n',
    )
    result = measure("--points", points, "--out", tmp_path / "out.csv")
    assert "Rows without a position: 2" in result.stderr
    assert (tmp_path / "out.csv").read_bytes().startswith(codecs.BOM_UTF8)  # by which Excel knows it
    rows = (tmp_path / "out.csv").read_text(encoding="utf-8-sig").splitlines()
    assert rows[0] == '"code","name","lat","lon","distance_km","nearest_lon","nearest_lat","beyond"'
    assert rows[1].startswith('"007","Kyiv, city",50.4501,30.5234,416.03')
    assert rows[2:] == ['"012","nowhere",,,,,,', '"013","odd",,30,,,,']


def test_no_position_at_all_is_no_error(tmp_path: Path) -> None:
    """Where no row has a position every distance is empty, and that is said."""
    points = save_csv(tmp_path / "in.csv", "code,lon,lat\n1,,\n2,,\n")
    result = measure("--points", points, "--out", tmp_path / "out.csv")
    assert (result.exit_code, "Rows without a position: 2" in result.stderr) == (0, True)


@pytest.mark.parametrize("word", ["", "NaN", "nan", "NA", "N/A", "NULL", "null", "None"])
def test_words_for_nothing_are_no_position(word: str, tmp_path: Path) -> None:
    """They count as no position in lon or lat and are only text elsewhere; docs/bulk.md lists all of them."""
    points = save_csv(tmp_path / "in.csv", f"country,lon,lat\n{word},{word},50\n{word},30,50\n")
    assert (
        "Rows without a position: 1;" in measure("--points", points, "--out", tmp_path / "out.parquet").stderr
    )
    table = pyarrow.parquet.read_table(tmp_path / "out.parquet")
    assert table["country"].to_pylist() == [word, word]
    guide = (Path(__file__).parents[3] / "docs" / "bulk.md").read_text(encoding="utf-8")
    assert not word or f"`{word}`" in guide


@pytest.mark.parametrize("header", ["Longitude;Latitude", "\ufefflon\tLAT", "lng,lat"])
def test_usual_headers_and_delimiters_are_understood(header: str, tmp_path: Path) -> None:
    """Long names, capitals, a byte order mark, semicolons and tabs are all read."""
    delimiter = max(",;\t", key=header.count)
    points = save_csv(tmp_path / "in.csv", f"{header}\n30.5234{delimiter}50.4501\n")
    assert measure("--points", points, "--out", tmp_path / "out.parquet").exit_code == 0
    table = pyarrow.parquet.read_table(tmp_path / "out.parquet")
    assert table["distance_km"][0].as_py() == pytest.approx(416.04, abs=0.01)


def test_layer_becomes_csv_with_plain_columns(tmp_path: Path) -> None:
    """A format without geometry gets lon and lat in its place."""
    measure("--points", save_layer(tmp_path / "in.gpkg"), "--out", tmp_path / "out.csv")
    table = pyarrow.csv.read_csv(tmp_path / "out.csv")
    added = ["distance_km", "nearest_lon", "nearest_lat", "beyond"]
    assert table.column_names == ["code", "lon", "lat", *added]
    assert np.allclose(np.column_stack([table["lon"], table["lat"]]), LONLATS)


def test_folder_in_and_folder_out(tmp_path: Path) -> None:
    """A folder of Parquet files gives a folder with one file for each row group, the same rows in the same order."""
    out = tmp_path / "out"
    assert measure("--points", save_folder(tmp_path / "in"), "--out", out).exit_code == 0
    files = sorted(out.glob("*.parquet"))
    assert [file.name for file in files] == [f"part-{number:06d}.parquet" for number in range(6)]
    table = pa.concat_tables([pyarrow.parquet.read_table(file) for file in files])
    assert table["id"].to_pylist() == list(range(len(LONLATS)))
    assert sorted({*out.iterdir()} - {*files}) == [
        out / "_geo.json"
    ]  # readers of Parquet pass over such names
    assert measure("--points", tmp_path / "in", "--out", out).exit_code == 0  # its own output may be replaced


def test_long_row_groups_are_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row group longer than memory should hold is measured piece by piece: same rows, same columns, same order."""
    points = save_layer(tmp_path / "in.parquet")
    measure("--points", points, "--out", tmp_path / "whole.parquet")
    monkeypatch.setattr(chunking, "LONGEST_GROUP", 900)
    monkeypatch.setattr(chunking, "ROWS", 300)
    assert [chunk.read().num_rows for chunk in chunking.read_chunks(points)] == [300, 300, 300, 100]
    assert [chunk.number for chunk in chunking.read_chunks(points, without={0, 2})] == [1, 3]
    measure("--points", points, "--out", tmp_path / "cut.parquet")
    whole, cut = (pyarrow.parquet.read_table(tmp_path / f"{name}.parquet") for name in ("whole", "cut"))
    assert cut.column_names == whole.column_names
    assert cut.schema.metadata[b"geo"] == whole.schema.metadata[b"geo"]
    assert np.allclose(cut["distance_km"], whole["distance_km"], atol=1e-5)


def test_an_earlier_output_returns_if_the_new_one_cannot_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error, such as a target on another disk, leaves the earlier rows where they were, and is one line."""
    out, points = tmp_path / "out", save_folder(tmp_path / "in")
    measure("--points", points, "--out", out)
    before = sorted((file.name, file.stat().st_ino) for file in out.iterdir())
    replace = Path.replace
    monkeypatch.setattr(atomic, "exchange", lambda one, other: False)

    def refuse(source: Path, target: Path) -> Path:
        if target == out and source.name != "earlier":
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return replace(source, target)

    monkeypatch.setattr(Path, "replace", refuse)
    result = measure("--points", points, "--out", out)
    assert (result.exit_code, "cannot take its place (Invalid cross-device link)" in result.stderr) == (
        1,
        True,
    )
    assert sorted((file.name, file.stat().st_ino) for file in out.iterdir()) == before


def test_several_fronts_give_a_column_each(tmp_path: Path) -> None:
    """``--fronts`` measures to every front of a folder, oldest first, as ``--front`` does to each of them alone."""
    days = tmp_path / "days"
    days.mkdir()
    text = shipped.fronts()["2025-03-27"].read_text(encoding="utf-8")
    for day in ("2025-04-02", "2025-04-01"):
        (days / f"{day}.geojson").write_text(text.replace('"as_of": "2025-03-27"', f'"as_of": "{day}"'))
    (days / "2025-04-02.geojson").rename(days / "2025-04-02.json")  # a front's name need not end in .geojson
    points = save_layer(tmp_path / "in.parquet")
    assert measure("--points", points, "--fronts", days, "--out", tmp_path / "many.parquet").exit_code == 0
    assert measure("--points", points, "--out", tmp_path / "one.parquet").exit_code == 0
    many = pyarrow.parquet.read_table(tmp_path / "many.parquet")
    names = [f"{name}_2025-04-0{day}" for day in (1, 2) for name in ("distance_km", "beyond")]
    assert many.column_names[-4:] == names
    one = pyarrow.parquet.read_table(tmp_path / "one.parquet")
    assert many["distance_km_2025-04-01"].equals(one["distance_km"])


BAD = {
    "no columns": (
        "a,b\n30,50\n",
        r"no columns of longitude and latitude among 'a', 'b'.*Call them lon and lat",
    ),
    "swapped": ("lon,lat\n50.45,30.52\n48.5,35\n", "look swapped: the first point is lon 50.45, lat 30.52"),
    "metres": ("lon,lat\n3395000,6520000\n30,50\n", "looks like projected metres"),
    "out of range": ("lon,lat\n30,50\n30,95\n", r"lon 30, lat 95 is out of range \(row 3\)"),
    "mistyped": (
        "lon,lat\n36,504\n30,50\n",
        r"out of range \(row 2\); this concerns 1 of 2 positions read together\. ",
    ),
    "words": ("lon,lat\nthirty,50\n,\n", "No row holds a position that can be read; the first is row 2 of"),
    "ragged": ("lon,lat\n30,50\n30,50,70\n", "not a table .*Row #3: Expected 2 columns, got 3"),
    "long cell": ("lon,lat\n30,50," + "x" * 70_000 + "\n", r"^.{100,600}$"),
    "column twice": ("lon,lat,lon\n30,50,31\n", "The column 'lon' stands twice. Rename one"),
    "long name": ("x" * 140_000 + ",lat\n30,50\n", r"among 'x{40}…', 'lat'"),
    "no rows": ("lon,lat\n", "holds no points"),
    "empty": ("", "The file is empty"),
    "picture": ("\x89PNG\r\n\x1a\n\0\0", "no map format|PNG picture"),
    "taken name": ("lon,lat,distance_km\n30,50,1\n", "There is a column 'distance_km' already. Rename it"),
}


@pytest.mark.parametrize(("text", "message"), BAD.values(), ids=BAD.keys())
def test_bad_csv_is_one_clear_error(text: str, message: str, tmp_path: Path) -> None:
    """The error names the file and the remedy, and neither an output nor anything half-done is left."""
    points = save_csv(tmp_path / "in.csv", text)
    result = measure("--points", points, "--out", tmp_path / "out.csv")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: {points}: ")
    assert re.search(message, result.stderr)
    assert list(tmp_path.iterdir()) == [points]


def test_lists_are_refused_before_they_are_measured_for_csv(tmp_path: Path) -> None:
    """CSV holds no lists: the error names the column and what holds it, and no parts are left."""
    table = pa.table({"lon": [30.0], "lat": [50.0], "tags": [["a", "b"]]})
    pyarrow.parquet.write_table(table, tmp_path / "in.parquet")
    result = measure("--points", tmp_path / "in.parquet", "--out", tmp_path / "out.csv")
    assert result.exit_code == 1
    assert "lists or records have no place in CSV: 'tags'" in result.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["in.parquet"]
    assert measure("--points", tmp_path / "in.parquet", "--out", tmp_path / "out.parquet").exit_code == 0


@pytest.mark.parametrize("crs", ["EPSG:32636", "EPSG:4258", "EPSG:3857"])
@pytest.mark.parametrize("name", ["in.gpkg", "in.parquet"])
def test_other_coordinate_systems_are_brought_to_degrees(name: str, crs: str, tmp_path: Path) -> None:
    """Points in UTM, ETRS89 and Web Mercator give the distances of the same points in degrees."""
    found = []
    for file, each in ((tmp_path / "plain.parquet", "EPSG:4326"), (tmp_path / name, crs)):
        out = tmp_path / "out.parquet"
        assert measure("--points", save_layer(file, each), "--out", out).exit_code == 0
        found.append(pyarrow.parquet.read_table(out)["distance_km"].to_numpy())
    assert np.abs(found[0] - found[1]).max() < 1e-4


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--points", "in.csv"], "Say with --out"),
        (["Kyiv", "--points", "in.csv", "--out", "o.csv"], "takes the place of points"),
        (["--points", "in.csv", "--out", "o.xlsx"], "written to .parquet and .csv"),
        (["Kyiv", "--out", "o.csv"], "go with --points"),
        ([], "Name a place"),
        (
            ["--points", "in.csv", "--out", "o", "--scheduler", "tcp://127.0.0.1:1"],
            "--points is a folder of Parquet",
        ),
    ],
)
def test_wrong_usage_is_explained(
    arguments: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What does not go together is said, with exit code 2."""
    monkeypatch.chdir(tmp_path)
    save_csv(tmp_path / "in.csv", "lon,lat\n30,50\n")
    result = measure(*arguments)
    assert (result.exit_code, message in result.stderr) == (2, True), result.stderr


@pytest.mark.parametrize(("module", "extra"), [("pyarrow", "points"), ("distributed", "scale")])
def test_missing_extra_says_what_to_install(
    module: str, extra: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the extra there is one message with the command that installs it."""
    for name in ("job", "parts", "chunking", "distances", "cluster"):
        monkeypatch.delitem(sys.modules, f"geo.measuring.bulk.{name}", raising=False)
        monkeypatch.delattr(f"geo.measuring.bulk.{name}", raising=False)
    monkeypatch.setitem(sys.modules, module, None)
    result = measure("--points", tmp_path, "--out", tmp_path / "out", "--scheduler", "tcp://127.0.0.1:1")
    assert (result.exit_code, f'pip install "geo-scenarios[{extra}]"' in result.stderr) == (2, True)


def test_killed_run_goes_on_where_it_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a run is broken off no chunk is measured twice, and the result is what one run would have given."""
    job = Job(save_folder(tmp_path / "in"), tmp_path / "out.parquet", (FRONT,))
    told: list[int] = []

    def stop(rows: int) -> None:
        told.append(rows)
        if len(told) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        measure_job(job, stop)
    assert not job.out.exists()
    outcome = measure_job(job, told.append)
    assert (outcome.count.rows, outcome.resumed, sum(told)) == (1000, 2, 1000)
    table = pyarrow.parquet.read_table(job.out)
    assert table["id"].to_pylist() == list(range(1000))
    assert sorted(file.name for file in tmp_path.iterdir()) == ["in", "out.parquet"]


def stop(rows: int) -> None:
    raise KeyboardInterrupt


def test_parts_serve_only_the_same_points(tmp_path: Path) -> None:
    """Where the points have changed since, everything is measured anew, also if neither size nor time tells."""
    job = Job(save_folder(tmp_path / "in"), tmp_path / "out.parquet", (FRONT,))
    file = tmp_path / "in" / "2.parquet"
    with pytest.raises(KeyboardInterrupt):
        measure_job(job, stop)
    data, found = file.read_bytes(), file.stat()
    file.write_bytes(data)
    os.utime(file, ns=(found.st_atime_ns, found.st_mtime_ns))
    with pytest.raises(KeyboardInterrupt):
        measure_job(job, stop)
    assert measure_job(job).resumed == 1
    file.unlink()
    assert measure_job(job).resumed == 0


def test_parts_serve_only_the_same_front(tmp_path: Path) -> None:
    """A broken-off run with another definition of one file's front, or with another code, is not gone on with."""
    days, out = occupied.save_coarse_area(tmp_path / "2025-03-27.geojson"), tmp_path / "out.parquet"
    points, fronts = (
        save_folder(tmp_path / "in"),
        [read_front(days, definition=d) for d in ("edge", "contact")],
    )
    jobs = [Job(points, out, (front,)) for front in fronts]
    measure_job(jobs[0])
    wanted = pyarrow.parquet.read_table(out)
    with pytest.raises(KeyboardInterrupt):
        measure_job(jobs[1], stop)
    assert measure_job(jobs[0]).resumed == 0
    assert pyarrow.parquet.read_table(out).equals(wanted)


def test_points_that_change_meanwhile_are_an_error(tmp_path: Path) -> None:
    """No output is made of two versions of the points."""
    job = Job(save_folder(tmp_path / "in"), tmp_path / "out.parquet", (FRONT,))
    file = tmp_path / "in" / "2.parquet"
    with pytest.raises(DataError, match="changed while they were being measured"):
        measure_job(job, lambda rows: os.utime(file, ns=(0, 0)))
    assert [entry.name for entry in tmp_path.iterdir()] == ["in"]


def test_output_among_the_points_is_refused(tmp_path: Path) -> None:
    """A later run would measure the output, or delete the points."""
    points = save_folder(tmp_path / "in")
    for out in (points, points / "out", points / "out.csv", tmp_path / "out" / ".."):
        with pytest.raises(UsageError, match="lie in one folder"):
            measure_job(Job(points, out, (FRONT,)))
    assert sorted(file.name for file in points.iterdir()) == ["0.parquet", "1.parquet", "2.parquet"]


def test_rows_without_a_readable_position_are_noted(tmp_path: Path) -> None:
    """They count as rows without a position; the note says how many there are, and which is the first."""
    points = save_csv(
        tmp_path / "in.csv", 'code,lon,lat\na,30,50\nb,thirty,50\nc,,\nd,0x1e,50\n"e", 30 ,+50.\n'
    )
    result = measure("--points", points, "--out", tmp_path / "out.csv")
    assert "position: 3; their distance is empty.\n2 of these rows hold something" in result.stderr
    assert f" that is no position, first row 3 of {points}, column 'lon'.\n" in result.stderr
    rows = (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()
    assert [row.split(",")[3][:3] for row in rows[1:]] == ["402", "", "", "", "402"]
    measure("--points", points, "--out", tmp_path / "out.parquet")
    assert pyarrow.parquet.read_schema(tmp_path / "out.parquet").metadata is None


GOOD = "z,31,49\n" * 3
UNREADABLE = {
    "a word, then a latitude out of range": (f"code,lon,lat\na,30,50\nb,30,fifty\nc,30,95\n{GOOD}", 2, "lat"),
    "a latitude out of range, then a word": (
        f"code,lon,lat\na,30,50\nb,30,95\nc,thirty,50\n{GOOD}",
        2,
        "lat",
    ),
    "a longitude out of range": (f"code,lon,lat\na,30,50\nb,190,50\n{GOOD}", 1, "lon"),
    "well-known text": ("id,WKT\n1,POINT (30 50)\n2,POINT (30\n", 1, "WKT"),
    "a pair": ('id,latlon\n1,"50, 30"\n2,"50, x"\n', 1, "latlon"),
}


@pytest.mark.parametrize(("text", "count", "column"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_counted_and_named_with_its_column(
    text: str, count: int, column: str, tmp_path: Path
) -> None:
    """The note counts what is no number and what is out of range, and names the first cell of either, in row 3."""
    points = save_csv(tmp_path / "in.csv", text)
    result = measure("--points", points, "--out", tmp_path / "out.csv")
    rows = "1 of these rows holds" if count == 1 else f"{count} of these rows hold"
    first = f"first row 3 of {points}, column {column!r}.\n"
    assert f"\n{rows} something that is no position, {first}" in result.stderr


def test_names_that_are_not_utf8_are_read_and_written(tmp_path: Path) -> None:
    """A file may be called whatever the system allows."""
    points = save_csv(tmp_path / "p\udcff.csv", "lon,lat\n30,50\n")
    for name in ("b\udcff.csv", "b\udcff.parquet", "b\udcff"):
        result = measure("--points", points, "--out", tmp_path / name)
        assert (result.exit_code, result.exception) == (0, None)
        assert (tmp_path / name).exists()


def test_foreign_folder_is_never_replaced(tmp_path: Path) -> None:
    """An output folder that holds something else is left alone."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.docx").write_bytes(b"years of work")
    with pytest.raises(OutputError, match="'out' is taken"):
        measure_job(Job(save_folder(tmp_path / "in"), tmp_path / "out", (FRONT,)))
    assert (tmp_path / "out" / "thesis.docx").exists()


def test_files_with_other_columns_cannot_become_one(tmp_path: Path) -> None:
    """Where one file has a column more, that is said, and nothing half-done is left."""
    folder = save_folder(tmp_path / "in")
    table = pa.table({"id": [1], "lon": [30.0], "lat": [50.0], "extra": [1]})
    pyarrow.parquet.write_table(table, folder / "9.parquet")
    result = measure("--points", folder, "--out", tmp_path / "out.parquet")
    assert (result.exit_code, "Its parts differ in their columns" in result.stderr) == (1, True)
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("DROP TABLE points", "'points' is not a plain table"),
        ("DROP TABLE gpkg_geometry_columns", "'gpkg_geometry_columns' is not a plain table"),
        (None, "cannot be read"),
        ("<OGRVRTDataSource/>", "a virtual layer"),
    ],
)
def test_damaged_geopackage_is_one_clear_error(
    statement: str | None, message: str, tmp_path: Path, recwarn: pytest.WarningsRecorder
) -> None:
    """Nothing that GDAL says of it is printed as a warning."""
    points = save_layer(tmp_path / "points.gpkg")
    if statement is None:
        points.write_bytes(points.read_bytes()[:5000])
    elif statement.startswith("<"):
        points.write_text(statement)
    else:
        with contextlib.closing(sqlite3.connect(points)) as database:
            database.execute(statement)
            database.commit()
    with pytest.raises(DataError, match=message):
        measure_job(Job(points, tmp_path / "out.csv", (FRONT,)))
    assert not recwarn.list


def test_several_layers_are_refused(tmp_path: Path) -> None:
    """Which of them is meant is for the user to say."""
    points = save_layer(tmp_path / "points.gpkg")
    gpd.read_file(points).to_file(points, layer="more")
    with pytest.raises(DataError, match=r"holds 2 layers: 'points', 'more'.*--layer"):
        measure_job(Job(points, tmp_path / "out.csv", (FRONT,)))
    measure_job(Job(points, tmp_path / "out.csv", (FRONT,), layer="More"))
    one, other = (
        Job(points, tmp_path / "out.csv", (FRONT,), layer=name).identify() for name in ("more", "points")
    )
    assert one != other  # what is done of one layer is not taken over for another


def test_damaged_parquet_is_one_clear_error(tmp_path: Path) -> None:
    """A file that is no Parquet is named."""
    folder = save_folder(tmp_path / "in")
    (folder / "9.parquet").write_bytes(b"PAR1 nonsense")
    with pytest.raises(DataError, match=r"9\.parquet: This is not a Parquet file"):
        measure_job(Job(folder, tmp_path / "out.parquet", (FRONT,)))
