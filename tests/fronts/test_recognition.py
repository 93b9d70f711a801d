"""The right front, or none: what cannot be a front is refused, and nothing that can be is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from shapely.geometry import LineString, Polygon, box

from geo import geodesy
from geo.errors import DataError
from geo.fronts import contact
from geo.fronts.front import Front
from geo.fronts.reading import find_front, read_front
from tests.made_up import occupied
from tests.made_up.fronts import MEMBER
from tests.made_up.occupied import COARSE, build_day, build_sound_areas, read_ukraine, save_features

DAY = {"front": {"as_of": "2025-03-27"}}


def refusal(file: Path, **how: Any) -> str:
    with pytest.raises(DataError) as caught:
        read_front(file, **how)
    return str(caught.value)


def save(file: Path, *shapes: Any, **member: Any) -> Path:
    return save_features(file, *((shape, {}) for shape in shapes), front={"as_of": "2025-03-27", **member})


@pytest.mark.parametrize("definition", ["contact", "edge"])
def test_held_side_is_refused(definition: str, tmp_path: Path) -> None:
    """Ukraine without the occupied area, and all of Ukraine, are refused by the cities in them."""
    ukraine = read_ukraine()
    held = save(tmp_path / "held.geojson", shapely.difference(ukraine, box(33, 44, 41, 50)))
    assert "side held by Ukraine" in refusal(held, definition=definition)
    whole = save(tmp_path / "whole.geojson", shapely.simplify(ukraine, 0.02))
    assert "it is all of Ukraine" in refusal(whole, definition=definition)
    west = save(tmp_path / "west.geojson", box(22, 48, 28, 51))
    assert "holds Lviv" in refusal(west, definition=definition)


def test_refusal_names_how_to_choose(tmp_path: Path) -> None:
    """Where both sides stand in one file, its columns and the option that chooses are named."""
    held = shapely.difference(read_ukraine(), COARSE)
    file = save_features(tmp_path / "a.geojson", (COARSE, {"code": "R"}), (held, {"code": "U"}), **DAY)
    assert "'code' is 'R' (1), 'U' (1). Choose with --where code=R." in refusal(file)


def test_perimeter_of_an_area(tmp_path: Path) -> None:
    """A line that closes is an area's perimeter: its contact is derived, or with ``edge`` all of it kept."""
    ring = LineString(COARSE.exterior.coords)
    file = save(tmp_path / "a.geojson", LineString(ring.coords[:4]), LineString(ring.coords[3:]))
    front = read_front(file)
    assert shapely.equals(front.line, contact.derive_contact(shapely.MultiPolygon([COARSE])))
    assert "perimeter of an area" in front.notes[0]
    assert front.rule
    edge = read_front(file, definition="edge")
    assert geodesy.length_km(edge.line) == pytest.approx(geodesy.length_km(ring))
    assert edge.notes == ()
    around = save(tmp_path / "b.geojson", LineString(box(24, 47.5, 33, 51.5).exterior.coords))
    assert "side held by Ukraine" in refusal(around)


def border_line() -> Any:
    """Return a front and the state border from its end to the west, 600 km of it, moved by 2 km; lon, lat."""
    outline = occupied.to_lonlat(LineString(occupied.reference_outline()))
    north = shapely.intersection(outline, box(32, 50.6, 35.2, 53))
    longest = max(shapely.get_parts(shapely.line_merge(north)), key=lambda part: part.length)
    eastward = longest if longest.coords[0][0] < longest.coords[-1][0] else longest.reverse()
    return shapely.affinity.translate(eastward, 0.02, 0.01)


def test_border_is_left_out_of_a_line(tmp_path: Path) -> None:
    """What follows the border for long is left out and measured; with ``edge`` it stays, and a border alone is none."""
    line, border = LineString([(35.0, 50.6), (37.0, 49.0), (36.5, 47.5)]), border_line()
    file = save(tmp_path / "a.geojson", LineString([*border.coords, *line.coords]))
    front = read_front(file)
    assert "follow Ukraine's border or coast and were left out" in front.notes[0]
    assert shapely.hausdorff_distance(front.line, line) < 0.5
    assert geodesy.length_km(front.line) < geodesy.length_km(line) + 60
    edge = read_front(file, definition="edge")
    assert (edge.definition, len(edge.line.geoms[0].coords)) == ("edge", len(border.coords) + 3)
    assert "follow Ukraine's border" in refusal(save(tmp_path / "b.geojson", border))


