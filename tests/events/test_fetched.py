"""The folder of fetched fronts: what a fetch that is killed leaves in it, and what else a user may have there."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.events.running import KILLS, Place, make_place
from tests.events.taking import TAKEN, list_all
from tests.made_up import site
from tests.made_up.site import Site

SOURCE = "deepstate-archive"
DAYS = [datetime.now(UTC).date() - timedelta(days=back) for back in range(6, 0, -1)]
FETCH = ("fronts", "fetch", SOURCE, "--accept-terms")


@pytest.fixture
def server() -> Iterator[Site]:
    """A server with a front for each of six days."""
    with site.serve() as running:
        for number, day in enumerate(DAYS):
            site.offer_day(running, day, site.build_line(0.05 * number))
        yield running


def read_shelf(place: Place) -> dict[str, bytes]:
    """Return the fronts that any command would find in the data folder."""
    return {file.name: file.read_bytes() for file in place.folder.glob("data/fronts/*/*.geojson")}


def test_a_killed_fetch_leaves_only_whole_fronts(server: Site, place: Place, tmp_path: Path) -> None:
    """Each day is there whole or not at all, and the next run fetches the rest and leaves no litter."""
    rng, words = random.Random(1), (*FETCH, "--since", str(DAYS[0]))
    wholly = make_place(tmp_path / "wholly")
    for each in (place, wholly):
        site.save_table(each.folder / "data", server)
    started = time.monotonic()
    assert wholly.run_at_once(*words).returncode == 0
    seconds, wanted = time.monotonic() - started, read_shelf(wholly)
    assert len(wanted) == len(DAYS)
    for number in range(KILLS):
        if number % 5 == 0:  # else there is soon nothing left to be fetched
            for file in place.folder.glob("data/fronts/*/*"):
                file.unlink()
        place.start_and_kill(rng.uniform(0, seconds), *words)
        assert read_shelf(place).items() <= wanted.items()
        assert "Traceback" not in place.run_at_once("fronts", "--json").stderr
    for record in place.folder.glob(f"data/fronts/*/{DAYS[0]}.about"):
        record.unlink()  # as a kill between a front and its record leaves it
    after = place.run_at_once(*words)
    assert (after.returncode, read_shelf(place)) == (0, wanted), after.stderr
    assert len(list(place.folder.glob("data/fronts/*/*.about"))) == len(DAYS)
    assert [name for name in place.list_litter() if not name.endswith("/.lock")] == []


PLACES = (
    *("fronts", f"fronts/{SOURCE}", "accepted", f"accepted/{SOURCE}.txt", "originals"),
    *(f"fronts/{SOURCE}/{DAYS[-1]}.geojson", f"fronts/{SOURCE}/{DAYS[-1]}.about", f"fronts/{SOURCE}/.lock"),
)
"""Where a fetch writes, or looks first."""


@pytest.mark.parametrize("kind", TAKEN)
@pytest.mark.parametrize("where", PLACES)
def test_nothing_of_the_users_is_lost(where: str, kind: str, server: Site, place: Place) -> None:
    """What stands at a name stays as it is; a front of the same day is kept beside the shelf."""
    site.save_table(place.folder / "data", server)
    taken = place.folder / "data" / where
    taken.parent.mkdir(parents=True, exist_ok=True)
    TAKEN[kind](taken)
    before = list_all(place.folder)
    result = place.run_at_once(*FETCH, "--date", str(DAYS[-1]))
    after = list_all(place.folder)
    lost = {path for path, what in before.items() if after.get(path, "gone") != what}
    kept = [what for path, what in after.items() if path.startswith("data/earlier/")]
    assert all(before[path] in kept for path in lost), (lost, result.stderr)
    assert "Traceback" not in result.stderr
    assert result.returncode == 0 or "Error: " in result.stderr
