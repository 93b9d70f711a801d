"""How far: zones, places and days; points by the million in `geo.measuring.bulk`."""
