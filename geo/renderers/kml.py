"""A briefing as KML 2.2 for globes: zones, front and the ground beyond it, shortest distances and claims in folders."""

from __future__ import annotations

import html
from typing import Any
from xml.etree import ElementTree as ET

from shapely.geometry import LineString, MultiLineString, MultiPolygon, Polygon

from geo import geodesy
from geo.briefing import attribution, legend, notes, records
from geo.briefing.briefing import Briefing
from geo.measuring.figures import NEAREST
from geo.renderers import style

_NAMESPACE = "http://www.opengis.net/kml/2.2"
_DECIMALS = 6  # a tenth of a metre


def render_kml(briefing: Briefing) -> bytes:
    """Return the scenario as a KML document; figures are extended data with their unit in the name."""
    root = ET.Element("kml", xmlns=_NAMESPACE)
    document = _add(root, "Document")
    _add(document, "name", briefing.scenario.title)
    _add_description(document, " ".join([briefing.headline, briefing.distance_note, *briefing.caveats]))
    _add_styles(document)
    # Other programs open a layer by the name of its folder, so these two are short and never change.
    _add_zones(_add_folder(document, "Zones"), briefing)
    _add_front(_add_folder(document, "Front"), briefing)
    if not briefing.far_ground.is_empty:
        _add_far_ground(_add_folder(document, legend.FAR_GROUND), briefing)
    _add_ways(_add_folder(document, legend.LAYERS["nearest"]), briefing)
    _add_claims(_add_folder(document, legend.CLAIMS), briefing)
    ET.indent(root, " ")
    text: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    return text + b"\n"


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
    for name, ink, width in (
        ("zone", inks.zone, "2"),
        ("front", inks.front, "4"),
        ("way", inks.nearest, "1.5"),
        ("beyond", inks.beyond, "0"),
    ):
        look = _add(document, "Style", id=name)
        stroke = _add(look, "LineStyle")
        _add(stroke, "color", _colour(ink, 1))
        _add(stroke, "width", width)
        if name == "zone":
            _add(_add(look, "PolyStyle"), "color", _colour(ink, 2 * style.OPACITIES.zone_fill))
        elif name == "beyond":
            _add(_add(look, "PolyStyle"), "color", _colour(ink, 0.6))


def _colour(rgb: str, opacity: float) -> str:
    """Return a colour as KML writes it: opacity, blue, green, red."""
    red, green, blue = rgb[1:3], rgb[3:5], rgb[5:7]
    return f"{round(255 * opacity):02x}{blue}{green}{red}"


def _add_zones(folder: ET.Element, briefing: Briefing) -> None:
    for zone, row in zip(briefing.scenario.zones, briefing.metrics.zones, strict=True):
        placemark = _add(folder, "Placemark")
        _add(placemark, "name", zone.name)
        words = [f"{zone.status.capitalize()}.", notes.describe_zone(row), zone.basis or ""]
        _add_description(placemark, " ".join(words).strip())
        _add(placemark, "styleUrl", "#zone")
        figures = records.build_row(briefing.metrics, briefing.front, row)
        about = {"status": zone.status, "candidate": zone.candidate, "basis": zone.basis or ""}
        _add_data(placemark, {**about, **figures})
        _add_area(placemark, zone.geometry)


def _add_front(folder: ET.Element, briefing: Briefing) -> None:
    front = briefing.front
    for sector in front.sectors:
        placemark = _add(folder, "Placemark")
        _add(placemark, "name", sector.name)
        _add_description(placemark, front.definition_text)
        _add(_add(placemark, "TimeStamp"), "when", front.as_of.isoformat())
        _add(placemark, "styleUrl", "#front")
        about = {
            "as_of": front.as_of,
            "definition": front.definition,
            "precision_km": sector.precision_km,
            "status": sector.status,
            "source": front.source,
            "licence": front.licence,
        }
        _add_data(placemark, about)
        _add_line(placemark, sector.line)


def _add_far_ground(folder: ET.Element, briefing: Briefing) -> None:
    front = briefing.front
    placemark = _add(folder, "Placemark")
    _add(placemark, "name", legend.describe_far_ground(front))
    _add(_add(placemark, "TimeStamp"), "when", front.as_of.isoformat())
    _add(placemark, "styleUrl", "#beyond")
    _add_data(placemark, {"as_of": front.as_of, "source": front.source, "licence": front.licence})
    _add_area(placemark, briefing.far_ground)


def _add_ways(folder: ET.Element, briefing: Briefing) -> None:
    for row in briefing.metrics.zones:
        if row.nearest_km > 0:
            placemark = _add(folder, "Placemark")
            _add(placemark, "name", f"{row.zone}: {NEAREST.write_interval(row)}")
            _add(placemark, "styleUrl", "#way")
            _add_data(placemark, {"zone": row.zone, "nearest_km": row.nearest_km})
            way = geodesy.derive_geodesic(row.nearest_from, row.nearest_to)
            _add_line(placemark, MultiLineString([LineString(way)]))


def _add_claims(folder: ET.Element, briefing: Briefing) -> None:
    for claim in briefing.claims:
        placemark = _add(folder, "Placemark")
        _add(placemark, "name", claim.id)
        _add_description(placemark, attribution.describe_claim(claim, briefing.sources))


def _add_data(parent: ET.Element, values: dict[str, Any]) -> None:
    data = _add(parent, "ExtendedData")
    for name, value in values.items():
        words = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
        _add(_add(data, "Data", name=name), "value", words)


def _add_area(placemark: ET.Element, area: Polygon | MultiPolygon) -> None:
    several = _add(placemark, "MultiGeometry")
    for part in area.geoms if isinstance(area, MultiPolygon) else [area]:
        polygon = _add(several, "Polygon")
        for number, ring in enumerate((part.exterior, *part.interiors)):
            boundary = _add(polygon, "innerBoundaryIs" if number else "outerBoundaryIs")
            _add(_add(boundary, "LinearRing"), "coordinates", _coordinates(ring))


def _add_line(placemark: ET.Element, line: MultiLineString) -> None:
    several = _add(placemark, "MultiGeometry")
    for part in line.geoms:
        drawn = _add(several, "LineString")
        _add(drawn, "tessellate", "1")
        _add(drawn, "coordinates", _coordinates(part))


def _coordinates(line: Any) -> str:
    return " ".join(f"{round(lon, _DECIMALS)},{round(lat, _DECIMALS)}" for lon, lat, *_ in line.coords)
