"""One file of a series: what is read and measured of it is recalled, and never stale."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import shapely

from geo.errors import DataError
from geo.files import document
from geo.fronts.reading import read_front
from geo.measuring import series
from geo.measuring.cache import Cache, derive_key
from geo.measuring.series import Failure, FrontFile, Measured
from tests.made_up.fronts import MEMBER, NORTH, SOUTH, save_file
from tests.made_up.series import SCENARIO


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
    first = series.read_front_file(file, None, store)
    monkeypatch.setattr("geo.measuring.series.read_reported", lambda *_, **__: pytest.fail("read again"))
    assert series.read_front_file(file, None, store) == first
    assert isinstance(first, FrontFile)
    assert (first.front.uncertainty_km, first.origin) == (5.0, "Drawn for this test.")


@pytest.mark.parametrize(
    "kept", [{}, [], {"metrics": {}}, {"front": {"as_of": 5}}, {"front": {"as_of": "x"}}, "text"]
)
def test_entry_of_another_shape_is_no_entry(store: Cache, tmp_path: Path, kept: object) -> None:
    """What another program or an accident left in the cache is read anew, not believed and not an error."""
    file = save_file(tmp_path / "a.geojson", NORTH, member=MEMBER)
    first = series.read_front_file(file, None, store)
    assert store.folder is not None
    entries = [entry for entry in store.folder.rglob("*") if entry.is_file()]
    for entry in entries:
        entry.write_text(json.dumps(kept), encoding="utf-8")
    assert entries
    assert series.read_front_file(file, None, store) == first
    store.save(derive_key("m"), kept)
    assert series.recall(store, derive_key("m")) is None


def test_geometry_decides(tmp_path: Path) -> None:
    """Two files are the same front if their sectors are."""
    files = {
        name: save_file(tmp_path / f"{name}_2025-01-0{n}.geojson", *lines, properties={"sector": "One"})
        for n, (name, lines) in enumerate({"a": [NORTH, SOUTH], "b": [NORTH, SOUTH], "c": [NORTH]}.items(), 1)
    }
    keys = {name: series.read_front_file(file, None, Cache(None)) for name, file in files.items()}
    a, b, c = (each.geometry for each in keys.values() if isinstance(each, FrontFile))
    assert a == b != c


def test_origin_of_a_file_that_names_none(tmp_path: Path) -> None:
    """A file without a source is known by its name, without the day in it."""
    read = series.read_front_file(save_file(tmp_path / "daily_20250327_v2.geojson", NORTH), None, Cache(None))
    assert isinstance(read, FrontFile)
    assert read.origin == "files named daily_*_v2"


def test_measured_is_recalled(store: Cache, tmp_path: Path) -> None:
    """Recalled figures are the measured ones to the last digit, and so is the line to 10 m."""
    file = save_file(tmp_path / "a.geojson", NORTH, member=MEMBER)
    sha256 = read_front(file).sha256
    fresh = series.measure_front_file(file, None, SCENARIO, store, derive_key("m"), sha256)
    again = series.recall(store, derive_key("m"))
    assert isinstance(fresh, Measured)
    assert again is not None
    assert again.metrics == fresh.metrics
    assert shapely.equals_exact(series.unpack(again.line).geoms[0], shapely.LineString(NORTH), 1e-4)
    assert set(fresh.seconds) == set(series.STEPS)


def test_failures_say_why(tmp_path: Path) -> None:
    """A file that is no front gives its first problem in one line, in either step."""
    file = save_file(tmp_path / "2025-03-27.geojson", [[37, 49]])
    for failure in (
        series.read_front_file(file, None, Cache(None)),
        series.measure_front_file(file, None, SCENARIO, Cache(None), "k", None),
    ):
        assert isinstance(failure, Failure)
        assert "too few positions" in failure.reason
        assert "\n" not in failure.reason


def test_file_replaced_meanwhile(store: Cache, tmp_path: Path) -> None:
    """Figures of a file that was replaced after its key was made are not kept under that key."""
    file = save_file(tmp_path / "2025-03-27.geojson", NORTH)
    read = series.read_front_file(file, None, store)
    assert isinstance(read, FrontFile)
    save_file(file, SOUTH)
    key = derive_key("m", read.geometry)
    failure = series.measure_front_file(file, None, SCENARIO, store, key, read.front.sha256)
    assert isinstance(failure, Failure)
    assert "was replaced" in failure.reason
    assert series.recall(store, key) is None


def test_what_is_hashed_is_what_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is opened once a reading, so that its hash and its geometry are of the same content."""
    file = save_file(tmp_path / "2025-03-27.geojson", NORTH)
    opened: list[Path] = []
    real = document.read_bytes

    def read_bytes(path: Path, *, max_bytes: int) -> bytes:
        opened.append(path)
        return real(path, max_bytes=max_bytes)

    monkeypatch.setattr(document, "read_bytes", read_bytes)
    series.read_front_file(file, None, Cache(None))
    assert opened == [file]
