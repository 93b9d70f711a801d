"""The place for a manifest in PPTX and XLSX: custom document properties (ECMA-376 part 1, section 22.3).

Office programs show and keep at most 255 characters a property, so the manifest stands in several, in order. The
archive is written anew with its parts sorted and without times, so that the same content gives the same bytes. The seal
is over the parts. The one with the properties is stored, not compressed, so that the file has one length whatever the
seal, and a damaged file still says whose it is.
"""

from __future__ import annotations

import re

from geo.provenance import archive
from geo.provenance.seal import Container

_PART = "docProps/custom.xml"
_TYPES, _RELATIONS = "[Content_Types].xml", "_rels/.rels"
_NAME = "geo-manifest-"
_LENGTH = 240
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_TYPE = (
    f'<Override PartName="/{_PART}" '
    'ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/>'
)
_RELATION = (
    '<Relationship Id="rIdGeo" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties" '
    f'Target="{_PART}"/>'
)
_PIECE = re.compile(rf'(?<=name="{_NAME}\d{{4}}"><vt:lpwstr>)[^<]*(?=</vt:lpwstr>)'.encode())


def _embed(data: bytes, manifest: str) -> bytes:
    """Put a manifest into a document that has no custom properties yet."""
    parts = dict(archive.read_parts(data))
    parts[_TYPES] = _before(parts[_TYPES], "</Types>", _TYPE)
    parts[_RELATIONS] = _before(parts[_RELATIONS], "</Relationships>", _RELATION)
    parts[_PART] = _properties(manifest).encode()
    # readers look for the list of types first
    return archive.write_parts(parts, is_stored=lambda name: name == _PART, first=_TYPES)


def _extract(data: bytes) -> tuple[bytes, str] | None:
    """Return the parts of a document without its manifest, one after the other, and the manifest.

    The length of the file counts as content, so nothing can be put behind the parts. Of a damaged archive the whole
    file is the content, which never fits; the manifest is still found in it.
    """
    from xml.sax.saxutils import unescape  # here: it brings the network's modules, which no command waits for

    try:
        parts = [(f"{len(data)}", b""), *archive.read_parts(data)]
    except archive.BROKEN:
        parts = [(_PART, data)]
    content, pieces = [], []
    for name, part in parts:
        if name == _PART:
            pieces += [piece.decode("utf-8", "replace") for piece in _PIECE.findall(part)]
            part = _PIECE.sub(lambda piece: f"{len(piece[0])}".encode(), part)
        content.append(f"{name}\0{len(part)}\0".encode("utf-8", "replace") + part)
    return (b"".join(content), unescape("".join(pieces), {"&quot;": '"'})) if pieces else None


def _properties(manifest: str) -> str:
    from xml.sax.saxutils import escape

    pieces = [manifest[start : start + _LENGTH] for start in range(0, len(manifest), _LENGTH)]
    entries = "".join(
        f'<property fmtid="{_FORMAT_ID}" pid="{number + 2}" name="{_NAME}{number:04d}">'
        f"<vt:lpwstr>{escape(piece)}</vt:lpwstr></property>"
        for number, piece in enumerate(pieces)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f"{entries}</Properties>"
    )


def _before(part: bytes, end: str, what: str) -> bytes:
    return part.decode().replace(end, what + end).encode()


CONTAINER = Container(b"pk\3\4", _extract, _embed)
