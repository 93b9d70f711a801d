"""Ground that changed sides between two fronts, against areas measured otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from pyproj import Geod, Proj
from shapely.geometry import box, mapping, shape

from geo.fronts.front import Front
from geo.fronts.reading import read_front
from geo.measuring.ground import OBLAST, SECTOR, Ground, measure_ground
from geo.reference import basemap
from tests.made_up.fronts import MEMBER, save_file

WEST, EAST, MIDDLE = 36.0, 36.5, 49.0


def read_line(folder: Path, name: str, lon: float, **member: Any) -> Front:
    """Return a front along a meridian, in a northern and a southern sector, from past one border to past the other."""
    north, south = [[lon, 52.0], [lon, MIDDLE]], [[lon, MIDDLE], [lon, 46.0]]
    return read_front(save_file(folder / f"{name}.geojson", north, south, member=MEMBER | member))


def read_area(folder: Path, name: str, *areas: Any) -> Front:
    return read_front(save_file(folder / f"{name}-2025-03-27.geojson", *map(mapping, areas)))


def measure(before: Front, after: Front) -> Ground:
    measured = measure_ground(before, after)
    assert measured is not None
    return measured


def cut_ukraine(west: float, south: float, east: float, north: float) -> Any:
    countries = basemap.read_basemap().countries["features"]
    outline = shape(next(each["geometry"] for each in countries if each["properties"]["iso_a2"] == "UA"))
    return shapely.intersection(outline, box(west, south, east, north))


def project_km2(area: Any) -> float:
    """Return an area by an equal-area projection of its own."""
    plane = Proj(proj="cea", lat_ts=48, ellps="WGS84")
    fine = shapely.segmentize(area, 0.01)
    return float(shapely.transform(fine, lambda at: np.column_stack(plane(*at.T))).area) / 1e6


def test_ground_between_two_lines(tmp_path: Path) -> None:
    """Between two meridians lies what the outline of Ukraine holds between them, in each sector its part."""
    ground = measure(read_line(tmp_path, "a", EAST), read_line(tmp_path, "b", WEST))
    north, south = cut_ukraine(WEST, MIDDLE, EAST, 53), cut_ukraine(WEST, 46, EAST, MIDDLE)
    assert ground.gained_km2 == pytest.approx(project_km2(north) + project_km2(south), rel=1e-5)
    assert (ground.lost_km2, ground.lost.is_empty, ground.shared_by) == (0.0, True, SECTOR)
    gained = {share.name: share.gained_km2 for share in ground.shares}
    assert gained["Sector 1"] == pytest.approx(project_km2(north), rel=0.01)
    assert gained["Sector 2"] == pytest.approx(project_km2(south), rel=0.01)
    assert sum(gained.values()) == pytest.approx(ground.gained_km2, rel=1e-9)


def test_what_is_sure_lies_off_both_lines(tmp_path: Path) -> None:
    """Of the ground between two lines of ±5 km, what lies over 5 km from either of them is gained for sure."""
    ground = measure(read_line(tmp_path, "a", EAST), read_line(tmp_path, "b", WEST))
    off = 5 / (np.cos(np.radians(49)) * 111.32)
    inner = project_km2(cut_ukraine(WEST + off, 46, EAST - off, 53))
    assert ground.gained_sure_km2 == pytest.approx(inner, rel=0.02)
    bare = {key: value for key, value in MEMBER.items() if key != "uncertainty_km"}
    line = save_file(tmp_path / "c.geojson", [[WEST, 52.0], [WEST, 46.0]], member=bare)
    assert measure(read_line(tmp_path, "a", EAST), read_front(line)).gained_sure_km2 is None


def test_ground_between_two_areas(tmp_path: Path) -> None:
    """Areas are on the ellipsoid, and belong to oblasts where no front was drawn in sectors."""
    before = read_area(tmp_path, "a", box(36, 47.2, 38, 48.5))
    after = read_area(tmp_path, "b", box(35.5, 47.2, 37.5, 48.5))
    ground = measure(before, after)
    ring = shapely.segmentize(box(35.5, 47.2, 36, 48.5), 0.005)
    area_m2, _ = Geod(ellps="WGS84").geometry_area_perimeter(ring)
    assert ground.gained_km2 == pytest.approx(abs(area_m2) / 1e6, rel=1e-6)
    assert ground.lost_km2 == pytest.approx(ground.gained_km2, rel=1e-6)
    assert ground.shared_by == OBLAST
    assert {"Zaporizhzhia", "Dnipropetrovsk", "Donetsk"} <= {share.name for share in ground.shares}


def test_the_other_way_round(tmp_path: Path) -> None:
    """With the fronts exchanged, what was gained is lost, in every sector."""
    fronts = read_line(tmp_path, "a", EAST), read_area(tmp_path, "b", box(36, 47.2, 38, 48.5))
    there, back = measure(*fronts), measure(*reversed(fronts))
    assert (there.gained_km2, there.lost_km2) == (back.lost_km2, back.gained_km2)
    assert there.gained_km2 > 0 and there.lost_km2 > 0
    turned = {share.name: (share.lost_km2, share.gained_km2) for share in back.shares}
    assert {share.name: (share.gained_km2, share.lost_km2) for share in there.shares} == turned


def test_the_same_front_twice(tmp_path: Path) -> None:
    """Between a front and itself lies nothing at all, not even a sliver."""
    for front in (read_line(tmp_path, "a", EAST), read_area(tmp_path, "b", box(36, 47.2, 38, 48.5))):
        ground = measure(front, front)
        assert (ground.gained_km2, ground.lost_km2, ground.shares) == (0.0, 0.0, ())
        assert ground.gained.is_empty and ground.lost.is_empty


def test_a_line_without_sides(tmp_path: Path) -> None:
    """Of a line whose file does not say which side is held, or that cuts nothing off, no ground is known."""
    whole = read_line(tmp_path, "a", EAST)
    unsaid = save_file(tmp_path / "line-2025-03-27.geojson", [[36.0, 52.0], [36.0, 46.0]])
    short = save_file(tmp_path / "short.geojson", [[36.0, 49.0], [36.0, 48.0]], member=MEMBER)
    for file in (unsaid, short):
        assert measure_ground(whole, read_front(file)) is None


def test_a_hole_freed_inside_the_area_is_lost(tmp_path: Path) -> None:
    """Ground that is freed in the middle of an area is counted, and taken again it is gained; the rest is the same."""
    area, hole = box(36.0, 47.5, 38.0, 49.5), box(36.8, 48.3, 37.2, 48.6)
    whole = read_area(tmp_path, "whole", area)
    pierced = read_area(tmp_path, "pierced", shapely.difference(area, hole))
    freed, retaken = measure(whole, pierced), measure(pierced, whole)
    assert freed.lost_km2 == pytest.approx(project_km2(hole), rel=1e-4)
    assert (freed.gained_km2, retaken.lost_km2) == (0.0, 0.0)
    assert retaken.gained_km2 == pytest.approx(freed.lost_km2)
    assert measure(pierced, pierced).lost_km2 == 0.0
