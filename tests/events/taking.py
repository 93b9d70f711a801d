"""What a user may have at a name that a command would write to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path


def _make_folder(path: Path, inside: str) -> None:
    path.mkdir()
    (path / inside).write_bytes(b"mine")


def _make_link(path: Path) -> None:
    elsewhere = path.parent.parent / f"elsewhere-{path.name}"
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
