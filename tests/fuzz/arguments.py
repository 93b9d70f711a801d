"""What people type: commands with their values replaced, left out, doubled."""

from __future__ import annotations

from pathlib import Path
from random import Random

from tests.fuzz import trees, zones
from tests.fuzz.case import Command, Kind

WORDS = (*trees.TEXTS, *trees.HOSTILE["words"], "\udcff", "x" * 5000)


def start(rng: Random) -> list[str]:
    return str(rng.choice(trees.HOSTILE["sentences"])).split()


def mutate(words: list[str], rng: Random) -> None:
    at, value = rng.randrange(len(words) + 1), rng.choice(WORDS)
    words[at : at + 1] = rng.choice(
        ([value], [value], [], [*words[at : at + 1], value], words[at : at + 1] * 2)
    )
    words[:] = words or ["list"]


def write(words: list[str], folder: Path) -> list[Command]:
    (folder / "fronts").mkdir()
    zones.save(zones.start_zones(Random(3)), folder / "zones.geojson")
    for name in ("front.geojson", "fronts/2025-03-20.geojson", "fronts/2025-03-27.geojson"):
        zones.save(zones.start_line(Random(name)), folder / name)
    (folder / "points.csv").write_text("name,lon,lat\nA,30.5,50.4\n", encoding="utf-8")
    return [Command(tuple(words))]


KINDS: dict[str, Kind] = {"arguments": Kind(start, (mutate,), write)}
