"""What a file is, told from its first bytes and never from its name.

`recognise` is the one place for that, for scenarios, fronts and points alike: it takes the bytes (the first few
thousand are enough) and returns a `Format`. Compare its ``key`` with the ones you read, and refuse all others with
`refuse`, which says what the file looks like and what to do.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from geo.errors import DataError

HEAD_BYTES = 4096
"""So many bytes of a file tell what it is."""


ENDINGS = (
    ".geojson", ".json", ".geojsonl", ".geojsons", ".ndjson", ".jsonl", ".topojson", ".gpkg", ".shp", ".kml", ".kmz",
    ".gpx", ".fgb", ".parquet", ".geoparquet",
)  # fmt: skip
"""What names of maps end in, as a rule; what a file is does not depend on it."""

PACKED = (".zip", ".gz")
"""What names of packed maps end in."""


@dataclass(frozen=True)
class Format:
    """What a file is: a ``key`` for programs, and ``words`` for people."""

    key: str
    words: str


_BINARY = (
    (b"SQLite format 3\0", Format("gpkg", "a GeoPackage")),
    (b"\x00\x00\x27\x0a", Format("shp", "a Shapefile")),
    (b"fgb\x03", Format("fgb", "a FlatGeobuf file")),
    (b"PAR1", Format("parquet", "a Parquet file")),
    (b"PK\x03\x04", Format("zip", "a zip archive")),
    (b"PK\x05\x06", Format("zip", "an empty zip archive")),
    (b"\x1f\x8b", Format("gzip", "a gzip file")),
    (b"%PDF-", Format("pdf", "a PDF document")),
    (b"\x89PNG", Format("png", "a PNG picture")),
    (b"\xff\xd8\xff", Format("jpeg", "a JPEG picture")),
    (b"GIF8", Format("gif", "a GIF picture")),
    (b"BM", Format("bmp", "a BMP picture")),
    (b"II*\0", Format("tiff", "a TIFF picture, or a raster map (GeoTIFF)")),
    (b"MM\0*", Format("tiff", "a TIFF picture, or a raster map (GeoTIFF)")),
    (b"RIFF", Format("webp", "a WebP picture or a sound")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Format("ole", "an older Office document (.xls, .doc)")),
    (b"7z\xbc\xaf\x27\x1c", Format("7z", "a 7z archive")),
    (b"Rar!", Format("rar", "a RAR archive")),
    (b"BZh", Format("bz2", "a bzip2 archive")),
    (b"\xfd7zXZ", Format("xz", "an xz archive")),
    (b"\x28\xb5\x2f\xfd", Format("zst", "a Zstandard archive")),
    (b"ARROW1", Format("arrow", "an Arrow file (Feather)")),
    (b"\x7fELF", Format("program", "a program")),
    (b"MZ", Format("program", "a program")),
)
_ROOTS = {
    "kml": Format("kml", "a KML file"),
    "gpx": Format("gpx", "a GPX file"),
    "ogrvrtdatasource": Format("vrt", "a virtual layer (VRT), which only names other files"),
    "vrtdataset": Format("vrt", "a virtual raster (VRT), which only names other files"),
    "osm": Format("osm", "OpenStreetMap data"),
    **dict.fromkeys(("html", "head", "title", "body", "script"), Format("html", "a web page")),
    "svg": Format("svg", "an SVG picture"),
    "featurecollection": Format("gml", "a GML file"),
    "qgis": Format("qgis", "a QGIS project, which only names other files"),
}
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c\x1d\x1f]")
_PAGE = re.compile(r"<!doctype\s+html\b", re.IGNORECASE)
"""What says that a file is a web page, whose root and head may be left out."""
_ROOT = re.compile(r"\s*+(?:(?><!--.*?-->|<[?!][^>]*>)\s*+)*+<(?:[\w.-]+:)?([\w.-]+)", re.DOTALL)
"""Possessive throughout: a comment can be read in one way only, so that many of them take no time."""

JSON = Format("json", "JSON text")
TEXT = Format("text", "plain text")
NOTHING = Format("nothing", "an empty file")
_XML = Format("xml", "an XML file")
_DBF = Format("dbf", "the table of a Shapefile")
_POINTER_HEAD = "version https://git-lfs.github.com/spec/"
_POINTER = Format("pointer", "a pointer of Git LFS, which only names the file")
_TAR = Format("tar", "a tar archive")
_UNKNOWN = Format("unknown", "no map format that is known here")

_REMEDIES = {
    "shp": "Name the .shp file, with its .shx, .dbf and .prj beside it.",
    "dbf": "Name the .shp file beside it.",
    "gml": "Save it as GeoJSON or GeoPackage, in QGIS with Export, Save Features As.",
    "html": "The download gave a page instead of the map; follow its link to the data.",
    "pointer": "Take the file behind it: the page of the repository offers it as a download.",
    **dict.fromkeys(("7z", "rar", "bz2", "xz", "zst", "tar"), "Unpack it, or pack it as .zip or .gz."),
}
_MAPS = ("gml", "osm")
"""Maps that are not read."""
_OTHERWISE = "Save the map from the program it came from, as GeoJSON or GeoPackage."


def recognise(data: bytes) -> Format:
    """Return what a file is, from its first bytes: `HEAD_BYTES` of them are enough.

    A zip archive may be a KMZ or a workbook, and JSON may be GeoJSON, one feature a line, or TopoJSON: that shows when
    they are read.
    """
    head = data[:HEAD_BYTES]
    for first, found in _BINARY:
        if head.startswith(first) and (len(first) > 2 or found.key == "gzip" or b"\0" in head):
            return found
    if head[257:262] == b"ustar":
        return _TAR
    if head[:1] == b"\x03" and len(head) >= 32 and head[2:3] <= b"\x0c" and b"\0" in head:
        return _DBF
    text = decode_head(head)
    if text is None:
        return _UNKNOWN
    stripped = text.lstrip("\ufeff \t\r\n\x1e")
    if not stripped.strip("\0"):
        return _UNKNOWN if stripped else NOTHING
    if stripped[0] in "{[":
        return JSON
    if stripped[0] == "<":
        root = _ROOT.match(stripped)
        otherwise = _ROOTS["html"] if _PAGE.search(stripped) else _XML
        return _ROOTS.get(root[1].lower(), otherwise) if root else otherwise
    return _POINTER if stripped.startswith(_POINTER_HEAD) else TEXT


def decode_head(head: bytes) -> str | None:
    """Return the first bytes of a text, in UTF-8, UTF-16 or an older encoding; None where they are no text."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head[: len(head) // 2 * 2].decode("utf-16", "replace")
    if b"\0" in head:
        return None
    text = head.decode("utf-8-sig", "replace")
    return None if len(_CONTROLS.findall(text)) * 20 > len(text) else text


def refuse(path: Path, found: Format, wanted: str) -> DataError:
    """Return the error of a file that is of a format that is not read; ``wanted`` says what is, as in ``a map``."""
    if found is NOTHING:
        return DataError.of(path, "The file is empty", "Save the map data into it again.")
    remedy = _REMEDIES.get(found.key, _OTHERWISE)
    what = f"The file is {found.words}"
    if found.key in _MAPS:
        what += ", which is not read"
    elif found is not _UNKNOWN:
        what += f", not {wanted}"
    return DataError.of(path, what, remedy)


def derive_stem(path: Path) -> str:
    """Return the name of a map without its endings: ``area`` of ``area.geojson.gz`` and of ``area.shp.zip``."""
    inner = Path(path.stem) if path.suffix.lower() in PACKED else path
    return inner.stem if inner.suffix.lower() in ENDINGS or inner is path else inner.name


def is_named_like_a_map(path: Path) -> bool:
    """Ask whether a name ends as those of maps do, packed ones too."""
    return path.suffix.lower() in (*ENDINGS, *PACKED)
