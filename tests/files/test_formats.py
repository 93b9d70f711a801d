"""What a file is, told from its first bytes."""

from pathlib import Path

import pytest

from geo.files import formats

FILES = {
    "GeoJSON": (b'{"type": "FeatureCollection"}', "json"),
    "a mark first": (b'\xef\xbb\xbf\n {"type"', "json"),
    "UTF-16": ('\ufeff{"type": "Feature"}'.encode("utf-16-le"), "json"),
    "one feature a line": (b'\x1e{"type": "Feature"}\n', "json"),
    "GeoPackage": (b"SQLite format 3\0...", "gpkg"),
    "KML": (b'<?xml version="1.0"?>\n<!-- a > b --><kml xmlns="x">', "kml"),
    "KML with a prefix": (b"<k:kml>", "kml"),
    "GPX": (b'<?xml version="1.0"?><gpx version="1.1">', "gpx"),
    "virtual layer": (b"<OGRVRTDataSource>", "vrt"),
    "web page": (b"<!DOCTYPE html>\n<html>", "html"),
    "web page without its root": (b"<!doctype html><title>Sign in</title>", "html"),
    "web page after a remark": (b"<!-- a -->\n<!DOCTYPE html SYSTEM 'x'><meta charset=utf-8>", "html"),
    "web page of text alone": (b"<!doctype html>\nMoved.", "html"),
    "web page without a mark": (b"<head><title>404</title>", "html"),
    "KML that tells of a page": (b"<kml><![CDATA[<!doctype html>]]>", "kml"),
    "pointer to a large file": (b"version https://git-lfs.github.com/spec/v1\noid sha256:00\n", "pointer"),
    "another XML": (b"<plan/>", "xml"),
    "table of a Shapefile": (b"\x03\x7d\x03\x1b" + bytes(28), "dbf"),
    "picture": (b"\x89PNG\r\n\x1a\n", "png"),
    "zip": (b"PK\x03\x04...", "zip"),
    "gzip": (b"\x1f\x8b\x08", "gzip"),
    "CSV": (b"name,lon,lat\nBM,1,2\n", "text"),
    "a text that begins as a picture does": (b"BM,1,2\n", "text"),
    "Windows-1251": ("Київ;50,45\n".encode("cp1251"), "text"),
    "a cell with a terminal's escape": (b"lon,lat\n\x1b]0;pwn\x07,50\n", "text"),
    "nothing": (b"", "nothing"),
    "blanks": (b" \n", "nothing"),
    "something binary": (b"\x07\x00\x01\x02\x03", "unknown"),
}


@pytest.mark.parametrize(("data", "key"), FILES.values(), ids=FILES)
def test_first_bytes(data: bytes, key: str) -> None:
    """Each format is known by its beginning, whatever its name."""
    assert formats.recognise(data).key == key


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7", "a PDF document"),
        (b"\x89PNG\r", "a PNG picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".xls"),
        (b"7z\xbc\xaf\x27\x1c", "a 7z archive, not a map. Unpack it"),
        (b"<gml:FeatureCollection xmlns:gml='x'/>", "a GML file, which is not read. Save it as GeoJSON"),
        (b"\x07\x00\x01", "no map format that is known here"),
    ],
)
def test_refusal_says_what_it_is(data: bytes, said: str) -> None:
    """A file of another kind is called by its name, and no one is told to save a picture as UTF-8."""
    error = str(formats.refuse(Path("a.json"), formats.recognise(data), "a map"))
    assert said in error
    assert "UTF-8" not in error


def test_many_comments_take_no_time() -> None:
    """A root that hundreds of comments put out of sight is not searched for in every way to read them."""
    assert formats.recognise(b"<!-- a -->" * 1000 + b"<kml>").key == "xml"