def test_border_in_pieces_is_left_out(tmp_path: Path) -> None:
    """A border of many short lines is one, and the sectors that are front keep their direction."""
    line, border = LineString([(37.0, 49.8), (37.0, 49.0), (36.5, 47.5)]), border_line()
    parts = [LineString(pair) for pair in zip(border.coords, border.coords[1:], strict=False)]
    front = read_front(save(tmp_path / "a.geojson", line, *parts))
    assert [*front.line.geoms] == [line]


def test_held_side_the_wrong_way_round(tmp_path: Path) -> None:
    """A line whose held side has Donetsk and not Kyiv is refused, with what to write instead."""
    line = find_front("2025-03-27").line
    wrong = save(tmp_path / "a.geojson", line, held_side="left")
    assert 'Write "held_side": "right"' in refusal(wrong)
    assert read_front(save(wrong, line, held_side="right")).held_side == "right"


@pytest.mark.parametrize("area", build_sound_areas().values(), ids=[*build_sound_areas()])
def test_sound_areas_are_taken(area: Any, tmp_path: Path) -> None:
    """Fronts of 2014, of March 2022, of Crimea alone and others are read whole and without a note."""
    front = read_front(save(tmp_path / "a.geojson", area))
    assert front.notes == ()
    assert front.length_km > 5


def read_bare(line: Any, folder: Path) -> Front:
    """Read a line that is given as somebody else's, part by part, without anything said of it."""
    return read_front(save(folder / "a.geojson", *shapely.get_parts(line)))


@pytest.mark.parametrize("seed", range(12))
def test_sound_lines_are_taken(seed: int, tmp_path: Path) -> None:
    """Lines of contact of made-up days, with pockets on the border, are read as they are drawn."""
    line = contact.derive_contact(
        build_day(seed, reach_km=seed % 5, push_km=5.0 * seed, pockets=seed % 8).area
    )
    front = read_bare(line, tmp_path)
    assert front.notes == ()
    assert front.length_km == pytest.approx(geodesy.length_km(line))


@pytest.mark.parametrize("name", [*build_sound_areas()])
def test_sound_lines_of_other_years(name: str, tmp_path: Path) -> None:
    """The line of contact of every sound area is a sound line, a ring within the land included."""
    area = build_sound_areas()[name]
    line = contact.derive_contact(shapely.MultiPolygon([*shapely.get_parts(area)]))
    assert read_bare(line, tmp_path).length_km == pytest.approx(geodesy.length_km(line), rel=0.02)


def test_shipped_front_as_a_bare_line(tmp_path: Path) -> None:
    """The shipped front given as somebody's bare lines is read as it is."""
    shipped = find_front("2025-03-27")
    front = read_bare(shipped.line, tmp_path)
    assert front.notes == ()
    assert front.length_km == pytest.approx(shipped.length_km)


def test_complete_member_changes_nothing(tmp_path: Path) -> None:
    """A file that calls its line the line of contact is looked at like any other."""
    member = {**MEMBER, "held_side": None}
    file = save_features(
        tmp_path / "a.geojson", (border_line(), {"sector": "A", "precision_km": 1}), front=member
    )
    assert "follow Ukraine's border" in refusal(file)


def test_derived_edge_is_read_again(tmp_path: Path) -> None:
    """A perimeter that its file calls an edge stays what it is."""
    ring = LineString(COARSE.exterior.coords)
    file = save(tmp_path / "a.geojson", ring, definition="edge")
    assert read_front(file).length_km == pytest.approx(geodesy.length_km(ring))
    assert np.isclose(Polygon(ring).area, COARSE.area)


def test_line_with_everything_on_one_side_is_refused(tmp_path: Path) -> None:
    """A line that leaves Kyiv and Donetsk on one side, and calls that beyond, parts nothing."""
    corner = LineString([(37.6, 51.0), (38.6, 49.7), (40.6, 49.4)])
    file = save(tmp_path / "2025-04-01.geojson", corner, **MEMBER | {"held_side": "right"})
    assert read_front(file).sides.are_beyond(np.array([(30.5, 50.45), (37.8, 48.0)])).tolist() == [
        False,
        False,
    ]
    assert "Kyiv and Donetsk or Simferopol lie on one side" in refusal(
        save(tmp_path / "2025-04-02.geojson", corner, **MEMBER | {"held_side": "left"})
    )
