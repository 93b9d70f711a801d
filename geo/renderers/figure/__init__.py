"""A `Briefing` or `Comparison` becomes a page to print or attach: PNG, SVG or PDF, drawn with matplotlib."""

from geo.renderers.figure.axes import plot_briefing
from geo.renderers.figure.compare import GUTTER_MM
from geo.renderers.figure.layout import Printout
from geo.renderers.figure.render import (
    build_comparison_maps,
    build_map,
    build_printout,
    derive_keywords,
    render_pdf,
    render_png,
    render_svg,
)
from geo.renderers.figure.sheet import PAGES, PageSize

__all__ = [
    "GUTTER_MM",
    "PAGES",
    "PageSize",
    "Printout",
    "build_comparison_maps",
    "build_map",
    "build_printout",
    "derive_keywords",
    "plot_briefing",
    "render_pdf",
    "render_png",
    "render_svg",
]
