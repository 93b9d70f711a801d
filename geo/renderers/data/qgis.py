"""How QGIS draws the layers of a GeoPackage: styles (QML, as QGIS 3.22 and later read) in the colours of our map."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from geo.briefing import legend
from geo.fronts.front import FrontFacts
from geo.renderers import style

_INK, _WIDTHS, _OPACITIES = style.PALETTE, style.WIDTHS, style.OPACITIES
_MM_PER_PX = 25.4 / 96
_NEAREST = (
    'format_number(if("nearest_km" < 50, round("nearest_km"), 5 * round("nearest_km" / 5)), 0) || \' km\''
)
"""The distance of a zone as `geo.numerals` rounds it, in QGIS's language."""

_TINTS = ("beyond", "uncertainty")
"""Layers that darken what lies below them and hide none of it, because QGIS adds layers in the order of their names."""

_MULTIPLY = 6  # QGIS's number of that way to blend

_Sign = str
"""One or several symbol layers, one above the other."""


def render_style(name: str, front: FrontFacts) -> str:
    """Return the style of a layer of `geo.renderers.data.layers`, by its name."""
    rules: dict[str, Sequence[tuple[str, str, _Sign]]] = {
        "zones": [
            (legend.ZONE, 'NOT "candidate"', _zone(1, "")),
            (legend.CANDIDATE, '"candidate"', _zone(1.5, "6;3.5")),
        ],
        "totals": [("All zones", "", _outline(_INK.zone_text, 0.8, dash="2;3"))],
        "front": [
            (legend.describe_line(front), "\"status\" IS NOT 'disputed'", _casing() + _front("")),
            (legend.DISPUTED, "\"status\" = 'disputed'", _front("1;2")),
        ],
        "beyond": [(legend.describe_far_ground(front), "", _fill(_INK.beyond, 1))],
        "uncertainty": [(legend.describe_band(front), "", _fill(_INK.uncertainty, _OPACITIES.uncertainty))],
        "nearest": [(legend.SHORTEST, "", _line(_INK.nearest, _WIDTHS.nearest, dash="5;3"))],
        "isolines": [(legend.EQUAL, "", _line(_INK.uncertainty, 1.1, opacity=0.85))],
    }
    labels = {
        "zones": _label(f"\"zone\" || '\\n' || {_NEAREST}", _INK.zone_text, 9, placement=0),
        "isolines": _label("\"distance_km\" || ' km'", _INK.front, 8, placement=2),
    }
    labelled = labels.get(name, "")
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
        f'<qgis version="3.22.0" styleCategories="Symbology|Labeling" labelsEnabled="{int(bool(labelled))}">'
        f"{_render_rules(rules[name])}{labelled}<blendMode>{_MULTIPLY if name in _TINTS else 0}</blendMode></qgis>"
    )


def _render_rules(rules: Sequence[tuple[str, str, _Sign]]) -> str:
    """Return a renderer that draws each row with the sign of the rule that it fits; one with no condition fits all."""
    kind = "fill" if 'class="SimpleFill"' in rules[0][2] else "line"
    keys = "".join(
        f'<rule key="{{{number}}}" symbol="{number}" label={quoteattr(label)}'
        f"{f' filter={quoteattr(condition)}' if condition else ''}/>"
        for number, (label, condition, _) in enumerate(rules)
    )
    symbols = "".join(
        f'<symbol type="{kind}" name="{number}" alpha="1" clip_to_extent="1" force_rhr="0">{sign}</symbol>'
        for number, (_, _, sign) in enumerate(rules)
    )
    return (
        '<renderer-v2 type="RuleRenderer" symbollevels="1" forceraster="0" enableorderby="0">'
        f'<rules key="{{rules}}">{keys}</rules><symbols>{symbols}</symbols></renderer-v2>'
    )


