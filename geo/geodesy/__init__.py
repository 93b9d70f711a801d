"""Lengths, areas and nearest points on the WGS 84 ellipsoid; lon, lat degrees in and out."""

from geo.geodesy.areas import (
    CRS,
    Area,
    Line,
    LonLat,
    NearestPair,
    area_km2,
    bearing_deg,
    count_crossings,
    derive_band,
    equal_area_lattice,
    farthest_km,
    find_largest,
    length_km,
    nearest_pair,
    split_edges,
    thin,
)
from geo.geodesy.ellipsoid import GEOD, Floats, derive_geodesic, geodesic_km
from geo.geodesy.nearest import MAX_PIECE_DEG, Polyline

__all__ = [
    "CRS",
    "GEOD",
    "MAX_PIECE_DEG",
    "Area",
    "Floats",
    "Line",
    "LonLat",
    "NearestPair",
    "Polyline",
    "area_km2",
    "bearing_deg",
    "count_crossings",
    "derive_band",
    "derive_geodesic",
    "equal_area_lattice",
    "farthest_km",
    "find_largest",
    "geodesic_km",
    "length_km",
    "nearest_pair",
    "split_edges",
    "thin",
]
