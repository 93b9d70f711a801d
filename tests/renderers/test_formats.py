"""Intervals in every format: people read one and the same, and data carry it at full precision."""

from __future__ import annotations

import csv
import io
import json
import math

import pytest
from pptx import Presentation
from pypdf import PdfReader

from geo.briefing import tables
from geo.briefing.briefing import Briefing, build_briefing
from geo.fronts.reading import find_front
from geo.renderers.data import geojson, kml, table
from geo.renderers.figure import build_printout, render_pdf
from geo.renderers.slides import render_pptx
from geo.renderers.webmap.map import render_html
from geo.scenarios.scenario import find_scenario


@pytest.fixture(scope="module")
def briefing() -> Briefing:
    return build_briefing(find_scenario("dnipro-line"), find_front("2025-03-27"))


@pytest.fixture(scope="module")
def ranges(briefing: Briefing) -> list[str]:
    """Return between what the nearest distances lie, as people read it: rounded outwards to 5 km."""
    ends = [(row.nearest_low_km or 0, row.nearest_high_km or 0) for row in briefing.metrics.rows]
    return [f"{5 * math.floor(low / 5)}–{5 * math.ceil(high / 5)}" for low, high in ends]


def read_slide(data: bytes) -> str:
    shapes = Presentation(io.BytesIO(data)).slides[0].shapes
    return " ".join(
        cell.text for shape in shapes if shape.has_table for row in shape.table.rows for cell in row.cells
    )


def test_people_read_the_same_interval_everywhere(briefing: Briefing, ranges: list[str]) -> None:
    """Terminal, Markdown, page, A4, and slide show each nearest distance with the same two ends."""
    pdf = "".join(
        page.extract_text() for page in PdfReader(io.BytesIO(render_pdf(build_printout(briefing)))).pages
    )
    texts = {
        "terminal": tables.render_table(briefing.metrics, briefing.front),
        "markdown": tables.render_markdown(briefing.metrics, briefing.front),
        "page": render_html(briefing).decode(),
        "pdf": pdf,
        "slide": read_slide(render_pptx(briefing)),
    }
    assert [(name, each) for name, text in texts.items() for each in ranges if each not in text] == []


def test_data_carry_the_ends_at_full_precision(briefing: Briefing) -> None:
    """GeoJSON, CSV and KML have low, high and the deciding sectors of every zone."""
    zones = briefing.metrics.zones
    features = json.loads(geojson.render_geojson(briefing))["features"]
    rows = list(csv.DictReader(io.StringIO(table.render_csv(briefing).decode("utf-8-sig"))))
    globe = kml.render_kml(briefing).decode()
    for zone, feature, row in zip(zones, features, rows, strict=False):
        assert feature["properties"]["nearest_low_km"] == zone.nearest_low_km == float(row["nearest_low_km"])
        assert (
            feature["properties"]["farthest_high_km"]
            == zone.farthest_high_km
            == float(row["farthest_high_km"])
        )
        assert row["nearest_sector"] == zone.nearest_sector
        assert row["nearest_low_sector"] == zone.nearest_low_sector
        assert str(zone.nearest_low_km) in globe
