"""The headings of sections, the same on page, paper and slide."""

from __future__ import annotations

KICKER = "Deployment scenario · illustrative"
KICKER_SEVERAL = "Deployment scenarios · illustrative"
KICKER_HISTORY = f"{KICKER} · through time"
KICKER_CHANGES = f"{KICKER} · what changed"
COMPARISON = "Deployment scenarios compared"
GALLERY_TITLE, HISTORY_TITLE = "Deployment scenarios", "{}: through time"
CHANGES_TITLE = "{}: what changed"
NEAREST_OF_ALL = "from its nearest point to the front"
GALLERY = "Where a force could stand, and how far from the front"

ZONE, ZONES, COUNTRY, SCENARIO, CHANGE = "Zone", "Zones", "Country", "Scenario", "change"
"""Headings of the columns that are no figures."""
NEAREST_FIRST, NEAREST_ZONE = "and its zones, the nearest first", "and its nearest zone"

CHANGES = "What changed"
GROUND = "Ground that changed sides"
DISTANCES = "Distance to the front in a straight line"
STRIPS = "How far each zone reaches"
FORCES_TABLE = "Our arithmetic: reported force sizes"
FORCES = "Our arithmetic: troops along the front"
CARE = "Read with care"
MEANING = "What the distance means"
REPORTED = "What was reported"
TEXTS = "The reports"
PROPOSED = "What is proposed"
ZONES_DRAWN = "How the zones were drawn"
IN_WORDS = "What is drawn, in words"
FRONT = "The front"
IN_SHORT, PROGRAM = "In one sentence", "Written by"
TROOPS, PER_FRONT, PER_AREA = "Troops", "per 100 km of front", "per 1,000 km² of {}"
LINE, BORDERS = "Front", "Borders"
CREDITS = "Borders and credits"
FRONT_CREDITS = "Front, borders and credits"
NUMBERS = "Zones by their numbers"
ZONE_KEY = "Zones by their numbers, and how near each comes, in km"
WHOLE_SCENARIOS = "Scenarios, each as a whole"
ZONE_BY_ZONE = "Zone by zone"
WHICH_FRONT = "Which front this is"

PARTS = {
    "sea": "Sea",
    "land": "Land",
    "beyond": "Ground beyond the front",
    "river": "River",
    "lakes": "Lakes",
    "oblast": "Oblast borders",
    "coast": "Coast",
    "border": "State borders",
    "zone": "Zone",
    "crossed": "Part beyond the front",
    "band": "Uncertainty of the front",
    "front": "Front",
    "disputed": "Disputed sector",
    "way": "Shortest way",
    "label": "Name",
    "closeup": "Close-up",
    "title": "Title",
    "scale": "Scale",
    "north": "North",
    "legend": "Key",
    "rim": "Frame",
}
"""What the shapes of a map on a slide are called where a program lists them, by their kind."""
