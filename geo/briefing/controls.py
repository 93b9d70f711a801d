"""What the buttons, fields and keys of a page say, and how its parts are named to who hears it."""

from __future__ import annotations

MAP, BRIEFING, COMPARISON, FIGURES, DAYS, DAY = "Map", "Briefing", "Comparison", "Figures", "Days", "Day"
TABLE = "Table of distances"
CHANGES_TABLE, GROUND_TABLE = "Table of changes", "Table of ground"
TABLE_OF = "Table of {}s"
FORCES_TABLE = "Table of force sizes"
ARCHIVED = "Archived copy"
ARCHIVED_OF = f"{ARCHIVED} of {{}}"
CHART = "Nearest distance of each zone over the days; the table above gives the figures of the day shown"

SKIP = "Skip the map"
STILL = "This is the opening view. With JavaScript, it can be moved and asked for distances."
STILL_HISTORY = "This is the last day. With JavaScript, all days can be gone through."
SHOW_FIGURES = "Show the figures"
SHOW_ON_MAP = "Show on the map"
SOURCES = "Sources and method"
LEGEND = "Legend"
ON_THE_MAP = "On the map"
OWN_MAP = "Its own map"
OWN_MAP_OF = f"{OWN_MAP}: {{}}"
SORT = "Press a heading to sort."
ISOLINES = "Lines of equal distance on the map"
WALK_KEYS = (
    "Page Down and Page Up go from zone to zone, farther from the front and nearer, Home and End to the nearest and "
    "the farthest. Plus and minus zoom."
)
MAP_KEYS = (
    "Arrow keys move the crosshair, with Shift farther; what it stands on is read out. Enter pins the distance there, "
    f"or sets a corner of a sketch; Delete takes the last one away. {WALK_KEYS}"
)

TAKE_AWAY = "Take it away"
CSV, CSV_ALL, GEOJSON = "Distances (CSV)", "All figures (CSV)", "Zones (GeoJSON)"
COPY = "Copy the key sentence"
PRINT = "Print on one page"
CITATION = "The key sentence, with source and caveat"

BACK, PLAY, FORWARD = "One day back", "Play", "One day on"
PLAYER_KEYS = "Keys: space plays and pauses, ← → go a day, Home and End to the first and last."
CHART_KEYS = "km; the axis does not start at zero. Click to go to a day."

SKETCH = "Your own zone"
SKETCH_CLOSE = "Close the sketch"
SKETCH_NAME, SKETCH_NAMED = "Name", "My sketch"
FINISH, UNDO, REMOVE, CLEAR, DOWNLOAD = "Finish outline", "Undo", "Remove corner", "Clear", "Download GeoJSON"

BROKEN_SAVE = "What was saved cannot be drawn; the map is that of the save before."
WATCH_ENDED = "The command that watches the files has ended; the map is the last one."
WATCHED = "{}: as saved"

OFFLINE = "Each map opens by itself, without a network."
SIDE_BY_SIDE = "All of them side by side"
