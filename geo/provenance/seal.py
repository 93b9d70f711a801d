"""Putting a manifest into a file with a seal over its content, and reading both back.

The seal is the SHA-256 of the file's content and of the manifest without the seal. It shows that a file was changed
after it was written. It is no signature: whoever changes a file on purpose can compute a new one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from geo.provenance import pdf, png, pptx, text
from geo.provenance.manifest import NO_SEAL, PROGRAM, VERSION, dump_manifest


@dataclass(frozen=True)
class Container:
    """A format's place for a manifest: putting one in, and taking it out, which leaves the content."""

    embed: Callable[[bytes, str], bytes]
    extract: Callable[[bytes], tuple[bytes, str] | None]


CONTAINERS = {
    "html": Container(text.embed_html, text.extract_html),
    "png": Container(png.embed, png.extract),
    "svg": Container(text.embed_svg, text.extract_svg),
    "pdf": Container(pdf.embed, pdf.extract),
    "pptx": Container(pptx.embed, pptx.extract),
}
"""The formats that carry a manifest, by the ending of their files."""

_STARTS = (
    (b"\x89PNG", "png"),
    (b"%PDF", "pdf"),
    (b"PK\x03\x04", "pptx"),
    (b"<!doctype html", "html"),
    (b"<?xml", "svg"),
)


@dataclass(frozen=True)
class Sealed:
    """A manifest as it was read from a file, and whether the file's content is still what was sealed."""

    manifest: dict[str, Any]
    is_unchanged: bool


def seal_bytes(data: bytes, form: str, manifest: dict[str, Any]) -> bytes:
    """Return the bytes of an output with its manifest in them; ``form`` is one of `CONTAINERS`."""
    container = CONTAINERS[form]
    blank = {**manifest, "seal": NO_SEAL}
    taken = container.extract(container.embed(data, dump_manifest(blank)))
    if taken is None:
        raise ValueError(f"these bytes do not take a manifest as {form}")
    seal = _digest(*taken)
    return container.embed(data, dump_manifest({**manifest, "seal": seal}))


def read_manifest(data: bytes) -> Sealed | None:
    """Read the manifest from the bytes of a file, whatever its name; None where there is none of ours."""
    form = next((form for start, form in _STARTS if data[:20].lower().startswith(start.lower())), None)
    taken = CONTAINERS[form].extract(data) if form else None
    if taken is None:
        return None
    content, raw = taken
    try:
        manifest = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    if not isinstance(manifest, dict) or manifest.get("program") != PROGRAM:
        return None
    if manifest.get("manifest") != VERSION or not isinstance(manifest.get("seal"), str):
        return None
    blank = raw.replace(manifest["seal"], NO_SEAL) if manifest["seal"] else raw
    return Sealed(manifest, manifest["seal"] == _digest(content, blank))


def _digest(content: bytes, manifest: str) -> str:
    return hashlib.sha256(content + b"\0" + manifest.encode()).hexdigest()
