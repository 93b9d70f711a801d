"""The place for a manifest in GeoJSON: a foreign member of the collection (RFC 7946, section 6.1)."""

from __future__ import annotations

import json
import re

from geo.provenance.seal import Container

_FEATURES = b'"features": ['
_MEMBER = re.compile(rb'"geo-manifest"\s*:\s*')


def _embed(data: bytes, manifest: str) -> bytes:
    """Put a manifest before the features of a collection."""
    before, features, after = data.partition(_FEATURES)
    return before + b'"geo-manifest": ' + manifest.encode() + b", " + features + after


def _extract(data: bytes) -> tuple[bytes, str] | None:
    """Return a collection without its manifest, and the manifest."""
    found = _MEMBER.search(data)
    if found is None:
        return None
    rest = data[found.end() :].decode("utf-8", "replace")
    try:
        _, length = json.JSONDecoder().raw_decode(rest)
    except (ValueError, RecursionError):
        return None
    raw = rest[:length]
    return data[: found.start()] + data[found.end() + len(raw.encode()) :], raw


CONTAINER = Container(b"{", _extract, _embed)
