"""Putting a manifest into a file with a seal over its content, and reading both back.

The seal is the SHA-256 of the file's content and of the manifest without the seal. It shows that a file was changed
after it was written. It is no signature: whoever changes a file on purpose can compute a new one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from geo.provenance.manifest import NO_SEAL, PROGRAM, VERSION, dump_manifest


@dataclass(frozen=True)
class Container:
    """A format's place for a manifest: what its files start with, taking one out, and putting one in.

    Taking out returns what is left, the content, and the manifest; None where there is none.
    """

    start: bytes
    extract: Callable[[bytes], tuple[bytes, str] | None]
    embed: Callable[[bytes, str], bytes]


@dataclass(frozen=True)
class Sealed:
    """A manifest as it was read from a file, and whether the file is still what was sealed."""

    manifest: dict[str, Any]
    is_unchanged: bool


def seal_bytes(data: bytes, container: Container, manifest: dict[str, Any]) -> bytes:
    """Return the bytes of an output with its manifest, sealed, in the place that its format has for one.

    Raises
    ------
    ValueError
        The bytes are of another format.
    """
    taken = container.extract(container.embed(data, dump_manifest({**manifest, "seal": NO_SEAL})))
    if taken is None:
        raise ValueError("these bytes do not take a manifest in this place")
    return container.embed(data, dump_manifest({**manifest, "seal": _digest(*taken)}))


def read_manifest(data: bytes, containers: Iterable[Container]) -> Sealed | None:
    """Read the manifest from the bytes of a file, whatever its name; None where there is none of ours."""
    beginning = data[:20].lower()
    for container in containers:
        if beginning.startswith(container.start) and (taken := container.extract(data)):
            return _read(*taken)
    return None


def _read(content: bytes, raw: str) -> Sealed | None:
    try:
        manifest = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    if not isinstance(manifest, dict) or manifest.get("program") != PROGRAM:
        return None
    if manifest.get("manifest") != VERSION:
        return None
    seal = manifest.get("seal")
    if not isinstance(seal, str):
        return None
    return Sealed(manifest, seal == _digest(content, raw.replace(seal, NO_SEAL) if seal else raw))


def _digest(content: bytes, manifest: str) -> str:
    return hashlib.sha256(content + b"\0" + manifest.encode()).hexdigest()
