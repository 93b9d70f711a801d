"""Writing: whole or not at all, and never at the price of what stood there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from geo.errors import OutputError
from geo.files import saving


def test_file_and_folders_are_made(tmp_path: Path) -> None:
    """A new file in a new folder holds the bytes, readable as the umask allows, and nothing else is left behind."""
    target = tmp_path / "new" / "deeper" / "map.html"
    saving.save_bytes(b"map", target)
    assert target.read_bytes() == b"map"
    assert list(target.parent.iterdir()) == [target]
    umask = os.umask(0)
    os.umask(umask)
    assert target.stat().st_mode & 0o777 == 0o666 & ~umask


def test_replacing_keeps_permissions(tmp_path: Path) -> None:
    """A file written again keeps the permissions its owner gave it."""
    target = tmp_path / "map.html"
    target.write_bytes(b"old")
    target.chmod(0o640)
    saving.save_bytes(b"new", target)
    assert (target.read_bytes(), target.stat().st_mode & 0o777) == (b"new", 0o640)


def test_full_disk_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk is full the old file stays, no temporary file does, and the message says what to do."""
    target = tmp_path / "map.html"
    target.write_bytes(b"old")

    def is_full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", is_full)
    with pytest.raises(OutputError, match=r"map\.html.*No space left on device.*unchanged.*--out"):
        saving.save_bytes(b"new", target)
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"old"]


def test_folder_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    """A path through a file, and a folder in the target's place, are reported, not raised as they come."""
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError, match="could not be written"):
        saving.save_bytes(b"map", tmp_path / "file" / "map.html")
    (tmp_path / "map.html").mkdir()
    with pytest.raises(OutputError, match="folder of that name"):
        saving.save_bytes(b"map", tmp_path / "map.html")


def test_link_stays_a_link(tmp_path: Path) -> None:
    """Writing through a symbolic link replaces the file it points to."""
    (tmp_path / "real.html").write_bytes(b"old")
    (tmp_path / "link.html").symlink_to("real.html")
    saving.save_bytes(b"new", tmp_path / "link.html")
    assert (tmp_path / "link.html").is_symlink()
    assert (tmp_path / "real.html").read_bytes() == b"new"


def test_pipe_or_device_is_not_replaced(tmp_path: Path) -> None:
    """What is no file stays what it is, also behind a link: `/dev/null` must outlive a careless --out."""
    pipe = tmp_path / "pipe.geojson"
    os.mkfifo(pipe)
    (tmp_path / "link.geojson").symlink_to(pipe)
    for name in ("pipe.geojson", "link.geojson"):
        with pytest.raises(OutputError, match="a device or a pipe"):
            saving.save_bytes(b"map", tmp_path / name)
    assert pipe.is_fifo()


_KILLED = """
import os, signal, sys
from pathlib import Path
from geo.files import saving
def write(temporary):
    temporary.write_bytes(b"half")
    os.kill(os.getpid(), signal.SIGKILL)
saving.save_stream(write, Path(sys.argv[1]))
"""


def test_litter_of_a_killed_run_is_collected_and_nothing_else(tmp_path: Path) -> None:
    """The next run that writes there removes the half-written file, and no file of a user or of a living run."""
    target = tmp_path / "map.html"
    done = subprocess.run([sys.executable, "-c", _KILLED, str(target)], check=False)
    assert done.returncode == -signal.SIGKILL
    (litter,) = tmp_path.iterdir()
    living = litter.name.replace(f"-{litter.name.split('-')[-2]}-", f"-{os.getpid()}-")
    users = [".map.html.abcd1234.part", litter.name[1:], f"{litter.name}.txt", living]
    for name in users:
        (tmp_path / name).write_bytes(b"mine")
    saving.save_bytes(b"map", target)
    assert {file.name for file in tmp_path.iterdir()} == {*users, "map.html"}


def test_a_folder_is_looked_through_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run of many parts lists its folder a single time."""
    listed: list[Path] = []
    plain = Path.iterdir

    def note(folder: Path) -> Iterator[Path]:
        listed.append(folder)
        return plain(folder)

    monkeypatch.setattr(Path, "iterdir", note)
    for number in range(5):
        saving.save_bytes(b"part", tmp_path / f"part-{number}")
    assert len(listed) == 1


@pytest.mark.parametrize(
    "name",
    ["con", "NUL.html", "aux.tar.gz", "com1.csv", "lpt9", "map.", "map ", "a<b", "a:b.csv", "a?", 'a"', "a|"],
)
def test_names_that_windows_cannot_have_are_refused(name: str, tmp_path: Path) -> None:
    """A map is sent on; one line says that the other side could not open it."""
    with pytest.raises(OutputError, match="on Windows"):
        saving.save_bytes(b"map", tmp_path / name)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "name", ["console.html", "com10.csv", "Мапа 1.html", ".map", "nul-1.csv", "a,b;c.csv"]
)
def test_other_names_are_the_users(name: str, tmp_path: Path) -> None:
    """Letters of any alphabet, blanks inside and names that only begin like a device's are taken."""
    saving.save_bytes(b"map", tmp_path / name)
    assert (tmp_path / name).read_bytes() == b"map"
