"""Scenario and front files in GeoJSON, and sources in TOML, with the commands that read them."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

from geo import shipped
from tests.fuzz import shapes, trees
from tests.fuzz.case import DONE, Command, Kind

FRONT_MEMBER = {
    "as_of": "2025-03-27",
    "definition": "contact",
    "uncertainty_km": 5,
    "source": "Drawn by hand.",
    "held_side": "right",
}
SCENARIO_MEMBER = {
    "id": "made-up",
    "title": "Made up",
    "claims": ["paris-2025-03-27/location-dnipro"],
    "front": "2025-03-27",
}


def start_zones(rng: Random) -> dict[str, Any]:
    count = rng.choice((1, 1, 2, 5))
    features = [_feature(shapes.draw_area(rng), {"name": f"Zone {n}", "country": "UA"}) for n in range(count)]
    return _collect(features, {"scenario": dict(SCENARIO_MEMBER)} if rng.random() < 0.5 else {})


def start_line(rng: Random) -> dict[str, Any]:
    features = [_feature(shapes.draw_line(rng), {"sector": "North", "precision_km": 3})]
    return _collect(features, {"front": dict(FRONT_MEMBER)})


def start_area(rng: Random) -> dict[str, Any]:
    areas = [shapes.draw_area(rng, 33.0, 40.0) for _ in range(rng.choice((1, 2, 4)))]
    return _collect([_feature(area, {}) for area in areas], {"front": {"as_of": "2025-03-27"}})


def start_source(rng: Random) -> dict[str, Any]:
    text = rng.choice([*shipped.sources().values()]).read_text(encoding="utf-8")
    return {"lines": text.splitlines(), "bytes": []}


def mutate_shapes(content: Any, rng: Random) -> None:
    if isinstance(content.get("features"), list):
        shapes.mutate(content["features"], rng)


def mutate_tree(content: Any, rng: Random) -> None:
    trees.mutate({key: value for key, value in content.items() if key != "bytes"}, rng)


def mutate_members(content: Any, rng: Random) -> None:
    """Change what stands beside the coordinates: members, properties, ids, the reference system."""
    features = [each for each in content.get("features") or [] if isinstance(each, dict)]
    chosen = rng.choice(("member", "properties", "id", "crs"))
    names = [key for key in ("scenario", "front") if isinstance(content.get(key), dict)]
    if chosen == "crs":
        name = rng.choice(trees.HOSTILE["systems"])
        content["crs"] = {"type": "name", "properties": {"name": name}}
    elif chosen == "member" and names:
        trees.mutate(content[names[0]], rng)
    elif chosen == "properties" and features:
        rng.choice(features).setdefault("properties", {})
        trees.mutate(rng.choice(features)["properties"], rng)
    elif features:
        rng.choice(features)["id"] = rng.choice(trees.VALUES)


def mutate_bytes(content: Any, rng: Random) -> None:
    content.setdefault("bytes", []).append(rng.random())


def mutate_text(content: Any, rng: Random) -> None:
    """Change a line of a TOML file: its key, its value, its place, or itself."""
    lines, at = content["lines"], rng.randrange(len(content["lines"]))
    key, _, _ = lines[at].partition("=")
    value = json.dumps(rng.choice(trees.TEXTS)) if rng.random() < 0.5 else repr(rng.choice(trees.NUMBERS))
    lines[at : at + 1] = rng.choice(
        (
            [],
            [lines[at]] * 2,
            [f"{key}= {value}"],
            [f"{key}= [{value}]"],
            ["[[claim]]"],
            [f"x = {value}", lines[at]],
            ["[a." * 50],
        )
    )


def save(content: dict[str, Any], file: Path) -> None:
    """Write a file of JSON, or of lines, with its bytes broken as the content says."""
    kept = {key: value for key, value in content.items() if key != "bytes"}
    text = "\n".join(content["lines"]) if "lines" in content else trees.dump(kept)
    data = text.encode("utf-8", "surrogatepass")
    for seed in content.get("bytes", ()):
        data = trees.break_bytes(data, Random(seed))
    file.write_bytes(data)


def write_zones(content: Any, folder: Path) -> list[Command]:
    file, rng = "zones.geojson", Random(repr(content))
    save(content, folder / file)
    form, ending = rng.choice(("html", "png", "svg", "pdf", "pptx")), rng.choice(("geojson", "gpkg", "kml"))
    return [
        Command(("validate", file)),
        Command(("metrics", file, "--format", "json"), DONE, if_valid=True, check=check_figures),
        Command(("render", file, "--format", form, "--out", "out"), DONE, if_valid=True),
        Command(("export", file, "--out", f"out/zones.{ending}"), DONE, if_valid=True),
        Command(("verify", f"out/zones.{ending}", "--scenario", file), DONE, if_valid=True),
    ]


def write_front(content: Any, folder: Path) -> list[Command]:
    save(content, folder / "front.geojson")
    return read_front_commands("front.geojson")


def read_front_commands(file: str) -> list[Command]:
    """Return the commands for a front file: what is valid can be measured to, and derived into what is valid."""
    derived, measure = "out/derived.geojson", ("metrics", "dnipro-line", "--format", "json", "--front")
    return [
        Command(("fronts", "derive", file, "--out", derived)),
        Command(("validate", derived), DONE, if_valid=True),
        Command((*measure, file), DONE, if_valid=True, check=check_figures),
        Command((*measure, derived), DONE, if_valid=True),
        Command(("distance", "Kyiv", "49,33", "--front", file, "--json"), DONE, if_valid=True),
        Command(("metrics", "western-ukraine", "--front", file, "--front-definition", "edge")),
    ]


def write_source(content: Any, folder: Path) -> list[Command]:
    save(content, folder / "source.toml")
    return [Command(("validate", "source.toml"))]


def check_figures(printed: str) -> Sequence[str]:
    """Yield what cannot be true of the figures in the JSON of `geo metrics`."""
    return [f"{row.get('zone')}: {what}" for row in _rows(json.loads(printed)) for what in _find_untrue(row)]


def _rows(record: Any) -> list[Any]:
    return [*record["zones"], record["total"]]


def _find_untrue(row: Any) -> list[str]:
    near, mean, middle, far = (row[f"{key}_km"] for key in ("nearest", "mean", "median", "farthest"))
    in_order = near <= min(mean, middle) + 0.1 and max(mean, middle) <= far + 0.1
    numbers = [near, mean, middle, far, row["area_km2"], row["beyond_share"]]
    shares = sum(band["share"] for band in row["bands"])
    untrue = {
        "a figure is not finite": not all(math.isfinite(number) for number in numbers),
        "nearest, mean, median and farthest are out of order": not in_order and row["beyond_share"] == 0,
        "the area is not positive": row["area_km2"] <= 0,
        "the share beyond is no share": not 0 <= row["beyond_share"] <= 1,
        "the shares of the bands do not make 1": not math.isclose(shares, 1, abs_tol=1e-6),
    }
    return [what for what, is_so in untrue.items() if is_so]


def _feature(geometry: Any, properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _collect(features: list[Any], members: dict[str, Any]) -> dict[str, Any]:
    return {"type": "FeatureCollection", **members, "features": features}


_CHANGES = (mutate_shapes, mutate_shapes, mutate_shapes, mutate_tree, mutate_members, mutate_bytes)

KINDS = {
    "zones": Kind(start_zones, _CHANGES, write_zones),
    "line": Kind(start_line, _CHANGES, write_front),
    "area": Kind(start_area, _CHANGES, write_front),
    "source": Kind(start_source, (mutate_text, mutate_text, mutate_bytes), write_source),
}
