"""What an output says about its own origin, inside the file, and whether that still holds."""

from geo.provenance.manifest import (
    build_comparison_manifest,
    build_gallery_manifest,
    build_history_manifest,
    build_manifest,
)
from geo.provenance.seal import read_manifest, seal_bytes

__all__ = [
    "build_comparison_manifest",
    "build_gallery_manifest",
    "build_history_manifest",
    "build_manifest",
    "read_manifest",
    "seal_bytes",
]
