"""The calls that measure: one scenario, several side by side, one between two fronts, or one through time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from os import PathLike
from pathlib import Path

from geo import shipped
from geo.briefing import briefing, comparison
from geo.briefing import changes as between
from geo.errors import UsageError
from geo.files import frames
from geo.library import given
from geo.library.given import Day, FrontLike, ScenarioLike
from geo.library.values import Briefing, Changes, Comparison, History
from geo.measuring import history as through_time
from geo.measuring.cache import Cache
from geo.scenarios.scenario import Scenario


def brief(scenario: ScenarioLike, front: FrontLike | None = None) -> Briefing:
    """Measure a scenario against a front, and return all that a map, a page, a slide or a table needs.

    Parameters
    ----------
    scenario
        A `Scenario`, or whatever `geo.scenario` takes.
    front
        A `Front`, or whatever `geo.front` takes; by default the one that the scenario names, else the newest.

    Raises
    ------
    GeoError
        Something is wrong with one of them; the message names every problem.

    Examples
    --------
    >>> import geo
    >>> geo.brief("dnipro-line", "2025-03-27")
    <Briefing of 'dnipro-line': 150 km from the front at its nearest point, that of 27 March 2025>
    """
    read = given.scenario(scenario)
    return _brief(read, given.choose_front([read]) if front is None else given.front(front))


def compare(scenarios: Iterable[ScenarioLike] | None = None, front: FrontLike | None = None) -> Comparison:
    """Measure several scenarios against one front, and set them side by side.

    Parameters
    ----------
    scenarios
        Each as `geo.scenario` takes it; by default all that ship.
    front
        As `geo.front` takes it; by default the one that all of the scenarios name, else the newest.

    Raises
    ------
    GeoError
        Something is wrong with one of them, or there is none.

    Examples
    --------
    >>> import geo
    >>> table = geo.compare(["dnipro-line", "neighbouring-country"], "2025-03-27").table
    >>> table["scenario"].unique().tolist()
    ['dnipro-line', 'neighbouring-country']
    """
    if scenarios is not None and (
        isinstance(scenarios, str | Mapping)
        or frames.is_frame(scenarios)
        or not isinstance(scenarios, Iterable)
    ):
        raise UsageError("Give the scenarios to compare as a list.")
    read = [given.scenario(each) for each in (shipped.scenarios() if scenarios is None else scenarios)]
    if not read:
        raise UsageError("Give at least one scenario to compare.")
    common = given.choose_front(read) if front is None else given.front(front)
    return Comparison(**vars(comparison.combine_briefings([_brief(each, common) for each in read], common)))


def changes(scenario: ScenarioLike, before: FrontLike, after: FrontLike) -> Changes:
    """Say what changed for a scenario between two fronts: its distances, and the ground gained and lost.

    Parameters
    ----------
    scenario
        A `Scenario`, or whatever `geo.scenario` takes.
    before, after
        Each as `geo.front` takes it.

    Raises
    ------
    GeoError
        Something is wrong with one of them, or one is a line of contact and the other the edge of an area.

    Examples
    --------
    >>> import geo
    >>> geo.changes("dnipro-line", "2025-03-27", "2025-03-27").headline
    'Nothing changed.'
    """
    fronts = given.front(before), given.front(after)
    return Changes(**vars(between.build_changes(given.scenario(scenario), *fronts)))


def history(
    scenario: ScenarioLike,
    folder: str | PathLike[str],
    *,
    definition: str | None = None,
    where: Mapping[str, str | Sequence[str]] | None = None,
    layer: str | None = None,
    day: Day | None = None,
    cache: str | PathLike[str] | None = None,
) -> History:
    """Measure a scenario against every dated front of a folder.

    Parameters
    ----------
    scenario
        A `Scenario`, or whatever `geo.scenario` takes.
    folder
        It holds one file for each day, in any format that `geo.front` reads.
    definition, where, layer, day
        As `geo.front` takes them, for each file.
    cache
        A folder that keeps results between runs; none by default.

    Raises
    ------
    GeoError
        There is no such folder, or not one usable front in it.
    """
    read = given.scenario(scenario)
    measured = through_time.measure_history(
        read,
        Path(folder),
        definition=given.validate_definition(definition),
        choice=given.build_choice(where, layer, day),
        cache=Cache(None if cache is None else Path(cache)),
        workers=1,
    )
    return History(**vars(measured))


def _brief(scenario: Scenario, front: FrontLike) -> Briefing:
    return Briefing(**vars(briefing.build_briefing(scenario, given.front(front))))
