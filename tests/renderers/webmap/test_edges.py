"""The edges that countries share on a page."""

from __future__ import annotations

from typing import Any

import pytest
import shapely
from shapely.geometry import shape

from geo.reference.basemap import read_basemap
from geo.renderers.webmap.edges import share_edges

SCALE = 1000

Ring = list[tuple[int, int]]


def join(numbers: list[int], edges: list[Any]) -> Ring:
    """Join edges as the page's script does."""
    return [at for n in numbers for at in (edges[-1 - n][::-1] if n < 0 else edges[n])[1:]]


def test_two_countries_and_an_island() -> None:
    """A border stands once and is run backwards by one side; the rim is no line; an island is an edge of its own."""
    west = [[[0, 0], [2, 0], [2, 1], [2, 2], [0, 2], [0, 0]]]
    east = [[[2, 2], [2, 1], [2, 0], [4, 0], [4, 2], [2, 2]]]
    island = [[[6, 0], [7, 0], [7, 1], [6, 0]]]
    lines = {
        "border": [[[2, 0], [2, 1], [2, 2]]],
        "coast": [[[2, 2], [4, 2], [4, 0], [2, 0]], [[7, 0], [7, 1], [6, 0], [7, 0]]],
    }
    edges, spans, outlines = share_edges([west, [east, island]], lines, 1)
    assert spans == {"coast": (0, 2), "border": (2, 3)}
    assert edges[2] == ((2, 0), (2, 1), (2, 2))
    assert edges[3:] == [((2, 2), (0, 2), (0, 0), (2, 0))]  # the western rim
    assert outlines == [[[[2, 3]]], [[[-3, -1]], [[1]]]]


def test_the_countries_of_the_map_come_back() -> None:
    """Joined again, the edges are the countries of the reference layers, and no edge stands twice."""
    basemap = read_basemap()
    features = basemap.countries["features"]
    lines = {f["properties"]["kind"]: f["geometry"]["coordinates"] for f in basemap.lines["features"]}
    edges, spans, outlines = share_edges([f["geometry"]["coordinates"] for f in features], lines, SCALE)
    assert len({min(edge, edge[::-1]) for edge in edges}) == len(edges)
    for feature, outline in zip(features, outlines, strict=True):
        parts = [[join(ring, edges) for ring in rings] for rings in outline]
        land = shapely.MultiPolygon([(rings[0], rings[1:]) for rings in parts])
        assert shapely.equals(
            shapely.transform(land, lambda units: units / SCALE), shape(feature["geometry"])
        )
    for kind, (first, end) in spans.items():
        drawn = sum(shapely.LineString(edge).length for edge in edges[first:end]) / SCALE
        assert drawn == pytest.approx(shape({"type": "MultiLineString", "coordinates": lines[kind]}).length)
