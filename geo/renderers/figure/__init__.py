"""A `Briefing` or `Comparison` becomes a page to print or attach: PNG, SVG or PDF, drawn with matplotlib.

Everything below is loaded when it is first asked for: pages of HTML and the maps of slides are laid out here too, and
need no matplotlib.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geo.renderers.figure.axes import plot_briefing
    from geo.renderers.figure.compare import build_comparison_maps, validate_count
    from geo.renderers.figure.grids import GUTTER_MM
    from geo.renderers.figure.layout import Printout, build_map
    from geo.renderers.figure.render import build_printout, render_pdf, render_png, render_svg
    from geo.renderers.figure.sheet import PAGES, PageSize
    from geo.renderers.figure.sidebyside import MOST_IN_A_ROW
    from geo.renderers.figure.stacks import Stack, build_stack, plan_stack

__all__ = [
    "GUTTER_MM",
    "MOST_IN_A_ROW",
    "PAGES",
    "PageSize",
    "Printout",
    "Stack",
    "build_comparison_maps",
    "build_map",
    "build_printout",
    "build_stack",
    "plan_stack",
    "plot_briefing",
    "render_pdf",
    "render_png",
    "render_svg",
    "validate_count",
]

_HOMES = {
    "GUTTER_MM": "grids",
    "MOST_IN_A_ROW": "sidebyside",
    "PAGES": "sheet",
    "PageSize": "sheet",
    "Printout": "layout",
    "build_comparison_maps": "compare",
    "build_map": "layout",
    "Stack": "stacks",
    "build_stack": "stacks",
    "plan_stack": "stacks",
    "validate_count": "compare",
    "plot_briefing": "axes",
}
"""The module of each name, `render` for all others."""


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES.get(name, 'render')}"), name)
