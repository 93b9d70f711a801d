"""The place for a manifest in FlatGeobuf: the metadata of the layer in the header, which GDAL reads and QGIS shows.

The header is a FlatBuffer: a table of fields that point forwards to where their values lie. A longer value is put
behind the others, and its field points there.
"""

from __future__ import annotations

import json
import re
import struct

from geo.provenance.seal import Container

PLACE = {"geo-manifest": "{}"}
"""The metadata to write a layer with, so that it has a place for a manifest."""

_START = b"fgb\3"
_SIZE_AT, _HEADER_AT = 8, 12  # where the header's size stands, and the header itself
_METADATA = 13  # the number of the field in the format's schema
_VALUE = re.compile(rb'\{"geo-manifest":(?=")')
_MOST_BYTES = 10_000_000  # of a header; GDAL reads no longer one


def _embed(data: bytes, manifest: str) -> bytes:
    """Put a manifest behind the values of a header that has metadata."""
    end = _find_end(data)
    header, rest = bytearray(data[:end]), data[end:]
    header += b"\0" * (-len(header) % 4)
    table = _HEADER_AT + _read("<I", header, _HEADER_AT)
    fields = table - _read("<i", header, table)
    metadata = table + _read("<H", header, fields + 4 + 2 * _METADATA)
    struct.pack_into("<I", header, metadata, len(header) - metadata)
    value = json.dumps({"geo-manifest": manifest}, separators=(",", ":")).encode()
    header += struct.pack("<I", len(value)) + value + b"\0"
    header += b"\0" * (-(len(header) - _HEADER_AT) % 8)
    struct.pack_into("<I", header, _SIZE_AT, len(header) - _HEADER_AT)
    return bytes(header) + rest


def _extract(data: bytes) -> tuple[bytes, str] | None:
    """Return a file without its manifest, and the manifest."""
    try:
        found = list(_VALUE.finditer(data, 0, _find_end(data)))
        text = data[found[-1].end() : _find_end(data)].decode("utf-8", "replace")
        raw, length = json.JSONDecoder().raw_decode(text)
    except (struct.error, IndexError, ValueError, RecursionError):
        return None
    if not isinstance(raw, str) or raw == PLACE["geo-manifest"]:
        return None
    start = found[-1].end()
    return data[:start] + data[start + len(text[:length].encode()) :], raw


def _find_end(data: bytes) -> int:
    """Return where the header ends."""
    size = _read("<I", data, _SIZE_AT)
    if size > _MOST_BYTES:
        raise ValueError("no header is that long")
    return _HEADER_AT + size


def _read(form: str, data: bytes | bytearray, at: int) -> int:
    value: int = struct.unpack_from(form, data, at)[0]
    return value


CONTAINER = Container(_START, _extract, _embed)
