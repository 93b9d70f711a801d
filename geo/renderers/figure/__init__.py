"""A `Briefing` or `Comparison` becomes a page to print or attach: PNG, SVG or PDF, drawn with matplotlib.

Everything below is loaded when it is first asked for: pages of HTML and the maps of slides are laid out here too, and
need no matplotlib.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geo.renderers.figure.axes import plot_briefing
    from geo.renderers.figure.compare import build_comparison_maps
    from geo.renderers.figure.layout import Printout, build_map
    from geo.renderers.figure.render import build_printout, render_pdf, render_png, render_svg
    from geo.renderers.figure.sheet import PAGES, PageSize
    from geo.renderers.figure.sidebyside import GUTTER_MM

__all__ = [
    "GUTTER_MM",
    "PAGES",
    "PageSize",
    "Printout",
    "build_comparison_maps",
    "build_map",
    "build_printout",
    "plot_briefing",
    "render_pdf",
    "render_png",
    "render_svg",
]

_HOMES = {
    "GUTTER_MM": "sidebyside",
    "PAGES": "sheet",
    "PageSize": "sheet",
    "Printout": "layout",
    "build_comparison_maps": "compare",
    "build_map": "layout",
    "plot_briefing": "axes",
}
"""The module of each name, `render` for all others."""


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES.get(name, 'render')}"), name)
