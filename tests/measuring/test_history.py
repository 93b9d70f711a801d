"""A scenario through a folder of fronts: order, gaps, repeats, bad files and sources."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
import shapely

from geo.briefing import tables
from geo.errors import DataError
from geo.fronts.front import Front
from geo.fronts.reading import read_front
from geo.measuring import history, metrics
from geo.measuring.cache import Cache
from geo.measuring.history import History, Work, measure_history
from geo.measuring.metrics import Metrics
from geo.measuring.series import Failure
from geo.measuring.successive import Successive
from tests.made_up import occupied
from tests.made_up.fronts import save_file
from tests.made_up.series import LINE, SCENARIO, moved, save_days


def count_measured(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    measured: list[str] = []
    real = Successive.measure

    def measure(successive: Successive, front: Front) -> Metrics:
        measured.append(front.id)
        return real(successive, front)

    monkeypatch.setattr(Successive, "measure", measure)
    return measured


def test_days_in_order(four_days: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Days come in order, missing ones are no matter, and identical fronts are measured once."""
    measured = count_measured(monkeypatch)
    history = measure_history(SCENARIO, four_days)
    assert [day.as_of.day for day in history.days] == [1, 2, 4, 5]
    assert len(measured) == 3
    assert (history.work.files, history.work.fronts, history.work.recalled) == (4, 3, 0)
    assert not history.skipped
    nearest = [day.metrics.total.nearest_km for day in history.days]
    assert nearest[0] == nearest[1] > nearest[2] > nearest[3]


def test_one_of_a_kind_is_no_plural(four_days: Path) -> None:
    """A history says how many days it has, and how many files were skipped, as people count them."""
    history = measure_history(SCENARIO, four_days)
    assert ": 4 days from 2025-03-01 to 2025-03-05, 0 files skipped>" in repr(history)
    failure = Failure("a.geojson", "It is empty.")
    one = replace(history, days=history.days[:1], skipped=(failure,))
    assert ": 1 day from 2025-03-01 to 2025-03-01, 1 file skipped>" in repr(one)


def test_figures_are_those_of_geo_metrics(four_days: Path) -> None:
    """Each day's figures are what measuring its file alone gives."""
    for day in measure_history(SCENARIO, four_days).days:
        assert day.metrics == metrics.measure(SCENARIO, read_front(four_days / day.file))


