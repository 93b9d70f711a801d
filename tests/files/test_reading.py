"""The same two zones out of every kind of file that people keep zones in."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from shapely.geometry import LineString, MultiPolygon, Point, box, mapping

from geo.errors import DataError, UsageError
from geo.files import limits
from geo.fronts.reading import read_front
from geo.scenarios.scenario import read_scenario

NAMES = ["Київ", "Одеса"]
SHAPES = [box(30, 50, 31, 50.5), box(30.2, 46.2, 31, 46.8)]
LINE = LineString([(37.8, 50.0), (37.6, 49.2), (37.9, 48.5), (36.9, 48.1)])
BOW = shapely.Polygon([(32, 49), (33, 50), (33, 49), (32, 50)])

Made = bytes | Path


def frame(**columns: Any) -> gpd.GeoDataFrame:
    """Return the two zones, named, as a table with further columns."""
    return gpd.GeoDataFrame({"name": NAMES, **columns}, geometry=SHAPES, crs="EPSG:4326")


def feature(shape: Any, name: str | None = None, **members: Any) -> dict[str, Any]:
    """Return a feature that may have a name, and may be without a geometry."""
    about = {"properties": {} if name is None else {"name": name}, **members}
    return {"type": "Feature", "geometry": None if shape is None else mapping(shape), **about}


def text(*more: Any, **members: Any) -> bytes:
    """Return the two zones as GeoJSON, with more features and members."""
    features = [feature(shape, name) for shape, name in zip(SHAPES, NAMES, strict=True)]
    return json.dumps({"type": "FeatureCollection", "features": [*features, *more], **members}).encode()


def lines(separator: str = "") -> bytes:
    return "".join(f"{separator}{json.dumps(each)}\n" for each in json.loads(text())["features"]).encode()


def save(folder: Path, name: str, driver: str, table: gpd.GeoDataFrame | None = None, **how: Any) -> Path:
    how.setdefault("engine", "pyogrio")
    (frame() if table is None else table).to_file(folder / name, driver=driver, **how)
    return folder / name


def pack(*files: Path | tuple[str, bytes], way: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", way) as archive:
        for file in files:
            archive.writestr(*(file if isinstance(file, tuple) else (file.name, file.read_bytes())))
    return held.getvalue()


def save_shapefile(folder: Path, encoding: str, *, declared: str | None = None, crs: bool = True) -> Path:
    file = save(folder, "layer.shp", "ESRI Shapefile", encoding=encoding)
    (folder / "layer.cpg").unlink(missing_ok=True)
    table = bytearray((folder / "layer.dbf").read_bytes())
    table[29] = 0
    (folder / "layer.dbf").write_bytes(table)
    if declared is not None:
        (folder / "layer.cpg").write_text(declared)
    if not crs:
        (folder / "layer.prj").unlink()
    return file


def save_zipped(folder: Path) -> bytes:
    save(folder, "z.shp", "ESRI Shapefile", frame().to_crs("EPSG:6381"), encoding="UTF-8")
    return pack(*folder.glob("z.*"))


def write_topology(*, is_quantised: bool = False) -> bytes:
    arcs: list[Any] = [[[*map(float, at)] for at in shape.exterior.coords] for shape in SHAPES]
    shapes = [
        {"type": "Polygon", "arcs": [[0]], "properties": {"name": NAMES[0]}},
        {"type": "MultiPolygon", "arcs": [[[-2]]], "properties": {"name": NAMES[1]}},
    ]
    topology: dict[str, Any] = {"type": "Topology", "objects": {"z": {"type": "GeometryCollection"}}}
    topology["objects"]["z"]["geometries"] = shapes
    if is_quantised:
        topology["transform"] = {"scale": [0.1, 0.1], "translate": [30, 46]}
        steps = [[[round((x - 30) * 10), round((y - 46) * 10)] for x, y in arc] for arc in arcs]
        arcs = [[arc[0], *([b[0] - a[0], b[1] - a[1]] for a, b in pairwise(arc))] for arc in steps]
    return json.dumps(topology | {"arcs": arcs}).encode()


def write_kml(folder: Path) -> bytes:
    marks = "".join(
        f"<Placemark><name>{name}</name><Polygon><outerBoundaryIs><LinearRing><coordinates>"
        f"{' '.join(f'{x},{y},0' for x, y in shape.exterior.coords)}"
        "</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>"
        for name, shape in zip(NAMES, SHAPES, strict=True)
    )
    label = "<Placemark><name>a label</name><Point><coordinates>30,50</coordinates></Point></Placemark>"
    return f'<?xml version="1.0" encoding="UTF-8"?><kml><Document>{marks}{label}</Document></kml>'.encode()


def write_parquet(folder: Path, crs: str) -> Path:
    frame(population=[1, 2]).to_crs(crs).to_parquet(folder / "z.parquet")
    return folder / "z.parquet"


def save_layers(folder: Path) -> Path:
    save(folder, "z.gpkg", "GPKG", layer="zones")
    labels = gpd.GeoDataFrame({"name": ["x"]}, geometry=[Point(30, 50)], crs="EPSG:4326")
    return save(folder, "z.gpkg", "GPKG", labels, layer="labels", mode="a")


def in_crs(code: str) -> bytes:
    table = json.loads(frame().to_crs(code).to_json())
    return json.dumps(table | {"crs": {"type": "name", "properties": {"name": code}}}).encode()


KINDS: dict[str, Callable[[Path], Made]] = {
    "GeoJSON": lambda folder: text(),
    "GeoJSON with a mark first": lambda folder: b"\xef\xbb\xbf" + text(),
    "GeoJSON in UTF-16": lambda folder: text().decode().encode("utf-16"),
    "one feature a line": lambda folder: lines(),
    "RFC 8142": lambda folder: lines("\x1e"),
    "geometry collection": lambda folder: json.dumps(
        {"type": "FeatureCollection", "features": [
            feature(shapely.GeometryCollection([shape, Point(30, 50)]), name)
            for shape, name in zip(SHAPES, NAMES, strict=True)]}
    ).encode(),
    "an object around it": lambda folder: b'{"id": 5, "map": ' + text() + b"}",
    "gzip": lambda folder: gzip.compress(text()),
    "zipped GeoJSON": lambda folder: pack(("a/z.geojson", text()), ("meta.json", b"{}"), ("__MACOSX/z.geojson", b"")),
    "TopoJSON": lambda folder: write_topology(),
    "quantised TopoJSON": lambda folder: write_topology(is_quantised=True),
    "GeoPackage": lambda folder: save(folder, "z.gpkg", "GPKG"),
    "GeoPackage in UTM": lambda folder: save(folder, "z.gpkg", "GPKG", frame().to_crs("EPSG:32636")),
    "GeoPackage with labels in a second layer": save_layers,
    "gzipped GeoPackage": lambda folder: gzip.compress(save(folder, "z.gpkg", "GPKG").read_bytes()),
    "Shapefile": lambda folder: save(folder, "z.shp", "ESRI Shapefile", encoding="UTF-8"),
    "Shapefile in Windows-1251": lambda folder: save_shapefile(folder, "cp1251", declared="1251"),
    "Shapefile in Windows-1251 that says nothing": lambda folder: save_shapefile(folder, "cp1251"),
    "Shapefile in Windows-1251 that says UTF-8": lambda folder: save_shapefile(folder, "cp1251", declared="UTF-8"),
    "Shapefile in CP866": lambda folder: save_shapefile(folder, "cp866", declared="CP866"),
    "Shapefile without a .prj": lambda folder: save_shapefile(folder, "UTF-8", crs=False),
    "zipped Shapefile": save_zipped,
    "FlatGeobuf": lambda folder: save(folder, "z.fgb", "FlatGeobuf", SPATIAL_INDEX="NO"),
    "GeoParquet": lambda folder: write_parquet(folder, "EPSG:4326"),
    "GeoParquet in Web Mercator": lambda folder: write_parquet(folder, "EPSG:3857"),
    "KML": write_kml,
    "KMZ": lambda folder: pack(("doc.kml", write_kml(folder))),
    "older GeoJSON, WGS 84 by name": lambda folder: text(crs={"type": "name", "properties": {"name": "WGS 84"}}),
    "older GeoJSON with heights": lambda folder: in_crs("EPSG:4979"),
    "older GeoJSON in Web Mercator": lambda folder: in_crs("EPSG:3857"),
    "older GeoJSON, ETRS89": lambda folder: in_crs("EPSG:4258"),
    "a feature not drawn yet": lambda folder: text(feature(None, "later")),
    "an empty one": lambda folder: text(feature(shapely.Polygon())),
    "a label": lambda folder: text(feature(Point(30, 50), "label"), feature(LINE, "road")),
    "ids that stand twice": lambda folder: text(feature(None, id=1), feature(None, id=1)),
    "NaN in a column": lambda folder: text().replace(b'"properties": {', b'"properties": {"people": NaN, '),
}  # fmt: skip


@pytest.mark.parametrize("make", KINDS.values(), ids=KINDS)
def test_same_zones_from_every_kind(make: Callable[[Path], Made], tmp_path: Path) -> None:
    """Names and outlines are those that were written, whatever the file is called."""
    made = make(tmp_path)
    file = made if isinstance(made, Path) else tmp_path / "zones.data"
    if isinstance(made, bytes):
        file.write_bytes(made)
    read = read_scenario(file)
    assert [zone.name for zone in read.zones] == NAMES
    for zone, shape in zip(read.zones, SHAPES, strict=True):
        assert shapely.hausdorff_distance(zone.geometry.boundary, shape.boundary) < 2e-2
        assert shapely.symmetric_difference(zone.geometry, shape).area < 5e-3 * shape.area
    json.dumps([dict(zone.properties) for zone in read.zones], allow_nan=False)
    assert len(read.sha256 or "") == 64


def test_single_feature_and_geometry(tmp_path: Path) -> None:
    """One feature, or a bare geometry, is one zone."""
    for value in (feature(SHAPES[0], "A"), mapping(SHAPES[0]), mapping(MultiPolygon(SHAPES[:1]))):
        (tmp_path / "z.json").write_text(json.dumps(value))
        (zone,) = read_scenario(tmp_path / "z.json").zones
        assert shapely.equals(zone.geometry, SHAPES[0])


def test_columns_are_kept(tmp_path: Path) -> None:
    """The user's own columns come in the file's order, with their case, and as plain values."""
    table = frame(PCODE=["UA80", "UA51"], people=[1.5, float("nan")])
    save(tmp_path, "z.gpkg", "GPKG", table)
    zones = read_scenario(tmp_path / "z.gpkg").zones
    assert [list(zone.properties.items()) for zone in zones] == [
        [("PCODE", "UA80"), ("people", 1.5)],
        [("PCODE", "UA51"), ("people", None)],
    ]


def test_layers_to_choose_from(tmp_path: Path) -> None:
    """Of several layers or maps one is chosen by name; without, they are listed."""
    for layer in ("north", "south"):
        save(tmp_path, "z.gpkg", "GPKG", frame(), layer=layer, mode="a" if layer == "south" else "w")
    (tmp_path / "z.zip").write_bytes(pack(("north.geojson", text()), ("south.geojson", text())))
    for file in (tmp_path / "z.gpkg", tmp_path / "z.zip"):
        assert len(read_scenario(file, layer="South").zones) == 2
        with pytest.raises(DataError, match=r"2 (layers|maps): .*north.*Choose one with --zone-layer"):
            read_scenario(file)
        with pytest.raises(UsageError, match="There is no layer 'west'"):
            read_scenario(file, layer="west")


def test_numbers_as_names_beside_an_empty_one(tmp_path: Path) -> None:
    """A column of whole numbers, which a table with a gap gives as 1.0, still names the zones."""
    zones = frame().assign(name=[7.0, None])
    read = read_scenario(save(tmp_path, "z.gpkg", "GPKG", zones))
    assert [zone.name for zone in read.zones] == ["7", "Zone 2"]


def test_fronts_from_the_new_kinds(tmp_path: Path) -> None:
    """A front is read from GPX, one feature a line, TopoJSON, GeoParquet and gzip as well."""
    point = "".join(f'<trkpt lon="{x}" lat="{y}"/>' for x, y in LINE.coords)
    topology = {
        "type": "Topology",
        "arcs": [[*map(list, LINE.coords)]],
        "objects": {"a": {"type": "LineString"}},
    }
    topology["objects"]["a"]["arcs"] = [0]  # type: ignore[index]
    gpd.GeoDataFrame(geometry=[LINE], crs="EPSG:4326").to_parquet(tmp_path / "p.parquet")
    made = {
        "a.gpx": f"<gpx><wpt lon='37' lat='48'/><trk><trkseg>{point}</trkseg></trk></gpx>".encode(),
        "a.json": f"<gpx><rte>{point.replace('trkpt', 'rtept')}</rte></gpx>".encode(),
        "a.geojsonl": "".join(json.dumps(feature(LINE)) + "\n" for _ in range(2)).encode(),
        "a.topojson": json.dumps(topology).encode(),
        "a.geojson.gz": gzip.compress(json.dumps(feature(LINE)).encode()),
        "a.parquet": (tmp_path / "p.parquet").read_bytes(),
    }
    for name, data in made.items():
        file = tmp_path / f"2025-03-27-{name}"
        file.write_bytes(data)
        assert shapely.equals_exact(read_front(file).line.geoms[0], LINE, 1e-9), name


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "PDF": (lambda: b"%PDF-1.7\n\x00", "a PDF document, not a map"),
    "workbook": (lambda: pack(("[Content_Types].xml", b""), ("xl/workbook.xml", b"")), "an Excel workbook, not a map"),
    "archive in an archive": (lambda: pack(("a.zip", pack(("a.geojson", text())))), "The archive holds no map"),
    "geodatabase": (lambda: pack(("a.gdb/a0001.gdbtable", b"")), r"File Geodatabase \(.gdb\), which is not read"),
    "cut off": (lambda: gzip.compress(text())[:-20], "damaged or cut off"),
    "many members": (lambda: gzip.compress(b"") * 100_000, "The file is empty"),
    "broken LZMA": (
        lambda: pack(("a.geojson", text()), way=zipfile.ZIP_LZMA).replace(b"\x05\0]", b"\x05\0\xff"),
        "The zip archive is damaged",
    ),
    "collections in collections": (
        lambda: b"<kml><Placemark>" + b"<MultiGeometry>" * 9000 + b"</MultiGeometry>" * 9000 + b"</Placemark></kml>",
        "Every geometry is missing",
    ),
    "heights": (
        lambda: text(crs={"type": "name", "properties": {"name": "EPSG:5773"}}),
        "a reference system that is not known",
    ),
    "bomb": (lambda: gzip.compress(b"\0" * 2000), "unpacks to more than"),
    "table": (lambda: b"name,lon,lat\nA,30,50\n", "plain text, not a map"),
    "link": (lambda: b"<kml><NetworkLink><href>http://x</href></NetworkLink></kml>", "only links to a map on the net"),
    "track": (lambda: b"<gpx><trk><trkseg/></trk></gpx>", "Every geometry is missing"),
    "arcs that are not there": (lambda: write_topology().replace(b"[[0]]", b"[[9]]"), "arcs of the TopoJSON file are"),
    "arcs without end": (lambda: write_topology().replace(b"[[0]]", b"[[" + b"0," * 300_000 + b"0]]"), "are damaged"),
}  # fmt: skip


@pytest.mark.parametrize(("make", "said"), BAD.values(), ids=BAD)
def test_what_is_not_read_says_why(
    make: Callable[[], bytes], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that cannot be used is called what it is, with what to do, and nobody is told to save it as UTF-8."""
    if "unpacks" in said:
        monkeypatch.setattr(limits, "UNPACKED_BYTES", 1000)
    (tmp_path / "zones.geojson").write_bytes(make())
    with pytest.raises(DataError, match=said) as caught:
        read_scenario(tmp_path / "zones.geojson")
    assert "UTF-8" not in str(caught.value)


def test_values_that_a_dictionary_repeats(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A long value that is written once for many rows counts for each of them."""
    monkeypatch.setattr(limits, "UNPACKED_BYTES", 1_000_000)
    long = pa.array(["x" * 20_000] * 200)
    about = {"primary_column": "geometry", "columns": {"geometry": {"encoding": "WKB"}}}
    table = pa.table({"geometry": [shapely.to_wkb(SHAPES[0])] * 200, "long": long})
    pq.write_table(table.replace_schema_metadata({"geo": json.dumps(about)}), tmp_path / "a.parquet")
    with pytest.raises(DataError, match="unpacks to more than"):
        read_scenario(tmp_path / "a.parquet")
