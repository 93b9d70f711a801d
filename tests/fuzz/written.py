"""What `geo verify` reads back: files that the program wrote, then changed in their content or their manifest."""

from __future__ import annotations

import functools
import hashlib
import json
import math
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from random import Random
from typing import Any
from xml.sax.saxutils import escape

from geo.briefing import briefing
from geo.fronts.reading import find_front
from geo.provenance import seal
from geo.renderers import formats
from geo.scenarios.scenario import find_scenario
from tests.fuzz import trees
from tests.fuzz.case import ANY, DONE, REFUSED, Command, Kind

FORMS = ("html", "png", "svg", "pdf", "pptx", "geojson", "kml")
FIGURES = ("nearest_km", "mean_km", "median_km", "farthest_km", "area_km2", "beyond_share")
CHANGED: tuple[Callable[[float], Any], ...] = (
    *(
        lambda value: value + 1,
        lambda value: value * 2 + 1,
        lambda value: -value - 1,
        str,
        lambda value: [value],
    ),
    *(lambda value, to=to: to for to in (None, math.nan, math.inf, 1e308, 2**64)),
)


@functools.cache
def write_sound(form: str) -> tuple[bytes, str]:
    """Return a sound file of a shipped scenario, and its manifest as it stands in there."""
    built = briefing.build_briefing(find_scenario("dnipro-line"), find_front("2025-03-27"))
    command = "render" if form in formats.find_suffixes("render") else "export"
    data = formats.render_file(formats.Shown(built), command, form)
    found = seal.read_manifest(data, formats.CONTAINERS)
    assert found is not None
    return data, json.dumps(found.manifest)


def start(form: str, rng: Random) -> dict[str, Any]:
    data, manifest = write_sound(form)
    return {"form": form, "data": data, "manifest": json.loads(manifest), "changed": set(), "sql": []}


def mutate_figure(content: Any, rng: Random) -> None:
    """Change one figure in the manifest, which is then sealed anew: a changed figure is never the same."""
    rows = content["manifest"]["scenarios"][0]["zones"]
    row, figure = rng.choice(rows), rng.choice(FIGURES)
    with suppress(TypeError):
        row[figure] = rng.choice(CHANGED)(row[figure])
    content["changed"].add("figure")


def mutate_manifest(content: Any, rng: Random) -> None:
    """Change anything in the manifest."""
    trees.mutate(content["manifest"], rng)
    content["changed"].add("manifest")


def mutate_bytes(content: Any, rng: Random) -> None:
    """Change the content and leave the manifest as it was."""
    data = trees.break_bytes(content["data"], rng)
    if data != content["data"] and data.replace(b"\r\n", b"\n") != content["data"]:
        content["data"] = data
        content["changed"].add("content")


def mutate_tables(content: Any, rng: Random) -> None:
    content["sql"].append(rng.choice(trees.HOSTILE["changed_tables"]))
    content["changed"].add("table")


def write(content: Any, folder: Path) -> list[Command]:
    file = folder / f"file.{content['form']}"
    data, changed = content["data"], content["changed"]
    if json.dumps(content["manifest"]) == write_sound(content["form"])[1]:
        changed = changed - {"figure", "manifest"}  # the second change of a figure took back the first
    if changed & {"figure", "manifest"} and content["form"] != "gpkg":
        with suppress(ValueError, KeyError, IndexError):
            data = _seal_anew(data, content["form"], content["manifest"])
    file.write_bytes(data)
    if content["form"] == "gpkg":
        _change_tables(file, {**content, "changed": changed})
    expected = (
        REFUSED if changed & {"figure", "table"} or changed == {"content"} else ANY if changed else DONE
    )
    return [Command(("verify", file.name), expected)]


def _seal_anew(data: bytes, form: str, manifest: dict[str, Any]) -> bytes:
    """Put another manifest in the place of that of a file, and seal it as whoever knows how would."""
    container = formats.FORMATS[form].container
    taken = container.extract(data) if container else None
    if container is None or taken is None:
        return data
    content, old = taken
    blank = trees.dump({**manifest, "seal": "0" * 64})
    for character in "&<>()'":
        blank = blank.replace(character, f"\\u{ord(character):04x}")
    new = blank.replace(
        "0" * 64, hashlib.sha256(content + b"\0" + blank.encode("utf-8", "replace")).hexdigest()
    )
    if form == "png":
        return container.embed(content, new)
    return data.replace(old.encode(), new.encode("utf-8", "replace"))


def _change_tables(file: Path, content: Any) -> None:
    """Change a GeoPackage's own tables, and the manifest in its metadata."""
    with closing(sqlite3.connect(file)) as database:
        triggers = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:  # they keep an index of outlines with functions that only GDAL has
            database.execute(f'DROP TRIGGER "{name}"')
        for statement in content["sql"]:
            database.executescript(statement)
        if content["changed"] & {"figure", "manifest"}:
            text = escape(trees.dump(content["manifest"]), {'"': "&quot;", "'": "&apos;"})
            found = f'<GDALMetadata><MDI key="geo-manifest">{text}</MDI></GDALMetadata>'
            database.execute(
                "UPDATE gpkg_metadata SET metadata = ?", (found.encode("utf-8", "replace").decode(),)
            )
            database.commit()


def _kind(form: str) -> Kind:
    unsealed = form in ("pptx", "gpkg")
    changes = {"pptx": (mutate_bytes,), "gpkg": (mutate_tables, mutate_figure, mutate_manifest)}
    every = (mutate_figure, mutate_figure, mutate_manifest, mutate_bytes)
    return Kind(lambda rng: start(form, rng), changes[form] if unsealed else every, write)


KINDS = {f"verify-{form}": _kind(form) for form in (*FORMS, "gpkg")}
