"""The place for a manifest in HTML, SVG and KML: an element of its own before a given tag."""

from __future__ import annotations

import re

_HTML = (b'<script type="application/json" id="geo-manifest">', b"</script>\n", b"</body>")
_SVG = (b'<metadata id="geo-manifest">', b"</metadata>\n", b"</svg>")
_KML = (
    b'<ExtendedData><Data name="geo-manifest"><value>',
    b"</value></Data></ExtendedData>\n",
    b"<Folder>",
)

Element = tuple[bytes, bytes, bytes]


def embed_html(data: bytes, manifest: str) -> bytes:
    """Put a manifest into a page as data, which no Content-Security-Policy has to allow."""
    return _embed(data, manifest, _HTML)


def extract_html(data: bytes) -> tuple[bytes, str] | None:
    """Return a page without its manifest, and the manifest."""
    return _extract(data, _HTML)


def embed_svg(data: bytes, manifest: str) -> bytes:
    """Put a manifest into a drawing as metadata."""
    return _embed(data, manifest, _SVG)


def extract_svg(data: bytes) -> tuple[bytes, str] | None:
    """Return a drawing without its manifest, and the manifest."""
    return _extract(data, _SVG)


def embed_kml(data: bytes, manifest: str) -> bytes:
    """Put a manifest into a document for globes as a value of its own, before the first folder as the schema asks."""
    before, first, after = data.partition(_KML[2])
    return _embed(before + first, manifest, _KML) + after


def extract_kml(data: bytes) -> tuple[bytes, str] | None:
    """Return such a document without its manifest, and the manifest."""
    return _extract(data, _KML)


def _embed(data: bytes, manifest: str, element: Element) -> bytes:
    opening, closing, end = element
    before, last, after = data.rpartition(end)
    return before + opening + manifest.encode() + closing + last + after


def _extract(data: bytes, element: Element) -> tuple[bytes, str] | None:
    opening, closing, _ = element
    ending = (
        re.escape(closing.rstrip(b"\n")) + rb"\r?\n"
    )  # another editor's too: the seal tells, not the search
    found = list(re.finditer(re.escape(opening) + rb"([^<]*)" + ending, data))
    if not found:
        return None
    last = found[-1]
    return data[: last.start()] + data[last.end() :], last[1].decode("utf-8", "replace")
