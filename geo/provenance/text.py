"""The place for a manifest in HTML, SVG and KML: an element of its own before a given tag."""

from __future__ import annotations

import re
from functools import partial

from geo.provenance.seal import Container

Element = tuple[bytes, bytes, bytes]
"""What opens the element of a manifest, what closes it, and the tag before which it stands."""

_HTML = (b'<script type="application/json" id="geo-manifest">', b"</script>\n", b"</body>")
_SVG = (b'<metadata id="geo-manifest">', b"</metadata>\n", b"</svg>")
_KML = (
    b'<ExtendedData><Data name="geo-manifest"><value>',
    b"</value></Data></ExtendedData>\n",
    b"<Folder>",
)


def _embed(element: Element, data: bytes, manifest: str) -> bytes:
    """Put a manifest before the last of the tags."""
    opening, closing, end = element
    before, last, after = data.rpartition(end)
    return before + opening + manifest.encode() + closing + last + after


def _embed_kml(data: bytes, manifest: str) -> bytes:
    """Put a manifest before the first folder, as the schema asks."""
    before, first, after = data.partition(_KML[2])
    return _embed(_KML, before + first, manifest) + after


def _extract(element: Element, data: bytes) -> tuple[bytes, str] | None:
    opening, closing, _ = element
    ending = (
        re.escape(closing.rstrip(b"\n")) + rb"\r?\n"
    )  # another editor's too: the seal tells, not the search
    found = list(re.finditer(re.escape(opening) + rb"([^<]*)" + ending, data))
    if not found:
        return None
    last = found[-1]
    return data[: last.start()] + data[last.end() :], last[1].decode("utf-8", "replace")


HTML = Container(b"<!doctype html", partial(_extract, _HTML), partial(_embed, _HTML))
"""Data of a page, which no Content-Security-Policy has to allow."""

SVG = Container(b"<?xml", partial(_extract, _SVG), partial(_embed, _SVG))
"""Metadata of a drawing."""

KML = Container(b"<?xml", partial(_extract, _KML), _embed_kml)
"""A value of its own in a document for globes."""
