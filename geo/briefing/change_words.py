"""The words of what changed between two fronts: key sentence, cells of tables, and what to read with care."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from geo import numerals
from geo.briefing import attribution, intervals, notes
from geo.fronts.front import Front, FrontFacts
from geo.measuring.figures import NEAREST, Cell
from geo.measuring.ground import LEAST_KM2, SECTOR, Ground
from geo.scenarios.scenario import Scenario

if TYPE_CHECKING:
    from geo.briefing.changes import Change, Changes

NOTHING = "Nothing changed."
UNCHANGED, NEW = "unchanged", "new"
BEYOND = "from beyond"
WITHIN = (
    "“unchanged” means unchanged within the line's uncertainty: the intervals of the two days meet, so that one value "
    "may be true of both."
)
NO_INTERVAL = (
    "At least one of the two files does not state how precise its line is, so a plain difference is given; whether it "
    "is more than the line's uncertainty is not known."
)
FROM_BEYOND = (
    "“from beyond” means that the zone lies wholly beyond one of the lines: its distance is measured from there, and "
    "the difference is no way that the front moved."
)
NO_SIDES = (
    "Ground gained and lost is not known: one of the lines cuts nothing off Ukraine, or its file does not say which "
    "side is held."
)
NOT_MOVEMENT = "Different sources drew the two, each in its own way, so what differs is not all movement."
ONLY_SECOND, ONLY_FIRST = "beyond the second line only", "beyond the first line only"
CAPTION = (
    "change of the distance to the front, to 1 km, and beneath it the two distances; "
    f"{notes.LENGTHS}, {notes.ROUNDING}"
)
_ALL = "All of it"


def describe_span(before: FrontFacts, after: FrontFacts) -> str:
    """Return from when to when: ``27 March 2025 to 4 June 2025``."""
    return f"{numerals.format_date(before.as_of)} to {numerals.format_date(after.as_of)}"


def build_headline(
    before: Front,
    after: Front,
    rows: Sequence[Sequence[Change]],
    ground: Ground | None,
    *,
    is_other_source: bool,
) -> str:
    """Return what changed, in one or two sentences: the distance that changed most, and the ground."""
    if all(each.is_same for row in rows for each in row) and not (
        ground and (ground.gained_km2 or ground.lost_km2)
    ):
        return NOTHING
    sentences = [_say_nearest(before, after, rows, is_other_source=is_other_source)]
    if ground:
        sentences.append(_say_ground(ground, before, is_other_source=is_other_source))
    return " ".join([*sentences, *([NOT_MOVEMENT] if is_other_source else [])])


def _say_nearest(
    before: Front, after: Front, rows: Sequence[Sequence[Change]], *, is_other_source: bool
) -> str:
    """Return which nearest distance changed most, or that none did."""
    between = _say_between(before, after)
    zones = rows if len(rows) == 1 else rows[:-1]
    nearest = [each for row in zones for each in row if each.figure is NEAREST]
    changed = [each for each in nearest if each.is_changed and not each.is_overrun]
    if overrun := [each for each in nearest if each.is_overrun]:
        most = [_say_most(changed, before, after, zones, is_other_source)] if changed else []
        return " ".join([*_say_overrun(before, after, overrun), *most])
    if not changed:
        every = "the nearest distance" if len(zones) == 1 else "the nearest distance of every zone"
        within = "" if all(each.is_same for each in nearest) else " within the line's uncertainty"
        return f"{between}, {every} is unchanged{within}."
    return _say_most(changed, before, after, zones, is_other_source)


def _say_overrun(before: FrontFacts, after: FrontFacts, overrun: Sequence[Change]) -> Iterator[str]:
    """Yield which zones lie wholly beyond one of the lines, or both: no distance says that."""
    first, second = (f"the line of {numerals.format_date(each.as_of)}" for each in (before, after))
    if before.as_of == after.as_of:
        first, second = "the first line", "the second line"
    found: dict[tuple[bool, bool], list[str]] = {}
    for each in overrun:
        found.setdefault((each.before.is_overrun, each.after.is_overrun), []).append(f"“{each.after.zone}”")
    for (was, now), zones in found.items():
        one, other = (second, first) if now else (first, second)
        rest = f" and beyond {other}" if was and now else f", but not beyond {other}"
        lie = "lies" if len(zones) == 1 else "lie"
        yield f"{notes.name_some(zones, len(zones))} {lie} wholly beyond {one}{rest}."


def _say_most(
    changed: Sequence[Change],
    before: Front,
    after: Front,
    zones: Sequence[Sequence[Change]],
    is_other_source: bool,
) -> str:
    """Return which of the nearest distances changed most, and by how much."""
    between, later = _say_between(before, after), numerals.format_date(after.as_of)
    most = max(changed, key=lambda each: abs(each.difference))
    whom = "the zone" if len(zones) == 1 else f"“{most.after.zone}”"
    whole = abs(round(most.difference))
    away = f"{whole:,} km" if whole else "less than 1 km"
    nearer = "nearer to" if most.difference < 0 else "farther from"
    was, now = (NEAREST.write(row) for row in (most.before, most.after))
    ends = f"{was} before, {now} after" if was != now else f"about {now} both times"
    rest = "" if len(zones) == 1 else f", the largest change of {len(zones)} zones"
    if is_other_source:
        than = (
            "that of the other"
            if before.as_of == after.as_of
            else f"that of {numerals.format_date(before.as_of)}"
        )
        return f"The line of {later} lies {away} {nearer} {whom} than {than} ({ends}){rest}."
    verb = "came" if most.difference < 0 else "moved"
    return f"{between}, the {after.noun} {verb} {away} {nearer} {whom} ({ends}){rest}."


def _say_between(before: FrontFacts, after: FrontFacts) -> str:
    first, last = (numerals.format_date(each.as_of) for each in (before, after))
    if before.as_of == after.as_of:
        return f"Between two lines of {first}"
    return f"Between {first} and {last}" if before.as_of < after.as_of else f"From {first} back to {last}"


def _say_ground(ground: Ground, before: FrontFacts, *, is_other_source: bool) -> str:
    """Return how much ground was gained and lost, whose gain it is, and who says so."""
    gained, lost = (write_km2(km2) for km2 in (ground.gained_km2, ground.lost_km2))
    if not ground.gained_km2 and not ground.lost_km2:
        return "No ground changed sides."
    if is_other_source:
        return f"The second line leaves {gained} beyond it that the first did not, and {lost} the other way round."
    by_whom = "As reported" if before.is_sourced else "As drawn in the two files"
    return f"{by_whom}, Russian forces gained {gained} and lost {lost}."


def write_km2(km2: float | None) -> str:
    """Return an area for people: ``none`` where there is none at all."""
    if km2 is None:
        return "not known"
    return numerals.format_area_km2(km2) if km2 else "none"


def write_change(change: Change) -> str:
    """Return what became of a distance: ``−12 km``, that it is unchanged, or that it is one from beyond the line."""
    if change.is_new:
        return NEW
    if change.is_overrun and change.figure.key != "beyond_share":
        return UNCHANGED if change.is_same else BEYOND
    return numerals.format_change_km(change.difference) if change.is_changed else UNCHANGED


def describe_nearest(change: Change, *, is_only: bool) -> str:
    """Return what the nearest distance was and is, beside a number that stands alone."""
    was, now = (change.figure.write(row) for row in (change.before, change.after))
    of_all = "" if is_only else " of all zones"
    return f"nearest point{of_all} to the front, {was} before and {now} after"


def write_line(change: Change) -> str:
    """Return what became of a distance and both distances, in one line: ``−12 km (320 → 310)``."""
    cell = write_cell(change)
    return f"{write_change(change)} ({cell.between})" if cell.between else write_change(change)


def write_cell(change: Change) -> Cell:
    """Return what became of a distance, and beneath it both distances, for a cell whose heading has the unit."""
    was, now = (change.figure.write_bare(row) for row in (change.before, change.after))
    if change.is_new:
        return Cell(NEW, now)
    return Cell(write_change(change).removesuffix(" km"), f"{was} → {now}" if was != now else "")


def name_ground(changes: Changes) -> tuple[str, str]:
    """Return what the ground gained and lost is; of two sources, only which line it lies beyond."""
    if changes.is_other_source:
        return ONLY_SECOND, ONLY_FIRST
    return f"gained by Russian forces {_by_whom(changes.before)}", "lost by them"


def _by_whom(front: FrontFacts) -> str:
    """Return who says which ground is held: of a file that names no source nobody has reported it."""
    return "as reported" if front.is_sourced else "as drawn"


def head_ground(changes: Changes) -> tuple[str, str]:
    """Return the headings of the two columns of ground."""
    names = ("Second only", "First only") if changes.is_other_source else ("Gained", "Lost")
    return f"{names[0]}, km²", f"{names[1]}, km²"


def caption_distances(changes: Changes) -> str:
    """Return what the figures of the table are, what it calls unchanged, and which of the two distances the map has."""
    within = "; unchanged: within the line's uncertainty" if changes.uncertain else ""
    return f"{CAPTION}{within}; the map has {changes.second}"


def name_second(before: FrontFacts, after: FrontFacts) -> str:
    """Return which distances stand where only one of two has room: ``the distances of 4 June 2025``."""
    same = before.as_of == after.as_of
    return f"the distances {'to the second line' if same else f'of {numerals.format_date(after.as_of)}'}"


def caption_ground(changes: Changes) -> str:
    """Return what the figures of the table of ground are."""
    if changes.is_other_source:
        return f"km² {ONLY_SECOND}, and {ONLY_FIRST}: not all of it is movement"
    return f"km² gained and lost by Russian forces {_by_whom(changes.before)}"


def write_ground(ground: Ground) -> list[tuple[str, str, str]]:
    """Return the rows of the table of ground: name, gained and lost in km²; the last is all of it."""
    rows = [
        *((share.name, share.gained_km2, share.lost_km2) for share in ground.shares),
        (_ALL, ground.gained_km2, ground.lost_km2),
    ]
    return [
        (name, write_km2(gained).removesuffix(" km²"), write_km2(lost).removesuffix(" km²"))
        for name, gained, lost in rows
    ]


def describe_changes(
    before: Front,
    after: Front,
    rows: Sequence[Sequence[Change]],
    ground: Ground | None,
    *,
    is_other_source: bool,
) -> Iterator[str]:
    """Yield what has to be read with the figures of a change."""
    yield f"From the {notes.describe_front(before)} to the {notes.describe_front(after)}."
    if is_other_source:
        yield (
            f"{notes.OTHER_SOURCE} Before: {attribution.name_drawer(before)}. After: {attribution.name_drawer(after)}."
        )
    distances = [each for row in rows for each in row if each.figure.key != "beyond_share"]
    if any(each.meets and not each.is_same for each in distances):
        yield WITHIN
    if any(each.meets is None and not each.is_same for each in distances):
        yield NO_INTERVAL
    if any(each.is_overrun and not each.is_same for each in distances):
        yield FROM_BEYOND
    for row in rows if len(rows) == 1 else rows[:-1]:
        yield from _say_share(row)
    yield from _describe_ground(ground, before, is_other_source=is_other_source)


def _say_share(row: Sequence[Change]) -> Iterator[str]:
    """Yield how the share of a zone beyond the front changed."""
    share = next(each for each in row if each.figure.key == "beyond_share")
    if share.is_changed:
        was, now = (numerals.format_share(share.figure.read(each)) for each in (share.before, share.after))
        yield f"Of the area of {share.after.zone} {now} lies beyond the second line, {was} beyond the first."


def _describe_ground(ground: Ground | None, before: FrontFacts, *, is_other_source: bool) -> Iterator[str]:
    if ground is None:
        yield NO_SIDES
        return
    if not ground.gained_km2 and not ground.lost_km2:
        return
    share = "sector of the front nearest to it" if ground.shared_by == SECTOR else "oblast it lies in"
    if not is_other_source:
        yield f"Ground beyond a line is held by Russian forces {_by_whom(before)}."
    yield (
        "Ground is counted within Ukraine, by its area on the WGS 84 ellipsoid, each part of it to the "
        f"{share}. Pieces under {LEAST_KM2} km² are left out."
    )
    if ground.gained_sure_km2 is not None:
        gained, lost = write_km2(ground.gained_sure_km2), write_km2(ground.lost_sure_km2)
        first, second = (ONLY_SECOND, ONLY_FIRST) if is_other_source else ("gained", "lost")
        yield (
            f"Farther from both lines than their uncertainty lies {gained} of the ground {first}, "
            f"and {lost} of that {second}."
        )


def describe_map(scenario: Scenario, before: FrontFacts, after: FrontFacts) -> str:
    """Return what a map of changes draws."""
    zones = (
        "one illustrative zone" if len(scenario.zones) == 1 else f"{len(scenario.zones)} illustrative zones"
    )
    days = intervals.join_names([numerals.format_date(each.as_of) for each in (before, after)])
    return (
        f"Map of the scenario “{scenario.title}”: {zones}, the {after.kind} of {days}, and the ground that changed "
        "sides between them."
    )


def credit(before: Front) -> list[str]:
    """Return who drew the earlier front, for the credits."""
    return [attribution.credit_front(before)]


def describe_table(changes: Changes) -> list[str]:
    """Return the sentences under a table of changes in text."""
    return [
        *changes.notes,
        f"Distances in a straight line ({changes.measured.method}), {notes.ROUNDING}; changes from the unrounded "
        "distances, to 1 km.",
        *dict.fromkeys(
            line for each in (changes.before, changes.after) for line in notes.describe_rule(each.rule)
        ),
        notes.ILLUSTRATIVE,
    ]
