"""Files as they came from the net, kept whole with their hash, so that a server is asked only for what is new."""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from geo.fronts import fetched
from geo.fronts.published import answers, download, publishers
from geo.fronts.published.download import Tell, Validators


@dataclass(frozen=True)
class Original:
    """A file as it came: its bytes, their SHA-256, and when they came, a moment in UTC as in 2026-08-22T06:00:00Z.

    ``address`` and ``validators`` are those of one that is not kept yet.
    """

    data: bytes
    sha256: str
    retrieved: str
    address: str | None = None
    validators: Validators | None = None


def fetch_original(
    address: str, *, sha256: str | None = None, tell: Tell = lambda done, of: None
) -> Original:
    """Return the file at an address, asked for once; where the server has no newer one, the file that is kept.

    One that came is kept by `keep`, once it is known to be of use.

    Raises
    ------
    DataError
        Nothing came that can be used.
    """
    kept, validators = _read_kept(address)
    got = download.download(address, known=validators if kept else None, sha256=sha256, tell=tell)
    if got:
        return replace(describe(got.data), address=address, validators=got.validators)
    if kept is None:
        what = "The server gives nothing: it says that the file is still the same"
        raise answers.refuse(address, what, "Try again later")
    if sha256 not in (None, kept.sha256):
        raise answers.refuse_hash(address)
    return kept


def describe(data: bytes) -> Original:
    """Return a file that came just now."""
    return Original(data, hashlib.sha256(data).hexdigest(), f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}")


def _read_kept(address: str) -> tuple[Original | None, Validators]:
    """Return the file that is kept of an address, if it is as it came, and what to ask the server."""
    packed, side = _find(address)
    try:
        entry: dict[str, Any] = json.loads(side.read_bytes())
        data = gzip.decompress(packed.read_bytes())
        original = Original(data, entry["sha256"], entry["retrieved"])
        validators = Validators(entry["etag"], entry["modified"])
    except (OSError, EOFError, ValueError, KeyError, TypeError, zlib.error):
        return None, Validators()
    is_whole = hashlib.sha256(data).hexdigest() == original.sha256
    return (original if is_whole else None), validators


def keep(original: Original) -> Original:
    """Keep a file that came, and return it as one that is kept.

    Where a run ends between its two parts, their hashes differ and it is fetched again.
    """
    if original.address is None or original.validators is None:
        return original
    packed, side = _find(original.address)
    entry = {
        "address": publishers.strip_address(original.address),
        "sha256": original.sha256,
        "retrieved": original.retrieved,
        "etag": original.validators.etag,
        "modified": original.validators.modified,
    }
    fetched.save(gzip.compress(original.data, 6, mtime=0), packed)
    fetched.save(json.dumps(entry, indent=1).encode() + b"\n", side)
    return replace(original, address=None)


def _find(address: str) -> tuple[Path, Path]:
    """Return where the file of an address and its side file are kept; the name does not tell the address."""
    name = hashlib.sha256(address.encode()).hexdigest()[:24]
    folder = fetched.folder() / "originals"
    return folder / f"{name}.gz", folder / f"{name}.about"
