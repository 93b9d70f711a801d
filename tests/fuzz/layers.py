"""Fronts in the formats that GDAL reads, their bytes, tables, sidecars and archives broken."""

from __future__ import annotations

import sqlite3
import warnings
import zipfile
from contextlib import closing, suppress
from pathlib import Path
from random import Random
from typing import Any

import geopandas as gpd
from shapely.geometry import shape

from tests.fuzz import shapes, trees, zones
from tests.fuzz.case import REFUSED, Command, Kind

DRIVERS = {
    "gpkg": "GPKG",
    "shp": "ESRI Shapefile",
    "kml": "KML",
    "fgb": "FlatGeobuf",
    "zip": "ESRI Shapefile",
}
SYSTEMS = (4326, 4326, 3857, 32636, 4284, 5564, 3035)

CANARY = "canary.geojson"
"""A file that no command is given; a map that only points at it must be refused."""

VRT = (
    f'<OGRVRTDataSource><OGRVRTLayer name="canary"><SrcDataSource>{CANARY}</SrcDataSource>'
    "<LayerSRS>EPSG:4326</LayerSRS></OGRVRTLayer></OGRVRTDataSource>"
)


def start(driver: str, rng: Random) -> dict[str, Any]:
    """Return a front of lines or areas in some reference system, and what will be done to its file."""
    plain = zones.start_line(rng) if rng.random() < 0.4 else zones.start_area(rng)
    return {
        "features": plain["features"],
        "driver": driver,
        "crs": rng.choice(SYSTEMS),
        "after": [],
    }


def mutate_shapes(content: Any, rng: Random) -> None:
    shapes.mutate(content["features"], rng)


def mutate_columns(content: Any, rng: Random) -> None:
    """Give the features columns of names and values that mean something, or are long, or steer a terminal."""
    column = rng.choice(("date", "as_of", "Date", "name", "x" * 200, trees.ESCAPE, "Область"))
    for feature in content["features"]:
        feature["properties"][column] = rng.choice(
            ("2025-03-27", "27.03.2025", 20250327, trees.ESCAPE, None, 1.5, "ж" * 300)
        )


def mutate_features(content: Any, rng: Random) -> None:
    """Add a feature of another kind, one without a geometry, or none at all."""
    other = rng.choice(
        (shapes.draw_line(rng), shapes.draw_area(rng), {"type": "Point", "coordinates": [30, 50]}, None)
    )
    added = {"type": "Feature", "properties": {}, "geometry": other}
    content["features"] = rng.choice((content["features"] + [added], [added], []))


def mutate_file(content: Any, rng: Random) -> None:
    """Change the file once it is written: its bytes, or what its format is made of."""
    chosen, seed = rng.choice(("bytes", "inside", "inside", "vrt", "other")), rng.random()
    content["after"].append((chosen, seed))


def write(content: Any, folder: Path) -> list[Command]:
    ending = content["driver"]
    file = folder / f"front-2025-03-27.{'shp' if ending == 'zip' else ending}"
    if not _write_layer(content, file):
        return []
    save_canary(folder)
    if ending == "zip":
        file = _pack(file)
    for chosen, seed in content["after"]:
        rng = Random(seed)
        if chosen == "inside":
            _break_inside(file, ending, rng)
        elif chosen == "vrt":
            file.write_text(
                rng.choice(
                    (VRT, f"<?xml version='1.0'?>\n{VRT}", VRT.replace("<Src", '<Src relativeToVRT="1"'))
                )
            )
        elif file.exists():
            other = folder / f"other.{rng.choice([*DRIVERS])}"
            data = (
                other.read_bytes()
                if chosen == "other" and _write_layer(content, other)
                else file.read_bytes()
            )
            file.write_bytes(data if chosen == "other" else trees.break_bytes(data, rng))
            if other != file:
                other.unlink(missing_ok=True)
    if content["after"] and [way for way, _ in content["after"] if way in ("vrt", "other")][-1:] == ["vrt"]:
        return [Command(("fronts", "derive", file.name, "--out", "out/derived.geojson"), REFUSED)]
    return [Command(("validate", file.name)), *zones.read_front_commands(file.name)]


def save_canary(folder: Path) -> None:
    """Write the front that only a `VRT` names."""
    zones.save(zones.start_line(Random(1)), folder / CANARY)


def _write_layer(content: Any, file: Path) -> bool:
    """Write the features with GDAL; what GDAL or GEOS themselves will not write is no case."""
    features, crs = content["features"], content["crs"] if file.suffix != ".kml" else 4326
    with warnings.catch_warnings(action="ignore"):
        try:
            drawn = [shape(each["geometry"]) if each["geometry"] else None for each in features]
            rows = [
                {key: str(value) for key, value in each["properties"].items() if value} for each in features
            ]
            frame = gpd.GeoDataFrame(rows or None, geometry=drawn, crs=4326).to_crs(crs)
            frame.to_file(file, driver=DRIVERS[file.suffix[1:]], engine="pyogrio")
        except Exception:
            return False
    return file.exists()


def _pack(file: Path) -> Path:
    packed = file.with_suffix(".zip")
    with zipfile.ZipFile(packed, "w") as archive:
        for part in sorted(file.parent.glob(f"{file.stem}.*")):
            if part != packed:
                archive.write(part, part.name)
                part.unlink()
    return packed


def _break_inside(file: Path, ending: str, rng: Random) -> None:
    if ending == "gpkg":
        with suppress(sqlite3.Error), closing(sqlite3.connect(file)) as database:
            database.executescript(rng.choice(trees.HOSTILE["statements"]).format(layer=f'"{file.stem}"'))
    elif ending == "kml":
        old, new = rng.choice(trees.HOSTILE["kml"])
        file.write_text(file.read_text("utf-8", "replace").replace(old, new, 1), encoding="utf-8")
    elif ending == "shp":
        part = file.with_suffix(rng.choice((".shx", ".dbf", ".prj", ".cpg")))
        if rng.random() < 0.4 or not part.exists():
            part.unlink(missing_ok=True)
        elif part.suffix == ".cpg":
            part.write_bytes(rng.choice((b"UTF-8", b"cp1251", b"NONSENSE", b"\xff", b"")))
        else:
            part.write_bytes(trees.break_bytes(part.read_bytes(), rng))
    elif ending == "zip":
        with zipfile.ZipFile(file, "a") as archive, warnings.catch_warnings(action="ignore"):
            name = rng.choice(
                (
                    "../out.shp",
                    "second.geojson",
                    f"{file.stem}.shp",
                    "__MACOSX/x.shp",
                    f"{trees.ESCAPE}.shp",
                    "}.shp",
                    "a/b/c.txt",
                )
            )
            archive.writestr(name, VRT if rng.random() < 0.5 else "{}")
    else:
        file.write_bytes(trees.break_bytes(file.read_bytes(), rng))


def _kind(driver: str) -> Kind:
    changes = (mutate_shapes, mutate_shapes, mutate_columns, mutate_features, mutate_file, mutate_file)
    return Kind(lambda rng: start(driver, rng), changes, write)


KINDS = {driver: _kind(driver) for driver in DRIVERS}
