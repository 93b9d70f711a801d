"""The page's own geodesics against the program's: the same numbers for points and for outlines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely
from shapely.geometry import Polygon

from geo import geodesy, numerals
from geo.fronts.reading import find_front
from geo.geodesy import grid
from geo.measuring import metrics, places
from geo.renderers.webmap.assets import join_scripts
from geo.scenarios.scenario import Scenario, Zone
from tests.pages.browser import DESKTOP, visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

pytestmark = pytest.mark.browser

FRONT = find_front("2025-03-27")
OUTLINES = {
    "triangle": [(33.0, 48.0), (34.0, 48.9), (32.2, 49.1)],
    "hook": [(30.0, 48.0), (34.0, 48.2), (34.0, 50.0), (33.4, 50.0), (33.4, 48.9), (30.0, 48.6)],
    "clockwise": [(24.0, 49.0), (24.2, 50.5), (27.1, 50.9), (26.0, 48.7)],
    "beyond": [(38.9, 48.0), (39.6, 48.0), (39.6, 49.0), (38.9, 49.2)],
    "small": [(31.0, 49.0), (31.02, 49.0), (31.01, 49.015)],
}


@pytest.fixture(scope="module")
def tab(chromium: Browser, page_of: Callable[[str], Path]) -> Iterator[Tab]:
    """Return the page of a shipped scenario, measured against the shipped front, with its modules within reach."""
    with visit(chromium, page_of("dnipro-line"), DESKTOP) as seen:
        for module in ("boxes", "data", "geodesy", "mgrs", "outline", "words"):
            seen.tab.evaluate(f"() => {{ {join_scripts(module)} Object.assign(window, geo); }}")
        yield seen.tab


def measure_outline(tab: Tab, corners: list[tuple[float, float]]) -> dict[str, Any]:
    """Return what the page measures of an outline of lon, lat corners."""
    measures: dict[str, Any] = tab.evaluate(
        "(corners) => measureOutline(corners.map(([lon, lat]) => [lat, lon]), unpackMap(readPageData()).front)",
        corners,
    )
    return measures


def test_page_and_geo_distance_agree(tab: Tab) -> None:
    """At 600 points in and around Ukraine the page differs from `geo distance` by less than 0.1 % or 100 m."""
    random = np.random.default_rng(20250327)
    lonlats = np.column_stack([random.uniform(19, 45, 600), random.uniform(44, 55, 600)]).round(5)
    expected = places.measure_points([f"{lat},{lon}" for lon, lat in lonlats], FRONT)
    found = tab.evaluate(
        """(lonlats) => {
          const { pieces } = unpackMap(readPageData()).front;
          return lonlats.map(([lon, lat]) => nearestOn(pieces, [lat, lon]).km);
        }""",
        lonlats.tolist(),
    )
    assert len(found) == 600
    for point, km in zip(expected, found, strict=True):
        assert abs(km - point.distance_km) <= max(0.001 * point.distance_km, 0.1), point.place


def test_squares_of_the_military_grid_are_those_of_geotrans(tab: Tab) -> None:
    """At 600 positions from Spain to the Urals and Svalbard the page names the square, to the metre beside an edge."""
    random = np.random.default_rng(36)
    lonlats = np.column_stack([random.uniform(-10, 60, 600), random.uniform(30, 84, 600)])
    lonlats[:4] = [(5, 60), (10, 78), (-70.5, -33.4), (390.5234, 50.4501)]
    found = tab.evaluate("(all) => all.map(([lon, lat]) => formatMgrs([lat, lon], 5))", lonlats.tolist())
    lonlats[3, 0] -= 360  # the map shows the world more than once
    expected = [square.decode() for square in grid.derive_mgrs(lonlats)]
    parts = [(square[:-10], int(square[-10:-5]), int(square[-5:])) for square in expected]
    for square, (letters, east, north) in zip(found, parts, strict=True):
        zone, hundred, *numbers = square.split()
        assert zone + hundred == letters
        assert np.abs(np.subtract([east, north], [*map(int, numbers)])).max() <= 1
    assert tab.evaluate("formatMgrs([50.4501, 30.5234])") == "36U UA 2418 9160"
    assert tab.evaluate("formatMgrs([86, 30])") == ""


def test_geodesics_are_those_of_pyproj(tab: Tab) -> None:
    """Between 400 pairs of points all over the earth the length differs from Karney's by less than a centimetre."""
    random = np.random.default_rng(7)
    ends = np.column_stack([random.uniform(-180, 180, 800), random.uniform(-89, 89, 800)]).reshape(400, 2, 2)
    apart = np.array([geodesy.geodesic_km(pair[:1], pair[1:])[0] for pair in ends])
    found = tab.evaluate(
        "(pairs) => pairs.map((pair) => geodesicKm(...pair.map(([lon, lat]) => [lat, lon])))", ends.tolist()
    )
    far = apart > 19_900
    assert far.sum() < 5
    assert np.allclose(np.array(found)[~far], apart[~far], atol=1e-5, rtol=0)


