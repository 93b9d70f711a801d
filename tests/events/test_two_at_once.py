"""What two runs do that write to one place, at once or one after the other."""

from __future__ import annotations

import signal
import time

import pytest

from tests.events.conftest import Whole
from tests.events.running import COMMANDS, Place


@pytest.mark.parametrize("name", ["render", "export", "history"])
def test_two_at_once_give_what_one_gives(name: str, place: Place, whole: dict[str, Whole]) -> None:
    """Both end well, and the files are whole."""
    pair = [place.start(*COMMANDS[name]) for _ in range(2)]
    said = [process.communicate(timeout=300)[1] for process in pair]
    assert [process.returncode for process in pair] == [0, 0], said
    assert place.read_results() == whole[name].results
    assert place.list_litter() == []


@pytest.mark.parametrize("name", ["bulk", "bulk-folder"])
@pytest.mark.parametrize("apart", [0.0, 0.3])
def test_two_runs_with_other_fronts_never_mix(name: str, apart: float, place: Place) -> None:
    """The output is that of one of the runs; the other waits, or is told that the name is in use."""
    alone = {}
    for front in ("fronts/2025-03-20.geojson", "fronts/2025-03-27.geojson"):
        assert place.run(*COMMANDS[name], "--front", front).returncode == 0
        alone[front] = place.read_results()
    pair = []
    for front in alone:
        pair.append(place.start(*COMMANDS[name], "--front", front))
        time.sleep(apart)
    said = [process.communicate(timeout=300)[1] for process in pair]
    assert all("Traceback" not in err for err in said), said
    assert 0 in [process.returncode for process in pair]
    assert place.read_results() in alone.values()
    assert place.list_litter() == []


@pytest.mark.parametrize("name", ["bulk", "bulk-folder"])
def test_a_resumed_run_with_another_definition_begins_anew(
    name: str, place: Place, whole: dict[str, Whole]
) -> None:
    """Parts of a killed run serve only a run that asks for the same."""
    to_contact = (*COMMANDS[name], "--front", "area-2025-03-27.geojson")
    to_edge = (*to_contact, "--front-definition", "edge")
    assert place.run(*to_edge).returncode == 0
    wanted = place.read_results()
    parts = place.out / f"{place.out.joinpath(COMMANDS[name][-1]).name}.parts"
    process = place.start(*to_contact)
    while process.poll() is None and len(list(parts.glob("part-*"))) < 5:
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert place.run(*to_edge).returncode == 0
    assert place.read_results() == wanted