def test_second_run_is_recalled(four_days: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second run measures nothing and says the same; a changed file is measured again."""
    store = Cache(tmp_path / "cache")
    first = measure_history(SCENARIO, four_days, cache=store)
    measured = count_measured(monkeypatch)
    again = measure_history(SCENARIO, four_days, cache=store)
    assert measured == []
    assert again.days == first.days
    assert again.work.recalled == 3
    save_file(four_days / "line_20250305.geojson", moved(4))
    measure_history(SCENARIO, four_days, cache=store)
    assert measured == ["line-20250305"]


def test_another_scenario_is_measured(
    four_days: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A zone that moved by a hair shares nothing with what is kept."""
    store = Cache(tmp_path / "cache")
    measure_history(SCENARIO, four_days, cache=store)
    measured = count_measured(monkeypatch)
    zone = replace(SCENARIO.zones[0], geometry=shapely.box(31.0, 49.0, 31.5, 49.5001))
    measure_history(replace(SCENARIO, zones=(zone,)), four_days, cache=store)
    assert len(measured) == 3


def test_an_interrupted_run_goes_on(four_days: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was measured before the program was killed is not measured again."""
    monkeypatch.setattr("os.getpid", lambda: 3)  # it begins with the last file
    store = Cache(tmp_path / "cache")

    def kill(step: str, done: int, of: int) -> None:
        if (step, done) == ("measure", 2):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        measure_history(SCENARIO, four_days, cache=store, tell=kill)
    measured = count_measured(monkeypatch)
    assert len(measure_history(SCENARIO, four_days, cache=store).days) == 4
    assert len(measured) == 1


def test_two_processes_give_what_one_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pool's results are those of one process, in the same order."""
    folder = save_days(tmp_path / "fronts", {f"2025-03-0{day}": day for day in range(1, 9)})
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr(history, "_FEW", 6)
    many = measure_history(SCENARIO, folder, cache=Cache(tmp_path / "cache"))
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    assert measure_history(SCENARIO, folder).days == many.days
    assert not multiprocessing.active_children()


BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "not JSON": (lambda file: file.write_text("{"), "not JSON"),
    "empty file": (lambda file: file.write_text(""), "file is empty"),
    "no features": (lambda file: save_file(file), "holds no features"),
    "points": (lambda file: save_file(file, {"type": "Point", "coordinates": [37, 49]}), "is a point"),
    "swapped": (lambda file: save_file(file, [at[::-1] for at in LINE]), "look swapped"),
    "not a number": (lambda file: save_file(file, [[37, float("nan")], [38, 49]]), "holds NaN"),
    "another continent": (
        lambda file: save_file(file, [[-100, 40], [-101, 41]]),
        "another part of the world",
    ),
    "wrong side": (
        lambda file: save_file(file, [[38.7, 51], [38.4, 46]], member={"held_side": "left"}),
        "lie on one side of this line",
    ),
    "unreadable": (lambda file: file.write_bytes(b"\xff\x00\xff"), "no map format"),
}


@pytest.mark.parametrize(("make", "said"), BAD.values(), ids=BAD)
def test_bad_file_in_the_middle(make: Callable[[Path], object], said: str, four_days: Path) -> None:
    """A file that cannot be used is reported with its reason, and the days around it stand."""
    make(four_days / "line_20250303.geojson")
    history = measure_history(SCENARIO, four_days)
    assert len(history.days) == 4
    (skipped,) = history.skipped
    assert skipped.file == "line_20250303.geojson"
    assert said in skipped.reason


def test_two_files_of_one_day(four_days: Path) -> None:
    """Of two files for one day the first by name counts, and the other is reported with what it is."""
    save_days(four_days, {"2025-03-04": 1, "2025-03-05": 4}, prefix="z_")
    history = measure_history(SCENARIO, four_days)
    assert len(history.days) == 4
    same, other = (each.reason for each in history.skipped)
    assert "line_20250304.geojson is of 2025-03-04, too, identical to it" in same
    assert "differs from it" in other


def test_nothing_usable(tmp_path: Path) -> None:
    """A folder with not one usable front is an error that names each file."""
    save_file(tmp_path / "undated.geojson", LINE)
    with pytest.raises(DataError, match=r"undated\.geojson: .*which day"):
        measure_history(SCENARIO, tmp_path)


def test_two_fronts_from_one_area(tmp_path: Path) -> None:
    """The edge of an area is another front than its line of contact, and both are kept apart."""
    occupied.save_series(tmp_path / "fronts", 1, seed=2)
    store = Cache(tmp_path / "cache")
    contact, edge = (
        measure_history(SCENARIO, tmp_path / "fronts", definition=word, cache=store).days[0]
        for word in (None, "edge")
    )
    assert (contact.front.definition, edge.front.definition) == ("contact", "edge")
    assert edge.metrics.front_length_km > 3 * contact.metrics.front_length_km
    assert contact.front.rule
    assert contact.front.rule in tables.render_history_table(
        History(SCENARIO, (contact,), (), Work(0, 0, 0, {}))
    )


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 8])
def test_processes_go_on_where_they_were(count: int) -> None:
    """Of runs that are taken in turn each process gets such as follow each other, and every run is taken once."""
    order = history._deal(count)
    assert sorted(order) == [*range(count)]
    for process in range(history.WORKERS):
        taken = order[process :: history.WORKERS]
        assert all(after == before + 1 for before, after in pairwise(taken))
