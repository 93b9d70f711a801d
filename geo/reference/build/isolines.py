"""Write the lines of equal distance to the fronts that ship: ``python -m geo.reference.isolines``."""

from __future__ import annotations

from geo import shipped
from geo.measuring import isolines
from geo.fronts.front import read_front
from geo.reference.build.layers import build_feature, render_compact

DECIMALS = 4


def main() -> None:
    """Write one file for each shipped front."""
    isolines.FOLDER.mkdir(exist_ok=True)
    for name, file in shipped.fronts().items():
        front = read_front(file)
        features = [
            build_feature(
                each.line,
                {"distance_km": each.distance_km, "front_sha256": front.sha256},
                decimals=DECIMALS,
            )
            for each in isolines.derive_isolines(front.line)
        ]
        (isolines.FOLDER / f"{name}.geojson").write_bytes(render_compact(features))


if __name__ == "__main__":
    main()
