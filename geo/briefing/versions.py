"""Two versions of a scenario: which zones were added, removed, moved or renamed, and what that does to the figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import shapely

from geo import geodesy, numerals
from geo.briefing import briefing, change_words, notes
from geo.briefing.changes import COMPARED, Change
from geo.fronts.front import Front
from geo.geodesy import Area
from geo.measuring.metrics import Metrics, ZoneMetrics
from geo.scenarios.scenario import Scenario, Zone

_FACTS = ("id", "title", "summary", "claims", "front")
_ZONE_FACTS = ("country", "basis", "candidate")


@dataclass(frozen=True)
class ZonePair:
    """A zone that is in both versions, perhaps under another name or with another outline.

    ``grown_km2`` is what the newer outline has more, ``shrunk_km2`` what it has less; ``facts`` are the properties
    that differ.
    """

    before: Zone
    after: Zone
    grown_km2: float
    shrunk_km2: float
    facts: tuple[str, ...]

    @property
    def is_renamed(self) -> bool:
        """Whether its name is another one."""
        return self.before.name != self.after.name

    @property
    def is_moved(self) -> bool:
        """Whether its outline is another one."""
        return not _is_same_place(self.before.geometry, self.after.geometry)


@dataclass(frozen=True)
class Versions:
    """What differs between two versions of a scenario, both measured to one front.

    ``facts`` are what the files say of the whole scenario in other words, ``measured`` the figures of either version,
    ``changed`` those that differ, of zones in both and of all zones.
    """

    before: Scenario
    after: Scenario
    front: Front
    added: tuple[Zone, ...]
    removed: tuple[Zone, ...]
    pairs: tuple[ZonePair, ...]
    facts: tuple[str, ...]
    measured: tuple[Metrics, Metrics]
    changed: tuple[Change, ...]


def compare_versions(before: Scenario, after: Scenario, front: Front) -> Versions:
    """Find what differs between two versions of a scenario.

    A zone is the same one where it has its name, else where it has its outline: then it was renamed.
    """
    pairs = [(zone, new) for zone in before.zones for new in after.zones if zone.name == new.name]
    old, new = list(before.zones), list(after.zones)
    old = [zone for zone in old if all(zone is not pair[0] for pair in pairs)]
    new = [zone for zone in new if all(zone is not pair[1] for pair in pairs)]
    for zone in [*old]:
        twin = next((each for each in new if _is_same_place(zone.geometry, each.geometry)), None)
        if twin is not None:
            pairs.append((zone, twin))
            old.remove(zone)
            new.remove(twin)
    measured = (briefing.measure_scenario(before, front), briefing.measure_scenario(after, front))
    return Versions(
        before=before,
        after=after,
        front=front,
        added=tuple(new),
        removed=tuple(old),
        pairs=tuple(_compare_zones(*pair) for pair in pairs),
        facts=tuple(name for name in _FACTS if getattr(before, name) != getattr(after, name)),
        measured=measured,
        changed=tuple(_compare_figures(before, after, pairs, measured)),
    )


def _is_same_place(one: Area, other: Area) -> bool:
    return bool(shapely.equals_exact(shapely.normalize(one), shapely.normalize(other)))


def _compare_zones(before: Zone, after: Zone) -> ZonePair:
    grown, shrunk = (
        _measure_rest(*pair)
        for pair in ((after.geometry, before.geometry), (before.geometry, after.geometry))
    )
    facts = tuple(name for name in _ZONE_FACTS if getattr(before, name) != getattr(after, name))
    return ZonePair(before, after, grown, shrunk, facts)


def _measure_rest(area: Area, other: Area) -> float:
    """Return how much of an area lies outside another, in square kilometres."""
    if _is_same_place(area, other):
        return 0.0
    parts = shapely.get_parts(shapely.difference(area, other))
    return sum(geodesy.area_km2(part) for part in parts if part.geom_type == "Polygon")


def _compare_figures(
    before: Scenario, after: Scenario, pairs: list[tuple[Zone, Zone]], measured: tuple[Metrics, Metrics]
) -> Iterator[Change]:
    rows = [(find_row(measured[0], before, pair[0]), find_row(measured[1], after, pair[1])) for pair in pairs]
    for was, now in [*rows, (measured[0].total, measured[1].total)]:
        yield from (change for figure in COMPARED if not (change := Change(figure, was, now)).is_same)


def find_row(measured: Metrics, scenario: Scenario, zone: Zone) -> ZoneMetrics:
    """Return the row of a zone of a scenario in its table."""
    return measured.zones[next(index for index, each in enumerate(scenario.zones) if each is zone)]


def build_record(versions: Versions) -> dict[str, Any]:
    """Return what differs as plain data at full precision; what is the same stands nowhere in it."""
    return {
        "scenario": versions.after.id,
        "from": {"file": versions.before.file, "sha256": versions.before.sha256},
        "to": {"file": versions.after.file, "sha256": versions.after.sha256},
        "front": versions.front.id,
        "facts": [
            {"key": key, "from": getattr(versions.before, key), "to": getattr(versions.after, key)}
            for key in versions.facts
        ],
        "added": [zone.name for zone in versions.added],
        "removed": [zone.name for zone in versions.removed],
        "renamed": [
            {"from": pair.before.name, "to": pair.after.name} for pair in versions.pairs if pair.is_renamed
        ],
        "moved": [
            {"zone": pair.after.name, "grown_km2": pair.grown_km2, "shrunk_km2": pair.shrunk_km2}
            for pair in versions.pairs
            if pair.is_moved
        ],
        "described_otherwise": [
            {"zone": pair.after.name, "keys": list(pair.facts)} for pair in versions.pairs if pair.facts
        ],
        "changed": [
            {
                "zone": each.after.zone,
                "figure": each.figure.key,
                "from": each.figure.read(each.before),
                "to": each.figure.read(each.after),
                "difference": each.difference,
            }
            for each in versions.changed
        ],
    }


def render(versions: Versions) -> str:
    """Return what differs as sentences, then the figures that changed, a line each."""
    lines = list(describe(versions))
    if not lines and not versions.changed:
        return f"{change_words.NOTHING}\n"
    figures = [f"{each.after.zone}, {each.figure.name}: {_say(each)}" for each in versions.changed]
    to = notes.describe_front(versions.front)
    under = [f"Distances of both versions to the {to}, to a metre."]
    return (
        "\n".join([*lines, *([""] if lines else []), *(figures or ["No figure changed."]), "", *under]) + "\n"
    )


def _say(change: Change) -> str:
    was, now = (change.figure.read(row) for row in (change.before, change.after))
    if change.figure.key == "beyond_share":
        return f"{was:.2%} before, {now:.2%} after"
    sign = "+" if change.difference > 0 else "−"
    return f"{sign}{abs(change.difference):,.3f} km ({was:,.3f} km before, {now:,.3f} km after)"


def describe(versions: Versions) -> Iterator[str]:
    """Yield what differs between the zones, a sentence each; nothing of figures."""
    for key in versions.facts:
        yield f"The scenario's {key} is another one."
    for zone in versions.added:
        yield f"Added: {zone.name}, {numerals.format_area_km2(geodesy.area_km2(zone.geometry))}."
    for zone in versions.removed:
        yield f"Removed: {zone.name}, {numerals.format_area_km2(geodesy.area_km2(zone.geometry))}."
    for pair in versions.pairs:
        if pair.is_renamed:
            yield f"Renamed: {pair.before.name} is now {pair.after.name}."
        if pair.is_moved:
            grown, shrunk = change_words.write_km2(pair.grown_km2), change_words.write_km2(pair.shrunk_km2)
            yield f"Moved: {pair.after.name}; ground added: {grown}, taken away: {shrunk}."
        if pair.facts:
            yield f"Described otherwise: {pair.after.name} ({', '.join(pair.facts)})."
