"""A briefing's zones as FlatGeobuf, one layer with its figures as attributes."""

from __future__ import annotations

from geo.briefing.briefing import Briefing
from geo.provenance import flatgeobuf
from geo.renderers.data import gdal, layers


def render_fgb(briefing: Briefing) -> bytes:
    """Return the zones with a place for a manifest among the layer's metadata."""
    zones = layers.build_zones(briefing)
    return gdal.render_layers([zones], "fgb", briefing.front.as_of, layer_metadata=flatgeobuf.PLACE)
