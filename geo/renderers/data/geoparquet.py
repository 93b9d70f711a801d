"""A briefing's zones as GeoParquet 1.1, one row group with typed columns and the outlines as WKB."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import shapely

from geo.briefing.briefing import Briefing
from geo.errors import needing
from geo.geodesy import transforms
from geo.measuring.columns import Kind
from geo.provenance import parquet
from geo.renderers.data import layers
from geo.renderers.data.layers import Layer

_GEOMETRY = "geometry"


def render_parquet(briefing: Briefing) -> bytes:
    """Return the zones, the user's own columns behind ours.

    Raises
    ------
    UsageError
        The package that writes Parquet is not installed.
    """
    with needing("Writing Parquet"):
        import pyarrow as pa

    zones = layers.build_zones(briefing)
    types = {
        Kind.TEXT: pa.string(),
        Kind.NUMBER: pa.float64(),
        Kind.WHOLE: pa.int64(),
        Kind.TRUTH: pa.bool_(),
        Kind.DAY: pa.date32(),
    }
    rows = zones.rows
    arrays = [pa.array([row[each.key] for row in rows], types[each.kind]) for each in zones.columns]
    arrays.append(pa.array([shapely.to_wkb(shape) for shape in zones.shapes or ()], pa.binary()))
    table = pa.table(arrays, names=[*(each.key for each in zones.columns), _GEOMETRY])
    return parquet.write_table(table, {b"geo": json.dumps(_describe(zones)).encode()})


def _describe(layer: Layer) -> dict[str, Any]:
    """Return the metadata that make a Parquet file a GeoParquet file."""
    shapes: Sequence[Any] = layer.shapes or ()
    about = {
        "encoding": "WKB",
        "crs": transforms.describe_lonlat(),  # the format has longitude first, whatever the system says
        "geometry_types": sorted({shape.geom_type for shape in shapes}),
        "orientation": "counterclockwise",
        "edges": "planar",
        "bbox": list(shapely.total_bounds(shapes)),
    }
    return {"version": "1.1.0", "primary_column": _GEOMETRY, "columns": {_GEOMETRY: about}}
