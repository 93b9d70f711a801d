"""A thousand points in and around Ukraine, as files of every kind."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.parquet
import shapely

LONLATS = np.random.default_rng(20250327).uniform([22, 45], [40, 52], size=(1000, 2))


def save_layer(file: Path, crs: str = "EPSG:4326") -> Path:
    """Write the points as a layer with one column, in the format of the file's name."""
    points = gpd.GeoDataFrame(
        {"code": [f"{i:04d}" for i in range(len(LONLATS))]}, geometry=shapely.points(LONLATS), crs="EPSG:4326"
    ).to_crs(crs)
    points.to_parquet(file) if file.suffix == ".parquet" else points.to_file(file)
    return file


def save_csv(file: Path, text: str) -> Path:
    """Write a text as it stands."""
    file.write_text(text, encoding="utf-8")
    return file


def save_folder(folder: Path, files: int = 3) -> Path:
    """Write the points as a folder of Parquet files with two row groups each."""
    folder.mkdir()
    for number, part in enumerate(np.array_split(np.arange(len(LONLATS)), files)):
        table = pa.table({"id": part, "lon": LONLATS[part, 0], "lat": LONLATS[part, 1]})
        pyarrow.parquet.write_table(table, folder / f"{number}.parquet", row_group_size=len(part) // 2 + 1)
    return folder
