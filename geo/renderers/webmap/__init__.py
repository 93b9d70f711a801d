"""A value becomes a folium map and the one HTML file that carries it, a module for each kind of page."""
