"""Strips: who comes first, what is said of zones beyond the front, and an axis for every distance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from geo.briefing import notes
from geo.briefing.briefing import Briefing, build_briefing
from geo.briefing.strips import build_axis, build_strips
from geo.fronts.reading import find_front
from geo.measuring.metrics import ZoneMetrics
from geo.scenarios.scenario import find_scenario


@pytest.fixture
def row(make_briefing: Callable[..., Briefing]) -> ZoneMetrics:
    return make_briefing(("One",)).metrics.zones[0]


def test_nearest_come_first_and_before_them_what_lies_beyond(row: ZoneMetrics) -> None:
    """Strips are in the order of distance; a zone wholly beyond the front leads them, without a distance."""
    rows = [
        replace(row, zone="far", nearest_km=500.0, farthest_km=600.0),
        replace(row, zone="near", nearest_km=20.0),
        replace(row, zone="over there", nearest_km=80.0, beyond_share=1.0),
        replace(row, zone="on both sides", nearest_km=0.0, beyond_share=0.36),
    ]
    strips = build_strips(rows)
    assert [strip.name for strip in strips] == ["over there", "on both sides", "near", "far"]
    assert [strip.index for strip in strips] == [2, 3, 1, 0]
    assert [strip.nearest for strip in strips] == ["", "0", "20", "500"]
    assert [strip.beyond for strip in strips] == ["wholly beyond the front", "36 % beyond the front", "", ""]
    assert [bool(strip.says) for strip in strips] == [False, True, True, True]


def test_the_note_explains_what_is_drawn(row: ZoneMetrics) -> None:
    """Where every zone lies beyond the front, no tick and no line are explained."""
    front, over = find_front("2025-03-27"), replace(row, beyond_share=1.0)
    assert "tick: median" in notes.describe_strips(front, [row, over])
    assert notes.describe_strips(front, [over, over]) == notes.NO_STRIPS


@pytest.mark.parametrize(
    ("share", "begins", "ends"),
    [
        (1.0, "Z1, Z2, Z3 and 27 more lie wholly beyond the front", "the front from the far side."),
        (
            0.361,
            "Parts of Z1 (36 %), Z2 (36 %), Z3 (36 %) and 27 more lie beyond",
            "the front from the far side.",
        ),
        (0.0, "The shortest ways of Z1, Z2, Z3 and 27 more reach the front", "from the far side."),
    ],
)
def test_what_goes_for_many_zones_is_said_once(
    row: ZoneMetrics, share: float, begins: str, ends: str
) -> None:
    """Thirty zones beyond the front are one sentence with the first of them; three have one each."""
    briefing = build_briefing(find_scenario("dnipro-line"), find_front("2025-03-27"))
    rows = tuple(replace(row, zone=f"Z{n}", beyond_share=share, nearest_beyond=True) for n in range(1, 31))
    (said,) = notes.describe_crossings(replace(briefing.metrics, zones=rows), briefing.front)
    assert said.startswith(begins) and said.endswith(ends)
    few = [*notes.describe_crossings(replace(briefing.metrics, zones=rows[:3]), briefing.front)]
    assert len(few) == 3


def test_strip_says_what_it_shows(row: ZoneMetrics) -> None:
    """Its three distances stand in its words, rounded as everywhere; its ends are those of the nearest distance."""
    (strip,) = build_strips([replace(row, nearest_km=148.2, median_km=221.0, farthest_km=276.4)])
    assert strip.says == "150 to 275 km, median 220 km"
    assert strip.ends == (row.nearest_low_km, row.nearest_high_km)
    (unsure,) = build_strips([replace(row, nearest_low_km=None, nearest_high_km=None)])
    assert unsure.ends is None


@pytest.mark.parametrize("farthest", [0.4, 3.0, 6.0, 7.0, 49.0, 110.0, 599.0, 601.0, 1180.0, 3000.0])
def test_axis_begins_at_the_front_and_has_round_steps(row: ZoneMetrics, farthest: float) -> None:
    """Whatever the distance, all strips lie on the axis, and it has at most seven round distances from 0 on."""
    near = replace(row, nearest_km=0.0, median_km=0.1, nearest_low_km=0.0, nearest_high_km=0.0)
    axis = build_axis(build_strips([replace(near, farthest_km=farthest)]))
    assert axis.end_km == farthest
    assert axis.ticks_km[0] == 0 and axis.ticks_km[-1] <= farthest
    assert len(axis.ticks_km) <= 7
    assert farthest < 2 or len(axis.ticks_km) >= 3
    steps = {high - low for low, high in zip(axis.ticks_km, axis.ticks_km[1:], strict=False)}
    assert len(steps) <= 1 and all(str(step).rstrip("0") in "125" for step in steps)
    assert (axis.place(0), axis.place(farthest), axis.place(farthest * 2)) == (0, 1, 1)


def test_axis_reaches_the_end_of_an_interval(row: ZoneMetrics) -> None:
    """A tiny zone's interval is longer than its strip, and lies on the axis whole."""
    axis = build_axis(
        build_strips([replace(row, nearest_high_km=410.0, farthest_km=401.0, nearest_km=400.0)])
    )
    assert axis.end_km == 410


def test_without_a_strip_there_is_no_axis(row: ZoneMetrics) -> None:
    """Where every zone lies beyond the front there is nothing to measure from it on this side."""
    assert build_axis(build_strips([replace(row, beyond_share=1.0)])).ticks_km == ()


def test_an_axis_needs_no_interval(row: ZoneMetrics) -> None:
    """A front that states no precision gives no intervals; the axis then reaches to the farthest distance."""
    (strip,) = build_strips([replace(row, nearest_low_km=None, nearest_high_km=None, farthest_km=276.4)])
    assert strip.ends is None
    assert build_axis([strip]).place(276.4) <= 1
