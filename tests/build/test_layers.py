"""The functions that build the reference layers, on small made-up data."""

from __future__ import annotations

import pytest
import shapely
from shapely.geometry import LineString, MultiLineString, Point, Polygon, box, shape

from geo.errors import DataError
from seeds.build import gazetteer, layers, rivers
from seeds.build.coverage import (
    Region,
    derive_countries,
    derive_coverage,
    derive_lines,
    derive_regions,
    validate_coverage,
)
from seeds.build.geojson import render_compact

WINDOW = (0.0, 0.0, 10.0, 10.0)


@pytest.mark.parametrize(
    ("fips", "name"), [("UP11", "Crimea"), ("UP20", "Sevastopol"), ("UP13", "Kyiv"), ("UP17", "Odesa")]
)
def test_assign_region_follows_the_table(fips: str, name: str) -> None:
    """A record in our table takes its country and name from there, even where the source says Russia."""
    assert layers.assign_region("RU", fips, Point(0, 0)) == Region("UA", name, Point(0, 0))


def test_assign_region_elsewhere() -> None:
    """A record not in our table keeps its own country and no name, also without a code."""
    assert layers.assign_region("RU", "RS61", Point(0, 0)) == Region("RU", None, Point(0, 0))
    assert layers.assign_region("LV", None, Point(0, 0)) == Region("LV", None, Point(0, 0))


def test_derive_regions_joins_and_clips() -> None:
    """Records of one country and name become one region, made valid and cut at the extent; others go."""
    bow_tie = Polygon([(4, 0), (6, 2), (6, 0), (4, 2)])
    records = [
        Region("UA", "A", bow_tie),
        Region("PL", None, box(8, 0, 12, 2)),
        Region("US", None, box(50, 0, 51, 1)),
    ]
    poland, ukraine = derive_regions([*records, Region("UA", "A", box(0, 0, 4, 2))], WINDOW)
    assert (poland.country, poland.geometry.bounds) == ("PL", (8, 0, 10, 2))
    assert ukraine.geometry.is_valid
    assert ukraine.geometry.area == 8 + 2


def test_derive_lines_draws_each_edge_once() -> None:
    """An edge is coast, border or oblast by who lies on its two sides; the extent's rim is none of them."""
    regions = [
        Region("UA", "A", box(0, 0, 2, 2)),
        Region("UA", "B", box(2, 0, 4, 2)),
        Region("PL", None, Polygon([(0, 2), (2, 2), (4, 2), (4, 4), (0, 4)])),
        Region("PL", "C", box(4, 2, 6, 4)),
    ]
    lines = derive_lines(regions, WINDOW)
    assert lines["oblast"] == MultiLineString([[(2, 0), (2, 2)]])
    assert lines["border"] == MultiLineString([[(0, 2), (2, 2), (4, 2)]])
    assert not lines["coast"].intersects(LineString([(0, 1), (0, 3)]))  # the western rim
    assert lines["coast"].length == 2 + 2 + 2 + 2 + 4 + 2 - 2


def test_coarse_countries_keep_the_edges_of_fine_ones() -> None:
    """Simplifying a far country further leaves its edge with a fine one as that one has it."""
    wavy = [(5 + 0.03 * (i % 2), i / 10) for i in range(1, 100)]
    west = Polygon([(0, 0), (5, 0), *wavy, (5, 10), (0, 10)])
    shore = [(9 + 0.03 * (i % 2), 10 - i / 10) for i in range(1, 100)]
    east = Polygon([(5, 0), *wavy, (5, 10), (9, 10), *shore, (9, 0)])
    fine, coarse = derive_coverage([Region("UA", "A", west), Region("RU", None, east)], WINDOW, {"RU"})
    assert shapely.shared_paths(fine.geometry.exterior, coarse.geometry.exterior).length > 5
    assert shapely.get_num_coordinates(coarse.geometry) < shapely.get_num_coordinates(east) - 70
    assert shapely.get_num_coordinates(fine.geometry) > 90


