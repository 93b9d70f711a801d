"""A briefing as KML 2.2 for globes: each layer a folder, its columns as extended data; or packed, as KMZ."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

from shapely.geometry.base import BaseGeometry

from geo import numerals
from geo.briefing import citing, legend, notes
from geo.briefing.briefing import Briefing
from geo.briefing.fields import Level, Row
from geo.measuring.figures import NEAREST
from geo.provenance import archive, kmz
from geo.renderers import style
from geo.renderers.data import layers
from geo.renderers.data.layers import Layer

_NAMESPACE = "http://www.opengis.net/kml/2.2"
_DECIMALS = 6  # a tenth of a metre
_HIDDEN = ("isolines",)  # until the reader asks for them, as on our page
_DATED = ("front", "beyond", "uncertainty")


def render_kmz(briefing: Briefing) -> bytes:
    """Return the same document in an archive."""
    return archive.write_parts({kmz.DOCUMENT: render_kml(briefing)})


def render_kml(briefing: Briefing) -> bytes:
    """Return the scenario as a KML document; figures are extended data with their unit in the name."""
    found = layers.build_layers(briefing)
    root = ET.Element("kml", xmlns=_NAMESPACE)
    document = _add(root, "Document")
    _add(document, "name", briefing.scenario.title)
    _add_description(document, " ".join([briefing.headline, briefing.distance_note, *briefing.caveats]))
    _add_styles(document)
    # Other programs open a layer by the name of its folder, so the first two are short and never change.
    for name, title, say in (
        ("zones", "Zones", _say_zone),
        ("front", "Front", lambda item: (item.sector.name, item.front.definition_text)),
        ("beyond", legend.FAR_GROUND, lambda front: (legend.describe_far_ground(front), "")),
        ("uncertainty", legend.LAYERS["band"], lambda front: (legend.describe_band(front), "")),
        ("nearest", legend.LAYERS["nearest"], _say_way),
        ("isolines", legend.LAYERS["isolines"], _say_level),
    ):
        if name in found:
            _add_layer(_add_folder(document, title), found[name], briefing, say)
    _add_claims(_add_folder(document, legend.CLAIMS), briefing)
    ET.indent(root, " ")
    text: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    return text + b"\n"


def _say_zone(row: Row) -> tuple[str, str]:
    """Return the name and the description of a zone."""
    assert row.zone is not None  # a layer of zones has no total
    words = [f"{row.zone.status.capitalize()}.", notes.describe_zone(row.measured), row.zone.basis or ""]
    return row.zone.name, " ".join(words).strip()


def _say_way(row: Row) -> tuple[str, str]:
    return f"{row.measured.zone}: {NEAREST.write_interval(row.measured)}", ""


def _say_level(level: Level) -> tuple[str, str]:
    return f"{legend.EQUAL}: {numerals.format_km(level.isoline.distance_km)}", ""


def _add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, tag, attributes)
    if text is not None:
        element.text = "".join(letter for letter in text if letter.isprintable() or letter == "\n")
    return element


def _add_description(parent: ET.Element, text: str) -> None:
    """Add a description, which globes read as HTML: what a user wrote stays text there."""
    _add(parent, "description", html.escape(text, quote=False))


def _add_folder(document: ET.Element, name: str) -> ET.Element:
    folder = _add(document, "Folder")
    _add(folder, "name", name)
    return folder


def _add_styles(document: ET.Element) -> None:
    inks = style.PALETTE
    fills = {
        "zones": 2 * style.OPACITIES.zone_fill,
        "beyond": 0.6,
        "uncertainty": style.OPACITIES.uncertainty,
    }
    for name, ink, width in (
        ("zones", inks.zone, "2"),
        ("front", inks.front, "4"),
        ("beyond", inks.beyond, "0"),
        ("uncertainty", inks.uncertainty, "0"),
        ("nearest", inks.nearest, "1.5"),
        ("isolines", inks.uncertainty, "1.1"),
    ):
        look = _add(document, "Style", id=name)
        stroke = _add(look, "LineStyle")
        _add(stroke, "color", _colour(ink, 1))
        _add(stroke, "width", width)
        if name in fills:
            _add(_add(look, "PolyStyle"), "color", _colour(ink, fills[name]))


def _colour(rgb: str, opacity: float) -> str:
    """Return a colour as KML writes it: opacity, blue, green, red."""
    red, green, blue = rgb[1:3], rgb[3:5], rgb[5:7]
    return f"{round(255 * opacity):02x}{blue}{green}{red}"


def _add_layer(
    folder: ET.Element, layer: Layer, briefing: Briefing, say: Callable[[Any], tuple[str, str]]
) -> None:
    """Add a placemark for each row; ``say`` returns its name and its description."""
    if layer.name in _HIDDEN:
        _add(folder, "visibility", "0")
    for item, values, shape in zip(layer.items, layer.rows, layer.shapes or (), strict=True):
        placemark = _add(folder, "Placemark")
        name, description = say(item)
        _add(placemark, "name", name)
        if layer.name in _HIDDEN:
            _add(placemark, "visibility", "0")
        if description:
            _add_description(placemark, description)
        if layer.name in _DATED:
            _add(_add(placemark, "TimeStamp"), "when", briefing.front.as_of.isoformat())
        _add(placemark, "styleUrl", f"#{layer.name}")
        _add_data(placemark, values)
        _add_shape(placemark, shape)


def _add_claims(folder: ET.Element, briefing: Briefing) -> None:
    for claim in briefing.claims:
        placemark = _add(folder, "Placemark")
        _add(placemark, "name", claim.id)
        _add_description(placemark, citing.describe_claim(claim, briefing.sources))


def _add_data(parent: ET.Element, values: dict[str, Any]) -> None:
    data = _add(parent, "ExtendedData")
    for name, value in values.items():
        if value is None:
            continue
        words = str(value).lower() if isinstance(value, bool) else str(value)
        _add(_add(data, "Data", name=name), "value", words)


def _add_shape(placemark: ET.Element, shape: BaseGeometry) -> None:
    """Add the parts of an area, each with its holes, or of a line, which follows the ground."""
    several = _add(placemark, "MultiGeometry")
    for part in getattr(shape, "geoms", [shape]):
        if part.geom_type == "LineString":
            drawn = _add(several, "LineString")
            _add(drawn, "tessellate", "1")
            _add(drawn, "coordinates", _coordinates(part))
            continue
        polygon = _add(several, "Polygon")
        for number, ring in enumerate((part.exterior, *part.interiors)):
            boundary = _add(polygon, "innerBoundaryIs" if number else "outerBoundaryIs")
            _add(_add(boundary, "LinearRing"), "coordinates", _coordinates(ring))


def _coordinates(line: Any) -> str:
    return " ".join(f"{round(lon, _DECIMALS)},{round(lat, _DECIMALS)}" for lon, lat, *_ in line.coords)
