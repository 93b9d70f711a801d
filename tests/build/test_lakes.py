"""The lakes of the reference layers, built from small made-up shapes."""

from __future__ import annotations

import pytest
from shapely.geometry import Point, Polygon, box, shape

from geo.errors import DataError
from seeds.build import lakes

ROW = {"name": "Blue Lake", "lon": "1.5", "lat": "1.5", "tolerance_deg": "0", "drained": ""}


def test_a_lake_is_found_by_a_point_in_it() -> None:
    """The shape that holds a row's point takes its name; shapes that no row asks for are left out."""
    (lake,) = lakes.build_lakes([box(5, 5, 6, 6), box(1, 1, 2, 2)], [ROW], box(0, 0, 10, 10))
    assert lake["properties"] == {"name": "Blue Lake", "label": [1.5, 1.5]}
    assert shape(lake["geometry"]).equals(box(1, 1, 2, 2))


def test_a_lake_ends_with_the_land() -> None:
    """What lies in the sea is sea, and where a lake only touches the land nothing is left of that."""
    lagoon = Polygon([(1, 1), (3, 1), (3, 3), (2, 2), (1, 3)])
    (lake,) = lakes.build_lakes([lagoon], [ROW], box(0, 0, 2, 2).union(box(3, 1, 4, 4)))
    clipped = shape(lake["geometry"])
    assert clipped.geom_type == "Polygon"
    assert clipped.bounds == (1, 1, 2, 2)


def test_a_drained_reservoir_says_since_when() -> None:
    """It keeps its outline, which is no water any more."""
    (lake,) = lakes.build_lakes([box(1, 1, 2, 2)], [ROW | {"drained": "May 2024"}], box(0, 0, 10, 10))
    assert lake["properties"]["drained"] == "May 2024"


def test_a_lake_is_drawn_as_finely_as_its_row_says() -> None:
    """A wavy shore loses its waves, and keeps every vertex with tolerance 0, to 4 decimals."""
    wavy = Point(1.5, 1.5).buffer(0.4, quad_segs=90)
    fine, plain = (
        lakes.build_lakes([wavy], [ROW | {"tolerance_deg": size}], box(0, 0, 10, 10))[0]["geometry"][
            "coordinates"
        ]
        for size in ("0", "0.01")
    )
    assert len(fine[0]) == 361
    assert len(plain[0]) < 40
    assert all(round(lon, 4) == lon and round(lat, 4) == lat for lon, lat in fine[0])


def test_every_row_without_a_lake_is_reported() -> None:
    """Points in no shape are named together, with what to do."""
    rows = [ROW | {"lon": "8"}, ROW | {"lon": "9", "name": ""}]
    with pytest.raises(DataError) as error:
        lakes.build_lakes([box(1, 1, 2, 2)], rows, box(0, 0, 10, 10))
    assert [problem.what for problem in error.value.problems] == [
        "no lake lies at 8, 1.5 (Blue Lake)",
        "no lake lies at 9, 1.5 (without a name)",
    ]


def test_shipped_lakes_can_be_built_again() -> None:
    """Every row of the table is in the layer that ships, in order and under its name."""
    from seeds.build.geojson import read_layer

    assert [about["name"] for about, _ in read_layer("lakes")] == [
        row["name"] or None for row in lakes.read_rows()
    ]
