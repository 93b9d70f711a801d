"""A `Briefing` becomes a folium map and the one HTML file that carries it, which requests nothing."""

from geo.webmap.map import build_map, render_html

__all__ = ["build_map", "render_html"]
