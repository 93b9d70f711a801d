"""What the signs on a map mean, and the names of the layers that a reader switches on and off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from geo import numerals
from geo.briefing import notes
from geo.briefing.since import Since
from geo.fronts.front import Front, FrontFacts
from geo.geodesy import LonLat
from geo.measuring.metrics import Metrics

ZONE = "Zone, illustrative"
CANDIDATE = "Candidate zone, illustrative"
SHORTEST = "Shortest distance to the front"
SHORTEST_OF_SCENARIO = "Shortest distance of a scenario"
EQUAL = "Equal distance to the front"
FAR_GROUND = "Held by Russian forces as reported"
FAR_GROUND_NOW = f"{FAR_GROUND}, on the day shown"
GAINED = "Gained by Russian forces as reported, since {}"
LOST = "Lost by Russian forces as reported, since {}"
GAINED_BY_THEM, LOST_BY_THEM = "Gained by them since {}", "Lost by them since {}"
"""The same below the key of the ground that they hold."""
ONLY_LATER = "Beyond this line only, not that of {}"
ONLY_EARLIER = "Beyond the line of {} only"
ZONE_BEYOND = "Part of a zone beyond the line"
CRIMEA = ("Crimea", "(occupied since 2014)")
"""The name of Crimea on a map on which it lies beyond the line."""
BORDER = "State border"
OBLAST = "Oblast border"
UNMAPPED = "Not mapped"
OLDER_OUTLINE = "Outline in the older version"
ONLY_NEWER, ONLY_OLDER = "Only in the newer version", "Only in the older version"
UNCHANGED_ZONE = "Zone unchanged between the versions"
FRONT_NOW, FRONT_THEN = "Front on the day shown", "Front of {}"
DISPUTED = "Line that reports of the day dispute"

LAYERS = {
    "zones": "Zones (illustrative)",
    "band": "Uncertainty of the line",
    "nearest": "Shortest distances",
    "isolines": "Lines of equal distance",
    "places": "Places",
    "oblasts": "Oblast borders",
    "rivers": "Rivers",
}
"""The layers a reader can switch, by their kind; that of the front is named after what it is."""
CLAIMS = "Claims"
FIRST_DAY = "First day's line"


def name_layers(front: FrontFacts) -> list[tuple[str, str]]:
    """Return the kind and the name of every layer that a reader can switch, in the order of the control."""
    (zones, *others) = LAYERS.items()
    return [zones, ("front", notes.label_front(front)), *others]


def name_lake(about: Mapping[str, Any]) -> str | None:
    """Return the name of a lake of the reference layers from its properties; a drained one says so."""
    if "drained" in about:
        return f"Former {about['name']} (drained {about['drained']})"
    name: str | None = about["name"]
    return name


def describe_line(front: FrontFacts) -> str:
    """Return what the line of a front is and its day: ``Line of contact, 27 March 2025``."""
    return ", ".join(label_line(front))


def label_line(front: FrontFacts) -> tuple[str, str]:
    """Return the same in two parts, for a label of two lines."""
    return notes.label_front(front), numerals.format_date(front.as_of)


def describe_far_ground(front: FrontFacts) -> str:
    """Return what the ground beyond a front is and the day: ``Held by Russian forces as reported, 27 March 2025``."""
    return f"{FAR_GROUND}, {numerals.format_date(front.as_of)}"


def describe_bar(km: float) -> str:
    """Return what a scale bar is that stands beside maps of one scale: ``200 km on every map``."""
    return f"{km:,g} km on every map"


@dataclass(frozen=True)
class SideName:
    """What stands along a line on one side: on the right of its direction (``side`` 1) or on the left (-1)."""

    text: str
    side: int
    is_far: bool


def letter_sides(front: FrontFacts) -> list[SideName]:
    """Return what stands on either side of a line; nothing where its file does not say which side is held."""
    if front.held_side is None:
        return []
    held = 1 if front.held_side == "right" else -1
    return [
        SideName("held by Ukraine", held, is_far=False),
        SideName("held by Russian forces", -held, is_far=True),
    ]


@dataclass(frozen=True)
class SectorName:
    """What stands beside a sector of the front, and where (lon, lat)."""

    text: str
    at: LonLat


def letter_sectors(front: Front, measured: Metrics) -> list[SectorName]:
    """Return the names of the sector that decides the shortest distance, and of disputed ones that lower a distance."""
    total, lowering = measured.total, {row.nearest_low_sector for row in measured.rows}
    deciding = (
        [SectorName(f"nearest: {total.nearest_sector}", total.nearest_to)] if front.sector_count > 1 else []
    )
    for sector in front.sectors:
        if sector.name in front.disputed and sector.name in lowering:
            middle = sector.line.interpolate(0.5, normalized=True)
            deciding.append(SectorName(f"disputed: {sector.name}", (middle.x, middle.y)))
    return deciding


def describe_since(since: Since) -> tuple[str, str, str]:
    """Return what an earlier line is, and what the ground gained and lost since then is."""
    if since.words is not None:
        return since.words
    day = numerals.format_date(since.front.as_of)
    ground = (ONLY_LATER, ONLY_EARLIER) if since.is_other_source else (GAINED, LOST)
    gained, lost = (words.format(day) for words in ground)
    if not since.front.is_sourced:
        gained, lost = (words.replace("as reported", "as drawn") for words in (gained, lost))
    return describe_line(since.front), gained, lost


def describe_since_day(day: date) -> tuple[str, str, str]:
    """Return what the line of an earlier day of one source is, and what the ground gained and lost since is."""
    said = numerals.format_date(day)
    return FRONT_THEN.format(said), GAINED_BY_THEM.format(said), LOST_BY_THEM.format(said)


def describe_band(front: FrontFacts) -> str:
    """Return what the band along a front is."""
    return f"{LAYERS['band']}, {notes.describe_uncertainty(front)}"
