"""One file of a series: what is read and measured of it is recalled, and never stale."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas
import pytest
import shapely

from geo.errors import DataError
from geo.files import document
from geo.measuring import kept, series
from geo.measuring.cache import Cache, derive_key
from geo.measuring.kept import FrontFile, Measured
from geo.measuring.series import Failure, Job, Outcome
from tests.made_up.fronts import MEMBER, NORTH, SOUTH, save_file
from tests.made_up.series import SCENARIO


def process(file: Path, store: Cache) -> Outcome:
    (outcome,) = series.process_files([file], Job(file.parent, SCENARIO, cache=store))
    return outcome


def test_files_of_a_series(tmp_path: Path) -> None:
    """Fronts are taken by their ending, in the order of their names; hidden files, notes and folders are not."""
    for name in ("b.geojson", "a.gpkg", ".c.geojson", "notes.txt", "a.shx"):
        (tmp_path / name).touch()
    (tmp_path / "d.geojson").mkdir()
    assert [file.name for file in series.list_files(tmp_path)] == ["a.gpkg", "b.geojson"]


@pytest.mark.parametrize(("name", "said"), [("none", "no such folder"), ("", "holds no fronts")])
def test_no_series(name: str, said: str, tmp_path: Path) -> None:
    """A folder that is not there, or holds no front, is an error."""
    with pytest.raises(DataError, match=said):
        series.list_files(tmp_path / name)


def test_front_file_is_recalled(store: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file read once is not read again, as long as its bytes and its name stay."""
    file = save_file(tmp_path / "a.geojson", NORTH, member=MEMBER)
    first = process(file, store)[0]
    monkeypatch.setattr("geo.measuring.series.read_reported", lambda *_, **__: pytest.fail("read again"))
    assert process(file, store)[0] == first
    assert isinstance(first, FrontFile)
    assert (first.front.uncertainty_km, first.origin) == (5.0, "Drawn for this test.")


@pytest.mark.parametrize(
    "entry", [{}, [], {"metrics": {}}, {"front": {"as_of": 5}}, {"front": {"as_of": "x"}}, "text"]
)
def test_entry_of_another_shape_is_no_entry(store: Cache, tmp_path: Path, entry: object) -> None:
    """What another program or an accident left in the cache is read anew, not believed and not an error."""
    file = save_file(tmp_path / "a.geojson", NORTH, member=MEMBER)
    first = process(file, store)[0]
    assert store.folder is not None
    entries = [each for each in store.folder.rglob("*") if each.is_file()]
    for each in entries:
        each.write_text(json.dumps(entry), encoding="utf-8")
    assert entries
    assert process(file, store)[0] == first
    store.save(derive_key("m"), entry)
    assert kept.recall(store, derive_key("m")) is None


def test_geometry_decides(tmp_path: Path) -> None:
    """Two files are the same front if their sectors are."""
    files = {
        name: save_file(tmp_path / f"{name}_2025-01-0{n}.geojson", *lines, properties={"sector": "One"})
        for n, (name, lines) in enumerate({"a": [NORTH, SOUTH], "b": [NORTH, SOUTH], "c": [NORTH]}.items(), 1)
    }
    keys = {name: process(file, Cache(None))[0] for name, file in files.items()}
    a, b, c = (each.geometry for each in keys.values() if isinstance(each, FrontFile))
    assert a == b != c


def test_origin_of_a_file_that_names_none(tmp_path: Path) -> None:
    """A file without a source is known by its name, without the day in it."""
    read, _ = process(save_file(tmp_path / "daily_20250327_v2.geojson", NORTH), Cache(None))
    assert isinstance(read, FrontFile)
    assert read.origin == "files named daily_*_v2"


def test_measured_is_recalled(store: Cache, tmp_path: Path) -> None:
    """Recalled figures are the measured ones to the last digit, and so is the line to 10 m."""
    file = save_file(tmp_path / "a.geojson", NORTH, member=MEMBER)
    (_, fresh), (_, again) = process(file, store), process(file, store)
    assert isinstance(fresh, Measured)
    assert isinstance(again, Measured)
    assert again.seconds == {}
    assert again.metrics == fresh.metrics
    assert shapely.equals_exact(kept.unpack(again.line).geoms[0], shapely.LineString(NORTH), 1e-4)
    assert set(fresh.seconds) == set(series.STEPS)


def test_failures_say_why(tmp_path: Path) -> None:
    """A file that is no front gives its first problem in one line."""
    failure, measured = process(save_file(tmp_path / "2025-03-27.geojson", [[37, 49]]), Cache(None))
    assert isinstance(failure, Failure)
    assert "too few positions" in failure.reason
    assert "\n" not in failure.reason
    assert measured is None


def test_what_is_hashed_is_what_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is opened once, so that its hash and its geometry are of the same content."""
    file = save_file(tmp_path / "2025-03-27.geojson", NORTH)
    opened: list[Path] = []
    real = document.read_bytes

    def read_bytes(path: Path, *, max_bytes: int) -> bytes:
        opened.append(path)
        return real(path, max_bytes=max_bytes)

    monkeypatch.setattr(document, "read_bytes", read_bytes)
    process(file, Cache(None))
    assert opened == [file]


@pytest.mark.parametrize("ending", ["geojson", "gpkg"])
def test_a_file_replaced_while_it_is_measured_leaves_no_wrong_figures(
    ending: str, store: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read is kept as what was read; what the file holds by then is read anew."""
    file, drawn = tmp_path / f"line_20250327.{ending}", (NORTH, [[x, y + 0.5] for x, y in NORTH])

    def write(line: list[list[float]]) -> None:
        file.unlink(missing_ok=True)
        geopandas.GeoSeries([shapely.LineString(line)], crs=4326).to_file(file)

    expected = []
    for line in drawn:
        write(line)
        expected.append(process(file, Cache(None)))
    write(drawn[0])
    real = document.read_bytes

    def read_bytes(path: Path, *, max_bytes: int) -> bytes:
        content = real(path, max_bytes=max_bytes)
        write(drawn[1])
        return content

    with monkeypatch.context() as patched:
        patched.setattr(document, "read_bytes", read_bytes)
        during = process(file, store)
    for found, wanted in zip((during, process(file, store)), expected, strict=True):
        assert isinstance(found[0], FrontFile) and isinstance(wanted[0], FrontFile)
        assert isinstance(found[1], Measured) and isinstance(wanted[1], Measured)
        assert (found[0].geometry, found[1].metrics) == (wanted[0].geometry, wanted[1].metrics)
    assert expected[0][0] != expected[1][0]
