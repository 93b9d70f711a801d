"""What may be given for a scenario or a front: the same zones and lines, whatever they come as, or an error."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import LineString, Point, Polygon, box, wkt

import geo
from geo import shipped
from geo.scenarios.scenario import Scenario, Zone

LINE = LineString([(37.9, 50.1), (36.2, 47.5), (32.4, 46.6)])
AREA = Polygon([(37.9, 50.1), (36.2, 47.5), (32.4, 46.6), (36, 45.8), (39.9, 47.8)])
NORTH, SOUTH = box(30, 50, 31, 51), box(30, 48, 31, 49)
BOW_TIE = Polygon([(30, 50), (31, 51), (31, 50), (30, 51)])


def make_zones(**columns: Any) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"name": ["North", "South"], **columns}, geometry=[NORTH, SOUTH], crs="EPSG:4326")


def make(*zones: Zone, **more: Any) -> Scenario:
    return Scenario(**{"id": "mine", "title": "Mine", "summary": "", "zones": zones, **more})


def test_an_id_a_path_and_a_dict_are_one_scenario() -> None:
    """A shipped scenario is the same by its id, by its file, and as what the file holds."""
    file = shipped.scenarios()["dnipro-line"]
    by_id, held = geo.scenario("dnipro-line"), geo.scenario(json.loads(file.read_text(encoding="utf-8")))
    assert by_id == geo.scenario(file) == geo.scenario(by_id)
    assert (held.id, held.zones, held.claims, held.sha256) == (by_id.id, by_id.zones, by_id.claims, None)


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:3857", "ESRI:102031"])
def test_a_frame_is_read_in_any_reference_system(crs: str) -> None:
    """A zone lies where it lies, whatever the frame counts in."""
    (zone, _) = geo.scenario(make_zones().to_crs(crs)).zones
    assert zone.name == "North"
    assert zone.geometry.hausdorff_distance(NORTH) < 1e-2  # a straight edge is another line in another system


def test_own_columns_come_along_as_plain_values() -> None:
    """Columns beyond ours stay with their zones, whatever pandas holds them as."""
    frame = make_zones(
        people=np.array([1, 2], dtype="int32"),
        drawn=pd.to_datetime(["2025-03-01", None]),
        share=[0.5, float("nan")],
        kind=pd.Categorical(["a", "b"]),
        places=[["Kyiv"], None],
        count=pd.array([None, 3], dtype="Int64"),
    )
    first, second = (zone.properties for zone in geo.scenario(frame).zones)
    assert first == {
        "people": 1,
        "drawn": "2025-03-01T00:00:00",
        "share": 0.5,
        "kind": "a",
        "places": ["Kyiv"],
        "count": None,
    }
    assert second == {"people": 2, "drawn": None, "share": None, "kind": "b", "places": None, "count": 3}


def test_a_frame_has_a_name_if_it_is_given_one() -> None:
    """A frame has no file name, so what to call it can be said."""
    named = geo.scenario(make_zones(), id="my-zones", title="Our zones")
    assert (named.id, named.title) == ("my-zones", "Our zones")
    assert geo.scenario(make_zones(), id="my-zones").title == "My zones"
    shipped = geo.scenario("dnipro-line")
    assert geo.scenario("dnipro-line", id="my-zones").title == shipped.title
    with pytest.raises(geo.DataError, match="not an id"):
        geo.scenario(make_zones(), id="My zones")


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (lambda: make(Zone("A", BOW_TIE)), "crosses or touches itself near lon 30.5000, lat 50.5000"),
        (lambda: make(Zone("A", NORTH, status="planned")), "status is 'planned'. Write 'illustrative'"),
        (lambda: make(Zone("A", NORTH), claims=("nobody/nothing",)), "no claim 'nobody/nothing'"),
        (lambda: make(Zone("A", NORTH), front="1999-01-01"), "no front '1999-01-01'"),
        (lambda: make(Zone("A", NORTH, country="Ukraine")), "two-letter code"),
        (lambda: make(Zone("A", NORTH), Zone("A", SOUTH)), "name is also that of feature 0"),
        (lambda: make(Zone("A", Point(30, 50))), "The geometry is a Point"),
        (lambda: make(Zone("A", None)), "The geometry is null"),
        (lambda: make(Zone("A", Polygon())), "The geometry is empty"),
        (lambda: make(Zone("A", box(3e6, 6e6, 4e6, 7e6))), "projected metres"),
        (lambda: make(Zone("A", NORTH, properties=None)), "properties of a zone are no dict"),  # type: ignore[arg-type]
        (lambda: make(), "no features"),
        (lambda: make("A"), "no tuple of Zone"),  # type: ignore[arg-type]
        (lambda: make(Zone("A", NORTH), id="No id"), "not an id"),
    ],
)
def test_a_scenario_made_in_python_is_checked_as_a_file_is(made: Any, told: str) -> None:
    """No nonsense reaches a map, with the sentence that a file would get."""
    with pytest.raises(geo.DataError, match=told):
        geo.brief(made())


def test_a_right_one_made_in_python_is_measured() -> None:
    """A scenario needs no file, and none of it is changed."""
    made = make(Zone("A", NORTH, "UA", properties={"people": 1}))
    built = geo.brief(made)
    assert built.scenario.zones == made.zones
    assert built.metrics.total.nearest_km == pytest.approx(365, abs=5)


@pytest.mark.parametrize("wrong", [None, 42, pd.DataFrame({"a": [1]}), b"dnipro-line"])
def test_what_is_no_scenario_is_refused(wrong: Any) -> None:
    """The error says what is taken, and what it was given."""
    with pytest.raises(geo.UsageError, match=type(wrong).__name__):
        geo.scenario(wrong)


def test_names_are_found_in_the_column_that_is_said() -> None:
    """A frame may call its zones whatever it likes, and says where; what was mended is noted."""
    frame = make_zones(called=["A", "B"]).drop(columns="name")
    frame.loc[2] = frame.loc[1].copy()
    read = geo.scenario(frame, name_column="called")
    assert [zone.name for zone in read.zones] == ["A", "B", "B (2)"]
    assert read.notes
    with pytest.raises(geo.UsageError, match="read already"):
        geo.scenario(read, name_column="called")


def test_a_frame_has_to_say_where_it_is() -> None:
    """Without geometry or reference system nothing can be placed."""
    with pytest.raises(geo.DataError, match="set_crs"):
        geo.scenario(make_zones().set_crs(None, allow_override=True))
    with pytest.raises(geo.DataError, match="set_geometry"):
        geo.scenario(gpd.GeoDataFrame({"name": ["North"]}))


def test_a_front_comes_as_a_line_or_a_frame() -> None:
    """The line is the same as a geometry and as a frame in metres, and says its day however it is told."""
    day = date(2025, 4, 1)
    given = geo.front(LINE, as_of="2025-04-01", source="Me", uncertainty_km=3)
    frame = gpd.GeoDataFrame({"date": ["2025-04-01"]}, geometry=[LINE], crs="EPSG:4326")
    assert (given.as_of, given.source, given.precisions_km) == (day, "Me", (3,))
    assert geo.front(frame).as_of == geo.front(frame.geometry, as_of=datetime(2025, 4, 1)).as_of == day
    metres = geo.front(frame.to_crs("EPSG:3857"))
    assert metres.length_km == pytest.approx(given.length_km, rel=1e-3)
    with pytest.raises(geo.DataError, match="which day"):
        geo.front(LINE)


def test_a_front_is_derived_from_an_occupied_area() -> None:
    """Polygons are the occupied area, of which the line of contact or any edge can be taken."""
    contact, edge = (geo.front(AREA, as_of="2025-04-01", definition=each) for each in ("contact", "edge"))
    assert contact.occupied is not None
    assert contact.length_km < edge.length_km


def test_features_are_chosen_as_by_the_command() -> None:
    """``where`` takes columns with their values, as --where does."""
    frame = gpd.GeoDataFrame(
        {"who": ["a", "b"]}, geometry=[LINE, wkt.loads("LINESTRING (20 50, 21 50)")], crs=4326
    )
    chosen = geo.front(frame, as_of="2025-04-01", where={"who": ["a"]})
    assert len(chosen.sectors) == 1
    with pytest.raises(geo.UsageError, match="no feature fits --where who=c"):
        geo.front(frame, as_of="2025-04-01", where={"who": "c"})
    with pytest.raises(geo.UsageError, match="where is a dict"):
        geo.front(frame, as_of="2025-04-01", where="who=c")  # type: ignore[arg-type]


def test_a_front_that_ships_goes_by_its_day() -> None:
    """A text, a date and a path are one and the same front, and none is the newest."""
    day = "2025-03-27"
    assert geo.front(day) == geo.front(date(2025, 3, 27)) == geo.front(shipped.fronts()[day])
    assert geo.front() == geo.front("latest") == geo.front(shipped.latest_front().stem)


@pytest.mark.parametrize(
    "call",
    [
        lambda: geo.front(42),  # type: ignore[arg-type]
        lambda: geo.front(LINE, as_of="April"),
        lambda: geo.front(AREA, as_of="2025-04-01", definition="border"),
        lambda: geo.front(geo.front(), definition="edge"),
        lambda: geo.front(LINE, as_of="2025-04-01", uncertainty_km=-1),
        lambda: geo.front(LINE, as_of="2025-04-01", uncertainty_km="wide"),  # type: ignore[arg-type]
        lambda: geo.front(LINE, as_of="2025-04-01", source=5),  # type: ignore[arg-type]
    ],
)
def test_what_is_no_front_is_refused(call: Any) -> None:
    """Each is an error of usage, in words."""
    with pytest.raises(geo.UsageError):
        call()


def test_a_path_object_is_taken(tmp_path: Path) -> None:
    """A file is named by a text or by a path."""
    file = tmp_path / "mine.geojson"
    file.write_text(make_zones().to_json(), encoding="utf-8")
    assert geo.scenario(file).id == geo.scenario(str(file)).id == "mine"