@pytest.mark.parametrize(
    ("pair", "km", "within"),
    [
        (((30, 50), (30, 50)), 0.0, 0.0),
        (((0, 0), (1, 0)), 111.3195, 0.0001),
        (((0, 0.2), (179.9, -0.1)), 20_003.0, 130.0),
    ],
    ids=["same point", "along the equator", "almost antipodal"],
)
def test_geodesics_have_no_bad_corner(
    tab: Tab, pair: tuple[tuple[float, float], tuple[float, float]], km: float, within: float
) -> None:
    """The same point, the equator and near-antipodes, where the formula is at its limits, still give lengths."""
    assert abs(tab.evaluate("(p) => geodesicKm(...p.map(([lon, lat]) => [lat, lon]))", pair) - km) <= within


@pytest.mark.parametrize("name", OUTLINES)
def test_outline_is_measured_as_a_zone_is(tab: Tab, name: str) -> None:
    """Nearest distance (0.1 %, 100 m), mean (0.5 %) and area (0.1 %) are those of a zone with the same corners."""
    zone = Zone(name, Polygon(OUTLINES[name]))
    (row,) = metrics.measure(Scenario("test", "Test", "", (zone,)), FRONT).zones
    measures = measure_outline(tab, OUTLINES[name])
    assert abs(measures["nearest"]["km"] - row.nearest_km) <= max(0.001 * row.nearest_km, 0.1)
    assert measures["meanKm"] == pytest.approx(row.mean_km, rel=0.005)
    assert measures["areaKm2"] == pytest.approx(row.area_km2, rel=0.001)


@pytest.mark.parametrize(
    "corners",
    [[(34, 47), (36, 47), (36, 48.5), (34, 48.5)], [(30, 45), (41, 45), (41, 52), (30, 52)]],
    ids=["crosses the front", "holds all of it"],
)
def test_outline_on_the_front_has_distance_0_and_no_mean(
    tab: Tab, corners: list[tuple[float, float]]
) -> None:
    """Where an outline crosses the front, or the front lies inside, nothing beyond the line is averaged in."""
    measures = measure_outline(tab, corners)
    assert measures["nearest"]["km"] == 0
    assert measures["meanKm"] is None


@pytest.mark.parametrize(
    ("corners", "expected"),
    [
        ([(0, 0), (2, 0), (2, 2), (0, 2)], False),
        ([(0, 0), (2, 2), (2, 0), (0, 2)], True),
        ([(0, 0), (1, 0), (0, 1)], False),
        ([(0, 0), (4, 0), (4, 4), (2, -1), (0, 4)], True),
        ([(0, 0), (4, 0), (2, 0), (2, 2)], True),
        ([(0, 0), (1, 0), (2, 0)], True),
        ([(0, 0), (4, 0), (4, 4), (2, 0), (0, 4)], True),
        ([(0, 0), (4, 0), (4, 0), (0, 4)], False),
        ([(0, 0), (5, 0), (5, 5), (4, 5), (4, 1), (0, 1)], False),
    ],
)
def test_tangled_outlines_are_told_from_simple_ones(
    tab: Tab, corners: list[tuple[float, float]], expected: bool
) -> None:
    """The page finds self-crossings as shapely does, because a file with one would be refused."""
    assert Polygon(corners).is_valid is not expected
    assert tab.evaluate("isTangled", corners) is expected


def test_page_rounds_as_the_program_does(tab: Tab) -> None:
    """Distances and areas are written with the words and steps of `geo.renderers.style`."""
    lengths = [0.2, 7.4, 49.4, 49.6, 51, 133, 1052.4, 12345.6]
    assert tab.evaluate("(all) => all.map(formatKm)", lengths) == [
        numerals.bind_units(numerals.format_km(km)) for km in lengths
    ]
    areas = [0.2, 0.7, 8.3, 99.6, 1234.5, 12345.6, 603_549.3]
    assert tab.evaluate("(all) => all.map(formatAreaKm2)", areas) == [
        numerals.bind_units(numerals.format_area_km2(km2)) for km2 in areas
    ]


@pytest.mark.parametrize("name", OUTLINES)
def test_a_box_is_shared_with_an_outline_as_its_points_say(tab: Tab, name: str) -> None:
    """How much of a label's box lies in a zone is the share of nine by five points that do, whatever the outline."""
    outline = Polygon(OUTLINES[name])
    west, south, east, north = outline.bounds
    rng = np.random.default_rng(7)
    for _ in range(20):
        left, right = np.sort(rng.uniform(west - 0.2, east + 0.2, 2))
        top, bottom = np.sort(rng.uniform(south - 0.2, north + 0.2, 2))
        grid = np.meshgrid(np.linspace(left, right, 9), np.linspace(top, bottom, 5))
        inside = shapely.contains_xy(outline, *(axis.ravel() for axis in grid))
        box = {"left": left, "top": top, "right": right, "bottom": bottom}
        share = tab.evaluate(
            "([box, corners]) => shareInside(box, [corners.map(([x, y]) => [y, x])])", [box, OUTLINES[name]]
        )
        assert share == pytest.approx(inside.mean())
