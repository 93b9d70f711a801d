"""Folium, loaded without pandas and requests; whoever needs those gets them all the same."""

from geo.renderers.webmap.deferral import deferred

with deferred("pandas", "requests"):
    import folium as folium
