"""Folders of fronts for a history, and the entries of its cache."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from random import Random
from typing import Any

from tests.fuzz import layers, trees, zones
from tests.fuzz.case import DONE, Command, Kind


def start_folder(rng: Random) -> dict[str, Any]:
    """Return three to five days of one line, one of them sound for good."""
    return {"days": [zones.start_line(rng) for _ in range(rng.choice((3, 5)))], "names": {}, "shp": []}


def mutate_day(content: Any, rng: Random) -> None:
    rng.choice((zones.mutate_shapes, zones.mutate_tree, zones.mutate_members, zones.mutate_bytes))(
        rng.choice(content["days"][1:]), rng
    )


def mutate_name(content: Any, rng: Random) -> None:
    names = (
        "2025-02-30",
        "20250401",
        "front",
        "\x1b[31m-2025-04-02",
        "\udcff-2025-04-03",
        "2025-03-26",
        "a\n2025-04-04",
        "." * 200,
    )
    content["names"][rng.randrange(1, len(content["days"]))] = rng.choice(names)


def mutate_other(content: Any, rng: Random) -> None:
    """Add a day in another format, its file broken."""
    other = layers.start(rng.choice([*layers.DRIVERS]), rng)
    rng.choice((layers.mutate_file, layers.mutate_columns, layers.mutate_features))(other, rng)
    content["shp"].append(other)


def write_folder(content: Any, folder: Path) -> list[Command]:
    (folder / "fronts").mkdir()
    for number, day in enumerate(content["days"]):
        if isinstance(day.get("front"), dict):
            day["front"].pop("as_of", None)
        name = content["names"].get(number, f"2025-03-{20 + number}")
        zones.save(day, folder / "fronts" / f"{name}.geojson")
    for other in content["shp"]:
        layers.write(other, folder / "fronts")
    first = ("history", "dnipro-line", "--fronts", "fronts", "--cache", "cache")
    return [
        Command((*first, "--format", "json"), DONE),  # the first day is sound, whatever the others are
        Command((*first, "--format", "csv"), DONE),
        Command((*first, "--format", "html", "--out", "out"), DONE),
    ]


def start_cache(rng: Random) -> dict[str, Any]:
    day = zones.start_line(rng)
    return {"day": day, "changes": []}


def mutate_entry(content: Any, rng: Random) -> None:
    content["changes"].append(rng.random())


def write_cache(content: Any, folder: Path) -> list[Command]:
    """Fill a cache, keep what was said, break an entry, and ask for the same answer."""
    (folder / "fronts").mkdir()
    zones.save(content["day"], folder / "fronts" / "2025-03-27.geojson")
    arguments = ["history", "dnipro-line", "--fronts", "fronts", "--cache", "cache", "--format", "json"]
    from click.testing import CliRunner

    from geo.cli import main

    result = CliRunner().invoke(main, arguments)
    for seed in content["changes"]:
        rng = Random(seed)
        entry = rng.choice(sorted((folder / "cache").rglob("*.json")))
        try:
            kept = [json.loads(entry.read_bytes())]
        except ValueError:
            continue
        trees.mutate(kept, rng)
        entry.write_text(trees.dump(kept[0]) if kept else "", encoding="utf-8")
    shutil.move(folder / "cache", folder.parent / "cache")
    said = json.loads(result.stdout)

    def compare(printed: str) -> list[str]:
        return [] if json.loads(printed) == said else ["an entry of the cache changed the figures"]

    return [Command((*arguments[:5], "../cache", *arguments[6:]), DONE, check=compare)]


KINDS = {
    "folder": Kind(start_folder, (mutate_day, mutate_day, mutate_name, mutate_other), write_folder),
    "cache": Kind(start_cache, (mutate_entry,), write_cache),
}
