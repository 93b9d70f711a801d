"""What the signs on a map mean, and the names of the layers that a reader switches on and off."""

from __future__ import annotations

from geo import numerals
from geo.briefing import notes
from geo.fronts.front import FrontFacts

ZONE = "Zone, illustrative"
CANDIDATE = "Candidate zone, illustrative"
SHORTEST = "Shortest distance to the front"
SHORTEST_OF_SCENARIO = "Shortest distance of a scenario"
EQUAL = "Equal distance to the front"
BORDER = "State border"
OBLAST = "Oblast border"
UNMAPPED = "Not mapped"
FRONT_NOW = "Front on the day shown"
BANDS = "Share per distance band: {near} (dark) to {far} (pale)"

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


def describe_line(front: FrontFacts) -> str:
    """Return what the line of a front is and its day: ``Line of contact, 27 March 2025``."""
    return ", ".join(label_line(front))


def label_line(front: FrontFacts) -> tuple[str, str]:
    """Return the same in two parts, for a label of two lines."""
    return notes.label_front(front), numerals.format_date(front.as_of)


def describe_band(front: FrontFacts) -> str:
    """Return what the band along a front is."""
    return f"{LAYERS['band']}, {notes.describe_uncertainty(front)}"
