"""A scenario against two fronts: what changed between them, as the one value that tables, page and figure draw."""

from __future__ import annotations

from dataclasses import dataclass, replace

from shapely.geometry import MultiPolygon

from geo.briefing import briefing, change_words
from geo.briefing.briefing import NO_GROUND, Briefing
from geo.briefing.imprint import NO_IMPRINT, Imprint
from geo.briefing.since import Since
from geo.errors import UsageError
from geo.files.fields import shorten
from geo.fronts import dating
from geo.fronts.front import Front
from geo.measuring import figures, ground
from geo.measuring.figures import Figure
from geo.measuring.ground import Ground
from geo.measuring.metrics import Metrics, ZoneMetrics
from geo.scenarios.scenario import Scenario

COMPARED = (*figures.DISTANCES, next(each for each in figures.FIGURES if each.key == "beyond_share"))
"""The figures that a front can change; a zone's area is none."""


@dataclass(frozen=True)
class Change:
    """One figure of a zone, or of all zones, at either front.

    ``meets`` says whether its two intervals have a value in common; None where one of them is not known.
    """

    figure: Figure
    before: ZoneMetrics
    after: ZoneMetrics

    @property
    def difference(self) -> float:
        """How much greater the later figure is."""
        return float(self.figure.read(self.after) - self.figure.read(self.before))

    @property
    def is_overrun(self) -> bool:
        """Whether the zone lies wholly beyond one of the fronts: its distances are measured from there."""
        return self.before.is_overrun or self.after.is_overrun

    @property
    def is_same(self) -> bool:
        """Whether the two are the same as far as a manifest tells them apart, distances to a metre."""
        return self.figure.round(self.before) == self.figure.round(self.after)

    @property
    def meets(self) -> bool | None:
        """Whether the two intervals meet, so that one value may be true of both days."""
        was, now = self.figure.read_interval(self.before), self.figure.read_interval(self.after)
        return None if was is None or now is None else was[0] <= now[1] and now[0] <= was[1]

    @property
    def is_changed(self) -> bool:
        """Whether the figure changed: beyond its intervals, or at all where it has none."""
        return not self.is_same and not self.meets

    @property
    def is_new(self) -> bool:
        """Whether there was no such zone before."""
        return False


@dataclass(frozen=True, repr=False)
class Changes:
    """What changed for a scenario between two fronts; immutable, input of a renderer.

    ``before`` is the earlier front in the order asked for, ``measured`` the figures against it. ``briefing`` is that of
    the later one; its map shows the earlier line and the ground that changed sides, its key sentence says what changed.
    ``ground`` is None where one of the fronts has no far side. ``is_other_source``: what differs is not all movement.
    ``headline`` is the key sentence, ``notes`` say how to read the rest.
    """

    before: Front
    measured: Metrics
    briefing: Briefing
    ground: Ground | None
    is_other_source: bool
    headline: str
    notes: tuple[str, ...]

    def __repr__(self) -> str:
        span = change_words.describe_span(self.before, self.after)
        return f"<Changes of {shorten(self.scenario.id)} {span}>"

    @property
    def scenario(self) -> Scenario:
        """The scenario."""
        return self.briefing.scenario

    @property
    def earlier(self) -> Scenario:
        """The scenario that was measured against the earlier front: the same one."""
        return self.scenario

    @property
    def second(self) -> str:
        """Whose distances stand where only one of two has room."""
        return change_words.name_second(self.before, self.after)

    @property
    def after(self) -> Front:
        """The later front in the order asked for."""
        return self.briefing.front

    @property
    def rows(self) -> tuple[tuple[Change, ...], ...]:
        """For each zone, then for all of them, every figure of `COMPARED`."""
        return build_rows(self.measured, self.briefing.metrics)

    @property
    def changed(self) -> tuple[Change, ...]:
        """The figures that changed."""
        return tuple(each for row in self.rows for each in row if each.is_changed)

    @property
    def uncertain(self) -> tuple[Change, ...]:
        """The figures that differ within their intervals."""
        return tuple(each for row in self.rows for each in row if not each.is_same and each.meets)


def build_changes(
    scenario: Scenario,
    before: Front,
    after: Front,
    *,
    marking: str | None = None,
    imprint: Imprint = NO_IMPRINT,
) -> Changes:
    """Measure a scenario against two fronts, and what lies between the two.

    Raises
    ------
    UsageError
        One of them is a line of contact, the other the edge of an area: they run elsewhere on purpose.
    """
    if before.definition != after.definition:
        raise UsageError(
            f"{before.id} is the {before.kind}, {after.id} the {after.kind}. What lies between the two is no change. "
            "Compare fronts of one kind; --front-definition contact makes a line of contact of an area."
        )
    measured = briefing.measure_scenario(scenario, before)
    later = briefing.build_briefing(scenario, after, marking=marking, imprint=imprint)
    between = ground.measure_ground(before, after)
    is_other = _name_origin(before) != _name_origin(after)
    rows = build_rows(measured, later.metrics)
    headline = change_words.build_headline(before, after, rows, between, is_other_source=is_other)
    notes = tuple(change_words.describe_changes(before, after, rows, between, is_other_source=is_other))
    alt_short = change_words.describe_map(scenario, before, after)
    shown = replace(
        later,
        headline=headline,
        caveats=(*notes, *later.caveats),
        credits=tuple(dict.fromkeys((*later.credits, *change_words.credit(before)))),
        alt_short=alt_short,
        alt_long=f"{alt_short} {headline} {later.alt_long.removeprefix(later.alt_short).lstrip()}",
        since=Since(before, before.line, *_list_ground(between), is_other),
    )
    return Changes(before, measured, shown, between, is_other, headline, notes)


def build_rows(before: Metrics, after: Metrics) -> tuple[tuple[Change, ...], ...]:
    """Return for each row of two tables of the same zones every figure of `COMPARED`."""
    pairs = zip(before.rows, after.rows, strict=True)
    return tuple(tuple(Change(figure, *pair) for figure in COMPARED) for pair in pairs)


def _list_ground(between: Ground | None) -> tuple[MultiPolygon, MultiPolygon]:
    return (between.gained, between.lost) if between else (NO_GROUND, NO_GROUND)


def _name_origin(front: Front) -> tuple[str, str | None]:
    """Return what decides whether two fronts were drawn in one way: who drew them, and how a line was derived.

    Where a file does not say who, the name without its day stands for it, as in a history.
    """
    return (front.source if front.is_sourced else dating.mask_days(front.id)), front.rule
