"""Zones and points in the formats that are text or packed: TopoJSON, GPX, one feature a line, gzip, XLSX."""

from __future__ import annotations

import gzip
import io
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter

from tests.fuzz import trees
from tests.fuzz.case import Command, Kind

FORMS = ("topojson", "gpx", "ndjson", "gz", "xlsx")
_RING = [[31, 49], [32, 49], [32, 50], [31, 50], [31, 49]]


def start(form: str, rng: Random) -> dict[str, Any]:
    """Return the parts of a small file of one form, and what will be done to its bytes."""
    at = [round(rng.uniform(23, 40), 4), round(rng.uniform(45, 52), 4)]
    polygon = {"type": "Polygon", "arcs": [[0]], "properties": {"name": "A"}}
    topology = {
        "type": "Topology",
        "objects": {
            "a": {"type": "GeometryCollection", "geometries": [polygon, {"type": "Point", "coordinates": at}]}
        },
        "arcs": [_RING],
    }
    if rng.random() < 0.5:
        topology |= {"transform": {"scale": [1, 1], "translate": [0, 0]}}
        topology["arcs"] = [[[31, 49], [1, 0], [0, 1], [-1, 0], [0, -1]]]
    feature = {
        "type": "Feature",
        "properties": {"name": "A"},
        "geometry": {"type": "Polygon", "coordinates": [_RING]},
    }
    content: dict[str, Any] = {"topojson": topology, "gpx": [["A", *at], ["B", *at]]}
    content |= {"ndjson": [feature, {**feature, "properties": {"name": "B"}}], "gz": [feature]}
    content["xlsx"] = [["name", "lon", "lat"], ["A", *at], ["B", *at]]
    return {"form": form, "parts": content[form], "bytes": []}


def mutate_parts(content: Any, rng: Random) -> None:
    trees.mutate(content["parts"], rng)


def mutate_bytes(content: Any, rng: Random) -> None:
    content["bytes"].append(rng.random())


def write(content: Any, folder: Path) -> list[Command]:
    form, parts = content["form"], content["parts"]
    try:
        data = _WRITERS[form](parts)
    except Exception:  # what its writer refuses is no case
        return []
    for seed in content["bytes"]:
        data = trees.break_bytes(data, Random(seed))
    (folder / f"file.{form}").write_bytes(data)
    return [
        Command(("validate", f"file.{form}")),
        Command(("distance", "--points", f"file.{form}", "--out", "out/points.csv")),
        Command(("metrics", f"file.{form}", "--format", "json")),
    ]


def _write_gpx(parts: Any) -> bytes:
    row = '<wpt lon="{1}" lat="{2}"><name>{0}</name></wpt><rte><rtept lon="{2}" lat="{1}"/><rtept/></rte>'
    return f"<gpx>{''.join(row.format(*each) for each in parts if len(each) > 2)}</gpx>".encode(
        "utf-8", "replace"
    )


def _write_xlsx(parts: Any) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"nan_inf_to_errors": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(parts):
            sheet.write_row(number, 0, row)
    return file.getvalue()


def _dump(parts: Any) -> bytes:
    return trees.dump(parts).encode("utf-8", "surrogatepass")


_WRITERS = {
    "topojson": _dump,
    "gpx": _write_gpx,
    "ndjson": lambda parts: b"\n".join(map(_dump, parts)),
    "gz": lambda parts: gzip.compress(_dump(parts[0]), mtime=0),
    "xlsx": _write_xlsx,
}


def _kind(form: str) -> Kind:
    return Kind(lambda rng: start(form, rng), (mutate_parts, mutate_parts, mutate_bytes), write)


KINDS = {form: _kind(form) for form in FORMS}
