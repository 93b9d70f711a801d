"""Two versions of a scenario on one map: the newer one, what only one of them covers, and outlines of the older one."""

from __future__ import annotations

from dataclasses import dataclass, replace

import shapely
from shapely.geometry import MultiLineString, MultiPolygon

from geo.briefing import briefing, change_words, legend, versions
from geo.briefing.changes import COMPARED, Change, Changes
from geo.briefing.imprint import NO_IMPRINT, Imprint
from geo.briefing.since import Since
from geo.briefing.versions import Versions
from geo.fronts.front import Front, build_multi
from geo.geodesy import Area
from geo.measuring.figures import NEAREST
from geo.measuring.metrics import TOTAL
from geo.scenarios.scenario import Scenario


@dataclass(frozen=True)
class Redrawn(Change):
    """One figure of a zone in either version. The front is the same one, so every difference counts.

    A zone that ``is_added`` is only in the newer version: it stands on both sides.
    """

    is_added: bool = False

    @property
    def is_new(self) -> bool:
        """Whether there was no such zone before."""
        return self.is_added

    @property
    def meets(self) -> bool | None:
        """Nothing that two intervals say: they are of one line."""
        return None


@dataclass(frozen=True, repr=False)
class Revision(Changes):
    """What changed between two versions of a scenario, both against one front; ``briefing`` is that of the newer."""

    versions: Versions

    @property
    def rows(self) -> tuple[tuple[Change, ...], ...]:
        """For each zone of the newer version, then for all of them, every figure of `COMPARED`."""
        was = {
            pair.after.name: versions.find_row(self.measured, self.earlier, pair.before)
            for pair in self.versions.pairs
        }
        now = self.briefing.metrics
        pairs = [(was.get(row.zone, row), row, row.zone not in was) for row in now.zones]
        if len(now.rows) > 1:
            pairs.append((self.measured.total, now.total, False))
        return tuple(
            tuple(Redrawn(figure, before, after, is_added) for figure in COMPARED)
            for before, after, is_added in pairs
        )

    @property
    def earlier(self) -> Scenario:
        """The older version."""
        return self.versions.before

    @property
    def second(self) -> str:
        """Whose distances stand where only one of two has room."""
        return "the distances of the newer version"


def build_revision(
    before: Scenario,
    after: Scenario,
    front: Front,
    *,
    marking: str | None = None,
    imprint: Imprint = NO_IMPRINT,
) -> Revision:
    """Measure two versions of a scenario against a front, and what the newer one has more and less."""
    found = versions.compare_versions(before, after, front)
    measured, now = found.measured
    newer = briefing.build_briefing(after, front, measured=now, marking=marking, imprint=imprint)
    notes = tuple(versions.describe(found))
    headline = _build_headline(found)
    alt_short = f"Map of two versions of the scenario “{after.title}”: what only one of them covers."
    shown = replace(
        newer,
        headline=headline,
        caveats=(*notes, *newer.caveats),
        alt_short=alt_short,
        alt_long=f"{alt_short} {headline} {newer.alt_long.removeprefix(newer.alt_short).lstrip()}",
        since=_build_since(found),
    )
    return Revision(front, measured, shown, None, False, headline, notes, found)


def _build_since(found: Versions) -> Since:
    moved = [pair for pair in found.pairs if pair.is_moved]
    older = [*(zone.geometry for zone in found.removed), *(pair.before.geometry for pair in moved)]
    return Since(
        found.front,
        build_multi(shapely.unary_union([area.boundary for area in older])) if older else MultiLineString(),
        _subtract(found.after, found.before),
        _subtract(found.before, found.after),
        words=(legend.OLDER_OUTLINE, legend.ONLY_NEWER, legend.ONLY_OLDER),
        pale=frozenset(pair.after.name for pair in found.pairs if not pair.is_moved),
    )


def _subtract(one: Scenario, other: Scenario) -> MultiPolygon:
    """Return what the zones of one version cover and those of the other do not."""
    areas: list[Area] = [shapely.union_all([zone.geometry for zone in each.zones]) for each in (one, other)]
    parts = shapely.get_parts(shapely.difference(*areas))
    return MultiPolygon([part for part in parts if part.geom_type == "Polygon"])


def _build_headline(found: Versions) -> str:
    """Return what changed, in two sentences: how many zones, and the nearest distance of all of them."""
    counted = (
        (len(found.added), "added"),
        (len(found.removed), "removed"),
        (sum(pair.is_moved for pair in found.pairs), "redrawn"),
        (sum(pair.is_renamed for pair in found.pairs), "renamed"),
    )
    said = [f"{count} {what}" for count, what in counted if count]
    if not said:
        is_said = found.facts or any(pair.facts for pair in found.pairs)
        return "Only descriptions changed." if is_said else change_words.NOTHING
    totals = (each for each in found.changed if each.after.zone == TOTAL and each.figure is NEAREST)
    return f"Zones: {', '.join(said)}. {_say_nearest(next(totals, None))}"


def _say_nearest(change: Change | None) -> str:
    """Return what became of the nearest distance of all zones; None where it is the same."""
    if change is None:
        return "The nearest distance of all of them is unchanged."
    whole = abs(round(change.difference))
    by = f"{whole:,} km" if whole else "less than 1 km"
    way = "nearer to" if change.difference < 0 else "farther from"
    was, now = (NEAREST.write(row) for row in (change.before, change.after))
    return f"The nearest of them lies {by} {way} the front ({was} before, {now} after)."
