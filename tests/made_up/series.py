"""A made-up scenario, and front files a day, made for a test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import shapely

from geo.scenarios.scenario import Scenario, Zone
from tests.made_up.fronts import save_file

ZONE = Zone("Zone", shapely.box(31.0, 49.0, 31.5, 49.5), "UA", "illustrative", "A square.")
SCENARIO = Scenario("test", "Test", "", (ZONE,), ())
LINE = [[37.8, 50.0], [37.6, 49.2], [37.9, 48.5], [36.9, 48.1]]


def moved(days: int) -> list[list[float]]:
    return [[lon - 0.02 * days, lat] for lon, lat in LINE]


def save_days(folder: Path, days: dict[str, Any], *, prefix: str = "line_", member: Any = None) -> Path:
    """Write one file a day, its line moved west by so many steps."""
    folder.mkdir(exist_ok=True)
    for day, steps in days.items():
        save_file(folder / f"{prefix}{day.replace('-', '')}.geojson", moved(steps), member=member)
    return folder
