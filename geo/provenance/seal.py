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

from geo.provenance import geojson, gpkg, pdf, png, pptx, text
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
    "geojson": Container(geojson.embed, geojson.extract),
    "kml": Container(text.embed_kml, text.extract_kml),
}
"""The formats whose manifest has a seal, by the ending of their files."""

UNSEALED = {"gpkg": gpkg.extract}
"""The formats whose manifest is written and read without one."""

_STARTS = (
    (b"\x89PNG", "png"),
    (b"%PDF", "pdf"),
    (b"PK\x03\x04", "pptx"),
    (b"SQLite format 3\0", "gpkg"),
    (b"<!doctype html", "html"),
    (b"<?xml", "svg"),
    (b"{", "geojson"),
)


@dataclass(frozen=True)
class Sealed:
    """A manifest as it was read from a file, and whether the file is still what was sealed; None where nothing was."""

    manifest: dict[str, Any]
    is_unchanged: bool | None


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
    form = _find_form(data)
    if form is None:
        return None
    taken = UNSEALED[form](data) if form in UNSEALED else CONTAINERS[form].extract(data)
    if taken is None:
        return None
    content, raw = taken
    try:
        manifest = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    if not isinstance(manifest, dict) or manifest.get("program") != PROGRAM:
        return None
    if manifest.get("manifest") != VERSION:
        return None
    if form in UNSEALED:
        return Sealed(manifest, None)
    seal = manifest.get("seal")
    if not isinstance(seal, str):
        return None
    return Sealed(manifest, seal == _digest(content, raw.replace(seal, NO_SEAL) if seal else raw))


def _find_form(data: bytes) -> str | None:
    """Return the format that bytes begin as."""
    form = next((form for start, form in _STARTS if data[:20].lower().startswith(start.lower())), None)
    return "kml" if form == "svg" and b"<kml" in data[:400] else form


def _digest(content: bytes, manifest: str) -> str:
    return hashlib.sha256(content + b"\0" + manifest.encode()).hexdigest()
