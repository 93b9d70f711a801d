"""Run every command once, as installed, on this machine: ``python -m tests.smoke`` (extra points).

It takes a minute and needs neither network nor browser, so it is tried on every system and Python.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent

COMMANDS = """
list --json
sources --json
fronts --json
schema scenario
schema front
schema source
schema metrics
new a-plan
validate a-plan.geojson
metrics --all --format json
metrics dnipro-line --format markdown
metrics --all --out figures.csv
metrics --all --out figures.xlsx
render a-plan.geojson --format html,png,svg,pdf,pptx --out maps
render --all --out maps
compare
compare --format html,png,svg,pdf,pptx --out maps
distance Kyiv 49.07,33.42 36UUA2418291607 --json
distance --points points.csv --out points.parquet
distance --points rows.parquet --out again.csv
distance --points points.gpkg --out points-gpkg.csv
export dnipro-line --out zones.geojson
export dnipro-line --out zones.gpkg
export dnipro-line --out zones.kml
export dnipro-line --out zones.csv
export dnipro-line --format kmz,fgb,xlsx,parquet --out exports
verify zones.gpkg zones.geojson zones.kml maps/dnipro-line.html
validate zones.geojson --json
changes dnipro-line --from 2025-03-27 --to area.gpkg --format html,png,svg,pdf --out maps
changes a-plan.geojson zones.geojson --json
history dnipro-line --fronts fronts --cache cache
history dnipro-line --fronts fronts --cache cache --format html,png,svg --out maps
fronts fetch
fronts fetch area.gpkg --source Nobody
metrics dnipro-line --front own/2025-03-27
fronts derive area.gpkg --out from-gpkg.geojson
fronts derive area.fgb --out from-fgb.geojson
fronts derive area.shp --out from-shp.geojson
fronts derive area.kml --as-of 2025-03-27 --out from-kml.geojson
metrics dnipro-line --front from-gpkg.geojson
"""

LAYERS = """
import geopandas as gpd
import pyarrow.csv
import pyarrow.parquet
from shapely.geometry import box

area = gpd.GeoDataFrame({"date": ["2025-03-27"]}, geometry=[box(36, 46.5, 38, 48.5)], crs="EPSG:4326")
for name in ("area.gpkg", "area.fgb", "area.shp"):
    area.to_file(name)
area.to_file("area.kml", driver="KML")
gpd.GeoDataFrame(geometry=gpd.points_from_xy([30.5], [50.4]), crs="EPSG:4326").to_file("points.gpkg")
pyarrow.parquet.write_table(pyarrow.csv.read_csv("points.csv"), "rows.parquet")
"""


def main() -> int:
    """Run the commands in a folder of their own, and return how many failed or were left out."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # whatever letters this system's terminal has
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        here = Path(folder)
        shutil.copytree(ROOT / "seeds" / "fronts", here / "fronts")
        (here / "points.csv").write_text("lon,lat\n30.5,50.4\n33.4,49.1\n", encoding="utf-8")
        subprocess.run([sys.executable, "-c", LAYERS], cwd=here, check=True)
        failed = sum(not is_fine(line.split(), here) for line in COMMANDS.strip().splitlines())
        missed = find_commands(here) - {line.split()[0] for line in COMMANDS.strip().splitlines()}
    print(f"{failed} failed; never run: {', '.join(sorted(missed)) or 'none'}")
    return failed + len(missed)


def is_fine(words: list[str], here: Path) -> bool:
    """Tell whether a command ends well and without a warning, and say what it printed if not."""
    done = run(words, here)
    fine = done.returncode == 0 and not re.search("Warning|Traceback", done.stdout + done.stderr)
    print(f"{'ok' if fine else 'FAILED'}  geo {' '.join(words)}", flush=True)
    if not fine:
        print(done.stdout, done.stderr, sep="\n", flush=True)
    return fine


def find_commands(here: Path) -> set[str]:
    """Return the names of the commands that the program's help lists."""
    _, _, listed = run(["--help"], here).stdout.partition("Commands:")
    return set(re.findall(r"^  (\w+)", listed, re.M))


def run(words: list[str], here: Path) -> subprocess.CompletedProcess[str]:
    """Run the program as it is installed: from another folder than that of the project."""
    command = [sys.executable, "-m", "geo", *words]
    own = os.environ | {"GEO_DATA": str(here / "data")}
    return subprocess.run(command, cwd=here, capture_output=True, text=True, errors="replace", env=own)


if __name__ == "__main__":
    sys.exit(main())
