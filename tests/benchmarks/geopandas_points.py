"""A script of GeoPandas that does what ``geo distance --points IN.csv --out OUT.parquet`` does; it takes two paths."""

from __future__ import annotations

import sys

import geopandas as gpd
import pandas as pd

from geo import shipped

UTM_36N = "EPSG:32636"


def main(source: str, target: str) -> None:
    """Read points, measure each to the shipped front on the plane of a UTM zone, and write them with distances."""
    sectors = gpd.read_file(shipped.fronts()["2025-03-27"]).to_crs(UTM_36N)
    front = sectors[sectors["status"] != "disputed"].union_all()
    table = pd.read_csv(source)
    points = gpd.GeoSeries(gpd.points_from_xy(table["lon"], table["lat"]), crs="EPSG:4326").to_crs(UTM_36N)
    table["distance_km"] = points.distance(front) / 1000
    table.to_parquet(target)


if __name__ == "__main__":
    main(*sys.argv[1:])
