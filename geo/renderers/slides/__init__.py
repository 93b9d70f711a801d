"""A `Briefing` becomes one slide: native title and table, the map with its alternative text, sources and notes."""

from geo.renderers.slides.render import render_comparison_pptx, render_pptx

__all__ = ["render_comparison_pptx", "render_pptx"]
