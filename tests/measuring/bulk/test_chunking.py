"""Files of points cut into chunks: at the same rows each time, and none held longer than needed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest

from geo.measuring.bulk import chunking
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
