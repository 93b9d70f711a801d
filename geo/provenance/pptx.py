"""The place for a manifest in PPTX: custom document properties (ECMA-376 part 1, section 22.3).

Office programs show and keep at most 255 characters a property, so the manifest stands in several, in order. The
archive is written anew with its parts sorted and without times, so that the same slides give the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from xml.sax.saxutils import escape, unescape

_PART = "docProps/custom.xml"
_TYPES, _RELATIONS = "[Content_Types].xml", "_rels/.rels"
_NAME = "geo-manifest-"
_LENGTH = 240
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_FIRST_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest a zip archive can say
_MOST_BYTES = 200_000_000
_TYPE = (
    f'<Override PartName="/{_PART}" '
    'ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/>'
)
_RELATION = (
    '<Relationship Id="rIdGeo" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties" '
    f'Target="{_PART}"/>'
)
_PROPERTY = re.compile(rf'name="{_NAME}\d+"><vt:lpwstr>([^<]*)</vt:lpwstr>')


def embed(data: bytes, manifest: str) -> bytes:
    """Put a manifest into a presentation that has no custom properties yet."""
    parts = _read(data)
    parts[_TYPES] = _before(parts[_TYPES], "</Types>", _TYPE)
    parts[_RELATIONS] = _before(parts[_RELATIONS], "</Relationships>", _RELATION)
    parts[_PART] = _properties(manifest).encode()
    return _write(parts)


def extract(data: bytes) -> tuple[bytes, str] | None:
    """Return the content of all other parts of a presentation, with their names, and the manifest."""
    try:
        parts = _read(data)
    except (zipfile.BadZipFile, ValueError, OSError, EOFError):
        return None
    if _PART not in parts:
        return None
    pieces = _PROPERTY.findall(parts.pop(_PART).decode("utf-8", "replace"))
    content = b"".join(name.encode() + b"\0" + parts[name] for name in sorted(parts))
    return content, "".join(unescape(piece, {"&quot;": '"'}) for piece in pieces)


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
        if sum(entry.file_size for entry in archive.infolist()) > _MOST_BYTES:
            raise ValueError("the archive unpacks to more than a presentation of ours ever does")
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def _write(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    # readers look for the list of types first
    names = sorted(parts, key=lambda name: (name != _TYPES, name))
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            entry = zipfile.ZipInfo(name, _FIRST_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 3  # the same archive on every system
            archive.writestr(entry, parts[name])
    return stream.getvalue()
