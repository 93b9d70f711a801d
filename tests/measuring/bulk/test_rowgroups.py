"""Row groups of Parquet that unpack to more than there is memory for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet
import pytest

from geo.errors import DataError
from geo.files import limits
from geo.measuring.bulk import chunking, rowgroups

LONG = "x" * 1_000_000
MOST_KB = 700_000
"""What a process may take at its peak, libraries included."""

STATUS = Path("/proc/self/status")
MEASURE = (
    "import sys\nfrom geo.cli import main\n"
    "try: main(sys.argv[1:])\n"
    f"finally: print(next(line.split()[1] for line in open({str(STATUS)!r}) if line.startswith('VmHWM')))"
)
"""Run a command and print its peak in kB; that of `resource` begins with what the process that started it takes."""


def repeat(text: str, rows: int) -> Any:
    """Return an array with a text in every second row, which memory and file hold once."""
    numbers = pa.array(np.arange(rows, dtype=np.int32) % 2)
    return pa.DictionaryArray.from_arrays(numbers, pa.array(["short", text]))


def wrap(texts: Any, form: str) -> Any:
    offsets = pa.array(range(len(texts) + 1), pa.int32())
    return {
        "plain": lambda: texts,
        "in lists": lambda: pa.ListArray.from_arrays(offsets, texts),
        "in records": lambda: pa.StructArray.from_arrays(
            [pa.nulls(len(texts), pa.int8()), texts], ["a", "b"]
        ),
    }[form]()


def save(file: Path, column: Any, **how: Any) -> Path:
    """Write points with one more column; the file does not say that it was a dictionary."""
    rows = len(column)
    table = pa.table({"more": column, "lon": np.full(rows, 30.5), "lat": np.full(rows, 50.4)})
    pyarrow.parquet.write_table(table, file, dictionary_pagesize_limit=2**22, store_schema=False, **how)
    return file


@pytest.mark.skipif(not STATUS.exists(), reason="this system does not tell the peak of a process")
@pytest.mark.parametrize("form", ["plain", "in lists", "in records"])
def test_a_text_that_is_repeated_takes_no_memory(form: str, tmp_path: Path) -> None:
    """Of a file of 200 kB that unpacks to 4 GB, a line says so, and the process stays below 0.7 GB."""
    points = save(tmp_path / "points.parquet", wrap(repeat(LONG, 8000), form))
    assert points.stat().st_size < 200_000
    command = [sys.executable, "-c", MEASURE, "distance", "--points", str(points), "--out"]
    done = subprocess.run([*command, str(tmp_path / "out.parquet")], capture_output=True, text=True)
    assert "Row group 0 takes more than 500 MB" in done.stderr
    assert int(done.stdout.split()[-1]) < MOST_KB
    assert list(tmp_path.iterdir()) == [points]


def test_a_text_that_is_repeated_in_a_long_row_group(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where a row group is read in pieces, each piece has the limit."""
    monkeypatch.setattr(chunking, "LONGEST_GROUP", 100)
    monkeypatch.setattr(limits, "GROUP_BYTES", 10_000_000)
    points = save(tmp_path / "points.parquet", repeat("x" * 10_000, 4000))
    with pytest.raises(DataError, match="Row group 0 takes more than 10 MB"):
        list(chunking.read_chunks(points))


def test_lists_with_too_many_items(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Numbers that repeat take no room in a file either; how many there are stands in its metadata."""
    monkeypatch.setattr(limits, "GROUP_BYTES", 10_000_000)
    items = pa.array(np.zeros(2_000_000, np.int8))
    lists = pa.ListArray.from_arrays(pa.array([0, 1_000_000, 2_000_000], pa.int32()), items)
    with pytest.raises(DataError, match="Row group 0 takes more than 10 MB"):
        rowgroups.read_group(str(save(tmp_path / "points.parquet", lists)), 0)


@pytest.mark.parametrize("form", ["plain", "in lists", "in records"])
@pytest.mark.parametrize("use_dictionary", [True, False])
def test_what_is_within_the_limit_is_read_as_it_stands(
    form: str, use_dictionary: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Read by their numbers or not, whole or in pieces, texts and types are those of the file."""
    texts = repeat("x" * 1000, 300)
    points = save(tmp_path / "points.parquet", wrap(texts, form), use_dictionary=use_dictionary)
    wanted = pyarrow.parquet.read_table(points)
    for most in (limits.GROUP_BYTES, 200_000):  # above it could be, but is not, too much
        monkeypatch.setattr(limits, "GROUP_BYTES", most)
        pieces = pa.Table.from_batches(rowgroups.iterate_group(str(points), 0, 65_536))
        assert wanted.equals(rowgroups.read_group(str(points), 0))
        assert wanted.equals(pieces)


@pytest.mark.parametrize(
    "column",
    [
        pa.array(
            [[("name", "Kyiv")], [], [("name", "Lviv"), ("old", "Lemberg")]],
            pa.map_(pa.string(), pa.string()),
        ),
        pa.array([[(1, 2)], [], [(3, 4)]], pa.map_(pa.int64(), pa.int64())),
        pa.array(["one"] * 3, pa.string_view()),
        pa.array([[1, 2], [3, 4], [5, 6]], pa.list_(pa.int32(), 2)),
    ],
    ids=lambda column: str(column.type),
)
@pytest.mark.parametrize("most", [limits.GROUP_BYTES, 1000])
def test_columns_of_every_kind(
    column: Any, most: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Maps, views and lists of fixed length are read as well, whether texts are read by their numbers or not."""
    table = pa.table({"more": column, "text": ["x" * 40] * 3})
    pyarrow.parquet.write_table(table, tmp_path / "points.parquet")
    wanted = pyarrow.parquet.read_table(tmp_path / "points.parquet")
    monkeypatch.setattr(limits, "GROUP_BYTES", most)
    assert wanted.equals(rowgroups.read_group(str(tmp_path / "points.parquet"), 0))


def test_columns_of_one_name(tmp_path: Path) -> None:
    """Two columns of texts that are called the same are both read."""
    table = pa.table([pa.array(["a", "b"]), pa.array(["c", "d"])], names=["lat", "lat"])
    pyarrow.parquet.write_table(table, tmp_path / "points.parquet")
    assert rowgroups.read_group(str(tmp_path / "points.parquet"), 0).columns == table.columns


def test_texts_that_are_all_different(tmp_path: Path) -> None:
    """A usual file is read in the usual way, for texts by their numbers take twice as long."""
    points = save(tmp_path / "points.parquet", pa.array([f"place {n}" for n in range(300_000)]))
    opened, _ = rowgroups._open_for(str(points), 0)
    assert opened.schema_arrow.field("more").type == pa.string()