def _zone(spread: float, dash: str) -> _Sign:
    """Return a tint under hatching; a candidate has a wider pattern and a broken outline, as on our map."""
    hatch = _line(_INK.zone, _WIDTHS.hatch, opacity=_OPACITIES.zone_hatch)
    pattern = _layer(
        "LinePatternFill",
        {"angle": "45", "distance": _mm(_WIDTHS.hatch_step * spread), "distance_unit": "MM"},
        f'<symbol type="line" name="@0@1" alpha="1" clip_to_extent="1" force_rhr="0">{hatch}</symbol>',
    )
    return _fill(_INK.zone, _OPACITIES.zone_fill) + pattern + _outline(_INK.zone, _WIDTHS.zone, dash=dash)


def _casing() -> _Sign:
    return _line(_INK.front_casing, _WIDTHS.front_casing)  # below every sector, not only its own


def _front(dash: str) -> _Sign:
    return _line(_INK.front, _WIDTHS.front, dash=dash, level=1)


def _fill(colour: str, opacity: float) -> _Sign:
    look = {"color": _colour(colour, opacity), "style": "solid", "outline_style": "no"}
    return _layer("SimpleFill", look)


def _outline(colour: str, width_px: float, *, dash: str) -> _Sign:
    """Return the outline of an area, over a fill of nothing."""
    hollow = _layer("SimpleFill", {"color": "0,0,0,0", "style": "no", "outline_style": "no"})
    return hollow + _line(colour, width_px, dash=dash)


def _line(colour: str, width_px: float, *, opacity: float = 1, dash: str = "", level: int = 0) -> _Sign:
    """Return a line; ``dash`` are lengths of strokes and gaps in CSS pixels, nothing for an unbroken one.

    Lines of a higher ``level`` lie over those of every feature of a lower one.
    """
    lengths = [_mm(float(each)) for each in dash.split(";") if each]
    look = {
        "line_color": _colour(colour, opacity),
        "line_width": _mm(width_px),
        "line_width_unit": "MM",
        "capstyle": "flat" if lengths else "round",
        "joinstyle": "round",
        "use_custom_dash": str(int(bool(lengths))),
        "customdash": ";".join(lengths),
        "customdash_unit": "MM",
    }
    return _layer("SimpleLine", look, level=level)


def _layer(kind: str, look: dict[str, str], inner: str = "", *, level: int = 0) -> _Sign:
    options = "".join(
        f'<Option type="QString" name={quoteattr(key)} value={quoteattr(value)}/>'
        for key, value in look.items()
    )
    head = f'<layer class="{kind}" enabled="1" pass="{level}" locked="0">'
    return f'{head}<Option type="Map">{options}</Option>{inner}</layer>'


def _label(expression: str, colour: str, size_pt: float, *, placement: int) -> str:
    """Return labels with a pale halo; ``placement`` is QGIS's number, 0 around a middle, 2 along a line."""
    text = (
        f'<text-style fieldName={quoteattr(expression)} isExpression="1" fontSize="{size_pt:g}" '
        f'fontSizeUnit="Point" textColor="{_colour(colour, 1)}" namedStyle="Bold" fontWeight="75">'
        f'<text-buffer bufferDraw="1" bufferSize="0.9" bufferSizeUnits="MM" bufferColor="{_colour(_INK.halo, 1)}"/>'
        "</text-style>"
    )
    return (
        f'<labeling type="simple"><settings calloutType="simple">{text}<text-format multilineAlign="1"/>'
        f'<placement placement="{placement}" centroidInside="1" centroidWhole="1" dist="0"/>'
        '<rendering obstacle="0" drawLabels="1" fontMinPixelSize="3" fontMaxPixelSize="10000"/></settings></labeling>'
    )


def _mm(width_px: float) -> str:
    return f"{width_px * _MM_PER_PX:.3f}"


def _colour(rgb: str, opacity: float) -> str:
    """Return a colour as QGIS writes it: red, green, blue, opacity from 0 to 255."""
    red, green, blue = (int(rgb[start : start + 2], 16) for start in (1, 3, 5))
    return escape(f"{red},{green},{blue},{round(255 * opacity)}")
