"""What this program did not write stays where it is, whatever it is called."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.events.running import COMMANDS, Place


def _make_folder(path: Path, inside: str) -> None:
    path.mkdir()
    (path / inside).write_bytes(b"mine")


def _make_link(path: Path) -> None:
    elsewhere = path.parent.parent / "elsewhere"
    _make_folder(elsewhere, "part-000000.parquet")
    _link(path, elsewhere)


def _link(path: Path, target: Path) -> None:
    path.symlink_to(target)


TAKEN: dict[str, Callable[[Path], object]] = {
    "a file": lambda path: path.write_bytes(b"mine"),
    "a folder": lambda path: _make_folder(path, "notes.txt"),
    "a folder of Parquet": lambda path: _make_folder(path, "part-00000-7e3f.parquet"),
    "a folder of parts": lambda path: _make_folder(path, "part-000000.parquet"),
    "a link to a folder": _make_link,
    "a broken link": lambda path: _link(path, Path("nowhere")),
}
"""What may stand at a name; a file at the very name of an output is replaced, as every program does."""


def _list_all(folder: Path) -> dict[str, bytes | str | None]:
    """Return every file with its bytes, every link with its target, and every folder."""
    return {
        str(path.relative_to(folder)): str(path.readlink())
        if path.is_symlink()
        else path.read_bytes()
        if path.is_file()
        else None
        for path in sorted(folder.rglob("*"))
    }


@pytest.mark.parametrize("name", ["bulk", "bulk-folder", "render", "export", "history"])
@pytest.mark.parametrize("kind", TAKEN)
@pytest.mark.parametrize("ending", ["", ".parts", ".lock", ".tmp", ".part"])
def test_nothing_of_the_users_is_lost(name: str, kind: str, ending: str, place: Place) -> None:
    """The command ends with a line that says the name is taken, or does its work beside it."""
    targets = {
        "bulk": "points.csv",
        "bulk-folder": "points",
        "render": "dnipro-line.html",
        "export": "zones.gpkg",
        "history": "dnipro-line-history.html",
    }
    taken = place.out / f"{targets[name]}{ending}"
    if kind == "a file" and not ending and name != "bulk-folder":
        pytest.skip("a file at the name of the output is what is replaced")
    TAKEN[kind](taken)
    before = _list_all(place.folder)
    result = place.run(*COMMANDS[name])
    after = _list_all(place.folder)
    is_output_through_link = kind == "a broken link" and not ending
    if not is_output_through_link:
        assert {path: after.get(path, "gone") for path in before} == before, result.stderr
    assert "Traceback" not in result.stderr
    assert result.returncode == 0 or "Error: " in result.stderr
    assert not result.returncode or set(after) <= {
        *before,
        "cache",
        *(path for path in after if path.startswith("cache/")),
    } | {path for path in after if path.startswith(("out/dnipro-line_", "out/dnipro-line.html"))}
    shutil.rmtree(place.folder)
