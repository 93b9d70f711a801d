"""The lines of equal distance to the fronts that ship, written so that a page of them need not derive them."""

from __future__ import annotations

from geo.fronts.front import Front
from geo.measuring import isolines
from seeds.build.geojson import build_feature, render_compact

DECIMALS = 4


def render_isolines(front: Front) -> bytes:
    """Render the lines of equal distance to one front, with the hash of the front's file in every feature."""
    return render_compact(
        [
            build_feature(
                isoline.line,
                {"distance_km": isoline.distance_km, "front_sha256": front.sha256},
                decimals=DECIMALS,
            )
            for isoline in isolines.derive_isolines(front.polyline)
        ]
    )
