"""Exports, read back by GDAL, by a KML schema and as a scenario of our own."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import geopandas as gpd
import pyogrio
import pytest
import shapely
from click.testing import CliRunner
from fastkml import validator

from geo.briefing import fields
from geo.briefing.briefing import Briefing, build_briefing
from geo.cli import main
from geo.errors import UsageError
from geo.fronts.front import find_front
from geo.renderers import formats
from geo.renderers.data import geopackage, kml, table
from geo.renderers.formats import Shown
from geo.scenarios.scenario import find_scenario, read_scenario

ENDINGS = tuple(f".{suffix}" for suffix in formats.find_suffixes("export"))


@pytest.fixture(scope="module")
def briefing() -> Briefing:
    return build_briefing(find_scenario("neighbouring-country"), find_front("2025-03-27"))


@pytest.fixture(scope="module")
def folder(briefing: Briefing, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    for ending in ENDINGS:
        file = folder / f"out{ending}"
        file.write_bytes(formats.render_file(Shown(briefing), "export", ending[1:]))
    return folder


@pytest.mark.parametrize(
    ("name", "layer"), [("out.geojson", None), ("out.gpkg", "zones"), ("out.kml", "Zones")]
)
def test_gdal_reads_the_zones_with_their_metrics(
    folder: Path, briefing: Briefing, name: str, layer: str
) -> None:
    """Outlines and figures come back through GDAL to the last digit that matters, units in the names."""
    frame = gpd.read_file(folder / name, layer=layer) if layer else gpd.read_file(folder / name)
    assert frame.crs.to_epsg() == 4326
    for index, (zone, row) in enumerate(zip(briefing.scenario.zones, briefing.metrics.zones, strict=True)):
        read = frame.iloc[index]
        assert read.geometry.symmetric_difference(zone.geometry).area < 1e-8
        for column in ("nearest_km", "mean_km", "median_km", "farthest_km", "area_km2"):
            assert float(read[column]) == pytest.approx(getattr(row, column), rel=1e-9)
        assert float(read["band_500_plus_km_share"]) == pytest.approx(row.bands[-1].share)
        assert str(read["front_as_of"]).startswith("2025-03-27")  # GDAL may read a day as one
        assert read["front_definition"] == "contact"


def test_geopackage_has_front_distances_and_claims(folder: Path, briefing: Briefing) -> None:
    """Front and shortest distances are layers of lines, claims a table without geometry, the manifest metadata."""
    file = folder / "out.gpkg"
    assert [name for name, _ in pyogrio.list_layers(file)] == [*fields.LAYERS, "layer_styles"]
    front = gpd.read_file(file, layer="front")
    lines = shapely.union_all([sector.line for sector in briefing.front.sectors])
    assert front.geometry.union_all().symmetric_difference(lines).length < 1e-9
    (beyond,) = gpd.read_file(file, layer="beyond").geometry
    assert beyond.symmetric_difference(briefing.far_ground).area < 1e-9
    assert len(gpd.read_file(file, layer="nearest")) == len(briefing.scenario.zones)
    claims = pyogrio.read_dataframe(file, layer="claims")
    assert list(claims["id"]) == [claim.id for claim in briefing.claims]
    assert list(claims["attributed_to"]) == [claim.attributed_to for claim in briefing.claims]
    manifest = json.loads(pyogrio.read_info(file, layer="zones")["dataset_metadata"]["geo-manifest"])
    assert manifest["scenarios"][0]["sha256"] == briefing.scenario.sha256


def test_kml_follows_the_schema(folder: Path, briefing: Briefing) -> None:
    """The KML 2.2 schema accepts it; zones, front, distances and claims have folders of their own."""
    assert validator.validate(file_to_validate=folder / "out.kml")
    space = "{http://www.opengis.net/kml/2.2}"
    folders = ET.parse(folder / "out.kml").getroot().iter(f"{space}Folder")
    found = {each.findtext(f"{space}name"): len(each.findall(f"{space}Placemark")) for each in folders}
    zones = len(briefing.scenario.zones)
    expected = {"Zones": zones, "Front": len(briefing.front.sectors), "Shortest distances": zones}
    expected |= {"Held by Russian forces as reported": 1, "Uncertainty of the line": 1}
    expected["Lines of equal distance"] = len(briefing.isolines)
    assert found == {**expected, "Claims": len(briefing.claims)}


def test_exported_geojson_is_still_a_scenario(folder: Path, briefing: Briefing) -> None:
    """It can be read back, with the same zones, claims and front, and rendered again."""
    again = read_scenario(folder / "out.geojson")
    assert [zone.name for zone in again.zones] == [zone.name for zone in briefing.scenario.zones]
    assert all(
        one.geometry.equals(other.geometry)
        for one, other in zip(again.zones, briefing.scenario.zones, strict=True)
    )
    assert (again.id, again.claims, again.front) == (
        briefing.scenario.id,
        briefing.scenario.claims,
        "2025-03-27",
    )


def test_csv_cells_are_no_formulas(briefing: Briefing) -> None:
    """A zone named like a formula is text to a spreadsheet."""
    rows = tuple(replace(row, zone="=HYPERLINK(1)") for row in briefing.metrics.zones)
    hostile = replace(briefing, metrics=replace(briefing.metrics, zones=rows))
    cells = list(csv.DictReader(io.StringIO(table.render_csv(hostile).decode("utf-8-sig"))))
    assert cells[0]["zone"] == "'=HYPERLINK(1)"


def test_hostile_text_stays_text(make_briefing: Callable[..., Briefing], tmp_path: Path) -> None:
    """Markup and control characters in names neither break the KML nor the GeoPackage."""
    hostile = make_briefing(("</name>\x00\x0b<script>",), "]]>&\x00\ud7ff")
    (tmp_path / "out.kml").write_bytes(kml.render_kml(hostile))
    assert validator.validate(file_to_validate=tmp_path / "out.kml")
    (tmp_path / "out.gpkg").write_bytes(geopackage.render_gpkg(hostile))
    assert len(gpd.read_file(tmp_path / "out.gpkg", layer="zones")) == 1


def test_a_globe_shows_text_and_no_markup(make_briefing: Callable[..., Briefing]) -> None:
    """What a user wrote is escaped in descriptions, which globes read as HTML; truth values are KML's own."""
    root = ET.fromstring(kml.render_kml(make_briefing(("Zone",), "<img src=x onerror=alert(1)> & co")))
    space = "{http://www.opengis.net/kml/2.2}"
    written = [element.text or "" for element in root.iter(f"{space}description")]
    assert any("&lt;img src=x" in text for text in written)
    assert not any("<" in text for text in written)
    values = {data.get("name"): data[0].text for data in root.iter(f"{space}Data")}
    assert values["candidate"] == "false"


def test_same_input_same_bytes(folder: Path, briefing: Briefing) -> None:
    """Writing again gives the same bytes, the GeoPackage's notes of the day included."""
    for ending in ENDINGS:
        file = folder / f"out{ending}"
        assert formats.render_file(Shown(briefing), "export", ending[1:]) == file.read_bytes()


def test_unknown_ending_is_a_clear_error(tmp_path: Path) -> None:
    """The message names the endings there are, and nothing is written."""
    with pytest.raises(UsageError, match=r"\.geojson, \.gpkg, \.kml, \.kmz, \.csv"):
        formats.find_suffix("zones.shp", "export")
    result = CliRunner().invoke(main, ["export", "dnipro-line", "--out", str(tmp_path / "zones.shp")])
    assert result.exit_code == 2
    assert not list(tmp_path.iterdir())


def test_command_writes_the_file_named(tmp_path: Path) -> None:
    """The path goes to stderr, nothing to stdout."""
    target = tmp_path / "new" / "zones.KML"
    result = CliRunner().invoke(main, ["export", "dnipro-line", "--out", str(target)])
    assert (result.exit_code, result.stdout) == (0, "")
    assert target.is_file()
