"""The place for a manifest in PPTX: custom document properties (ECMA-376 part 1, section 22.3).

Office programs show and keep at most 255 characters a property, so the manifest stands in several, in order. The
archive is written anew with its parts sorted and without times, so that the same slides give the same bytes. The seal
is over the parts. The one with the properties is stored, not compressed, so that the file has one length whatever the
seal, and a damaged file still says whose it is.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from lzma import LZMAError
from xml.sax.saxutils import escape, unescape

from geo.provenance.seal import Container

_PART = "docProps/custom.xml"
_TYPES, _RELATIONS = "[Content_Types].xml", "_rels/.rels"
_NAME = "geo-manifest-"
_LENGTH = 240
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_FIRST_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest a zip archive can say
_MOST_BYTES = 500_000_000  # unpacked
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
    """Put a manifest into a presentation that has no custom properties yet."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    parts[_TYPES] = _before(parts[_TYPES], "</Types>", _TYPE)
    parts[_RELATIONS] = _before(parts[_RELATIONS], "</Relationships>", _RELATION)
    parts[_PART] = _properties(manifest).encode()
    return _write(parts)


def _extract(data: bytes) -> tuple[bytes, str] | None:
    """Return the parts of a presentation without its manifest, one after the other, and the manifest.

    The length of the file counts as content, so nothing can be put behind the parts. Of a damaged archive the whole
    file is the content, which never fits; the manifest is still found in it.
    """
    try:
        parts = [(f"{len(data)}", b""), *_read_parts(data)]
    except (zipfile.BadZipFile, zlib.error, LZMAError, RuntimeError, ValueError, OSError, EOFError):
        parts = [(_PART, data)]
    content, pieces = [], []
    for name, part in parts:
        if name == _PART:
            pieces += [piece.decode("utf-8", "replace") for piece in _PIECE.findall(part)]
            part = _PIECE.sub(lambda piece: f"{len(piece[0])}".encode(), part)
        content.append(f"{name}\0{len(part)}\0".encode("utf-8", "replace") + part)
    return (b"".join(content), unescape("".join(pieces), {"&quot;": '"'})) if pieces else None


def _read_parts(data: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        if sum(entry.file_size for entry in entries) > _MOST_BYTES:
            raise zipfile.BadZipFile("more than is unpacked")
        return [(entry.filename, archive.read(entry)) for entry in entries]


def _properties(manifest: str) -> str:
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


def _write(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    # readers look for the list of types first
    names = sorted(parts, key=lambda name: (name != _TYPES, name))
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            entry = zipfile.ZipInfo(name, _FIRST_TIME)
            entry.compress_type = zipfile.ZIP_STORED if name == _PART else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 3  # the same archive on every system
            archive.writestr(entry, parts[name])
    return stream.getvalue()


CONTAINER = Container(b"pk\3\4", _extract, _embed)
