"""Exports, read back by GDAL, by a KML schema and as a scenario of our own."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import geopandas as gpd
import pyogrio
import pytest
import shapely
from click.testing import CliRunner
from fastkml import validator

from geo.briefing import fields, owncolumns
from geo.briefing.briefing import Briefing, build_briefing
from geo.cli import main
from geo.errors import DataError, UsageError
from geo.fronts.reading import find_front
from geo.renderers import formats
from geo.renderers.data import geopackage, kml, layers, table
from geo.renderers.formats import Shown
from geo.scenarios.scenario import Scenario, Zone, find_scenario, read_scenario

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


OWN: dict[str, list[Any]] = {
    "Населення": [12345, None],
    "nearest_km": ["so the user says", "far"],
    "ok": [True, False],
    "formula": ["=1+1", "@x"],
    "parts": [[1, 2], {"a": "б"}],
    "ratio": [0.5, 2],
}
"""Columns of a user's file: Cyrillic, with a name of ours, and of every type."""

RENAMED = {"nearest_km": "nearest_km_own"}


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a user's file and its export in every format."""
    folder = tmp_path_factory.mktemp("own")
    shapes = (shapely.box(30, 49, 31, 50), shapely.MultiPolygon([shapely.box(30, 46.5, 30.5, 47)]))
    zones = tuple(
        Zone(name, shape, country, properties={key: values[index] for key, values in OWN.items()})
        for index, (name, shape, country) in enumerate(
            zip(("Зона Київ", "Зона «Їжак»"), shapes, ("UA", None), strict=True)
        )
    )
    scenario = Scenario("my-zones", "Мої зони", "Two zones.", zones)
    built = build_briefing(scenario, find_front("2025-03-27"))
    for ending in ENDINGS:
        data = formats.render_file(Shown(built), "export", ending[1:])
        (folder / f"another-name{ending}").write_bytes(data)
    return folder


@pytest.mark.parametrize("ending", [each for each in ENDINGS if each not in (".csv", ".xlsx")])
def test_every_export_with_outlines_renders_again(own: Path, ending: str) -> None:
    """Names, countries, ids, own columns and figures are what they were, and a second export renames nothing."""
    again = read_scenario(own / f"another-name{ending}")
    assert (again.id, again.front, again.notes) == ("my-zones", "2025-03-27", ())
    assert [(zone.name, zone.country) for zone in again.zones] == [("Зона Київ", "UA"), ("Зона «Їжак»", None)]
    built = build_briefing(again, find_front("2025-03-27"))
    exported = gpd.read_file(own / "another-name.gpkg", layer="zones")
    assert [row.nearest_km for row in built.metrics.zones] == pytest.approx(list(exported["nearest_km"]))
    assert [row.area_km2 for row in built.metrics.zones] == pytest.approx(
        list(exported["area_km2"]), rel=1e-6
    )
    columns = owncolumns.find_own_columns(again.zones)
    assert [column.key for column in columns] == [RENAMED.get(key, key) for key in OWN]
    assert owncolumns.describe_renamed(again.zones) == []
    read = [str(column.read(row)) for column in columns for row in layers.build_rows(built)]
    assert read[2:4] == ["so the user says", "far"]
    assert read[6:10] == ["=1+1", "@x", "[1, 2]", '{"a": "б"}']


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_a_table_has_no_outlines_to_render(own: Path, ending: str) -> None:
    """Who renders a table is told that it is no map, and in which formats one is."""
    with pytest.raises(DataError, match=r"not a map.*GeoPackage"):
        read_scenario(own / f"another-name{ending}")


def test_own_columns_keep_their_types(own: Path) -> None:
    """Whole numbers, numbers, truth values and days are typed where the format has types."""
    kinds = dict(
        zip(
            *(
                pyogrio.read_info(own / "another-name.gpkg", layer="zones")[key]
                for key in ("fields", "ogr_types")
            ),
            strict=True,
        )
    )
    assert [kinds[key] for key in ("Населення", "nearest_km_own", "ratio")] == [
        "OFTInteger64",
        "OFTString",
        "OFTReal",
    ]
    assert kinds["front_as_of"] == "OFTDate"
    frame = gpd.read_parquet(own / "another-name.parquet")
    assert frame.crs == "EPSG:4326"
    assert [str(frame[key].dtype) for key in ("ok", "ratio")] == ["bool", "float64"]
    assert frame["front_as_of"][0] == date(2025, 3, 27)


def test_a_geopackage_is_of_the_version_that_qgis_of_debian_reads(folder: Path) -> None:
    """Version 1.3 stands in its header, and every layer has a style that is well-formed and the default."""
    with closing(sqlite3.connect(folder / "out.gpkg")) as database:
        assert database.execute("PRAGMA user_version").fetchone() == (10300,)
        styles = database.execute("SELECT f_table_name, styleQML, useAsDefault FROM layer_styles").fetchall()
    assert [name for name, _, _ in styles] == [name for name in fields.LAYERS if name != "claims"]
    for _, text, is_default in styles:
        root = ET.fromstring(text.partition("\n")[2])
        assert is_default == 1
        assert {rule.get("symbol") for rule in root.iter("rule")} == {
            symbol.get("name") for symbol in root.iterfind("renderer-v2/symbols/symbol")
        }


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
