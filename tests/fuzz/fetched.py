"""What comes from a publisher: daily files, archives of them and tables of places, from a server on this machine."""

from __future__ import annotations

import atexit
import contextlib
import functools
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from shapely.geometry import box, mapping

from tests.fuzz import shapes, trees, zones
from tests.fuzz.case import DONE, Command, Kind
from tests.made_up import site

DAYS = [datetime.now(UTC).date() - timedelta(days=back) for back in (1, 2)]
_SERVING = contextlib.ExitStack()
atexit.register(_SERVING.close)  # later, the thread that serves stands still
_DAILY, _PLACES = "deepstate-archive", "viina"


@functools.cache
def _serve() -> site.Site:
    """Return a server that runs as long as the process."""
    return _SERVING.enter_context(site.serve())


def start_daily(rng: Random) -> dict[str, Any]:
    front = rng.choice((zones.start_line, zones.start_area))(rng)
    front["front"].pop("as_of")
    return {"front": front, "bytes": []}


def start_archive(rng: Random) -> dict[str, Any]:
    """Return the fronts of an archive by their names."""
    names = [f"front_{day:%Y%m%d}.geojson" for day in DAYS]
    return {"files": {name: start_daily(rng)["front"] for name in names}, "bytes": []}


def start_places(rng: Random) -> dict[str, Any]:
    """Return a table of who controls each place of a lattice, long or wide, and the ground around each."""
    corners = [(lon, lat) for lon in range(30, 40) for lat in range(45, 51)]
    called = ["RU" if lon + lat / 9 > rng.uniform(40, 41) else "UA" for lon, lat in corners]
    days = [f"{day:%Y%m%d}" for day in DAYS]
    if rng.random() < 0.3:
        table = [["geonameid", *(f"ctr_{day}060000" for day in days)]]
        table += [[str(700_000 + n), *(status for _ in days)] for n, status in enumerate(called)]
    else:
        table = [["geonameid", "date", "status"]]
        table += [[str(700_000 + n), day, status] for n, status in enumerate(called) for day in days]
    cells = [
        {
            "type": "Feature",
            "properties": {"geonameid": 700_000 + n},
            "geometry": shapes.to_plain(mapping(box(lon, lat, lon + 1, lat + 1))),
        }
        for n, (lon, lat) in enumerate(corners)
    ]
    return {"table": table, "cells": {"type": "FeatureCollection", "features": cells}, "bytes": []}


def mutate_daily(content: Any, rng: Random) -> None:
    ways = (zones.mutate_shapes, zones.mutate_shapes, zones.mutate_tree, zones.mutate_members)
    rng.choice(ways)(content["front"], rng)


def mutate_archive(content: Any, rng: Random) -> None:
    """Change a front of an archive, or its name in it."""
    name, other = (
        rng.choice([*content["files"]]),
        rng.choice(("a.txt", "../x.geojson", "front_20250399.geojson", trees.ESCAPE)),
    )
    if rng.random() < 0.3:
        content["files"][f"{other}{name if rng.random() < 0.5 else ''}"] = content["files"].pop(name)
    else:
        mutate_daily({"front": content["files"][name]}, rng)


def mutate_table(content: Any, rng: Random) -> None:
    """Change a cell of a table, its header among them, or a row."""
    row = rng.choice((content["table"][0], rng.choice(content["table"])))
    odd = (*trees.HOSTILE["cells"], "7e+05", "9e99", "contested", *trees.TEXTS[:6])
    row[rng.randrange(len(row))] = rng.choice(odd)
    if rng.random() < 0.2:
        row.append(rng.choice(odd))


def mutate_cells(content: Any, rng: Random) -> None:
    rng.choice((zones.mutate_shapes, zones.mutate_shapes, zones.mutate_tree))(content["cells"], rng)


def mutate_bytes(content: Any, rng: Random) -> None:
    content["bytes"].append(rng.random())


def write(content: Any, folder: Path) -> list[Command]:
    """Let the server have what is broken, and fetch it; what was stored is a front."""
    server = _serve()
    server.answers.clear()
    site.save_table(folder.parent / "data", server)
    source, options = _DAILY, ("--accept-terms", "--date", f"{DAYS[0]}")
    if "table" in content:
        source = _PLACES
        rows = "\n".join(",".join(map(str, row)) for row in content["table"]).encode("utf-8", "replace")
        _offer(f"control_latest_{DAYS[0].year}.zip", site.pack({"control_latest.csv": rows}), content)
        _offer("gn_UA_tess.geojson", trees.dump(content["cells"]).encode("utf-8", "replace"), {"bytes": []})
    elif "files" in content:
        files = {
            name: trees.dump(front).encode("utf-8", "replace") for name, front in content["files"].items()
        }
        _offer("fronts.zip", site.pack(files), content)
        return _list_commands(server.find("/fronts.zip"), ("--accept-terms", "--since", f"{DAYS[-1]}"))
    else:
        data = trees.dump(content["front"]).encode("utf-8", "replace")
        _offer(f"deepstatemap_data_{DAYS[0]:%Y%m%d}.geojson", data, content)
    return [
        *_list_commands(source, options),
        Command(("metrics", "dnipro-line", "--front", f"{source}/{DAYS[0]}"), DONE, if_valid=True),
    ]


def _list_commands(source: str, options: tuple[str, ...]) -> list[Command]:
    return [Command(("fronts", "--json"), DONE), Command(("fronts", "fetch", source, *options))]


def _offer(name: str, data: bytes, content: Any) -> None:
    for seed in content["bytes"]:
        data = trees.break_bytes(data, Random(seed))
    _serve().answers[f"/{name}"] = site.give(data)


KINDS = {
    "fetch-daily": Kind(start_daily, (mutate_daily, mutate_daily, mutate_bytes), write),
    "fetch-archive": Kind(start_archive, (mutate_archive, mutate_archive, mutate_bytes), write),
    "fetch-places": Kind(start_places, (mutate_table, mutate_table, mutate_cells, mutate_bytes), write),
}
