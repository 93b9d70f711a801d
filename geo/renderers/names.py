"""What files are called, so that none takes the place of another front's."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from geo import shipped
from geo.files import saving

if TYPE_CHECKING:
    from geo.briefing.changes import Changes
    from geo.fronts.front import Front, FrontFacts
    from geo.measuring.history import History
    from geo.scenarios.scenario import Scenario


def name_map(scenario: Scenario) -> str:
    """Return what files that show one scenario begin with: its id, set apart from names that are taken.

    Other pages have some, and Windows' devices (``con``, ``nul``) others.
    """
    is_taken = scenario.id in ("index", "compare", "comparison") or scenario.id.endswith(
        ("-history", "-changes")
    )
    return f"{scenario.id}_map" if is_taken or not saving.is_portable(scenario.id) else scenario.id


def name_page(name: str, *shown: tuple[Scenario, Front]) -> str:
    """Return the name of a page of HTML; where a front is not its scenario's own, it says which that is."""
    newest = shipped.latest_front().stem
    foreign = [
        front for scenario, front in shown if front.id != (scenario.front or newest) or not _is_shipped(front)
    ]
    return f"{name}_{label_front(foreign[0])}.html" if foreign else f"{name}.html"


def name_file(name: str, form: str, page: str, *shown: tuple[Scenario, Front]) -> str:
    """Return the name of a file: what it shows, the size of a page that is not A4, and the front's day."""
    if form == "html":
        return name_page(name, *shown)
    size = "" if page == "a4" or form == "pptx" else f"_{page}"
    return f"{name}{size}_{label_front(shown[0][1])}.{form}"


def find_maps_beside(folder: Path, scenarios: Iterable[Scenario], front: Front) -> frozenset[str]:
    """Return the ids of the scenarios whose map against this front lies in a folder, so that a page can lead there."""
    return frozenset(
        each.id for each in scenarios if (folder / name_page(name_map(each), (each, front))).is_file()
    )


def name_history(history: History, form: str) -> str:
    """Return the name of a file through time; where its fronts are not those that ship, it says which they are."""
    name, fronts = f"{history.scenario.id}-history", [day.front for day in history.days]
    if all(map(_is_shipped, fronts)) and {front.id for front in fronts} == {*shipped.fronts()}:
        return f"{name}.{form}"
    return f"{name}_front-{fronts[-1].as_of.isoformat()}-{_digest(*map(_identify, fronts))}.{form}"


def name_changes(changes: Changes, form: str, page: str) -> str:
    """Return the name of a file of what changed, with the days of both fronts, or a mark of two versions of a file."""
    size = "" if page == "a4" or form == "html" else f"_{page}"
    if changes.earlier is not changes.scenario:
        mark = _digest(*(str(each.sha256) for each in (changes.earlier, changes.scenario)))
        return (
            f"{name_map(changes.scenario)}-changes{size}_versions-{mark}_{label_front(changes.after)}.{form}"
        )
    days = "_to_".join(map(label_front, (changes.before, changes.after)))
    return f"{name_map(changes.scenario)}-changes{size}_{days}.{form}"


def label_front(front: Front) -> str:
    """Return the day of a front as part of a name, ``front-2025-03-27``, so that nobody takes it for that of issue.

    Of a front that does not ship, a hash of what was measured to stands behind.
    """
    day = f"front-{front.as_of.isoformat()}"
    return day if _is_shipped(front) else f"{day}-{_digest(_identify(front) or front.line.wkb_hex)}"


def _identify(front: FrontFacts) -> str:
    """Return what decides the figures measured to a front of a file; nothing for one that comes from no file."""
    chosen = (front.sha256, front.definition, front.precisions_km, front.choice.build_record())
    return repr(chosen) if front.sha256 else ""


def _digest(*texts: str) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:6]


def _is_shipped(front: FrontFacts) -> bool:
    file = shipped.fronts().get(front.id)
    return file is not None and hashlib.sha256(file.read_bytes()).hexdigest() == front.sha256
