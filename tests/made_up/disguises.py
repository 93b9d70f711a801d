"""Files that are something else than their ending says, and name other files and addresses."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path

VRT = '<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>{}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>'
SCHEMA = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://x {}/x.xsd"'
DISGUISES = {
    "virtual, on the net": VRT.format("/vsicurl/{}/a.geojson"),
    "virtual, on the disk": VRT.format("secret.geojson"),
    "address": "{}/a.geojson",
    "service": "<OGRWFSDataSource><URL>{}/wfs</URL></OGRWFSDataSource>",
    "document type": '<!DOCTYPE kml SYSTEM "{}/d.dtd"><kml></kml>',
    "two roots": "<kml></kml>" + VRT.format("/vsicurl/{}/a.geojson"),
    "schema": f'<kml xmlns:gml="http://www.opengis.net/gml" {SCHEMA}></kml>',
}


def save_disguised(folder: Path, url: str, suffixes: Iterable[str]) -> list[Path]:
    """Write each disguise under every ending, and inside of archives."""
    files = []
    for number, body in enumerate(DISGUISES.values()):
        text = body.format(url)
        for suffix in suffixes:
            files.append(folder / f"{number}-2025-03-27{suffix}")
            files[-1].write_text(text)
        for inner in ("a.shp", "a.geojson", "doc.kml"):
            files.append(folder / f"{number}-{inner[-3:]}-2025-03-27.{'kmz' if 'kml' in inner else 'zip'}")
            with zipfile.ZipFile(files[-1], "w") as archive:
                archive.writestr(inner, text)
    return files
