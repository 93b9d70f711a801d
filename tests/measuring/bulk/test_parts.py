"""The chunks measured so far: whose they are, who may write them, and how they become the output. Kills are real."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet
import pytest

from geo.errors import OutputError
from geo.fronts.reading import find_front
from geo.measuring.bulk.job import Job, measure_job
from geo.measuring.bulk.parts import Parts, save_part
from tests.made_up.points import LONLATS, save_folder

RUN = "0" * 64
MARK = '{"program": "geo-scenarios"}'

KILL = """
import os, signal, sys
from pathlib import Path
from geo.files import atomic
from geo.fronts.reading import find_front
from geo.measuring.bulk.job import Job, measure_job

points, out, can_exchange, steps = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] == "True", int(sys.argv[4])

def count(step):
    def run(*names):
        global steps
        if out in names:
            steps -= 1
            if steps == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return step(*names)
    return run

exchange = atomic.exchange if can_exchange else lambda *names: False
atomic.exchange, Path.replace = count(exchange), count(Path.replace)
measure_job(Job(points, out, (find_front(),)))
"""
"""A run that is killed before the given one of the steps that touch the name of its output."""


def save_points(file: Path, rows: int = 400_000, groups: int = 40) -> Path:
    """Write so many points that measuring them takes a second or two."""
    lon, lat = np.random.default_rng(0).uniform([23, 45], [39, 52], (rows, 2)).T
    pyarrow.parquet.write_table(pa.table({"lon": lon, "lat": lat}), file, row_group_size=rows // groups)
    return file


def start(points: Path, out: Path) -> subprocess.Popen[str]:
    """Start the command as a process of its own, and wait for its first part."""
    command = [sys.executable, "-m", "geo", "distance", "--points", str(points), "--out", str(out)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    while process.poll() is None and not [*out.parent.glob(f"{out.name}.parts/*/part-*")]:
        time.sleep(0.005)
    assert process.poll() is None, process.communicate()
    return process


def list_all(folder: Path) -> dict[str, bytes | str | None]:
    """Return every file with its bytes, every link with its target, and every folder."""
    return {
        str(path.relative_to(folder)): str(path.readlink())
        if path.is_symlink()
        else path.read_bytes()
        if path.is_file()
        else None
        for path in sorted(folder.rglob("*"))
    }


def make_folder(*files: str, mark: str | None = None) -> Callable[[Path], None]:
    """Return what makes a folder with these files, and with this mark."""

    def make(folder: Path) -> None:
        for name in files:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(b"mine")
        if mark is not None:
            (folder / "_geo.json").write_text(mark, encoding="utf-8")

    return make


def make_link(target: str) -> Callable[[Path], None]:
    """Return what makes a link to a folder beside, or to nothing."""

    def make(link: Path) -> None:
        make_folder("part-000000.parquet", mark=MARK)(link.parent / "elsewhere")
        link.symlink_to(target)

    return make


TAKEN = {
    "a file": lambda path: path.write_bytes(b"mine"),
    "notes": make_folder("notes.txt"),
    "Spark's": make_folder("part-00000-7e3f.parquet"),
    "parts without a mark": make_folder("part-000000.parquet"),
    "a run without a mark": make_folder(f"{RUN}/part-000000.parquet"),
    "another mark": make_folder(f"{RUN}/part-000000.parquet", mark='{"program": "other"}'),
    "no mark at all": make_folder(f"{RUN}/part-000000.parquet", mark=""),
    "notes beside parts": make_folder(f"{RUN}/part-000000.parquet", "notes.txt", mark=MARK),
    "notes among parts": make_folder(f"{RUN}/part-000000.parquet", f"{RUN}/notes.txt", mark=MARK),
    "a link": make_link("elsewhere"),
    "a broken link": make_link("nowhere"),
}


@pytest.mark.parametrize("kind", TAKEN)
@pytest.mark.parametrize("name", ["out.csv", "out"])
def test_a_users_folder_of_parts_stays(kind: str, name: str, tmp_path: Path) -> None:
    """What is not ours at the name of the parts is left as it is, and the error says that the name is taken."""
    points = save_folder(tmp_path / "in")
    TAKEN[kind](tmp_path / f"{name}.parts")
    before = list_all(tmp_path)
    with pytest.raises(OutputError, match=rf"the name '{name}\.parts' is taken"):
        measure_job(Job(points, tmp_path / name, (find_front(),)))
    assert list_all(tmp_path) == before


OTHERS = {
    "notes": make_folder("notes.txt"),
    "Spark's": make_folder("part-00000-7e3f.parquet"),
    "parts without a mark": make_folder("part-000000.parquet"),
    "a part too many": make_folder(
        "part-000000.parquet", "part-000001.parquet", mark=MARK[:-1] + ', "parts": 1}'
    ),
    "a mark of nothing": make_folder("part-000000.parquet", mark=MARK),
    "a list for a mark": make_folder("part-000000.parquet", mark="[]"),
    "a link to another's folder": make_link("elsewhere"),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_a_users_output_folder_stays(kind: str, tmp_path: Path) -> None:
    """Only a folder with our mark and nothing but the parts that it counts is replaced."""
    points = save_folder(tmp_path / "in")
    OTHERS[kind](tmp_path / "out")
    before = list_all(tmp_path)
    with pytest.raises(OutputError, match="the name 'out' is taken"):
        measure_job(Job(points, tmp_path / "out", (find_front(),)))
    assert list_all(tmp_path) == before


def test_a_link_to_our_output_stays_a_link(tmp_path: Path) -> None:
    """The folder that it leads to is replaced."""
    (tmp_path / "far").mkdir()
    (tmp_path / "out").symlink_to("far/real")
    job = Job(save_folder(tmp_path / "in"), tmp_path / "out", (find_front(),))
    for _ in range(2):
        assert measure_job(job).count.rows == len(LONLATS)
    assert (tmp_path / "out").readlink() == Path("far/real")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["far", "in", "out"]
    assert [file.name for file in (tmp_path / "far").iterdir()] == ["real"]


def test_a_second_run_is_refused_and_a_killed_one_gone_on_with(tmp_path: Path) -> None:
    """While one process writes, another is told so; a kill lets go of the name and loses no finished chunk."""
    job = Job(save_points(tmp_path / "in.parquet"), tmp_path / "out.parquet", (find_front(),))
    measure_job(job)
    whole = pyarrow.parquet.read_table(job.out)
    job.out.unlink()
    process = start(job.points, job.out)
    process.send_signal(signal.SIGSTOP)
    with pytest.raises(OutputError, match="another run is writing it"):
        measure_job(job)
    process.kill()
    process.communicate()
    folder = next((tmp_path / "out.parquet.parts").glob("*/"))
    (folder / ".part-000039.parquet.kwa86bhc.part").write_bytes(b"half")  # what it may have been writing
    assert measure_job(job).resumed > 0
    assert pyarrow.parquet.read_table(job.out).equals(whole)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["in.parquet", "out.parquet"]


def test_ctrl_c_ends_a_run_at_once(tmp_path: Path) -> None:
    """Exit code 130, and a line that says that the same command goes on."""
    points, out = save_points(tmp_path / "in.parquet"), tmp_path / "out.csv"
    process = start(points, out)
    pressed = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate()
    assert time.monotonic() - pressed < 3  # a second, and more for a busy machine
    assert (process.returncode, "goes on" in err, "Traceback" in err) == (130, True, False), err
    assert not out.exists()
    assert measure_job(Job(points, out, (find_front(),))).resumed > 0


@pytest.mark.parametrize(("can_exchange", "step"), [(True, 1), (True, 2), (False, 1), (False, 2), (False, 3)])
def test_a_kill_between_two_names_loses_nothing(can_exchange: bool, step: int, tmp_path: Path) -> None:
    """Either folder is whole, and the next run takes over what is finished and leaves nothing behind.

    Where the system exchanges two folders in one step, the output's name is never empty.
    """
    points, out = save_folder(tmp_path / "in"), tmp_path / "out"
    measure_job(Job(points, out, (find_front("2025-03-27"),)))
    table = pa.table({"id": [-1], "lon": [30.0], "lat": [50.0]})
    pyarrow.parquet.write_table(table, points / "9.parquet")
    before = list_all(out)
    arguments = [str(points), str(out), str(can_exchange), str(step)]
    killed = subprocess.run([sys.executable, "-c", KILL, *arguments], capture_output=True)
    was_killed = step <= (1 if can_exchange else 3)
    assert killed.returncode == (-signal.SIGKILL if was_killed else 0), killed.stderr
    if was_killed and (can_exchange or step < 3):
        assert list_all(out) == before
    outcome = measure_job(Job(points, out, (find_front(),)))
    assert outcome.resumed == (7 if was_killed else 0)
    assert len([*out.glob("part-*")]) == 7
    assert sorted(file.name for file in tmp_path.iterdir()) == ["in", "out"]


def test_an_output_that_made_way_comes_back(tmp_path: Path) -> None:
    """A run that was killed between two renamings had moved it into its own folder: the next run moves it back."""
    points, out = save_folder(tmp_path / "in"), tmp_path / "out"
    measure_job(Job(points, out, (find_front(),)))
    before = list_all(out)
    make_folder(f"{RUN}/part-000000.parquet", mark=MARK)(tmp_path / "out.parts")
    out.rename(tmp_path / "out.parts" / "earlier")
    (points / "0.parquet").write_bytes(b"no Parquet any more")
    with pytest.raises(Exception, match="not a Parquet file"):
        measure_job(Job(points, out, (find_front(),)))
    assert list_all(out) == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["in", "out"]


def test_a_damaged_part_is_measured_anew(tmp_path: Path) -> None:
    """A part that cannot be read is none."""
    job = Job(save_folder(tmp_path / "in"), tmp_path / "out", (find_front(),))

    def stop(rows: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        measure_job(job, stop)
    for part in (tmp_path / "out.parts").glob("*/part-*"):
        part.write_bytes(b"PAR1 nonsense")
    outcome = measure_job(job)
    assert (outcome.count.rows, outcome.resumed) == (len(LONLATS), 0)


def test_parts_can_be_removed_while_others_write(tmp_path: Path) -> None:
    """On a cluster a worker may still be writing when the run ends: the folder goes all the same, and stays away."""
    parts = Parts(tmp_path / "out", RUN)
    table = pa.table({"lon": LONLATS[:, 0], "distance_km": LONLATS[:, 1]})
    refused: list[OutputError] = []

    def write() -> None:
        for number in range(100_000):
            try:
                save_part(parts.folder, number, table)
            except OutputError as error:
                refused.append(error)
                return

    writers = [threading.Thread(target=write) for _ in range(3)]
    with parts.held():
        for writer in writers:
            writer.start()
        while len(list(parts.folder.iterdir())) < 20:
            time.sleep(0.001)
    for writer in writers:
        writer.join()
    assert len(refused) == 3
    assert list(tmp_path.iterdir()) == []


def test_parts_are_removed_though_a_file_vanishes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A temporary file that a worker renames while the folder is being emptied does not end the run."""
    parts = Parts(tmp_path / "out", RUN)
    unlink = Path.unlink
    vanished: list[str] = []

    def race(path: Path, missing_ok: bool = False) -> None:
        unlink(path, missing_ok)
        if not vanished:
            vanished.append(path.name)
            raise FileNotFoundError(path)

    with parts.held():
        save_part(parts.folder, 0, pa.table({"lon": [30.0]}))
        monkeypatch.setattr(Path, "unlink", race)
    assert vanished == ["part-000000.parquet"]
    assert list(tmp_path.iterdir()) == []
