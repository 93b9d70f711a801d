"""A `Briefing` becomes a folium map and the one HTML file that carries it, which requests nothing; so do several.

Each page is loaded when it is first asked for.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geo.renderers.webmap.comparison import build_comparison_map, render_comparison
    from geo.renderers.webmap.gallery import render_gallery
    from geo.renderers.webmap.map import build_map, render_html

__all__ = ["build_comparison_map", "build_map", "render_comparison", "render_gallery", "render_html"]

_HOMES = {
    "build_comparison_map": "comparison",
    "build_map": "map",
    "render_comparison": "comparison",
    "render_gallery": "gallery",
    "render_html": "map",
}
"""The module of each name."""


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
