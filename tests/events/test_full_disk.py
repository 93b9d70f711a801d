"""What happens when the disk is full, may only be read, or nobody reads what is printed."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.events.running import COMMANDS, Place


@pytest.mark.parametrize("name", COMMANDS)
def test_a_full_disk_is_one_line(name: str, place: Place, small_disk: Path) -> None:
    """Exit code 1, the reason in a line, what stood there before whole, no litter."""
    place.out.rmdir()
    place.out.symlink_to(small_disk)
    (small_disk / "taken").write_bytes(bytes(150_000))
    (small_disk / "dnipro-line.html").write_bytes(b"earlier")
    result = place.run(*COMMANDS[name])
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert sum(line.startswith("Error: ") for line in result.stderr.splitlines()) == 1
    left = {file.name for file in small_disk.iterdir()} - {"points.csv.parts", "points.parts"}
    assert left <= {"taken", "dnipro-line.html", "dnipro-line_front-2025-03-27.svg"}
    assert (small_disk / "dnipro-line.html").read_bytes() == b"earlier"


@pytest.mark.parametrize("name", COMMANDS)
def test_a_full_folder_for_temporary_files_is_one_line_or_no_matter(
    name: str, place: Place, small_disk: Path
) -> None:
    """A command that needs none works; one that does says what is full."""
    subprocess.run(["dd", "if=/dev/zero", f"of={small_disk / 'taken'}"], capture_output=True)
    result = place.run(*COMMANDS[name], env={"TMPDIR": str(small_disk)})
    assert "Traceback" not in result.stderr
    assert result.returncode == 0 or "Error: " in result.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_a_disk_that_may_only_be_read_is_one_line(name: str, place: Place, small_disk: Path) -> None:
    """Nothing can be written there, and the line says where."""
    place.out.rmdir()
    place.out.symlink_to(small_disk)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    result = place.run(*COMMANDS[name])
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert sum(line.startswith("Error: out") for line in result.stderr.splitlines()) == 1


def test_a_cache_that_may_only_be_read_is_no_matter(place: Place, small_disk: Path) -> None:
    """Results are then not kept, and everything else works."""
    (place.folder / "cache").symlink_to(small_disk)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    assert place.run(*COMMANDS["history"]).returncode == 0


@pytest.mark.parametrize("name", ["render", "bulk"])
def test_output_that_nobody_reads_keeps_no_file_from_being_written(name: str, place: Place) -> None:
    """With `| true` the files are there all the same."""
    read, write = os.pipe()
    os.close(read)
    process = place.start(*COMMANDS[name], stdout=write)
    os.close(write)
    _, err = process.communicate(timeout=120)
    assert "Traceback" not in err and "Exception ignored" not in err
    assert place.read_results()


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["render", "--help"], ["list"], ["metrics", "dnipro-line"]]
)
def test_a_full_device_is_one_line(arguments: list[str], place: Place) -> None:
    """Whatever prints says that the output could not be written."""
    with Path("/dev/full").open("w") as full:
        result = place.run(*arguments, stdout=full)
    assert result.returncode == 1
    assert result.stderr.startswith("Error: ") and "Traceback" not in result.stderr
