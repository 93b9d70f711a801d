"""Manifests put into files and read back, with the places that the program's own formats have for them."""

from __future__ import annotations

from typing import Any

from geo.provenance import seal
from geo.provenance.seal import Sealed
from geo.renderers.formats import CONTAINERS, FORMATS


def seal_as(form: str, data: bytes, manifest: dict[str, Any]) -> bytes:
    """Return the bytes of a file of a format with a manifest, sealed."""
    container = FORMATS[form].container
    assert container is not None
    return seal.seal_bytes(data, container, manifest)


def read_sealed(data: bytes) -> Sealed | None:
    """Read the manifest back, whatever the format."""
    return seal.read_manifest(data, CONTAINERS)
