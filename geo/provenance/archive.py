"""A zip archive as its parts, and parts as an archive that is the same wherever and whenever it is written."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from lzma import LZMAError

BROKEN = (zipfile.BadZipFile, zlib.error, LZMAError, RuntimeError, ValueError, OSError, EOFError)
"""What a damaged archive raises."""

_FIRST_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest a zip archive can say
_MOST_BYTES = 500_000_000  # unpacked


def read_parts(data: bytes) -> list[tuple[str, bytes]]:
    """Return the name and the content of each part, in the order of the archive.

    Raises
    ------
    zipfile.BadZipFile
        It is no whole archive, or one of more than is unpacked; `BROKEN` has what else may be raised.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        if sum(entry.file_size for entry in entries) > _MOST_BYTES:
            raise zipfile.BadZipFile("more than is unpacked")
        return [(entry.filename, archive.read(entry)) for entry in entries]


def write_parts(
    parts: Mapping[str, bytes], *, is_stored: Callable[[str], bool] = lambda name: False, first: str = ""
) -> bytes:
    """Return an archive of parts, sorted but for the one that readers look for first; some may be stored bare."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda name: (name != first, name)):
            entry = zipfile.ZipInfo(name, _FIRST_TIME)
            entry.compress_type = zipfile.ZIP_STORED if is_stored(name) else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 3  # the same archive on every system
            archive.writestr(entry, parts[name])
    return stream.getvalue()
