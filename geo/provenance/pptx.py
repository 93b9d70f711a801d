"""The place for a manifest in PPTX: custom document properties (ECMA-376 part 1, section 22.3).

Office programs show and keep at most 255 characters a property, so the manifest stands in several, in order. The
archive is written anew with its parts sorted and without times, so that the same slides give the same bytes. The part
with the properties is stored, not compressed: the seal is over the bytes of the file, and nothing can hide in it.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from lzma import LZMAError
from xml.sax.saxutils import escape, unescape

_PART = "docProps/custom.xml"
_TYPES, _RELATIONS = "[Content_Types].xml", "_rels/.rels"
_NAME = "geo-manifest-"
_LENGTH = 240
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_FIRST_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest a zip archive can say
_MOST_BYTES = 10_000_000
# where the two records of a part in an archive hold its checksum (APPNOTE 6.3, sections 4.3.7 and 4.3.12)
_HEADER, _CHECKSUM_AT = b"PK\x03\x04", 14
_LISTED, _LISTED_CHECKSUM_AT, _LISTED_BYTES = b"PK\x01\x02", 16, 46
_TYPE = (
    f'<Override PartName="/{_PART}" '
    'ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/>'
)
_RELATION = (
    '<Relationship Id="rIdGeo" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties" '
    f'Target="{_PART}"/>'
)
_PROPERTY = re.compile(rf'name="{_NAME}\d+"><vt:lpwstr>([^<]*)</vt:lpwstr>'.encode())


def embed(data: bytes, manifest: str) -> bytes:
    """Put a manifest into a presentation that has no custom properties yet."""
    parts = _read(data)
    parts[_TYPES] = _before(parts[_TYPES], "</Types>", _TYPE)
    parts[_RELATIONS] = _before(parts[_RELATIONS], "</Relationships>", _RELATION)
    parts[_PART] = _properties(manifest).encode()
    return _write(parts)


def extract(data: bytes) -> tuple[bytes, str] | None:
    """Return the bytes of a presentation without its manifest, and the manifest.

    Where another program has saved it again the manifest is still found, but the content is no longer what was sealed.
    """
    return _take_out(data) or _read_saved_again(data)


def _take_out(data: bytes) -> tuple[bytes, str] | None:
    """Cut the manifest, and both checksums of its part, out of an archive as `embed` wrote it; it is not unpacked."""
    pieces = list(_PROPERTY.finditer(data))
    if not pieces:
        return None
    header = data.rfind(_HEADER, 0, pieces[0].start())
    listed = data.rfind(_PART.encode()) - _LISTED_BYTES
    if header < 0 or data[listed : listed + len(_LISTED)] != _LISTED:
        return None
    cuts = [
        (header + _CHECKSUM_AT, header + _CHECKSUM_AT + 4),
        *(piece.span(1) for piece in pieces),
        (listed + _LISTED_CHECKSUM_AT, listed + _LISTED_CHECKSUM_AT + 4),
    ]
    content, start = bytearray(), 0
    for cut, end in cuts:
        content += data[start:cut]
        start = end
    return bytes(content + data[start:]), _join(pieces)


def _read_saved_again(data: bytes) -> tuple[bytes, str] | None:
    """Read the manifest from an archive that was packed by somebody else, or damaged; with content that never fits."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if archive.getinfo(_PART).file_size > _MOST_BYTES:
                return None
            part = archive.read(_PART)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, KeyError, ValueError, OSError, EOFError, LZMAError):
        return None
    pieces = list(_PROPERTY.finditer(part))
    return (b"packed anew\0" + data, _join(pieces)) if pieces else None


def _join(pieces: list[re.Match[bytes]]) -> str:
    return "".join(unescape(piece[1].decode("utf-8", "replace"), {"&quot;": '"'}) for piece in pieces)


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


def _read(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


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
