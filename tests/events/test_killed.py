"""What is left when a command is killed in the middle of its work, and what the next run makes of it."""

from __future__ import annotations

import random

import pytest

from tests.events.conftest import Whole
from tests.events.running import COMMANDS, KILLS, Place


@pytest.mark.parametrize("name", COMMANDS)
def test_a_killed_run_loses_nothing(name: str, place: Place, whole: dict[str, Whole]) -> None:
    """The output is what it was before or what it becomes, whole, and the next run makes everything right."""
    rng = random.Random(name)
    earlier = {file: b"earlier " + data for file, data in whole[name].results.items()}
    for file, data in earlier.items() if name != "bulk-folder" else []:
        (place.out / file).write_bytes(data)
    if name == "bulk-folder":
        assert place.run(*COMMANDS[name]).returncode == 0
        earlier = place.read_results()
    for _ in range(KILLS):
        place.start_and_kill(rng.uniform(0, whole[name].loaded_seconds), *COMMANDS[name])
        found = {file: data for file, data in place.read_results().items() if file in earlier}
        assert found.keys() == earlier.keys()
        assert all(data in (earlier[file], whole[name].results[file]) for file, data in found.items())
        assert not place.wait_for_silence(10)
    after = place.run(*COMMANDS[name])
    assert (after.returncode, place.read_results()) == (0, whole[name].results), after.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_litter_of_killed_runs_is_collected(name: str, place: Place, whole: dict[str, Whole]) -> None:
    """After the next whole run nothing of earlier ones is left."""
    rng = random.Random(name)
    for _ in range(KILLS):
        place.start_and_kill(rng.uniform(0.3, 1.0) * whole[name].loaded_seconds, *COMMANDS[name])
        place.wait_for_silence(3)
    assert place.run(*COMMANDS[name]).returncode == 0
    assert place.list_litter() == []
