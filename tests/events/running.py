"""Commands as processes of their own, in a folder with everything that they need."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import multiprocessing.process
import os
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet

COMMANDS: dict[str, tuple[str, ...]] = {
    "render": ("render", "dnipro-line", "--format", "html,svg", "--out", "out"),
    "export": ("export", "dnipro-line", "--out", "out/zones.gpkg"),
    "history": (
        "history",
        "dnipro-line",
        "--fronts",
        "fronts",
        "--cache",
        "cache",
        "--format",
        "html",
        "--out",
        "out",
    ),
    "bulk": ("distance", "--points", "points.parquet", "--out", "out/points.csv"),
    "bulk-folder": ("distance", "--points", "points.parquet", "--out", "out/points"),
}
"""Every command that writes and takes a while, with its output in ``out``."""

KILLS = int(os.environ.get("GEO_KILLS", "5"))
"""How often each command is killed; 200 by hand."""

MARK = "GEO_TEST_RUN"

_LOADED = multiprocessing.get_context("forkserver")
_LOADED.set_forkserver_preload(["geopandas", "folium", "matplotlib.figure", "pyarrow.parquet", "geo.cli"])


@dataclass(frozen=True)
class Place:
    """A folder in which commands run, and the mark by which all processes begun from it are known."""

    folder: Path
    mark: str

    @property
    def out(self) -> Path:
        """Where the commands write."""
        return self.folder / "out"

    @property
    def surroundings(self) -> dict[str, str]:
        """What the environment of a command says of folders that are not named to it."""
        return {"TMPDIR": str(self.folder / "tmp"), "GEO_DATA": str(self.folder / "data")}

    def start(self, *arguments: str, **how: Any) -> subprocess.Popen[str]:
        """Start a command in a process group of its own."""
        environment = {
            **os.environ,
            MARK: self.mark,
            **self.surroundings,
            **how.pop("env", {}),
        }
        how = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "preexec_fn": _heed_ctrl_c, **how}
        words = [sys.executable, "-m", "geo", *arguments]
        return subprocess.Popen(
            words, cwd=self.folder, env=environment, text=True, start_new_session=True, **how
        )

    def run(self, *arguments: str, **how: Any) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        process = self.start(*arguments, **how)
        out, err = process.communicate(timeout=300)
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)

    def start_at_once(self, *arguments: str) -> multiprocessing.process.BaseProcess:
        """Start a command in a copy of a process that has loaded all libraries already."""
        process = _LOADED.Process(target=_run_in, args=(self, arguments))
        process.start()
        return process

    def run_at_once(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end as `start_at_once` starts it."""
        process = self.start_at_once(*arguments)
        process.join(300)
        assert process.exitcode is not None, arguments
        out, err = (file.read_text(encoding="utf-8") for file in self.streams)
        return subprocess.CompletedProcess(arguments, process.exitcode, out, err)

    def start_and_kill(self, seconds: float, *arguments: str) -> None:
        """Start a command as `start_at_once` does, and kill it after a while, if it has not ended."""
        process = self.start_at_once(*arguments)
        process.join(seconds)
        process.kill()
        process.join()

    @property
    def streams(self) -> list[Path]:
        """Where a command that was started at once leaves what it says."""
        return [self.folder.parent / f"{self.mark}.{name}" for name in ("stdout", "stderr")]

    def list_processes(self) -> list[int]:
        """Return the ids of all processes that still run and were begun from here."""
        wanted, found = f"{MARK}={self.mark}".encode(), []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                runs = b") Z" not in (folder / "stat").read_bytes()
                if runs and wanted in (folder / "environ").read_bytes().split(b"\0"):
                    found.append(int(folder.name))
            except OSError:
                continue
        return found

    def wait_for_silence(self, seconds: float) -> list[int]:
        """Return the processes that still run after a while."""
        ends = time.monotonic() + seconds
        while (left := self.list_processes()) and time.monotonic() < ends:
            time.sleep(0.05)
        return left

    def end_all(self) -> None:
        """Kill every process that was begun from here."""
        for number in self.list_processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)

    def list_litter(self) -> list[str]:
        """Return the names of files that are no result and lie about."""
        inside = [
            file for file in self.folder.rglob("*") if "tmp" in file.relative_to(self.folder).parts[:-1]
        ]
        odd = [
            file
            for file in self.folder.rglob("*")
            if file.name.startswith(".") or file.name.endswith((".part", ".parts"))
        ]
        return sorted({str(file.relative_to(self.folder)) for file in [*inside, *odd]})

    def read_results(self) -> dict[str, bytes]:
        """Return what lies in ``out``: the bytes of each file."""
        files = sorted(file for file in self.out.rglob("*") if file.is_file())
        return {str(file.relative_to(self.out)): file.read_bytes() for file in files}


def _heed_ctrl_c() -> None:
    """Let Ctrl-C end a process, which it does not where the tests themselves run in a shell's background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _run_in(place: Place, arguments: tuple[str, ...]) -> None:
    """Run a command in a place, what it says kept in files, and end the process with its exit code."""
    from geo.cli import main

    os.chdir(place.folder)
    os.environ.update(
        {MARK: place.mark, **place.surroundings}
    )  # processes that it starts are known by the mark
    tempfile.tempdir = None
    for number, file in enumerate(place.streams, start=1):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    sys.argv = ["geo", *arguments]
    main()


def make_place(folder: Path) -> Place:
    """Make a folder with days of fronts, an area, and a file of points in twenty row groups.

    The days are so many that two processes share them, and eight of them differ from the day before.
    """
    for name in ("fronts", "out", "tmp"):
        (folder / name).mkdir(parents=True)
    for number in range(72):
        east, day = number // 9 / 20, date(2025, 1, 16) + timedelta(number)
        line = [[36 + east, 51], [37.5 + east, 48.5], [35, 46.2]]
        _save(folder / "fronts" / f"{day}.geojson", {"type": "LineString", "coordinates": line})
    ring = [[36, 46], [40, 46], [40, 50], [36, 50], [36, 46]]
    _save(folder / "area-2025-03-27.geojson", {"type": "Polygon", "coordinates": [ring]})
    rng = np.random.default_rng(0)
    table = pa.table({"lon": rng.uniform(23, 39, 200_000), "lat": rng.uniform(45, 52, 200_000)})
    pyarrow.parquet.write_table(table, folder / "points.parquet", row_group_size=10_000)
    return Place(folder, uuid.uuid4().hex)


def _save(file: Path, geometry: dict[str, Any]) -> None:
    feature = {"type": "Feature", "properties": {}, "geometry": geometry}
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
