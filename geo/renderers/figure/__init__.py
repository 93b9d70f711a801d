"""A `Briefing` becomes a page to print or attach: PNG, SVG or PDF, drawn with matplotlib."""

from geo.renderers.figure.compare import GUTTER_MM, describe_zones
from geo.renderers.figure.render import (
    derive_keywords,
    render_comparison_maps_png,
    render_comparison_pdf,
    render_comparison_png,
    render_comparison_svg,
    render_map_png,
    render_pdf,
    render_png,
    render_svg,
)
from geo.renderers.figure.sheet import PAGES, Page
from geo.renderers.figure.view import describe_gap

__all__ = [
    "GUTTER_MM",
    "PAGES",
    "Page",
    "derive_keywords",
    "describe_gap",
    "describe_zones",
    "render_comparison_maps_png",
    "render_comparison_pdf",
    "render_comparison_png",
    "render_comparison_svg",
    "render_map_png",
    "render_pdf",
    "render_png",
    "render_svg",
]
