"""The place for a manifest in PNG: an international text chunk (PNG, third edition, section 11.3.3.4)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from geo.provenance.seal import Container

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEAD = b"geo-manifest\0\0\0en\0\0"  # not compressed, language, no translated keyword


def _embed(data: bytes, manifest: str) -> bytes:
    """Put a manifest before the end of a picture."""
    end = data.rindex(b"\0\0\0\0IEND")
    payload = _HEAD + manifest.encode()
    checksum = struct.pack(">I", zlib.crc32(b"iTXt" + payload))
    return data[:end] + struct.pack(">I", len(payload)) + b"iTXt" + payload + checksum + data[end:]


def _extract(data: bytes) -> tuple[bytes, str] | None:
    """Return a picture without the chunk of its manifest, and the manifest."""
    for start, end, kind, payload in _chunks(data):
        if kind == b"iTXt" and payload.startswith(_HEAD):
            return data[:start] + data[end:], payload[len(_HEAD) :].decode("utf-8", "replace")
    return None


def _chunks(data: bytes) -> Iterator[tuple[int, int, bytes, bytes]]:
    """Yield start, end, type and content of each whole chunk."""
    start = len(_SIGNATURE)
    while start + 12 <= len(data):
        (length,) = struct.unpack(">I", data[start : start + 4])
        end = start + 12 + length
        if end > len(data):
            return
        yield start, end, data[start + 4 : start + 8], data[start + 8 : end - 4]
        start = end


CONTAINER = Container(_SIGNATURE.lower(), _extract, _embed)
