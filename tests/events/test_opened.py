"""What a command opens: the file that was named to it, and nothing that this file names."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.made_up.disguises import save_disguised

SUFFIXES = (".geojson", ".kml", ".gpkg", ".shp", ".fgb", ".csv", ".parquet")
COMMANDS = (
    "validate {}",
    "metrics {}",
    "metrics dnipro-line --front {}",
    "render {} --out out",
    "export {} --out out/a.gpkg",
    "compare dnipro-line {}",
    "changes {} dnipro-line",
    "changes dnipro-line --from {} --to 2025-03-27",
    "history {} --fronts fronts",
    "fronts derive {} --out out/a.geojson",
    "fronts fetch {} --accept-terms",
    "distance --points {} --out out/a.csv",
    "distance Kyiv --front {}",
    "verify {}",
)
"""Every command that opens a file of the user's, in every place of one."""

RUN_ALL = """
import json, sys
from click.testing import CliRunner
from geo.cli import main
for words in json.load(sys.stdin):
    done = CliRunner().invoke(main, words, prog_name="geo")
    print(done.exit_code, type(done.exception).__name__)
"""


def save_crs(folder: Path) -> list[Path]:
    """Write zones, lines and points in a reference system that is the name of a file."""
    ring = [[36, 48], [37, 48], [37, 49], [36, 48]]
    shapes = {"Polygon": [ring], "LineString": ring[:3], "Point": ring[0]}
    files = []
    for kind, coordinates in shapes.items():
        feature = {
            "type": "Feature",
            "properties": {},
            "geometry": {"type": kind, "coordinates": coordinates},
        }
        crs = {"type": "name", "properties": {"name": f"+init={folder}/secret:1"}}
        files.append(folder / f"{kind}-2025-03-27.geojson")
        files[-1].write_text(json.dumps({"type": "FeatureCollection", "crs": crs, "features": [feature]}))
    return files


def test_no_command_opens_what_a_file_names(
    tmp_path: Path, listener: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All are refused in words; nobody is asked on the net, and no file is opened that only they name."""
    url, asked = listener
    files = [*save_disguised(tmp_path, url, SUFFIXES), *save_crs(tmp_path)]
    for name in ("secret", "secret.geojson"):
        (tmp_path / name).write_text("{}")
    (tmp_path / "fronts").mkdir()
    for file in files:
        shutil.copy(file, tmp_path / "fronts")
    words = [command.format(file.name).split() for command in COMMANDS for file in files]
    words.append(["history", "dnipro-line", "--fronts", "fronts", "--cache", "cache"])
    monkeypatch.setenv("GEO_DATA", str(tmp_path / "data"))
    strace, trace = shutil.which("strace"), tmp_path / "trace"
    watch = (
        [strace, "-f", "--seccomp-bpf", "-e", "trace=open,openat,connect", "-o", str(trace)] if strace else []
    )
    done = subprocess.run(
        [*watch, sys.executable, "-c", RUN_ALL],
        input=json.dumps(words),
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    said = [line.split() for line in done.stdout.splitlines()]
    assert len(said) == len(words), done.stderr
    odd = [
        (*line, *each)
        for line, each in zip(said, words, strict=True)
        if line not in (["1", "SystemExit"], ["2", "SystemExit"])
    ]
    assert odd == []
    assert asked == []
    if strace:
        calls = trace.read_text(errors="replace")
        assert all(file.name in calls for file in files)
        assert "/secret" not in calls and '"secret' not in calls
        assert "AF_INET" not in calls
