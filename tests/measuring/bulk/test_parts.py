"""The rows measured so far: they take the output's place whole, and go when the run ends."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest

from geo.errors import OutputError
from geo.fronts.front import find_front
from geo.measuring.bulk.job import Job, measure_job
from geo.measuring.bulk.parts import Parts
from tests.made_up.points import LONLATS, save_folder


@pytest.mark.parametrize("failing", [1, 2, 3])
def test_an_earlier_output_is_there_until_the_new_one_is(
    failing: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed before, between or after the two renamings that exchange the folders, the earlier rows are not lost."""
    out, points = tmp_path / "out", save_folder(tmp_path / "in")
    measure_job(Job(points, out, (find_front(),)))
    old = (out / "part-000000.parquet").stat().st_ino
    steps = iter(range(1, 4))

    def die_at(step: Callable[..., None]) -> Callable[..., None]:
        def run(first: Path, *rest: object, **options: object) -> None:
            if next(steps) == failing:
                raise KeyboardInterrupt
            step(first, *rest, **options)

        return run

    parts = Parts(out)
    parts.open({})
    (parts.folder / "part-000000.parquet").write_bytes(b"new")
    monkeypatch.setattr(Path, "replace", die_at(Path.replace))
    monkeypatch.setattr("shutil.rmtree", die_at(shutil.rmtree))
    with pytest.raises(KeyboardInterrupt):
        parts.become_output()
    assert old in {file.stat().st_ino for file in tmp_path.rglob("part-000000.parquet")}
    if failing == 3:
        assert [file.read_bytes() for file in out.iterdir()] == [b"new"]


def test_parts_can_be_removed_while_others_write(tmp_path: Path) -> None:
    """On a cluster a worker may still be writing when the run ends: the folder goes all the same, and stays away."""
    parts = Parts(tmp_path / "out")
    parts.open({})
    table = pa.table({"lon": LONLATS[:, 0], "distance_km": LONLATS[:, 1]})
    refused: list[OutputError] = []

    def write() -> None:
        for number in range(100_000):
            try:
                parts.save(number, table)
            except OutputError as error:
                refused.append(error)
                return

    writers = [threading.Thread(target=write) for _ in range(3)]
    for writer in writers:
        writer.start()
    while len(list(parts.folder.iterdir())) < 20:
        time.sleep(0.001)
    parts.remove()
    for writer in writers:
        writer.join()
    assert len(refused) == 3
    assert list(tmp_path.iterdir()) == []


def test_parts_are_removed_though_a_file_vanishes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A temporary file that a worker renames while the folder is being emptied does not end the run."""
    parts = Parts(tmp_path / "out")
    parts.open({})
    unlink = os.unlink
    vanished: list[str] = []

    def race(name: str, *, dir_fd: int | None = None) -> None:
        unlink(name, dir_fd=dir_fd)
        if not vanished:
            vanished.append(name)
            raise FileNotFoundError(name)

    monkeypatch.setattr("os.unlink", race)
    parts.remove()
    assert vanished == ["run.json"]
    assert list(tmp_path.iterdir()) == []
