"""In what two written files differ, as their manifests tell: program, front, scenarios and figures."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.errors import DataError, show
from geo.files import document
from geo.measuring import figures
from geo.measuring.figures import Figure, Output
from geo.provenance import seal, verification
from geo.provenance.seal import Container

_ABOUT = ("kind", "version", "marking", "issued", "contact", "method")
_FRONT = ("id", "as_of", "sha256", "definition", "uncertainty_km", "source", "licence")
_NAMES = {
    "sha256": "SHA-256",
    "version": "program version",
    "as_of": "day",
    "uncertainty_km": "uncertainty in km",
}
NOTHING = "Nothing changed."


@dataclass(frozen=True)
class Difference:
    """One thing in which two files differ: what it is, and what either file says, None where it says nothing.

    Of a ``figure`` it is the ``place``, such as a zone, to which its key adds for programs and its name for people.
    """

    place: str
    before: Any
    after: Any
    figure: Figure | None = None

    @property
    def what(self) -> str:
        """What it is, with the key of a figure."""
        return f"{self.place}, {self.figure.key}" if self.figure else self.place

    def say(self) -> str:
        """Return it in a line for people."""
        what = f"{self.place}, {self.figure.name}" if self.figure else self.place
        return f"{what}: {self._write(self.before)} before, {self._write(self.after)} after"

    def _write(self, value: Any) -> str:
        if value is None:
            return "none"
        if self.figure and isinstance(value, float):
            return self.figure.unit.write_precisely(value)
        return verification.clean(value)


def compare_outputs(older: Path, newer: Path, containers: Iterable[Container]) -> list[Difference] | None:
    """Return in what two files differ; None where one of them carries no manifest in one of these places.

    Raises
    ------
    DataError
        One of the files cannot be read, or its manifest is not complete.
    """
    places = tuple(containers)
    manifests = []
    for file in (older, newer):
        data = document.read_bytes(file, max_bytes=verification.MAX_BYTES)
        sealed = seal.read_manifest(data, places)
        if sealed is None:
            return None
        manifests.append(sealed.manifest)
    try:
        return list(_compare(*manifests))
    except (KeyError, TypeError, AttributeError, ValueError, IndexError, OverflowError):
        what = "The manifest of one of them is not complete, so somebody changed it"
        raise DataError.of(f"{older}, {newer}", what, "Ask for the file again, or render it anew.") from None


def build_record(found: list[Difference]) -> dict[str, Any]:
    """Return the differences as plain data; what JSON has no number for, such as NaN, is text."""
    keys = ("what", "before", "after")
    return {"differences": [{key: _build_plain(getattr(each, key)) for key in keys} for each in found]}


def render(found: list[Difference]) -> str:
    """Return the differences, a line each, or that there are none."""
    return "\n".join(show(line) for line in [each.say() for each in found] or [NOTHING]) + "\n"


def _build_plain(value: Any) -> Any:
    try:
        json.dumps(value, allow_nan=False)
    except ValueError:
        return str(value)
    return value


def _compare(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Difference]:
    yield from _compare_keys("", before, after, _ABOUT)
    yield from _compare_keys("front ", before["front"], after["front"], _FRONT)
    was, now = ({_name(entry, each): entry for entry in each["scenarios"]} for each in (before, after))
    for name in dict.fromkeys((*was, *now)):
        if name not in was or name not in now:
            older, newer = ("shown" if name in each else None for each in (was, now))
            yield Difference(f"scenario {name}", older, newer)
            continue
        yield from _compare_keys(f"scenario {name}: ", was[name], now[name], ("title", "sha256", "claims"))
        yield from _compare_zones(f"{name}, ", was[name]["zones"], now[name]["zones"])


def _name(entry: dict[str, Any], manifest: dict[str, Any]) -> str:
    """Return what an entry is known by: its scenario, and in a file of changes the front it is measured to as well."""
    front = entry.get("front", manifest["front"]) if manifest["kind"] == "changes" else None
    return f"{entry['id']} ({front['id']})" if front else str(entry["id"])


def _compare_keys(
    prefix: str, before: dict[str, Any], after: dict[str, Any], keys: Iterable[str]
) -> Iterator[Difference]:
    for key in keys:
        if before.get(key) != after.get(key):
            yield Difference(f"{prefix}{_NAMES.get(key, key)}", before.get(key), after.get(key))


def _compare_zones(
    prefix: str, before: list[dict[str, Any]], after: list[dict[str, Any]]
) -> Iterator[Difference]:
    was, now = ({str(row["zone"]): row for row in rows} for rows in (before, after))
    for zone in dict.fromkeys((*was, *now)):
        if zone not in was or zone not in now:
            older, newer = ("there" if zone in each else None for each in (was, now))
            yield Difference(f"{prefix}{zone}", older, newer)
            continue
        for figure in figures.find_figures(Output.MANIFEST):
            old, new = was[zone].get(figure.key), now[zone].get(figure.key)
            if old != new:
                yield Difference(f"{prefix}{zone}", old, new, figure)
