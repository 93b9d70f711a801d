"""Made-up layers that a user adds to a map, one of every kind that works without the network."""

from __future__ import annotations

from typing import Any

import folium
import numpy as np

DISTRICTS: dict[str, Any] = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"name": name, "people": people},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[west, 48], [west + 2, 48], [west + 2, 49], [west, 49], [west, 48]]],
            },
        }
        for name, people, west in (("Western & <first>", 12.5, 27), ("Eastern", 30, 30))
    ],
}
"""Two districts, each of two degrees by one, as GeoJSON."""


def add_offline(fmap: folium.Map) -> None:
    """Add a layer of every kind that needs no network."""
    folium.GeoJson(
        DISTRICTS,
        name="Districts",
        style_function=lambda feature: {"color": "#aa00aa", "weight": feature["properties"]["people"] / 5},
        highlight_function=lambda _: {"color": "#00aa00"},
        tooltip=folium.GeoJsonTooltip(["name", "people"]),
        popup=folium.GeoJsonPopup(["name"]),
    ).add_to(fmap)
    group = folium.FeatureGroup(name="Group").add_to(fmap)
    line = {"class_name": "made-up-line", "weight": 9}
    folium.PolyLine([(50, 26), (50, 28)], tooltip="A line", popup="Line", **line).add_to(group)
    html = folium.Popup("<b style='color: rgb(1, 2, 3)' class='bold'>Bold</b>", max_width=200)
    corners = [(50.5, 26), (51.5, 26), (51, 28)]
    folium.Polygon(corners, color="red", fill=True, class_name="made-up-polygon", popup=html).add_to(group)
    round_tip = folium.Tooltip("Round", style="font-size: 19px")
    folium.Circle((51, 30), radius=30_000, fill=True, class_name="made-up-circle", tooltip=round_tip).add_to(
        group
    )
    plain = folium.Popup("<plain> & `tick`", parse_html=True, lazy=True)
    folium.CircleMarker((50, 30), radius=9, fill=True, class_name="made-up-dot", popup=plain).add_to(fmap)
    folium.Marker((50, 31), popup="Depot", tooltip="Hover").add_to(fmap)
    folium.Marker((50, 32), icon=folium.DivIcon("<b style='color: green'>DIV</b>")).add_to(fmap)
    folium.Choropleth(
        DISTRICTS,
        data={"Western & <first>": 12.5, "Eastern": 30},
        key_on="feature.properties.name",
        name="People",
        legend_name="People, <thousands>",
        fill_opacity=0.4,
    ).add_to(fmap)
    picture = np.linspace(0, 1, 12).reshape(2, 2, 3)
    folium.raster_layers.ImageOverlay(picture, [[47, 27], [47.5, 29]], name="Picture").add_to(fmap)
