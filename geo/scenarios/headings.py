"""What a shipped scenario is about, without its outlines: enough for a list, and no geometry library is loaded."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from geo import shipped


@dataclass(frozen=True)
class Heading:
    """The words of one scenario file; ``zones`` are their names, ``front`` is None where the file asks for none."""

    id: str
    title: str
    summary: str
    zones: tuple[str, ...]
    claims: tuple[str, ...]
    front: str | None

    def record(self) -> dict[str, Any]:
        """Return the fields as plain data."""
        return asdict(self)


def read_headings() -> tuple[Heading, ...]:
    """Read the headings of the scenarios that ship, in alphabetical order.

    The files are ours and complete: a test holds each heading against what `scenario.py` reads. A file from somebody
    else goes through `geo.scenarios.scenario.read_scenario`, which checks it.
    """
    return tuple(_read_heading(file) for file in shipped.scenarios().values())


def _read_heading(file: Path) -> Heading:
    content = json.loads(file.read_text(encoding="utf-8"))
    member = content["scenario"]
    return Heading(
        id=member["id"],
        title=member["title"],
        summary=member["summary"],
        zones=tuple(feature["properties"]["name"] for feature in content["features"]),
        claims=tuple(member.get("claims", ())),
        front=member.get("front"),
    )
