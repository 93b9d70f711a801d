"""What Ctrl-C does: the command ends at once, says so in a line, and leaves nothing half-done."""

from __future__ import annotations

import os
import signal
import time

import pytest

from tests.events.conftest import Whole
from tests.events.running import COMMANDS, Place

GRACE_S = 2.0  # a second, and as much again for a busy machine


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("share", [0.3, 0.5])
def test_ctrl_c_ends_a_command_within_a_second(
    name: str, share: float, place: Place, whole: dict[str, Whole]
) -> None:
    """Exit code 130, one line instead of a traceback, no process left behind."""
    process = place.start(*COMMANDS[name])
    time.sleep(max(0.5, whole[name].seconds * share))
    if process.poll() is not None:
        pytest.skip("it was done before")
    pressed = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    took = time.monotonic() - pressed
    assert process.returncode == 130, err
    said = [line for line in err.splitlines() if line]
    assert "Traceback" not in err and len(said) <= 3, err
    assert took < GRACE_S
    assert not place.wait_for_silence(GRACE_S)


@pytest.mark.parametrize(("name", "kept"), [("bulk", "out/*.parts/*"), ("history", "cache/*/*.json")])
def test_an_interrupted_run_says_that_the_next_goes_on(name: str, kept: str, place: Place) -> None:
    """Where work is kept for the next run, the line says so."""
    process = place.start(*COMMANDS[name])
    ends = time.monotonic() + 60
    while not list(place.folder.glob(kept)) and time.monotonic() < ends:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert "goes on" in err
