"""What changed for a scenario between two fronts: which figures count as changed, and what is said of them."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from shapely.geometry import box, mapping

from geo.briefing import change_words, legend, records, tables
from geo.briefing.changes import Changes, build_changes
from geo.errors import UsageError
from geo.fronts.front import NOT_STATED, Front
from geo.fronts.reading import read_front
from geo.measuring.figures import NEAREST
from geo.renderers.webmap import changespage
from geo.scenarios.scenario import Scenario, Zone
from tests.made_up.fronts import MEMBER, save_file
from tests.made_up.series import SCENARIO


def read_line(folder: Path, lon: float, day: str = "2025-03-27", **member: Any) -> Front:
    """Return a front along a meridian, its ground to the east held by the other side."""
    file = folder / f"line-{day}-{lon}.geojson"
    return read_front(save_file(file, [[lon, 52.0], [lon, 46.0]], member=MEMBER | {"as_of": day} | member))


def find(changes: Changes, key: str) -> Any:
    return next(each for each in changes.rows[0] if each.figure.key == key)


def test_a_figure_changes_where_its_intervals_do_not_meet(tmp_path: Path) -> None:
    """Of two lines of ±5 km, 14 km apart is a change and 7 km is within the uncertainty."""
    first = read_line(tmp_path, 36.0)
    near = build_changes(SCENARIO, first, read_line(tmp_path, 35.9, "2025-04-27"))
    far = build_changes(SCENARIO, first, read_line(tmp_path, 35.8, "2025-04-27"))
    assert find(near, "nearest_km").difference == pytest.approx(-7.3, abs=0.2)
    assert not near.changed and {each.figure.key for each in near.uncertain} >= {"nearest_km", "mean_km"}
    assert near.headline.startswith(
        "Between 27 March 2025 and 27 April 2025, the nearest distance is unchanged within the line's uncertainty."
    )
    assert change_words.WITHIN in near.notes
    assert find(far, "nearest_km") in far.changed and not far.uncertain
    assert "the front came 14 km nearer to the zone (325 km before, 310 km after)" in far.headline


def test_the_key_sentence_says_whose_ground_it_is(tmp_path: Path) -> None:
    """What the side beyond the front gained and lost stands with it, as reported."""
    there = build_changes(SCENARIO, read_line(tmp_path, 36.0), read_line(tmp_path, 35.8, "2025-04-27"))
    back = build_changes(SCENARIO, read_line(tmp_path, 35.8, "2025-04-27"), read_line(tmp_path, 36.0))
    assert there.headline.endswith("As reported, Russian forces gained 6,200 km² and lost none.")
    assert back.headline.startswith(
        "From 27 April 2025 back to 27 March 2025, the front moved 14 km farther from"
    )
    assert back.headline.endswith("As reported, Russian forces gained none and lost 6,200 km².")
    days = ((36.0, "2025-03-27"), (35.8, "2025-04-27"))
    drawn = [replace(read_line(tmp_path, *each), id=f"line-{each[1]}", source=NOT_STATED) for each in days]
    unsaid = build_changes(SCENARIO, *drawn)
    assert "As drawn in the two files, Russian forces gained" in unsaid.headline
    assert "as reported" not in " ".join(
        [*unsaid.notes, *change_words.name_ground(unsaid), change_words.caption_ground(unsaid)]
    )
    assert unsaid.briefing.since is not None
    assert (
        legend.describe_since(unsaid.briefing.since)[1]
        == "Gained by Russian forces as drawn, since 27 March 2025"
    )
    assert find(back, "nearest_km").difference == -find(there, "nearest_km").difference


def test_a_zone_that_is_overrun_is_called_so(tmp_path: Path) -> None:
    """A zone that lies wholly beyond the later line has not become safer, whatever the distance from beyond says."""
    inside = Scenario("s", "S", "", (Zone("Depot", box(36.4, 47.3, 36.6, 47.5), "UA"),))
    first, second = read_line(tmp_path, 37.0), read_line(tmp_path, 35.0, "2025-04-27")
    overrun = build_changes(inside, first, second)
    assert overrun.headline.startswith(
        "“Depot” lies wholly beyond the line of 27 April 2025, but not beyond the line of 27 March 2025."
    )
    depots = tuple(replace(inside.zones[0], name=f"Depot {number}") for number in range(1, 6))
    several = build_changes(replace(inside, zones=depots), first, second)
    assert (
        "“Depot 1”, “Depot 2”, “Depot 3” and 2 more lie wholly beyond the line of 27 April 2025"
        in several.headline
    )
    assert "farther" not in overrun.headline
    assert change_words.write_change(find(overrun, "nearest_km")) == change_words.BEYOND
    assert change_words.FROM_BEYOND in overrun.notes
    back = build_changes(inside, second, first)
    assert "wholly beyond the line of 27 April 2025, but not" in back.headline
    assert build_changes(inside, second, second).headline == change_words.NOTHING


def test_equal_fronts_give_nothing(tmp_path: Path) -> None:
    """Of a front and itself nothing is said but that, and every list is empty."""
    front = read_line(tmp_path, 36.0)
    changes = build_changes(SCENARIO, front, front)
    assert changes.headline == "Nothing changed."
    record = records.build_changes_record(changes)
    assert (record["changed"], record["unchanged_within_uncertainty"]) == ([], [])
    assert record["ground"]["gained_km2"] == record["ground"]["lost_km2"] == 0
    assert record["ground"]["shares"] == ()
    assert len(records.render_changes_csv(changes).splitlines()) == 1
    assert "Zone" not in tables.render_changes_table(changes).split("Distances")[0]


def test_without_an_interval_the_plain_difference_stands(tmp_path: Path) -> None:
    """Where a file does not state how precise it is, every difference counts, and the notes say why."""
    first = read_line(tmp_path, 36.0, uncertainty_km=None)
    changes = build_changes(SCENARIO, first, read_line(tmp_path, 35.99, "2025-04-27"))
    assert find(changes, "nearest_km").meets is None
    assert find(changes, "nearest_km") in changes.changed
    assert change_words.NO_INTERVAL in changes.notes and change_words.WITHIN not in changes.notes
    assert records.build_changes_record(changes)["changed"][0]["from_low"] is None


def test_another_source_is_no_movement(tmp_path: Path) -> None:
    """Of lines that two publishers drew nothing is called gained or lost, and no front has come nearer."""
    other = read_line(tmp_path, 35.8, "2025-04-27", source="The Other Institute")
    changes = build_changes(SCENARIO, read_line(tmp_path, 36.0), other)
    assert changes.is_other_source and changes.headline.endswith(change_words.NOT_MOVEMENT)
    said = changes.headline + tables.render_changes_table(changes)
    assert "gained" not in said.lower() and "came" not in said
    assert "Before: Drawn for this test. After: The Other Institute." in said


def test_contact_and_edge_are_not_compared(tmp_path: Path) -> None:
    """A line of contact against the edge of an area is refused, in words that say what to do."""
    area = save_file(tmp_path / "area-2025-04-27.geojson", mapping(box(36, 47.2, 38, 48.5)))
    edge = read_front(area, definition="edge")
    with pytest.raises(UsageError, match="--front-definition contact"):
        build_changes(SCENARIO, read_line(tmp_path, 36.0), edge)


def test_a_zone_that_the_front_runs_into(tmp_path: Path) -> None:
    """How much of a zone lies beyond either line is said; a zone that is crossed is at distance 0."""
    zone = Zone("East", box(35.5, 48.5, 36.5, 49.5), "UA", "illustrative", "A square.")
    scenario = Scenario("east", "East", "", (zone,), ())
    changes = build_changes(scenario, read_line(tmp_path, 37.0), read_line(tmp_path, 36.0, "2025-04-27"))
    assert find(changes, "nearest_km").figure is NEAREST
    assert NEAREST.read(find(changes, "nearest_km").after) == 0
    assert "Of the area of East 50 % lies beyond the second line, 0 % beyond the first." in changes.notes


def test_lines_without_sides_have_no_ground(tmp_path: Path) -> None:
    """Where a file does not say which side is held, distances are compared and ground is not."""
    unsaid = read_line(tmp_path, 35.8, "2025-04-27", held_side=None)
    changes = build_changes(SCENARIO, read_line(tmp_path, 36.0), unsaid)
    assert changes.ground is None and change_words.NO_SIDES in changes.notes
    assert records.build_changes_record(changes)["ground"] is None


def test_the_csv_has_the_ground(tmp_path: Path) -> None:
    """Each sector's ground, and all of it, has a row of its own, named by the line that it lies beyond."""
    changes = build_changes(SCENARIO, read_line(tmp_path, 36.0), read_line(tmp_path, 35.8, "2025-04-27"))
    assert changes.ground is not None
    rows = csv.DictReader(io.StringIO(records.render_changes_csv(changes)))
    found = {row["ground_of"]: row for row in rows if row["ground_of"]}
    assert set(found) == {*(share.name for share in changes.ground.shares), "all"}
    assert {row["figure"] for row in found.values()} == {"beyond_second_only_km2"}
    assert float(found["all"]["difference"]) == changes.ground.gained_km2


def test_page_and_sheet_say_whose_distances_the_map_has(tmp_path: Path) -> None:
    """Of two distances the map and the tables of the later front have one, and say which."""
    first = read_line(tmp_path, 36.0)
    changes = build_changes(SCENARIO, first, read_line(tmp_path, 35.8, "2025-04-27"))
    assert change_words.caption_distances(changes).endswith("the map has the distances of 27 April 2025")
    page = changespage.render_html(changes).decode().replace("\u00a0", " ")
    assert page.count("; the distances of 27 April 2025</caption>") == 1
    assert page.count("the map has the distances of 27") == 2  # its table, and the sheet that is printed
    same_day = build_changes(SCENARIO, first, read_line(tmp_path, 35.8))
    assert change_words.caption_distances(same_day).endswith("the map has the distances to the second line")
