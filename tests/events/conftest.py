"""Fixtures shared by the tests of events: a folder to run in, what a whole run gives, and a small disk."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.events.running import COMMANDS, Place, make_place


@dataclass(frozen=True)
class Whole:
    """What a command gives when nothing happens to it, and how long that takes."""

    results: dict[str, bytes]
    seconds: float
    loaded_seconds: float
    """How long it takes in a process that has loaded all libraries."""


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """Return a fresh folder to run in; what still runs from it in the end is killed."""
    made = make_place(tmp_path / "place")
    yield made
    made.end_all()


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Whole]:
    """Return what each command gives when nothing happens to it."""
    made = {}
    for name, arguments in COMMANDS.items():
        place = make_place(tmp_path_factory.mktemp(name) / "place")
        started = time.monotonic()
        assert place.run(*arguments).returncode == 0
        seconds = time.monotonic() - started
        results, again = place.read_results(), make_place(tmp_path_factory.mktemp(name) / "place")
        started = time.monotonic()
        assert again.run_at_once(*arguments).returncode == 0
        made[name] = Whole(results, seconds, time.monotonic() - started)
    return made


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a folder on a disk of its own with 200 kB, or skip where none can be mounted."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = os.geteuid() == 0 and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(disk)], capture_output=True
    )
    if not mounted or mounted.returncode:
        pytest.skip("only root can mount a small disk")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)
