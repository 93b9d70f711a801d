"""The place for a manifest in KMZ: that of the KML document in the archive."""

from __future__ import annotations

from geo.provenance import archive
from geo.provenance.seal import Container
from geo.provenance.text import KML

DOCUMENT = "doc.kml"
"""The part that globes open."""

_END = b"PK\5\6"  # of an archive; 22 bytes with nothing behind them
_END_LENGTH = 22


def _embed(data: bytes, manifest: str) -> bytes:
    """Put a manifest into the document of an archive."""
    parts = dict(archive.read_parts(data))
    return archive.write_parts({**parts, DOCUMENT: KML.embed(parts[DOCUMENT], manifest)})


def _extract(data: bytes) -> tuple[bytes, str] | None:
    """Return the parts of an archive without the manifest of its document, and the manifest."""
    try:
        parts = archive.read_parts(data)
    except archive.BROKEN:
        return None
    taken = KML.extract(dict(parts).get(DOCUMENT, b""))
    if taken is None:
        return None
    content = [b"" if data[-_END_LENGTH:].startswith(_END) else data]  # nothing can be put behind the parts
    for name, part in parts:
        content.append(f"{name}\0".encode("utf-8", "replace") + (taken[0] if name == DOCUMENT else part))
    return b"\0".join(content), taken[1]


CONTAINER = Container(b"pk\3\4", _extract, _embed)
