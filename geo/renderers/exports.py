"""A briefing as data for other programs: GeoJSON, GeoPackage and CSV, the metrics as attributes."""

from __future__ import annotations

import json
import tempfile
from typing import Any

from shapely.geometry import LineString, mapping

from geo import geodesy, shipped
from geo.briefing import legend, records
from geo.briefing.briefing import Briefing
from geo.errors import OutputError
from geo.files import saving
from geo.provenance import gpkg

_CLAIM_COLUMNS = [
    *("id", "about", "statement", "attributed_to", "said", "reported_by", "reported", "value", "unit")
]


def render_csv(briefing: Briefing) -> bytes:
    """Return a row for each zone and the total, without outlines; text that a spreadsheet would run is defused."""
    return records.render_csv([(briefing.metrics, briefing.front)]).encode()


def render_geojson(briefing: Briefing) -> bytes:
    """Return the zones as an RFC 7946 collection which is still a scenario file."""
    scenario = briefing.scenario
    front = briefing.front.id
    about = {
        "id": scenario.id,
        "title": scenario.title,
        "summary": scenario.summary,
        "claims": list(scenario.claims),
        **({"front": front} if front in shipped.fronts() else {}),
    }
    features = [
        {"type": "Feature", "properties": _without_empty(row), "geometry": mapping(zone.geometry)}
        for zone, row in zip(scenario.zones, _zone_rows(briefing), strict=True)
    ]
    collection = {"type": "FeatureCollection", "scenario": about, "features": features}
    return (json.dumps(collection, ensure_ascii=False, allow_nan=False) + "\n").encode()


def render_gpkg(briefing: Briefing) -> bytes:
    """Return a GeoPackage with layers zones, front, beyond, nearest (shortest distances) and claims (a plain table).

    ``beyond`` is the ground beyond the front; like any other layer but ``zones`` it is left out if it is empty.
    """
    import geopandas as gpd
    import pandas as pd
    import pyogrio
    from pyogrio.errors import DataLayerError, DataSourceError, FeatureError

    front, scenario = briefing.front, briefing.scenario
    outlines = [zone.geometry for zone in scenario.zones]
    far_ground = [] if briefing.far_ground.is_empty else [briefing.far_ground]
    ways = [row for row in briefing.metrics.zones if row.nearest_km > 0]
    layers: dict[str, Any] = {
        "zones": gpd.GeoDataFrame(_zone_rows(briefing), geometry=outlines, crs=geodesy.CRS),
        "front": gpd.GeoDataFrame(
            _front_rows(briefing), geometry=[sector.line for sector in front.sectors], crs=geodesy.CRS
        ),
        "beyond": gpd.GeoDataFrame(
            [
                {
                    "name": legend.FAR_GROUND,
                    "as_of": front.as_of.isoformat(),
                    "source": front.source,
                    "licence": front.licence,
                }
                for _ in far_ground
            ],
            geometry=far_ground,
            crs=geodesy.CRS,
        ),
        "nearest": gpd.GeoDataFrame(
            {"zone": [row.zone for row in ways], "nearest_km": [row.nearest_km for row in ways]},
            geometry=[LineString(geodesy.derive_geodesic(row.nearest_from, row.nearest_to)) for row in ways],
            crs=geodesy.CRS,
        ),
        "claims": pd.DataFrame(_claim_rows(briefing), columns=_CLAIM_COLUMNS),
    }
    # GeoPackage notes when it was written; here that is the front's day, so the same data give the same bytes.
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{front.as_of.isoformat()}T00:00:00.000Z"})
    try:
        with saving.make_scratch() as folder:
            file = folder / "scenario.gpkg"
            for number, (name, frame) in enumerate(layers.items()):
                more = {"dataset_metadata": gpkg.PLACE} if number == 0 else {"append": True}
                if len(frame) or name == "zones":
                    pyogrio.write_dataframe(frame, file, layer=name, driver="GPKG", **more)
            return file.read_bytes()
    except (OSError, DataSourceError, DataLayerError, FeatureError) as error:
        raise OutputError(
            f"The GeoPackage could not be written to {tempfile.gettempdir()} first: {error}. "
            "Free some space there, or set TMPDIR to another folder."
        ) from error
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def _zone_rows(briefing: Briefing) -> list[dict[str, Any]]:
    """Return each zone's own properties and its metrics, flat."""
    rows = []
    for zone, measured in zip(briefing.scenario.zones, briefing.metrics.zones, strict=True):
        row = records.build_row(briefing.metrics, briefing.front, measured)
        del row["zone"]
        about = {"name": zone.name, "status": zone.status, "candidate": zone.candidate, "basis": zone.basis}
        rows.append({**about, **row, "country": zone.country})
    return rows


def _without_empty(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row without its empty values, which GeoJSON need not write and a scenario file may not."""
    return {key: value for key, value in row.items() if value is not None}


def _front_rows(briefing: Briefing) -> list[dict[str, Any]]:
    front = briefing.front
    return [
        {
            "sector": sector.name,
            "status": sector.status,
            "precision_km": sector.precision_km,
            "as_of": front.as_of.isoformat(),
            "definition": front.definition,
            "uncertainty_km": front.uncertainty_km,
            "source": front.source,
            "licence": front.licence,
        }
        for sector in front.sectors
    ]


def _claim_rows(briefing: Briefing) -> list[dict[str, Any]]:
    rows = [{key: getattr(claim, key) for key in _CLAIM_COLUMNS} for claim in briefing.claims]
    return [{**row, "reported": row["reported"].isoformat()} for row in rows]
