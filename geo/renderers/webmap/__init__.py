"""A `Briefing` becomes a folium map and the one HTML file that carries it, which requests nothing; so do several."""

from geo.renderers.webmap.comparison import build_comparison_map, render_comparison
from geo.renderers.webmap.gallery import render_gallery
from geo.renderers.webmap.map import build_map, render_html

__all__ = ["build_comparison_map", "build_map", "render_comparison", "render_gallery", "render_html"]
