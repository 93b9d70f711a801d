"""Messages that nobody reads cost no map: stderr that is closed from the start, or whose reader has left."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.events.running import Place

POINTS = "lon,lat\n30.5,50.4\n"
WRITERS = {
    "render": ("render", "dnipro-line", "--format", "html,svg", "--out", "out"),
    "export": ("export", "dnipro-line", "--out", "out/zones.gpkg"),
    "compare": ("compare", "dnipro-line", "--format", "html", "--out", "out"),
    "history": (
        "history",
        "dnipro-line",
        "--fronts",
        "fronts",
        "--cache",
        "c",
        "--format",
        "svg",
        "--out",
        "out",
    ),
    "bulk": ("distance", "--points", "points.csv", "--out", "out/points.csv"),
    "derive": ("fronts", "derive", "area-2025-03-27.geojson", "--out", "out/line.geojson"),
    "new": ("new", "a-plan", "--out", "out"),
}


def _run(place: Place, how: str, *words: str) -> int:
    """Run a command without a stderr, without any standard stream, or with a stderr that nobody reads."""
    command = [sys.executable, "-m", "geo", *words]
    if how == "nobody reads":
        reader, writer = os.pipe()
        os.close(reader)
        try:
            return subprocess.run(command, cwd=place.folder, stdout=subprocess.PIPE, stderr=writer).returncode
        finally:
            os.close(writer)
    closed = {"no stderr": "2>&-", "no stream": "<&- >&- 2>&-"}[how]
    shell = ["bash", "-c", f'exec "$@" {closed}', "bash", *command]
    return subprocess.run(shell, cwd=place.folder).returncode


@pytest.mark.parametrize("how", ["no stderr", "no stream", "nobody reads"])
@pytest.mark.parametrize("name", WRITERS)
def test_every_file_is_written(name: str, how: str, place: Place, tmp_path: Path) -> None:
    """The command succeeds, and its files are those that it writes with an open stderr."""
    (place.folder / "points.csv").write_text(POINTS)
    assert place.run(*WRITERS[name]).returncode == 0
    wanted = place.read_results()
    assert wanted
    place.out.rename(tmp_path / "wanted")
    place.out.mkdir()
    assert _run(place, how, *WRITERS[name]) == 0
    assert place.read_results() == wanted
    assert not place.list_litter()


@pytest.mark.parametrize("how", ["no stderr", "no stream", "nobody reads"])
def test_exit_codes_stay(how: str, place: Place) -> None:
    """What is wrong is still told by the exit code: 1 for data, 2 for usage."""
    (place.folder / "broken.geojson").write_text("{")
    assert _run(place, how, "metrics", "broken.geojson") == 1
    assert _run(place, how, "render", "nowhere") == 2
