"""The one reader of maps: any file, whatever it is called, becomes checked features of one kind."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from geo.errors import DataError, UsageError
from geo.files import document, formats, geojson, geoparquet, gpx, kml, packing, rows, vectors
from geo.files.features import Collection, Kind
from geo.files.remarks import Remarks

_PICTURE = re.compile(rb"<(?:\w+:)?GroundOverlay[\s>]")
"""A picture laid on the globe; its frame is no area."""
_TEXTS = ("json", "kml", "gpx")


# positions that are no numbers are told as what is wrong, without a library's warning
@np.errstate(all="ignore")
def parse_collection(content: document.Content, kind: Kind, layer: str | None = None) -> Collection:
    """Parse a file of any format that is read, brought to lon, lat degrees from the reference system it declares.

    It is recognised by its first bytes, packed or not: GeoJSON, also one feature a line, TopoJSON, GeoPackage,
    Shapefile, FlatGeobuf, KML, KMZ, GPX and GeoParquet. ``layer`` chooses one of several layers, a map of an archive,
    or a folder of a KML file.

    Raises
    ------
    DataError
        The file is of no such format, is damaged, holds nothing of the kind, or several layers to choose from.
    UsageError
        A layer is asked of a file without layers, or a package that only an extra brings is missing.
    """
    read, layer = packing.unpack(content, layer, kind.layer_option)
    found = formats.recognise(read.data)
    if found.key in _TEXTS:
        document.read_content(read, max_bytes=kind.max_bytes)
    if found.key == "json":
        return replace(geojson.parse_collection(read, kind, layer), sha256=content.sha256)
    if layer is not None and found.key in ("gpx", "parquet"):
        raise UsageError(f"{content.path} is {found.words}, which has no layers. Leave the layer out.")
    remarks = Remarks()
    listed: Iterable[rows.Row]
    if found.key == "kml":
        listed = _read_kml(read, kind, layer, remarks)
    elif found.key == "gpx":
        listed = _read_xml(gpx, read)
    elif found.key == "parquet":
        listed = geoparquet.read_rows(read, kind.max_features)
    elif found.key in ("gpkg", "shp", "fgb"):
        listed = vectors.read_rows(read, found.key, kind, layer, remarks)
    else:
        raise formats.refuse(content.path, found, "a map")
    return replace(rows.build_collection(read, listed, kind, remarks), sha256=content.sha256)


def _read_kml(content: document.Content, kind: Kind, layer: str | None, remarks: Remarks) -> list[rows.Row]:
    listed = _read_xml(kml, content)
    if pictures := len(_PICTURE.findall(content.data)):
        remarks.asides["Picture"] += pictures
    elif not listed:
        kml.refuse_link(content.data, content.path)
    folders = {row.layer: row.layer for row in listed if row.layer}
    layer = layer or kind.find_layer(folders)
    if layer is None:
        return listed
    chosen = packing.choose(content.path, layer, folders)
    return [row._replace(is_hidden=False) for row in listed if row.layer == chosen]


def _read_xml(reader: object, content: document.Content) -> list[rows.Row]:
    try:
        return list(reader.read_rows(content.data))  # type: ignore[attr-defined]
    except ValueError as error:
        what = f"The file is damaged ({str(error)[:80]})"
        remedy = "Save it again from the program it came from, or as GeoJSON."
        raise DataError.of(content.path, what, remedy) from None
