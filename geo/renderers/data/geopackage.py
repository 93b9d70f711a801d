"""A briefing as a GeoPackage 1.3: a layer for everything that our map draws, with styles that QGIS takes up."""

from __future__ import annotations

from geo.briefing.briefing import Briefing
from geo.measuring.columns import Column, Kind
from geo.provenance import gpkg
from geo.renderers.data import gdal, layers, qgis
from geo.renderers.data.layers import Layer

_VERSION = {"VERSION": "1.3"}
"""QGIS 3.22, which Debian has, warns of a later one at every layer."""

_GEOMETRY = "geom"  # how GDAL calls the column of outlines


def render_gpkg(briefing: Briefing) -> bytes:
    """Return the layers of `layers.build_layers`, the claims as a plain table, and the table of styles."""
    found = layers.build_layers(briefing)
    styles = _build_styles([name for name, layer in found.items() if layer.shapes], briefing)
    return gdal.render_layers(
        [*found.values(), styles],
        "gpkg",
        briefing.front.as_of,
        dataset_options=_VERSION,
        dataset_metadata=gpkg.PLACE,
    )


def _build_styles(names: list[str], briefing: Briefing) -> Layer:
    """Return the table in which QGIS looks up how to draw a layer."""
    keys = {
        "f_table_catalog": lambda name: "",
        "f_table_schema": lambda name: "",
        "f_table_name": lambda name: name,
        "f_geometry_column": lambda name: _GEOMETRY,
        "styleName": lambda name: name,
        "styleQML": lambda name: qgis.render_style(name, briefing.front),
        "styleSLD": lambda name: "",
        "useAsDefault": lambda name: True,
        "description": lambda name: "",
        "owner": lambda name: "",
        "ui": lambda name: None,
        "update_time": lambda name: briefing.front.as_of,
    }
    kinds = {"useAsDefault": Kind.TRUTH, "update_time": Kind.DAY}
    columns = tuple(Column(key, kinds.get(key, Kind.TEXT), "", "", read) for key, read in keys.items())
    return Layer("layer_styles", columns, tuple(names))
