"""What has to stand beside figures: what they are measured to and how they are rounded, and what to read with care."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from geo import numerals
from geo.briefing import intervals
from geo.fronts.front import FrontFacts
from geo.geodesy.planes import Extent
from geo.measuring import figures
from geo.measuring.figures import Output
from geo.measuring.metrics import Force, Metrics, ZoneMetrics, join_zones
from geo.scenarios.scenario import Scenario

if TYPE_CHECKING:
    from geo.measuring.places import PointDistance

RESTRICTED = "The terms of the front do not allow to pass this on without its publisher's permission."
"""Stands with the licence of a front wherever that is shown, and on stderr when something is made with it."""
ILLUSTRATIVE = "Zones are illustrative: no source gives coordinates."
DRAWN = f"{ILLUSTRATIVE} Their outlines were drawn for this map."
NO_SOURCE = "No source is given for this scenario; it is a drawing without a reported claim behind it."
CANDIDATES = "Zones marked as candidates are this project's choice; the source names no such area."

ROUNDING = "rounded to 1 km below 50 km and to 5 km above"
STRIPS = "km from the front, nearest to farthest point; tick: median"
WHISKERS = f"{STRIPS}; thin line: interval of the nearest"
NO_STRIPS = "A zone wholly beyond the front has no strip"
LENGTHS = "km in a straight line (WGS 84 geodesic)"
AREAS = "area in km²"
TABLE_NOTE = f"{LENGTHS}, {ROUNDING}; {AREAS}"
"""What the figures of a table of distances are, whose headings name no units."""
PDF_NOTE = f"{TABLE_NOTE}; bearing from the zone's nearest point to the front; share of its area in each distance band"
OVER_ALL_ZONES = f"{TABLE_NOTE}; over all zones of a scenario"
RANKING = "▼ smallest and ▲ largest figure of a column; the bars compare within it."
AVERAGES = (
    "Mean, median and the shares per band are over each zone's area. Totals are over the union of the zones, so "
    "overlapping ground counts once."
)
NOT_A_POSITION = (
    "An arithmetic comparison only: no source places these troops along the front, "
    "which is longer than any line drawn of it, so these are upper bounds."
)
"""What has to stand beside troops per 100 km of front."""
NOT_OVER_ZONES = f"{NOT_A_POSITION} Nor does any source place them over the whole of a zone."
REST = "… and {} more"
REST_IN_PDF = f"{REST}; all stand in the PDF's table"
REST_BEHIND = f"{REST}; the HTML page has all of them, and so have the pages behind the map in the PDF."
REST_IN_TABLE = f"{REST}; the table has all of them."
REST_IN_NOTES = f"{REST} in the notes."
ZONES_IN_NOTES = "The notes name all zones."
DRAWN_TO, FULL_PRECISION = "The line is drawn to", "the distances were measured at full precision."
AXES = "Vertical axes do not start at zero."
FROM_BEYOND, FAR_SIDE = "reaches the front from the far side", "reach the front from the far side"
_GUESSED = " (which side is held its file does not say; the larger part is taken as near)"
_FEW = 3  # zones that are named, of more that share a sentence
OTHER_SOURCE = (
    "Figures before and after a change of source are not comparable: each draws the line in its own way."
)


def list_numbers(zones: Sequence[tuple[int, str]]) -> list[str]:
    """Return the sentence on what the numbers on a map mean, none where there are none."""
    named = "; ".join(f"{number} {name}" for number, name in zones)
    return [f"Numbers on the map: {named}."] if zones else []


def label_front(front: FrontFacts) -> str:
    """Return what a front is as a label or a heading: ``Line of contact``."""
    return front.kind.capitalize()


def describe_uncertainty(front: FrontFacts) -> str:
    """Return how uncertain a front is: ``±5 km``, ``±3–5 km by sector``."""
    if not front.precisions_km:
        return "uncertainty not stated"
    least, greatest = front.precisions_km[0], front.precisions_km[-1]
    return f"±{greatest:g} km" if least == greatest else f"±{least:g}–{greatest:g} km by sector"


def describe_front(front: FrontFacts, day: str | None = None) -> str:
    """Return what a front is, its day and its uncertainty: ``line of contact of 27 March 2025 (±5 km)``."""
    return f"{front.kind} of {day or numerals.format_date(front.as_of)} ({describe_uncertainty(front)})"


def describe_rule(rule: str | None) -> list[str]:
    """Return the sentences on how a line was derived from an area, none where it was drawn as a line."""
    return [f"The line was derived from an occupied area. {rule}"] if rule else []


def describe_lines(front: FrontFacts) -> str:
    """Return that distances are straight lines, to what, and how they are rounded."""
    return (
        f"Distances are in a straight line, the shortest geodesic on the WGS 84 ellipsoid to the {front.kind} of "
        f"{numerals.format_date(front.as_of)}, {ROUNDING}. A road is longer."
    )


def describe_distances(front: FrontFacts, measured: Metrics) -> str:
    """Return what the distances are, how certain, and what decides them."""
    return " ".join(
        [describe_lines(front), *intervals.describe_intervals(front, measured), *describe_rule(front.rule)]
    )


def describe_caveats(scenario: Scenario, front: FrontFacts, measured: Metrics) -> Iterator[str]:
    """Yield what has to be read with care, on every output."""
    yield DRAWN
    if any(zone.candidate for zone in scenario.zones):
        yield CANDIDATES
    if not scenario.claims:
        yield NO_SOURCE
    yield from describe_crossings(measured, front)
    yield from describe_ways(measured.zones)
    yield from describe_pieces(measured.zones, front)
    yield (
        f"The front is as of {numerals.format_date(front.as_of)} and has moved since; "
        "it is generalised, not a record of positions."
    )
    if front.is_restricted:
        yield RESTRICTED


def describe_missing_sources(titles: Sequence[str]) -> str:
    """Return the caveat on some of several scenarios that cite no source."""
    named = ", ".join(f"“{title}”" for title in titles)
    return f"No source is given for {named}: drawings without a reported claim behind them."


def describe_pieces(rows: Sequence[ZoneMetrics], front: FrontFacts) -> Iterator[str]:
    """Yield what a short piece changes that stands alone and decides the nearest distance of zones."""
    changed = [
        (row, without)
        for row in rows
        if front.rule
        and (without := row.nearest_without_km) is not None
        and numerals.round_km(without) > numerals.round_km(row.nearest_km)
    ]
    for sector in dict.fromkeys(row.nearest_sector for row, _ in changed):
        whose = intervals.join_names(
            [
                f"{row.zone} would be {numerals.format_km(without)} from the front, "
                f"not {numerals.format_km(row.nearest_km)}"
                for row, without in changed
                if row.nearest_sector == sector
            ]
        )
        yield f"The nearest point lies on a piece of the line that stands alone ({sector}); without it {whose}."


def describe_crossings(measured: Metrics, front: FrontFacts) -> Iterator[str]:
    """Yield a sentence for each zone that crosses the front, or whose shortest way arrives from beyond it.

    Of more than a few zones for which the same goes, there is one sentence.
    """
    crossing = [row for row in measured.zones if row.beyond_share > 0 or row.nearest_beyond]
    for _, group in groupby(sorted(crossing, key=_rank_crossing), key=_rank_crossing):
        rows = [*group]
        if len(rows) > _FEW:
            yield _describe_many_beyond(rows, front)
            continue
        for row in rows:
            is_beyond = row.beyond_share > 0
            yield (
                f"{describe_beyond(row, front)}."
                if is_beyond
                else f"The shortest way of {row.zone} {FROM_BEYOND}."
            )


def name_some(names: Sequence[str], count: int) -> str:
    """Return the first of so many names, and how many more there are: ``A, B, C and 27 more``."""
    more = [f"{count - _FEW:,} more"] if count > _FEW else []
    return intervals.join_names([*names[:_FEW], *more])


def _rank_crossing(row: ZoneMetrics) -> tuple[bool, bool, bool]:
    """Return what is the same of zones that one sentence can speak of."""
    return not row.is_overrun, row.beyond_share == 0, row.nearest_beyond


def _describe_many_beyond(rows: Sequence[ZoneMetrics], front: FrontFacts) -> str:
    """Say of the first of several zones, and how many more, that they lie beyond the front."""
    is_part = rows[0].beyond_share > 0 and not rows[0].is_overrun
    named = [
        f"{row.zone} ({numerals.format_share(row.beyond_share)})" if is_part else row.zone
        for row in rows[:_FEW]
    ]
    names = name_some(named, len(rows))
    if rows[0].beyond_share == 0:
        return f"The shortest ways of {names} {FAR_SIDE}."
    arrive = f"; their shortest ways {FAR_SIDE}" if rows[0].nearest_beyond else ""
    if rows[0].is_overrun:
        return f"{names} lie wholly beyond the front; their distances are measured from there{arrive}."
    guess = "" if front.held_side else _GUESSED
    return f"Parts of {names} lie beyond the front and are left out of mean, median, farthest and bands{guess}{arrive}."


def describe_way(row: ZoneMetrics | PointDistance) -> str:
    """Return what the shortest way to the front is: ``in a straight line across Romania and Moldova``."""
    return f"in a straight line{describe_across(row.nearest_across)}"


def describe_across(crossed: Sequence[str]) -> str:
    """Return what a straight line crosses, as the end of a phrase; nothing where it crosses nothing worth a name."""
    return f" across {intervals.join_names(crossed)}" if crossed else ""


def describe_ways(rows: Sequence[ZoneMetrics]) -> list[str]:
    """Return the sentence on what straight lines from these zones cross, none where they cross nothing of note."""
    crossed = dict.fromkeys(name for row in rows for name in row.nearest_across)
    if not crossed:
        return []
    if len(rows) == 1:
        return [f"The straight line to the front crosses {intervals.join_names([*crossed])}."]
    said = [f"{name} (from {_name_zones(rows, name)})" for name in crossed]
    return [f"Straight lines to the front cross {intervals.join_names(said)}."]


def _name_zones(rows: Sequence[ZoneMetrics], crossed: str) -> str:
    """Return the zone whose straight line crosses a sea or country, or how many zones those are."""
    zones = [row.zone for row in rows if crossed in row.nearest_across]
    if len(zones) == len(rows):
        return "every zone"
    return zones[0] if len(zones) == 1 else f"{len(zones)} of {len(rows)} zones"


def describe_beyond(row: ZoneMetrics, front: FrontFacts) -> str:
    """Say how much of a zone that crosses the front lies beyond it, and what that does to the figures."""
    arrives = f"; its shortest way {FROM_BEYOND}" if row.nearest_beyond else ""
    if row.is_overrun:
        return f"{row.zone} lies wholly beyond the front; its distances are measured from there{arrives}"
    share = numerals.format_share(row.beyond_share)
    lies = (
        f"{row.zone} crosses the front: {share} of its area lies beyond it"
        if row.nearest_km == 0
        else f"{share} of the area of {row.zone} lies beyond the front"
    )
    guess = "" if front.held_side else _GUESSED
    return f"{lies} and is left out of mean, median, farthest and bands{guess}{arrives}"


def describe_share_beyond(row: ZoneMetrics) -> str:
    """Return how much of a zone lies beyond the front, for beside its strip; nothing where none of it does."""
    if row.is_overrun:
        return "wholly beyond the front"
    return f"{numerals.format_share(row.beyond_share)} beyond the front" if row.beyond_share > 0 else ""


def group_forces(measured: Metrics) -> list[list[Force]]:
    """Return the reported force sizes by their number, since several reports may give the same."""
    groups: dict[int, list[Force]] = {}
    for force in measured.force:
        groups.setdefault(force.troops, []).append(force)
    return list(groups.values())


def describe_forces(measured: Metrics) -> list[tuple[list[Force], str, str]]:
    """Return each number of troops once, spread along the front: who report it, the number, what becomes of it."""
    length = numerals.format_km(measured.front_length_km)
    return [
        (
            forces,
            f"{forces[0].troops:,} troops",
            f"are about {numerals.format_count(forces[0].per_100_km_of_front)} for every 100 km of the {length} "
            "of front as drawn.",
        )
        for forces in group_forces(measured)
    ]


def describe_table(measured: Sequence[Metrics], front: FrontFacts) -> list[str]:
    """Return the sentences under a table of the distances of one or several scenarios to a front."""
    whole = join_zones(measured)
    forces = dict.fromkeys(
        f"Our arithmetic: {who} ({', '.join(force.claim for force in forces)}) {what}"
        for each in measured
        for forces, who, what in describe_forces(each)
    )
    return [
        f"Distances in a straight line to the {describe_front(front)}, {whole.method}, {ROUNDING}.",
        *intervals.describe_intervals(front, whole),
        *describe_crossings(whole, front),
        *describe_ways(whole.zones),
        *describe_pieces(whole.zones, front),
        *forces,
        *([NOT_A_POSITION] if forces else []),
        *describe_rule(front.rule),
        ILLUSTRATIVE,
    ]


def describe_columns(front: FrontFacts) -> str:
    """Return what the figures of a table are measured to, where its headings have the units."""
    return f"Distances to the {describe_front(front)}, in {TABLE_NOTE}."


def describe_lengths(front: FrontFacts) -> str:
    """Return the same where no column has areas."""
    return f"Distances to the {describe_front(front)}, in {LENGTHS}, {ROUNDING}."


def describe_strips(front: FrontFacts, rows: Sequence[ZoneMetrics]) -> str:
    """Return what the strips of rows show: where the front states a precision, the interval of the nearest too."""
    if all(row.is_overrun for row in rows):
        return NO_STRIPS
    return WHISKERS if front.precisions_km else STRIPS


def describe_length(measured: Metrics) -> str:
    """Return how long the front is that troops are spread along."""
    return f"The front as drawn is {numerals.format_km(measured.front_length_km)} long."


def describe_gap(known: Extent) -> str:
    """Return the caveat on what lies outside the reference layers, which cover a known extent."""
    west, south, east, north = (f"{degrees:.0f}°" for degrees in known)
    return (
        f"Part of what is shown lies outside the reference layers ({west} to {east} E, {south} to {north} N): "
        "no coast, border or place is drawn there."
    )


def describe_points(front: FrontFacts, points: Sequence[PointDistance] = ()) -> list[str]:
    """Return the sentences under the distances of points, with the reason for those that a dispute lowers."""
    lowered = [point.place for point in points if point.low_sector in front.disputed]
    ends = "end of the distance" if len(lowered) == 1 else "ends of the distances"
    return [
        f"Distances in a straight line, the shortest WGS 84 geodesic, to the {describe_front(front)}.",
        *([intervals.describe_brackets(front)] if points else []),
        *([f"What is disputed sets the low {ends} of {intervals.join_names(lowered)}."] if lowered else []),
        *describe_rule(front.rule),
    ]


def describe_zone(row: ZoneMetrics) -> str:
    """Return a zone's figures as a sentence, for who cannot see the map, the nearest distance with its interval."""
    phrases = [figure.say(row) for figure in figures.find_figures(Output.ALTERNATIVE)]
    between = intervals.say_interval(row)
    return (
        ", ".join([phrases[0] + (f" ({between})" if between else ""), *phrases[1:], describe_way(row)]) + "."
    )
