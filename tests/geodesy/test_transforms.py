"""Reference systems that files name: known by code or definition, and never a way to another file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely
from pyproj import CRS

from geo.geodesy import transforms

KNOWN = [
    "EPSG:3857", "epsg:32637", "ESRI:102025", "urn:ogc:def:crs:EPSG::3035", "urn:ogc:def:crs:OGC:1.3:CRS84",
    "http://www.opengis.net/def/crs/EPSG/0/3035",
    *(CRS(code).to_wkt(kind) for code in (3857, 32637, 6381) for kind in ("WKT1_GDAL", "WKT1_ESRI", "WKT2_2019")),
]  # fmt: skip


@pytest.mark.parametrize("name", KNOWN, ids=range(len(KNOWN)))
def test_known(name: str) -> None:
    """Codes, OGC's names and addresses, and well-known text of every kind are understood."""
    assert transforms.is_known(name)


@pytest.mark.parametrize(
    "name",
    [
        "+init={}:1",
        "+proj=pipeline +step +init={}:1",
        "+proj=longlat +geoidgrids={}",
        "init={}:1",
        "{}",
        "file://{}",
        'PROJCS["a",GEOGCS["b",DATUM["c",SPHEROID["d",6378137,298]]],EXTENSION["PROJ4","+init={}:1"]]',
        "EPSG:99999",
        "",
        "\x1b[31m",
    ],
)
def test_nothing_is_opened(name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """PROJ's own texts, and whatever could name a file, are unknown; the file is not opened, and nothing is printed."""
    file = tmp_path / "canary"
    file.write_text("<1> +proj=longlat +datum=WGS84 <>\n")
    before = file.stat().st_atime_ns
    assert not transforms.is_known(name.format(file))
    assert file.stat().st_atime_ns == before
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("far", [5e7, 5e9, 1e300])
def test_far_positions(far: float) -> None:
    """An edge that no place on earth has is not cut into pieces; it comes out infinite."""
    moved = transforms.to_lonlat(shapely.LineString([(0, 0), (far, far)]), "EPSG:3857")
    assert np.isinf(shapely.get_coordinates(moved)).all()
