"""What `geo changes` compares: two versions of a scenario, two fronts, or two outputs, of each the newer one broken."""

from __future__ import annotations

import copy
from pathlib import Path
from random import Random
from typing import Any

from tests.fuzz import written, zones
from tests.fuzz.case import ANY, DONE, Command, Kind


def start_scenarios(rng: Random) -> dict[str, Any]:
    old = zones.start_zones(rng)
    return {"old": old, "new": copy.deepcopy(old), "pair": ("old.geojson", "new.geojson"), "more": ()}


def start_fronts(rng: Random) -> dict[str, Any]:
    old = rng.choice((zones.start_line, zones.start_area))(rng)
    new = copy.deepcopy(old)
    old["front"]["as_of"] = "2025-03-20"
    pair = ("dnipro-line", "--from", "old.geojson", "--to", "new.geojson")
    return {"old": old, "new": new, "pair": pair, "more": ("--format", "html,png", "--out", "out")}


def mutate(content: Any, rng: Random) -> None:
    """Change the newer file, most often in what it draws."""
    ways = (
        zones.mutate_shapes,
        zones.mutate_shapes,
        zones.mutate_tree,
        zones.mutate_members,
        zones.mutate_bytes,
    )
    rng.choice(ways)(content["new"], rng)


def write(content: Any, folder: Path) -> list[Command]:
    """Write both; what is valid can be compared, in every form."""
    for name in ("old", "new"):
        zones.save(content[name], folder / f"{name}.geojson")
    forms = ((), ("--format", "json"), *filter(None, [content["more"]]))
    compare = [Command(("changes", *content["pair"], *form), DONE, if_valid=True) for form in forms]
    return [Command(("validate", "old.geojson", "new.geojson")), *compare]


def write_outputs(content: Any, folder: Path) -> list[Command]:
    """Write a broken output and a sound one."""
    written.write(content, folder)
    sound, form = written.write_sound(content["form"]), content["form"]
    (folder / f"sound.{form}").write_bytes(sound[0])
    pair = ("changes", f"sound.{form}", f"file.{form}")
    return [Command(pair, ANY if content["changed"] else DONE), Command((*pair, "--format", "json"))]


_OUTPUTS = (written.mutate_figure, written.mutate_manifest, written.mutate_bytes)

KINDS = {
    "pair-scenarios": Kind(start_scenarios, (mutate,), write),
    "pair-fronts": Kind(start_fronts, (mutate,), write),
    "pair-outputs": Kind(
        lambda rng: written.start(rng.choice(("html", "svg", "pdf", "png")), rng), _OUTPUTS, write_outputs
    ),
}
