"""Every scenario that ships, however many there are: a file to edit by hand, complete and in its country."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
import shapely
from pyproj import Geod
from shapely.geometry import shape

from geo import shipped
from geo.reference.basemap import read_basemap
from geo.scenarios.scenario import read_scenarios

FILES = shipped.scenarios()
FIELDS = ("id", "title", "summary", "claims", "front")
every_file = pytest.mark.parametrize("file", FILES.values(), ids=FILES)


def test_every_file_is_read_whole_under_its_id() -> None:
    """Scenarios ship; each has its file's name as id and holds nothing that was left out."""
    assert FILES
    for scenario_id, scenario in read_scenarios().items():
        assert scenario.id == scenario_id
        assert not scenario.notes


@every_file
def test_file_is_hand_editable(file: Path) -> None:
    """A file is under 60 kB, with plain line ends and short coordinate lines."""
    raw = file.read_bytes()
    assert len(raw) < 60_000
    assert b"\r" not in raw
    assert raw.endswith(b"}\n")
    assert all(len(line) <= 110 for line in raw.decode().splitlines() if line.lstrip().startswith("["))


@every_file
def test_file_says_what_it_is(file: Path) -> None:
    """A file has every field of its `scenario` member; each zone is illustrative and says how it was drawn."""
    collection = json.loads(file.read_text(encoding="utf-8"))
    assert tuple(collection["scenario"]) == FIELDS
    for feature in collection["features"]:
        assert feature["properties"]["status"] == "illustrative"
        assert feature["properties"]["basis"]


@every_file
def test_zones_end_at_the_shore(file: Path) -> None:
    """Nobody deploys on water: no zone holds a square kilometre of a lake, measured on the ellipsoid."""
    lakes = [f for f in read_basemap().lakes["features"] if "drained" not in f["properties"]]
    water = shapely.union_all([shape(feature["geometry"]) for feature in lakes])
    for feature in json.loads(file.read_text(encoding="utf-8"))["features"]:
        wet = shape(feature["geometry"]).intersection(water)
        assert abs(Geod(ellps="WGS84").geometry_area_perimeter(wet)[0]) < 1e6, feature["properties"]["name"]


@every_file
def test_outlines_follow_the_standard(file: Path) -> None:
    """Outlines are valid, exterior rings counter-clockwise, with 4 decimals and no repeated position."""
    for feature in json.loads(file.read_text(encoding="utf-8"))["features"]:
        outline = shape(feature["geometry"])
        lonlat = shapely.get_coordinates(outline)
        assert outline.is_valid
        assert (lonlat == lonlat.round(4)).all()
        for part in shapely.get_parts(outline):
            assert part.exterior.is_ccw
            for ring in (part.exterior, *part.interiors):
                assert all(start != end for start, end in itertools.pairwise(ring.coords))


@every_file
def test_zones_lie_in_their_country(file: Path) -> None:
    """At least 95 % of a zone lies in the country it names: the coast and the border are generalised."""
    countries = {
        feature["properties"]["iso_a2"]: shape(feature["geometry"])
        for feature in read_basemap().countries["features"]
    }
    for feature in json.loads(file.read_text(encoding="utf-8"))["features"]:
        outline, about = shape(feature["geometry"]), feature["properties"]
        inside = outline.intersection(countries[about["country"]])
        assert inside.area >= 0.95 * outline.area, about["name"]
