"""Points in CSV, GeoPackage and Parquet: their columns, cells, metadata and bytes broken."""

from __future__ import annotations

import csv
import io
import sqlite3
import struct
import warnings
from contextlib import closing, suppress
from pathlib import Path
from random import Random
from typing import Any

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet
import shapely

from tests.fuzz import layers, trees
from tests.fuzz.case import ANY, REFUSED, Command, Kind

NAMES = (*trees.HOSTILE["columns"], trees.ESCAPE, "x" * 140_000)
CELLS = (*trees.HOSTILE["cells"], "x" * 70_000)
NAN = float("nan")
WKB = (
    *(b"", b"\x01", b"\x01\x01", b"POINT(30 50)", struct.pack("<BII", 1, 4, 2**31)),
    *(struct.pack("<BIdd", 1, 1, *at) for at in ((1e300, 50), (NAN, NAN), (30, NAN))),
    *(struct.pack(">BIdd", 0, 1, 30, 50), struct.pack("<BIddd", 1, 1001, 30, 50, 1)),
    *(shapely.to_wkb(shape) for shape in (shapely.box(30, 49, 31, 50), shapely.Point())),
)


def start(form: str, rng: Random) -> dict[str, Any]:
    rows = [
        [f"p{n}", str(round(rng.uniform(23, 40), 4)), str(round(rng.uniform(45, 52), 4))]
        for n in range(rng.choice((1, 5, 40)))
    ]
    columns = {
        "encoding": "WKB",
        "geometry_types": ["Point"],
        "crs": {"id": {"authority": "EPSG", "code": 4326}},
    }
    geo = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": columns}}
    return {
        "form": form,
        "rows": rows,
        "names": ["name", "lon", "lat"],
        "delimiter": ",",
        "geo": geo,
        "wkb": {},
        "after": [],
        "refused": False,
        "plain": rng.random() < 0.3,
    }


def mutate_names(content: Any, rng: Random) -> None:
    names, at = content["names"], rng.randrange(len(content["names"]))
    content["names"] = rng.choice(
        (
            [*names[:at], rng.choice(NAMES), *names[at + 1 :]],
            [*names, rng.choice((*NAMES, *names))],
            names[:at] + names[at + 1 :],
        )
    )


def mutate_cells(content: Any, rng: Random) -> None:
    row = rng.choice(content["rows"] or [[""]])
    row[rng.randrange(len(row))] = rng.choice(CELLS)


def mutate_rows(content: Any, rng: Random) -> None:
    rows = content["rows"]
    odd = [*rows, rng.choice(([], ["a"], ["a"] * 9))]
    content["rows"] = rng.choice(([], rows * 30, odd, odd, [row[::-1] for row in rows]))
    content["delimiter"] = rng.choice((",", ",", ";", "\t", "|"))


def mutate_metadata(content: Any, rng: Random) -> None:
    trees.mutate(content["geo"], rng)


def mutate_geometry(content: Any, rng: Random) -> None:
    content["wkb"][rng.randrange(len(content["rows"]) or 1)] = rng.choice((None, *WKB))


def mutate_file(content: Any, rng: Random) -> None:
    chosen = rng.choice(("bytes", "inside", "vrt"))
    content["after"].append((chosen, rng.random()))
    content["refused"] = content["refused"] or chosen == "vrt"


def write(content: Any, folder: Path) -> list[Command]:
    file = folder / f"points.{content['form']}"
    writers = {"csv": _write_csv, "gpkg": _write_gpkg, "parquet": _write_parquet}
    with warnings.catch_warnings(action="ignore"):
        try:
            writers[content["form"]](content, file)
        except (pa.ArrowException, ValueError, TypeError, RuntimeError, shapely.GEOSException):
            return []
    for chosen, seed in content["after"]:
        if chosen == "vrt":
            file.write_text(layers.VRT)
        elif chosen == "inside" and content["form"] == "gpkg":
            with suppress(sqlite3.Error), closing(sqlite3.connect(file)) as database:
                statement = Random(seed).choice(trees.HOSTILE["statements"])
                database.executescript(statement.format(layer="points"))
        else:
            file.write_bytes(trees.break_bytes(file.read_bytes(), Random(seed)))
    layers.save_canary(folder)
    expected = REFUSED if content["refused"] else ANY
    ways = [("distance", "--points", file.name, "--out", f"out/points.{end}") for end in ("csv", "parquet")]
    return [Command(way, expected) for way in ways]


def _write_csv(content: Any, file: Path) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=content["delimiter"], quoting=csv.QUOTE_MINIMAL)
    writer.writerows([content["names"], *content["rows"]])
    file.write_text(text.getvalue(), encoding="utf-8", newline="")


def _points(content: Any) -> list[Any]:
    """Return the positions as WKB, with what was put in the place of some."""
    made = [
        shapely.to_wkb(shapely.Point(float(row[1]), float(row[2])))
        for row in content["rows"]
        if len(row) == 3
    ]
    return [content["wkb"].get(number, each) for number, each in enumerate(made)]


def _write_gpkg(content: Any, file: Path) -> None:
    drawn = shapely.from_wkb(_points(content), on_invalid="ignore")
    gpd.GeoDataFrame({"name": range(len(drawn))}, geometry=drawn, crs=4326).to_file(
        file, layer="points", engine="pyogrio"
    )


def _write_parquet(content: Any, file: Path) -> None:
    if content["plain"]:
        rows = [row for row in content["rows"] if len(row) == 3]
        table = pa.table([pa.array([row[n] for row in rows]) for n in range(3)], names=content["names"][:3])
    else:
        table = pa.table({"geometry": pa.array(_points(content), pa.binary())})
    geo = trees.dump(content["geo"]).encode("utf-8", "replace")
    if not content["plain"] or "geo" in content["names"]:
        table = table.replace_schema_metadata({b"geo": geo})
    pyarrow.parquet.write_table(table, file)


def _kind(form: str, *more: Any) -> Kind:
    return Kind(lambda rng: start(form, rng), (mutate_cells, mutate_rows, mutate_file, *more), write)


KINDS = {
    "points-csv": _kind("csv", mutate_names, mutate_names),
    "points-gpkg": _kind("gpkg", mutate_geometry),
    "points-parquet": _kind("parquet", mutate_geometry, mutate_metadata, mutate_metadata, mutate_names),
}