def test_countries_keep_every_vertex() -> None:
    """A country dissolved from its regions keeps the vertices on their edges, so that zones still fit."""
    regions = [Region("UA", "A", box(0, 0, 2, 2)), Region("UA", "B", box(2, 0, 4, 2))]
    (ukraine,) = derive_countries(regions)
    assert {(2.0, 0.0), (2.0, 2.0)} <= set(ukraine.geometry.exterior.coords)


def test_validate_coverage_refuses_overlaps() -> None:
    """Neighbours that overlap are refused with a remedy."""
    with pytest.raises(DataError, match="overlap or gape"):
        validate_coverage([box(0, 0, 2, 2), box(1, 0, 3, 2)])


def test_river_pieces_are_joined_across_small_gaps() -> None:
    """Pieces that almost meet become one line; a piece farther off stays apart."""
    near = [LineString([(0, 0), (1, 0)]), LineString([(2, 0), (1.005, 0)])]
    assert rivers.derive_course(near).equals(LineString([(0, 0), (1, 0), (2, 0)]))
    assert len(rivers.derive_course([*near, LineString([(2.5, 0), (3, 0)])]).geoms) == 2


def test_gazetteer_renames_places() -> None:
    """A place is shown under our name, with the coordinates its source has under its own."""
    row = {"name": "Kyiv", "country": "UA", "rank": "1", "capital": "yes", "source": "s", "key": "Kiev"}
    (feature,) = gazetteer.build_features(
        [row | {"aliases": "Kiev;Kyyiv"}], {"s": {("UA", "Kiev"): (30.51659, 50.4)}}
    )
    assert feature["geometry"] == {"type": "Point", "coordinates": (30.517, 50.4)}
    assert feature["properties"] == {
        "name": "Kyiv", "country": "UA", "rank": 1, "capital": True, "aliases": ["Kiev", "Kyyiv"],
    }  # fmt: skip


def test_gazetteer_reports_every_missing_place() -> None:
    """Rows whose source lacks the place are reported together."""
    rows = [{"name": n, "country": "UA", "rank": "1", "source": "s", "key": n} for n in ("Xa", "Xb")]
    with pytest.raises(DataError) as error:
        gazetteer.build_features(rows, {"s": {}})
    assert [problem.what for problem in error.value.problems] == [
        "s has no 'Xa' in UA",
        "s has no 'Xb' in UA",
    ]


def test_layers_from_records() -> None:
    """Records become layers: Crimea in Ukraine, its edge to Kherson an oblast line, the Azov shore coast."""
    records = [
        layers.assign_region("RU", "UP11", box(33, 45, 35, 46)),
        layers.assign_region("UA", "UP08", box(33, 46, 35, 47)),
        layers.assign_region("RU", "RS38", box(37, 45, 39, 47)),
    ]
    built = layers.build_layers(records, {(1, "Dnipro"): [LineString([(34, 47), (33.5, 46.5)])]}, [])
    land = {f["properties"]["name"]: shape(f["geometry"]) for f in built["countries"]}
    assert land["Ukraine"].bounds == (33, 45, 35, 47)
    assert [f["properties"]["name"] for f in built["oblasts"]] == ["Crimea", "Kherson"]
    lines = {f["properties"]["kind"]: shape(f["geometry"]) for f in built["lines"]}
    assert lines["oblast"].bounds == (33, 46, 35, 46)
    assert lines["coast"].length == 8 + 8
    assert lines["border"].is_empty


def test_layers_do_not_depend_on_the_order_of_records() -> None:
    """The same records in another order give the same bytes."""
    records = [
        Region("UA", "Kherson", box(33, 46, 35, 47)),
        Region("UA", "Crimea", box(33, 45, 35, 46)),
        Region("RU", None, Polygon([(35, 45), (39, 45), (39, 47), (35, 47), (35, 46)])),
        Region("RU", None, box(39, 45, 40, 47)),
    ]
    forth, back = (layers.build_layers(list(order), {}, []) for order in (records, reversed(records)))
    assert [render_compact(layer) for layer in forth.values()] == [
        render_compact(layer) for layer in back.values()
    ]
