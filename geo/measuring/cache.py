"""Results that need not be computed twice: one small JSON file each, named by the hash of all it depends on.

A key covers the content that was read, what was asked, the program's own code, its reference layers and the
libraries that compute, so an entry is never stale. Its first line is its hash: one that was damaged or altered is made
anew. Entries are written atomically: two processes may share a folder,
and it may be deleted at any time.
"""

from __future__ import annotations

import functools
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyproj
import shapely

import geo
from geo.errors import OutputError
from geo.files import saving


@dataclass(frozen=True)
class Cache:
    """A folder of results; None for one that forgets at once."""

    folder: Path | None

    def read(self, key: str) -> Any:
        """Return the value kept under a key; None where there is none, or its file is not as it was written.

        What a killed run left half-written beside it is taken away: an entry that is there is not written again.
        """
        if self.folder is None:
            return None
        try:
            saving.collect_litter(self._file(key).parent)
            check, _, text = self._file(key).read_bytes().partition(b"\n")
        except (OSError, ValueError):
            return None
        return json.loads(text) if check == _check(key, text) else None

    def save(self, key: str, value: Any) -> None:
        """Keep a value of what JSON can write, and of dataclasses that become objects.

        A folder that cannot be written keeps nothing, which is no error.
        """
        if self.folder is None:
            return
        try:
            text = json.dumps(value, separators=(",", ":"), default=vars).encode()
            saving.save_bytes(_check(key, text) + b"\n" + text, self._file(key))
        except OutputError:
            return

    def _file(self, key: str) -> Path:
        assert self.folder is not None
        return self.folder / key[:2] / f"{key[2:]}.json"


def _check(key: str, text: bytes) -> bytes:
    """Return the line that stands above an entry: the hash of its key and its text."""
    return hashlib.sha256(key.encode() + text).hexdigest().encode()


def derive_key(*parts: object) -> str:
    """Return the key of a result: the hash of what it was made from and of what made it."""
    text = json.dumps([identify_program(), *map(str, parts)])
    return hashlib.sha256(text.encode()).hexdigest()


@functools.cache
def identify_program() -> str:
    """Return what stands for this program in a key: the hash of its files, and the versions of what computes."""
    versions = (shapely.__version__, shapely.geos_version_string, pyproj.__version__, pyproj.proj_version_str)
    return repr((hash_package(Path(geo.__file__).parent), *versions, np.__version__))


def hash_package(package: Path) -> str:
    """Return the hash of a package's code in all of its rooms, and of its reference layers."""
    digest = hashlib.sha256()
    for file in sorted([*package.rglob("*.py"), *(package / "reference").rglob("*.geojson")]):
        digest.update(file.relative_to(package).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
