"""What a user would write first: the layers of ``geo render dnipro-line`` through ``GeoDataFrame.explore()``."""

from __future__ import annotations

import sys
from pathlib import Path

import geopandas

ROOT = Path(__file__).parents[2]
REFERENCE = ("countries", "oblasts", "lines", "rivers", "seas", "places")


def save_map(target: Path) -> None:
    """Draw reference layers, zones and front on one map and save it."""
    files = [ROOT / "geo" / "reference" / f"{name}.geojson" for name in REFERENCE]
    files += [ROOT / "scenarios" / "dnipro-line.geojson", ROOT / "seeds" / "fronts" / "2025-03-27.geojson"]
    shown = None
    for file in files:
        layer = geopandas.read_file(file)
        # lists and objects in a column have no place in a tooltip
        plain = layer[[name for name in layer.columns if name in ("name", "rank", "sector", "geometry")]]
        shown = plain.explore(m=shown, tiles=None, name=file.stem)
    assert shown is not None
    shown.save(target)


if __name__ == "__main__":
    save_map(Path(sys.argv[1]))
